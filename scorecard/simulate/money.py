"""Money: charges, decisions, when and as what it comes back, and what customers do when it does not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.answering import ask_again, await_answer
from scorecard.simulate.asking import Ask, get_through
from scorecard.simulate.assumptions import Ends
from scorecard.simulate.chance import around, how_many, weighted
from scorecard.simulate.story import Story, euros
from scorecard.simulate.worktime import company_acts, next_opening


def charge(story: Story, moment: datetime) -> datetime:
    """Perhaps a charge, with which the trouble began; when the customer gets round to it."""
    if story.plot.amount is None or not story.refunds(assumed.CHARGED):
        return moment
    kind = _drawn(story, assumed.CHARGE_KINDS)
    fair = kind == "fair"
    warned = "true" if fair else "false"
    story.happens(
        "charge",
        moment,
        amount=euros(story.plot.amount),
        warned=None if kind == "unjustified" and story.chance(0.3) else warned,
        justified="false" if kind == "unjustified" else "true",
        due_to_customer_error="true" if fair and story.chance(0.4) else None,
    )
    return moment + timedelta(days=around(story.rng, *assumed.DAYS_UNTIL_NOTICED))


def ask_for_money(story: Story, start: datetime, ask: Ask) -> datetime:
    """Asks for the money until it is decided on or given up; when that and the waiting are over."""
    asked = get_through(story, start, ask)
    decided = _decide(story, asked)
    answered = await_answer(story, asked, ask, decided)
    insisted = _insist(story, asked, decided, ask.channel)
    return _force(story, max(answered, insisted, decided or asked))


def _drawn(story: Story, ends: Mapping[str, Ends], **on_top: float) -> str:
    quality = story.course.refunds
    weights = {key: end.at(quality) + on_top.get(key, 0.0) for key, end in ends.items()}
    return weighted(story.rng, weights)


def _decide(story: Story, asked: datetime) -> datetime | None:
    """The decision, with the day on which it is paid; the moment of the decision, None for never."""
    quality = story.course.refunds
    between = assumed.PARTIAL_BETWEEN * quality * (1 - quality)
    decision = _drawn(story, assumed.DECISIONS, partial=between)
    if decision == "never":
        return None
    terms = around(story.rng, assumed.PAID_IN_TERMS.along(quality), assumed.PAID_SPREAD)
    days = _term_days(story) * terms
    before = assumed.DECIDED_IN.at(story.course.responsiveness)
    decided = _at_company(story, asked, days * before)
    if decision in ("refused", "rightly"):
        right = "true" if decision == "rightly" else "false"
        story.happens("refund", decided, decision="refused", justified=right)
    elif story.plot.wanted == "replacement":
        _replace(story, decided)
    else:
        _grant(story, decided, _at_company(story, decided, days * (1 - before)), decision)
    return decided


def _at_company(story: Story, start: datetime, days: float) -> datetime:
    """A working moment after so many days."""
    moment = next_opening(start + timedelta(days=days))
    return moment + timedelta(minutes=int(story.rng.random() * 240)) if days > 2 else moment


def _term_days(story: Story) -> float:
    """The term that holds for the money, in days."""
    sector = story.setting.sector
    charged = any(h.get("justified") == "false" for h in story.happenings)
    if sector == assumed.CARD_SECTOR and charged:
        return assumed.CARD_TERM_DAYS
    return assumed.TERM_DAYS_IN.get(sector, assumed.TERM_DAYS)


def _replace(story: Story, moment: datetime) -> None:
    story.happens(
        "replacement",
        moment,
        free="true" if story.refunds(assumed.FORMS["money"]) else "false",
        asked_for_return="true" if story.chance(assumed.RETURN_ASKED) else None,
    )


def _grant(story: Story, decided: datetime, paid: datetime, decision: str) -> None:
    amount = story.plot.amount or 0.0
    if decision == "partial":
        low, high = assumed.SHARE_GIVEN
        amount = max(1.0, round(amount * (low + (high - low) * story.rng.random())))
    story.happens(
        "refund",
        decided,
        decision=decision,
        amount=euros(amount),
        form=_drawn(story, assumed.FORMS),
        paid_at=None if story.refunds(assumed.NEVER_PAID) else paid,
    )


def _insist(story: Story, asked: datetime, decided: datetime | None, channel: str) -> datetime:
    """Asks for the money again and again; when that is over."""
    moment = asked
    times = assumed.ASKED_AGAIN.at(story.course.refunds)
    for _ in range(how_many(story.rng, times, assumed.MOST_ASKED_AGAIN)):
        again = moment + timedelta(days=around(story.rng, *assumed.DAYS_UNTIL_ASKED_AGAIN))
        if decided and again >= decided:
            break
        moment = ask_again(story, again, Ask(channel, asks="refund"))
    return moment


def _force(story: Story, start: datetime) -> datetime:
    """Perhaps gets it back through the bank, or turns to others; when that is over."""
    amount = story.plot.amount
    if amount is not None and story.refunds(assumed.CHARGED_BACK):
        hours = around(story.rng, *assumed.HOURS_UNTIL_CHARGED_BACK)
        start = company_acts(story.rng, start, hours)
        story.happens("chargeback", start, amount=euros(amount))
    return escalate(story, start) if story.refunds(assumed.ESCALATED) else start


def escalate(story: Story, start: datetime) -> datetime:
    """Goes to somebody outside the company; a ruling, if any, is there when that is over."""
    rng = story.rng
    moment = company_acts(rng, start, around(rng, *assumed.HOURS_UNTIL_ESCALATED))
    step = story.happens("escalation", moment, to=weighted(rng, assumed.ESCALATED_TO))
    if step["to"] == "media" or not story.chance(assumed.RULED):
        return moment
    ruled = moment + timedelta(days=around(rng, *assumed.DAYS_UNTIL_RULING))
    step |= {"ruling": weighted(rng, assumed.RULINGS), "ruled_at": ruled}
    return company_acts(rng, ruled, 1)
