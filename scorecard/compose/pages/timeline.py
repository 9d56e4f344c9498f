"""A case's timeline to scale: its events, what was waited between them, and the days that promises were due.

Between two dated entries lies a stretch as long as the time that passed for certain. It is drawn as one or
more pieces: a contact waited for its answer in it, within its norm or beyond; or a promise ran, and the
clock stood still; or nothing was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain, groupby, pairwise
from typing import Literal, NamedTuple

from msgspec import Struct

from scorecard.compose.sentences.story import Moment, moments
from scorecard.events import Promise
from scorecard.judge.calendar import without
from scorecard.judge.case import JudgedCase
from scorecard.judge.finding import Finding, Reason, say
from scorecard.judge.follow_through import promise_value
from scorecard.judge.reading import Reading
from scorecard.rubric import Rule
from scorecard.values import Time

LENGTH = 30.0
"""Rem that all stretches of a long case have together; the scale follows from it."""
MOST_A_DAY = 2.5
"""Rem that a day has at most."""
_DAY = timedelta(days=1)

State = Literal["late", "waiting", "promised", "quiet"]
_STATES: tuple[State, ...] = ("late", "waiting", "promised", "quiet")


class Piece(Struct, frozen=True):
    """Part of a stretch of time, in one state: `late` is waiting beyond the norm."""

    start: datetime
    end: datetime
    state: State

    @property
    def days(self) -> float:
        """How long it is."""
        return (self.end - self.start) / _DAY


class Stretch(Struct, frozen=True):
    """The time between two entries, at the least.

    Where the norm passes in it, or a wait ends with it, `hours` are the working hours that a contact has
    waited for its answer, `norm` is what the answer may take, and `since` is the contact's position in the
    timeline; None where there is nothing new to say.
    """

    pieces: tuple[Piece, ...]
    hours: float | None = None
    norm: float | None = None
    since: int | None = None

    @property
    def days(self) -> float:
        """How long it is."""
        return sum(piece.days for piece in self.pieces)

    @property
    def worst(self) -> State:
        """The state that says most about it."""
        return min((piece.state for piece in self.pieces), key=_STATES.index)

    def reached(self, piece: Piece) -> float:
        """Where a piece of it begins, 0…100."""
        return (
            100
            * (piece.start - self.pieces[0].start)
            / (self.pieces[-1].end - self.pieces[0].start)
        )


class Due(Struct, frozen=True):
    """The time by which a promise was to be kept. `kept`: None where it runs, or nobody tells."""

    promise: int
    at: Time
    kept: bool | None
    passed: bool

    @property
    def state(self) -> Literal["kept", "broken", "open"]:
        """What became of it."""
        return "open" if self.kept is None else "kept" if self.kept else "broken"


class Entry(Struct, frozen=True):
    """An event with the findings that it settled, or a due time; and the stretch before it, if any."""

    before: Stretch | None
    moment: Moment | None = None
    findings: tuple[tuple[Rule, Finding], ...] = ()
    due: Due | None = None


class Timeline(Struct, frozen=True):
    """All entries in their order, and the stretch up to today where something is still waited for.

    `a_day` is the scale: rem that a day has.
    """

    entries: tuple[Entry, ...]
    still: Stretch | None
    a_day: float
    first: datetime | None
    last: datetime | None

    @property
    def pieces(self) -> list[Piece]:
        """Everything that was spent between the entries, in order."""
        stretches = [*(entry.before for entry in self.entries), self.still]
        return [piece for stretch in stretches if stretch for piece in stretch.pieces]

    def place(self, at: datetime) -> float:
        """Where a moment lies between the first and the last one, 0…100."""
        if self.first is None or self.last is None or self.last <= self.first:
            return 0.0
        return round(min(100.0, max(0.0, 100 * (at - self.first) / (self.last - self.first))), 2)

    def share(self, piece: Piece) -> float:
        """The share of it all that a piece takes, 0…100."""
        return round(self.place(piece.end) - self.place(piece.start), 2)

    def days_in(self, state: State) -> float:
        """The days that were spent in a state."""
        return sum(piece.days for piece in self.pieces if piece.state == state)

    @property
    def says(self) -> Reason:
        """What the strip shows, in words."""
        whole = (self.last - self.first) / _DAY if self.first and self.last else 0.0
        waited, late = self.days_in("late") + self.days_in("waiting"), self.days_in("late")
        if late:
            return say(
                "{elapsed} in all. An answer was waited for during {elapsed_waited}, and during "
                "{elapsed_late} of these longer than the norm.",
                elapsed=whole,
                elapsed_waited=waited,
                elapsed_late=late,
            )
        if waited:
            return say(
                "{elapsed} in all. An answer was waited for during {elapsed_waited}, never longer "
                "than the norm.",
                elapsed=whole,
                elapsed_waited=waited,
            )
        return say("{elapsed} in all. No answer was waited for.", elapsed=whole)


def timeline(judged: JudgedCase, rules: Mapping[str, Rule]) -> Timeline:
    """The timeline of a judged case."""
    reading = judged.reading
    clock = _Clock(reading)
    entries = []
    last: Time | None = None
    first: datetime | None = None
    for found in _in_order(moments(judged.case), _dues(reading)):
        at = found.at
        before = clock.stretch(last.last, at.first) if last and at else None
        if isinstance(found, Due):
            entries.append(Entry(before, due=found))
        else:
            settled = _settled(judged.findings, found.position, rules)
            entries.append(Entry(before, moment=found, findings=settled))
        last = at or last
        first = first or (at.first if at else None)
    still = None
    if reading.silences and last:
        still = clock.stretch(last.last, reading.standards.now)
    stretches = [stretch for stretch in (*(e.before for e in entries), still) if stretch]
    days = sum(stretch.days for stretch in stretches)
    end = reading.standards.now if still else last.last if last else None
    return Timeline(tuple(entries), still, min(MOST_A_DAY, LENGTH / max(days, 1)), first, end)


def _dues(reading: Reading) -> list[Due]:
    found = []
    for position, promise in reading.all(Promise):
        due = reading.due(promise)
        if due:
            value = promise_value(reading, promise)
            kept = None if value is None else value == 1
            found.append(Due(position, due, kept, due.last < reading.standards.now))
    return found


def _in_order(told: Sequence[Moment], dues: Sequence[Due]) -> Iterator[Moment | Due]:
    """The events as they are told; each due time before the first event that is surely later."""
    left = sorted(dues, key=lambda due: due.at.last)
    for moment in told:
        while left and moment.at and moment.at.first > left[0].at.last:
            if left[0].promise >= moment.position:
                break
            yield left.pop(0)
        yield moment
    yield from left


def _settled(
    findings: Sequence[Finding], position: int, rules: Mapping[str, Rule]
) -> tuple[tuple[Rule, Finding], ...]:
    """What counts and was settled with this event: the last one of those that it rests on."""
    return tuple(
        (rules[finding.rule], finding)
        for finding in findings
        if finding.value is not None and finding.events and max(finding.events) == position
    )


class _Waited(NamedTuple):
    """From when to when a contact waited for sure, its norm in working hours, and when that had passed."""

    asked: datetime
    answered: datetime
    norm: float
    passed: datetime
    contact: int


class _Clock:
    """Tells what a time was spent on."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.waits = list(self._waits())

    def _waits(self) -> Iterator[_Waited]:
        for wait in self.reading.waits:
            asked = self.reading.timeline[wait.contact].at
            answered = None if wait.answer is None else self.reading.timeline[wait.answer].at
            end = answered.first if answered else self.reading.standards.now
            if asked and (wait.answer is None or answered) and end > asked.last:
                passed = self._passed(asked.last, end, wait.norm)
                yield _Waited(asked.last, end, wait.norm, passed, wait.contact)

    def stretch(self, start: datetime, end: datetime) -> Stretch | None:
        """What the time from `start` to `end` was spent on; None where it is no time."""
        if end <= start:
            return None
        waits = [wait for wait in self.waits if wait.asked < end and wait.answered > start]
        longest = min(waits, default=None)
        pieces = tuple(self._pieces(start, end))
        if longest and (start <= longest.passed < end or longest.answered <= end):
            hours = self.reading.counted((longest.asked, end))
            return Stretch(pieces, hours, longest.norm, longest.contact)
        return Stretch(pieces)

    def _pieces(self, start: datetime, end: datetime) -> Iterator[Piece]:
        borders = {start, end, *chain.from_iterable(self.reading.pauses)}
        for wait in self.waits:
            borders |= {wait.asked, wait.answered, wait.passed}
        inside = sorted(border for border in borders if start <= border <= end)
        states = [(one, other, self._state(one, other)) for one, other in pairwise(inside)]
        for state, alike in groupby(states, key=lambda piece: piece[2]):
            pieces = list(alike)
            yield Piece(pieces[0][0], pieces[-1][1], state)

    def _state(self, start: datetime, end: datetime) -> State:
        if any(one <= start and other >= end for one, other in self.reading.pauses):
            return "promised"
        waits = [wait for wait in self.waits if wait.asked <= start and wait.answered >= end]
        if any(wait.passed <= start for wait in waits):
            return "late"
        return "waiting" if waits else "quiet"

    def _passed(self, asked: datetime, answered: datetime, norm: float) -> datetime:
        """The moment at which the norm had passed; `answered` where it never had."""
        working_time, left = self.reading.standards.working_time, norm
        for start, end in without((asked, answered), self.reading.pauses):
            hours = working_time.hours(start, end)
            if hours > left:
                return working_time.exceeded(start, left)
            left -= hours
        return answered
