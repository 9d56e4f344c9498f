"""Do the intervals cover the truth as often as they say, at every size and both ends of the scale?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Literal

from msgspec import Struct

from scorecard.calibrated import Coverage
from scorecard.calibration.pools import AS_OF, LEVELS, Pool, Sample, draw, site_of, truth
from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.estimate import Others, Score, estimate, overall
from scorecard.score.tally import add_up, total
from scorecard.score.weights import Caps, base_weights

Weights = Literal["equal", "unequal"]
End = Literal["low", "middle", "high"]
OVERALL: Literal["overall"] = "overall"
What = Dimension | Literal["overall"]
WEIGHTS: tuple[Weights, ...] = ("equal", "unequal")
ENDS: tuple[End, ...] = ("low", "middle", "high")
SIZES = (3, 5, 10, 30, 100, 300)


def coverage(
    pools: Sequence[Pool], rubric: Rubric, runs: int, seed: int, what: What
) -> list[Coverage]:
    """The table of a dimension or overall: equal and unequal weights, each size, each end."""
    rng = Random(f"{seed}/site")
    sector, everyone = (
        add_up(site_of(pools, rng, companies, 12, rubric.interval.tilt)) for companies in (10, 40)
    )
    world = _World(rubric, Others(sector, everyone), runs, seed)
    return [
        world.row(pools, what, weights, cases, end)
        for weights in WEIGHTS
        for cases in SIZES
        for end in ENDS
    ]


class _World(Struct, frozen=True):
    """The companies that the invented one is compared with, and how often it is drawn."""

    rubric: Rubric
    others: Others
    runs: int
    seed: int

    def row(
        self, pools: Sequence[Pool], what: What, weights: Weights, cases: int, end: End
    ) -> Coverage:
        """The companies at one end of the scale, with so many cases each."""
        found = [
            self.company(pool, what, weights, cases)
            for pool in pools
            if pool.quality.responsiveness in LEVELS[end]
        ]
        held = [100 * covered for covered, _ in found]
        return Coverage(
            what=what,
            weights=weights,
            cases=cases,
            end=end,
            covered=round(sum(held) / len(held), 1),
            lowest=round(min(held), 1),
            highest=round(max(held), 1),
            width=round(sum(width for _, width in found) / len(found), 1),
        )

    def company(self, pool: Pool, what: What, weights: Weights, cases: int) -> tuple[float, float]:
        """The share of runs in which one company's interval holds its truth, and its mean width."""
        rng = Random(f"{self.seed}/{what}/{weights}/{cases}/{pool.quality.responsiveness}")
        drawn = (
            base_weights(pool.observations, self.rubric, AS_OF) if weights == "unequal" else None
        )
        population = pool.observations if what == OVERALL else pool.with_score(what)
        true = {d: truth(population, d) for d in DIMENSIONS}
        held, width = 0, 0.0
        for _ in range(self.runs):
            score, aim = self.once(draw(population, cases, rng, drawn), what, true)
            held += score.low <= aim <= score.high
            width += score.high - score.low
        return held / self.runs, width / self.runs

    def once(
        self, sample: Sample, what: What, true: Mapping[Dimension, float]
    ) -> tuple[Score, float]:
        """One company's score, and the truth that it aims at: of the dimensions that have a score."""
        seen, rubric = sample.observations, self.rubric
        weights = Caps(seen, (), rubric).hold(sample.base)
        totals = total(seen, weights, rubric.interval.tilt)
        scores = {
            d: estimate(totals, self.others, d, rubric) if what in (d, OVERALL) else None
            for d in DIMENSIONS
        }
        result = overall(scores, totals, self.others, len(seen), sum(sample.base), rubric)
        if what != OVERALL:
            result = scores[what]
        if result is None:
            raise ValueError("A sample without a score.")
        shares = {d: rubric.overall[d] for d in DIMENSIONS if scores[d]}
        return result, sum(shares[d] * true[d] for d in shares) / sum(shares.values())
