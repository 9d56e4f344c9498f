"""Totals → a score, pulled towards others as far as the cases are few, and an interval, which is not.

The two answer different questions. The score is the best guess (least squared error), and a best guess
from few cases leans on what is known of others. The interval says which true values the company's own
cases leave possible; pulling it as well would hide just the companies that are unlike the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from statistics import NormalDist

from scorecard.rubric import Band, Dimension, Rubric
from scorecard.score.tally import PAIRS, Tally, Totals, room

_NORMAL = NormalDist()
_LEAST = 1e-9
_PRECISE = 1e-7
_MOST = 100


@dataclass(frozen=True, slots=True)
class Limits:
    """What the cases leave possible, points 0…100."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """A published score. All in points 0…100 with low ≤ score ≤ high.

    `mean` is the weighted mean before shrinking and `limits` its interval; `low` and `high` are the
    same, stretched as far as the score where that lies outside. `even` are the limits that leave the
    same chance of error on both sides, whatever the others are like. `cases` counts those that have a score;
    `weight` is in full cases; `dispersion` is the share, 0…1, that their variance is of the most it
    could be, and None where the score is made of others.
    """

    score: float
    low: float
    high: float
    mean: float
    cases: int
    weight: float
    limits: Limits
    even: Limits
    dispersion: float | None = None


@dataclass(frozen=True, slots=True)
class Others:
    """A company's sector and everyone, both without the company itself (leave one out)."""

    sector: Totals
    everyone: Totals


def centre(sector: Tally, everyone: Tally, rubric: Rubric) -> float:
    """What a company is pulled towards: its sector, which itself leans on all others.

    Both tallies are without the company itself.
    """
    strength = rubric.shrinkage.strength
    return sector.towards(everyone.towards(rubric.shrinkage.centre, strength), strength)


def centres(others: Others, rubric: Rubric) -> dict[Dimension, float]:
    """The centre of each dimension."""
    sector, everyone = others.sector.tallies, others.everyone.tallies
    return {d: centre(sector[d], everyone[d], rubric) for d in sector}


def estimate(own: Totals, others: Others, dimension: Dimension, rubric: Rubric) -> Score | None:
    """The score of one dimension; None without a case that has one.

    The dispersion leans on everyone's and the sector's while the company's own cases are few.
    """
    tally = own.tallies[dimension]
    mean = tally.mean
    if mean is None:
        return None
    dispersion = rubric.interval.dispersion
    for totals in (others.everyone, others.sector, own):
        dispersion = totals.spreads[dimension].towards(dispersion, rubric.interval.cases)
    towards = centre(others.sector.tallies[dimension], others.everyone.tallies[dimension], rubric)
    score = tally.towards(towards, rubric.shrinkage.strength)
    pull = rubric.shrinkage.strength / tally.alike_cases
    sampled = Sampled(mean, dispersion / tally.alike_cases, rubric.interval.tilt)
    even = limits(sampled, rubric.interval.level)
    around = limits(sampled, rubric.interval.level, towards, pull)
    return _published(score, mean, around, even, tally.cases, tally.full_cases, dispersion)


@dataclass(frozen=True, slots=True)
class Sampled:
    """A mean of cases, points, and how exactly it tells the true value t: its variance is unit × room(t)."""

    mean: float
    unit: float
    tilt: float

    def error(self, true: float) -> float:
        """The standard error of the mean, points, if this were the true value."""
        return sqrt(self.unit * room(true, self.tilt))

    def spent(self, true: float, side: int, towards: float, pull: float) -> float:
        """The share, 0…1, of the chance of error that a true value spends on means above it (1) or below."""
        error = self.error(true)
        above = _NORMAL.cdf(pull * (towards - true) / error) if error else float(towards > true)
        return above if side > 0 else 1 - above


def limits(sampled: Sampled, level: float, towards: float = 50.0, pull: float = 0.0) -> Limits:
    """The true values (points) from which the mean would not be too unlikely.

    Each true value is asked with its own standard error, as in Wilson's (1927) interval, so near an end
    of the scale the limits are close and lie askew. Of the chance of error that the level leaves, a true
    value spends the more on means between it and `towards`, and the less on those beyond it, the further
    it lies from there and the stronger the `pull` (Pratt 1963; Yu & Hoff 2018). However it is spent,
    each true value keeps its whole coverage, so that companies unlike the others are covered as often
    as any.
    """
    even = _quantile((1 - level) / 2)

    def z(true: float, side: int) -> float:
        """How many standard errors a mean may lie beyond a true value, on the one side."""
        if not pull:
            return even
        return _quantile((1 - level) * sampled.spent(true, side, towards, pull))

    return Limits(_limit(sampled, z, 1, sampled.mean), _limit(sampled, z, -1, 100.0))


def _limit(sampled: Sampled, z: Callable[[float, int], float], side: int, start: float) -> float:
    """The true value t that lies just z(t) of its own standard errors from the mean.

    Were z and the tilt's factor those of a given t, it would be Wilson's formula; so t is sought that
    gives itself, by secants from the far side, from where they cannot overshoot.
    """
    mean = sampled.mean

    def given(true: float) -> float:
        factor = float(z(true, side) ** 2 * sampled.unit * (true / 100) ** sampled.tilt)
        reach = sqrt(factor * mean * (100 - mean) + (50 * factor) ** 2)
        return (mean + 50 * factor - side * reach) / (1 + factor)

    before, miss = start, given(start) - start
    true = _on_scale(before + miss)
    for _ in range(_MOST):
        next_miss = given(true) - true
        if abs(next_miss) < _PRECISE:
            return _on_scale(true + next_miss)
        slope = next_miss - miss
        to = true - next_miss * (true - before) / slope if slope else true + next_miss
        before, miss = true, next_miss
        true = _on_scale(to if 0 <= to <= 100 else true + next_miss / 2)
    return true


def _on_scale(points: float) -> float:
    return min(100.0, max(0.0, points))


def _quantile(spent: float) -> float:
    """The z beyond which a normal variable lies with this chance."""
    return -_NORMAL.inv_cdf(max(spent, _LEAST))


def _published(
    score: float,
    mean: float,
    around: Limits,
    even: Limits,
    cases: int,
    weight: float,
    dispersion: float | None = None,
) -> Score:
    low, high = min(around.low, score), max(around.high, score)
    return Score(score, low, high, mean, cases, weight, around, even, dispersion)


def overall(
    scores: Mapping[Dimension, Score | None],
    own: Totals,
    others: Others,
    cases: int,
    weight: float,
    rubric: Rubric,
) -> Score | None:
    """The weighted mean of the dimensions that have a score.

    Its limits are recovered from their even ones (MOVER, Zou & Donner 2008), as far as the dimensions err
    together. `cases` and `weight` are those of the cases that have any score.
    """
    known = {d: score for d, score in scores.items() if score is not None}
    whole = sum(rubric.overall[d] for d in known)
    if not whole:
        return None
    shares = {d: rubric.overall[d] / whole for d in known}
    score = sum(shares[d] * s.score for d, s in known.items())
    mean = sum(shares[d] * s.mean for d, s in known.items())
    together = {pair: err_together(own, others, pair, rubric) for pair in PAIRS}
    below = recovered_distance(
        {d: shares[d] * (s.mean - s.even.low) for d, s in known.items()}, together
    )
    above = recovered_distance(
        {d: shares[d] * (s.even.high - s.mean) for d, s in known.items()}, together
    )
    even = Limits(max(0.0, mean - below), min(100.0, mean + above))
    return _published(score, mean, even, even, cases, weight)


def recovered_distance(
    parts: Mapping[Dimension, float], together: Mapping[tuple[Dimension, Dimension], float]
) -> float:
    """How far a limit lies from the mean, points: its parts added up, as far as they err together."""
    squares = sum(part**2 for part in parts.values())
    products = sum(2 * together[a, b] * parts[a] * parts[b] for a, b in combinations(parts, 2))
    return sqrt(max(0.0, squares + products))


def err_together(
    own: Totals, others: Others, pair: tuple[Dimension, Dimension], rubric: Rubric
) -> float:
    """The correlation of two dimensions' errors, −1…1: that of their cases, as far as they share them."""
    correlation = rubric.interval.correlation
    for totals in (others.everyone, others.sector, own):
        correlation = totals.pairs[pair].towards(correlation, rubric.interval.cases)
    first, second = (own.tallies[d].weights_squared for d in pair)
    shared = own.pairs[pair].shared / sqrt(first * second) if first and second else 0.0
    return correlation * min(1.0, shared)


def enough_cases(score: Score | None, rubric: Rubric) -> bool:
    """Are the cases many and telling enough for a grade, or a word for it?"""
    limits = rubric.too_few
    return (
        score is not None
        and score.weight >= limits.weight
        and score.high - score.low <= limits.width
    )


def band(score: float, bands: tuple[Band, ...]) -> str:
    """The name of the highest band that the score reaches."""
    reached = [b for b in bands if score >= b.at_least]
    return max(reached, key=lambda b: b.at_least).name
