"""What each case of a company weighs: recency × evidence, with caps for contributors and bursts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import NamedTuple

from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.bursts import Burst
from scorecard.score.observation import Observation

DAYS_A_MONTH = 365.25 / 12
_MOST_ROUNDS, _NOTHING = 50, 1e-10


def base_weight(seen: Observation, rubric: Rubric, as_of: date) -> float:
    """Recency × evidence, 0…1, before any cap.

    Recency is 1 on the day of the case's last event, and half of it after every half-life.
    """
    if seen.ended is None:
        return rubric.recency.undated * seen.evidence
    months = max(0, as_of.toordinal() - seen.ended) / DAYS_A_MONTH
    return float(2 ** (-months / rubric.recency.half_life_months)) * seen.evidence


def base_weights(observations: Sequence[Observation], rubric: Rubric, as_of: date) -> list[float]:
    """The base weight of each."""
    return [base_weight(seen, rubric, as_of) for seen in observations]


def case_weights(
    observations: Sequence[Observation],
    base: Sequence[float],
    bursts: Sequence[Burst],
    rubric: Rubric,
) -> list[float]:
    """The weights of one company's cases, each 0…1, in their order, made of their base weights."""
    return Caps(observations, bursts, rubric).hold(base)


class _Group(NamedTuple):
    """The positions of some cases; and by dimension, of those that have a score in it."""

    positions: Sequence[int]
    scored: Sequence[Sequence[int]]


class Caps:
    """The caps on one company's cases, ready to hold any weights of theirs: a case left out weighs 0."""

    def __init__(
        self, observations: Sequence[Observation], bursts: Sequence[Burst], rubric: Rubric
    ) -> None:
        self.least = rubric.contributor_cap.from_cases
        self.share = rubric.contributor_cap.share
        self.burst_share = rubric.burst_cap.share
        people = _people(observations)
        self.once = [own[0] for own in people if len(own) == 1]
        self.several = [own for own in people if len(own) > 1]
        anywhere = frozenset().union(*(burst.cases for burst in bursts))
        outside = [i for i, seen in enumerate(observations) if seen.case not in anywhere]
        self.record = _group(observations, outside if bursts else ())
        self.bursts = [
            _group(observations, [i for i, seen in enumerate(observations) if seen.case in b.cases])
            for b in bursts
        ]

    def hold(self, base: Sequence[float]) -> list[float]:
        """The weights as far as the caps leave them.

        Bursts are held first, then contributors; where the one changes what the other was measured by,
        again.
        """
        weights = list(base)
        if len(weights) - weights.count(0.0) < self.least:
            return weights
        at_first = left = fsum(base)
        for _ in range(_MOST_ROUNDS):
            for burst in self.bursts:
                self._hold_burst(burst, weights)
            self._hold_people(weights, at_first)
            before, left = left, fsum(weights)
            if not self.bursts or before - left < _NOTHING:
                break
        return weights

    def _hold_burst(self, burst: _Group, weights: list[float]) -> None:
        """In no dimension is a burst more than its share of the whole.

        A case that would be ground for a score in a dimension of which the rest says nothing weighs nothing.
        """
        record = [_weight(own, weights) for own in self.record.scored]
        for own, rest in zip(burst.scored, record, strict=True):
            for i in own if not rest else ():
                weights[i] = 0.0
        held = [_weight(own, weights) for own in burst.scored]
        most = self.burst_share / (1 - self.burst_share)
        limits = [rest * most / own for own, rest in zip(held, record, strict=True) if own]
        factor = min([1.0, *limits])
        for i in burst.positions if factor < 1 else ():
            weights[i] *= factor

    def _hold_people(self, weights: list[float], at_first: float) -> None:
        """None of the contributors is above the share of what they then add up to.

        Where there are too few contributors for that, each is held to the share of what all weighed
        `at_first`.
        """
        carried = self.carried(weights)
        total, most = fsum(carried), max(carried, default=0.0)
        if most <= self.share * total:
            return
        some = [weight for weight in carried if weight]
        enough = len(some) * self.share >= 1
        cap = _cap(sorted(some), self.share) if enough else self.share * at_first
        people = [*([i] for i in self.once), *self.several]
        for own, weight in zip(people, carried, strict=True):
            if weight > cap:
                for i in own:
                    weights[i] *= cap / weight

    def carried(self, weights: Sequence[float]) -> list[float]:
        """What each contributor carries; a case without one stands for itself."""
        once = [weights[i] for i in self.once]
        return once + [_weight(own, weights) for own in self.several]


def _people(observations: Sequence[Observation]) -> list[list[int]]:
    """The positions of each contributor's cases."""
    people: dict[str | int, list[int]] = {}
    for i, seen in enumerate(observations):
        people.setdefault(i if seen.contributor is None else seen.contributor, []).append(i)
    return list(people.values())


def _group(observations: Sequence[Observation], positions: Sequence[int]) -> _Group:
    scored = [[i for i in positions if observations[i].scores[d] is not None] for d in DIMENSIONS]
    return _Group(positions, scored)


def _weight(own: Sequence[int], weights: Sequence[float]) -> float:
    return fsum([weights[i] for i in own])


def _cap(carried: Sequence[float], share: float) -> float:
    """The most that one may carry, so that it is `share` of the sum after capping; ascending input."""
    below = fsum(carried)
    for above, heaviest in enumerate(reversed(carried)):
        cap = share * below / (1 - share * above) if share * above < 1 else heaviest
        if heaviest <= cap * (1 + 1e-12):
            return cap
        below -= heaviest
    return carried[0]
