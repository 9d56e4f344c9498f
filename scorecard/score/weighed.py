"""The observations of one company, weighed and added up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from scorecard.model import Company
from scorecard.rubric import Rubric
from scorecard.score.bursts import Arrivals, Burst, find_bursts
from scorecard.score.observation import Observation
from scorecard.score.tally import Totals, total
from scorecard.score.weights import Caps, base_weights


class Weighed(Struct, frozen=True):
    """What a company's cases say on one day: each observation with its weight, 0…1, and their totals.

    The cases of `bursts` are held back.
    """

    company: Company
    as_of: date
    seen: tuple[Observation, ...]
    weights: tuple[float, ...]
    totals: Totals
    bursts: tuple[Burst, ...]


def weigh(
    company: Company,
    seen: Sequence[Observation],
    rubric: Rubric,
    arrivals: Arrivals,
    as_of: date,
) -> Weighed:
    """The observations of a company with their weights and totals."""
    bursts = find_bursts(seen, arrivals, rubric.burst_cap)
    weights = Caps(seen, bursts, rubric).hold(base_weights(seen, rubric, as_of))
    return Weighed(
        company,
        as_of,
        tuple(seen),
        tuple(weights),
        total(seen, weights, rubric.interval.tilt),
        tuple(bursts),
    )
