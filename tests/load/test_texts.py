"""What no text may hold: letters that are not seen, addresses that mislead, Markdown without end."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.load.privacy import personal_data
from scorecard.load.yaml_text import read_yaml
from scorecard.texts import (
    DEEPEST,
    LONGEST_PAGE,
    MOST_SIGNS,
    MOST_SIGNS_OF_PAGE,
    leads_out,
    too_many_signs,
    unseen,
)
from tests.support.build import CASE, content_folder
from tests.support.load import problem_of_case, problems_of


@pytest.mark.parametrize("letter", "\u202e\u2066\u200b\u2060\ufeff\u3164\U000e0041")
def test_a_letter_that_is_not_seen_is_refused_with_its_line(tmp_path: Path, letter: str) -> None:
    note = f"\nsummary: |\n  fine\n  bro{letter}ken\n"
    problem = problem_of_case(tmp_path, CASE + note)
    assert problem.key == "summary"
    assert problem.line == CASE.count("\n") + 2
    assert f"Line 2 of the text has the character U+{ord(letter):04X}" in problem.hint


@pytest.mark.parametrize("key", ["title", "summary", "contributor"])
def test_no_field_takes_a_letter_that_turns_the_others(tmp_path: Path, key: str) -> None:
    other = "\n".join(line for line in CASE.splitlines() if not line.startswith(key))
    assert problem_of_case(tmp_path, f'{other}\n{key}: "A\\u202Eb"\n').key == key


def test_names_of_sites_companies_and_sectors_are_held_to_it(tmp_path: Path) -> None:
    for place, text, key in (
        ("companies/acme.yaml", "name: A\u202ecme\nsector: telecom\n", "name"),
        (
            "sectors.yaml",
            "telecom: {name: Tele\u202ecom}\nshops: {name: Shops}\n",
            "telecom.name",
        ),
        ("pages/about.en.md", "# About\n\nall\u202e well\n", ""),
    ):
        folder = content_folder(tmp_path / key, {place: text})
        assert [problem.key for problem in problems_of(folder)] == [key]


def test_what_peoples_texts_have_is_let_through() -> None:
    for text in (
        "co\u00adoperate",
        "👩\u200d🔧",
        "می\u200cخواهم",
        "❤\ufe0f",
        "a\u200e b",
        "naïve – ‘x’ …",
    ):
        assert unseen(text) is None, text


@pytest.mark.parametrize("end", "\x85\u2028\u2029\r")
def test_ends_of_lines_that_only_the_parser_knows_do_no_harm(tmp_path: Path, end: str) -> None:
    """The place of a record is looked up in the source, by the parser's lines."""
    path = tmp_path / "case.yaml"
    path.write_text(
        f'title: "A{end} call"\nsource: {{record: A-1}}\nnote: jan@a.example\n', "utf-8"
    )
    document, problems = read_yaml(path, path.name)
    assert document is not None, problems
    [problem] = personal_data(document, None)
    assert "mail address" in problem.found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- " * (DEEPEST + 1) + "x", 1),
        ("fine\n" + "> " * (DEEPEST + 1), 2),
        ("fine\n\n" + "1. " * 300, 3),
        ("    " * (DEEPEST + 1) + "x", 1),
        ("fine\n" + "[" * (MOST_SIGNS + 1), 2),
        ("a\n\n" * (MOST_SIGNS + 5), 2 * MOST_SIGNS + 1),
        ("*a" * (MOST_SIGNS + 1), 1),
    ],
)
def test_markdown_without_end_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int
) -> None:
    fault = too_many_signs(text, MOST_SIGNS)
    assert fault is not None
    assert fault.line(text) == line
    quoted = text.replace("\n", "\\n")
    problem = problem_of_case(tmp_path, f'{CASE}summary: "{quoted}"\n')
    assert problem.key == "summary"
    assert problem.hint.startswith(f"Line {line} of the text has")


def test_as_much_markdown_as_anybody_writes_is_let_through() -> None:
    listed = "\n".join(f"- **{n}**: what [they](https://a.example/) said" for n in range(40))
    nested = "\n".join("    " * n + "- a" for n in range(DEEPEST))
    for text in (listed, nested, "-" * 4000, "=" * 4000, "a, b. " * 800, "> > > said\n> > they"):
        assert too_many_signs(text, MOST_SIGNS) is None, text[:40]


def test_a_page_has_room_but_not_without_end(tmp_path: Path) -> None:
    long = "# A\n\n" + "word " * (LONGEST_PAGE // 5)
    marked = "# A\n\n" + "[" * (MOST_SIGNS_OF_PAGE + 1)
    for number, (text, line) in enumerate([(long, 1), (marked, 3)]):
        folder = content_folder(tmp_path / str(number), {"pages/about.en.md": text})
        [problem] = problems_of(folder)
        assert (problem.file, problem.line) == ("content/pages/about.en.md", line)


def test_an_address_leads_where_it_seems_to() -> None:
    for address in (
        "https://a.example",
        "http://a.example:8000/x?y=@#z",
        "https://[::1]/",
        "https://a.b?c",
    ):
        assert leads_out(address), address
    for address in (
        "https://bank.example@evil.example/",
        "https://bank.example:x@evil.example",
        "https:///x",
        "https://",
        "https:evil.example",
        "//evil.example",
        "https://evil.example\\@bank.example",
        'https://a.example/"x',
        "javascript:https://a.example",
    ):
        assert not leads_out(address), address
