"""The rows of every published table, company by company, in the order of its columns in `codebook.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from scorecard.compose.case_rows import CaseRow
from scorecard.compose.derivation import pulled, weighings
from scorecard.compose.gathered import Gathered
from scorecard.compose.tables.event_columns import EventRows
from scorecard.compose.tables.table import Cell, Table, named
from scorecard.compose.words import Words
from scorecard.rounding import SHARES, VALUES, WEIGHTS, points, share
from scorecard.rubric import DIMENSIONS
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score

Rows = list[list[Cell]]


class TableRows:
    """Makes the rows; texts of the method and reasons are in the language of `words`."""

    def __init__(self, gathered: Gathered, tables: Sequence[Table], words: Words) -> None:
        self._gathered = gathered
        self._words = words
        columns = named(tables, "events").columns
        self._events = EventRows(columns, frozen=gathered.freeze is not None)
        self._by_company: Mapping[str, Callable[[str, list[CaseRow]], Iterator[list[Cell]]]] = {
            "scores": lambda company, _: self._scores(company),
            "cases": self._cases,
            "findings": lambda _, rows: self._findings(rows),
            "events": lambda _, rows: self._timelines(rows),
        }

    def companies(self) -> list[str]:
        """The companies in the order in which their cases stand in a table: by the cases' ids."""
        return sorted(self._gathered.scorecard.companies, key=lambda slug: f"{slug}/")

    def of_site(self, table: str) -> Rows:
        """A table that is not divided by company."""
        return list({"companies": self._companies, "rules": self._of_rules}[table]())

    def of_company(self, company: str) -> dict[str, Rows]:
        """What each table that is divided by company holds of one."""
        rows = sorted(self._gathered.rows[company], key=lambda row: row.case.id)
        return {name: list(make(company, rows)) for name, make in self._by_company.items()}

    def _companies(self) -> Iterator[list[Cell]]:
        sectors = self._gathered.content.sectors
        for slug in self.companies():
            company = self._gathered.content.companies[slug]
            yield [
                slug,
                company.name,
                company.sector,
                self._words.say(sectors[company.sector].name),
                company.country,
                company.website,
                company.part_of,
            ]

    def _of_rules(self) -> Iterator[list[Cell]]:
        for rule in self._gathered.rules.values():
            texts = [self._words.say(text) for text in (rule.name, rule.question)]
            yield [rule.id, rule.dimension, rule.weight, *texts]

    def _scores(self, company: str) -> Iterator[list[Cell]]:
        scorecard, rubric = self._gathered.scorecard, self._gathered.content.rubric
        result = scorecard.companies[company]
        made: list[Cell] = [scorecard.as_of.isoformat(), rubric.version]
        for dimension in DIMENSIONS:
            centre = points(pulled(result, dimension, rubric)[1].value)
            row = _score(result, dimension, result.scores[dimension], None)
            yield [*row, centre, *made]
        yield [*_score(result, "overall", result.overall, result.grade), None, *made]

    def _cases(self, company: str, rows: Sequence[CaseRow]) -> Iterator[list[Cell]]:
        weighing = self._weighing(self._gathered.scorecard.companies[company])
        sector = self._gathered.content.companies[company].sector
        for row in rows:
            case = row.case
            times = [event.at.text for event in case.timeline if event.at]
            yield [
                case.id,
                case.company,
                case.title or None,
                case.status,
                case.source.kind,
                case.evidence.level,
                case.wanted,
                times[0] if times else None,
                times[-1] if times else None,
                None if row.weight is None else round(row.weight, WEIGHTS),
                *(points(row.scores[d]) for d in DIMENSIONS),
                sector,
                case.contributor,
                *weighing.get(case.id, [None, None, None]),
            ]

    def _weighing(self, result: CompanyResult) -> dict[str, list[Cell]]:
        """By case: the day its recency counts from, its weight before the caps, its burst's first day."""
        found: dict[str, list[Cell]] = {}
        starts = {c: b.start.isoformat() for b in result.cases.weighed.bursts for c in b.cases}
        for one in weighings(result, self._gathered.content.rubric):
            last, burst = one.last, starts.get(one.seen.case)
            found[one.seen.case] = [
                last.isoformat() if last else None,
                round(one.base, WEIGHTS),
                burst,
            ]
        return found

    def _findings(self, rows: Sequence[CaseRow]) -> Iterator[list[Cell]]:
        for row in rows:
            if row.weighed is None:
                continue
            case, weight = row.case, round(row.weighed.weight, WEIGHTS)
            for finding in row.weighed.judged.findings:
                rule = self._gathered.rules[finding.rule]
                yield [
                    case.id,
                    case.company,
                    rule.dimension,
                    rule.id,
                    finding.state,
                    None if finding.value is None else round(finding.value, VALUES),
                    rule.weight,
                    weight,
                    self._words.say(finding.reason),
                    " ".join(map(str, finding.events)) or None,
                ]

    def _timelines(self, rows: Sequence[CaseRow]) -> Iterator[list[Cell]]:
        for row in rows:
            if row.weighed:
                yield from self._events.of(row.case)


def _score(
    result: CompanyResult, dimension: str, score: Score | None, grade: str | None
) -> list[Cell]:
    figures: list[Cell] = [None] * 6
    if score:
        figures = [
            *(points(value) for value in (score.score, score.low, score.high, score.mean)),
            score.cases,
            round(score.weight, SHARES),
        ]
    company = result.company
    return [company.slug, company.sector, dimension, *figures, grade, share(result.known)]
