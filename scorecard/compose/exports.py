"""Scores and findings as files: the JSON API, a chart's numbers and Plotly figure. For tables: `tables`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from scorecard.collecting import no_collecting
from scorecard.compose import page as addresses
from scorecard.compose.api.changes import api_changes
from scorecard.compose.api.filled import Api
from scorecard.compose.api.types import SCHEMAS
from scorecard.compose.charts.chart import Chart
from scorecard.compose.charts.plotly_figure import figure
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Export
from scorecard.compose.tables.csv_text import csv_text
from scorecard.compose.tables.table import Cell
from scorecard.compose.words import Words, words_in
from scorecard.fields import schema_of
from scorecard.parallel import Jobs, in_parts, shared
from scorecard.rounding import points, share, time
from scorecard.score.estimate import Score


def exports(gathered: Gathered, words: Words, jobs: Jobs) -> Iterator[Export]:
    """Every data file of the site. The same whoever shares the work."""
    api = Api(gathered, words)
    yield Export(addresses.INDEX_JSON, api.index().model_dump_json())
    yield Export(addresses.CHANGES_JSON, api_changes(gathered).model_dump_json())
    parts = in_parts(list(gathered.scorecard.companies))
    yield from chain.from_iterable(shared(_of_companies, (gathered, words.language), parts, jobs))
    for name, model in SCHEMAS.items():
        schema = json.dumps(schema_of(model), ensure_ascii=False, indent=1)
        yield Export(addresses.api_schema(name), schema)


def _of_companies(needed: tuple[Gathered, str], companies: Sequence[str]) -> list[Export]:
    """The files of these companies and their cases."""
    gathered, language = needed
    api = Api(gathered, words_in(language))
    with no_collecting():
        return [export for slug in companies for export in _of_company(gathered, api, slug)]


def _of_company(gathered: Gathered, api: Api, slug: str) -> Iterator[Export]:
    result, rows = gathered.scorecard.companies[slug], gathered.rows[slug]
    text = api.company(result, rows).model_dump_json()
    for address in result.company.slugs:
        yield Export(addresses.company_json(address), text)
    for row in rows:
        yield Export(addresses.case_json(row.case.id), api.case(row).model_dump_json())


def chart_files(chart: Chart, words: Words) -> Iterator[Export]:
    """A chart's numbers as CSV and as its Plotly figure, in one language."""
    table = csv_text(*chart_table(chart, words))
    yield Export(addresses.chart_file(chart.owner, chart.name, "csv"), table)
    text = json.dumps(figure(chart, words), ensure_ascii=False, separators=(",", ":"))
    yield Export(addresses.chart_file(chart.owner, chart.name, "json"), text)


def chart_table(chart: Chart, words: Words) -> tuple[list[str], list[list[Cell]]]:
    """The numbers of a chart: headings and rows."""
    if chart.kind == "intervals":
        rows: list[list[Cell]] = [
            [
                words.say(row.label),
                *map(chart.published, (row.score, row.low, row.high)),
                chart.reference(row),
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
        [time(p.time), *map(share, (p.waiting, p.low, p.high))] for p in chart.curve
    ]
    return [chart.time, "share_still_waiting", "low", "high"], curve


def _points(score: Score) -> list[float]:
    return [points(value) for value in (score.score, score.low, score.high)]
