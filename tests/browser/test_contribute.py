"""The form that writes a case: what comes out is what the project writes itself, and nothing leaks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scorecard.cli import main
from scorecard.contribute.case_text import case_text, company_text
from tests.browser.filling import (
    add_steps,
    answer,
    fill_in,
    made,
    opened,
    press,
    question,
    said,
)
from tests.browser.serving import hosted
from tests.browser.test_accessibility import violations
from tests.browser.test_cost import MOST, compressed
from tests.browser.visit import Visit
from tests.conftest import ROOT, SMALL, built_once, made_once
from tests.support.build import read
from tests.support.one_page import Unbuilt
from tests.support.rounds import some

pytestmark = pytest.mark.browser

PROVIDER = ROOT / "content/cases/unnamed-provider/boxes-charged-180-euros-2019.yaml"
EDITORS = ("status", "status_note", "status_date", "reply")
SHORT: dict[str, Any] = {
    "title": "Nobody answered",
    "language": "en",
    "wanted": "answer",
    "source": {"kind": "first-hand"},
    "timeline": [{"event": "contact", "at": "2026-03", "channel": "email", "note": "I asked."}],
}


@pytest.fixture(scope="session")
def content(shared: Path) -> Path:
    """The small content, of a project that is on GitHub, with the provider."""
    folder = shared / "hub-of" / "content"

    def write() -> None:
        shutil.copytree(SMALL, folder)
        shutil.copy(ROOT / "content/companies/unnamed-provider.yaml", folder / "companies")

    made_once(folder.parent, write)
    return folder


@pytest.fixture(scope="session")
def form(shared: Path, content: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page with the form."""
    site = built_once(shared, "hub", ["--content", str(content)])
    with hosted(site, tmp_path_factory.mktemp("host")) as where:
        yield f"{where}/contribute/"


def at(browser: Browser, url: str, **settings: Any) -> Visit:
    """The page, which answers at once or never."""
    visit = Visit(browser, url, **settings)
    visit.page.set_default_timeout(5000)
    return visit


def test_the_provider_case_comes_out_as_the_project_writes_it(
    browser: Browser, form: str, content: Path, tmp_path: Path
) -> None:
    case = read(PROVIDER.read_text("utf-8"))
    with at(browser, form, alone=True) as visit:
        page = visit.page
        fill_in(page, "Internet, TV and phone provider (not named in the source)", case)
        answer(question(page, "@slug"), PROVIDER.stem)
        with page.expect_download() as download:
            press(page, "Download")
        text = Path(download.value.path()).read_bytes()
        assert text.decode() == case_text(case)
        assert download.value.suggested_filename == PROVIDER.name
        assert opened(page)["value"] == [case_text(case)]
        assert visit.complaints == []
    folder = Path(shutil.copytree(content, tmp_path / "content"))
    place = folder / "cases" / PROVIDER.parent.name / PROVIDER.name
    place.parent.mkdir()
    place.write_bytes(text)
    assert main(["check", "--content", str(folder)]) == 0


def test_every_key_and_event_can_be_told(
    browser: Browser, form: str, content: Path, tmp_path: Path
) -> None:
    """The small site's case that has them all, but for what the editors write."""
    place = content / "cases/invented-telecom/everything.yaml"
    case = {k: v for k, v in read(place.read_text("utf-8")).items() if k not in EDITORS}
    with at(browser, form) as visit:
        fill_in(visit.page, "Invented Telecom & Sons", case)
        answer(question(visit.page, "@slug"), "once-more")
        with visit.page.expect_download() as download:
            press(visit.page, "Download")
        text = Path(download.value.path()).read_text("utf-8")
    folder = Path(shutil.copytree(content, tmp_path / "content"))
    (folder / "cases/invented-telecom/once-more.yaml").write_text(text, "utf-8")
    assert main(["check", "--content", str(folder)]) == 0
    written = read(text)
    assert written.keys() == case.keys()
    for event, told in zip(written["timeline"], case["timeline"], strict=True):
        assert {k: (v.replace(" ", "T") if k == "at" else v) for k, v in told.items()} == {
            k: {"true": "yes", "false": "no"}.get(v, v) for k, v in event.items()
        }


def test_a_draft_outlives_the_page_and_can_be_thrown_away(browser: Browser, form: str) -> None:
    with at(browser, form) as visit:
        page = visit.page
        assert page.evaluate("localStorage.length") == 0
        assert "stays on this device" in page.locator(".case-form").inner_text()
        fill_in(page, "Invented Silence", SHORT)
        text = made(page)
        assert text == case_text(SHORT)
        page.reload()
        assert made(page) == text
        assert said(page) == "Your draft is back."
        page.goto(form.replace("/contribute/", "/nl/contribute/"))
        assert made(page) == text
        page.once("dialog", lambda dialog: dialog.accept())
        page.locator("[data-do=discard]").click()
        assert page.evaluate("localStorage.length") == 0
        page.reload()
        assert "timeline" not in made(page)
        assert visit.complaints == visit.elsewhere == []


@pytest.mark.parametrize(
    ("text", "certain"),
    some(
        [
            ("write to jan.jansen@post.example", True),
            ("they paid NL91ABNA0417164300.", True),
            ("BSN 111222333", True),
            ("the card 4111-1111-1111-1111", True),
            ("my klantnummer: 88812", True),
            ("ring 06 12 34 56 78", False),
            ("12, 1234 AB", False),
            ("I live at Kalverstraat 12 now", False),
            ("asked for mevrouw de Vries", False),
        ],
        2,
    ),
)
def test_personal_data_are_told_before_anything_leaves(
    browser: Browser, form: str, text: str, certain: bool
) -> None:
    with at(browser, form, alone=True) as visit:
        page = visit.page
        fill_in(page, "Invented Silence", SHORT)
        note = question(page.locator(".step").first, "note")
        answer(note, text)
        assert "expected no personal data" in note.locator(".error").inner_text()
        warning = page.locator(".personal")
        assert "1. I called, wrote or chatted: What else is worth knowing" in warning.inner_text()
        for way in ("Open on GitHub", "Copy", "Download"):
            press(page, way)
            assert said(page).startswith(
                "Not opened" if certain and way[0] == "O" else "First look"
            )
        assert len(page.context.pages) == 1
        warning.get_by_role("checkbox").check()
        if certain:
            press(page, "Open on GitHub")
            assert said(page).startswith("Not opened")
            assert note.locator("textarea").evaluate("e => e === document.activeElement")
            answer(note, "write to [removed]")
        assert opened(page)["filename"] == ["content/cases/invented-silent/nobody-answered.yaml"]


def test_what_is_no_personal_data_goes_out(browser: Browser, form: str) -> None:
    days = "on 28-06-2019 and 2019-06-28, 0900 1234"
    with at(browser, form) as visit:
        for text in (days, "case 123456789012", "BSN 111222334", "@ noon"):
            answer(question(visit.page, "title"), text)
            assert visit.page.locator(".personal").is_hidden(), text


def test_what_is_too_long_for_an_address_is_copied(browser: Browser, form: str) -> None:
    with at(browser, form, alone=True) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        fill_in(
            page,
            "Invented Silence",
            {
                **SHORT,
                "summary": "It took long. " * 350,
                "timeline": [{"event": "lost", "note": "Once more. " * 180}],
            },
        )
        asked = opened(page)
        assert "value" not in asked
        assert asked["filename"] == ["content/cases/invented-silent/nobody-answered.yaml"]
        assert said(page).startswith("It is too long")
        assert page.evaluate("navigator.clipboard.readText()") == made(page)


def test_a_new_company_gets_a_file_of_its_own(
    browser: Browser, form: str, content: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(content, tmp_path / "content"))
    with at(browser, form) as visit:
        page = visit.page
        fill_in(page, "Café 't Hoekje: nr. 1", SHORT)
        answer(question(page, "@sector"), "telecom")
        places = page.locator(".made .path").all_inner_texts()
        assert places == [
            "content/cases/cafe-t-hoekje-nr-1/nobody-answered.yaml",
            "content/companies/cafe-t-hoekje-nr-1.yaml",
        ]
        for which, place in enumerate(places):
            path = folder.parent / place
            path.parent.mkdir(exist_ok=True)
            path.write_text(made(page, which), "utf-8")
        company = page.locator("[data-do=open][data-file=company]")
        company.wait_for()
        assert made(page, 1) == company_text({"name": "Café 't Hoekje: nr. 1", "sector": "telecom"})
    assert main(["check", "--content", str(folder)]) == 0


def test_a_project_elsewhere_offers_no_github(
    browser: Browser, address: str, small_content: Path
) -> None:
    site = small_content / "site.yaml"
    told = site.read_text("utf-8")
    site.write_text(told.replace("https://github.com/", "https://code.example/"), "utf-8")
    elsewhere = Unbuilt(small_content).text("/contribute/")
    with at(browser, f"{address}/contribute/", alone=True) as visit:
        page = visit.page
        assert page.get_by_role("button", name="Open on GitHub").count() > 0
        page.route(
            "**/contribute/", lambda route: route.fulfill(body=elsewhere, content_type="text/html")
        )
        page.reload(wait_until="networkidle")
        assert page.get_by_role("button", name="Open on GitHub").count() == 0
        assert page.get_by_role("button", name="Download").first.is_visible()


def order(page: Page) -> list[str]:
    return [event["event"] for event in read(made(page))["timeline"]]


def test_steps_move_go_and_come_back(browser: Browser, form: str) -> None:
    with at(browser, form) as visit:
        page = visit.page
        add_steps(page, [{"event": event} for event in ("contact", "reply", "lost")])
        page.keyboard.press("Tab")
        step = page.locator(".step").last
        step.get_by_role("button", name="Move up").press("Enter")
        assert order(page) == ["contact", "lost", "reply"]
        assert page.locator(".moved").inner_text() == "Now step 2."
        assert page.evaluate("document.activeElement.textContent") == "Move up"
        page.locator(".step").nth(1).get_by_role("button", name="Remove").press("Enter")
        assert order(page) == ["contact", "reply"]
        press(page, "Bring the removed step back")
        assert order(page) == ["contact", "lost", "reply"]


def test_everybody_can_use_it_on_a_narrow_phone_in_dutch(browser: Browser, form: str) -> None:
    """With steps open, mistakes marked and text of twice the size."""
    url = form.replace("/contribute/", "/nl/contribute/")
    with at(browser, url, viewport={"width": 320, "height": 800}) as visit:
        page = visit.page
        for event in ("contact", "promise", "refund"):
            page.locator(f"[data-add={event}]").click()
        for step in page.locator(".step details").all():
            step.evaluate("e => { e.open = true; }")
        answer(question(page, "title"), "bel 0612345678")
        press(page, "Kopiëren")
        assert said(page) == "Verbeter eerst wat gemarkeerd is."
        wrong = "Wat werd er besloten?: gevonden: niets; verwacht: de sleutel 'decision'."
        assert wrong in page.locator(".faults").inner_text()
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate(
            "() => { const s = new CSSStyleSheet(); s.replaceSync('html { font-size: 200% }');"
            " document.adoptedStyleSheets = [s]; }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert visit.complaints == []


def test_the_page_is_small(browser: Browser, form: str) -> None:
    assert compressed(browser, form) <= MOST
