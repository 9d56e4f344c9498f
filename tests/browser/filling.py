"""Somebody who fills in the form that writes a case, from the case that should come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Route

_FILL = r"""const fillAll = (all, answers) => {
    const seen = (control) => {
        const { key } = control.closest(".field").dataset;
        if (!control.checkVisibility() || control.disabled) throw new Error(`${key} cannot be seen`);
        control.focus();
        return control;
    };
    const told = (control) => {
        for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    const type = (control, text) => {
        if (control.value === text) return;
        seen(control);
        if (control.type === "time") {
            control.value = text;
            told(control);
        } else {
            control.select();
            document.execCommand(text ? "insertText" : "delete", false, text);
        }
    };
    const choose = (control, value) => {
        if (control.value === value) return;
        seen(control).value = value;
        if (control.selectedIndex < 0) throw new Error(`${value} is not offered`);
        told(control);
    };
    const tick = (control, yes) => {
        if (control.checked !== yes) seen(control).click();
    };
    const fill = (field, value) => {
        const [select] = field.querySelectorAll("select");
        const [first, second, third] = field.querySelectorAll("input, textarea");
        const { kind } = field.dataset;
        const yes = ["true", "yes"].includes(value);
        const [before, after] = /^([^ ]*) (.*)$/s.exec(value)?.slice(1) ?? [];
        if (kind === "choice") {
            choose(select, [...select.options].some((one) => one.value === value) ? value : "");
        } else if (kind === "flag") choose(select, String(yes));
        else if (kind === "tick") tick(first, yes === (first.value === "true"));
        else if (kind === "time") {
            const parts = /^(\d*)(?:-(\d\d))?(?:-(\d\d))?(?:[T ](\d\d:\d\d))?$/.exec(value);
            const [year, month, day, clock] = parts.slice(1).map((part) => part ?? "");
            choose(select, month);
            type(first, day);
            type(second, year);
            type(third, clock);
        } else if (kind === "money") {
            type(first, before);
            type(second, after);
        } else if (kind === "duration") {
            type(first, before);
            choose(select, /^(min|h)$|s$/.test(after) ? after : `${after}s`);
        } else type(first, [value].flat().join("\n"));
    };
    for (const [key, value] of answers) {
        const fields = all.filter((one) => !key || one.dataset.key === key);
        if (fields.length !== 1) throw new Error(`${key} is asked ${fields.length} times`);
        fill(fields[0], value);
    }
};
const addSteps = (steps) => {
    for (const [event, answers] of steps) {
        const button = document.querySelector(`[data-add="${event}"]`);
        if (!button.checkVisibility()) button.closest("details").querySelector("summary").click();
        if (!button.checkVisibility()) throw new Error(`${event} cannot be seen`);
        button.click();
        fillAll([...[...document.querySelectorAll(".step")].at(-1).querySelectorAll(".field")], answers);
    }
};
"""
"""Answers fields one after the other as a person would: what can be seen, with the focus in it, each text
typed in one go. All in one call, because to talk to the browser of each control takes longer than to use it.
Steps are added at the end, by the buttons that offer them.
"""


def answer(field: Locator, value: Any) -> None:
    """Gives one answer, as text or, where the key takes several, as a list of texts."""
    _fill(field, [("", value)])


def question(page: Page | Locator, key: str) -> Locator:
    """The field of a key, of the page or of a step."""
    return page.locator(f'.field[data-key="{key}"]')


def add_steps(page: Page, events: Sequence[Mapping[str, str]]) -> None:
    """Adds a step for each event at the end, and answers what it asks."""
    steps = [
        (event["event"], [(key, value) for key, value in event.items() if key != "event"])
        for event in events
    ]
    page.evaluate(f"steps => {{ {_FILL} addSteps(steps); }}", steps)


def fill_in(page: Page, company: str, case: Mapping[str, Any]) -> None:
    """The whole case, in the order of the form."""
    answers = [("@company", company)]
    if "source" in case:
        answers.append(("source.kind", case["source"]["kind"]))
    if "level" in case.get("evidence", {}):
        answers.append(("evidence.level", case["evidence"]["level"]))
    for key, value in case.items():
        if isinstance(value, dict):
            answers += [(f"{key}.{inner}", one) for inner, one in value.items()]
        elif key != "timeline":
            answers.append((key, value))
    _fill(page.locator(".case-form .field"), answers)
    add_steps(page, case.get("timeline", []))


def _fill(fields: Locator, answers: list[tuple[str, Any]]) -> None:
    fields.evaluate_all(f"(all, answers) => {{ {_FILL} fillAll(all, answers); }}", answers)


def made(page: Page, which: int = 0) -> str:
    """The text of the case's file as the page shows it, or with 1 of the company's."""
    return page.locator(".made pre").nth(which).text_content() or ""


def fault_at(field: Locator) -> str:
    """What stands beside a field that has something wrong."""
    return field.locator(".error").text_content() or ""


def press(page: Page, name: str) -> None:
    """Presses the first button of that name."""
    page.get_by_role("button", name=name).first.click()


def said(page: Page) -> str:
    """What the form says of what was done last."""
    return page.locator(".done").inner_text()


def opened(page: Page) -> dict[str, list[str]]:
    """What GitHub is asked for when the form is sent there; nothing goes over the network."""
    asked: list[str] = []

    def answered(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="a new file")

    page.context.route("https://github.com/**", answered)
    with page.context.expect_page() as other:
        press(page, "Open on GitHub")
    other.value.wait_for_load_state()
    other.value.close()
    (url,) = asked
    assert urlsplit(url).path == "/invented/scorecard/new/HEAD"
    return {"url": [url], **parse_qs(urlsplit(url).query)}
