"""The dates of mails: from headers, and from the lines above what a mail quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

EARLIEST = 1990
"""A mail that says it is older was sent by a computer without a clock."""

_LANGUAGES = ("en", "nl")
_DAY_MONTH = re.compile(r"\b(\d{1,2})\.? ([^\W\d_]{3,9})\.?,? (\d{4})\b")
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,9})\.? (\d{1,2}),? (\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_NUMBERS = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b")
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)(?::\d\d)?(?: ?([ap])\.?m\b)?", re.I)
_OFFSET = re.compile(r" ([+-])(\d\d):?(\d\d)\b")


def header_time(dates: Iterable[str], zone: ZoneInfo, today: date) -> str:
    """The first of these header dates that can be true, as local time of the site; empty without one."""
    for text in dates:
        try:
            moment = parsedate_to_datetime(text)
            local = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(zone)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if _likely(local.date(), today):
            return local.strftime("%Y-%m-%d %H:%M")
    return ""


def quoted_time(text: str, dutch: bool, zone: ZoneInfo, today: date) -> str:
    """The time in the line above a quotation, where it can mean one time only; else empty.

    A time without an offset is taken as the site's local time. Numbers alone (3-2-2025) are a day
    and a month in Dutch; in English they are read only where no other order is possible.
    """
    found = [day for day in _days(text, dutch) if day is not None and _likely(day[0], today)]
    if len({day for day, _ in found}) != 1:
        return ""
    day, end = found[0]
    match = _CLOCK.search(text, end)
    if match is None:
        return day.isoformat()
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return ""
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    if offset := _OFFSET.match(text, match.end()):
        ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        naive = moment.replace(tzinfo=None) - (ahead if offset[1] == "+" else -ahead)
        moment = naive.replace(tzinfo=UTC).astimezone(zone)
    elif moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(
        tzinfo=None
    ):
        return day.isoformat()  # an hour that the change to summer time leaves out
    return moment.strftime("%Y-%m-%d %H:%M")


def _likely(day: date, today: date) -> bool:
    """Can a mail be of this day? One of tomorrow can: it is tomorrow elsewhere."""
    return day.year >= EARLIEST and day <= today + timedelta(days=1)


def _days(text: str, dutch: bool) -> Iterable[tuple[date, int] | None]:
    """Each day that the text names, with where it ends."""
    for match in _DAY_MONTH.finditer(text):
        yield _day(match[3], _months().get(match[2][:3].casefold()), match[1], match.end())
    for match in _MONTH_DAY.finditer(text):
        yield _day(match[3], _months().get(match[1][:3].casefold()), match[2], match.end())
    for match in _ISO.finditer(text):
        yield _day(match[1], int(match[2]), match[3], match.end())
    for match in _NUMBERS.finditer(text):
        first, second = int(match[1]), int(match[3])
        yield _day(match[4], second, match[1], match.end())
        if not dutch:
            yield _day(match[4], first, match[3], match.end())


def _day(year: str, month: int | None, day: str, end: int) -> tuple[date, int] | None:
    try:
        return (date(int(year), month, int(day)), end) if month else None
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """The first three letters of every month, in each language that is read."""
    return {
        name[:3].casefold(): number
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
