"""Refund friction: does money come back without fuss? 100 is no friction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from scorecard.events import Charge, Chargeback, Escalation, Refund
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
from scorecard.judge.money import (
    asked_at,
    decision_after,
    decisions,
    given,
    money_there,
    money_wait,
    new_products,
    rightly_refused,
    settled,
    share,
    term_passed,
)
from scorecard.judge.reading import Reading

_Rule = Callable[[Reading], Finding]


def _about_money(rule: _Rule) -> _Rule:
    """Asks the rule only where money was at stake."""
    no_money = not_applicable(
        rule.__name__.replace("_", "-"),
        say("No money was at stake and no replacement was asked for."),
    )

    @wraps(rule)
    def asked(reading: Reading) -> Finding:
        return rule(reading) if reading.money_at_stake else no_money

    return asked


@_about_money
def money_back_in_time(reading: Reading) -> Finding:
    """Days from asking to money, against the legal term, else the norm."""
    rule = "money-back-in-time"
    ask = asked_at(reading)
    if ask is None:
        return not_applicable(rule, say("The case does not tell that money was asked for."))
    if rightly_refused(reading):
        return not_applicable(rule, say("The money was rightly refused."))
    end, there = money_there(reading)
    if there is not None and end is None:
        return unknown(rule, say("The money came; when is not told."), [ask, there])
    wait = money_wait(reading, ask)
    if wait is None:
        return unknown(rule, say("The case does not tell exactly enough when it was asked."), [ask])
    terms: dict[str, Value] = {"taken_days": wait.taken, "term_days": wait.term}
    if there is None and settled(reading):
        return unknown(
            rule, say("It was solved; whether money came, and when, is not told."), [ask]
        )
    value = halving(wait.late, wait.term)
    if there is None:
        if wait.late <= 0:
            return judged(rule, 1, say("The term for the money has not passed yet."), [ask])
        reason = say("No money after {taken_days}; the term is {term_days}.", **terms)
        return judged(rule, value, reason, [ask])
    reason = say("The money took {taken_days}; the term is {term_days}.", **terms)
    return judged(rule, value, reason, [ask, there])


@_about_money
def money_as_money(reading: Reading) -> Finding:
    """The mean over what was given back, by its form."""
    rule = "money-as-money"
    values = reading.standards.rules[rule].values
    forms = {i: values[refund.form] for i, refund in given(reading) if refund.form}
    forms |= {
        i: values["replacement"] if new.free is not False else 0.0
        for i, new in new_products(reading)
    }
    if not forms:
        if given(reading):
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
    refunds = given(reading)
    events = [i for i, _ in refunds]
    if refunds:
        granted = share(reading)
        if granted is not None:
            reason = say("{percent} of the amount at stake was granted.", percent=granted)
            return judged(rule, granted, reason, events)
        last = refunds[-1][1]
        reason = (
            say("The money was granted.")
            if last.decision == "granted"
            else say("Part of it was granted.")
        )
        return judged(rule, values[last.decision], reason, events)
    new = [i for i, _ in new_products(reading)]
    if new:
        return judged(rule, 1, say("The new product that was asked for came."), new)
    if rightly_refused(reading):
        return not_applicable(rule, say("The money was rightly refused."))
    refused = [i for i, _ in reading.all(Refund)]
    if refused:
        return judged(rule, values["refused"], say("The money was refused."), refused)
    ask = asked_at(reading)
    if ask is not None and not settled(reading) and term_passed(reading, ask):
        return judged(rule, 0, say("Nothing was decided on the money, long after the term."), [ask])
    return not_applicable(rule, say("Nothing has been decided on the money yet."))


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
    undecided = not decisions(reading) and not settled(reading)
    still = undecided and term_passed(reading, ask)
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
    decided = decisions(reading)
    if decided:
        return judged(rule, 1, say("Nothing was refused that was due."), decided)
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
    decided = decisions(reading)
    if decided:
        return judged(rule, 1, say("It was decided without anybody else."), decided)
    return not_applicable(rule, say("Nothing has been decided on the money yet."))
