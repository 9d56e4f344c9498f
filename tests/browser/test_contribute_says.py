"""The form says of a mistake what `check` says of it, word for word, and says it beside the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from scorecard.compose.pages.form import CERTAIN, EDITORS, PARTS, event_forms
from scorecard.compose.pages.form_words import MESSAGES, PERSONAL, QUESTIONS
from scorecard.contribute.case_text import case_text
from scorecard.errors import Problem
from scorecard.load.on_disk import MAX_BYTES
from scorecard.load.personal.sieve import SIEVE
from scorecard.model import CaseLog
from tests.browser.filling import answer, fault_at, fill_in, question
from tests.browser.visit import Visit
from tests.support.load import problem_of_case
from tests.support.rounds import some

pytestmark = pytest.mark.browser

GOOD: dict[str, Any] = {
    "title": "Nobody answered",
    "wanted": "answer",
    "source": {"kind": "published"},
    "evidence": {"level": "public"},
    "timeline": [{"event": "lost", "at": "2026-03-04"}],
}
LONG = "word " * 60


def told(problem: Problem) -> str:
    """The problem as `check` tells it, behind its place."""
    return str(problem).split(f"{problem.key}: ", 1)[1]


def promise(**keys: str) -> dict[str, Any]:
    return {"timeline": [{"event": "promise", "at": "2026-03-04", **keys}]}


def refund(**keys: str) -> dict[str, Any]:
    return {"timeline": [{"event": "refund", "at": "2026-03-04", **keys}]}


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("title", {"title": LONG[:121]}),
    ("amount", {"amount": "180.505 EUR"}),
    ("amount", {"amount": "much EUR"}),
    ("amount", {"amount": "180.00 ABC"}),
    ("language", {"language": "Dutch"}),
    ("contributor", {"contributor": "blue heron"}),
    ("contributor", {"contributor": "b" * 40}),
    ("summary", {"summary": "word " * 1001}),
    ("source.title", {"source": {"kind": "published", "title": "title " * 51}}),
    ("source.date", {"source": {"kind": "published", "date": "2026-02-30"}}),
    ("source.date", {"source": {"kind": "published", "date": "1026"}}),
    ("source.url", {"source": {"kind": "published", "url": "www.paper.example"}}),
    ("source.url", {"source": {"kind": "published", "url": "https://paper.example/a b"}}),
    ("source.url", {"source": {"kind": "published", "url": "https:///paper.example/"}}),
    ("evidence.items", {"evidence": {"level": "public", "items": ["a letter", "letter " * 50]}}),
    ("evidence.urls", {"evidence": {"level": "public", "urls": ["ftp://paper.example"]}}),
    ("0.at", {"timeline": [{"event": "lost", "at": "26"}]}),
    ("0.at", {"timeline": [{"event": "lost", "at": "2026-02-29"}]}),
    ("0.waited", {"timeline": [{"event": "contact", "waited": "some min"}]}),
    ("0.waited", {"timeline": [{"event": "contact", "waited": "99999 weeks"}]}),
    ("0.to", {"timeline": [{"event": "transfer", "to": LONG + "x"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "word " * 401}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "bob@post.example did it"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "to NL91ABNA0417164300 it went"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "my card 378282246310005"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "my BSN is 111222333"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "Order no. 8-8812"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "in Kalverstraat 12"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "at 12a, 1234 AB"}]}),
    ("0.note", {"timeline": [{"event": "lost", "note": "ring (020) 123 4567"}]}),
    (
        "1.at",
        {"timeline": [{"event": "lost", "at": "2026-03-04"}, {"event": "survey", "at": "2026-02"}]},
    ),
    ("0.kept_at", promise(kept_at="2026-03-03")),
    ("0.due", promise(due="2025")),
    ("0.within", promise(due="2026-04-01", within="2 days")),
    ("0.kept", promise(kept_at="2026-04-01", kept="true")),
    ("0.decision", {"timeline": [{"event": "refund", "at": "2026-03-04"}]}),
    ("0.decision", refund(decision="refused", paid_at="2026-03-05")),
    ("0.decision", refund(decision="refused", paid="true")),
    ("0.paid_at", refund(decision="granted", paid_at="2026-02-28")),
    ("0.paid", refund(decision="granted", paid_at="2026-03-05", paid="true")),
    ("0.justified", refund(decision="granted", justified="false")),
    ("wanted", {"wanted": ""}),
    ("title", {"title": ""}),
]


def field_of(page: Page, place: str) -> Locator:
    """The field of a key, of a step where a number stands in front of it."""
    step, _, key = place.partition(".")
    if step.isdecimal():
        return question(page.locator(".step").nth(int(step)), key)
    return question(page, place)


@pytest.mark.parametrize(("place", "wrong"), some(WRONG, 5))
def test_the_form_says_what_check_says(
    browser: Browser, address: str, tmp_path: Path, place: str, wrong: dict[str, Any]
) -> None:
    case = {**GOOD, **wrong}
    problem = problem_of_case(tmp_path, case_text({k: v for k, v in case.items() if v}))
    with Visit(browser, f"{address}/contribute/") as visit:
        page = visit.page
        page.set_default_timeout(5000)
        fill_in(page, "Invented Silence", {"language": "en", **case})
        answer(question(page, "@slug"), "one")
        field = field_of(page, place)
        page.get_by_role("button", name="Copy").first.click()
        assert fault_at(field) == told(problem)
        wrong_ones = page.locator(".error:visible")
        assert wrong_ones.count() == 1
        control = field.locator("input, select, textarea").first
        assert control.get_attribute("aria-invalid") == "true"
        described = (control.get_attribute("aria-describedby") or "").split()
        assert field.locator(".error").get_attribute("id") in described
        asked = page.locator("[data-do=looked]") if problem.code == "personal-data" else control
        assert asked.evaluate("e => e === document.activeElement")


def test_a_case_without_a_step_or_too_long_for_a_file(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with Visit(browser, f"{address}/contribute/") as visit:
        page = visit.page
        fill_in(page, "Invented Silence", {**GOOD, "timeline": []})
        page.get_by_role("button", name="Copy").first.click()
        less = {k: v for k, v in GOOD.items() if k != "timeline"}
        assert fault_at(question(page, "@timeline")) == told(
            problem_of_case(tmp_path, case_text(less))
        )
        for _ in range(34):
            page.locator("[data-add=lost]").evaluate("e => e.click()")
        note = "Lang. " * 333
        assert len(note) * 34 > MAX_BYTES
        page.evaluate(
            "note => { document.querySelectorAll('.step textarea').forEach(e => { e.value = note; });"
            " show(); }",
            note,
        )
        case = {**less, "language": "en", "timeline": [{"event": "lost", "note": note}] * 34}
        problem = problem_of_case(tmp_path, case_text(case))
        assert str(problem).endswith(fault_at(question(page, "@timeline")))


def test_every_key_of_the_format_is_asked_for_or_the_editors_own() -> None:
    asked = {key for keys in PARTS.values() for key in keys}
    assert asked | EDITORS | {"timeline"} == CaseLog.model_fields.keys()
    schema = CaseLog.model_json_schema()
    forms = event_forms(schema)
    used = {f"{form.name}.{field.key}" for form in forms for field in form.fields}
    for key in QUESTIONS:
        event, _, own = key.partition(".")
        assert not own or event in ("source", "evidence") or key in used, key


def test_every_kind_of_personal_data_has_a_name() -> None:
    names = {name for name, _, _ in SIEVE}
    assert names | {"a name"} == PERSONAL.keys()
    assert names >= CERTAIN
    assert not PERSONAL.keys() & MESSAGES.keys()
