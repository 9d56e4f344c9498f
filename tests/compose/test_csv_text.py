"""Tables that no spreadsheet runs, cell by cell."""

from __future__ import annotations

import pytest

from scorecard.compose.tables.csv_text import csv_headings, csv_rows, csv_text, defuse
from scorecard.compose.tables.table import Cell, Column
from tests.support.cells import as_written

COLUMNS = [
    Column("words", "string", ()),
    Column("id", "string", (), pattern="[a-z=1]+"),
    Column("settled", "boolean", ()),
    Column("days", "number", ()),
]


def test_a_table_is_its_headings_and_then_its_rows() -> None:
    assert csv_headings(COLUMNS) == "words,id,settled,days\n"
    assert csv_text(["a", "b"], [["x", 1], ["y, z", None]]) == 'a,b\nx,1\n"y, z",\n'


def test_flags_are_words_and_what_is_unknown_is_empty() -> None:
    rows: list[list[Cell]] = [["a", "b", True, -1.5], ["a", "b", False, 0], ["a", "b", None, None]]
    assert csv_rows(COLUMNS, rows) == "a,b,true,-1.5\na,b,false,0\na,b,,\n"


def test_only_what_people_wrote_is_looked_at() -> None:
    assert (
        csv_rows(COLUMNS, [["=1", "=1", None, None], [None, "x", True, 1]])
        == "'=1,=1,,\n,x,true,1\n"
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1", "''=1"),
        (' "@a', "' \"@a"),
        ("a;=1", "a;'=1"),
        ("a;-b;c;+d", "a;'-b;c;'+d"),
        ("a\n-b", "a\n'-b"),
        ("a\t=b", "a\t'=b"),
        ("＝1", "'＝1"),
    ],
)
def test_a_formula_gets_an_apostrophe_wherever_a_cell_may_begin(text: str, cell: str) -> None:
    assert defuse(text) == cell
    assert as_written(cell) == text


@pytest.mark.parametrize(
    "text", ["", "a=b", "a - b", "x;y", "it's", "'tis", " a", "a\nb", "1,5", "2-3", "€ -5"]
)
def test_all_other_texts_stay_as_they_are(text: str) -> None:
    assert defuse(text) == text
    assert as_written(text) == text
