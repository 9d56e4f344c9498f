"""What can happen in a case: every event with its own keys. Who acts is fixed by the name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import Field

from scorecard.fields import Line, Note, Record, _
from scorecard.values import DurationText, Flag, MoneyText, TimeText


class Channel(StrEnum):
    """How the customer and the company reach each other."""

    PHONE = "phone"
    EMAIL = "email"
    CHAT = "chat"
    FORM = "form"
    APP = "app"
    PORTAL = "portal"
    SOCIAL = "social"
    LETTER = "letter"
    IN_PERSON = "in-person"
    SMS = "sms"


class Event(Record):
    """One dated thing that the customer or the company did."""

    at: Annotated[
        TimeText | None,
        Field(
            description=_("When; as exact as the source. Left out where the source gives no time.")
        ),
    ] = None
    note: Annotated[Note | None, Field(description=_("What else is worth knowing; Markdown."))] = (
        None
    )


class Contact(Event):
    """The customer tries to reach the company."""

    event: Literal["contact"]
    channel: Annotated[Channel | None, Field(description=_("How the customer tried."))] = None
    reached: Annotated[
        Flag,
        Field(description=_("Was the company reached? no: busy, cut off, closed, portal down")),
    ] = True
    asks: Annotated[
        Literal["answer", "refund", "complaint", "callback"] | None,
        Field(description=_("What the customer asks for.")),
    ] = None
    same_matter: Annotated[
        Flag, Field(description=_("Is it about the same thing? no: a new matter."))
    ] = True
    told_again: Annotated[
        Flag, Field(description=_("Did the customer have to tell the story again?"))
    ] = False
    waited: Annotated[DurationText | None, Field(description=_("Time on hold; not scored."))] = None


class Acknowledgement(Event):
    """An automatic or empty confirmation by the company. It is no answer."""

    event: Literal["acknowledgement"]
    channel: Annotated[Channel | None, Field(description=_("How it came."))] = None
    promises_within: Annotated[
        DurationText | None, Field(description=_("How soon it says that an answer will come."))
    ] = None


class Reply(Event):
    """The company answers, or at least replies."""

    event: Literal["reply"]
    channel: Annotated[Channel | None, Field(description=_("How it came."))] = None
    by: Annotated[
        Literal["person", "expert", "script", "machine"] | None,
        Field(description=_("Who replied.")),
    ] = None
    answer: Annotated[
        Literal["full", "partial", "none"] | None,
        Field(description=_("How far the reply answers what was asked.")),
    ] = None
    tone: Annotated[
        Literal["kind", "neutral", "rude"] | None, Field(description=_("How it was said."))
    ] = None
    advice_worked: Annotated[Flag | None, Field(description=_("Did the advice help?"))] = None


class Promise(Event):
    """The company says that it will do something."""

    event: Literal["promise"]
    what: Annotated[Line | None, Field(description=_("What was promised."))] = None
    due: Annotated[TimeText | None, Field(description=_("Promised for this time."))] = None
    within: Annotated[DurationText | None, Field(description=_("Promised within this time."))] = (
        None
    )
    kept_at: Annotated[TimeText | None, Field(description=_("When it was done."))] = None
    kept: Annotated[
        Flag | None, Field(description=_("Was it kept in time? Only where no time is known."))
    ] = None


class Transfer(Event):
    """The company sends the customer on to another department or company."""

    event: Literal["transfer"]
    to: Annotated[Line | None, Field(description=_("The department or company; never a name."))] = (
        None
    )


class ChannelSwitch(Event):
    """The company makes the customer use another channel."""

    event: Literal["channel-switch"]
    to: Annotated[Channel | None, Field(description=_("The channel that must be used."))] = None


class Charge(Event):
    """The company charges money."""

    event: Literal["charge"]
    amount: Annotated[MoneyText | None, Field(description=_("How much."))] = None
    due_to_customer_error: Annotated[
        Flag | None, Field(description=_("Was it the customer's own mistake?"))
    ] = None
    warned: Annotated[Flag | None, Field(description=_("Was there a warning or reminder?"))] = None
    justified: Annotated[Flag | None, Field(description=_("Was the charge right?"))] = None


class Refund(Event):
    """The company decides on giving money back."""

    event: Literal["refund"]
    decision: Annotated[
        Literal["granted", "partial", "refused"], Field(description=_("What was decided."))
    ]
    amount: Annotated[MoneyText | None, Field(description=_("How much is given back."))] = None
    form: Annotated[
        Literal["money", "set-off", "voucher"] | None,
        Field(description=_("How it is given; set-off: against later bills")),
    ] = None
    paid_at: Annotated[TimeText | None, Field(description=_("When the money was there."))] = None
    paid: Annotated[
        Flag | None, Field(description=_("Was it paid? Only where no time is known."))
    ] = None
    justified: Annotated[Flag | None, Field(description=_("Of a refusal: was it right?"))] = None


class Replacement(Event):
    """The company sends a new product."""

    event: Literal["replacement"]
    asked_for_return: Annotated[
        Flag | None, Field(description=_("Had the old one to go back?"))
    ] = None
    free: Annotated[Flag | None, Field(description=_("Was it free of charge?"))] = None


class Gesture(Event):
    """Goodwill that nobody had asked for."""

    event: Literal["gesture"]
    amount: Annotated[MoneyText | None, Field(description=_("What it was worth."))] = None
    what: Annotated[Line | None, Field(description=_("What it was."))] = None


class Fix(Event):
    """The company repairs what went wrong."""

    event: Literal["fix"]
    cause: Annotated[
        Flag | None, Field(description=_("What was mended; yes: the cause, no: the symptom"))
    ] = None
    told: Annotated[Flag | None, Field(description=_("Was the customer told what changed?"))] = None


class Lost(Event):
    """The case, call or complaint is not on record at the company."""

    event: Literal["lost"]


class Survey(Event):
    """The company asks for a rating. Not scored."""

    event: Literal["survey"]


UNTELLING = (Acknowledgement, Survey)
"""What says nothing of how a case went: it neither scores nor dates a case."""


class Recurrence(Event):
    """The same trouble is back."""

    event: Literal["recurrence"]


class Chargeback(Event):
    """The customer forces the money back through the bank or card."""

    event: Literal["chargeback"]
    amount: Annotated[MoneyText | None, Field(description=_("How much."))] = None


class Escalation(Event):
    """The customer goes to somebody outside the company."""

    event: Literal["escalation"]
    to: Annotated[
        Literal["regulator", "ombudsman", "court", "media", "disputes-body"] | None,
        Field(description=_("Where the customer went.")),
    ] = None
    ruling: Annotated[
        Literal["customer", "company", "settled"] | None,
        Field(description=_("Who was found right, by the one who decided.")),
    ] = None


class Closed(Event):
    """The case ends. A case without this event is open."""

    event: Literal["closed"]
    solved: Annotated[
        Literal["full", "partial", "none"] | None,
        Field(description=_("How far it was solved, as the customer sees it.")),
    ] = None
    by: Annotated[Literal["customer", "company"] | None, Field(description=_("Who ended it."))] = (
        None
    )


AnyEvent = Annotated[
    Contact
    | Acknowledgement
    | Reply
    | Promise
    | Transfer
    | ChannelSwitch
    | Charge
    | Refund
    | Replacement
    | Gesture
    | Fix
    | Lost
    | Survey
    | Recurrence
    | Chargeback
    | Escalation
    | Closed,
    Field(discriminator="event"),
]

KINDS: Mapping[str, type[Event]] = {
    get_args(kind.model_fields["event"].annotation)[0]: kind
    for kind in get_args(get_args(AnyEvent)[0])
}
"""The type of every event, by the event's name."""
