"""One whole calibration: invents the companies, fills every table."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from msgspec import Struct

from scorecard.calibrated import Calibration, digest_of
from scorecard.calibration.coverage import OVERALL, What, coverage
from scorecard.calibration.crowds import crowds
from scorecard.calibration.pools import LEVELS, even, kindness, make_pool
from scorecard.calibration.shrinkage import simulated, split_by_time
from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.observation import Observation
from scorecard.simulate.market import invent_companies


class Effort(Struct, frozen=True):
    """How much of it: cases a pool, samples a company, companies a crowd, companies of a market, each
    with so many cases."""

    pool: int = 3000
    runs: int = 2000
    crowds: int = 200
    market: int = 60
    each: int = 200


def calibrate(
    rubric: Rubric,
    real: Sequence[tuple[str, Sequence[Observation]]],
    seed: int,
    effort: Effort,
    jobs: int,
) -> Calibration:
    """All tables. `real` are the observations of each real company, for the split by time."""
    levels = [even(level) for end in LEVELS.values() for level in end]
    market = invent_companies(seed, effort.market, effort.market)
    whats: tuple[What, ...] = (*DIMENSIONS, OVERALL)
    with ProcessPoolExecutor(jobs) as processes:  # not `shared`: work of several kinds, at once
        making = [
            processes.submit(make_pool, quality, effort.pool, rubric, f"{seed}/{quality}")
            for quality in levels
        ]
        trading = [
            processes.submit(
                make_pool, c.quality, effort.each, rubric, f"{seed}/{c.slug}", c.sector
            )
            for c in market
        ]
        pools = [made.result() for made in making]
        companies = [made.result() for made in trading]
        covered = [
            processes.submit(coverage, pools, rubric, effort.runs, seed, what) for what in whats
        ]
        crowd = processes.submit(crowds, pools, rubric, effort.crowds, seed)
        errors = [
            processes.submit(simulated, "market", companies, rubric, effort.runs, seed),
            processes.submit(simulated, "extremes", pools * 6, rubric, effort.runs, seed),
        ]
        return Calibration(
            method=rubric.version,
            rubric=digest_of(rubric),
            seed=seed,
            runs=effort.runs,
            level=rubric.interval.level,
            coverage=tuple(row for part in covered for row in part.result()),
            errors=(
                *(row for part in errors for row in part.result()),
                *split_by_time(real, rubric),
            ),
            crowds=tuple(crowd.result()),
            kindness=tuple(row for pool in pools for row in kindness(pool)),
        )
