"""What a page costs its reader: bytes, and a layout that jumps."""

from __future__ import annotations

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visit import PAGES, Visit, looks
from tests.support.rounds import some

pytestmark = pytest.mark.browser

MOST = 60 * 1024
"""Bytes, compressed, of a company's page with all that it needs before a chart is explored."""
SHIFT = """() => new Promise(done => {
    let moved = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) moved += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(moved), 300);
})"""


def compressed(browser: Browser, url: str) -> int:
    """Bytes of all that the page asks for, as a host would send them."""
    with Visit(browser, url, alone=True) as visit:
        visit.page.wait_for_load_state("networkidle")
        sizes = [len(gzip.compress(response.body())) for response in visit.responses]
    assert len(sizes) >= 3
    return sum(sizes)


def test_a_company_page_is_small(browser: Browser, address: str) -> None:
    assert compressed(browser, f"{address}/companies/invented-telecom/") <= MOST


@pytest.mark.parametrize(("path", "width"), looks(some(PAGES, 4), [360, 1280]))
def test_nothing_jumps_while_a_page_is_read(
    browser: Browser, address: str, path: str, width: int
) -> None:
    with Visit(browser, address + path, viewport={"width": width, "height": 800}) as visit:
        assert visit.page.evaluate(SHIFT) < 0.02


def test_a_jump_would_be_seen(browser: Browser, address: str) -> None:
    with Visit(browser, f"{address}/data/") as visit:
        visit.page.evaluate(
            """async () => {
                const frame = () => new Promise(requestAnimationFrame);
                await frame().then(frame); // what was never drawn does not jump
                const wall = document.createElement("p");
                wall.append(...Array.from({length: 30}, () => document.createElement("br")));
                document.querySelector("main").prepend(wall);
            }"""
        )
        assert visit.page.evaluate(SHIFT) > 0.02


def test_static_files_are_named_after_their_content(small_site: Path) -> None:
    """So that a host may keep them for ever: another content is another address."""
    files = list((small_site / "static").iterdir())
    assert len(files) >= 5
    for path in files:
        mark = re.search(r"\.([0-9a-f]{10})\.", path.name)
        assert mark, path.name
        assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(mark[1])
