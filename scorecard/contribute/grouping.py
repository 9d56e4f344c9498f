"""A table's rows → what each case is made of: one row, or the turns of one conversation."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from scorecard.contribute.mapping import TableMapping
from scorecard.contribute.tables import Row, Table
from scorecard.errors import ContentError, Problem
from scorecard.fields import LONGEST_SLUG, SLUG

HASH_LENGTH = 10
"""Hexadecimal digits of the SHA-256 that names a row without a number of its own."""

_LONGEST = 30
"""Digits of the number of a turn: Python reads no number of thousands."""

Skipped = tuple[int, str]
"""The number of a row, and why nothing is made of it."""


class Entry(Struct, frozen=True):
    """What one case is made of: its name in the register, and its rows in order (one or more)."""

    record: str
    rows: tuple[Row, ...]


def entries(mapping: TableMapping, table: Table) -> tuple[list[Entry], list[Skipped]]:
    """The table's cases-to-be in the order of their first rows, and what is skipped.

    Raises ContentError where the turns of a conversation cannot be put in order.
    """
    columns = mapping.columns
    if columns.group is None:
        return [Entry(_record(row, columns.id), (row,)) for row in table.rows], []
    heading, order = columns.columns[columns.group.by], columns.columns[columns.group.order]
    conversations: dict[str, list[Row]] = {}
    skipped: list[Skipped] = []
    for row in table.rows:
        if name := row.cells[heading]:
            conversations.setdefault(name, []).append(row)
        else:
            skipped.append((row.number, f"no {heading}"))
    found: list[Entry] = []
    problems: list[Problem] = []
    for name, rows in conversations.items():
        different = list(_each_once(rows, skipped))
        try:
            turns = _in_order(order, table.name, different)
        except ContentError as error:
            problems += error.problems
            continue
        if reason := _unfit(mapping, order, turns):
            skipped.append((rows[0].number, reason))
        else:
            found.append(Entry(name, tuple(turns)))
    if problems:
        raise ContentError(problems)
    return found, skipped


def count_entries(mapping: TableMapping, table: Table) -> int:
    """How many cases could be made of the table: one of each row, or of each conversation."""
    columns = mapping.columns
    if columns.group is None:
        return len(table.rows)
    return len({row.cells[columns.columns[columns.group.by]] for row in table.rows} - {""})


def slug_of(mapping: TableMapping, table: str, entry: Entry) -> str:
    """The case's slug: from the register's own number, which is for good, or from the row's hash.

    Raises ContentError where the number makes none.
    """
    columns, row = mapping.columns, entry.rows[0]
    if columns.group is None and columns.id is None:
        return f"{columns.prefix}-{entry.record.removeprefix('row ')}"
    slug = f"{columns.prefix}-{entry.record.lower()}"
    if len(slug) > LONGEST_SLUG or not re.fullmatch(SLUG, slug):
        heading = columns.columns[columns.group.by] if columns.group else columns.id or ""
        longest = LONGEST_SLUG - len(f"{columns.prefix}-")
        expected = f"a number of letters, digits and single hyphens, at most {longest} long"
        raise ContentError([Problem(table, row.line, 1, heading, f"'{entry.record}'", expected)])
    return slug


def _record(row: Row, heading: str | None) -> str:
    """The register's name of the row; without one, a hash of its cells in whatever order."""
    if heading is not None:
        return row.cells[heading]
    cells = json.dumps(row.cells, ensure_ascii=False, sort_keys=True)
    return f"row {hashlib.sha256(cells.encode()).hexdigest()[:HASH_LENGTH]}"


def _each_once(rows: list[Row], skipped: list[Skipped]) -> Iterator[Row]:
    """The rows without those that stand there twice, which go to `skipped`."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        other = first.setdefault(tuple(row.cells.values()), row)
        if other is row:
            yield row
        else:
            skipped.append((row.number, f"duplicate of row {other.number}"))


def _in_order(heading: str, table: str, rows: list[Row]) -> list[Row]:
    """The turns in their order: of numbers by size, of times as a case writes them by time."""
    places = [row.cells[heading] for row in rows]
    if all(place.isdecimal() and len(place) <= _LONGEST for place in places):
        return sorted(rows, key=lambda row: int(row.cells[heading]))
    for row, place in zip(rows, places, strict=True):
        if not re.match(r"\d{4}-\d\d-\d\d", place):
            expected = "a number in every turn, or a time like 2024-02-03 14:30 in every turn"
            raise ContentError([Problem(table, row.line, 1, heading, f"'{place}'", expected)])
    return sorted(rows, key=lambda row: row.cells[heading])


def _unfit(mapping: TableMapping, order: str, turns: list[Row]) -> str:
    """Why no case can be made of the turns; empty where one can."""
    heading = mapping.columns.columns["company"]
    companies = list(dict.fromkeys(row.cells[heading] for row in turns))
    if len({mapping.company(spelling) for spelling in companies}) > 1:
        return f"more than one company: {', '.join(companies)}"
    for one, other in pairwise(turns):
        if one.cells[order] == other.cells[order]:
            rows = sorted([one.number, other.number])
            return f"two turns at the same place: row {rows[0]} and row {rows[1]}"
    return ""
