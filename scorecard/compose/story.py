"""A case's timeline in sentences: who did what, when, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scorecard.judge.finding import Reason, Value, say
from scorecard.model import (
    Acknowledgement,
    AnyEvent,
    Case,
    Channel,
    ChannelSwitch,
    Charge,
    Chargeback,
    Closed,
    Contact,
    Escalation,
    Fix,
    Gesture,
    Lost,
    Promise,
    Recurrence,
    Refund,
    Replacement,
    Reply,
    Survey,
    Transfer,
)
from scorecard.values import Time

Who = Literal["customer", "company"]

CHANNELS: dict[Channel, Reason] = {
    Channel.PHONE: say("by phone"),
    Channel.EMAIL: say("by e-mail"),
    Channel.CHAT: say("by chat"),
    Channel.FORM: say("by web form"),
    Channel.APP: say("in the app"),
    Channel.PORTAL: say("through a portal"),
    Channel.SOCIAL: say("on social media"),
    Channel.LETTER: say("by letter"),
    Channel.IN_PERSON: say("in person"),
    Channel.SMS: say("by text message"),
}
ASKS = {
    "answer": say("Asked for an answer."),
    "refund": say("Asked for money back."),
    "complaint": say("Made a complaint."),
    "callback": say("Asked to be called back."),
}
BY = {
    "person": say("A person replied."),
    "expert": say("An expert replied."),
    "script": say("Somebody replied from a script."),
    "machine": say("A machine replied."),
    None: say("The company replied."),
}
ANSWER = {
    "full": say("It answered everything."),
    "partial": say("It answered in part."),
    "none": say("It did not answer the question."),
}
TONE = {
    "kind": say("The tone was kind."),
    "neutral": say("The tone was neutral."),
    "rude": say("The tone was rude."),
}
DECISION = {
    "granted": say("Granted the money back."),
    "partial": say("Granted part of the money back."),
    "refused": say("Refused to give money back."),
}
FORM = {
    "money": say("As money."),
    "set-off": say("Set off against bills, not paid."),
    "voucher": say("As a voucher, not as money."),
}
ESCALATED = {
    "regulator": say("Went to the regulator."),
    "ombudsman": say("Went to the ombudsman."),
    "court": say("Went to court."),
    "media": say("Went to the media."),
    "disputes-body": say("Went to a disputes body."),
    None: say("Went to somebody outside the company."),
}
RULING = {
    "customer": say("It ruled for the customer."),
    "company": say("It ruled for the company."),
    "settled": say("It ended in a settlement."),
}
SOLVED = {
    "full": say("Closed: completely solved, as the customer sees it."),
    "partial": say("Closed: partly solved, as the customer sees it."),
    "none": say("Closed: not solved, as the customer sees it."),
    None: say("Closed; how the customer sees it is not told."),
}
WANTED = {
    "answer": say("an answer"),
    "correction": say("a correction"),
    "delivery": say("delivery"),
    "repair": say("a repair"),
    "replacement": say("a replacement"),
    "refund": say("money back"),
    "access": say("access"),
    "decision": say("a decision"),
    "cancellation": say("cancellation"),
}
SOURCE = {
    "first-hand": say("Told by the customer"),
    "published": say("Published"),
    "register": say("From a public register"),
}
EVIDENCE = {
    "none": say("no evidence"),
    "described": say("evidence is described"),
    "redacted": say("evidence seen, redacted"),
    "public": say("evidence is public"),
    "ruling": say("a ruling"),
}
STATUS = {
    "published": say("Published"),
    "disputed": say("Disputed"),
    "corrected": say("Corrected"),
    "withdrawn": say("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One event as a reader sees it. `gap_days`: days since the last dated event, at the least."""

    position: int
    at: Time | None
    who: Who
    sentences: tuple[Reason, ...]
    note: str | None
    gap_days: float | None


def moments(case: Case) -> list[Moment]:
    """The timeline, event by event."""
    told = []
    last: Time | None = None
    for position, event in enumerate(case.timeline):
        gap = None
        if event.at and last:
            gap = max(0.0, (event.at.first - last.last).total_seconds() / 86400)
        told.append(
            Moment(position, event.at, who(event), tuple(sentences(event)), event.note, gap)
        )
        last = event.at or last
    return told


def who(event: AnyEvent) -> Who:
    """Who acts."""
    customers = isinstance(event, (Contact, Recurrence, Chargeback, Escalation))
    return "customer" if customers or (isinstance(event, Closed) and event.by != "company") else "company"


def sentences(event: AnyEvent) -> list[Reason]:
    """What happened, in short sentences, from the event's own keys."""
    match event:
        case Contact():
            return _contact(event)
        case Reply():
            told = [BY[event.by]]
            told += [ANSWER[event.answer]] if event.answer else []
            told += [TONE[event.tone]] if event.tone else []
            if event.advice_worked is not None:
                told.append(say("The advice helped.") if event.advice_worked else say("The advice did not help."))
            return told
        case Promise():
            return _promise(event)
        case Charge():
            return _charge(event)
        case Refund():
            return _refund(event)
        case Fix():
            return _fix(event)
        case Escalation():
            return [ESCALATED[event.to], *([RULING[event.ruling]] if event.ruling else [])]
        case Closed():
            return [SOLVED[event.solved]]
    return _plain(event)


def _plain(event: AnyEvent) -> list[Reason]:
    match event:
        case Acknowledgement(promises_within=None):
            return [say("Sent an automatic or empty confirmation.")]
        case Acknowledgement():
            within = event.promises_within.text if event.promises_within else ""
            return [say("Sent an automatic or empty confirmation, which speaks of {within}.", within=within)]
        case Transfer():
            return [_with("Sent the customer on to {to}.", "Sent the customer on.", to=event.to)]
        case ChannelSwitch():
            return [say("Made the customer use another channel."), *_channel(event.to)]
        case Replacement():
            told = [say("Sent a new product.")]
            told += [say("It was free.")] if event.free else []
            told += [say("The old one was collected.")] if event.asked_for_return else []
            return told
        case Gesture():
            told = [_with("Made a gesture, unasked: {what}.", "Made a gesture, unasked.", what=event.what)]
            return [*told, *([say("Worth {amount}.", amount=event.amount)] if event.amount else [])]
        case Lost():
            return [say("Had no record of the case.")]
        case Survey():
            return [say("Sent a survey.")]
        case Recurrence():
            return [say("The same trouble was back.")]
        case Chargeback():
            return [_with("Had {amount} charged back.", "Had the money charged back.", amount=event.amount)]
    raise TypeError(type(event))


def _with(filled: str, bare: str, **values: Value | None) -> Reason:
    """The filled sentence where its value is known, else the bare one."""
    known = {key: value for key, value in values.items() if value is not None}
    return say(filled, **known) if known else say(bare)


def _channel(channel: Channel | None) -> list[Reason]:
    return [CHANNELS[channel]] if channel else []


def _contact(event: Contact) -> list[Reason]:
    told = [
        say("Made contact.") if event.reached else say("Tried to make contact and did not get through.")
    ]
    told += _channel(event.channel)
    told += [ASKS[event.asks]] if event.asks else []
    told += [] if event.same_matter else [say("A new matter.")]
    told += [say("Had to tell the story again.")] if event.told_again else []
    told += [say("Was on hold for {waited}.", waited=event.waited.text)] if event.waited else []
    return told


def _promise(event: Promise) -> list[Reason]:
    told = [_with("Promised: {what}.", "Made a promise.", what=event.what)]
    if event.due:
        told.append(say("Due: {due}.", due=event.due))
    if event.within:
        told.append(say("Within {within}.", within=event.within.text))
    if event.kept_at:
        told.append(say("Done: {kept_at}.", kept_at=event.kept_at))
    elif event.kept is not None:
        told.append(say("Kept in time.") if event.kept else say("Not kept in time."))
    return told


def _charge(event: Charge) -> list[Reason]:
    told = [_with("Charged {amount}.", "Charged the customer.", amount=event.amount)]
    if event.warned is not None:
        told.append(say("After a warning.") if event.warned else say("Without a warning."))
    if event.justified is not None:
        told.append(say("With good reason.") if event.justified else say("Without good reason."))
    if event.due_to_customer_error:
        told.append(say("The customer had made a mistake."))
    return told


def _refund(event: Refund) -> list[Reason]:
    told = [DECISION[event.decision]]
    told += [say("Amount: {amount}.", amount=event.amount)] if event.amount else []
    told += [FORM[event.form]] if event.form else []
    if event.paid_at:
        told.append(say("Paid: {paid_at}.", paid_at=event.paid_at))
    elif event.paid is not None:
        told.append(say("It was paid.") if event.paid else say("It was not paid."))
    if event.justified is not None:
        told.append(say("Rightly so.") if event.justified else say("Wrongly so."))
    return told


def _fix(event: Fix) -> list[Reason]:
    told = [
        {
            True: say("Fixed the cause."),
            False: say("Fixed the symptom, not the cause."),
            None: say("Made a repair."),
        }[event.cause]
    ]
    if event.told is not None:
        told.append(
            say("Told the customer what changed.") if event.told else say("Did not tell the customer what changed.")
        )
    return told
