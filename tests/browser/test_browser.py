"""What a reader does in a real browser: narrows and sorts lists, compares companies, explores charts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "path", ["/", "/companies/invented-telecom/", "/cases/invented-telecom/everything/"]
)
def test_every_page_is_whole_without_script(browser: Browser, address: str, path: str) -> None:
    with (
        Visit(browser, address + path, java_script_enabled=False) as bare,
        Visit(browser, address + path) as full,
    ):
        bare_words = set(bare.page.locator("main").inner_text().split())
        full_words = set(full.page.locator("main").inner_text().split())
        filters = full.page.locator("form.filters")
        added = {word for form in filters.all() for word in form.inner_text().split()} | {
            "↕",
            "Copy",
        }
        assert full_words - bare_words <= added
        assert bare.page.locator(".filters:visible").count() == 0


def test_a_company_is_found_by_typing_and_the_table_sorts(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/") as visit:
        page = visit.page
        page.get_by_label("Find a company").fill("siLEnce")
        assert page.locator("table.ranking tbody tr:visible").count() == 1
        page.get_by_label("Find a company").fill("nobody at all")
        assert page.get_by_text("No company fits.").is_visible()
        page.get_by_label("Find a company").fill("")
        page.locator("select[name=sector]").select_option("airlines")
        assert page.locator("table.ranking tbody tr:visible").count() == 1
        page.locator("select[name=sector]").select_option("")
        few = page.locator("table.ranking").last
        few.get_by_role("button", name="Company").click()
        assert few.locator("tbody tr th").first.inner_text().startswith("Invented Air")
        few.get_by_role("button", name="Company").click()
        assert few.locator("tbody tr th").first.inner_text().startswith("Invented Silence")


def test_what_is_chosen_stands_in_the_address_and_comes_back_from_it(
    browser: Browser, address: str
) -> None:
    with Visit(browser, f"{address}/") as visit:
        page = visit.page
        page.keyboard.press("Control+k")
        page.keyboard.type("invented")
        page.locator("select[name=sector]").select_option("telecom")
        page.get_by_label("Sort by").select_option("-cases")
        assert page.url.endswith("/?q=invented&sector=telecom&sort=-cases")
        shown = page.locator("table.ranking tbody tr:visible").all_inner_texts()
        page.goto(page.url)
        assert page.get_by_label("Find a company").input_value() == "invented"
        assert page.locator("table.ranking tbody tr:visible").all_inner_texts() == shown
        assert len(shown) >= 1
        page.get_by_label("Find a company").fill("")
        page.locator("select[name=sector]").select_option("")
        page.get_by_label("Sort by").select_option("")
        assert page.url.endswith("/")


def test_a_click_on_a_heading_sorts_and_is_told_to_the_menu_and_the_address(
    browser: Browser, address: str
) -> None:
    with Visit(browser, f"{address}/") as visit:
        page = visit.page
        table = page.locator("table.ranking").first
        table.get_by_role("button", name="Cases").click()
        assert "sort=-cases" in page.url
        assert page.get_by_label("Sort by").input_value() == "-cases"
        assert table.locator("th[aria-sort=descending]").inner_text().startswith("Cases")
        counts = [int(n) for n in table.locator("tbody tr td:last-child").all_inner_texts()]
        assert counts == sorted(counts, reverse=True)


def test_companies_stand_side_by_side_and_the_address_says_which(
    browser: Browser, address: str
) -> None:
    with Visit(browser, f"{address}/compare/") as visit:
        page = visit.page
        field = page.get_by_label("Add a company")
        for typed in ("invented TELECOM", "silence"):
            field.fill(typed)
            field.press("Enter")
        table = page.locator("table.comparison")
        table.locator("thead th").nth(1).wait_for()
        assert page.url.endswith("/compare/?companies=invented-telecom,invented-silent")
        names = [name.strip() for name in table.locator("thead a").all_inner_texts()]
        assert names == ["Invented Telecom & Sons", "Invented Silence"]
        promises = table.locator("[data-part=promises] td").first.inner_text()
        rule = table.locator("[data-part=fixes] td").first.locator("a").first
        field.fill("nobody at all")
        field.press("Enter")
        assert page.get_by_text("There is no company of that name.").is_visible()
        page.get_by_role("button", name="Leave out: Invented Silence").click()
        assert page.url.endswith("/compare/?companies=invented-telecom")
        page.go_back()
        table.locator("thead th").nth(1).wait_for()
        rule.click()
        assert "/methodology/#rule-" in page.url
        page.goto(f"{address}/companies/invented-telecom/")
        assert promises.split(".")[0] in page.locator("main").inner_text()
        page.get_by_role("link", name="Compare it with others").click()
        page.get_by_role("button", name="Leave out: Invented Telecom & Sons").wait_for()
        assert visit.complaints == []


def test_a_company_is_compared_under_its_old_address_too(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/compare/?companies=invented-phone,nobody") as visit:
        status = visit.page.get_by_role("status")
        assert "no page could be read: nobody" in status.inner_text()
        visit.page.goto(f"{address}/compare/?companies=invented-phone")
        assert visit.page.locator("thead a").inner_text().strip() == "Invented Telecom & Sons"


def test_a_chart_is_explored_in_its_place(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/companies/invented-telecom/") as visit:
        page = visit.page
        assert visit.elsewhere == []
        figure = page.locator("#chart-promises")
        figure.get_by_role("link", name="Explore").click()
        plot = figure.frame_locator("iframe").locator(".js-plotly-plot")
        plot.wait_for(timeout=20_000)
        assert visit.complaints == []
        assert visit.elsewhere == []


def test_plotly_is_not_loaded_before_it_is_asked_for(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/companies/invented-telecom/") as visit:
        visit.page.wait_for_load_state("networkidle")
        assert visit.asked
        assert not [url for url in visit.asked if "plotly" in url]


def test_what_playwright_turns_off_stays_off(browser: Browser) -> None:
    """Of two lists of features a browser minds the last, which is the tests' own."""
    session = browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getInfo")["commandLine"]
    session.detach()
    playwrights, own = re.findall("--disable-features=([^ ]+)", told)
    assert {name for name in playwrights.split(",") if not name.startswith("ms")} <= {
        *own.split(",")
    }
