"""One cell's text → the text that a case writes: dates, money, yes and no, each by its mapping."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import get_args
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_symbol

from scorecard.contribute.mapping import Columns, DateOrder, TableMapping, Words, listed
from scorecard.contribute.tables import Row, Table
from scorecard.errors import Problem
from scorecard.values import parse_time

_PARTS = {"Y": r"(?P<Y>\d{4})", "M": r"(?P<M>\d{1,2})", "D": r"(?P<D>\d{1,2})"}
_CLOCK = r"(?:[ T](?P<h>\d{1,2}):(?P<m>\d\d)(?::\d\d)?)?"
_NUMBER = re.compile(
    r"(?P<whole>\d+|[1-9]\d{0,2}(?P<mark>[.,' \u00a0\u202f])\d{3}(?:(?P=mark)\d{3})*)"
    r"(?:(?P<point>[.,])(?P<cents>\d{1,2}))?",
    re.ASCII,
)
_UTC = ZoneInfo("UTC")
_SHOWN = 10


def read_cell(
    name: str, text: str, columns: Columns, cells: Mapping[str, str]
) -> tuple[str, str | None]:
    """The text of the field `name` as a case writes it; and what it should have been, if it is not.

    An empty cell stays empty, unless the mapping counts it as a word for yes or no.
    """
    if name in columns.lower:
        text = text.lower()
    if words := columns.yes_no.get(name):
        return _truth(text, words)
    if not text:
        return "", None
    if order := columns.dates.get(name):
        day = read_date(text, order)
        return day or text, None if day else f"a date written {order}"
    if currency := columns.money.get(name):
        code = cells[columns.columns[currency[1:]]] if currency.startswith("$") else currency
        amount = _money(text, code)
        return amount or text, None if amount else f"an amount of {code}, like 180 or 1,250.50"
    return text, None


def read_date(text: str, order: str) -> str | None:
    """The date, with its hour and minute if it has them, as a case writes it; None if it is none.

    A date that is written as in a case already is one in any order, also a month or a year.
    """
    try:
        return parse_time(text, _UTC).text
    except (ValueError, OverflowError):
        pass
    pattern = re.sub("Y+|M+|D+", lambda part: _PARTS[part[0][0]], re.escape(order)) + _CLOCK
    match = re.fullmatch(pattern, text, re.ASCII)
    if match is None:
        return None
    try:
        day = date(int(match["Y"]), int(match["M"]), int(match["D"])).isoformat()
        clock = time(int(match["h"]), int(match["m"])) if match["h"] else None
    except ValueError:
        return None
    return f"{day} {clock.isoformat('minutes')}" if clock else day


def _truth(text: str, words: Words) -> tuple[str, str | None]:
    folded = text.casefold()
    for truth, known in (("true", words.yes), ("false", words.no)):
        if folded in (word.casefold() for word in known):
            return truth, None
    return text, f"one of {listed([*words.yes, *words.no])}" if text else None


def _money(text: str, code: str) -> str | None:
    """The amount with its currency. Money has at most two decimals, so that three digits after a
    mark are thousands, and one or two are cents, whichever mark a country uses for which."""
    if not re.fullmatch("[A-Z]{3}", code):
        return None
    for sign in (code, get_currency_symbol(code, "en")):
        text = text.removeprefix(sign).removesuffix(sign).strip()
    match = _NUMBER.fullmatch(text)
    if match is None or (match["mark"] and match["mark"] == match["point"]):
        return None
    whole = re.sub(r"\D", "", match["whole"])
    return f"{whole}.{match['cents']:0<2} {code}" if match["cents"] else f"{whole} {code}"


def mixed_dates(mapping: TableMapping, table: Table) -> Iterator[Problem]:
    """Each column of dates in which some can only be of another order than the mapping says.

    All rows are told, also those that would be skipped: where orders are mixed, 3/2/2024 in any
    row may be either.
    """
    for name, order in mapping.columns.dates.items():
        heading = mapping.columns.columns[name]
        filled = [row for row in table.rows if row.cells[heading]]
        wrong = [row for row in filled if not read_date(row.cells[heading], order)]
        others: dict[str, list[Row]] = {
            other: [row for row in wrong if read_date(row.cells[heading], other)]
            for other in get_args(DateOrder)
        }
        other = max(others, key=lambda order: len(others[order]))
        if rows := others[other]:
            numbers = ", ".join(str(row.number) for row in rows[:_SHOWN])
            more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
            found = (
                f"'{rows[0].cells[heading]}', which can only be {other}; so can {len(rows):,} of "
                f"{len(filled):,} dates in this column, in row {numbers}{more}"
            )
            whole = all(read_date(row.cells[heading], other) for row in filled)
            hint = (
                f"All of them can be {other}: is that what 'dates' in the mapping should say?"
                if whole
                else "Where both are mixed, 3/2/2024 can be either: write all in one order."
            )
            expected = f"dates written {order}"
            yield Problem(table.name, rows[0].line, 1, heading, found, expected, hint)
