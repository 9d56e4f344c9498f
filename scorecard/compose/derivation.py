"""How a company's scores came about, step by step: the numbers between its cases and its page.

Nothing is scored here. What the scoring stage added up is taken apart again, so that a reader can redo
it; each step holds what went in and what came out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import fsum, sqrt
from typing import Literal, TypeVar

from msgspec import Struct

from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.bursts import Burst
from scorecard.score.cases import WeighedCase
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Ground, err_together, shared_weight
from scorecard.score.limits import spent
from scorecard.score.observation import Observation
from scorecard.score.tally import APART, ROOM, UNIT, Totals
from scorecard.score.weights import DAYS_A_MONTH, PersonCap, base_weight, person_cap

_SAME = 1e-9
Whom = Literal["everyone", "sector", "own"]
Held = Literal["", "contributor", "burst"]
Part = TypeVar("Part")


class Weighing(Struct, frozen=True):
    """What one case weighs, and why. `days` since its last event, None where it tells no time.

    `recency`, `evidence`, `base` (their product) and `weight` (after the caps) lie in 0…1.
    """

    case: WeighedCase
    seen: Observation
    days: int | None
    recency: float
    evidence: float
    base: float
    weight: float
    held: Held

    @property
    def months(self) -> float | None:
        """Months since its last event."""
        return None if self.days is None else self.days / DAYS_A_MONTH

    @property
    def last(self) -> date | None:
        """The day of its last event; of a coarse time its last day."""
        return None if self.seen.ended is None else date.fromordinal(self.seen.ended)


def weighings(result: CompanyResult, rubric: Rubric) -> list[Weighing]:
    """The weight of each case of a company, taken apart."""
    now = result.cases.weighed
    held = {case for burst in now.bursts for case in burst.cases}
    found = []
    for case, seen, weight in zip(result.cases.cases, now.seen, now.weights, strict=True):
        base = base_weight(seen, rubric, now.as_of)
        days = None if seen.ended is None else max(0, now.as_of.toordinal() - seen.ended)
        recency = base / seen.evidence if seen.evidence else 0.0
        why: Held = "burst" if seen.case in held else "contributor"
        capped = weight < base * (1 - _SAME)
        found.append(
            Weighing(case, seen, days, recency, seen.evidence, base, weight, why if capped else "")
        )
    return found


class Cap(Struct, frozen=True):
    """Cases held together, in full cases: their weight before and after, and the least and the greatest
    factor that this makes of their base weights. `whom`: the contributor of cases in the record (or the
    case of one who is not named), or the burst."""

    whom: str | Burst
    cases: int
    before: float
    after: float
    factors: tuple[float, float]


class Caps(Struct, frozen=True):
    """What the caps did. `most`: what one contributor may carry of the record, which is all cases outside
    bursts and weighs so much `before` and `after`; None where the cases are too few for a cap."""

    most: PersonCap | None
    before: float
    after: float
    held: tuple[Cap, ...]


def caps(cases: Sequence[Weighing], bursts: Sequence[Burst], rubric: Rubric) -> Caps:
    """The cap on contributors, and all whom it or the cap on bursts holds; contributors first."""
    inside = {case for burst in bursts for case in burst.cases}
    record = [one for one in cases if one.seen.case not in inside]
    people: dict[str, list[Weighing]] = {}
    for one in record:
        people.setdefault(one.seen.contributor or one.seen.case, []).append(one)
    held = [_cap(name, own) for name, own in sorted(people.items()) if any(o.held for o in own)]
    of_bursts = [[one for one in cases if one.seen.case in burst.cases] for burst in bursts]
    held += [
        _cap(b, own) for b, own in zip(bursts, of_bursts, strict=True) if any(o.held for o in own)
    ]
    most = None
    if sum(one.base > 0 for one in cases) >= rubric.contributor_cap.from_cases:
        carried = [fsum(one.base for one in own) for own in people.values()]
        share, grade = rubric.contributor_cap.share, rubric.too_few.weight
        most = person_cap(carried, sum(one.base > 0 for one in record), share, grade)
    before, after = fsum(one.base for one in record), fsum(one.weight for one in record)
    return Caps(most, before, after, tuple(held))


def _cap(whom: str | Burst, cases: Sequence[Weighing]) -> Cap:
    before, after = fsum(one.base for one in cases), fsum(one.weight for one in cases)
    factors = [one.weight / one.base for one in cases if one.base]
    return Cap(whom, len(cases), before, after, (min(factors), max(factors)))


class Leaning(Struct, frozen=True):
    """One leaning: (`top` + `strength` × what was before) ÷ (`bottom` + `strength`) gives `value`."""

    whom: Whom
    top: float
    bottom: float
    strength: float
    before: float
    value: float


def _steps(
    parts: Mapping[Whom, Part],
    start: float,
    strength: float,
    sums: Callable[[Part], tuple[float, float]],
    towards: Callable[[Part, float], float],
) -> list[Leaning]:
    steps = []
    value = start
    for whom, part in parts.items():
        top, bottom = sums(part)
        after = towards(part, value)
        steps.append(Leaning(whom, top, bottom, strength, value, after))
        value = after
    return steps


def _levels(result: CompanyResult) -> dict[Whom, Totals]:
    others, own = result.others, result.cases.weighed.totals
    return {"everyone": others.everyone, "sector": others.sector, "own": own}


def pulled(result: CompanyResult, dimension: Dimension, rubric: Rubric) -> list[Leaning]:
    """From the rubric's centre over everyone and the sector, without the company, to its score.

    `top` is Σ weight × points and `bottom` Σ weight.
    """
    strength = rubric.shrinkage.strength
    return _steps(
        {whom: totals.tallies[dimension] for whom, totals in _levels(result).items()},
        rubric.shrinkage.centre,
        strength,
        lambda tally: (tally.total / UNIT, tally.full_cases),
        lambda tally, before: tally.towards(before, strength),
    )


def dispersed(result: CompanyResult, dimension: Dimension, rubric: Rubric) -> list[Leaning]:
    """From the dispersion that is taken for granted to the company's: variance by the room for it."""
    cases = rubric.interval.cases
    return _steps(
        {whom: totals.spreads[dimension] for whom, totals in _levels(result).items()},
        rubric.interval.dispersion,
        cases * ROOM,
        lambda spread: (spread.within / UNIT, spread.room / UNIT),
        lambda spread, before: spread.towards(before, cases),
    )


class Limit(Struct, frozen=True):
    """One limit and what it solves: `true` + `z` × `error` is the mean (minus for a high one).

    `true` and its standard `error` in points; `spent` is the chance of error that it leaves on its side.
    None for `z` where no true value as far as the end of the scale is too unlikely.
    """

    name: str
    side: Literal[1, -1]
    true: float
    error: float
    spent: float
    z: float | None


def solved(ground: Ground) -> tuple[Limit, Limit]:
    """What the low and the high limit solve."""
    found = ground.limits()
    return _limit(ground, "low", 1, found.low), _limit(ground, "high", -1, found.high)


def _limit(ground: Ground, name: str, side: Literal[1, -1], true: float) -> Limit:
    told, error = ground.told, ground.told.error(true)
    share = spent(error, ground.towards - true, ground.pull, side)
    end = true == (0.0 if side > 0 else 100.0)
    z = None if end or not error else side * (told.mean - true) / error
    return Limit(name, side, true, error, (1 - ground.level) * share, z)


class Together(Struct, frozen=True):
    """How two dimensions' errors go together: the correlation of their cases, step by step, times the
    share of their weight that the same cases carry."""

    pair: tuple[Dimension, Dimension]
    steps: tuple[Leaning, ...]
    shared: float
    correlation: float


def together(result: CompanyResult, rubric: Rubric) -> list[Together]:
    """How the errors of each two dimensions that have a score go together."""
    known = [d for d in DIMENSIONS if result.scores[d]]
    return [_together(result, pair, rubric) for pair in combinations(known, 2)]


def _together(result: CompanyResult, pair: tuple[Dimension, Dimension], rubric: Rubric) -> Together:
    cases = rubric.interval.cases
    steps = _steps(
        {whom: totals.pairs[pair] for whom, totals in _levels(result).items()},
        rubric.interval.correlation,
        cases * APART,
        lambda sums: (sums.product / UNIT, sqrt(sums.first * sums.second) / UNIT),
        lambda sums, before: sums.towards(before, cases),
    )
    own = result.cases.weighed.totals
    correlation = err_together(own, result.others, pair, rubric)
    return Together(pair, tuple(steps), shared_weight(own, pair), correlation)
