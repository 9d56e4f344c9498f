"""What every stage shares: cases, their events, companies. Frozen, typed, no I/O.

The keys, their types and their words stand here once, those of events in `events.py`; the reader, the
JSON Schemas and the error messages are all made from them. `None` is always 'unknown', never no and never 0.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from scorecard.events import UNTELLING, AnyEvent, Promise, Refund
from scorecard.fields import (
    Count,
    Country,
    Handle,
    Language,
    Line,
    Note,
    Prose,
    Rating,
    Record,
    Slug,
    Url,
    _,
    one_line,
)
from scorecard.values import MoneyText, Time, TimeText


class Source(Record):
    """Where a case comes from."""

    kind: Annotated[
        Literal["first-hand", "published", "register"],
        Field(description=_("first-hand: it happened to you; else where you read it.")),
    ]
    title: Annotated[Line | None, Field(description="What the article is called.")] = None
    author: Annotated[Line | None, Field(description="Who published it.")] = None
    date: Annotated[TimeText | None, Field(description="When it was published.")] = None
    url: Annotated[Url | None, Field(description="Where it can be read.")] = None
    licence: Annotated[Line | None, Field(description="Of the source's text.")] = None
    record: Annotated[Line | None, Field(description="The number in the register.")] = None


EvidenceLevel = Literal["none", "described", "redacted", "public", "ruling"]


class Evidence(Record):
    """How well a case is documented, and with what."""

    level: Annotated[
        EvidenceLevel,
        Field(description=_("How far it can be shown; ruling: of a court or board.")),
    ] = "none"
    items: Annotated[tuple[Line, ...], Field(description="What there is to show.")] = ()
    urls: Annotated[tuple[Url, ...], Field(description="Where it can be seen.")] = ()


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
        str,
        StringConstraints(min_length=1, max_length=120),
        AfterValidator(one_line),
        Field(description=_("What happened, in one line.")),
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
        Field(description=_("What would have solved it.")),
    ]
    amount: Annotated[MoneyText | None, Field(description="What was at stake.")] = None
    source: Source
    evidence: Evidence = Evidence()
    contributor: Annotated[Handle | None, Field(description=_("A pseudonym; never a name."))] = None
    summary: Annotated[
        Prose | None, Field(description="A few sentences in your own words; Markdown.")
    ] = None
    timeline: Annotated[tuple[AnyEvent, ...], Field(min_length=1)]
    effort: Annotated[
        Rating | None,
        Field(description="The customer's own answer: 1 very little effort … 5 very much."),
    ] = None
    status: Annotated[
        Status, Field(description=_("Where it stands; a withdrawn case counts for nothing."))
    ] = "published"
    status_note: Note | None = None
    status_date: TimeText | None = None
    reply: CompanyReply | None = None


class Case(CaseLog):
    """A case log with its place. `home` is the folder it lies in: its company, or an old name of it.

    A withdrawn case has lost what people wrote in it, but for the note that tells why.
    """

    company: str
    slug: str
    home: str | None = None

    @classmethod
    def of(cls, log: CaseLog, company: str, slug: str, home: str | None = None) -> Case:
        """The case of a log that was checked when it was read, and is not checked again."""
        return cls.model_construct(**log.__dict__, company=company, slug=slug, home=home)

    @property
    def id(self) -> str:
        """`<home>/<slug>`; it never changes, not even when its company is renamed."""
        return f"{self.home or self.company}/{self.slug}"

    @property
    def scored(self) -> bool:
        """A withdrawn case keeps its page and loses its score."""
        return self.status != "withdrawn"

    @property
    def dates(self) -> list[date]:
        """Every day that its file names: of its events, its source, its status and the company's reply."""
        times = [self.source.date, self.status_date]
        if self.reply:
            times += [self.reply.asked, self.reply.at]
        return [time.first.date() for time in (*times, *self.times) if time]

    @property
    def times(self) -> list[Time]:
        """All times in the timeline, of promises kept and money paid as well."""
        times = [event.at for event in self.timeline]
        times += [event.kept_at for event in self.timeline if isinstance(event, Promise)]
        times += [event.paid_at for event in self.timeline if isinstance(event, Refund)]
        return [time for time in times if time]

    @property
    def own_words(self) -> str:
        """What its contributor wrote of it: title, summary and notes."""
        notes = [event.note for event in self.timeline if event.note]
        return " ".join([self.title, self.summary or "", *notes])

    @property
    def last_time(self) -> Time | None:
        """The last time in the timeline that says something of the company."""
        return self.span[1]

    @property
    def span(self) -> tuple[Time | None, Time | None]:
        """The first and the last time; of a case without any, those of its source.

        Automatic confirmations and surveys say nothing, so they neither score nor date a case.
        """
        times = [e.at for e in self.timeline if e.at and not isinstance(e, UNTELLING)]
        if not times:
            return self.source.date, self.source.date
        return times[0], max(times, key=lambda time: time.last)


class CompanyContact(Record):
    """The company's own published ways in; they are let through in cases."""

    phone: tuple[Line, ...] = ()
    email: tuple[Line, ...] = ()
    address: tuple[Line, ...] = ()
    urls: tuple[Url, ...] = ()


class CompanyFile(Record):
    """A company: one file."""

    name: Annotated[Line, Field(description=_("The company's name, as its customers know it."))]
    sector: Annotated[Slug, Field(description=_("What it does; a sector of sectors.yaml."))]
    country: Annotated[
        Country | None, Field(description=_("Where it is: ISO 3166, two letters."))
    ] = None
    website: Url | None = None
    since: TimeText | None = None
    known_as: Annotated[tuple[Slug, ...], Field(description="Its earlier addresses.")] = ()
    part_of: Annotated[Slug | None, Field(description=_("The company it now belongs to."))] = None
    contact: CompanyContact = CompanyContact()
    customers: Annotated[Count | None, Field(description="How many it has.")] = None


class Company(CompanyFile):
    """A company with its slug."""

    slug: str

    @classmethod
    def of(cls, record: CompanyFile, slug: str) -> Company:
        """The company of a file that was checked when it was read, and is not checked again."""
        return cls.model_construct(**record.__dict__, slug=slug)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Today's name in addresses, and the older ones."""
        return (self.slug, *self.known_as)
