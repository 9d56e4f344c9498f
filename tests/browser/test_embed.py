"""The embed fits its frame, in both languages and both themes, and its link leads out of its sandbox."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import hosted, served
from tests.browser.test_accessibility import violations
from tests.browser.visit import Visit, looks
from tests.conftest import SMALL, built_once

pytestmark = pytest.mark.browser

SIZES = [
    *[(240, 120), (300, 150), (400, 240), (800, 120), (600, 400), (800, 600)],
    # where it begins to show more
    *[
        (240, 184),
        (320, 120),
        (384, 224),
        (384, 336),
        (240, 432),
        (240, 640),
        (544, 368),
        (576, 464),
    ],
]
LONG = "The Fidelity National Information and Telecommunication Services Company of Rotterdam"
HIDDEN = """() => ['h1', '.head .quiet', '.figure', '.foot a'].filter(name => {
    const e = document.querySelector(name), box = e.getBoundingClientRect();
    return !e.checkVisibility() || !box.height || box.bottom > innerHeight || box.right > innerWidth;
})"""


@pytest.fixture(scope="module")
def long_named(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site, its companies by very long names."""
    content = tmp_path_factory.mktemp("long") / "content"
    shutil.copytree(SMALL, content)
    for path in (content / "companies").glob("*.yaml"):
        lines = path.read_text("utf-8").splitlines()
        told = [f"name: {LONG}" if line.startswith("name:") else line for line in lines]
        path.write_text("\n".join(told) + "\n", "utf-8")
    site = built_once(shared, "long-named", ["--content", str(content)])
    with hosted(site, tmp_path_factory.mktemp("host")) as where:
        yield where


@pytest.mark.parametrize(
    ("company", "language", "scheme"),
    looks(["invented-telecom", "invented-silent"], ["", "/nl"], ["light", "dark"]),
)
def test_an_embed_fits_any_frame(
    browser: Browser, address: str, long_named: str, company: str, language: str, scheme: str
) -> None:
    for host in (address, long_named):
        with Visit(browser, f"{host}{language}/embed/{company}/", color_scheme=scheme) as visit:
            for width, height in SIZES:
                visit.page.set_viewport_size({"width": width, "height": height})
                root = "document.documentElement"
                needs = visit.page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]")
                assert needs == [width, height], host
                assert visit.page.evaluate(HIDDEN) == [], (width, height)
            assert visit.complaints == []
            assert visit.elsewhere == []


@pytest.mark.parametrize(("scheme", "size"), looks(["light", "dark"], [(240, 120), (800, 600)]))
def test_axe_finds_nothing_in_an_embed(
    browser: Browser, address: str, scheme: str, size: tuple[int, int]
) -> None:
    for path in ("/embed/invented-telecom/", "/nl/embed/invented-silent/"):
        with Visit(browser, address + path, color_scheme=scheme) as visit:
            visit.page.set_viewport_size({"width": size[0], "height": size[1]})
            assert violations(visit.page) == []


def test_a_fragment_fixes_the_colours(browser: Browser, address: str) -> None:
    def ground(fragment: str, scheme: str) -> str:
        with Visit(
            browser, f"{address}/embed/invented-air/{fragment}", color_scheme=scheme
        ) as visit:
            colour = "getComputedStyle(document.querySelector('main')).backgroundColor"
            return str(visit.page.evaluate(colour))

    light, dark = ground("", "light"), ground("", "dark")
    assert light != dark
    assert ground("#light", "dark") == light
    assert ground("#dark", "light") == dark


def test_in_its_sandbox_an_embed_is_drawn_and_leads_to_its_figure(
    browser: Browser, address: str, small_site: Path, tmp_path: Path
) -> None:
    """By the very code that the company's page gives, on somebody else's page."""
    from tests.site.reading import load

    code = load(small_site / "oembed/invented-telecom.json")["html"]
    own = code.replace("https://small.example/score", address)
    (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title><p>Mine</p>{own}")
    with served(tmp_path) as elsewhere:
        page = browser.new_page()
        page.goto(elsewhere, wait_until="networkidle")
        frame = page.frame_locator("iframe")
        grade = frame.locator(".grade")
        assert grade.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(143, 192, 221)"
        frame.locator("a").click()
        page.wait_for_url(f"{address}/companies/invented-telecom/#fig-overall")
        page.close()


def test_a_text_is_copied_with_one_press(browser: Browser, address: str, small_site: Path) -> None:
    from tests.site.reading import load

    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/companies/invented-telecom/", wait_until="networkidle")
    page.locator(".embedding > summary").click()
    box = page.locator(".embedding .copy").first
    box.locator("button").click()
    box.locator("[role=status]", has_text="Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == load(small_site / "oembed/invented-telecom.json")["html"]
    context.close()


def test_where_nothing_can_be_copied_the_text_is_selected(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{address}/companies/invented-telecom/", wait_until="networkidle")
    page.locator(".embedding > summary").click()
    box = page.locator(".embedding .copy").last
    box.locator("button").click()
    assert page.evaluate("getSelection().toString()") == box.locator("code").text_content()
    page.close()
