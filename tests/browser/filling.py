"""Somebody who fills in the form that writes a case, from the case that should come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page

_TIME = re.compile(r"(\d*)(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d:\d\d))?")
_TRUE, _FALSE = ("true", "yes"), ("false", "no")


def answer(field: Locator, value: Any) -> None:
    """Gives one answer, as text or, where the key takes several, as a list of texts."""
    kind = field.get_attribute("data-kind")
    if kind == "choice":
        select = field.locator("select")
        offered = [o.get_attribute("value") for o in select.locator("option").all()]
        select.select_option(value if value in offered else "")
    elif kind == "flag":
        field.locator("select").select_option("true" if value in _TRUE else "false")
    elif kind == "tick":
        stands_for = field.locator("input").get_attribute("value")
        field.locator("input").set_checked(value in (_TRUE if stands_for == "true" else _FALSE))
    elif kind == "time":
        when(field, value)
    elif kind in ("money", "duration"):
        first, last = value.split(" ", 1)
        field.locator("input").first.fill(first)
        if kind == "money":
            field.locator("input").last.fill(last)
        else:
            field.locator("select").select_option(last if last in ("min", "h") else _plural(last))
    else:
        text = "\n".join(value) if isinstance(value, list) else value
        field.locator("input, textarea").fill(text)


def when(field: Locator, text: str) -> None:
    """Types a time as far as it is known: year, month, day, time of day."""
    match = _TIME.fullmatch(text)
    assert match, text
    year, month, day, clock = match.groups()
    field.locator("select").select_option(month or "")
    for control, part in zip(field.locator("input").all(), (day, year, clock), strict=True):
        control.fill(part or "")


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") else f"{unit}s"


def question(page: Page | Locator, key: str) -> Locator:
    """The field of a key, of the page or of a step."""
    return page.locator(f'.field[data-key="{key}"]')


def add_step(page: Page, event: Mapping[str, str]) -> Locator:
    """Adds a step at the end and answers what it asks."""
    button = page.locator(f'[data-add="{event["event"]}"]')
    fold = button.locator("xpath=ancestor::details")
    if fold.count() and not button.is_visible():
        fold.locator("summary").click()
    button.click()
    step = page.locator(".step").last
    for key, value in event.items():
        if key != "event":
            answer(question(step, key), value)
    return step


def fill_in(page: Page, company: str, case: Mapping[str, Any]) -> None:
    """The whole case, in the order of the form."""
    answer(question(page, "@company"), company)
    if "source" in case:
        answer(question(page, "source.kind"), case["source"]["kind"])
    if "level" in case.get("evidence", {}):
        answer(question(page, "evidence.level"), case["evidence"]["level"])
    for key, value in case.items():
        if key == "timeline":
            for event in value:
                add_step(page, event)
        elif isinstance(value, dict):
            for inner, one in value.items():
                answer(question(page, f"{key}.{inner}"), one)
        else:
            answer(question(page, key), value)


def made(page: Page, which: int = 0) -> str:
    """The text of the case's file as the page shows it, or with 1 of the company's."""
    return page.locator(".made pre").nth(which).text_content() or ""


def fault_at(field: Locator) -> str:
    """What stands beside a field that has something wrong."""
    return field.locator(".error").text_content() or ""
