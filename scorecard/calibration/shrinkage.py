"""Does leaning on others make better guesses? Against the truth, and against what came later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from random import Random
from typing import Literal

from scorecard.calibrated import PredictionError
from scorecard.calibration.pools import Pool, draw, truth
from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.estimate import Others, centres
from scorecard.score.observation import Observation
from scorecard.score.tally import Totals, add_up, total

Data = Literal["market", "extremes", "register"]
SIZES = (1, 2, 3, 5, 10, 30)
FIRST = (1, 2, 3, 5, 10)
LATER = 5
"""So many later cases, at least, make a mean worth predicting."""


def simulated(
    data: Literal["market", "extremes"], pools: Sequence[Pool], rubric: Rubric, runs: int, seed: int
) -> list[PredictionError]:
    """Companies with so many cases each, drawn from their pools, in their sectors."""
    truths = [{d: truth(pool.observations, d) for d in DIMENSIONS} for pool in pools]
    sectors = [pool.sector for pool in pools]
    rows = []
    for cases in SIZES:
        misses: dict[Dimension, list[tuple[float, float]]] = {d: [] for d in DIMENSIONS}
        for run in range(max(1, runs // len(pools))):
            rng = Random(f"{seed}/{data}/{cases}/{run}")
            totals = [
                total(sample.observations, sample.base, rubric.interval.tilt)
                for sample in (draw(pool.observations, cases, rng, None) for pool in pools)
            ]
            _miss(misses, totals, sectors, truths, rubric)
        rows += [_row(data, d, cases, misses[d]) for d in DIMENSIONS]
    return rows


def split_by_time(
    companies: Sequence[tuple[str, Sequence[Observation]]], rubric: Rubric
) -> list[PredictionError]:
    """Real companies, each with its sector: their first cases predict the mean of all their later ones."""
    rows = []
    for cases in FIRST:
        misses: dict[Dimension, list[tuple[float, float]]] = {d: [] for d in DIMENSIONS}
        totals, names, later = [], [], []
        for sector, observations in companies:
            ordered = sorted(
                (seen for seen in observations if seen.ended), key=lambda s: (s.ended, s.case)
            )
            first, rest = ordered[:cases], ordered[cases:]
            if len(rest) >= LATER:
                totals.append(total(first, [1.0] * len(first), rubric.interval.tilt))
                names.append(sector)
                later.append(_later(rest))
        _miss(misses, totals, names, later, rubric)
        rows += [_row("register", d, cases, misses[d]) for d in DIMENSIONS if misses[d]]
    return rows


def _later(observations: Sequence[Observation]) -> dict[Dimension, float]:
    """The means of the dimensions in which enough of the cases have a score."""
    means: dict[Dimension, float] = {}
    for dimension in DIMENSIONS:
        scores = [s for seen in observations if (s := seen.scores[dimension]) is not None]
        if len(scores) >= LATER:
            means[dimension] = sum(scores) / len(scores)
    return means


def _miss(
    misses: Mapping[Dimension, list[tuple[float, float]]],
    totals: Sequence[Totals],
    sectors: Sequence[str],
    aims: Sequence[Mapping[Dimension, float]],
    rubric: Rubric,
) -> None:
    """Adds by how much each company's mean and score miss what they aim at."""
    everyone = add_up(totals)
    of_sector = {
        name: add_up(t for t, sector in zip(totals, sectors, strict=True) if sector == name)
        for name in set(sectors)
    }
    for own, sector, aim in zip(totals, sectors, aims, strict=True):
        others = Others(of_sector[sector] - own, everyone - own)
        for dimension, aimed in aim.items():
            tally = own.tallies[dimension]
            if tally.mean is not None:
                towards = centres(others, rubric)[dimension]
                score = tally.towards(towards, rubric.shrinkage.strength)
                misses[dimension].append((tally.mean - aimed, score - aimed))


def _row(
    data: Data, dimension: Dimension, cases: int, misses: Sequence[tuple[float, float]]
) -> PredictionError:
    return PredictionError(
        data=data,
        what=dimension,
        cases=cases,
        companies=len(misses),
        raw=round(sqrt(sum(raw**2 for raw, _ in misses) / len(misses)), 2),
        shrunk=round(sqrt(sum(shrunk**2 for _, shrunk in misses) / len(misses)), 2),
    )
