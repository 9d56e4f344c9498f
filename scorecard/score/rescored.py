"""A company's cases scored anew with other weights: without some of them, or with more.

Everything is computed from its observations: its weights and caps, and its overall score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from msgspec import Struct

from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.bursts import Arrivals, Burst
from scorecard.score.estimate import Others, band, centres
from scorecard.score.observation import Observation
from scorecard.score.weighed import Weighed
from scorecard.score.weights import Caps, base_weights

Sum = tuple[float, float]
"""A weight, and weight × points."""
_NO_WEIGHT = 1e-12


class Subject(Struct, frozen=True):
    """A company's cases and all that its score is made with."""

    now: Weighed
    others: Others
    rubric: Rubric
    arrivals: Arrivals


class Rescored:
    """Cases to be scored anew with other weights beside the same others; only the score, no interval."""

    def __init__(
        self,
        company: Subject,
        seen: Sequence[Observation],
        base: Sequence[float],
        bursts: Sequence[Burst],
        towards: Mapping[Dimension, float],
    ) -> None:
        self.company, self.rubric = company, company.rubric
        self.seen, self.base, self.towards = seen, base, towards
        self.caps = Caps(seen, bursts, company.rubric)
        self.known = [
            [(i, points) for i, one in enumerate(seen) if (points := one.scores[d]) is not None]
            for d in DIMENSIONS
        ]

    def sums(self, weights: Sequence[float]) -> list[Sum]:
        """For each dimension the weight of its cases, and weight × points."""
        return [
            (sum([weights[i] for i, _ in own]), sum([weights[i] * points for i, points in own]))
            for own in self.known
        ]

    def score(self, sums: Sequence[Sum]) -> float | None:
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

    def held(self, base: Sequence[float]) -> float | None:
        """The overall score with these weights before the caps."""
        return self.score(self.sums(self.caps.hold(base)))


class Own(Rescored):
    """The company's own cases: some of them left out, or more of them added."""

    def __init__(self, company: Subject) -> None:
        now = company.now
        base = base_weights(now.seen, company.rubric, now.as_of)
        super().__init__(
            company, now.seen, base, now.bursts, centres(company.others, company.rubric)
        )
        self.sums_now = self.sums(now.weights)
        self.free = not now.bursts and tuple(self.base) == now.weights
        self.whole = fsum(self.base)
        self.most = max(self.caps.carried(self.base), default=0.0)

    def without(self, gone: Sequence[int]) -> float | None:
        """The score without the cases at these positions, weighed anew; its bursts stay held."""
        rest = self.whole - fsum([self.base[i] for i in gone])
        cap = self.rubric.contributor_cap
        few = len(self.seen) - len(gone) < cap.from_cases
        if self.free and (few or self.most <= cap.share * rest):
            return self.score(self._less(gone))
        kept = list(self.base)
        for i in gone:
            kept[i] = 0.0
        return self.held(kept)

    def _less(self, gone: Sequence[int]) -> list[Sum]:
        left = []
        for dimension, (weight, summed) in zip(DIMENSIONS, self.sums_now, strict=True):
            for i in gone:
                if (points := self.seen[i].scores[dimension]) is not None:
                    weight -= self.base[i]
                    summed -= self.base[i] * points
            left.append((weight, summed))
        return left

    def and_more(self, more: Sequence[Observation], bursts: Sequence[Burst]) -> Rescored:
        """The company's cases and these, with these bursts among them."""
        weights = base_weights(more, self.rubric, self.company.now.as_of)
        return Rescored(
            self.company, [*self.seen, *more], [*self.base, *weights], bursts, self.towards
        )

    def may_reach(self, count: int, points: float, wanted: Sequence[str]) -> bool:
        """Might so many added cases give a wanted grade? The score alone tells where no cap holds."""
        cap, limits = self.rubric.contributor_cap, self.rubric.too_few
        capped = len(self.seen) + count >= cap.from_cases
        if not self.free or (capped and self.most > cap.share * (self.whole + count)):
            return True
        score = self.score([(w + count, p + count * points) for w, p in self.sums_now])
        return (
            self.whole + count >= limits.weight
            and score is not None
            and band(score, self.rubric.grades) in wanted
        )
