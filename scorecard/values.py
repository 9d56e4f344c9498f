"""The smallest values of a case log: times, durations, money. No I/O, no clock.

Each parses the text of one YAML scalar and says in a sentence what it would have accepted.
Times are kept as naive local times of the site, so nothing depends on the machine's time zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from babel.numbers import is_currency
from pydantic import BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

_TIME = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d\d)"
    r"(?:-(?P<day>\d\d)"
    r"(?:[T ](?P<clock>\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?P<offset>Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.ASCII,
)
_DURATION = re.compile(
    r"(\d{1,5}(?:\.\d{1,2})?) ?(min|h|working days?|days?|weeks?|months?)", re.ASCII
)
_MONEY = re.compile(r"(\d{1,12}(?:\.\d{1,2})?) ([A-Z]{3})", re.ASCII)
_UNITS = {"day": "days", "working day": "working days", "week": "weeks", "month": "months"}
UNIT_HOURS = {"min": 1 / 60, "h": 1, "days": 24, "working days": 24, "weeks": 168, "months": 720}
_MOMENT = timedelta(seconds=1)
_DAY = timedelta(days=1)
_UTC = ZoneInfo("UTC")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}

TIME_EXPECTED = "a time that exists: 2019-06-28 21:10, 2019-06-28, 2019-07 or 2019"
DURATION_EXPECTED = "a duration of at most 20 years: 90 min, 3 h, 2 days, 5 working days or 8 weeks"
LONGEST_HOURS = 20 * 366 * 24
MONEY_EXPECTED = "an amount with its currency, like 180.00 EUR"


def wrong(expected: str, hint: str = "") -> PydanticCustomError:
    """The error of a value that is not what it should be; `expected` reads as a noun phrase."""
    return PydanticCustomError("wrong", "{expected}", {"expected": expected, "hint": hint})


@dataclass(frozen=True, slots=True)
class Time:
    """A time as exact as its source: the earliest and the last moment that it can mean.

    `first` == `last` for a time with hours and minutes; a day, month or year spans its length.
    """

    first: datetime
    last: datetime
    text: str

    def __reduce__(self) -> tuple[type[Time], tuple[datetime, datetime, str]]:
        """How it is sent to another process: many times as fast as field by field."""
        return Time, (self.first, self.last, self.text)

    @property
    def exact(self) -> bool:
        """Is the hour known?"""
        return self.first == self.last

    @property
    def coarse(self) -> bool:
        """Is not even the day known?"""
        return self.last - self.first > timedelta(days=1)


@lru_cache(maxsize=1 << 15)
def parse_time(text: str, zone: ZoneInfo) -> Time:
    """The time that `text` means. Raises ValueError where it means none.

    With an offset the offset wins and the time is moved to `zone`; without, it is local there.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    given, given_month, given_day, clock, offset = match.groups()
    year, month, day = int(given), int(given_month or 1), int(given_day or 1)
    if not 1900 <= year <= 2199:
        raise ValueError(text)
    if clock:
        moment = datetime.fromisoformat(f"{given}-{given_month}-{given_day}T{clock}")
        if offset:
            aware = datetime.fromisoformat(moment.isoformat() + offset.replace("Z", "+00:00"))
            moment = aware.astimezone(zone).replace(tzinfo=None)
        elif _skipped(moment, zone):
            raise ValueError(text)
        return Time(moment, moment, text)
    first = datetime(year, month, day)
    if given_day:
        after = first + _DAY
    elif given_month:
        after = datetime(year + month // 12, month % 12 + 1, 1)
    else:
        after = datetime(year + 1, 1, 1)
    return Time(first, after - _MOMENT, text)


def _skipped(moment: datetime, zone: ZoneInfo) -> bool:
    """Does no clock show this, because clocks went forward over it? Then the zone is further from UTC
    behind the gap than before it; where clocks went back, nearer."""
    before, behind = zone.utcoffset(moment), zone.utcoffset(moment.replace(fold=1))
    return before is not None and behind is not None and before < behind


def whole_day(day: date) -> Time:
    """The day as a time."""
    first = datetime(day.year, day.month, day.day)
    return Time(first, first + timedelta(days=1) - _MOMENT, day.isoformat())


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the unit it was given in: min, h, days, working days, weeks, months."""

    count: Decimal
    unit: str
    text: str

    @property
    def hours(self) -> float:
        """Its length in plain hours; a working day counts as a day, a month as 30 days."""
        return float(self.count) * UNIT_HOURS[self.unit]

    def after(self, start: Time) -> Time:
        """The time that lies this long after `start`: exact for hours, else a whole day.

        Of a start that spans days the last one counts, and working days pass over weekends.
        """
        if self.unit in ("min", "h"):
            by = timedelta(hours=self.hours)
            return Time(start.first + by, start.last + by, f"{start.text} + {by}")
        day = start.last.date()
        if self.unit == "working days":
            left = int(self.count)
            while left > 0:
                day += timedelta(days=1)
                left -= day.weekday() < 5
            return whole_day(day)
        return whole_day(day + timedelta(days=round(self.hours / 24)))


def parse_duration(text: str) -> Duration:
    """The duration that `text` means. Raises ValueError where it means none."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    count, unit = match.groups()
    duration = Duration(Decimal(count), _UNITS.get(unit, unit), text)
    if duration.hours > LONGEST_HOURS:
        raise ValueError(text)
    return duration


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, never negative, in its ISO 4217 currency."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:.2f} {self.currency}"


def parse_money(text: str) -> Money:
    """The money that `text` means. Raises ValueError where it means none."""
    match = _MONEY.fullmatch(text)
    if match is None or not _is_currency(match[2]):
        raise ValueError(text)
    return Money(Decimal(match[1]), match[2])


_is_currency = cache(is_currency)


def _time(value: Any, info: ValidationInfo) -> Any:
    if not isinstance(value, str):
        return _same(value, Time, TIME_EXPECTED)
    try:
        return parse_time(value, (info.context or {}).get("zone", _UTC))
    except (ValueError, OverflowError):
        raise wrong(TIME_EXPECTED) from None


def _parsed(kind: type, parse: Callable[[str], Any], expected: str) -> BeforeValidator:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return _same(value, kind, expected)
        try:
            return parse(value)
        except ValueError:
            raise wrong(expected) from None

    return BeforeValidator(read)


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        value = _FLAGS.get(value, value)
    return _same(value, bool, "yes or no (true or false)")


def _same(value: Any, kind: type, expected: str) -> Any:
    if isinstance(value, kind):
        return value
    raise wrong(expected)


def _schema(pattern: str, description: str, examples: list[Any], *also: dict[str, Any]) -> Any:
    text = {"type": "string", "pattern": f"^(?:{pattern})$"}
    kinds = {"anyOf": [text, *also]} if also else text
    return WithJsonSchema({**kinds, "description": description, "examples": examples})


def _plain(regex: re.Pattern[str]) -> str:
    return re.sub(r"\?P<\w+>", "?:", regex.pattern)


TimeText = Annotated[
    Time,
    BeforeValidator(_time),
    PlainSerializer(lambda time: time.text),
    _schema(
        _plain(_TIME),
        TIME_EXPECTED,
        ["2019-06-28 21:10", "2019-06-28", "2019-07"],
        {"type": "integer", "minimum": 1900, "maximum": 2199},
    ),
]
DurationText = Annotated[
    Duration,
    _parsed(Duration, parse_duration, DURATION_EXPECTED),
    PlainSerializer(lambda duration: duration.text),
    _schema(_DURATION.pattern, DURATION_EXPECTED, ["3 h", "5 working days", "8 weeks"]),
]
MoneyText = Annotated[
    Money,
    _parsed(Money, parse_money, MONEY_EXPECTED),
    PlainSerializer(str),
    _schema(_MONEY.pattern, MONEY_EXPECTED, ["180.00 EUR"]),
]
Flag = Annotated[
    bool,
    BeforeValidator(_flag),
    WithJsonSchema(
        {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}], "description": "yes or no"}
    ),
]
