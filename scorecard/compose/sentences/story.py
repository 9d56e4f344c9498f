"""A case's timeline in sentences: who did what, when, and how long it took."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from scorecard.compose.vocabulary import (
    ANSWER,
    ASKS,
    BY,
    CHANNELS,
    DECISION,
    ESCALATED,
    FORM,
    RULING,
    SOLVED,
    TONE,
)
from scorecard.events import (
    Acknowledgement,
    AnyEvent,
    ChannelSwitch,
    Charge,
    Chargeback,
    Closed,
    Contact,
    Escalation,
    Event,
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
from scorecard.judge.finding import Reason, say
from scorecard.model import Case
from scorecard.values import Time

Who = Literal["customer", "company"]


class Moment(Struct, frozen=True):
    """One event as a reader sees it."""

    position: int
    at: Time | None
    who: Who
    sentences: tuple[Reason, ...]
    note: str | None


def moments(case: Case) -> list[Moment]:
    """The timeline, event by event."""
    return [
        Moment(position, event.at, who(event), tuple(sentences(event)), event.note)
        for position, event in enumerate(case.timeline)
    ]


def who(event: Event) -> Who:
    """Who acts."""
    customers = isinstance(event, (Contact, Recurrence, Chargeback, Escalation))
    return (
        "customer"
        if customers or (isinstance(event, Closed) and event.by != "company")
        else "company"
    )


def sentences(event: AnyEvent) -> list[Reason]:
    """What happened, in short sentences, from the event's own keys."""
    match event:
        case Contact():
            return _contact(event)
        case Reply():
            told = [BY[event.by]]
            told += [ANSWER[event.answer]] if event.answer else []
            told += [TONE[event.tone]] if event.tone else []
            helped, idle = say("The advice helped."), say("The advice did not help.")
            return told + _either(event.advice_worked, helped, idle)
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
            within = event.promises_within or ""
            return [
                say(
                    "Sent an automatic or empty confirmation, which speaks of {within}.",
                    within=within,
                )
            ]
        case Transfer():
            return [
                say("Sent the customer on to {to}.", to=event.to)
                if event.to
                else say("Sent the customer on.")
            ]
        case ChannelSwitch():
            how = CHANNELS[event.to] if event.to else None
            bare = say("Made the customer use another channel.")
            return [say("Made the customer ask again {how}.", how=how) if how else bare]
        case Replacement():
            told = [say("Sent a new product.")]
            told += [say("It was free.")] if event.free else []
            told += [say("The old one was collected.")] if event.asked_for_return else []
            return told
        case Gesture():
            told = [
                say("Made a gesture, unasked: {what}.", what=event.what)
                if event.what
                else say("Made a gesture, unasked.")
            ]
            return [*told, *([say("Worth {amount}.", amount=event.amount)] if event.amount else [])]
        case Lost():
            return [say("Had no record of the case.")]
        case Survey():
            return [say("Sent a survey.")]
        case Recurrence():
            return [say("The same trouble was back.")]
        case Chargeback():
            return [
                say("Had {amount} charged back.", amount=event.amount)
                if event.amount
                else say("Had the money charged back.")
            ]
    raise TypeError(type(event))


def _contact(event: Contact) -> list[Reason]:
    how = CHANNELS[event.channel] if event.channel else None
    if event.reached:
        told = [say("Made contact {how}.", how=how) if how else say("Made contact.")]
    else:
        told = [
            say("Tried {how} and did not get through.", how=how)
            if how
            else say("Did not get through.")
        ]
    told += [ASKS[event.asks]] if event.asks else []
    told += [] if event.same_matter else [say("A new matter.")]
    told += [say("Had to tell the story again.")] if event.told_again else []
    told += [say("Was on hold for {waited}.", waited=event.waited)] if event.waited else []
    return told


def _promise(event: Promise) -> list[Reason]:
    told = [say("Promised: {what}.", what=event.what) if event.what else say("Made a promise.")]
    if event.due:
        told.append(say("Due: {due}.", due=event.due))
    if event.within:
        told.append(say("Within {within}.", within=event.within))
    if event.kept_at:
        told.append(say("Done: {kept_at}.", kept_at=event.kept_at))
    else:
        told += _either(event.kept, say("Kept in time."), say("Not kept in time."))
    return told


def _charge(event: Charge) -> list[Reason]:
    told = [
        say("Charged {amount}.", amount=event.amount)
        if event.amount
        else say("Charged the customer.")
    ]
    told += _either(event.warned, say("After a warning."), say("Without a warning."))
    told += _either(event.justified, say("With good reason."), say("Without good reason."))
    if event.due_to_customer_error:
        told.append(say("The customer had made a mistake."))
    return told


def _refund(event: Refund) -> list[Reason]:
    told = [DECISION[event.decision]]
    told += [say("Amount: {amount}.", amount=event.amount)] if event.amount else []
    told += [FORM[event.form]] if event.form else []
    if event.paid_at:
        told.append(say("Paid: {paid_at}.", paid_at=event.paid_at))
    else:
        told += _either(event.paid, say("It was paid."), say("It was not paid."))
    return told + _either(event.justified, say("Rightly so."), say("Wrongly so."))


def _fix(event: Fix) -> list[Reason]:
    told = [
        {
            True: say("Fixed the cause."),
            False: say("Fixed the symptom, not the cause."),
            None: say("Made a repair."),
        }[event.cause]
    ]
    yes, no = say("Told the customer what changed."), say("Did not tell the customer what changed.")
    return told + _either(event.told, yes, no)


def _either(flag: bool | None, yes: Reason, no: Reason) -> list[Reason]:
    """What a flag says; nothing where the case does not tell it."""
    return [] if flag is None else [yes if flag else no]
