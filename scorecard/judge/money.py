"""What a case tells of money: whether it was at stake, asked for, decided on and there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from scorecard.events import Charge, Closed, Refund, Replacement
from scorecard.judge.calendar import days, kindest, without
from scorecard.judge.reading import Reading
from scorecard.values import Money, Time


def asked_at(reading: Reading) -> int | None:
    """The contact that asked for the money, or the replacement; None where nobody did.

    Where no contact says so and it was wanted, the first contact counts as asking.
    """
    for index, contact in reading.contacts:
        if contact.asks == "refund":
            return index
    wanted = reading.case.wanted in ("refund", "replacement")
    return reading.contacts[0][0] if wanted and reading.contacts else None


def decision_after(reading: Reading, position: int) -> int | None:
    """The first decision on the money (or the new product, where that was wanted)."""
    return next((i for i in decisions(reading) if i > position), None)


def decisions(reading: Reading) -> list[int]:
    """The positions of all decisions on the money, or on the new product where that was wanted."""
    decided = [*reading.all(Refund), *new_products(reading)]
    return sorted(index for index, _ in decided)


def new_products(reading: Reading) -> Sequence[tuple[int, Replacement]]:
    """The replacements, with their positions, where one was wanted."""
    return reading.all(Replacement) if reading.case.wanted == "replacement" else ()


def given(reading: Reading) -> list[tuple[int, Refund]]:
    """The refunds that were granted, wholly or in part, with their positions."""
    return [(i, refund) for i, refund in reading.all(Refund) if refund.decision != "refused"]


def rightly_refused(reading: Reading) -> bool:
    """Is the last word a refusal that was right?"""
    refunds = reading.all(Refund)
    last = refunds[-1][1] if refunds else None
    return last is not None and last.decision == "refused" and last.justified is True


def term_passed(reading: Reading, ask: int) -> bool:
    """Has the term for the money passed, without the time in which the clock stood still?"""
    asked, now = reading.latest_possible(ask), reading.now
    allowed = _allowed(reading, asked)
    return asked.last < now and days(without((asked.last, now), reading.pauses)) > allowed


def _allowed(reading: Reading, asked: Time) -> float:
    """The days that the money may take from the last moment of `asked` on."""
    return (reading.money_term.after(asked).last - asked.last).total_seconds() / 86400


def settled(reading: Reading) -> bool:
    """Does the customer call it completely solved? Then money is not awaited, told of or not."""
    endings = reading.all(Closed)
    return bool(endings) and endings[-1][1].solved == "full"


def money_there(reading: Reading) -> tuple[Time | None, int | None]:
    """When all the money (or the wanted new product) was there, and the event that tells."""
    replaced = new_products(reading)
    if replaced:
        return replaced[0][1].at, replaced[0][0]
    refunds = reading.all(Refund)
    if refunds and refunds[-1][1].decision == "refused":
        return None, None
    parts = given(reading)
    if parts and all(refund.paid_at or refund.paid for _, refund in parts):
        times = [(refund.paid_at, index) for index, refund in parts if refund.paid_at]
        if len(times) < len(parts):
            return None, parts[-1][0]
        return max(times, key=lambda paid: paid[0].last)
    return None, None


class MoneyWait(Struct, frozen=True):
    """How long the money (or the wanted new product) took, or so far has, in days: the kindest reading.

    `taken`: from asking to the event `there`, or to the end of the day of judgement where that is None.
    `late`: what of it exceeds the term without the time in which the clock stood still; at most 0 is in
    time. `term`: the measure of lateness, the term but at least a day.
    """

    there: int | None
    taken: float
    late: float
    term: float


def money_wait(reading: Reading, ask: int) -> MoneyWait | None:
    """The wait for the money that was asked for at `ask`; None where it cannot be timed."""
    end, there = money_there(reading)
    asked = reading.timeline[ask].at
    if asked is None or (there is not None and end is None):
        return None
    if (span := kindest(asked, end or reading.today)) is None:
        return None
    allowed = _allowed(reading, asked)
    late = days(without(span, reading.pauses)) - allowed
    return MoneyWait(there, days([span]), late, max(allowed, 1.0))


def share(reading: Reading) -> float | None:
    """What was granted of what was at stake, 0…1; None where amounts are unknown or differ in currency."""
    refunds = [refund.amount for _, refund in given(reading)]
    charges = [
        c.amount for _, c in reading.all(Charge) if c.justified is False and c.amount is not None
    ]
    stake = [reading.case.amount] if reading.case.amount else charges
    amounts = [*refunds, *stake]
    known = [amount for amount in amounts if isinstance(amount, Money)]
    if not stake or len(known) < len(amounts) or len({money.currency for money in known}) > 1:
        return None
    total = sum((money.amount for money in stake), Decimal(0))
    granted = sum((money.amount for money in refunds if money), Decimal(0))
    return min(1.0, float(granted / total)) if total else None
