"""Working time and spans between times that may be coarse. Always the kindest reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from scorecard.rubric import WorkingWeek
from scorecard.values import Time

Span = tuple[datetime, datetime]
_MONDAY = datetime(1900, 1, 1)


def working_hours(start: datetime, end: datetime, week: WorkingWeek) -> float:
    """Working hours between two local times; 0 where `end` does not lie after `start`."""
    return _worked(end, week) - _worked(start, week) if end > start else 0.0


def _worked(moment: datetime, week: WorkingWeek) -> float:
    """Working hours from a Monday long ago up to `moment`."""
    days = (moment - _MONDAY).days
    weeks, weekday = divmod(days, 7)
    whole = weeks * len(week.weekdays) + sum(1 for day in week.weekdays if day < weekday)
    hours = whole * week.hours_a_day
    if weekday in week.weekdays:
        opens = datetime.combine(moment.date(), week.opens)
        closes = datetime.combine(moment.date(), week.closes)
        hours += max(timedelta(), min(moment, closes) - opens).total_seconds() / 3600
    return hours


def kindest(start: Time, end: Time) -> Span | None:
    """The shortest span from `start` to `end`, or None where coarseness makes it meaningless.

    It is meaningless where one of the two is coarser than a day and both may be the same moment.
    """
    if end.first > start.last:
        return start.last, end.first
    if start.coarse or end.coarse:
        return None
    return start.last, start.last


def without(span: Span, pauses: Iterable[Span]) -> list[Span]:
    """What is left of `span` when the `pauses` are cut out of it."""
    left = [span]
    for pause_start, pause_end in pauses:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, pause_start)), (max(start, pause_end), end))
            if piece[1] > piece[0]
        ]
    return left


def days(spans: Iterable[Span]) -> float:
    """The length of the spans, in days."""
    return sum((end - start).total_seconds() for start, end in spans) / 86400
