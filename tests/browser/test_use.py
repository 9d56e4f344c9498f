"""Everything on a page is pressed, filled in and opened, at any width: nothing is blocked or cut off, and
nothing comes from elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.visit import FITS, PAGES, Visit
from tests.support.rounds import rounds

pytestmark = pytest.mark.browser


def _each_visible(found: Locator, use_one: Callable[[Locator], None]) -> Iterator[bool]:
    """Uses what can be seen of these, one by one; what is used may hide others, or add some, which wait."""
    for number in range(found.count()):
        if number < found.count() and found.nth(number).is_visible():
            use_one(found.nth(number))
            yield True


def _write(field: Locator) -> None:
    field.fill("<b>invented</b> & \"more\" 'still'")
    field.press("Enter")
    field.fill("")


_CHOOSE = """field => {
    const tell = (which) => {
        field.selectedIndex = which;
        for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    for (const option of field.options) tell(option.index);
    tell(0);
    return field.options.length;
}"""
"""Chooses one option after the other, as Playwright does, and last the first again."""


def use(page: Page) -> int:
    """Presses, fills in and opens all that there is; the number of things used."""
    used = 0
    for fold in page.locator("summary:visible").all():
        fold.click()
        used += 1
    for field in page.locator("select:visible").all():
        used += field.evaluate(_CHOOSE)
    choices = page.locator("input:is([type=checkbox], [type=radio])")
    used += sum(_each_visible(choices, Locator.check))
    used += sum(_each_visible(page.locator("input:not([type=checkbox], [type=radio])"), _write))
    used += sum(_each_visible(page.locator("main button"), Locator.click))
    charts = page.locator("figure a.explore[href]:visible").all()
    for link in charts[: rounds(1, len(charts))]:
        link.click()
        used += 1
    for frame in page.locator("iframe").all():
        frame.content_frame.locator(".js-plotly-plot").first.wait_for(timeout=30_000)
    return used


WIDTHS = [320, 360, 768, 1280]


@pytest.mark.parametrize("path", PAGES)
def test_everything_fits_and_can_be_used_and_nothing_is_blocked(
    browser: Browser, address: str, path: str
) -> None:
    with Visit(browser, address + path) as visit:
        for width in WIDTHS:
            visit.page.set_viewport_size({"width": width, "height": 800})
            # A chart is drawn anew a moment after the window has changed.
            visit.page.wait_for_function(FITS, arg=width, timeout=5000)
        used = use(visit.page)
        visit.page.wait_for_timeout(300)
        assert visit.complaints == []
        assert visit.elsewhere == []
        if path in ("/", "/companies/invented-telecom/", "/sectors/telecom/"):
            assert used > 5


def test_a_chart_offers_to_send_nothing_to_its_makers(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/charts/invented-telecom/promises/") as visit:
        visit.page.locator(".js-plotly-plot .modebar").wait_for(state="attached")
        offered = [
            button.get_attribute("data-title") or ""
            for button in visit.page.locator(".modebar-btn").all()
        ]
        assert len(offered) >= 3
        assert not [title for title in offered if "hare" in title or "loud" in title]


def test_what_is_not_allowed_would_be_seen(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/") as visit:
        visit.page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "document.title = 'run'";
                document.body.append(script);
                document.body.append(Object.assign(new Image(), { src: "https://example.org/a.png" }));
            }"""
        )
        visit.page.wait_for_timeout(200)
        assert visit.page.title() != "run"
        assert len([said for said in visit.complaints if "Content Security Policy" in said]) == 2


@pytest.mark.parametrize("path", ["/companies/invented-telecom/", "/methodology/"])
def test_paper_shows_what_a_screen_folds_away(browser: Browser, address: str, path: str) -> None:
    with Visit(browser, address + path) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.locator("nav:visible").count() == 0
        folds = visit.page.locator("details")
        assert folds.count() > 0
        for fold in folds.all():
            assert fold.evaluate(
                "e => [...e.children].every(c => c.checkVisibility({contentVisibilityAuto: true}) &&"
                " c.getBoundingClientRect().height > 0)"
            )


@pytest.mark.parametrize("colours", ["active", "none"])
def test_grades_and_scores_can_be_read_in_forced_colours(
    browser: Browser, address: str, colours: str
) -> None:
    """With colours of the reader's own, every shape of a score still differs from the page."""
    with Visit(browser, f"{address}/companies/invented-telecom/", forced_colors=colours) as visit:
        paper = visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        for shape in (".scale .dot", ".scale .span", ".drawing .bar.bad", ".drawing .curve"):
            seen = visit.page.locator(shape).first.evaluate(
                "e => { const s = getComputedStyle(e); return s.fill === 'none' ? s.stroke : s.fill; }"
            )
            assert seen != paper, shape


@pytest.mark.parametrize("chart", [True, False])
def test_what_narrows_a_list_stands_below_the_field_that_finds(
    browser: Browser, address: str, chart: bool
) -> None:
    """And begins where that begins, beside the chart of the whole field or where there is none yet."""
    with Visit(browser, f"{address}/") as visit:
        if not chart:
            visit.page.evaluate("document.querySelector('.front').classList.remove('both')")
        for width in (390, 768, 1024, 1280, 1600):
            visit.page.set_viewport_size({"width": width, "height": 900})
            field, *choices = (
                box
                for one in visit.page.locator("form.filters :is(input[type=search], select)").all()
                if (box := one.bounding_box())
            )
            assert choices[0]["x"] == pytest.approx(field["x"], abs=1), width
            assert all(one["y"] > field["y"] + field["height"] for one in choices), width
