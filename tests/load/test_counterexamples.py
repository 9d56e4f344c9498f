"""What once made the loader slow, talkative or wrong, found by hand or by fuzzing: as small as it gets."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from scorecard.cli import main
from scorecard.errors import MOST_SHOWN, ContentError, Problem
from scorecard.load.content import load_content
from scorecard.load.intake import MOST_TOLD
from scorecard.load.on_disk import MAX_BYTES
from scorecard.load.privacy import MOST_NUMBERS, personal_data
from scorecard.load.records import read_record
from scorecard.load.yaml_text import Document
from scorecard.model import CaseLog
from scorecard.places import STANDARD_RUBRIC
from tests.support.build import CASE, CASE_PLACE, COMPANY, SITE, content_folder, told
from tests.support.load import problem_of_case, problems_of

HEAD = CASE.partition("timeline:")[0]


def full(head: str, unit: str, end: str = "\n") -> str:
    """A file as large as may be."""
    return head + unit * ((MAX_BYTES - len((head + end).encode())) // len(unit.encode())) + end


@pytest.mark.parametrize(
    "text",
    [
        full(CASE + 'summary: "', "06-12345678 ", '"\n'),
        full(CASE + "# ", "1 "),
        full(CASE + "# ", "1-"),
        full(CASE + "# ", "a@b.nl "),
        full(CASE + "# ", "Mr Jansen "),
        full(CASE + "# ", "12-AB-34 "),
        full(HEAD + "timeline: [", "a,", "]\n"),
        full(HEAD + "timeline:\n", "- {event: replyy}\n"),
        HEAD + "timeline: [{event: lost}]\n" + "".join(f"k{n}: a\n" for n in range(5000)),
    ],
)
def test_a_file_full_of_mistakes_is_told_of_soon_and_in_few_lines(
    text: str, tmp_path: Path
) -> None:
    folder = content_folder(tmp_path, {CASE_PLACE: text})
    start = time.process_time()
    try:
        problems = load_content(folder).warnings
    except ContentError as error:
        problems = error.problems
    assert time.process_time() - start < 2
    assert 1 <= len(problems) <= MOST_TOLD + 2


def test_what_is_not_told_is_counted(tmp_path: Path) -> None:
    text = HEAD + "timeline:\n" + "- {event: x}\n" * (MOST_TOLD + 7)
    problems = problems_of(content_folder(tmp_path, {CASE_PLACE: text}))
    assert len(problems) == MOST_TOLD + 1
    assert problems[0].found == "7 more than are told here"


def test_no_error_is_lost_behind_many_warnings(tmp_path: Path) -> None:
    doubtful = "# what looks like a name: dhr. De Vries\n"
    text = CASE + doubtful * (MOST_TOLD + 50) + "# jan@post.example\n"
    problems = problems_of(content_folder(tmp_path, {CASE_PLACE: text}))
    assert any("e-mail" in problem.found for problem in problems), told(problems)


def test_a_story_of_numbers_alone_is_refused_and_one_of_many_is_not(tmp_path: Path) -> None:
    text = CASE + "# " + "1 " * (MOST_NUMBERS + 1) + "\n"
    assert "numbers that are no dates" in problem_of_case(tmp_path, text).found
    text = CASE + "# " + "1 " * (MOST_NUMBERS - 10) + "\n"
    assert load_content(content_folder(tmp_path, {CASE_PLACE: text})).cases
    made = Document("made", {"summary": "1 " * (MOST_NUMBERS + 1)}, {}, {})
    (problem,) = personal_data(made, None)
    assert (problem.key, problem.level) == ("summary", "error")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"two\\nlines"', "'two\\nlines'"),
        ('"\\u202eUSD"', "'\\u202eUSD'"),
        ('"refund\\u200b"', "'refund\\u200b'"),
        ('"\\xa0"', "'\\xa0'"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_an_escape(text: str, shown: str, tmp_path: Path) -> None:
    problem = problem_of_case(tmp_path, CASE.replace("wanted: answer", f"wanted: {text}"))
    assert problem.found == shown
    assert str(problem).isprintable()


def test_a_problem_is_one_line_of_a_length_that_is_read() -> None:
    problem = Problem("a\nb", 1, 1, "k" * 9000, "f\x1b[2J" * 900, "e\r", "h\udcff")
    assert str(problem).isprintable()
    assert len(problem.key) == MOST_SHOWN + 1
    assert problem.file == "a\\nb"
    assert problem.hint == "h\\udcff"
    assert json.dumps(str(problem), ensure_ascii=False).encode()


@pytest.mark.parametrize("code", ["0007", "0085", "fffe", "ffff"])
def test_no_escape_brings_in_what_no_text_may_hold(code: str, tmp_path: Path) -> None:
    text = CASE.replace("title: A call that was answered", f'title: "A\\u{code}"')
    problems = problems_of(content_folder(tmp_path, {CASE_PLACE: text}))
    assert "a control character" in [problem.found for problem in problems]


@pytest.mark.parametrize("sign", ["\x07", "\x85", "\ud800", "\uffff"])
def test_what_is_made_of_something_else_holds_no_more_than_a_file(sign: str) -> None:
    source = {"kind": "first-hand"}
    case = {
        "title": f"A{sign}",
        "wanted": "answer",
        "source": source,
        "timeline": [{"event": "lost"}],
    }
    record, problems = read_record(Document("made", case, {}, {}), CaseLog, {})
    assert record is None
    assert ("title", "a control character") in [(p.key, p.found) for p in problems]


@pytest.mark.parametrize(
    "url", ["http://[", "https://", "https://a:99999999/", "https://a\u202eb/", "https://:80/"]
)
def test_a_web_address_names_a_host(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = SITE.replace("https://test.example/", f'"{url}"')
    files = {"site.yaml": site, "companies/acme.yaml": f'{COMPANY}website: "{url}"\n'}
    folder = content_folder(tmp_path, files)
    assert [p.key for p in problems_of(folder)] == ["website", "base_url"]
    with pytest.raises(SystemExit):
        main(["build", "--base-url", url, "--content", str(folder)])
    assert "no web address" in capsys.readouterr().err


@pytest.mark.parametrize("opens", ["09:00+01:00", "24:00", "9", "0900", "[9]", "09:00:00.5"])
def test_working_hours_are_hours_of_a_clock(opens: str, tmp_path: Path) -> None:
    rubric = STANDARD_RUBRIC.read_text("utf-8").replace('opens: "09:00"', f"opens: {opens}")
    (problem,) = problems_of(content_folder(tmp_path, {"rubric.yaml": rubric}))
    assert problem.key.startswith("working_week.opens")


@pytest.mark.parametrize("number", [".inf", "inf", "nan", "-inf", "1e999", "9" * 5000])
def test_no_number_of_the_method_is_beyond_all_numbers(number: str, tmp_path: Path) -> None:
    text = STANDARD_RUBRIC.read_text("utf-8")
    rubric = re.sub(r"half_life_months: \d+", f"half_life_months: {number}", text)
    assert rubric != text
    (problem,) = problems_of(content_folder(tmp_path, {"rubric.yaml": rubric}))
    assert problem.key == "recency.half_life_months"


@pytest.mark.parametrize("value", ["[airlines]", "{a: b}", "8 h", "[[8 h]]"])
def test_a_key_that_is_none_of_those_that_may_be_is_told_whatever_its_value(
    value: str, tmp_path: Path
) -> None:
    text = STANDARD_RUBRIC.read_text("utf-8")
    rubric = re.sub(r"(?m)^(  reply:.*)\n", rf"\1\n    sectors: {value}\n", text)
    assert rubric != text
    problems = problems_of(content_folder(tmp_path, {"rubric.yaml": rubric}))
    assert {p.key for p in problems} == {"norms.reply.sectors"}
    assert any("phone" in p.expected for p in problems)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_that_no_case_can_have_is_refused(
    day: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["explain", "acme", "--as-of", day, "--content", str(content_folder(tmp_path))])
    assert stopped.value.code == 2
    assert "between 1900 and 2199" in capsys.readouterr().err


def test_one_case_of_a_far_day_does_not_stop_the_others(tmp_path: Path) -> None:
    far = CASE.replace("2024-03-04", "2199-12-31")
    folder = content_folder(tmp_path, {"cases/acme/far.yaml": far, "companies/bolt.yaml": COMPANY})
    (folder / "cases/bolt").mkdir()
    (folder / "cases/bolt/one.yaml").write_text(CASE)
    for company in ("acme", "bolt"):
        assert main(["explain", company, "--content", str(folder)]) == 0
