"""No cell of a CSV is a formula in any spreadsheet, and every text can be had back as it was written."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies

from scorecard.compose.tables.csv_text import csv_text, defuse
from tests.site.reading import load
from tests.support.cells import as_written

TITLES = [
    "=1+1 A",
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+31 is no number here",
    "-2+3",
    "- a dash",
    "@SUM(1+1)",
    " =1+1",
    '"=1+1"',
    "'=1+1",
    "''=1+1",
    "'s Avonds belde niemand terug",
    "\u00a0=1+1",
    "＝1+1",
    "a;=1+1",
    "a; =1+1;+2",
    "a,=1+1",
    '","=1+1',
    "a = b, and 1-1",
    "=cmd|' /C calc'!A0",
]  # fmt: skip
NOTES = ["- one\n- two", "\t=1+1", "\n\n=1+1", "x\t+1", 'a\n"=1+1"', "'\n@x"]
LEADS = re.compile(r"(?:^|[;\t\r\n])([\s'\"]*[=+\-@＝＋－＠])")
"""The beginning of a formula, also for a spreadsheet that takes semicolons, tabs or lines for borders."""


@pytest.fixture
def hostile_site(small_content: Path, build: Callable[..., Path]) -> Path:
    folder = small_content / "cases" / "invented-air"
    for number, title in enumerate(TITLES):
        log = {
            "title": title,
            "wanted": "answer",
            "source": {"kind": "first-hand"},
            "timeline": [
                {"event": "promise", "at": "2026-03-01", "what": title},
                *({"event": "survey", "note": note} for note in NOTES),
            ],
        }
        (folder / f"hostile-{number}.yaml").write_text(json.dumps(log), "utf-8")
    return build(small_content)


def cells(path: Path, column: str, having: str) -> dict[str, list[str]]:
    """The cells of a column by case, of the rows in which it is not empty."""
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            if having in row["case"] and row[column]:
                found.setdefault(row["case"], []).append(row[column])
    return found


def test_no_cell_is_a_formula_and_all_come_back(hostile_site: Path) -> None:
    data = hostile_site / "data"
    with closing(sqlite3.connect(data / "scorecard.sqlite")) as base:
        for folder in (data, data / "companies/invented-air"):
            titles = cells(folder / "cases.csv", "title", "hostile-")
            what = cells(folder / "events.csv", "what", "hostile-")
            notes = cells(folder / "events.csv", "note", "hostile-")
            for number, title in enumerate(TITLES):
                case = f"invented-air/hostile-{number}"
                every = [*titles[case], *what[case], *notes[case]]
                assert [as_written(cell) for cell in every] == [title, title, *NOTES]
                for cell in every:
                    for start in LEADS.findall(cell):
                        assert start.startswith("'"), cell
                held = base.execute('SELECT title FROM cases WHERE "case" = ?', (case,)).fetchone()
                assert held == (title,)
                assert load(hostile_site / f"api/v1/cases/{case}.json")["title"] == title


def test_a_reader_without_this_project_gets_the_text_back(hostile_site: Path) -> None:
    """By the codebook's sentence alone, here as one replacement."""
    sentence = load(hostile_site / "data/datapackage.json")["description"]
    assert "an apostrophe stands before each =, +, - or @" in sentence
    found = cells(hostile_site / "data/cases.csv", "title", "hostile-")
    back = {
        re.sub(r"(^|[;\t\r\n])'(?=[\s'\"]*[=+\-@＝＋－＠])", r"\1", c) for [c] in found.values()
    }
    assert back == set(TITLES)


def test_texts_that_begin_no_formula_stay_as_they_are() -> None:
    for text in ("'s Avonds", "a = b", "1-1", "x@y", "", "“=”", "a, -b"):
        assert defuse(text) == text


def test_numbers_stay_numbers(small_site: Path) -> None:
    assert csv_text(["x"], [[-1.5], ["-1.5"]]) == "x\n-1.5\n'-1.5\n"
    whole = (small_site / "charts/invented-telecom/effort.csv").read_text("utf-8")
    assert "'-" not in whole


@hypothesis.given(strategies.text("=+-@＝ \t\r\n;'\"ab,|\u00a0\u2028", max_size=12))
def test_every_text_comes_back_and_none_leads_into_a_formula(text: str) -> None:
    cell = defuse(text)
    assert as_written(cell) == text
    assert all(start.startswith("'") for start in LEADS.findall(cell))
