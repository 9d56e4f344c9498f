"""What one company is measured by on one day: the rubric's norms, its sector's own, and the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal

from msgspec import Struct

from scorecard.events import Channel
from scorecard.model import CaseLog, Company
from scorecard.rubric import DIMENSIONS, Dimension, LegalTerm, Rubric, Rule, Sector, WorkingWeek
from scorecard.values import Duration

_MONDAY = datetime(1900, 1, 1)


class WorkingTime:
    """Counts the hours of a working week."""

    def __init__(self, week: WorkingWeek) -> None:
        self._weekdays = week.weekdays
        self._in_order = sorted(self._weekdays)
        self._days_before = [sum(day < weekday for day in self._weekdays) for weekday in range(7)]
        self._opens = _of_day(datetime.combine(date.min, week.opens) - datetime.min)
        self._closes = _of_day(datetime.combine(date.min, week.closes) - datetime.min)
        self.hours_a_day = week.hours_a_day

    def hours(self, start: datetime, end: datetime) -> float:
        """Working hours between two local times; 0 where `end` does not lie after `start`."""
        return self._worked(end) - self._worked(start) if end > start else 0.0

    def exceeded(self, start: datetime, hours: float) -> datetime:
        """The last moment up to which no more than so many `hours` were worked since `start`."""
        # Rounded, as what is left of a day may not be an error of floats.
        since = round(self._worked(start) + hours, 9)
        days, rest = divmod(since, self.hours_a_day)
        weeks, day = divmod(int(days), len(self._weekdays))
        opens = timedelta(weeks=weeks, days=self._in_order[day], microseconds=self._opens)
        return _MONDAY + opens + timedelta(hours=rest)

    def _worked(self, moment: datetime) -> float:
        """Working hours from a Monday long ago up to `moment`."""
        since = moment - _MONDAY
        weeks, weekday = divmod(since.days, 7)
        whole = weeks * len(self._weekdays) + self._days_before[weekday]
        hours = whole * self.hours_a_day
        if weekday in self._weekdays:
            today = min(_of_day(since), self._closes) - self._opens
            hours += today / 1_000_000 / 3600 if today > 0 else 0.0
        return hours


def _of_day(since: timedelta) -> int:
    """What is left of whole days, in microseconds: whole numbers are faster than spans."""
    return since.seconds * 1_000_000 + since.microseconds


class Standards(Struct, frozen=True, dict=True):
    """What the cases of one company are judged by. `now` is the end of the day of judgement."""

    rubric: Rubric
    sector: Sector
    company: Company
    as_of: date

    @cached_property
    def now(self) -> datetime:
        """The last second of `as_of`, in the site's local time."""
        return datetime.combine(self.as_of, time(23, 59, 59))

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by their ids."""
        return {rule.id: rule for rule in self.rubric.rules}

    @cached_property
    def weights(self) -> Mapping[Dimension, Sequence[tuple[int, float]]]:
        """The place of every rule in the rubric's order, and its weight, by dimension."""
        places = list(enumerate(self.rubric.rules))
        return {
            dimension: [(i, rule.weight) for i, rule in places if rule.dimension == dimension]
            for dimension in DIMENSIONS
        }

    def reply_norm(self, channel: Channel | None) -> float:
        """Working hours within which an answer over `channel` is in time."""
        norms = self._reply_norms
        return norms[channel] if channel in norms else norms["default"]

    @cached_property
    def _reply_norms(self) -> Mapping[str | None, float]:
        norms = {**self.rubric.norms.reply, **self.sector.norms.reply}
        return {channel: self.working_hours(norm) for channel, norm in norms.items()}

    @cached_property
    def working_time(self) -> WorkingTime:
        """The hours in which the company can be expected to work."""
        return WorkingTime(self.rubric.working_week)

    def norm(self, duty: Literal["solved", "complaint_confirmed", "money_back"]) -> Duration:
        """The sector's own norm for the duty, else the rubric's."""
        norm: Duration = getattr(self.sector.norms, duty) or getattr(self.rubric.norms, duty)
        return norm

    def money_back_term(self, case: CaseLog) -> tuple[Duration, LegalTerm | None]:
        """The shortest legal term that holds for the case, else the norm."""
        terms = [t for t in self.rubric.legal_terms if t.holds_for(case, self.company)]
        if not terms:
            return self.norm("money_back"), None
        term = min(terms, key=lambda t: t.within.hours)
        return term.within, term

    def working_hours(self, duration: Duration) -> float:
        """A duration as working hours: a day is a working day, a week a working week."""
        week = self.rubric.working_week
        a_day = self.working_time.hours_a_day
        per_unit = {
            "min": 1 / 60,
            "h": 1.0,
            "days": a_day,
            "working days": a_day,
            "weeks": a_day * len(week.days),
            "months": a_day * len(week.days) * 52 / 12,
        }
        return float(duration.count) * per_unit[duration.unit]
