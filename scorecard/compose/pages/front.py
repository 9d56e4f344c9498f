"""What the front page tells: all companies in three groups, what changed lately, and who is left waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from scorecard.compose.changes import MOVED
from scorecard.judge.reading import Reading
from scorecard.rubric import Rubric
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import enough_cases
from scorecard.score.scorecard import Scorecard

LATEST = 6
"""So many lines of each list."""
MONTHS = 3
"""How far back 'lately' goes."""


class Change(Struct, frozen=True):
    """A company whose grade or score is another than it was at the end of an earlier month."""

    result: CompanyResult
    since: date
    was: float
    grade_was: str | None

    @property
    def moved(self) -> float:
        """Points; above 0 where the score rose."""
        return (self.result.overall.score if self.result.overall else 0.0) - self.was


class Silence(Struct, frozen=True):
    """A case in which somebody waits, so many working hours already, for an answer."""

    result: CompanyResult
    reading: Reading
    hours: float


def front(scorecard: Scorecard, rubric: Rubric) -> dict[str, Any]:
    """Graded companies, the best on top; the others by name; and the lists beside them."""
    results = best_first(scorecard.companies.values())
    graded = [r for r in results if r.grade]
    others = [r for r in results if not r.grade]
    return {
        "graded": graded,
        "untold": [r for r in others if enough_cases(r.overall, rubric)],
        "few": [r for r in others if not enough_cases(r.overall, rubric)],
        "sectors_with": scorecard.sectors_with,
        "best": _surest(graded, rubric)[:LATEST],
        "changes": changes(results)[:LATEST],
        "silences": silences(results)[:LATEST],
    }


def best_first(results: Iterable[CompanyResult]) -> list[CompanyResult]:
    """Those with a grade by their score, the others after them by name."""

    def place(result: CompanyResult) -> tuple[float, str, str]:
        graded = result.overall.score if result.grade and result.overall else -1.0
        name = "" if result.grade else result.company.name.casefold()
        return -graded, name, result.company.slug

    return sorted(results, key=place)


def _surest(graded: Sequence[CompanyResult], rubric: Rubric) -> list[CompanyResult]:
    """Those with one of the two best grades, by the low end of their interval."""
    names = {band.name for band in rubric.grades[:2]}
    return sorted(
        (r for r in graded if r.grade in names and r.overall),
        key=lambda r: (-(r.overall.low if r.overall else 0), r.company.slug),
    )


def changes(results: Iterable[CompanyResult]) -> list[Change]:
    """Whose grade changed lately, or whose score moved; other grades first, then the greatest move."""
    then = [(r, r.trend[-1 - MONTHS]) for r in results if r.overall and len(r.trend) > MONTHS]
    found = [
        Change(r, point.as_of, point.overall.score, point.grade)
        for r, point in then
        if r.grade or point.grade
    ]
    return sorted(
        (c for c in found if c.grade_was != c.result.grade or abs(c.moved) >= MOVED),
        key=lambda c: (c.grade_was == c.result.grade, -abs(c.moved), c.result.company.slug),
    )


def silences(results: Iterable[CompanyResult]) -> list[Silence]:
    """Who is waiting for an answer today, the longest wait first.

    First-hand cases only: what was published or registered tells of its own day, not of today.
    """
    found = []
    for result in results:
        for case in result.cases.cases:
            reading = case.judged.reading
            if case.judged.case.source.kind != "first-hand" or not reading.silences:
                continue
            since = reading.latest_possible(reading.silences[0]).last
            hours = reading.counted((since, reading.standards.now))
            found.append(Silence(result, reading, hours))
    return sorted(found, key=lambda s: (-s.hours, s.reading.case.slug))
