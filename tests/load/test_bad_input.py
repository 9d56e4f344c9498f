"""What bad input gets: one clear line that names the place and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.errors import ContentError, Problem
from scorecard.load.content import load_content

CASE = """\
title: A cancelled flight
wanted: refund
amount: 400.00 EUR
source: {kind: first-hand}
timeline:
  - {at: 2026-03-02, event: contact, channel: form, asks: refund}
  - {at: 2026-03-04, event: promise, what: the money, within: 5 days, kept_at: 2026-03-05}
"""
PLACE = "cases/invented-air/flight.yaml"


def problems(content: Path) -> list[Problem]:
    with pytest.raises(ContentError) as error:
        load_content(content)
    return list(error.value.problems)


def only(content: Path, text: str | bytes) -> Problem:
    """The one problem of the content when this is its flight case."""
    (content / PLACE).write_bytes(text if isinstance(text, bytes) else text.encode())
    found = problems(content)
    assert len(found) == 1, found
    assert found[0].file == f"content/{PLACE}"
    assert found[0].expected
    assert "Traceback" not in str(found[0])
    return found[0]


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "key", "found", "expected", "hint"),
    [
        (
            "2026-03-02",
            "2026-02-30",
            6,
            10,
            "timeline[0].at",
            "'2026-02-30'",
            "a time that exists",
            "",
        ),
        (
            "2026-03-04",
            "2026-03-01",
            7,
            10,
            "timeline[1].at",
            "lies before '2026-03-02'",
            "order",
            "Move",
        ),
        (
            "2026-03-05",
            "2026-03-03",
            7,
            80,
            "timeline[1].kept_at",
            "kept before it was made",
            "after",
            "",
        ),
        ("400.00 EUR", "400.00", 3, 9, "amount", "'400.00'", "an amount with its currency", ""),
        ("400.00 EUR", "400 EURO", 3, 9, "amount", "'400 EURO'", "an amount with its currency", ""),
        ("wanted: refund", "wnted: refund", 2, 1, "wnted", "the unknown key", "one of", "'wanted'"),
        (
            "event: contact",
            "event: contract",
            6,
            29,
            "timeline[0].event",
            "'contract'",
            "contact",
            "'contact'",
        ),
        (
            "channel: form",
            "channel: from",
            6,
            47,
            "timeline[0].channel",
            "'from'",
            "one of phone",
            "'form'",
        ),
        (
            "within: 5 days",
            "within: 99999 months",
            7,
            63,
            "timeline[1].within",
            "'99999 months'",
            "at most",
            "",
        ),
        ("within: 5 days", "within: soon", 7, 63, "timeline[1].within", "'soon'", "a duration", ""),
        (
            "{kind: first-hand}",
            "{kind: hearsay}",
            4,
            16,
            "source.kind",
            "'hearsay'",
            "first-hand",
            "",
        ),
        (
            "kept_at: 2026-03-05",
            "kept: perhaps",
            7,
            77,
            "timeline[1].kept",
            "'perhaps'",
            "yes or no",
            "",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_to_write(
    small_content: Path, old: str, new: str, line: int, column: int, key: str,
    found: str, expected: str, hint: str,
) -> None:  # fmt: skip
    text = CASE.replace(old, new)
    assert text != CASE
    (small_content / PLACE).write_text(text)
    problem = next(p for p in problems(small_content) if p.key == key)
    assert (problem.line, problem.column) == (line, column)
    assert found in problem.found
    assert expected in problem.expected
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("text", "line", "column", "found", "expected"),
    [
        (b"", 1, 1, "an empty file", "keys and values"),
        (b"title: x\n\twanted: y\n", 2, 1, "a tab", "spaces"),
        (b"\xef\xbb\xbf" + CASE.encode(), 1, 1, "byte order mark", "UTF-8"),
        ("title: Één\n".encode("latin-1"), 1, 8, "0xc9", "UTF-8"),
        (b"x" * 10_000_000, 1, 1, "10,000,000 bytes", "at most 65,536 bytes"),
        (b"title: \x00\n", 1, 8, "a control character", "printed"),
        (b"- a\n- b\n", 1, 1, "a list", "keys and values"),
        (b"a: " + b"[" * 50_000, 1, 24, "more than 20 levels", "fewer levels"),
        (CASE.encode() + b"---\ntitle: y\n", 8, 1, "a second document", "one document"),
        (b"title: a: b\n", 1, 9, "cannot be read", "valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_problem(
    small_content: Path, text: bytes, line: int, column: int, found: str, expected: str
) -> None:
    problem = only(small_content, text)
    assert (problem.line, problem.column) == (line, column)
    assert found in problem.found
    assert expected in problem.expected


@pytest.mark.parametrize(
    ("new", "found"),
    [
        ("wanted: &w refund", "&w"),
        ("wanted: !!str refund", "the tag"),
        ("wanted: refund\nwanted: answer", "'wanted' a second time"),
        ("<<: {wanted: refund}\nwanted: refund", "merge key"),
    ],
)
def test_what_makes_yaml_surprising_is_refused(small_content: Path, new: str, found: str) -> None:
    (small_content / PLACE).write_text(CASE.replace("wanted: refund", new))
    assert any(found in problem.found for problem in problems(small_content))


def _link_out(content: Path) -> None:
    outside = content.parent / "outside.yaml"
    outside.write_text(CASE)
    (content / "cases/invented-air/link.yaml").symlink_to(outside)


def _linked_folder(content: Path) -> None:
    (content.parent / "elsewhere").mkdir()
    (content / "cases/linked").symlink_to(content.parent / "elsewhere")


def _same_id(content: Path) -> None:
    (content / "cases/invented-air/flight.yml").write_text(CASE)


def _misspelt_company(content: Path) -> None:
    (content / "cases/invented-ar").mkdir()
    (content / "cases/invented-ar/x.yaml").write_text(CASE)


def _bad_name(content: Path) -> None:
    (content / "cases/invented-air/Flight_2.yaml").write_text(CASE)


def _stray(content: Path) -> None:
    (content / "cases/invented-air/notes.txt").write_text("hello")


def _misspelt_sector(content: Path) -> None:
    path = content / "companies/invented-air.yaml"
    path.write_text(path.read_text().replace("airlines", "airline"))


@pytest.mark.parametrize(
    ("spoil", "file", "found", "told"),
    [
        (_link_out, "cases/invented-air/link.yaml", "a symbolic link", "the file itself"),
        (_linked_folder, "cases/linked", "a symbolic link", "the folder itself"),
        (_same_id, "cases/invented-air/flight.yml", "the same id", ".yaml"),
        (_misspelt_company, "cases/invented-ar", "'invented-ar'", "Did you mean 'invented-air'?"),
        (_bad_name, "cases/invented-air/Flight_2.yaml", "'Flight_2'", "small letters"),
        (_stray, "cases/invented-air/notes.txt", "'notes.txt'", "only files that end in .yaml"),
        (_misspelt_sector, "companies/invented-air.yaml", "'airline'", "Did you mean 'airlines'?"),
    ],
)
def test_a_file_in_the_wrong_place_is_named(
    small_content: Path, spoil: Callable[[Path], None], file: str, found: str, told: str
) -> None:
    spoil(small_content)
    (problem,) = problems(small_content)
    assert problem.file == f"content/{file}"
    assert found in problem.found
    assert told in f"{problem.expected} {problem.hint}"


def test_all_problems_of_all_files_come_in_one_run(small_content: Path) -> None:
    (small_content / PLACE).write_text(CASE.replace("2026-03-02", "nope").replace("form", "fax"))
    (small_content / "site.yaml").write_text("name: x\nbase_url: x\n")
    _misspelt_sector(small_content)
    _stray(small_content)
    assert {p.file.rpartition("/")[2] for p in problems(small_content)} == {
        "flight.yaml",
        "site.yaml",
        "invented-air.yaml",
        "notes.txt",
    }
    assert len([p for p in problems(small_content) if p.file.endswith("flight.yaml")]) == 2


@pytest.mark.parametrize(
    ("note", "what"),
    [
        ("mail me at jan@post.example", "e-mail"),
        ("pay to NL91 ABNA 0417 1643 00", "IBAN"),
        ("my card 4111 1111 1111 1111", "card"),
        ("BSN: 111222333", "citizen number"),
        ("call 06-12345678", "phone"),
    ],
)
def test_personal_data_is_refused_and_shown_where_not_what(
    small_content: Path, note: str, what: str
) -> None:
    (small_content / PLACE).write_text(f"{CASE}summary: {note!r}\n")
    found = problems(small_content)
    assert any(what in problem.found for problem in found)
    assert {(problem.key, problem.line) for problem in found} == {("summary", 8)}
    assert not [problem for problem in found if note in str(problem)]


@pytest.mark.parametrize(
    "note",
    [
        "on 2019-06-28 at 21:10 I paid 180.00 EUR, 1234567890123 points",
        "the helpdesk at 0800-1234567 and help@telecom.example",
    ],
)
def test_dates_amounts_and_a_companys_own_numbers_pass(small_content: Path, note: str) -> None:
    path = small_content / "cases/invented-telecom/answered-1.yaml"
    path.write_text(path.read_text() + f"summary: {note!r}\n")
    assert load_content(small_content).cases
