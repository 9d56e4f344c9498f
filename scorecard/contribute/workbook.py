"""The first or named sheet of an XLSX workbook → rows of text. No macro is run, no link followed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.parsers import expat

from scorecard.errors import ContentError, Problem
from scorecard.load.zipped import UNREADABLE, chunks

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

LARGEST_BYTES = 200_000_000
"""What a workbook may unpack to: a hundred times what a newsroom's 6,000 rows need."""
LARGEST_CELLS = 2_000_000
"""Rows × columns up to the last filled cell. The reader keeps room for each of them, filled or not,
so that one cell in the farthest corner would take more memory than there is."""

_EXPECTED = "an XLSX workbook without a password"
_HINT = "Open it in a spreadsheet, and save it as Excel Workbook (.xlsx) or as CSV UTF-8."
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_SHOWN = 10


def read_cells(name: str, data: bytes, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    """Each row's number and trimmed cells as text, of `sheet` or else of the first sheet.

    Dates are YYYY-MM-DD, with HH:MM:SS where it is not midnight, whole numbers have no decimals,
    truths are true or false; formulas count as what they came to when the workbook was saved, and
    of an error like #N/A nothing is known. Raises ContentError.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # only when there is a workbook

    _refuse_bombs(name, data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            found = _sheet(name, workbook, sheet)
            _refuse_merged(name, found)
            rows = found.to_python(skip_empty_area=False)
    except CalamineError as error:
        raise _refused(name, f"a workbook that cannot be read ({error})", _EXPECTED) from None
    for number, row in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in row]


def _refused(name: str, found: str, expected: str, hint: str = _HINT) -> ContentError:
    return ContentError([Problem(name, 1, 1, "", found, expected, hint)])


def _refuse_bombs(name: str, data: bytes) -> None:
    """Reads every part once, so that none can hold more than it says, and measures the sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_BYTES:
                found = f"a workbook of more than {LARGEST_BYTES // 1_000_000} MB when unpacked"
                raise _refused(name, found, "a table of text")
            for part in archive.infolist():
                extent = _Extent()
                for chunk in chunks(archive, part):
                    if part.filename.lower().endswith(".xml"):
                        extent.read(chunk)
                if extent.rows * extent.columns > LARGEST_CELLS:
                    found = f"a sheet of {extent.rows:,} rows and {extent.columns:,} columns"
                    expected = f"at most {LARGEST_CELLS:,} cells, empty ones among them"
                    raise _refused(name, found, expected, "Is a cell filled far from the others?")
    except UNREADABLE as error:
        raise _refused(name, f"what is no workbook ({error})", _EXPECTED) from None


class _Extent:
    """How many rows and columns one part of a workbook has, up to its last filled cell."""

    def __init__(self) -> None:
        self.rows = self.columns = self._row = self._column = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, chunk: bytes) -> None:
        """Raises ValueError where the part is no XML or has a DTD, which workbooks never have."""
        try:
            self._parser.Parse(chunk)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "row":
            number = attributes.get("r", "")
            self._row, self._column = int(number) if number.isdigit() else self._row + 1, 0
        elif kind == "c":
            self._column += 1
            if match := _REFERENCE.fullmatch(attributes.get("r", "")):
                self._row, self._column = int(match[2]), _column_number(match[1])
        elif kind in ("v", "is", "f"):
            self.rows = max(self.rows, self._row)
            self.columns = max(self.columns, self._column)

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type, which no workbook has")


def _sheet(name: str, workbook: CalamineWorkbook, sheet: str | None) -> CalamineSheet:
    if sheet is None:
        return workbook.get_sheet_by_index(0)
    if sheet not in workbook.sheet_names:
        names = ", ".join(f"'{known}'" for known in workbook.sheet_names[:_SHOWN])
        raise _refused(name, f"no sheet '{sheet}'", f"one of its sheets: {names}", "")
    return workbook.get_sheet_by_name(sheet)


def _refuse_merged(name: str, sheet: CalamineSheet) -> None:
    """A merged cell says nothing of the columns and rows that it hides: guessing is refused."""
    merged = sorted(sheet.merged_cell_ranges or [])
    if merged:
        cells = [
            f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
            for (top, left), (bottom, right) in merged
        ]
        more = f" and {len(cells) - _SHOWN:,} more" if len(cells) > _SHOWN else ""
        found = f"merged cells in the sheet '{sheet.name}': {', '.join(cells[:_SHOWN])}{more}"
        line = merged[0][0][0] + 1
        expected = "one row of headings, a cell for each column, and no merged cells below it"
        hint = "Unmerge them, and fill in every cell."
        raise ContentError([Problem(name, line, 1, "", found, expected, hint)])


def _text(cell: object) -> str:
    match cell:
        case bool():
            return "true" if cell else "false"
        case int() | float():
            number = Decimal(f"{cell:.15g}")  # as exact as spreadsheets are
            return format(number.to_integral_value() if number % 1 == 0 else number, "f")
        case datetime():
            midnight = cell.time() == time()  # how many programs write a day without its hour
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("seconds")
        case timedelta():
            return str(cell)
        case _:
            return str(cell).strip()


def column_letters(index: int) -> str:
    """A column's name in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
