"""What each case of a company weighs: recency × evidence, with caps for contributors and bursts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum

from scorecard.rubric import DIMENSIONS, Dimension, Rubric
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
    """The weights of one company's cases, each 0…1, in their order, made of their base weights.

    Bursts are held first, then contributors; where the one changes what the other was measured by, again.
    """
    if len(observations) < rubric.contributor_cap.from_cases:
        return list(base)
    groups = [burst.cases for burst in bursts]
    who = [seen.contributor for seen in observations]
    weights: Sequence[float] = base
    at_first = fsum(base)
    for _ in range(_MOST_ROUNDS):
        before = weights
        weights = _capped(
            who,
            _hold(observations, before, groups, rubric),
            rubric.contributor_cap.share,
            at_first,
        )
        if not groups or fsum(before) - fsum(weights) < _NOTHING:
            break
    return list(weights)


def _hold(
    observations: Sequence[Observation],
    weights: Sequence[float],
    groups: Sequence[frozenset[str]],
    rubric: Rubric,
) -> Sequence[float]:
    """The weights, with each group held beside all cases that are in none."""
    if not groups:
        return weights
    held = list(weights)
    anywhere = frozenset().union(*groups)
    whole = [(o, w) for o, w in zip(observations, weights, strict=True) if o.case not in anywhere]
    for group in groups:
        inside = [i for i, seen in enumerate(observations) if seen.case in group]
        members = [(observations[i], weights[i]) for i in inside]
        for i, weight in zip(inside, _held(members, whole, rubric.burst_cap.share), strict=True):
            held[i] = weight
    return held


_Weighed = tuple[Observation, float]


def _held(burst: Sequence[_Weighed], rest: Sequence[_Weighed], share: float) -> list[float]:
    """The weights of a burst, held so that in no dimension it is more than `share` of the whole.

    A case that would be ground for a score in a dimension of which the rest says nothing weighs nothing.
    """
    record = {d: _weight(rest, d) for d in DIMENSIONS}
    weights = [
        0.0 if any(not record[d] and seen.scores[d] is not None for d in DIMENSIONS) else weight
        for seen, weight in burst
    ]
    own = list(zip((seen for seen, _ in burst), weights, strict=True))
    most = [
        record[d] * share / (1 - share) / weight for d in DIMENSIONS if (weight := _weight(own, d))
    ]
    return [weight * min([1.0, *most]) for weight in weights]


def _weight(weighed: Iterable[_Weighed], dimension: Dimension) -> float:
    return fsum(weight for seen, weight in weighed if seen.scores[dimension] is not None)


def carried(observations: Sequence[Observation], weights: Sequence[float]) -> list[float]:
    """What each contributor carries; a case without one stands for itself."""
    return [*_by_contributor([seen.contributor for seen in observations], weights).values()]


def _by_contributor(who: Sequence[str | None], weights: Sequence[float]) -> dict[str | int, float]:
    """The weight of each contributor; a case without one has its position for a name."""
    parts: dict[str | int, list[float]] = {}
    for i, (name, weight) in enumerate(zip(who, weights, strict=True)):
        parts.setdefault(i if name is None else name, []).append(weight)
    return {name: own[0] if len(own) == 1 else fsum(own) for name, own in parts.items()}


def _capped(
    who: Sequence[str | None], weights: Sequence[float], share: float, at_first: float
) -> Sequence[float]:
    """The weights, with none of the contributors above `share` of what they then add up to.

    Where there are too few contributors for that, each is held to `share` of what all weighed `at_first`.
    """
    by = _by_contributor(who, weights)
    total = fsum(by.values())
    if not by or max(by.values()) <= share * total:
        return weights
    cap = _cap(sorted(by.values()), share) if len(by) * share >= 1 else share * at_first
    return [
        weight * min(1.0, cap / most) if (most := by[i if name is None else name]) else weight
        for i, (name, weight) in enumerate(zip(who, weights, strict=True))
    ]


def _cap(carried: Sequence[float], share: float) -> float:
    """The most that one may carry, so that it is `share` of the sum after capping; ascending input."""
    below = fsum(carried)
    for above, heaviest in enumerate(reversed(carried)):
        cap = share * below / (1 - share * above) if share * above < 1 else heaviest
        if heaviest <= cap * (1 + 1e-12):
            return cap
        below -= heaviest
    return carried[0]
