"""What each case of a company weighs: recency × evidence, with a cap per contributor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from scorecard.model import Case
from scorecard.rubric import Rubric

_DAYS_A_MONTH = 365.25 / 12


def case_weights(cases: Sequence[Case], rubric: Rubric, as_of: date) -> list[float]:
    """The weights of one company's cases, each 0…1, in their order."""
    weights = [
        recency(case, rubric, as_of) * rubric.evidence[case.evidence.level] for case in cases
    ]
    if len(cases) < rubric.contributor_cap.from_cases:
        return weights
    return _capped(cases, weights, rubric.contributor_cap.share)


def recency(case: Case, rubric: Rubric, as_of: date) -> float:
    """1 on the day of the case's last event, and half of it after every half-life."""
    last = case.last_time
    if last is None:
        return rubric.recency.undated
    months = max(0, (as_of - last.last.date()).days) / _DAYS_A_MONTH
    return float(2 ** (-months / rubric.recency.half_life_months))


def _capped(cases: Sequence[Case], weights: Sequence[float], share: float) -> list[float]:
    """The weights, with none of the contributors above `share` of what they then add up to.

    A case without a contributor stands for itself. Where there are too few contributors for that, each
    is held to `share` of what they added up to before.
    """
    who = [case.contributor or f"/{case.id}" for case in cases]
    carried: dict[str, float] = defaultdict(float)
    for name, weight in zip(who, weights, strict=True):
        carried[name] += weight
    total = sum(carried.values())
    enough = len(carried) * share >= 1
    cap = _cap(sorted(carried.values()), share) if enough else share * total
    return [
        weight * min(1.0, cap / carried[name]) if carried[name] else weight
        for name, weight in zip(who, weights, strict=True)
    ]


def _cap(carried: Sequence[float], share: float) -> float:
    """The most that one may carry, so that it is `share` of the sum after capping; ascending input."""
    below = sum(carried)
    for above, heaviest in enumerate(reversed(carried)):
        cap = share * below / (1 - share * above) if share * above < 1 else heaviest
        if heaviest <= cap * (1 + 1e-12):
            return cap
        below -= heaviest
    return carried[0]
