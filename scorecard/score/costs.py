"""What cases cost the customers, and the effort they say it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.events import Refund
from scorecard.score.cases import CompanyCases


@dataclass(frozen=True, slots=True)
class Costs:
    """What the cases cost the customers: avoidable contacts, working hours waited, money at stake."""

    avoidable_contacts: int
    waited_hours: float
    at_stake: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Effort:
    """The Customer Effort Score: % answering 1–2 minus % answering 4–5; None for too few answers."""

    score: float | None
    answers: int
    counts: tuple[int, int, int, int, int]


def costs(cases: CompanyCases) -> Costs:
    """What these cases cost the customers, added up."""
    readings = [case.judged.reading for case in cases.cases]
    stakes: dict[str, Decimal] = {}
    for reading in readings:
        money = reading.case.amount
        if money and not any(refund.paid_at or refund.paid for _, refund in reading.all(Refund)):
            stakes[money.currency] = stakes.get(money.currency, Decimal(0)) + money.amount
    return Costs(
        sum(len(reading.avoidable) for reading in readings),
        sum(wait.hours or 0.0 for reading in readings for wait in reading.first_waits),
        dict(sorted(stakes.items())),
    )


def effort(answers: Sequence[int], least: int) -> Effort:
    """The Customer Effort Score of these answers, −100…100."""
    counts = [answers.count(n) for n in range(1, 6)]
    score = None
    if len(answers) >= least:
        score = 100 * (counts[0] + counts[1] - counts[3] - counts[4]) / len(answers)
    return Effort(score, len(answers), (counts[0], counts[1], counts[2], counts[3], counts[4]))
