"""Tables, mails and links that are meant to break an import are refused in one line, and soon."""

from __future__ import annotations

import csv
import json
import os
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from scorecard.cli import main
from scorecard.contribute import tables
from scorecard.contribute.mail_file import MOST_MESSAGES, read_mails
from scorecard.contribute.mail_text import body_text
from scorecard.contribute.tables import read_table
from scorecard.errors import ContentError, Problem, UsageError
from tests.conftest import ROOT
from tests.support.build import content_folder
from tests.support.mails import eml, mail

FIRST = "Mon, 3 Feb 2025 09:12:00 +0000"
EXAMPLE = ROOT / "docs/newsroom-example.csv"
MAPPING = ROOT / "docs/newsroom-example.yaml"


def problem(where: Path, name: str, data: str | bytes) -> Problem:
    """The one problem of a table with these bytes."""
    path = where / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(ContentError) as refused:
        read_table(path)
    (found,) = refused.value.problems
    assert str(found).isprintable()
    return found


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("long.csv", "a" * 200_000 + "\na\n", "field larger than field limit"),
        ("open.csv", "a,b\n" + '"' * 1001, "unexpected end of data"),
        ("deep.jsonl", "[" * 100_000, "recursion"),
        ("deep.jsonl", '{"a":' * 100_000, "recursion"),
        ("keys.jsonl", "\n".join(f'{{"k{n}": 1}}' for n in range(3000)), "3,000 different keys"),
        ("list.jsonl", '{"a": [1]}', "more than one value"),
        ("none.xlsx", b"", "no workbook"),
    ],
)
def test_a_table_that_bites_is_one_problem(
    name: str, data: str | bytes, found: str, tmp_path: Path
) -> None:
    assert found in problem(tmp_path, name, data).found


def test_how_long_a_cell_may_be_is_not_left_to_other_packages(tmp_path: Path) -> None:
    before = csv.field_size_limit(10_000_000)  # of the whole process, as some packages set it
    try:
        assert "field limit" in problem(tmp_path, "long.csv", "a" * 200_000 + "\na\n").found
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_workbook_that_unpacks_without_a_limit_is_not_read(kind: int, tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", kind) as archive:
        archive.writestr("xl/workbook.xml", bytes(50_000_000))
    assert (
        "packed in a way that is not read" in problem(tmp_path, path.name, path.read_bytes()).found
    )


def test_a_table_has_a_limit_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST_BYTES", 1000)
    path = tmp_path / "large.csv"
    path.write_text("a\n" * 501)
    with pytest.raises(UsageError, match="Import it in parts"):
        read_table(path)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A sound content folder."""
    return content_folder(tmp_path)


def imported(content: Path, rows: list[dict[str, str]]) -> int:
    table = content.parent / "table.jsonl"
    table.write_text("\n".join(json.dumps(row) for row in rows))
    return main(["import", str(table), "--mapping", str(MAPPING), "--content", str(content)])


def example(**cells: str) -> list[dict[str, str]]:
    """The first row of the example, with these cells."""
    headings, first, *_ = EXAMPLE.read_text("utf-8").splitlines()
    return [{**dict(zip(headings.split(";"), first.split(";"), strict=True)), **cells}]


@pytest.mark.parametrize("sign", ["\x07", "\x1b[2J", "\x85", "\ud800", "\uffff"])
def test_no_import_writes_what_no_file_may_hold(
    sign: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(content, example(Kop=f"Rou{sign}ter")) == 1
    assert "a control character" in capsys.readouterr().err
    assert sorted(p.name for p in (content / "cases").iterdir()) == ["acme"]


def test_a_reason_to_skip_is_a_plain_line(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(content, example(Bedrijf="\x1b[2JNobody\n::error::")) == 0
    told = capsys.readouterr().out
    assert "\\x1b[2JNobody\\n::error::" in told
    assert "\x1b" not in told


def test_no_import_writes_behind_a_link(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(content, example()) == 0
    (company,) = {p.name for p in (content / "cases").iterdir()} - {"acme"}
    shutil.rmtree(content / "cases" / company)
    outside = content.parent / "outside"
    outside.mkdir()
    (content / "cases" / company).symlink_to(outside)
    capsys.readouterr()
    assert imported(content, example()) == 2
    assert "leads out of" in capsys.readouterr().err
    assert not list(outside.iterdir())


@pytest.mark.parametrize("made", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_no_import_waits_for_what_lies_in_a_cases_place(
    made: object, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert imported(content, example()) == 0
    (case,) = (p for p in content.glob("cases/*/*.yaml") if p.parent.name != "acme")
    case.unlink()
    assert callable(made)
    made(case)
    assert imported(content, example()) == 0
    assert "edited since" in capsys.readouterr().out


def test_a_mail_in_the_letters_of_hosts_does_not_take_minutes(tmp_path: Path) -> None:
    body = "a" * 200_000 + "-" + "b9" * 200_000
    charset = "Content-Type: text/plain; charset=punycode"
    path = eml(tmp_path, mail(FIRST, body, headers=charset))
    start = time.process_time()
    (found,), _ = read_mails(path)
    assert body_text(found).startswith("aaa")
    assert time.process_time() - start < 3


def test_mails_are_counted_before_they_are_taken_down(tmp_path: Path) -> None:
    path = tmp_path / "many.mbox"
    path.write_bytes(b"From \n" * 2_000_000)
    start = time.process_time()
    with pytest.raises(UsageError, match=f"at most {MOST_MESSAGES} are read"):
        read_mails(path)
    assert time.process_time() - start < 3
