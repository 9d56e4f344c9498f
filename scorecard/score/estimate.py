"""A tally → a score with its interval, pulled towards others as far as the cases are few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from scorecard.rubric import Band, Dimension, Rubric
from scorecard.score.tally import Tally


@dataclass(frozen=True, slots=True)
class Score:
    """A published score. All in points 0…100 with low ≤ score ≤ high.

    `mean` is the weighted mean before shrinking; `cases` counts those that have a score; `weight` is
    in full cases.
    """

    score: float
    low: float
    high: float
    mean: float
    cases: int
    weight: float


def centre(sector: Tally, everyone: Tally, rubric: Rubric) -> float:
    """What a company is pulled towards: its sector, which itself leans on all others.

    Both tallies are without the company itself (leave one out).
    """
    strength = rubric.shrinkage.strength
    return sector.towards(everyone.towards(rubric.shrinkage.centre, strength), strength)


def estimate(own: Tally, towards: float, rubric: Rubric) -> Score | None:
    """The score of one dimension; None without a case that has one.

    Normal model: each full case tells the truth with variance s², the companies of a sector lie
    around its mean with variance s² ÷ strength, which makes the score the posterior mean and
    s² ÷ (weight + strength) its variance. s² itself is pooled with the rubric's spread.
    """
    mean = own.mean
    if mean is None:
        return None
    known, prior = own.full_cases, rubric.interval
    variance = (prior.spread_cases * prior.spread**2 + own.deviations) / (
        prior.spread_cases + known
    )
    strength = rubric.shrinkage.strength
    half = _z(rubric) * sqrt(variance / (known + strength))
    score = own.towards(towards, strength)
    return Score(score, max(0.0, score - half), min(100.0, score + half), mean, own.cases, known)


def _z(rubric: Rubric) -> float:
    return NormalDist().inv_cdf((1 + rubric.interval.level) / 2)


def overall(
    scores: Mapping[Dimension, Score | None], cases: int, weight: float, rubric: Rubric
) -> Score | None:
    """The weighted mean of the dimensions that have a score.

    Its interval assumes that the dimensions err together, which is the widest it can be.
    `cases` and `weight` are those of the cases that have any score.
    """
    known = [(rubric.overall[d], score) for d, score in scores.items() if score is not None]
    total = sum(share for share, _ in known)
    if not total:
        return None

    def mean(values: list[float]) -> float:
        return sum(share * v for (share, _), v in zip(known, values, strict=True)) / total

    return Score(
        mean([s.score for _, s in known]),
        mean([s.low for _, s in known]),
        mean([s.high for _, s in known]),
        mean([s.mean for _, s in known]),
        cases,
        weight,
    )


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
