"""Tables as people save them (CSV, TSV, XLSX, JSON Lines) → rows of text, or placed problems."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from scorecard.contribute.workbook import LARGEST_CELLS, column_letters, read_cells
from scorecard.errors import ContentError, Problem, UsageError
from scorecard.texts import place_of

FORMATS = ".csv, .tsv, .xlsx, .jsonl or .ndjson"
"""The kinds of table that are read, for --help."""

LARGEST_BYTES = 200_000_000
"""Of a table, as it lies on the disk."""
_LONGEST_CELL = 128 << 10
"""Characters of a cell: a longer one is a quote that nobody closed."""
_DELIMITERS = (",", ";", "\t")


class Row(Struct, frozen=True):
    """One row: its number as a spreadsheet shows it (headings are row 1; of JSON Lines the line),
    the line of the file it starts on, and its trimmed cells under their headings."""

    number: int
    line: int
    cells: dict[str, str]


class Table(Struct, frozen=True):
    """A table's name in messages, its headings in order, and its rows."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, sheet: str | None = None) -> Table:
    """The rows of the table in `path`, read as its suffix says; `sheet` is of a workbook.

    Raises ContentError with every place where it is no such table, UsageError where it is not
    there or of another kind.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson"):
        raise UsageError(f"{path.name} is of a kind that is not read. Save it as {FORMATS}.")
    if not path.is_file():
        raise UsageError(f"There is no table {path}.")
    name, data = path.as_posix(), _bytes(path)
    if kind == ".xlsx":
        rows = read_cells(name, data, sheet)
        return _table(name, ((number, number, cells) for number, cells in rows))
    text = _text(name, data)
    if kind in (".csv", ".tsv"):
        return _delimited(name, text, "\t" if kind == ".tsv" else _delimiter(text))
    return _json_lines(name, text)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        most = f"{LARGEST_BYTES // 1_000_000} MB"
        raise UsageError(f"{path.name} has more than {most}. Import it in parts.")
    return data


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"the byte 0x{data[error.start]:02x}, which is not UTF-8"
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        encoding = "UTF-16" if wide else "Windows-1252"
        hint = f"The table looks like {encoding}. In Excel, save it as 'CSV UTF-8'."
        place = place_of(data, error.start)
        raise ContentError([Problem(name, *place, "", found, "text in UTF-8", hint)]) from None


def _delimiter(text: str) -> str:
    """What parts the cells of a CSV: of the usual marks the one that makes most of the first line."""
    first = next(io.StringIO(text, newline=""), "")[:_LONGEST_CELL]
    return max(_DELIMITERS, key=lambda mark: _cells(first, mark))


def _cells(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line], delimiter=delimiter), []))


def _delimited(name: str, text: str, delimiter: str) -> Table:
    records = enumerate(_records(name, text, delimiter), start=1)
    return _table(name, ((number, line, cells) for number, (line, cells) in records))


def _table(name: str, records: Iterable[tuple[int, int, list[str]]]) -> Table:
    """The table of records with their row's number and line; the first holds the headings.

    Blank rows, as spreadsheets leave behind, are no rows.
    """
    problems: list[Problem] = []
    rows: list[Row] = []
    headings: tuple[str, ...] = ()
    unnamed: set[int] = set()
    for number, line, cells in records:
        if number == 1:
            headings = _headings(name, cells)
        elif not any(cells):
            continue
        elif len(cells) == len(headings):
            rows.append(Row(number, line, dict(zip(headings, cells, strict=True))))
            unnamed |= {at for at, cell in enumerate(cells) if at and cell and not headings[at]}
        else:
            expected = f"{len(headings)}, as many as there are headings"
            problems.append(Problem(name, line, 1, "", f"{len(cells)} cells", expected))
    if not any(headings):
        problems.append(Problem(name, 1, 1, "", "no headings", "a table with headings in row 1"))
    elif unnamed:
        problems.append(_without_heading(name, sorted(unnamed)))
    if problems:
        raise ContentError(problems)
    return Table(name, headings, tuple(rows))


def _without_heading(name: str, columns: list[int]) -> Problem:
    """The problem of a table saved with merged headings: only the first of each has its text."""
    letters = ", ".join(column_letters(column) for column in columns)
    found = f"no heading above the values of column {letters}"
    hint = "Are headings merged, or in two rows? Write one row, with a heading above each column."
    return Problem(name, 1, 1, "", found, "a heading for each column", hint)


def _records(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record's first line and trimmed cells."""
    csv.field_size_limit(_LONGEST_CELL)  # of the whole process: a package may have set another
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        found, expected = f"cells that cannot be read ({error})", "cells, each quote closed"
        raise ContentError([Problem(name, line, 1, "", found, expected)]) from None


def _headings(name: str, cells: list[str]) -> tuple[str, ...]:
    twice = [cell for cell, count in Counter(cells).items() if cell and count > 1]
    if twice:
        found = f"the heading '{twice[0]}' more than once"
        raise ContentError([Problem(name, 1, 1, "", found, "a heading of its own for each column")])
    return tuple(cells)


def _json_lines(name: str, text: str) -> Table:
    problems: list[Problem] = []
    objects: list[tuple[int, dict[str, str]]] = []
    for line, part in enumerate(text.split("\n"), start=1):
        try:
            if part.strip():
                objects.append((line, _flat(part)))
        except (ValueError, RecursionError) as error:
            found, expected = f"a line that is no row ({error})", "a JSON object of plain values"
            problems.append(Problem(name, line, 1, "", found, expected))
    if not objects and not problems:
        problems.append(Problem(name, 1, 1, "", "an empty table", "a JSON object a line"))
    if problems:
        raise ContentError(problems)
    headings = tuple(dict.fromkeys(key for _, cells in objects for key in cells))
    if len(headings) * len(objects) > LARGEST_CELLS:
        found = f"{len(objects):,} rows of {len(headings):,} different keys"
        expected = f"at most {LARGEST_CELLS:,} cells, empty ones among them"
        raise ContentError([Problem(name, 1, 1, "", found, expected)])
    rows = (
        Row(line, line, {key: cells.get(key, "") for key in headings}) for line, cells in objects
    )
    return Table(name, headings, tuple(rows))


def _flat(part: str) -> dict[str, str]:
    """One line's keys and values as text. Raises ValueError where they are not plain."""
    value: Any = json.loads(part, parse_int=str, parse_float=str, parse_constant=str)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    words: dict[Any, str] = {None: "", True: "true", False: "false"}
    for key, cell in value.items():
        if isinstance(cell, (dict, list)):
            raise ValueError(f"'{key}' holds more than one value")
    return {
        key: cell.strip() if isinstance(cell, str) else words[cell] for key, cell in value.items()
    }
