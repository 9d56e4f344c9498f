"""What a case tells of money: whether it was at stake, asked for, decided on and there."""

from __future__ import annotations

from decimal import Decimal

from scorecard.events import Charge, Chargeback, Closed, Contact, Refund, Replacement
from scorecard.judge.calendar import days, without
from scorecard.judge.reading import Reading
from scorecard.values import Money, Time


def money_at_stake(reading: Reading) -> bool:
    """Was money at stake or a replacement asked for? Without either there is no refund score."""
    case = reading.case
    return (
        case.amount is not None
        or case.wanted in ("refund", "replacement")
        or any(isinstance(e, (Refund, Charge, Chargeback)) for e in case.timeline)
        or any(isinstance(e, Contact) and e.asks == "refund" for e in case.timeline)
    )


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
    for index in range(position + 1, len(reading.timeline)):
        if decides(reading, index):
            return index
    return None


def decides(reading: Reading, index: int) -> bool:
    """Is the event a decision on the money, or on the new product where that was wanted?"""
    event = reading.timeline[index]
    replaced = isinstance(event, Replacement) and reading.case.wanted == "replacement"
    return isinstance(event, Refund) or replaced


def decisions(reading: Reading) -> list[int]:
    """The positions of all decisions on the money."""
    return [i for i in range(len(reading.timeline)) if decides(reading, i)]


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
    term, _ = reading.standards.money_back_term(reading.case)
    asked, now = reading.latest_possible(ask), reading.standards.now
    allowed = (term.after(asked).last - asked.last).total_seconds() / 86400
    return asked.last < now and days(without((asked.last, now), reading.pauses)) > allowed


def settled(reading: Reading) -> bool:
    """Does the customer call it completely solved? Then money is not awaited, told of or not."""
    endings = reading.all(Closed)
    return bool(endings) and endings[-1][1].solved == "full"


def money_there(reading: Reading) -> tuple[Time | None, int | None]:
    """When all the money (or the wanted new product) was there, and the event that tells."""
    replaced = reading.all(Replacement) if reading.case.wanted == "replacement" else []
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
