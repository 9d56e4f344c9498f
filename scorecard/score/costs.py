"""What cases cost the customers, and the effort they say it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from msgspec import Struct

from scorecard.events import Refund
from scorecard.score.cases import CompanyCases


class Costs(Struct, frozen=True):
    """What the cases cost the customers: avoidable contacts, working hours waited, money at stake."""

    avoidable_contacts: int
    waited_hours: float
    at_stake: Mapping[str, Decimal]


class Effort(Struct, frozen=True):
    """The Customer Effort Score: % answering 1–2 minus % answering 4–5; None for too few answers.

    `low` and `high` bound where it lies, with the level that was asked for; −100…100, like the score.
    """

    score: float | None
    low: float | None
    high: float | None
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


def effort(answers: Sequence[int], least: int, level: float) -> Effort:
    """The Customer Effort Score of these answers, and its interval of that `level`, 0…1.

    The interval is that of Agresti and Min (Statistics in Medicine 24, 2005) for the difference of two
    shares of the same people: as if half an answer more had been given to each side and one to the middle.
    """
    very_little, little, neither, much, very_much = (answers.count(n) for n in range(1, 6))
    counts = (very_little, little, neither, much, very_much)
    pleased, sorry, count = very_little + little, much + very_much, len(answers)
    if count < least:
        return Effort(None, None, None, count, counts)
    middle = (pleased - sorry) / (count + 2)
    spread = (pleased + sorry + 1) / (count + 2) - middle**2
    reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(spread / (count + 2))
    score = (pleased - sorry) / count
    low, high = max(-1.0, min(score, middle - reach)), min(1.0, max(score, middle + reach))
    return Effort(100 * score, 100 * low, 100 * high, count, counts)
