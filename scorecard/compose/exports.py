"""Scores and findings as files: the JSON API, the CSVs, a chart's numbers and Plotly figure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from scorecard.compose import page as addresses
from scorecard.compose.api import Api
from scorecard.compose.api_types import SCHEMAS, SCORE_DIGITS, VALUE_DIGITS
from scorecard.compose.case_rows import CaseRow
from scorecard.compose.chart import Chart
from scorecard.compose.derivation import pulled, weighings
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Export
from scorecard.compose.plotly_figure import figure
from scorecard.compose.words import Words
from scorecard.rounding import rounded
from scorecard.rubric import DIMENSIONS
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score

Cell = str | float | int | date | None


def exports(gathered: Gathered, words: Words) -> Iterator[Export]:
    """Every data file of the site."""
    api = Api(gathered, words)
    yield Export(addresses.INDEX_JSON, api.index().model_dump_json())
    for slug, result in gathered.scorecard.companies.items():
        rows = gathered.rows[slug]
        withdrawn = [row.case for row in rows if row.weighed is None]
        text = api.company(result, withdrawn).model_dump_json()
        for address in (slug, *result.company.known_as):
            yield Export(addresses.company_json(address), text)
        for row in rows:
            yield _case(api, row)
    for name, model in SCHEMAS.items():
        schema = json.dumps(model.model_json_schema(), ensure_ascii=False, indent=1)
        yield Export(addresses.api_schema(name), schema)
    yield Export("/data/scores.csv", _table(_SCORES, _scores(gathered)))
    yield Export("/data/cases.csv", _table(_CASES, _cases(gathered)))
    yield Export("/data/findings.csv", _table(_FINDINGS, _findings(gathered, words)))
    yield Export(addresses.RUBRIC, gathered.content.method)


def _case(api: Api, row: CaseRow) -> Export:
    judged = row.weighed.judged if row.weighed else None
    weight = row.weighed.weight if row.weighed else None
    text = api.case(row.case, judged, weight).model_dump_json()
    return Export(addresses.case_json(row.case.id), text)


def chart_files(chart: Chart, words: Words) -> Iterator[Export]:
    """A chart's numbers as CSV and as its Plotly figure, in one language."""
    table = _table(*chart_table(chart, words))
    yield Export(addresses.chart_file(chart.owner, chart.name, "csv"), table)
    text = json.dumps(figure(chart, words), ensure_ascii=False, separators=(",", ":"))
    yield Export(addresses.chart_file(chart.owner, chart.name, "json"), text)


def chart_table(chart: Chart, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """The numbers of a chart: headings and rows."""
    if chart.kind == "intervals":
        rows: list[list[Cell]] = [
            [
                words.say(row.label),
                *(_on(chart, v) for v in (row.score, row.low, row.high, row.reference)),
            ]
            for row in chart.intervals
        ]
        return ["name", "score", "low", "high", chart.against], rows
    if chart.kind == "bars":
        return ["name", "number"], [[words.say(bar.label), bar.count] for bar in chart.bars]
    if chart.kind == "months":
        months: list[list[Cell]] = [
            [month.end, *_points(month.score), month.score.cases, month.grade]
            for month in chart.months
        ]
        return ["month_end", "score", "low", "high", "cases", "grade"], months
    if chart.kind == "strips":
        marks: list[list[Cell]] = [
            [mark.name, words.say(strip.label), *_points(mark.score), mark.score.cases, mark.grade]
            for strip in chart.strips
            for mark in strip.marks[::-1]
        ]
        return ["name", "dimension", "score", "low", "high", "cases", "grade"], marks
    curve: list[list[Cell]] = [
        [round(p.time, 2), *(round(share, VALUE_DIGITS) for share in (p.waiting, p.low, p.high))]
        for p in chart.curve
    ]
    return [chart.time, "share_still_waiting", "low", "high"], curve


_SCORES = [
    "company",
    "sector",
    "dimension",
    "score",
    "low",
    "high",
    "mean",
    "cases",
    "weight",
    "grade",
    "known",
    "centre",
    "as_of",
    "method",
]
_CASES = [
    "case", "company", "title", "status", "source", "evidence", "wanted", "first_time",
    "last_time", "weight", *DIMENSIONS, "sector", "contributor", "recency_from", "base_weight", "burst",
]  # fmt: skip
_FINDINGS = [
    "case",
    "company",
    "dimension",
    "rule",
    "state",
    "value",
    "rule_weight",
    "case_weight",
    "reason",
    "events",
]


def _scores(gathered: Gathered) -> Iterator[list[Cell]]:
    rubric = gathered.content.rubric
    made: list[Cell] = [gathered.scorecard.as_of.isoformat(), rubric.version]
    for result in gathered.scorecard.companies.values():
        for dimension in DIMENSIONS:
            centre = _round(pulled(result, dimension, rubric)[1].value)
            row = _score_row(result, dimension, result.scores[dimension], None)
            yield [*row, centre, *made]
        yield [*_score_row(result, "overall", result.overall, result.grade), None, *made]


def _score_row(
    result: CompanyResult, dimension: str, score: Score | None, grade: str | None
) -> list[Cell]:
    figures: list[Cell] = [None] * 6
    if score:
        figures = [
            *_points(score),
            _round(score.mean),
            score.cases,
            round(score.weight, VALUE_DIGITS),
        ]
    company = result.company
    return [company.slug, company.sector, dimension, *figures, grade, rounded(result.known, 4, 1)]


def _cases(gathered: Gathered) -> Iterator[list[Cell]]:
    weighing = _weighing(gathered)
    for row in _all_rows(gathered):
        case = row.case
        times = [event.at.text for event in case.timeline if event.at]
        scores = row.weighed.judged.scores if row.weighed else dict.fromkeys(DIMENSIONS)
        yield [
            case.id,
            case.company,
            case.title,
            case.status,
            case.source.kind,
            case.evidence.level,
            case.wanted,
            times[0] if times else None,
            times[-1] if times else None,
            round(row.weighed.weight, 9) if row.weighed else None,
            *(_round(scores[d]) for d in DIMENSIONS),
            gathered.content.companies[case.company].sector,
            case.contributor,
            *weighing.get(case.id, [None, None, None]),
        ]


def _weighing(gathered: Gathered) -> dict[str, list[Cell]]:
    """By case: the day from which its recency counts, its weight before the caps, its burst's first day."""
    found: dict[str, list[Cell]] = {}
    for result in gathered.scorecard.companies.values():
        starts = {c: b.start.isoformat() for b in result.cases.weighed.bursts for c in b.cases}
        for one in weighings(result, gathered.content.rubric):
            last, burst = one.last, starts.get(one.seen.case)
            found[one.seen.case] = [last.isoformat() if last else None, round(one.base, 9), burst]
    return found


def _findings(gathered: Gathered, words: Words) -> Iterator[list[Cell]]:
    rules = {rule.id: rule for rule in gathered.content.rubric.rules}
    for row in _all_rows(gathered):
        for finding in row.weighed.judged.findings if row.weighed else ():
            rule = rules[finding.rule]
            yield [
                row.case.id,
                row.case.company,
                rule.dimension,
                rule.id,
                finding.state,
                None if finding.value is None else round(finding.value, 6),
                rule.weight,
                round(row.weighed.weight, 9) if row.weighed else None,
                words.say(finding.reason),
                " ".join(map(str, finding.events)),
            ]


def _all_rows(gathered: Gathered) -> list[CaseRow]:
    return sorted((row for rows in gathered.rows.values() for row in rows), key=lambda r: r.case.id)


def _points(score: Score) -> list[float]:
    return [rounded(value, SCORE_DIGITS) for value in (score.score, score.low, score.high)]


def _on(chart: Chart, value: float | None) -> float | None:
    """A value of the chart's own scale, rounded."""
    return _round(value) if chart.of_scores or value is None else round(value, SCORE_DIGITS)


def _round(points: float | None) -> float | None:
    return None if points is None else rounded(points, SCORE_DIGITS)


def _table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return out.getvalue()


def _defused(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    risky = isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if risky else cell
