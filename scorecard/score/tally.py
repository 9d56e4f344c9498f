"""Sums that add up. Kept as whole numbers, so that the order of adding changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import fsum
from operator import add, sub
from typing import Self, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from scorecard.rubric import DIMENSIONS, Dimension
from scorecard.score.observation import Observation

UNIT = 10**12
ROOM = 50 * 50
"""The most that cases at mid-scale can vary, points²: what one case taken for granted counts for."""
APART = 25 * 25
"""The same of a pair: two deviations of 25 points."""
PAIRS = tuple(combinations(DIMENSIONS, 2))


class _Sums(Struct, frozen=True):
    """Whole numbers that add up field by field; what is taken away again leaves what was there."""

    def __add__(self, other: Self) -> Self:
        return type(self)(*map(add, astuple(self), astuple(other)))

    def __sub__(self, other: Self) -> Self:
        return type(self)(*map(sub, astuple(self), astuple(other)))


S = TypeVar("S", bound=_Sums)


class Tally(_Sums, frozen=True):
    """Weighted case scores added up.

    Whole numbers of 1e-12: `weight` in full cases, `total` in weight × points (0…100), `squares` in
    weight × points²; and of 1e-24, as old cases weigh very little: `weights_squared` in weight².
    """

    cases: int = 0
    weight: int = 0
    total: int = 0
    squares: int = 0
    weights_squared: int = 0

    @classmethod
    def of(cls, scores: Sequence[float], weights: Sequence[float]) -> Tally:
        """The tally of a company's cases: their scores of 0…100 and their weights, in any order."""
        points = [w * s for s, w in zip(scores, weights, strict=True)]
        return cls(
            len(scores),
            _whole(weights),
            _whole(points),
            _whole([p * s for p, s in zip(points, scores, strict=True)]),
            _whole([w * w for w in weights], UNIT * UNIT),
        )

    @property
    def full_cases(self) -> float:
        """The weight, in full cases."""
        return self.weight / UNIT

    @property
    def alike_cases(self) -> float:
        """How many cases of equal weight would tell as much (Kish's effective sample size)."""
        return self.weight**2 / self.weights_squared if self.weights_squared else 0.0

    @property
    def mean(self) -> float | None:
        """The weighted mean, points; None without weight."""
        told = self.weight and self.weights_squared
        return min(100.0, round(self.total / self.weight, 9)) if told else None

    @property
    def deviations(self) -> float:
        """The weighted sum of squared deviations from the mean, points²."""
        if not self.weight:
            return 0.0
        return max(0.0, (self.squares - self.total * self.total / self.weight) / UNIT)

    def towards(self, centre: float, strength: float) -> float:
        """The mean with `strength` more full cases that score `centre`."""
        return (self.total / UNIT + strength * centre) / (self.full_cases + strength)


def room(mean: float, tilt: float) -> float:
    """How much cases with this mean (points) can differ, points²: m × (100 − m) × (m ÷ 100)^tilt."""
    return float(mean * (100 - mean) * (mean / 100) ** tilt)


class Spread(_Sums, frozen=True):
    """How much the cases of one company differ, against how much they could. It adds up over companies.

    `within` is the variance of its cases, `room` the most that it could be with their mean (see `room()`);
    both are unbiased, in points² × 1e-12, and count once for every case beyond the first.
    """

    within: int = 0
    room: int = 0

    @classmethod
    def of(cls, tally: Tally, tilt: float) -> Spread:
        """The spread of one company's cases in one dimension."""
        mean, alike = tally.mean, tally.alike_cases
        if mean is None or alike <= 1 + 1e-9:
            return cls()
        variance = tally.deviations / tally.full_cases * alike / (alike - 1)
        most = room(mean, tilt) + variance / alike * (mean / 100) ** tilt
        return cls(round(variance * (alike - 1) * UNIT), round(most * (alike - 1) * UNIT))

    def towards(self, dispersion: float, cases: float) -> float:
        """The share of the room that is used, 0…1, with `cases` more of `dispersion` at mid-scale."""
        unit = cases * ROOM
        return min(1.0, (self.within / UNIT + unit * dispersion) / (self.room / UNIT + unit))


class Pair(_Sums, frozen=True):
    """How two dimensions go together in the same cases of one company. It adds up over companies.

    Weighted products and squares of the deviations from the company's means, in points² × 1e-12;
    `shared` is the weight² of the cases that have both scores, in 1e-24.
    """

    product: int = 0
    first: int = 0
    second: int = 0
    shared: int = 0

    @classmethod
    def of(cls, deviations: Sequence[tuple[float, float]], weights: Sequence[float]) -> Pair:
        """The cases with both scores: how far each lies from the company's two means."""
        both = list(zip(deviations, weights, strict=True))
        return cls(
            _whole([w * a * b for (a, b), w in both]),
            _whole([w * a * a for (a, _), w in both]),
            _whole([w * b * b for (_, b), w in both]),
            _whole([w * w for w in weights], UNIT * UNIT),
        )

    def towards(self, correlation: float, cases: float) -> float:
        """The correlation, −1…1, with `cases` more of `correlation` that lie 25 points apart."""
        unit = cases * APART
        spread = (self.first * self.second) ** 0.5 / UNIT
        return float((self.product / UNIT + unit * correlation) / (spread + unit))


class Totals(Struct, frozen=True):
    """All that is added up over cases: of one company, of a sector, of all."""

    tallies: Mapping[Dimension, Tally]
    spreads: Mapping[Dimension, Spread]
    pairs: Mapping[tuple[Dimension, Dimension], Pair]

    def __sub__(self, other: Totals) -> Totals:
        return Totals(
            {d: self.tallies[d] - other.tallies[d] for d in DIMENSIONS},
            {d: self.spreads[d] - other.spreads[d] for d in DIMENSIONS},
            {pair: self.pairs[pair] - other.pairs[pair] for pair in PAIRS},
        )


def add_up(totals: Iterable[Totals]) -> Totals:
    """The sum of companies."""
    every = list(totals)
    return Totals(
        {d: _sum(Tally(), [t.tallies[d] for t in every]) for d in DIMENSIONS},
        {d: _sum(Spread(), [t.spreads[d] for t in every]) for d in DIMENSIONS},
        {pair: _sum(Pair(), [t.pairs[pair] for t in every]) for pair in PAIRS},
    )


def total(observations: Sequence[Observation], weights: Sequence[float], tilt: float) -> Totals:
    """The totals of one company: its observations, and what each of them weighs after the caps."""
    tallies = {d: _tally(observations, weights, d) for d in DIMENSIONS}
    spreads = {d: Spread.of(tallies[d], tilt) for d in DIMENSIONS}
    pairs = {(a, b): _pair(observations, weights, tallies, a, b) for a, b in PAIRS}
    return Totals(tallies, spreads, pairs)


def _tally(
    observations: Sequence[Observation], weights: Sequence[float], dimension: Dimension
) -> Tally:
    known = [
        (score, weight)
        for seen, weight in zip(observations, weights, strict=True)
        if (score := seen.scores[dimension]) is not None
    ]
    return Tally.of([score for score, _ in known], [weight for _, weight in known])


def _pair(
    observations: Sequence[Observation],
    weights: Sequence[float],
    tallies: Mapping[Dimension, Tally],
    a: Dimension,
    b: Dimension,
) -> Pair:
    mean_a, mean_b = tallies[a].mean, tallies[b].mean
    if mean_a is None or mean_b is None:
        return Pair()
    both = [
        ((first - mean_a, second - mean_b), weight)
        for seen, weight in zip(observations, weights, strict=True)
        if (first := seen.scores[a]) is not None and (second := seen.scores[b]) is not None
    ]
    return Pair.of([deviations for deviations, _ in both], [weight for _, weight in both])


def _sum(start: S, parts: Sequence[S]) -> S:
    return type(start)(*map(sum, zip(*[astuple(part) for part in (start, *parts)], strict=True)))


def _whole(parts: Sequence[float], unit: int = UNIT) -> int:
    """The sum, rounded once, so that the order of the parts changes nothing."""
    return round(fsum(parts) * unit)
