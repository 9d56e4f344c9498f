"""Totals → a score, pulled towards others as far as the cases are few, and an interval around the mean.

The two answer different questions. The score is the best guess (least squared error), and a best guess
from few cases leans on what is known of others. The interval says which true values the company's own
cases leave possible. It leans as the score does, but no true value is covered less often for it: pulling it
as well would hide just the companies that are unlike the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from math import sqrt

from msgspec import Struct

from scorecard.rubric import Band, Dimension, Rubric
from scorecard.score.limits import Limits, Mean, Sampled, joined, limits
from scorecard.score.tally import Tally, Totals


class Ground(Struct, frozen=True):
    """What a score's limits are made from: its mean, where they lean (points), and how strongly."""

    told: Mean
    towards: float
    pull: float
    level: float

    def limits(self) -> Limits:
        """The limits."""
        return limits(self.told, self.level, self.towards, self.pull)


class Score(Struct, frozen=True, dict=True):
    """A published score, points 0…100. `cases` counts those that have a score; `weight` is in full cases."""

    score: float
    cases: int
    weight: float
    ground: Ground

    @property
    def mean(self) -> float:
        """The weighted mean before shrinking, points."""
        return self.ground.told.mean

    @cached_property
    def limits(self) -> Limits:
        """The interval of the mean."""
        return self.ground.limits()

    @property
    def low(self) -> float:
        """The low limit, points; stretched to the score where that lies outside."""
        return min(self.limits.low, self.score)

    @property
    def high(self) -> float:
        """The high limit, points; stretched to the score where that lies outside."""
        return max(self.limits.high, self.score)

    @property
    def sampled(self) -> Sampled:
        """The mean of cases that a dimension's score is made from; TypeError for an overall one."""
        if isinstance(self.ground.told, Sampled):
            return self.ground.told
        raise TypeError("An overall score is made from those of its dimensions.")


class Others(Struct, frozen=True):
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
    sampled = Sampled(mean, dispersion, tally.alike_cases, rubric.interval.tilt)
    pull = rubric.shrinkage.strength / tally.alike_cases
    ground = Ground(sampled, towards, pull, rubric.interval.level)
    return Score(score, tally.cases, tally.full_cases, ground)


def overall(
    scores: Mapping[Dimension, Score | None],
    own: Totals,
    others: Others,
    cases: int,
    weight: float,
    rubric: Rubric,
) -> Score | None:
    """The weighted mean of the dimensions that have a score; of a single one, that score and its limits.

    `cases` and `weight` are those of the cases that have any score.
    """
    known = {d: score for d, score in scores.items() if score is not None}
    if not known:
        return None
    shares = shares_of(known, rubric)
    of = list(known.values())
    told = joined(
        shares,
        [score.sampled for score in of],
        [score.score for score in of],
        [err_together(own, others, pair, rubric) for pair in combinations(known, 2)],
    )
    ground = Ground(
        told,
        _mean(shares, [score.ground.towards for score in of]),
        _mean(shares, [score.ground.pull for score in of]),
        rubric.interval.level,
    )
    return Score(_mean(shares, [score.score for score in of]), cases, weight, ground)


def shares_of(known: Iterable[Dimension], rubric: Rubric) -> list[float]:
    """The shares of these dimensions in the overall score; they add up to 1."""
    shares = [rubric.overall[d] for d in known]
    whole = sum(shares)
    return [share / whole for share in shares]


def _mean(shares: Sequence[float], values: Sequence[float]) -> float:
    return sum(share * value for share, value in zip(shares, values, strict=True))


def err_together(
    own: Totals, others: Others, pair: tuple[Dimension, Dimension], rubric: Rubric
) -> float:
    """The correlation of two dimensions' errors, −1…1: that of their cases, as far as they share them."""
    correlation = rubric.interval.correlation
    for totals in (others.everyone, others.sector, own):
        correlation = totals.pairs[pair].towards(correlation, rubric.interval.cases)
    return correlation * shared_weight(own, pair)


def shared_weight(own: Totals, pair: tuple[Dimension, Dimension]) -> float:
    """How far two means are of the same cases, 0…1: their weights squared beside those of all."""
    first, second = (own.tallies[d].weights_squared for d in pair)
    return min(1.0, own.pairs[pair].shared / sqrt(first * second)) if first and second else 0.0


def enough_cases(score: Score | None, rubric: Rubric) -> bool:
    """Are the cases many and telling enough for a grade, or a word for it?"""
    limits = rubric.too_few
    return (
        score is not None
        and score.weight >= limits.weight
        and score.high - score.low <= limits.width
    )


def band(score: float, bands: tuple[Band, ...]) -> str:
    """The name of the highest band that the score reaches, of bands that begin with the highest."""
    return next(b.name for b in bands if score >= b.at_least)
