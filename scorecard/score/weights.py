"""What each case of a company weighs: recency × evidence, with caps for contributors and bursts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, fsum
from typing import Literal, NamedTuple

from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.bursts import Burst
from scorecard.score.observation import Observation

DAYS_A_MONTH = 365.25 / 12
MUCH = 0.5
"""Of an average case: what others must carry at least to be a measure."""


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


class _Group(NamedTuple):
    """The positions of some cases; and by dimension, of those that have a score in it."""

    positions: Sequence[int]
    scored: Sequence[Sequence[int]]


class PersonCap(NamedTuple):
    """The most that one contributor may carry, in full cases, and what it follows from.

    `rule`: it is the share of what all then carry together; or, where but few carry much and the others
    next to nothing, what the last of these few carries (if that is no more than the share of what all
    carried before); or, of fewer still, the share of what all carried, at most of what a grade takes.
    """

    most: float
    rule: Literal["share", "few", "fewer"]


def too_few_people(share: float) -> int:
    """So many contributors at most cannot all be held to this share: of five, each can carry a fifth."""
    return ceil(1 / share - 1e-9) - 1


def person_cap(carried: Sequence[float], cases: int, share: float, grade: float) -> PersonCap:
    """The cap on contributors who carry so much before it, with so many `cases` in all.

    With a share of a fifth, four contributors at most can be above the cap. If the others weigh next to
    nothing, a fifth of what is left would be next to nothing for everyone, so that one feeble case more
    could take a company's weight away. So where the cap would be less than half of what a case weighs on
    average, nobody is held below the fourth. `grade` is the weight that a grade takes.
    """
    heaviest_first = sorted((weight for weight in carried if weight), reverse=True)
    total, few = fsum(heaviest_first), too_few_people(share)
    if len(heaviest_first) < few:
        return PersonCap(share * min(total, grade), "fewer")
    of_share = _share_of_what_is_left(heaviest_first, share)
    if not few or of_share >= total / cases * MUCH:
        return PersonCap(of_share, "share")
    return PersonCap(max(of_share, min(share * total, heaviest_first[few - 1])), "few")


def _share_of_what_is_left(heaviest_first: Sequence[float], share: float) -> float:
    """The most that one may carry, so that it is `share` of the sum after capping; 0 where none is."""
    below = fsum(heaviest_first)
    for above, heaviest in enumerate(heaviest_first):
        rest = 1 - share * above
        cap = share * below / rest if rest > 1e-9 else 0.0
        if heaviest <= cap * (1 + 1e-12):
            return cap
        below -= heaviest
    return 0.0


class Caps:
    """The caps on one company's cases, ready to hold any weights of theirs: a case left out weighs 0.

    Contributors are held by what the record says, which is all cases outside bursts; bursts are held beside
    that record; and then those who wrote of both, by their cases in bursts. So a burst changes nothing of
    the record, however many people it is from.
    """

    def __init__(
        self, observations: Sequence[Observation], bursts: Sequence[Burst], rubric: Rubric
    ) -> None:
        self.cap, self.grade = rubric.contributor_cap, rubric.too_few.weight
        self.burst_share = rubric.burst_cap.share
        anywhere = frozenset().union(*(burst.cases for burst in bursts))
        outside = [i for i, seen in enumerate(observations) if seen.case not in anywhere]
        self.once, self.several = _people(observations, outside)
        self.record = _group(observations, outside if bursts else ())
        self.bursts = [
            _group(observations, [i for i, seen in enumerate(observations) if seen.case in b.cases])
            for b in bursts
        ]
        inside = [i for burst in self.bursts for i in burst.positions]
        once, several = _people(observations, inside)
        self.in_bursts = [*([i] for i in once), *several]
        self.also = [
            [i for i in outside if observations[own[0]].contributor == observations[i].contributor]
            if observations[own[0]].contributor is not None
            else []
            for own in self.in_bursts
        ]

    def hold(self, base: Sequence[float]) -> list[float]:
        """The weights, each 0…1, in the cases' order: the base weights as far as the caps leave them."""
        weights = list(base)
        most: float | None = None
        if len(weights) - weights.count(0.0) >= self.cap.from_cases:
            most = self._hold_people(weights)
        for burst in self.bursts:
            self._hold_burst(burst, weights)
        if most is not None:
            for own, also in zip(self.in_bursts, self.also, strict=True):
                left = max(0.0, most - _weight(also, weights))
                _hold(own, _weight(own, weights), left, weights)
        return weights

    def _hold_people(self, weights: list[float]) -> float:
        """Holds each contributor's cases in the record; returns the most that one may carry."""
        carried = self.carried(weights)
        cases = sum([weights[i] > 0 for own in (self.once, *self.several) for i in own])
        most = person_cap(carried, cases, self.cap.share, self.grade).most
        people = [*([i] for i in self.once), *self.several]
        for own, weight in zip(people, carried, strict=True):
            _hold(own, weight, most, weights)
        return most

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

    def carried(self, weights: Sequence[float]) -> list[float]:
        """What each contributor to the record carries; a case without one stands for itself."""
        once = [weights[i] for i in self.once]
        return once + [_weight(own, weights) for own in self.several]


def _hold(own: Sequence[int], weight: float, most: float, weights: list[float]) -> None:
    if weight > most:
        for i in own:
            weights[i] *= most / weight


def _people(
    observations: Sequence[Observation], among: Sequence[int]
) -> tuple[list[int], list[list[int]]]:
    """The positions of the contributors with one case, and of each with several."""
    people: dict[str | int, list[int]] = {}
    for i in among:
        name = observations[i].contributor
        people.setdefault(i if name is None else name, []).append(i)
    once = [own[0] for own in people.values() if len(own) == 1]
    return once, [own for own in people.values() if len(own) > 1]


def _group(observations: Sequence[Observation], positions: Sequence[int]) -> _Group:
    scored = [[i for i in positions if observations[i].scores[d] is not None] for d in DIMENSIONS]
    return _Group(positions, scored)


def _weight(own: Sequence[int], weights: Sequence[float]) -> float:
    return fsum([weights[i] for i in own])
