"""What every stage shares: cases, their events, companies. Frozen, typed, no I/O.

The keys, their types and their words stand here once; the reader, the JSON Schemas and the error
messages are all made from them. `None` is always 'unknown', never no and never 0.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from scorecard.values import DurationText, Flag, MoneyText, Time, TimeText, wrong

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(
        c.isspace() or c in "\"'<>\\" for c in text
    ):
        raise wrong("a web address that starts with https:// or http://")
    return text


def _one_line(text: str) -> str:
    if not text.strip() or "\n" in text:
        raise wrong("some text in one line")
    return text


def _rating(text: object) -> object:
    if text not in ("1", "2", "3", "4", "5", 1, 2, 3, 4, 5):
        raise wrong("a whole number from 1 (very little effort) to 5 (very much)")
    return int(str(text))


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=64)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_one_line)]
Note = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=5000)]
Url = Annotated[Line, AfterValidator(_web_address)]
Handle = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Rating = Annotated[
    int, BeforeValidator(_rating), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 5})
]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Record(BaseModel):
    """A frozen record that knows all its keys: an unknown one is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


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
        Field(description="When; as exact as the source. Left out where the source gives no time."),
    ] = None
    note: Annotated[Note | None, Field(description="What else is worth knowing; Markdown.")] = None


class Contact(Event):
    """The customer tries to reach the company."""

    event: Literal["contact"]
    channel: Channel | None = None
    reached: Annotated[Flag, Field(description="no: busy, cut off, closed, portal down")] = True
    asks: Annotated[
        Literal["answer", "refund", "complaint", "callback"] | None,
        Field(description="What the customer asks for."),
    ] = None
    same_matter: Annotated[
        Flag, Field(description="no: a new matter. yes: a further contact for the same thing.")
    ] = True
    told_again: Annotated[Flag, Field(description="Had to tell the story again.")] = False
    waited: Annotated[DurationText | None, Field(description="Time on hold; not scored.")] = None


class Acknowledgement(Event):
    """An automatic or empty confirmation by the company. It is no answer."""

    event: Literal["acknowledgement"]
    channel: Channel | None = None
    promises_within: DurationText | None = None


class Reply(Event):
    """The company answers, or at least replies."""

    event: Literal["reply"]
    channel: Channel | None = None
    by: Annotated[
        Literal["person", "expert", "script", "machine"] | None, Field(description="Who replied.")
    ] = None
    answer: Annotated[
        Literal["full", "partial", "none"] | None,
        Field(description="How far the reply answers what was asked."),
    ] = None
    tone: Literal["kind", "neutral", "rude"] | None = None
    advice_worked: Annotated[Flag | None, Field(description="Did the advice help?")] = None


class Promise(Event):
    """The company says that it will do something."""

    event: Literal["promise"]
    what: Line | None = None
    due: Annotated[TimeText | None, Field(description="Promised for this time.")] = None
    within: Annotated[DurationText | None, Field(description="Promised within this time.")] = None
    kept_at: Annotated[TimeText | None, Field(description="When it was done.")] = None
    kept: Annotated[
        Flag | None, Field(description="Was it kept in time? Only where no time is known.")
    ] = None


class Transfer(Event):
    """The company sends the customer on to another department or company."""

    event: Literal["transfer"]
    to: Line | None = None


class ChannelSwitch(Event):
    """The company makes the customer use another channel."""

    event: Literal["channel-switch"]
    to: Channel | None = None


class Charge(Event):
    """The company charges money."""

    event: Literal["charge"]
    amount: MoneyText | None = None
    due_to_customer_error: Flag | None = None
    warned: Annotated[Flag | None, Field(description="Was there a warning or reminder?")] = None
    justified: Flag | None = None


class Refund(Event):
    """The company decides on giving money back."""

    event: Literal["refund"]
    decision: Literal["granted", "partial", "refused"]
    amount: MoneyText | None = None
    form: Literal["money", "set-off", "voucher"] | None = None
    paid_at: Annotated[TimeText | None, Field(description="When the money was there.")] = None
    paid: Annotated[Flag | None, Field(description="Was it paid? Only where no time is known.")] = (
        None
    )
    justified: Annotated[Flag | None, Field(description="Of a refusal: was it right?")] = None


class Replacement(Event):
    """The company sends a new product."""

    event: Literal["replacement"]
    asked_for_return: Flag | None = None
    free: Flag | None = None


class Gesture(Event):
    """Goodwill that nobody had asked for."""

    event: Literal["gesture"]
    amount: MoneyText | None = None
    what: Line | None = None


class Fix(Event):
    """The company repairs what went wrong."""

    event: Literal["fix"]
    cause: Annotated[Flag | None, Field(description="yes: the cause; no: the symptom")] = None
    told: Annotated[Flag | None, Field(description="Was the customer told what changed?")] = None


class Lost(Event):
    """The case, call or complaint is not on record at the company."""

    event: Literal["lost"]


class Survey(Event):
    """The company asks for a rating. Not scored."""

    event: Literal["survey"]


class Recurrence(Event):
    """The same trouble is back."""

    event: Literal["recurrence"]


class Chargeback(Event):
    """The customer forces the money back through the bank or card."""

    event: Literal["chargeback"]
    amount: MoneyText | None = None


class Escalation(Event):
    """The customer goes to somebody outside the company."""

    event: Literal["escalation"]
    to: Literal["regulator", "ombudsman", "court", "media", "disputes-body"] | None = None
    ruling: Literal["customer", "company", "settled"] | None = None


class Closed(Event):
    """The case ends. A case without this event is open."""

    event: Literal["closed"]
    solved: Annotated[
        Literal["full", "partial", "none"] | None, Field(description="As the customer sees it.")
    ] = None
    by: Literal["customer", "company"] | None = None


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


class Source(Record):
    """Where a case comes from."""

    kind: Literal["first-hand", "published", "register"]
    title: Line | None = None
    author: Line | None = None
    date: TimeText | None = None
    url: Url | None = None
    licence: Line | None = None
    record: Annotated[Line | None, Field(description="The number in the register.")] = None


class Evidence(Record):
    """How well a case is documented, and with what."""

    level: Literal["none", "described", "redacted", "public", "ruling"] = "none"
    items: tuple[Line, ...] = ()
    urls: tuple[Url, ...] = ()


class CompanyReply(Record):
    """The company's own words on a case."""

    asked: Annotated[TimeText | None, Field(description="When it was asked.")] = None
    at: Annotated[TimeText | None, Field(description="When it replied.")] = None
    by: Annotated[Line | None, Field(description="The role that replied; never a name.")] = None
    text: Prose | None = None


Status = Literal["published", "disputed", "corrected", "withdrawn"]


class CaseLog(Record):
    """What happened between one person and one company: one file."""

    title: Annotated[
        str, StringConstraints(min_length=1, max_length=120), AfterValidator(_one_line)
    ]
    language: Annotated[Language | None, Field(description="Of this case's own text.")] = None
    about: Annotated[
        Literal["service", "product"],
        Field(description="What the customer is (un)happy with; only the handling is scored."),
    ] = "service"
    wanted: Annotated[
        Literal[
            "answer",
            "correction",
            "delivery",
            "repair",
            "replacement",
            "refund",
            "access",
            "decision",
            "cancellation",
        ],
        Field(description="What would have solved it."),
    ]
    amount: Annotated[MoneyText | None, Field(description="What was at stake.")] = None
    source: Source
    evidence: Evidence = Evidence()
    contributor: Annotated[Handle | None, Field(description="A pseudonym; never a name.")] = None
    summary: Prose | None = None
    timeline: Annotated[tuple[AnyEvent, ...], Field(min_length=1)]
    effort: Annotated[
        Rating | None,
        Field(description="The customer's own answer: 1 very little effort … 5 very much."),
    ] = None
    status: Status = "published"
    status_note: Note | None = None
    status_date: TimeText | None = None
    reply: CompanyReply | None = None


class Case(CaseLog):
    """A case log with its place: `company` and `slug` are both its address and its id."""

    company: str
    slug: str

    @property
    def id(self) -> str:
        """`<company>/<slug>`; it never changes and is never used again."""
        return f"{self.company}/{self.slug}"

    @property
    def scored(self) -> bool:
        """A withdrawn case keeps its page and loses its score."""
        return self.status != "withdrawn"

    @property
    def last_time(self) -> Time | None:
        """The last time in the timeline that says something of the company.

        Automatic confirmations and surveys say nothing, so they neither score nor keep a case young.
        """
        untelling = (Acknowledgement, Survey)
        times = [e.at for e in self.timeline if e.at and not isinstance(e, untelling)]
        return max(times, key=lambda time: time.last) if times else self.source.date


class CompanyContact(Record):
    """The company's own published ways in; they are let through in cases."""

    phone: tuple[Line, ...] = ()
    email: tuple[Line, ...] = ()
    address: tuple[Line, ...] = ()
    urls: tuple[Url, ...] = ()


class CompanyFile(Record):
    """A company: one file."""

    name: Line
    sector: Slug
    country: Annotated[Country | None, Field(description="ISO 3166, two letters.")] = None
    website: Url | None = None
    since: TimeText | None = None
    known_as: Annotated[tuple[Slug, ...], Field(description="Its earlier addresses.")] = ()
    part_of: Annotated[Slug | None, Field(description="The company it now belongs to.")] = None
    contact: CompanyContact = CompanyContact()
    customers: Annotated[
        str | None,
        StringConstraints(pattern=r"^[0-9]{1,12}$"),
        Field(description="How many it has."),
    ] = None


class Company(CompanyFile):
    """A company with its slug."""

    slug: str
