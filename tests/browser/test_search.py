"""The search as a reader uses it: by typing, by the keyboard, by its address; and by nobody's script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from scorecard.cli import main
from tests.browser.serving import hosted
from tests.browser.visit import Visit
from tests.conftest import in_english, undrawn

pytestmark = pytest.mark.browser

SPELL = '<img src=x onerror="alert(1)"> <mark>quokka</mark> &lt;b&gt;{{ 7*7 }}'
HIDDEN = (
    '<script>alert(2)</script> a wombat &lt;img src=x onerror=alert(3)&gt; "><svg onload=alert(4)>'
)


def results(page: Page) -> Locator:
    return page.locator(".results > li")


def says(page: Page, text: str) -> None:
    """Waits until the readers of the page are told this."""
    expect(page.get_by_role("status")).to_have_text(text)


def look_for(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)


def test_a_case_is_found_by_a_word_of_its_story(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/search/") as visit:
        page = visit.page
        look_for(page, "flowers")
        says(page, "1 result")
        found = results(page)
        assert found.locator("a").inner_text() == "Every event there is"
        assert found.locator("a").get_attribute("lang") == "nl"
        assert found.locator(".quiet").inner_text() == "Case · Invented Telecom & Sons"
        assert found.locator("mark").all_inner_texts() == ["flowers"]
        assert page.title() == "flowers · Search · A Small Scorecard"
        found.locator("a").click()
        assert page.url == f"{address}/cases/invented-telecom/everything/"
        page.go_back()
        says(page, "1 result")
        assert page.url == f"{address}/search/?q=flowers"
        assert visit.complaints == []
        assert visit.elsewhere == []


def test_a_company_goes_before_its_cases_and_shows_its_grade(
    browser: Browser, address: str
) -> None:
    with Visit(browser, f"{address}/search/?q=Invented%20Telecom") as visit:
        page = visit.page
        says(page, "13 results")
        first = results(page).first
        assert first.locator("a").inner_text() == "Invented Telecom & Sons"
        assert first.locator(".grade").inner_text().split() == ["Grade", "B"]
        assert first.locator("a").evaluate("a => a.href").endswith("/companies/invented-telecom/")


def test_a_long_page_leads_to_its_sections(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/search/?q=outage%20campaign") as visit:
        says(visit.page, "1 result")
        results(visit.page).get_by_role("link", name="What one person and a sudden").click()
        assert visit.page.url == f"{address}/methodology/#caps"


def test_a_dutch_page_searches_in_dutch(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/nl/search/") as visit:
        page = visit.page
        look_for(page, "luchtvaart")
        says(page, "2 resultaten")
        assert results(page).first.locator("p").first.inner_text() == "Sector"
        links = results(page).locator("a").evaluate_all("all => all.map(a => a.href)")
        assert links == [f"{address}/nl/sectors/airlines/", f"{address}/nl/companies/invented-air/"]
        page.goto(f"{address}/search/?q=luchtvaart")
        says(page, "Nothing was found for “luchtvaart”. Try fewer or other words.")


def test_what_is_asked_stands_in_the_address_and_back_brings_it_back(
    browser: Browser, address: str
) -> None:
    with Visit(browser, f"{address}/search/") as visit:
        page = visit.page
        page.get_by_role("searchbox").press_sequentially("invented", delay=20)
        says(page, "19 results")
        assert page.url == f"{address}/search/?q=invented"
        page.get_by_label("Companies 3").check()
        says(page, "3 results")
        assert page.url == f"{address}/search/?q=invented&kind=company"
        page.get_by_label("Cases 11").check()
        says(page, "11 results")
        page.go_back()
        says(page, "3 results")
        assert page.get_by_label("Companies 3").is_checked()
        page.go_back()
        says(page, "19 results")
        page.go_back()
        assert page.url == f"{address}/search/"
        assert page.get_by_role("searchbox").input_value() == ""
        assert not results(page).count()
        page.goto(f"{address}/search/?q=invented&kind=sector")
        says(page, "2 results")
        page.goto(f"{address}/search/?q=invented&kind=nonsense")
        says(page, "19 results")


def test_more_is_shown_when_it_is_asked_for(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/search/?q=invented") as visit:
        page = visit.page
        expect(results(page)).to_have_count(10)
        page.get_by_role("button", name="Show more").click()
        expect(results(page)).to_have_count(19)
        assert page.evaluate(
            "document.activeElement === document.querySelectorAll('.results > li > a')[10]"
        )
        assert page.get_by_role("button", name="Show more").count() == 0


def test_the_keyboard_is_enough(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/search/") as visit:
        page = visit.page
        page.keyboard.type("air")
        page.keyboard.press("Enter")
        says(page, "4 results")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        says(page, "1 result")
        assert page.url.endswith("?q=air&kind=company")
        page.locator(".results > li.company > a").wait_for()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/companies/invented-air/")
        page.goto(f"{address}/search/?q=air")
        page.keyboard.press("Control+k")
        page.keyboard.type("lines")
        says(page, "2 results")


def test_a_beginning_of_a_word_finds_and_a_word_that_is_nowhere_does_not(
    browser: Browser, address: str
) -> None:
    """Also where the site has a word that the one asked for begins with: 'a' of 'antelope'."""
    with Visit(browser, f"{address}/search/?q=antelope") as visit:
        page = visit.page
        says(page, "Nothing was found for “antelope”. Try fewer or other words.")
        assert not page.locator(".results").is_visible()
        assert page.get_by_role("link", name="To the scorecard").is_visible()
        look_for(page, "flow")
        says(page, "1 result")
        look_for(page, "flowers antelope")
        says(page, "Nothing was found for “flowers antelope”. Try fewer or other words.")
        look_for(page, "flight")
        says(page, "1 result")
        page.goto(f"{address}/search/?q=flight&kind=company")
        says(page, "Nothing of this kind was found for “flight”.")


@pytest.mark.parametrize("path", ["/", "/search/", "/companies/invented-telecom/"])
def test_nothing_of_the_search_is_loaded_before_it_is_used(
    browser: Browser, address: str, path: str
) -> None:
    with Visit(browser, address + path) as visit:
        visit.page.wait_for_load_state("networkidle")
        assert visit.asked
        assert not [url for url in visit.asked if "/search/" in url.removesuffix("/search/")]


@pytest.mark.parametrize("worker", [True, False])
def test_the_policy_allows_what_is_used_with_and_without_a_worker(
    browser: Browser, address: str, worker: bool
) -> None:
    with Visit(browser, f"{address}/search/", alone=True) as visit:
        page = visit.page
        page.add_init_script(
            "addEventListener('securitypolicyviolation', (e) => console.error(e.blockedURI));"
            + ("" if worker else "delete globalThis.Worker;")
        )
        page.goto(f"{address}/search/?q=flowers")
        says(page, "1 result")
        assert len(page.workers) == worker
        assert visit.complaints == []
        assert visit.elsewhere == []


def test_a_search_that_does_not_load_says_so(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/search/", alone=True) as visit:
        page = visit.page
        page.route("**/*.pf_meta", lambda route: route.abort())
        page.route("**/wasm.*", lambda route: route.abort())
        look_for(page, "flowers")
        says(page, "The search could not be loaded.")
        assert page.get_by_role("link", name="To the scorecard").is_visible()


def test_without_script_the_page_says_how_to_find_things(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/search/", java_script_enabled=False) as visit:
        page = visit.page
        assert page.get_by_text("Searching takes a script").is_visible()
        assert page.locator("input:visible, button:visible").count() == 0
        page.get_by_role("link", name="To the scorecard").click()
        assert page.url == f"{address}/"


def test_who_finds_no_company_is_led_to_the_search(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/") as visit:
        page = visit.page
        led = page.get_by_role("link", name="Search cases and pages for these words")
        assert not led.is_visible()
        page.get_by_label("Find a company").fill("invented")
        assert not led.is_visible()
        page.get_by_label("Find a company").fill("flowers & more")
        led.click()
        assert page.url == f"{address}/search/?q=flowers+%26+more"
        assert page.get_by_role("searchbox").input_value() == "flowers & more"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site with a case that would like to be HTML."""
    folder = tmp_path_factory.mktemp("hostile")
    content = in_english(folder / "content")
    path = content / "cases/invented-telecom/everything.yaml"
    case = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    path.write_text(yaml.dump(case | {"title": SPELL, "summary": HIDDEN}), "utf-8")
    company = content / "companies/invented-telecom.yaml"
    text = company.read_text("utf-8").replace("Invented Telecom & Sons", "'<b>Quokka</b> & Sons'")
    company.write_text(text, "utf-8")
    arguments = ["--content", str(content), "--out", str(folder / "site")]
    with undrawn():
        assert main(["build", *arguments]) == 0
    with hosted(folder / "site", tmp_path_factory.mktemp("host")) as where:
        yield where


def test_what_strangers_write_is_text_in_what_is_found(browser: Browser, hostile: str) -> None:
    with Visit(browser, f"{hostile}/search/", alone=True) as visit:
        page = visit.page
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        for asked, said in (
            ("quokka", "11 results"),
            ("<b>zebu", "Nothing was found for “<b>zebu”. Try fewer or other words."),
            ("<img src=x onerror=alert(5)>", "1 result"),
            ("<svg onload=alert(6)>", "Nothing was found for “<svg onload=alert(6)>”."),
            ("wombat", "1 result"),
        ):
            look_for(page, asked)
            expect(page.get_by_role("status")).to_contain_text(said)
            if "Nothing" not in said:
                results(page).first.wait_for()
            assert page.locator("main :is(img, script, svg, b)").count() == 0, asked
        item = results(page)
        assert item.locator("a").inner_text() == SPELL
        assert "<script>alert(2)</script> a wombat <img src=x onerror" in item.inner_text()
        assert item.locator("mark").all_inner_texts() == ["wombat"]
        assert "<b>Quokka</b> & Sons" in item.inner_text()
        page.wait_for_load_state("networkidle")
        assert dialogs == []
        assert visit.complaints == []
