"""What people write in the form "A case" becomes events, or stays what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from scorecard.contribute.issue_form import FORM, Proposed, answers, labels, propose
from scorecard.errors import ContentError
from scorecard.load.content import load_content
from scorecard.model import CaseLog, Evidence, Source
from tests.support.build import content_folder, read
from tests.support.issues import ANSWERS, issue_text, questions

ROOT = Path(__file__).resolve().parents[2]


def made(where: Path, **changed: str) -> Proposed:
    """What the form's answers become in a folder with the company Acme."""
    content = where / "content"
    if not content.exists():
        content_folder(where)
    text = issue_text({**ANSWERS, "company": "acme", **changed})
    return propose(answers(text, labels(ROOT / FORM)), 31, content)


def the_case(proposed: Proposed) -> dict[str, Any]:
    (text,) = (text for place, text in proposed.files.items() if place.startswith("cases/"))
    case: dict[str, Any] = read(text)
    return case


def test_each_line_becomes_the_event_that_it_says(tmp_path: Path) -> None:
    story = (
        "2026-03-02 | charge | amount: 49.00 EUR, warned: nee\n\n"
        "  ? | Contact | channel: phone, reached: no | Busy, three times: no luck.\n"
        "2026-03 | promise | what: call back, due: 2026-03-13 17:00 |\n"
    )
    proposed = made(tmp_path, timeline=story)
    assert proposed.left == ()
    assert the_case(proposed)["timeline"] == [
        {"at": "2026-03-02", "event": "charge", "amount": "49.00 EUR", "warned": "false"},
        {
            "event": "contact",
            "channel": "phone",
            "reached": "false",
            "note": "Busy, three times: no luck.",
        },
        {"at": "2026-03", "event": "promise", "what": "call back", "due": "2026-03-13 17:00"},
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("they never called back", "when | event | details"),
        ("2026-03-02 | contact | I called them", "when | event | details"),
        ("2026-03-02 | contact | reached: no, reached: yes", "when | event | details"),
        ("2026-03-02 | contact | event: reply", "when | event | details"),
        ("2026-03-02 | a | b | c | d", "when | event | details"),
        ("2026-03-02 | called", "event: found 'called'; expected one of contact"),
        ("2026-03-02 | contact | chanel: phone", "Did you mean 'channel'?"),
        ("31 maart | contact", "at: found '31 maart'; expected a time that exists"),
    ],
)
def test_a_line_that_is_no_event_is_left_with_its_reason(
    tmp_path: Path, line: str, reason: str
) -> None:
    story = f"2026-01-01 | contact\n{line}\n2027-01-01 | closed"
    proposed = made(tmp_path, timeline=story)
    ((left, why),) = proposed.left
    assert left == line
    assert reason in why
    assert [event["event"] for event in the_case(proposed)["timeline"]] == ["contact", "closed"]


def test_the_case_is_one_that_the_content_takes(tmp_path: Path) -> None:
    content = tmp_path / "content"
    proposed = made(
        tmp_path,
        about="product",
        effort="4",
        evidence="described",
        items="- a letter\n- a statement",
        contributor="blue-heron",
        summary="Twice.\n\n### Not a question\n\nAnd again.",
        source="published",
        source_title="A title",
        source_url="https://example.org/a",
    )
    for place, text in proposed.files.items():
        (content / place).write_text(text, "utf-8")
    (case,) = (c for c in load_content(content).cases if c.slug == "no-answer-for-a-month")
    assert (case.about, case.effort, case.contributor) == ("product", 4, "blue-heron")
    assert case.evidence == Evidence(level="described", items=("a letter", "a statement"))
    assert case.source == Source(kind="published", title="A title", url="https://example.org/a")
    assert case.summary == "Twice.\n\n### Not a question\n\nAnd again."


def test_a_new_company_gets_its_file(tmp_path: Path) -> None:
    proposed = made(tmp_path, company="Ünknown & Sons", sector="shops")
    company = proposed.files["companies/unknown-sons.yaml"]
    assert read(company) == {"name": "Ünknown & Sons", "sector": "shops"}
    assert "cases/unknown-sons/no-answer-for-a-month.yaml" in proposed.files


def test_a_case_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    content_folder(tmp_path, {"cases/acme/no-answer-for-a-month.yaml": "title: x"})
    assert list(made(tmp_path).files) == ["cases/acme/no-answer-for-a-month-31.yaml"]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"summary": "Write to jan@example.org"}, "summary"),
        ({"timeline": "2026-01-05 | contact\ncall me on 020 123 45 67"}, "left[0]"),
        ({"company": "jan@example.org", "sector": "shops"}, "company"),
        ({"company": "Acmee"}, "company"),
        ({"timeline": "they never called back"}, "timeline"),
        ({"title": "x" * 121}, "title"),
        ({"amount": "a lot"}, "amount"),
    ],
)
def test_what_must_be_mended_first_makes_no_case(
    tmp_path: Path, changed: dict[str, str], key: str
) -> None:
    with pytest.raises(ContentError) as refused:
        made(tmp_path, **changed)
    assert [problem.key for problem in refused.value.problems] == [key]


def test_the_form_offers_what_the_format_has() -> None:
    offered = {
        question["id"]: [option.split(" – ")[0] for option in question["attributes"]["options"]]
        for question in questions()
        if question["type"] == "dropdown"
    }
    fields = CaseLog.model_fields
    assert offered["wanted"] == list(get_args(fields["wanted"].annotation))
    assert offered["about"] == list(get_args(fields["about"].annotation))
    assert offered["source"] == list(get_args(Source.model_fields["kind"].annotation))
    assert offered["evidence"] == list(get_args(Evidence.model_fields["level"].annotation))
    assert offered["sector"] == list(read((ROOT / "content" / "sectors.yaml").read_text("utf-8")))
    assert (
        offered["language"]
        == read((ROOT / "content" / "site.yaml").read_text("utf-8"))["languages"]
    )
    assert offered["effort"] == ["1", "2", "3", "4", "5"]


def test_what_the_form_shows_as_an_example_can_be_read(tmp_path: Path) -> None:
    (story,) = (q["attributes"]["placeholder"] for q in questions() if q["id"] == "timeline")
    proposed = made(tmp_path, timeline=story)
    assert proposed.left == ()
    assert len(the_case(proposed)["timeline"]) == len(story.splitlines())


@pytest.mark.parametrize("name", ["case", "correction", "dispute", "company-reply", "removal"])
def test_a_form_asks_in_both_languages_and_warns(name: str) -> None:
    form = read((ROOT / FORM).with_name(f"{name}.yml").read_text("utf-8"))
    notice, *asked = form["body"]
    assert "This is a public place." in notice["attributes"]["value"]
    assert "Dit is openbaar." in notice["attributes"]["value"]
    assert " · " in form["name"]
    assert " · " in form["description"]
    ids = [question["id"] for question in asked]
    labels = [question["attributes"]["label"] for question in asked]
    assert len(set(ids)) == len(set(labels)) == len(asked)
    assert all(" · " in label for label in labels)
