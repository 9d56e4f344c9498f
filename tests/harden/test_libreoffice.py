"""Five hundred hostile cells, opened by LibreOffice as by a double click on a CSV: no formula, no loss.

What a CSV may not do by its own text (`compose/tables/csv_text.py`) is held against a spreadsheet not ours.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest
from lxml import etree

from scorecard.compose.tables.csv_text import csv_text, defuse
from tests.support.cells import as_written
from tests.support.rounds import full_only

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    full_only,
    pytest.mark.skipif(
        not OFFICE, reason="LibreOffice is not installed (Debian: libreoffice-calc)"
    ),
]
CELLS = 500
_FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "=HYPERLINK(\"https://evil.example/\";\"x\")",
    "=WEBSERVICE(\"https://evil.example/\")",
    "=cmd|' /C calc'!A0",
    "=DDE(\"cmd\";\"/C calc\";\"x\")",
    "=IMPORTXML(\"https://evil.example/\",\"//a\")",
    "=IF(1,2,3)",
    "=A1&B1",
    "+31 20 1234567",
    "--1",
    "＝1+1",
)  # fmt: skip
_LEADS = (
    "",
    " ",
    "  ",
    "\t",
    "'",
    '"',
    "''",
    "\u00a0",
    "\u2003",
    "x;",
    "x;\t",
    "x\n",
    "x\n ",
    "x,",
    '","',
    "\n",
    "1;",
)
_TAILS = ("", " ", "\n=2+2", ";=2+2", '"', "'", "\t=2+2", ",=2+2")
_OFFICE = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
COMMA, SEMICOLON = "44", "59"


def hostile() -> list[str]:
    """The cells, the same in every run."""
    every = ["".join(parts) for parts in product(_LEADS, _FORMULAS, _TAILS)]
    return every[:: len(every) // CELLS][:CELLS]


def opened(folder: Path, csv: str, separator: str) -> etree._Element:
    """The sheet that LibreOffice makes of a CSV in UTF-8 with this separator, all else as it is by itself."""
    path = folder / "cells.csv"
    path.write_text(csv, "utf-8", newline="")
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            f"--infilter=CSV:{separator},34,76,1",
            "--convert-to",
            "fods",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=200,
    )
    return etree.parse(folder / "cells.fods").getroot()


def values(sheet: etree._Element) -> list[str]:
    """The text of the first cell of each row; lines of a cell are paragraphs."""
    found = []
    for row in sheet.iterfind(".//table:table-row", _OFFICE):
        cell = row.find("table:table-cell", _OFFICE)
        if cell is not None and cell.find("text:p", _OFFICE) is not None:
            found.append("\n".join(_text(line) for line in cell.iterfind("text:p", _OFFICE)))
    return found


def _text(line: etree._Element) -> str:
    """A paragraph's text; OpenDocument writes tabs and runs of spaces as elements."""
    text = line.text or ""
    for part in line:
        name = etree.QName(part).localname
        if name == "s":
            text += " " * int(part.get(f"{{{_OFFICE['text']}}}c", "1"))
        elif name == "tab":
            text += "\t"
        else:
            text += _text(part)
        text += part.tail or ""
    return text


def formulas(sheet: etree._Element) -> Sequence[object]:
    """Every formula of the sheet, and every link."""
    found = sheet.xpath("//@table:formula | //text:a", namespaces=_OFFICE)
    assert isinstance(found, list)
    return found


def test_no_cell_becomes_a_formula_and_every_text_comes_back(tmp_path: Path) -> None:
    cells = hostile()
    assert len(set(cells)) == CELLS
    sheet = opened(tmp_path, csv_text(["text"], [[cell] for cell in cells]), COMMA)
    assert formulas(sheet) == []
    heading, *read = values(sheet)
    assert heading == "text"
    assert len(read) == CELLS
    for cell, shown in zip(cells, read, strict=True):
        if "\n" in cell and "\t" in cell:  # LibreOffice keeps no tab in a cell of several lines
            assert shown == defuse(cell).replace("\t", "")
        else:
            assert as_written(shown) == cell
    print(f"{CELLS} cells: 0 formulas, all texts the same")


def test_no_cell_becomes_a_formula_where_semicolons_or_tabs_part_cells(tmp_path: Path) -> None:
    """As in countries that write 1,5: the texts are torn apart there, yet none of the pieces is a formula."""
    table = csv_text(["text"], [[cell] for cell in hostile()])
    for separator in (SEMICOLON, "9", "59/9/44"):
        folder = tmp_path / separator.replace("/", "-")
        folder.mkdir()
        assert formulas(opened(folder, table, separator)) == []


def test_the_same_cells_as_they_were_written_become_formulas(tmp_path: Path) -> None:
    """What is seen above is seen: without the guard LibreOffice makes formulas of them."""
    rows = "".join('"' + cell.replace('"', '""') + '"\n' for cell in hostile())
    assert len(formulas(opened(tmp_path, f"text\n{rows}", COMMA))) >= 15
    assert all(defuse(cell) != cell for cell in hostile() if cell.startswith(("=", "+", "-", "@")))
