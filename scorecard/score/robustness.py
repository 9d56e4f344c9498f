"""How much a company's score hangs on single cases, people and sources, and how far one can move it.

Everything is computed anew from the company's observations: its weights and caps, its score, its grade.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import fsum

from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.bursts import Arrivals, find_bursts
from scorecard.score.estimate import Others, band, centres
from scorecard.score.observation import Observation, invented
from scorecard.score.standing import Standing, judge_totals, known_share
from scorecard.score.tally import total
from scorecard.score.weighed import Weighed
from scorecard.score.weights import base_weights, carried, case_weights

_Sum = tuple[float, float]
_NO_WEIGHT = 1e-12
TRIED = 100
"""Where caps hold, each case left out is weighing all anew; so of more, as many on either side, those that
pull hardest, are tried."""
MOST_ADDED = 1000
"""More cases than that are not tried; a grade that needs more is said to be out of reach."""


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest overall score, points, and what was left out for each."""

    low: float
    high: float
    low_without: str
    high_without: str


@dataclass(frozen=True, slots=True)
class Fragility:
    """The overall score with one case, one contributor or one kind of source left out, or unweighed.

    None where there is no second one, so that nothing would be left. Points.
    """

    case: Range | None
    contributor: Range | None
    source: Range | None
    equal_weights: float

    @property
    def low(self) -> float:
        """The lowest of all."""
        ranges = [r.low for r in (self.case, self.contributor, self.source) if r]
        return min([*ranges, self.equal_weights])

    @property
    def high(self) -> float:
        """The highest of all."""
        ranges = [r.high for r in (self.case, self.contributor, self.source) if r]
        return max([*ranges, self.equal_weights])


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


@dataclass(frozen=True, slots=True)
class Influence:
    """How far the overall score moves, points: without the one contributor who matters most, and by a
    campaign of as many fabricated cases as the rubric says, all at once, from new contributors."""

    contributor: float | None
    campaign: float


@dataclass(frozen=True, slots=True)
class Subject:
    """A company's cases and all that its score is made with."""

    now: Weighed
    others: Others
    rubric: Rubric
    arrivals: Arrivals


class _Rescored:
    """Scores of other observations in the place of a company's own; only the score, no interval."""

    def __init__(self, company: Subject) -> None:
        self.company = company
        self.rubric = company.rubric
        self.towards = centres(company.others, company.rubric)
        self.seen = company.now.seen
        self.base = base_weights(self.seen, self.rubric, company.now.as_of)
        self.now = self.sums(self.seen, company.now.weights)
        self.free = tuple(self.base) == company.now.weights
        self.whole = fsum(self.base)
        self.most = max(carried(self.seen, self.base), default=0.0)

    def sums(self, seen: Sequence[Observation], weights: Sequence[float]) -> list[_Sum]:
        """For each dimension the weight of its cases, and weight × points."""
        found = []
        for dimension in DIMENSIONS:
            weight = points = 0.0
            for one, each in zip(seen, weights, strict=True):
                if (score := one.scores[dimension]) is not None:
                    weight += each
                    points += each * score
            found.append((weight, points))
        return found

    def score(self, sums: Sequence[_Sum]) -> float | None:
        """The overall score of such sums."""
        strength = self.rubric.shrinkage.strength
        summed = shares = 0.0
        for dimension, (weight, points) in zip(DIMENSIONS, sums, strict=True):
            if weight > _NO_WEIGHT:
                share = self.rubric.overall[dimension]
                pull = strength * self.towards[dimension]
                summed += share * (points + pull) / (weight + strength)
                shares += share
        return summed / shares if shares else None

    def may_reach(self, count: int, points: float, wanted: Sequence[str]) -> bool:
        """Might so many added cases give a wanted grade? The score alone tells where no cap holds."""
        cap, limits = self.rubric.contributor_cap, self.rubric.too_few
        capped = len(self.seen) + count >= cap.from_cases
        if not self.free or (capped and self.most > cap.share * (self.whole + count)):
            return True
        score = self.score([(w + count, p + count * points) for w, p in self.now])
        return (
            self.whole + count >= limits.weight
            and score is not None
            and band(score, self.rubric.grades) in wanted
        )

    def without(self, gone: Sequence[int]) -> float | None:
        """The score without the cases at these positions, weighed anew; its bursts stay held."""
        out = [self.seen[i] for i in gone]
        weights = [self.base[i] for i in gone]
        cap = self.rubric.contributor_cap
        rest = self.whole - fsum(weights)
        few = len(self.seen) - len(gone) < cap.from_cases
        if self.free and (few or self.most <= cap.share * rest):
            less = self.sums(out, weights)
            return self.score(
                [(w - v, p - q) for (w, p), (v, q) in zip(self.now, less, strict=True)]
            )
        missing = set(gone)
        kept = [i for i in range(len(self.seen)) if i not in missing]
        seen, base = [self.seen[i] for i in kept], [self.base[i] for i in kept]
        bursts = self.company.now.bursts
        return self.score(self.sums(seen, case_weights(seen, base, bursts, self.rubric)))


def fragility(company: Subject) -> Fragility | None:
    """The company's fragility; None without a score."""
    rescored = _Rescored(company)
    equal = rescored.score(rescored.sums(rescored.seen, [1.0] * len(rescored.seen)))
    if equal is None:
        return None
    return Fragility(
        _without_each(rescored, equal, lambda one: one.case),
        _without_each(rescored, equal, lambda one: one.contributor),
        _without_each(rescored, equal, lambda one: one.source),
        equal,
    )


def _without_each(
    rescored: _Rescored, mean: float, key: Callable[[Observation], str | None]
) -> Range | None:
    """The range of the score with all observations of one key left out."""
    groups: dict[str, list[int]] = {}
    for i, one in enumerate(rescored.seen):
        if (name := key(one)) is not None:
            groups.setdefault(name, []).append(i)
    names = list(groups)
    if len(names) > 2 * TRIED and not rescored.free:
        names = _hardest(groups, rescored, mean)
    found = [
        (score, name) for name in names if (score := rescored.without(groups[name])) is not None
    ]
    if not found:
        return None
    low, high = min(found), max(found)
    return Range(low[0], high[0], low[1], high[1])


def _hardest(groups: dict[str, list[int]], rescored: _Rescored, mean: float) -> list[str]:
    """The names whose observations pull the hardest, on either side."""
    pulls = {
        name: fsum(
            rescored.base[i] * (points - mean)
            for i in own
            if (points := rescored.seen[i].points(rescored.rubric)) is not None
        )
        for name, own in groups.items()
    }
    names = sorted(pulls, key=lambda name: (pulls[name], name))
    return names[:TRIED] + names[-TRIED:]


def influence(company: Subject, fragile: Fragility) -> Influence:
    """How far one contributor and a campaign move a company that has a score."""
    rescored = _Rescored(company)
    now = rescored.score(rescored.now) or 0.0
    cap = company.rubric.burst_cap
    moved = []
    for points in (0.0, 100.0):
        every = [*company.now.seen, *_invented(cap.campaign, points, company)]
        base = base_weights(every, company.rubric, company.now.as_of)
        days = (company.now.as_of.toordinal(),) * cap.campaign
        bursts = find_bursts(every, replace(company.arrivals, added=days), cap)
        weights = case_weights(every, base, bursts, company.rubric)
        after = rescored.score(rescored.sums(every, weights))
        moved.append(abs((now if after is None else after) - now))
    one = fragile.contributor
    return Influence(max(abs(one.low - now), abs(one.high - now)) if one else None, max(moved))


def _invented(count: int, points: float, company: Subject) -> list[Observation]:
    day = company.now.as_of.toordinal()
    one = invented(day, points, company.rubric)
    return [replace(one, case=f"/{i}") for i in range(count)]


def would_change(company: Subject, now: Standing) -> WouldChange:
    """What would change the grade, found by adding cases until it does."""
    bands = [b.name for b in sorted(company.rubric.grades, key=lambda b: -b.at_least)]
    better = bands[: bands.index(now.grade)] if now.grade else bands
    worse = bands[bands.index(now.grade) + 1 :] if now.grade else []
    rescored = _Rescored(company)
    return WouldChange(
        _fewest(company, rescored, 100.0, better), _fewest(company, rescored, 0.0, worse)
    )


def _grade_with(
    company: Subject, rescored: _Rescored, count: int, points: float, wanted: Sequence[str]
) -> str | None:
    """The grade with so many more cases that score `points` in every dimension, if it is wanted.

    They are of full weight and come one by one, so that they are no burst.
    """
    rubric, own = company.rubric, company.now
    every = [*own.seen, *[invented(own.as_of.toordinal(), points, rubric)] * count]
    base = base_weights(every, rubric, own.as_of)
    weights = case_weights(every, base, own.bursts, rubric)
    if fsum(weights) < rubric.too_few.weight or known_share(every, weights) < rubric.too_few.known:
        return None
    score = rescored.score(rescored.sums(every, weights))
    if score is None or band(score, rubric.grades) not in wanted:
        return None
    totals = total(every, weights, rubric.interval.tilt)
    return judge_totals(totals, company.others, every, weights, rubric).grade


def _fewest(
    company: Subject, rescored: _Rescored, points: float, wanted: Sequence[str]
) -> Step | None:
    """The fewest added cases that give a wanted grade; None where no number within reach does."""
    if not wanted:
        return None
    least = _first(lambda n: rescored.may_reach(n, points, wanted), 1)
    enough = least and _first(
        lambda n: bool(_grade_with(company, rescored, n, points, wanted)), least
    )
    name = enough and _grade_with(company, rescored, enough, points, wanted)
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
