"""What a reader sees in a real browser: nothing blocked, nothing from elsewhere, nothing sideways."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.find_browser import find_browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [
    "/",
    "/companies/invented-telecom/",
    "/companies/invented-silent/",
    "/cases/invented-telecom/everything/",
    "/cases/invented-telecom/withdrawn/",
    "/sectors/telecom/",
    "/methodology/",
    "/data/",
    "/about/",
    "/charts/invented-telecom/reply-time/",
    "/charts/invented-telecom/promises/",
    "/charts/invented-telecom/scores/",
    "/charts/invented-telecom/trend/",
    "/404.html",
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site, served below the path that its base_url names."""
    root = tmp_path_factory.mktemp("host")
    (root / "score").symlink_to(small_site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/score"
    server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser that this computer has."""
    path = find_browser()
    assert path, "no browser: run `make browser`"
    with sync_playwright() as playwright:
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
        ]
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


class Visit:
    """A page that is open, with everything it complained about or asked for."""

    def __init__(self, browser: Browser, url: str, **settings: Any) -> None:
        self.page: Page = browser.new_page(**settings)
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        host = url.split("/score")[0]
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((host, "data:", "blob:"))
                else self.elsewhere.append(request.url)
            ),
        )
        self.page.goto(url, wait_until="networkidle")

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.page.close()


@pytest.mark.parametrize("path", [*PAGES, *(f"/nl{p}" for p in PAGES[:4])])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_blocked_and_nothing_comes_from_elsewhere(
    browser: Browser, address: str, path: str, scheme: str
) -> None:
    with Visit(browser, address + path, color_scheme=scheme) as visit:
        assert visit.complaints == []
        assert visit.elsewhere == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways(browser: Browser, address: str, path: str, width: int) -> None:
    with Visit(browser, address + path, viewport={"width": width, "height": 800}) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


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
        added = {word for form in filters.all() for word in form.inner_text().split()} | {"↕"}
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
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/companies/invented-telecom/", wait_until="networkidle")
    assert asked
    assert not [url for url in asked if "plotly" in url]
    page.close()
