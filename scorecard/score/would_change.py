"""What would change a company's grade: found by adding cases until it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from scorecard.score.estimate import band
from scorecard.score.observation import invented
from scorecard.score.rescored import Left, Rescored, Subject
from scorecard.score.standing import Standing, judge_totals, known_share
from scorecard.score.tally import total

MOST_ADDED = 1000
"""More cases than that are not tried; a grade that needs more is said to be out of reach."""


@dataclass(frozen=True, slots=True)
class Step:
    """So many added cases of full weight, at least, give another grade."""

    cases: int
    to: str


@dataclass(frozen=True, slots=True)
class WouldChange:
    """The fewest flawless cases that raise the grade (or give one), the fewest bad ones that lower it.

    None where there is no better or worse grade, or none within reach.
    """

    raise_: Step | None
    lower: Step | None


def would_change(company: Subject, now: Standing) -> WouldChange:
    """What would change the grade, found by adding cases until it does."""
    bands = [b.name for b in sorted(company.rubric.grades, key=lambda b: -b.at_least)]
    better = bands[: bands.index(now.grade)] if now.grade else bands
    worse = bands[bands.index(now.grade) + 1 :] if now.grade else []
    rescored = Left(company)
    return WouldChange(
        _fewest(company, rescored, 100.0, better), _fewest(company, rescored, 0.0, worse)
    )


def _grade_with(company: Subject, count: int, points: float, wanted: Sequence[str]) -> str | None:
    """The grade with so many more cases that score `points` in every dimension, if it is wanted.

    They are of full weight and come one by one, so that they are no burst.
    """
    rubric, own = company.rubric, company.now
    added = [invented(own.as_of.toordinal(), points, rubric)] * count
    rescored = Rescored(company, own.bursts, added)
    weights = rescored.caps.hold(rescored.base)
    every = rescored.seen
    if fsum(weights) < rubric.too_few.weight or known_share(every, weights) < rubric.too_few.known:
        return None
    score = rescored.score(rescored.sums(weights))
    if score is None or band(score, rubric.grades) not in wanted:
        return None
    totals = total(every, weights, rubric.interval.tilt)
    return judge_totals(totals, company.others, every, weights, rubric).grade


def _fewest(company: Subject, rescored: Left, points: float, wanted: Sequence[str]) -> Step | None:
    """The fewest added cases that give a wanted grade; None where no number within reach does."""
    if not wanted:
        return None
    least = _first(lambda n: rescored.may_reach(n, points, wanted), 1)
    enough = least and _first(lambda n: bool(_grade_with(company, n, points, wanted)), least)
    name = enough and _grade_with(company, enough, points, wanted)
    return Step(enough, name) if enough and name else None


def _first(holds: Callable[[int], bool], start: int) -> int | None:
    """The first number from `start` that holds: steps are doubled until one does, then halved between."""
    few, enough, step = start - 1, start, 1
    while not holds(enough):
        if enough >= MOST_ADDED:
            return None
        few, enough, step = enough, min(enough + step, MOST_ADDED), 2 * step
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if holds(middle) else (middle, enough)
    return enough
