"""`check` in every format, and what it warns of."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scorecard.cli import main
from scorecard.errors import Problem
from scorecard.load.doubts import Outline, doubts, doubts_together
from scorecard.load.yaml_text import Document
from scorecard.model import Case
from tests.browser.checkers import TOOLS, need_checkers
from tests.support.build import make_case

BAD = """\
title: A parcel that never came
wanted: refund
source: {kind: first-hand}
evidence: {level: described}
timeline:
  - {at: 2026-01-05 09:20, event: contact, chanel: chat}
  - {at: 2026-13-06, event: reply}
"""


@pytest.fixture
def bad(small_content: Path) -> Path:
    """A content folder with one case of two mistakes."""
    path = small_content / "cases" / "invented-air" / "bad.yaml"
    path.write_text(BAD, "utf-8")
    return small_content


def told(content: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["check", "--content", str(content), *more])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_person_sees_the_line_and_the_spot(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = told(bad, capsys, str(bad / "cases" / "invented-air" / "bad.yaml"))
    assert code == 1
    lines = err.splitlines()
    place = next(i for i, line in enumerate(lines) if "bad.yaml:6:44" in line)
    assert "Did you mean 'channel'?" in lines[place]
    shown, marks = lines[place + 1 : place + 3]
    start = marks.index("^")
    assert shown[start:].startswith("chanel")
    assert marks.count("^") == len("chanel")
    place = next(i for i, line in enumerate(lines) if "bad.yaml:7:10" in line)
    shown, marks = lines[place + 1 : place + 3]
    assert shown[marks.index("^") :][: marks.count("^")] == "2026-13-06"


def test_programs_read_the_same_as_json(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(bad, capsys, "--format", "json", str(bad / "cases/invented-air/bad.yaml"))
    whole = json.loads(out)
    assert (code, err, whole["errors"]) == (1, "", 2)
    first = whole["problems"][0]
    assert (first["line"], first["column"], first["width"]) == (6, 44, 6)
    assert (first["code"], first["level"], first["key"]) == (
        "unknown-key",
        "error",
        "timeline[0].chanel",
    )
    assert first["hint"] == "Did you mean 'channel'?"


def test_github_shows_each_problem_at_its_line(
    bad: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bad.parent)
    code, out, _ = told(bad, capsys, "--format", "github", str(bad / "cases/invented-air/bad.yaml"))
    assert code == 1
    command = re.compile(r"::(error|warning) file=([^,]+),line=(\d+),col=(\d+),[^:]*::(.+)")
    found = [command.fullmatch(line) for line in out.splitlines()]
    assert all(found)
    errors = [match for match in found if match and match[1] == "error"]
    path = f"{bad.name}/cases/invented-air/bad.yaml"
    assert [(m[2], m[3], m[4]) for m in errors] == [(path, "6", "44"), (path, "7", "10")]


def test_a_strangers_text_cannot_end_an_annotation_or_begin_another(
    small_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small_content / "cases" / "invented-air" / "bad.yaml"
    path.write_text(BAD.replace("refund", '"x%0A::error file=a::b\\n::warning::c"'), "utf-8")
    _, out, _ = told(small_content, capsys, "--format", "github", str(path))
    assert all(line.startswith(("::error file=", "::warning file=")) for line in out.splitlines())
    assert "%250A" in out
    assert "\n::warning::c" not in out


def test_code_scanning_reads_sarif(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = told(bad, capsys, "--format", "sarif", str(bad / "cases/invented-air/bad.yaml"))
    need_checkers("whether the SARIF is valid")
    log = json.loads(out)
    schema: dict[str, Any] = json.loads(
        (TOOLS / "schemastore/schemas/json/sarif-2.1.0.json").read_text("utf-8")
    )
    jsonschema.validate(log, schema)
    errors = [r for r in log["runs"][0]["results"] if r["level"] == "error"]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in errors]
    assert code == 1
    assert [(r["startLine"], r["startColumn"], r["endColumn"]) for r in regions] == [
        (6, 44, 50),
        (7, 10, 20),
    ]
    rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
    assert [rules[r["ruleIndex"]] for r in errors] == ["unknown-key", "value"]


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_without_a_problem_the_formats_are_empty_but_whole(
    tmp_path: Path, small_content: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    code, out, err = told(small_content, capsys, "--format", form, str(small_content / "site.yaml"))
    whole = json.loads(out)
    assert (code, err) == (0, "")
    assert (whole["problems"] if form == "json" else whole["runs"][0]["results"]) == []


def test_warnings_alone_are_told_and_pass(
    small_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small_content / "cases" / "invented-air" / "vague.yaml"
    path.write_text(
        "title: Something in spring\nwanted: answer\nsource: {kind: first-hand}\ntimeline:\n"
        "  - {at: 2026-03, event: contact, channel: phone}\n",
        "utf-8",
    )
    code, out, err = told(small_content, capsys, str(path))
    assert code == 0
    assert "warning: evidence" in err
    assert "vague.yaml:5:10: warning: timeline[0].at: found '2026-03'" in err
    assert "2 warnings." in out


def warnings(*cases: Case) -> list[Problem]:
    """What is doubtful in cases together; each in a file named after it."""
    documents = [Document(f"{case.id}.yaml", {}, {}, {}) for case in cases]
    return list(doubts_together([Outline.of(c, d) for c, d in zip(cases, documents, strict=True)]))


def story(slug: str, summary: str, day: str = "2026-02-03", **keys: Any) -> Case:
    timeline = [{"at": day, "event": "contact", "channel": "phone"}]
    return make_case(timeline, slug=slug, summary=summary, **keys)


BROKEN = (
    "The heating engineer came twice, found nothing, and left a bill of ninety euros behind; "
    "the helpdesk said that the visit had been my own choice and hung up on me."
)


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_the_same_story_told_twice_is_named_with_both_places() -> None:
    again = BROKEN.replace("ninety", "90").replace("twice", "two times")
    found = warnings(story("one", BROKEN), story("two", again, "2026-02-20"))
    assert codes(found) == ["duplicate"]
    assert found[0].file.endswith("two.yaml")
    assert "one.yaml:1" in found[0].found


@pytest.mark.parametrize(
    "other",
    [
        story("two", BROKEN, "2026-06-20"),
        story("two", "The parcel stood in the rain for a week, and nobody at the depot picked up."),
        story("two", BROKEN, company="another"),
    ],
    ids=["much later", "another story", "another company"],
)
def test_another_story_is_no_duplicate(other: Case) -> None:
    assert codes(warnings(story("one", BROKEN), other)) == []


def test_an_open_case_without_news_for_two_years_is_told() -> None:
    old, new = story("old", "x", "2023-01-02"), story("new", "y", "2026-02-03")
    found = warnings(old, new)
    assert codes(found) == ["long-open"]
    assert "old.yaml" in found[0].file
    closed = make_case(
        "- {at: 2023-01-02, event: contact}\n- {at: 2023-01-03, event: closed}", slug="old"
    )
    assert warnings(closed, new) == []


def test_a_register_is_not_asked_for_what_it_leaves_out() -> None:
    case = story("row", BROKEN, "2020-01", source={"kind": "register"})
    assert list(doubts(case, Document("row.yaml", {}, {}, {}))) == []
    assert warnings(case, story("twin", BROKEN, "2020-01", source={"kind": "register"})) == []
