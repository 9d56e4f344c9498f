"""Rows → CSV that no spreadsheet runs as formulas, and from which every text can be had back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from scorecard.compose.tables.table import Cell, Column

_BEGINS = r"""(?=[\s'"]*[=+\-@＝＋－＠])"""
"""Where a spreadsheet may see the beginning of a formula, whatever it skips on the way there."""
_RISKY = re.compile(rf"(^|[;\t\r\n]){_BEGINS}")
_BEFORE = frozenset("=+-@＝＋－＠'\" ")
LINE_END = "\n"


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table with its headings; every text in it is defused."""
    defused = ([defuse(c) if isinstance(c, str) else c for c in row] for row in rows)
    return _written([headings]) + _written(defused)


def csv_rows(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows of a table without headings; only what people wrote is looked at."""
    free = [place for place, column in enumerate(columns) if column.free]
    flags = [place for place, column in enumerate(columns) if column.type == "boolean"]
    return _written(_cells(row, free, flags) for row in rows)


def csv_headings(columns: Sequence[Column]) -> str:
    """The first line of a table."""
    return _written([[column.name for column in columns]])


def defuse(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet might begin a formula.

    That is at its beginning, and after each semicolon, tab and line break: where commas are no separators,
    a spreadsheet begins a new cell there.
    """
    if text[:1] not in _BEFORE and ";" not in text and text.isprintable():
        return text  # nearly every one; the pattern takes ten times as long
    return _RISKY.sub(r"\1'", text)


def _cells(row: Sequence[Cell], free: Sequence[int], flags: Sequence[int]) -> Sequence[Cell]:
    cells = list(row)
    for place in free:
        cell = cells[place]
        if isinstance(cell, str):
            cells[place] = defuse(cell)
    for place in flags:
        if cells[place] is not None:
            cells[place] = "true" if cells[place] else "false"
    return cells


def _written(rows: Iterable[Sequence[Cell]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=LINE_END).writerows(rows)
    return out.getvalue()
