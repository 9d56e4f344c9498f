"""What would change a company's grade: found by adding cases until it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import fsum

from msgspec import Struct

from scorecard.score.estimate import band
from scorecard.score.observation import invented
from scorecard.score.rescored import Own
from scorecard.score.standing import Standing, judge_totals, known_share
from scorecard.score.tally import total

MOST_ADDED = 1000
"""More cases than that are not tried; a grade that needs more is said to be out of reach."""


class Step(Struct, frozen=True):
    """So many added cases of full weight, at least, give another grade."""

    cases: int
    to: str


class WouldChange(Struct, frozen=True):
    """The fewest flawless cases that raise the grade (or give one), the fewest bad ones that lower it.

    None where there is no better or worse grade, or none within reach.
    """

    raise_: Step | None
    lower: Step | None


def would_change(rescored: Own, now: Standing) -> WouldChange:
    """What would change the grade, found by adding cases until it does."""
    bands = [band.name for band in rescored.rubric.grades]
    better = bands[: bands.index(now.grade)] if now.grade else bands
    worse = bands[bands.index(now.grade) + 1 :] if now.grade else []
    return WouldChange(_fewest(rescored, 100.0, better), _fewest(rescored, 0.0, worse))


def _grade_with(own: Own, count: int, points: float, wanted: Sequence[str]) -> str | None:
    """The grade with so many more cases that score `points` in every dimension, if it is wanted.

    They are of full weight and come one by one, so that they are no burst.
    """
    company, rubric = own.company, own.rubric
    added = invented(1, company.now.as_of.toordinal(), points, rubric) * count
    rescored = own.and_more(added, company.now.bursts)
    weights = rescored.caps.hold(rescored.base)
    every = rescored.seen
    if fsum(weights) < rubric.too_few.weight or known_share(every, weights) < rubric.too_few.known:
        return None
    score = rescored.score(rescored.sums(weights))
    if score is None or band(score, rubric.grades) not in wanted:
        return None
    totals = total(every, weights, rubric.interval.tilt)
    return judge_totals(totals, company.others, every, weights, rubric).grade


def _fewest(rescored: Own, points: float, wanted: Sequence[str]) -> Step | None:
    """The fewest added cases that give a wanted grade; None where no number within reach does."""
    if not wanted:
        return None
    grade = cache(lambda count: _grade_with(rescored, count, points, wanted))
    least = _first(lambda count: rescored.may_reach(count, points, wanted), 1)
    enough = least and _first(lambda count: bool(grade(count)), least)
    name = grade(enough) if enough else None
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
