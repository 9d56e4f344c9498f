"""What makes YAML surprising or dangerous is one clear problem each, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.load.content import load_content
from scorecard.load.on_disk import MAX_BYTES
from scorecard.load.yaml_text import MAX_DEPTH
from tests.support.build import CASE, CASE_PLACE, SITE, content_folder, told
from tests.support.load import problem_of_case, problems_of


def nested(depth: int) -> str:
    """A key whose value is this many lists in each other."""
    return f"deep: {'[' * depth}{']' * depth}\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "key", "found"),
    [
        (CASE.replace("title: A", "title: &t A"), 1, 8, "title", "the anchor or alias &t"),
        (
            CASE.replace("title: A", "title: !!str A"),
            1,
            8,
            "title",
            "the tag tag:yaml.org,2002:str",
        ),
        (
            CASE.replace("{kind: first-hand}", "!python/object:os.system {kind: first-hand}"),
            3,
            9,
            "source",
            "the tag !python/object:os.system",
        ),
        (
            CASE.replace("solved: full}", "solved: full, solved: none}"),
            7,
            57,
            "timeline[2].solved",
            "the key 'solved' a second time",
        ),
        (CASE + "title: Again\n", 8, 1, "title", "the key 'title' a second time"),
        (CASE + "---\n" + CASE, 8, 1, "", "a second document"),
        (CASE + nested(MAX_DEPTH + 1), 8, 7 + MAX_DEPTH, "", "more than 20 levels"),
        ("deep: " + "[" * 50_000, 1, 7 + MAX_DEPTH, "", "more than 20 levels"),
        ("a: {" * 12_000, 1, 3 + 1, "", "more than 20 levels"),
        (CASE.replace("first-hand}", "first-hand, [a]: b}"), 3, 28, "", "a key that is no text"),
        (CASE.replace("title: A", "title: \t\x07A"), 1, 9, "", "a control character"),
        pytest.param(
            CASE.replace("title: A", "title: Één\x07A"),
            1,
            11,
            "",
            "a control character",
        ),
        (
            CASE.replace("title: A call", 'title: "A\\x07call"#'),
            1,
            8,
            "title",
            "a control character",
        ),
        (CASE.replace("  - {at: 2024-03-04 09:10", "\t- {at: 2024-03-04 09:10"), 6, 1, "", "a tab"),
        ("# Only a remark.\n", 1, 1, "", "no keys at all"),
        ("just a text\n", 1, 1, "", "a text or a list"),
        (" \n\n", 1, 1, "", "an empty file"),
        (CASE.replace("title: A", "title: [A"), 2, 7, "", "YAML that cannot be read"),
    ],
)
def test_a_trap_is_named_where_it_stands(
    text: str, line: int, column: int, key: str, found: str, tmp_path: Path
) -> None:
    problem = problem_of_case(tmp_path, text)
    assert found in problem.found
    assert (problem.line, problem.key) == (line, key)
    assert problem.column == column or found == "more than 20 levels"
    assert problem.expected


@pytest.mark.parametrize(
    ("text", "founds"),
    [
        (
            CASE.replace("title: A", "title: &t A").replace("answer: full", "note: *t"),
            ["the anchor or alias &t", "the anchor or alias *t"],
        ),
        (
            CASE.replace("{kind: first-hand}", "&s {kind: first-hand}")
            + "reply:\n  <<: *s\n  by: care\n",
            ["the anchor or alias &s", "a merge key <<", "the anchor or alias *s"],
        ),
    ],
)
def test_an_alias_and_a_merge_are_refused_with_what_they_point_to(
    text: str, founds: list[str], tmp_path: Path
) -> None:
    problems = problems_of(content_folder(tmp_path, {CASE_PLACE: text}))
    for found in founds:
        assert any(found in p.found for p in problems), told(problems)


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_is_refused_with_how_to_save_the_file(bom: bytes, tmp_path: Path) -> None:
    problem = problem_of_case(tmp_path, bom + CASE.encode())
    assert problem.found == "a byte order mark (BOM)"
    assert "without BOM" in problem.hint


def test_latin_1_is_refused_at_its_first_odd_byte(tmp_path: Path) -> None:
    text = CASE.replace("event: closed", "event: closed, note: Één café")
    problem = problem_of_case(tmp_path, text.encode("latin-1"))
    assert (problem.line, problem.column) == (7, 49)
    assert problem.found == "the byte 0xc9, which is not UTF-8"
    assert "Latin-1" in problem.hint


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path: Path) -> None:
    filler = "#" * (MAX_BYTES - len(CASE.encode()) - 1) + "\n"
    assert load_content(content_folder(tmp_path, {CASE_PLACE: CASE + filler})).cases
    problem = problem_of_case(tmp_path, CASE + "#" + filler)
    assert problem.found == f"{MAX_BYTES + 1:,} bytes"


def test_every_file_is_read_with_the_same_care(tmp_path: Path) -> None:
    files = {
        "site.yaml": SITE + "name: Twice\n",
        "sectors.yaml": "telecom: &t {name: Telecom}\n",
        "companies/acme.yaml": "name: !!str Acme\nsector: telecom\n",
        CASE_PLACE: CASE + nested(30),
    }
    problems = problems_of(content_folder(tmp_path, files))
    assert {p.file: p.found for p in problems} == {
        "content/site.yaml": "the key 'name' a second time",
        "content/sectors.yaml": "the anchor or alias &t",
        "content/companies/acme.yaml": "the tag tag:yaml.org,2002:str",
        f"content/{CASE_PLACE}": "more than 20 levels",
    }


@pytest.mark.parametrize("name", ["site.yaml", "sectors.yaml", "companies", "cases"])
def test_nothing_is_read_through_a_link_out_of_the_folder(name: str, tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    outside = tmp_path / "outside"
    (folder / name).rename(outside)
    (folder / name).symlink_to(outside)
    problems = [p for p in problems_of(folder) if p.file == f"content/{name}"]
    assert [p.found for p in problems] == ["a symbolic link"]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("channel: phone", "chanel: phone", "Did you mean 'channel'?"),
        ("channel: phone", "channel: fone", "Did you mean 'phone'?"),
        ("event: reply", "event: replay", "Did you mean 'reply'?"),
        ("by: person", "by: personn", "Did you mean 'person'?"),
        ("answer: full", "answer: ful", "Did you mean 'full'?"),
        ("wanted: answer", "wanted: anwser", "Did you mean 'answer'?"),
        ("kind: first-hand", "kind: firsthand", "Did you mean 'first-hand'?"),
        ("title:", "titel:", "Did you mean 'title'?"),
        pytest.param(
            "event: closed",
            "evnt: closed",
            "Did you mean 'event'?",
        ),
    ],
)
def test_a_misspelt_word_gets_the_nearest_right_one(
    old: str, new: str, hint: str, tmp_path: Path
) -> None:
    folder = content_folder(tmp_path, {CASE_PLACE: CASE.replace(old, new, 1)})
    problems = problems_of(folder)
    assert [p.hint for p in problems if p.hint] == [hint], told(problems)


def test_a_word_that_is_like_no_other_gets_no_guess(tmp_path: Path) -> None:
    problem = problem_of_case(tmp_path, CASE.replace("channel: phone", "channel: qqqq"))
    assert problem.hint == ""
    assert "in-person" in problem.expected
