"""Everybody can read it: what axe-core finds, what the keyboard reaches, what large text leaves."""

from __future__ import annotations

from functools import cache
from importlib.metadata import files
from itertools import takewhile
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.visit import FITS, PAGES, Visit, looks
from tests.support.rounds import some

pytestmark = pytest.mark.browser

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PRESSED = ("A", "BUTTON", "INPUT", "SELECT", "SUMMARY")
STEPS = 20
"""So many keys are pressed before it is asked where they led."""


@cache
def axe() -> str:
    """The engine itself, which the package brings."""
    return next(
        f for f in files("axe-playwright-python") or () if f.name == "axe.min.js"
    ).read_text()


def violations(page: Page) -> list[str]:
    """What axe-core has against the page, each with the elements that it means."""
    page.evaluate(axe())
    settings = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
    told: dict[str, Any] = page.evaluate("settings => axe.run(document, settings)", settings)
    return [f"{v['id']}: {[n['target'] for n in v['nodes']]}" for v in told["violations"]]


@pytest.mark.parametrize(
    ("path", "language", "scheme", "width"),
    looks(PAGES, ["", "/nl"], ["light", "dark"], [360, 1280]),
)
def test_axe_finds_nothing_and_nothing_is_blocked_or_scrolls_sideways(
    browser: Browser, address: str, path: str, language: str, scheme: str, width: int
) -> None:
    look: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    own = "" if path == "/404.html" else language  # one page stands for all that are not there
    with Visit(browser, address + own + path, **look) as visit:
        assert violations(visit.page) == []
        assert visit.page.evaluate(FITS, width)
        assert visit.complaints == []
        assert visit.elsewhere == []


def test_axe_would_find_something(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/") as visit:
        visit.page.evaluate(
            "() => { const i = document.querySelector('input'); i.parentElement.replaceWith(i); }"
        )
        visit.page.evaluate("document.documentElement.removeAttribute('lang')")
        assert {found.split(":")[0] for found in violations(visit.page)} >= {
            "label",
            "html-has-lang",
        }


def words(page: Page) -> set[str]:
    """What can be read, but for what Plotly draws anew at every size."""
    parts = page.locator("main > :not(.plot)").all_inner_texts()
    return {word for part in parts for word in part.split()}


@pytest.mark.parametrize(("path", "width"), looks(some(PAGES, 4), [360, 1280]))
def test_text_of_twice_the_size_loses_nothing(
    browser: Browser, address: str, path: str, width: int
) -> None:
    """Nothing is cut off, nothing lies over other text, and the page does not scroll sideways."""
    with Visit(browser, address + path, viewport={"width": width, "height": 900}) as visit:
        before = words(visit.page)
        visit.page.evaluate(
            "() => { const s = new CSSStyleSheet(); s.replaceSync('html { font-size: 200% }');"
            " document.adoptedStyleSheets = [s]; }"
        )
        assert words(visit.page) == before
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        cut = visit.page.evaluate(
            """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
                const style = getComputedStyle(e);
                const hides = ['hidden', 'clip'].includes(style.overflowX);
                return hides && !e.closest('.sr, .skip, svg, thead') && e.scrollWidth > e.clientWidth + 1;
            }).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert cut == []


@pytest.mark.parametrize("path", some([path for path in PAGES if "/charts/" not in path], 4))
def test_the_keyboard_reaches_everything_that_a_mouse_can_press(
    browser: Browser, address: str, path: str
) -> None:
    """Every link, button, field and fold, in the order of the page, each with a visible outline."""
    with Visit(browser, address + path) as visit:
        page = visit.page
        page.evaluate(
            """() => {
                document.body.tabIndex = -1;
                document.body.focus();
                globalThis.walked = [];
                addEventListener("keyup", () => {
                    const e = document.activeElement;
                    walked.push([e.tagName, getComputedStyle(e).outlineStyle]);
                });
            }"""
        )
        wanted = page.evaluate(
            """() => {
                const seen = [...document.querySelectorAll('a[href], button, input, select, summary')]
                    .filter(e => e.checkVisibility() && e.tabIndex >= 0);
                const groups = new Set(seen.filter(e => e.type === 'radio').map(e => e.name));
                return seen.filter(e => e.type !== 'radio').length + groups.size;
            }"""
        )
        walked: list[list[str]] = []
        for _ in range(0, 2 * wanted + 50, STEPS):
            for _ in range(STEPS):
                page.keyboard.press("Tab")
            walked = page.evaluate("walked")
            if "BODY" in {tag for tag, _ in walked}:
                break
        once = takewhile(lambda met: met[0] != "BODY", walked)
        outlines = [outline for tag, outline in once if tag in PRESSED]
        assert len(outlines) >= wanted
        assert "none" not in outlines


def test_the_first_tab_offers_to_skip_to_the_content(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/") as visit:
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")
        assert visit.page.url.endswith("#main")
