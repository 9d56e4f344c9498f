"""Refund friction: does money come back without fuss? 100 is no friction."""

from __future__ import annotations

from decimal import Decimal
from functools import wraps
from typing import Protocol

from scorecard.judge.calendar import days, kindest, without
from scorecard.judge.finding import (
    Finding,
    Value,
    halving,
    judged,
    not_applicable,
    say,
    say_n,
    unknown,
)
from scorecard.judge.reading import Reading
from scorecard.model import Charge, Chargeback, Closed, Contact, Escalation, Refund, Replacement
from scorecard.values import Money, Time


class _Rule(Protocol):
    __name__: str

    def __call__(self, reading: Reading) -> Finding: ...


def money_at_stake(reading: Reading) -> bool:
    """Was money at stake or a replacement asked for? Without either there is no refund score."""
    case = reading.case
    return (
        case.amount is not None
        or case.wanted in ("refund", "replacement")
        or any(isinstance(e, (Refund, Charge, Chargeback)) for e in case.timeline)
        or any(isinstance(e, Contact) and e.asks == "refund" for e in case.timeline)
    )


def _about_money(rule: _Rule) -> _Rule:
    """Asks the rule only where money was at stake."""
    name = rule.__name__.replace("_", "-")

    @wraps(rule)
    def asked(reading: Reading) -> Finding:
        if not money_at_stake(reading):
            return not_applicable(
                name, say("No money was at stake and no replacement was asked for.")
            )
        return rule(reading)

    return asked


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
        if _decides(reading, index):
            return index
    return None


def _decides(reading: Reading, index: int) -> bool:
    event = reading.timeline[index]
    replaced = isinstance(event, Replacement) and reading.case.wanted == "replacement"
    return isinstance(event, Refund) or replaced


def _decisions(reading: Reading) -> list[int]:
    return [i for i in range(len(reading.timeline)) if _decides(reading, i)]


def _given(reading: Reading) -> list[tuple[int, Refund]]:
    return [(i, refund) for i, refund in reading.all(Refund) if refund.decision != "refused"]


def _rightly_refused(reading: Reading) -> bool:
    """Is the last word a refusal that was right?"""
    refunds = reading.all(Refund)
    last = refunds[-1][1] if refunds else None
    return last is not None and last.decision == "refused" and last.justified is True


def _term_passed(reading: Reading, ask: int) -> bool:
    """Has the term for the money passed, without the time in which the clock stood still?"""
    term, _ = reading.standards.money_back_term(reading.case)
    due, now = term.after(reading.latest_possible(ask)).last, reading.standards.now
    return due < now and days(without((due, now), reading.pauses)) > 0


def _settled(reading: Reading) -> bool:
    """Does the customer call it completely solved? Then money is not awaited, told of or not."""
    endings = reading.all(Closed)
    return bool(endings) and endings[-1][1].solved == "full"


@_about_money
def money_back_in_time(reading: Reading) -> Finding:
    """Days from asking to money, against the legal term, else the norm."""
    rule = "money-back-in-time"
    ask = asked_at(reading)
    if ask is None:
        return not_applicable(rule, say("The case does not tell that money was asked for."))
    if _rightly_refused(reading):
        return not_applicable(rule, say("The money was rightly refused."))
    end, there = _money_there(reading)
    asked = reading.timeline[ask].at
    if there is not None and end is None:
        return unknown(rule, say("The money came; when is not told."), [ask, there])
    until = end or reading.today
    if asked is None or (span := kindest(asked, until)) is None:
        return unknown(rule, say("The case does not tell exactly enough when it was asked."), [ask])
    term, _ = reading.standards.money_back_term(reading.case)
    due = term.after(asked).last
    stretch = max((due - asked.last).total_seconds() / 86400, 1.0)
    late = days(without((due, span[1]), reading.pauses)) if span[1] > due else 0.0
    taken = days([span])
    terms: dict[str, Value] = {"taken_days": taken, "term_days": stretch}
    if there is None and _settled(reading):
        return unknown(
            rule, say("It was solved; whether money came, and when, is not told."), [ask]
        )
    if there is None:
        if late <= 0:
            return not_applicable(rule, say("The term for the money has not passed yet."), [ask])
        reason = say("No money after {taken_days}; the term is {term_days}.", **terms)
        return judged(rule, halving(late, stretch), reason, [ask])
    reason = say("The money took {taken_days}; the term is {term_days}.", **terms)
    return judged(rule, halving(late, stretch), reason, [ask, there])


def _money_there(reading: Reading) -> tuple[Time | None, int | None]:
    """When all the money (or the wanted new product) was there, and the event that tells."""
    replaced = reading.all(Replacement) if reading.case.wanted == "replacement" else []
    if replaced:
        return replaced[0][1].at, replaced[0][0]
    refunds = reading.all(Refund)
    if refunds and refunds[-1][1].decision == "refused":
        return None, None
    given = _given(reading)
    if given and all(refund.paid_at or refund.paid for _, refund in given):
        index, last = given[-1]
        return last.paid_at, index
    return None, None


@_about_money
def money_as_money(reading: Reading) -> Finding:
    """The mean over what was given back, by its form."""
    rule = "money-as-money"
    values = reading.standards.rules[rule].values
    forms = {i: values[refund.form] for i, refund in _given(reading) if refund.form}
    if reading.case.wanted == "replacement":
        forms |= {
            i: values["replacement"] if new.free is not False else 0.0
            for i, new in reading.all(Replacement)
        }
    if not forms:
        if _given(reading):
            return unknown(rule, say("In what form the money came is not told."))
        return not_applicable(rule, say("Nothing has been given back."))
    short = [i for i, value in forms.items() if value < 1]
    reason = (
        say("It came as set-off, a voucher or at a price, not as what was asked for.")
        if short
        else say("It came in the form that was asked for.")
    )
    return judged(rule, sum(forms.values()) / len(forms), reason, short or forms)


@_about_money
def whole_amount(reading: Reading) -> Finding:
    """The share of the amount at stake that was granted."""
    rule = "whole-amount"
    values = reading.standards.rules[rule].values
    given = _given(reading)
    events = [i for i, _ in given]
    if given:
        share = _share(reading)
        if share is not None:
            reason = say("{percent} of the amount at stake was granted.", percent=share)
            return judged(rule, share, reason, events)
        last = given[-1][1]
        reason = (
            say("The money was granted.")
            if last.decision == "granted"
            else say("Part of it was granted.")
        )
        return judged(rule, values[last.decision], reason, events)
    new = [i for i, _ in reading.all(Replacement)] if reading.case.wanted == "replacement" else []
    if new:
        return judged(rule, 1, say("The new product that was asked for came."), new)
    if _rightly_refused(reading):
        return not_applicable(rule, say("The money was rightly refused."))
    refused = [i for i, _ in reading.all(Refund)]
    if refused:
        return judged(rule, values["refused"], say("The money was refused."), refused)
    ask = asked_at(reading)
    if ask is not None and not _settled(reading) and _term_passed(reading, ask):
        return judged(rule, 0, say("Nothing was decided on the money, long after the term."), [ask])
    return not_applicable(rule, say("Nothing has been decided on the money yet."))


def _share(reading: Reading) -> float | None:
    """What was granted of what was at stake, 0…1; None where amounts are unknown or differ in currency."""
    refunds = [refund.amount for _, refund in _given(reading)]
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


@_about_money
def asked_once(reading: Reading) -> Finding:
    """1 ÷ the times asked before there was a decision; overdue silence counts as one more."""
    rule = "asked-once"
    ask = asked_at(reading)
    if ask is None:
        return not_applicable(rule, say("The case does not tell that money was asked for."))
    decision = decision_after(reading, ask)
    matter = next(m for m in reading.matters if ask in m)
    again = [i for i in matter if i > ask and (decision is None or i < decision)]
    undecided = not _decisions(reading) and not _settled(reading)
    still = undecided and _term_passed(reading, ask)
    value = 1 / (1 + len(again) + still)
    if again:
        reason = say_n(
            "The customer had to ask again {n} time for the money.",
            "The customer had to ask again {n} times for the money.",
            len(again),
        )
    elif still:
        reason = say("The customer still waits for a decision on the money.")
    elif undecided:
        reason = say("The customer has asked once so far.")
    else:
        reason = say("Asking once for the money was enough.")
    return judged(rule, value, reason, again or [ask])


@_about_money
def no_undue_refusal(reading: Reading) -> Finding:
    """Was money refused that was due?"""
    rule = "no-undue-refusal"
    refused = [(i, r) for i, r in reading.all(Refund) if r.decision == "refused"]
    undue = [i for i, refund in refused if refund.justified is False]
    if undue:
        return judged(rule, 0, say("Money was refused that was due."), undue)
    if any(refund.justified is None for _, refund in refused):
        return unknown(
            rule, say("Whether the refusal was right is not told."), [i for i, _ in refused]
        )
    decisions = _decisions(reading)
    if decisions:
        return judged(rule, 1, say("Nothing was refused that was due."), decisions)
    return not_applicable(rule, say("Nothing has been decided on the money yet."))


@_about_money
def no_unfair_charge(reading: Reading) -> Finding:
    """The worst charge: unjustified, or without a warning."""
    rule = "no-unfair-charge"
    values = reading.standards.rules[rule].values
    charges = reading.all(Charge)
    if not charges:
        return not_applicable(rule, say("Nothing was charged."))
    kinds = {i: kind for i, charge in charges if (kind := _fairness(charge))}
    if not kinds:
        return unknown(
            rule, say("Whether the charge was fair is not told."), [i for i, _ in charges]
        )
    worst = min(kinds.values(), key=values.__getitem__)
    reason = {
        "unjustified": say("The customer was charged without a good reason."),
        "unwarned": say("The customer was charged without a warning."),
        "fair": say("The charge was fair, as far as the case tells."),
    }[worst]
    return judged(rule, values[worst], reason, [i for i, kind in kinds.items() if kind == worst])


def _fairness(charge: Charge) -> str | None:
    if charge.justified is False:
        return "unjustified"
    if charge.warned is False:
        return "unwarned"
    return "fair" if charge.justified or charge.warned else None


@_about_money
def no_force_needed(reading: Reading) -> Finding:
    """A chargeback, or an escalation that was not ruled for the company, counts."""
    rule = "no-force-needed"
    force = [i for i, _ in reading.all(Chargeback)]
    force += [i for i, step in reading.all(Escalation) if step.ruling != "company"]
    if force:
        return judged(rule, 0, say("The customer had to bring in somebody else."), force)
    decisions = _decisions(reading)
    if decisions:
        return judged(rule, 1, say("It was decided without anybody else."), decisions)
    return not_applicable(rule, say("Nothing has been decided on the money yet."))
