"""A case as the rules see it: its matters, what answers them, how long each contact waited."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from scorecard.events import (
    UNTELLING,
    AnyEvent,
    Charge,
    Chargeback,
    Closed,
    Contact,
    Event,
    Promise,
    Refund,
    Replacement,
    Reply,
)
from scorecard.judge.calendar import Span, kindest, without
from scorecard.model import Case
from scorecard.standards import Standards
from scorecard.values import Duration, Time

E = TypeVar("E", bound=Event)


_ANSWERING = (Reply, Refund, Replacement, Closed)
_OF_MONEY = (Refund, Charge, Chargeback)
_LATER = (Promise, Refund)


def as_known(case: Case, now: datetime) -> Case | None:
    """The case as it was known at `now`: later events had not happened. None before its first.

    Events without a time that stand right before a later one may be later too, and are left out;
    confirmations and surveys between them tell nothing of that.
    """
    timeline: list[AnyEvent] = []
    for event in case.timeline:
        if event.at and event.at.first > now:
            while timeline and (timeline[-1].at is None or isinstance(timeline[-1], UNTELLING)):
                timeline.pop()
            break
        timeline.append(_as_known(event, now) if isinstance(event, _LATER) else event)
    known = tuple(timeline)
    if not known or known == case.timeline:
        return case if known else None
    return case.model_copy(update={"timeline": known})


def _as_known(event: Promise | Refund, now: datetime) -> AnyEvent:
    """The event without what it tells of a later time: that a promise was kept, or money there."""
    told = "kept_at" if isinstance(event, Promise) else "paid_at"
    time: Time | None = getattr(event, told)
    return event.model_copy(update={told: None}) if time and time.first > now else event


def is_answer(event: Event) -> bool:
    """Does the event answer what was asked?

    A decision on money or a new product does, and so does a solution. A reply does unless it is
    recorded as none; a script's or a machine's only if it was a full answer.
    """
    if isinstance(event, Reply):
        automatic = event.by in ("script", "machine")
        return event.answer == "full" if automatic else event.answer != "none"
    if isinstance(event, Closed):
        return event.solved in ("full", "partial")
    return isinstance(event, (Refund, Replacement))


def by_human(event: AnyEvent) -> bool:
    """Did a person at the company give it, as far as the case tells?"""
    if isinstance(event, Closed):
        return event.by == "company"
    return not (isinstance(event, Reply) and event.by in ("script", "machine"))


class Wait(NamedTuple):
    """A contact and the answer to it.

    `hours` are working hours, at the least; None where the times are unknown or too coarse. Without
    an `answer` they count up to the day of judgement and the truth is longer. `norm`: working hours.
    """

    contact: int
    answer: int | None
    hours: float | None
    norm: float


def _matters(contacts: Iterable[tuple[int, Contact]]) -> list[list[int]]:
    """The positions of the contacts, matter by matter; the first contact opens the first."""
    matters: list[list[int]] = []
    for index, contact in contacts:
        if not matters or not contact.same_matter:
            matters.append([])
        matters[-1].append(index)
    return matters


Made = TypeVar("Made")


class _Once(Generic[Made]):
    """A property that is made once; whoever reads it has asked what day it is if making it did."""

    def __init__(self, make: Callable[[Reading], Made]) -> None:
        self._make = make
        self._name = make.__name__

    def __get__(self, reading: Reading, _: type[Reading] | None = None) -> Made:
        if self._name not in reading.made:
            before, reading.timeless = reading.timeless, True
            reading.made[self._name] = self._make(reading), reading.timeless
            reading.timeless = before
        made: Made
        made, timeless = reading.made[self._name]
        reading.timeless = reading.timeless and timeless
        return made


class Reading:
    """One case, read once, for all rules. Positions count from 0.

    `contacts` are all contacts, `matters` their positions, matter by matter, and `answers` the positions
    of all that answers.

    `timeless` stays true while nothing has asked what day it is: what is found then holds on every
    later day as well.
    """

    def __init__(self, case: Case, standards: Standards) -> None:
        self.case = case
        self.standards = standards
        self.timeline = case.timeline
        self.timeless = True
        self.made: dict[str, tuple[Any, bool]] = {}
        self._by_kind: defaultdict[type[Event], list[tuple[int, Any]]] = defaultdict(list)
        for position, event in enumerate(self.timeline):
            self._by_kind[type(event)].append((position, event))
        self.contacts = self.all(Contact)
        self.matters = _matters(self.contacts)
        self.answers = sorted(i for kind in _ANSWERING for i, e in self.all(kind) if is_answer(e))

    def on(self, standards: Standards) -> Reading:
        """The same case, of which nothing more is known, on another day. What is timeless is taken over."""
        other = object.__new__(Reading)
        vars(other).update(vars(self), standards=standards, timeless=True)
        other.made = {what: made for what, made in self.made.items() if made[1]}
        return other

    @property
    def now(self) -> datetime:
        """The end of the day of judgement. The only way to it, so that none asks unnoticed."""
        self.timeless = False
        return self.standards.now

    def all(self, kind: type[E]) -> Sequence[tuple[int, E]]:
        """The events of a kind with their positions."""
        return self._by_kind.get(kind, ())

    @cached_property
    def money_at_stake(self) -> bool:
        """Was money at stake or a replacement asked for? Without either there is no refund score."""
        return (
            self.case.amount is not None
            or self.case.wanted in ("refund", "replacement")
            or not self._by_kind.keys().isdisjoint(_OF_MONEY)
            or any(contact.asks == "refund" for _, contact in self.contacts)
        )

    @property
    def avoidable(self) -> list[int]:
        """The contacts that handling in one go would have saved: further ones for the same matter."""
        return [index for matter in self.matters for index in matter[1:]]

    @cached_property
    def money_term(self) -> Duration:
        """The shortest term that holds for money back."""
        term, _ = self.standards.money_back_term(self.case)
        return term

    def answer_after(self, position: int) -> int | None:
        """The first answer after a position; it answers all that was open."""
        following = bisect_right(self.answers, position)
        return self.answers[following] if following < len(self.answers) else None

    @_Once
    def waits(self) -> list[Wait]:
        """How long each contact waited."""
        over = self._waits_over
        return [over.get(i) or self._wait(i, contact, None) for i, contact in self.contacts]

    @_Once
    def _waits_over(self) -> dict[int, Wait]:
        """The waits of the contacts that were answered."""
        return {
            i: self._wait(i, contact, answer)
            for i, contact in self.contacts
            if (answer := self.answer_after(i)) is not None
        }

    @_Once
    def first_waits(self) -> list[Wait]:
        """The waits without those that only repeat an open question."""
        if len(self.waits) < 2:
            return self.waits
        firsts: dict[tuple[int, int | None], Wait] = {}
        matter_of = {i: n for n, matter in enumerate(self.matters) for i in matter}
        for wait in self.waits:
            firsts.setdefault((matter_of[wait.contact], wait.answer), wait)
        return list(firsts.values())

    def _wait(self, index: int, contact: Contact, answer: int | None) -> Wait:
        hours: float | None = None
        end = self.timeline[answer].at if answer is not None else self.today
        if contact.at and end and (span := kindest(contact.at, end)):
            hours = self.counted(span)
        return Wait(index, answer, hours, self.standards.reply_norm(contact.channel))

    @_Once
    def today(self) -> Time:
        """The end of the day of judgement."""
        return Time(self.now, self.now, "")

    @_Once
    def pauses(self) -> list[Span]:
        """When the clock stands still: while a promise with a due time was, or still can be, kept."""
        return list(self._pauses())

    def _pauses(self) -> Iterator[Span]:
        for _, promise in self.all(Promise):
            due = self.due(promise)
            if promise.at is None or due is None or promise.kept is False:
                continue
            if promise.kept_at and promise.kept_at.first <= due.last:
                yield promise.at.first, promise.kept_at.last
            elif promise.kept or (promise.kept_at is None and due.last >= self.now):
                yield promise.at.first, due.last

    def due(self, promise: Promise) -> Time | None:
        """When a promise is due; None where the case does not tell."""
        if promise.within and promise.at:
            return promise.within.after(promise.at)
        return promise.due

    def latest_possible(self, position: int) -> Time:
        """The latest moment at which the event can have happened, and so the kindest one.

        An event without a time lies before the next one that has a time, and before its source.
        Confirmations, surveys and promises date nothing but themselves: else one more of them could
        change what is judged of an earlier silence.
        """
        own = self.timeline[position].at
        if own:
            return own
        later = self.timeline[position:]
        silent = (*UNTELLING, Promise)
        known = [event.at for event in later if event.at and not isinstance(event, silent)]
        if self.case.source.date:
            known.append(self.case.source.date)
        return min([*known, self.today], key=lambda time: time.last)

    @_Once
    def silences(self) -> list[int]:
        """The first contacts of matters that never got an answer and are overdue for one."""
        firsts = [matter[0] for matter in self.matters]
        return [i for i in firsts if self.answer_after(i) is None and self._overdue(i)]

    def overdue(self, since: Time, duty: Literal["solved", "complaint_confirmed"]) -> bool:
        """Has the duty's norm passed, by the reading of `since` that is kindest to the company?"""
        return self.standards.norm(duty).after(since).last < self.now

    def _overdue(self, position: int) -> bool:
        channel = dict(self.contacts)[position].channel
        waited = self.counted((self.latest_possible(position).last, self.now))
        return waited > self.standards.reply_norm(channel)

    def counted(self, span: Span) -> float:
        """The working hours of a span, without the time in which the clock stood still."""
        hours = self.standards.working_time.hours
        if not self.pauses:
            return hours(*span)
        return sum([hours(start, end) for start, end in without(span, self.pauses)])
