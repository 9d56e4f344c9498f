"""A case as the rules see it: its matters, what answers them, how long each contact waited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from scorecard.events import (
    Acknowledgement,
    AnyEvent,
    Closed,
    Contact,
    Event,
    Promise,
    Refund,
    Replacement,
    Reply,
    Survey,
)
from scorecard.judge.calendar import Span, kindest, without, working_hours
from scorecard.model import Case
from scorecard.rubric import Standards
from scorecard.values import Time

E = TypeVar("E", bound=Event)


_UNTELLING = (Acknowledgement, Survey)


def as_known(case: Case, now: datetime) -> Case | None:
    """The case as it was known at `now`: later events had not happened. None before its first.

    Events without a time that stand right before a later one may be later too, and are left out;
    confirmations and surveys between them tell nothing of that.
    """
    timeline: list[AnyEvent] = []
    for event in case.timeline:
        if event.at and event.at.first > now:
            while timeline and (timeline[-1].at is None or isinstance(timeline[-1], _UNTELLING)):
                timeline.pop()
            break
        timeline.append(_as_known(event, now))
    if not timeline or not _changed(case.timeline, timeline):
        return case if timeline else None
    return case.model_copy(update={"timeline": tuple(timeline)})


def _as_known(event: AnyEvent, now: datetime) -> AnyEvent:
    for key in ("kept_at", "paid_at"):
        time: Time | None = getattr(event, key, None)
        if time and time.first > now:
            return event.model_copy(update={key: None})
    return event


def _changed(before: Sequence[AnyEvent], after: Sequence[AnyEvent]) -> bool:
    return len(before) != len(after) or any(a is not b for a, b in zip(before, after, strict=True))


def is_answer(event: AnyEvent) -> bool:
    """Does the event answer what was asked?

    A decision on money or a new product does, and so does a solution. A reply does unless it is
    recorded as none; a script's or a machine's only if it was a full answer.
    """
    match event:
        case Reply(by="script" | "machine"):
            return event.answer == "full"
        case Reply():
            return event.answer != "none"
        case Refund() | Replacement():
            return True
        case Closed():
            return event.solved in ("full", "partial")
    return False


def by_human(event: AnyEvent) -> bool:
    """Did a person at the company give it, as far as the case tells?"""
    if isinstance(event, Closed):
        return event.by == "company"
    return not (isinstance(event, Reply) and event.by in ("script", "machine"))


@dataclass(frozen=True, slots=True)
class Wait:
    """A contact and the answer to it.

    `hours` are working hours, at the least; None where the times are unknown or too coarse. Without
    an `answer` they count up to the day of judgement and the truth is longer. `norm`: working hours.
    """

    contact: int
    answer: int | None
    hours: float | None
    norm: float


class Reading:
    """One case, read once, for all rules. Positions count from 0."""

    def __init__(self, case: Case, standards: Standards) -> None:
        self.case = case
        self.standards = standards
        self.timeline = case.timeline

    def all(self, kind: type[E]) -> list[tuple[int, E]]:
        """The events of a kind with their positions."""
        return [(i, event) for i, event in enumerate(self.timeline) if isinstance(event, kind)]

    @cached_property
    def contacts(self) -> list[tuple[int, Contact]]:
        """Every contact."""
        return self.all(Contact)

    @cached_property
    def matters(self) -> list[list[int]]:
        """The positions of the contacts, matter by matter; the first contact opens the first."""
        matters: list[list[int]] = []
        for index, contact in self.contacts:
            if not matters or not contact.same_matter:
                matters.append([])
            matters[-1].append(index)
        return matters

    @cached_property
    def avoidable(self) -> list[int]:
        """The contacts that handling in one go would have saved: further ones for the same matter."""
        return [index for matter in self.matters for index in matter[1:]]

    @cached_property
    def answers(self) -> list[int]:
        """The positions of all that answers."""
        return [i for i, event in enumerate(self.timeline) if is_answer(event)]

    def answer_after(self, position: int) -> int | None:
        """The first answer after a position; it answers all that was open."""
        return next((i for i in self.answers if i > position), None)

    @cached_property
    def waits(self) -> list[Wait]:
        """How long each contact waited."""
        return [self._wait(index, contact) for index, contact in self.contacts]

    def _wait(self, index: int, contact: Contact) -> Wait:
        answer = self.answer_after(index)
        hours: float | None = None
        end = self.timeline[answer].at if answer is not None else self.today
        if contact.at and end and (span := kindest(contact.at, end)):
            hours = self.counted(span)
        return Wait(index, answer, hours, self.standards.reply_norm(contact.channel))

    @property
    def today(self) -> Time:
        """The end of the day of judgement."""
        return Time(self.standards.now, self.standards.now, "")

    @cached_property
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
            elif promise.kept or (promise.kept_at is None and due.last >= self.standards.now):
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
        later = self.timeline[position:]
        silent = (*_UNTELLING, Promise)
        known = [event.at for event in later if event.at and not isinstance(event, silent)]
        own = self.timeline[position].at
        if own:
            return own
        if self.case.source.date:
            known.append(self.case.source.date)
        return min([*known, self.today], key=lambda time: time.last)

    @cached_property
    def silences(self) -> list[int]:
        """The first contacts of matters that never got an answer and are overdue for one."""
        firsts = [matter[0] for matter in self.matters]
        return [i for i in firsts if self.answer_after(i) is None and self._overdue(i)]

    def _overdue(self, position: int) -> bool:
        channel = dict(self.contacts)[position].channel
        waited = self.counted((self.latest_possible(position).last, self.standards.now))
        return waited > self.standards.reply_norm(channel)

    def counted(self, span: Span) -> float:
        """The working hours of a span, without the time in which the clock stood still."""
        week = self.standards.rubric.working_week
        return sum(working_hours(start, end, week) for start, end in without(span, self.pauses))
