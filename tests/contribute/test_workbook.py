"""A workbook's cells are read as what they are, and what could harm or mislead is refused."""

from __future__ import annotations

import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from scorecard.contribute import workbook
from scorecard.contribute.tables import read_table
from scorecard.errors import ContentError, Problem
from tests.contribute.workbooks import Cell, write_workbook

HEADINGS: list[Cell] = ["Number", "Sum", "Paid", "Day", "Moment", "Text"]


def problem(path: Path, sheet: str | None = None) -> Problem:
    with pytest.raises(ContentError) as error:
        read_table(path, sheet)
    (found,) = error.value.problems
    return found


def test_cells_are_read_as_what_they_are(tmp_path: Path) -> None:
    moment = datetime(2024, 2, 3, 14, 30)
    rows: list[list[Cell]] = [
        [7, 12.5, True, date(2024, 2, 3), moment, " x & y\n"],
        [],
        [12345678901234, 1e20, False, date(2024, 12, 31), None, "1.0"],
    ]
    table = read_table(write_workbook(tmp_path / "a.XLSX", {"One": [HEADINGS, *rows]}))
    assert table.headings == tuple(HEADINGS)
    first, second = table.rows
    assert list(first.cells.values()) == [
        *["7", "12.5", "true", "2024-02-03", "2024-02-03 14:30:00", "x & y"]
    ]
    assert list(second.cells.values()) == [
        *["12345678901234", "100000000000000000000", "false", "2024-12-31", "", "1.0"]
    ]
    assert [(row.number, row.line) for row in table.rows] == [(2, 2), (4, 4)]


def test_the_first_sheet_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Cell]]] = {"Notes": [["A"], [1]], "Stories": [["B"], [2]]}
    path = write_workbook(tmp_path / "a.xlsx", {**sheets})
    assert read_table(path).headings == ("A",)
    assert read_table(path, "Stories").headings == ("B",)
    found = problem(path, "stories")
    assert found.found == "no sheet 'stories'"
    assert found.expected == "one of its sheets: 'Notes', 'Stories'"


def test_merged_cells_are_named(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["Contact", None, "Reply"], ["day", "hour", "day"], [1, 2, 3]]
    path = write_workbook(tmp_path / "a.xlsx", {"Stories": rows}, merged="A1:B1")
    found = problem(path)
    assert (found.file, found.line) == (path.as_posix(), 1)
    assert found.found == "merged cells in the sheet 'Stories': A1:B1"


@pytest.mark.parametrize(("inner", "refused"), [("<x:v>1</x:v>", True), ("", False)])
def test_a_cell_in_the_farthest_corner_does_not_take_all_memory(
    tmp_path: Path, inner: str, refused: bool
) -> None:
    sheet = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1" t="b"><x:v>1</x:v></x:c></x:row>'
        f'<x:row r="1048576"><x:c r="XFD1048576" t="b">{inner}</x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    part = {"xl/worksheets/sheet1.xml": sheet.encode()}
    path = write_workbook(tmp_path / "a.xlsx", {"One": []}, parts=part)
    if refused:
        assert problem(path).found == "a sheet of 1,048,576 rows and 16,384 columns"
    else:
        assert read_table(path).headings == ("true",), "an empty cell takes no room"


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_BYTES", 1_000_000)
    bomb = {"xl/media/image1.png": bytes(1_000_001)}
    path = write_workbook(tmp_path / "a.xlsx", {"One": [["A"], [1]]}, parts=bomb)
    assert path.stat().st_size < 10_000
    assert problem(path).found == "a workbook of more than 1 MB when unpacked"


def test_a_part_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"One": [["A"], [1]]}, parts={"a.bin": bytes(7777)})
    size = (7777).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (7).to_bytes(4, "little")))
    assert "no workbook" in problem(path).found


def test_entities_are_refused(tmp_path: Path) -> None:
    doctype = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    path = write_workbook(
        tmp_path / "a.xlsx", {"One": [["A"], [1]]}, parts={"xl/sharedStrings.xml": doctype}
    )
    assert "a document type" in problem(path).found


@pytest.mark.parametrize("data", [b"", b"A,B\n1,2\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"])
def test_what_is_no_workbook_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    assert problem(path).expected == "an XLSX workbook without a password"


def test_a_zip_without_a_sheet_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert problem(tmp_path / "a.xlsx").expected == "an XLSX workbook without a password"


def test_the_reader_is_loaded_only_for_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    (tmp_path / "a.csv").write_text("A\n1\n", "utf-8")
    assert read_table(tmp_path / "a.csv").headings == ("A",)
    with pytest.raises(ImportError):
        read_table(write_workbook(tmp_path / "a.xlsx", {"One": [["A"], [1]]}))
