"""Words as long as the format lets them be push no page sideways, not even on the narrowest phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import served
from tests.support.build import CASE, CASE_PLACE, COMPANY, SECTORS, SITE, content_folder
from tests.support.rounds import some

pytestmark = pytest.mark.browser
LONG = "Wij" * 100
STORY = f"""
summary: {LONG}
contributor: somebody
evidence: {{level: described, items: [{LONG}]}}
reply: {{at: 2024-03-05, by: {LONG}, text: {LONG}}}
"""


def test_a_long_word_pushes_no_page_sideways(
    tmp_path: Path, build: Callable[..., Path], browser: Browser
) -> None:
    case = CASE.replace("A call that was answered", LONG[:120]) + STORY
    files = {
        "site.yaml": SITE.replace("Test", LONG),
        "companies/acme.yaml": COMPANY.replace("Acme", LONG),
        "sectors.yaml": SECTORS.replace("Telecom", LONG),
        CASE_PLACE: case,
    }
    site = build(content_folder(tmp_path, files))
    page = browser.new_page(viewport={"width": 320, "height": 800})
    opened = 0
    with served(site) as host:
        for path in some(sorted(site.rglob("index.html")), 10):
            if "charts" not in path.parts or path.parent.name == "reply-time":
                page.goto(f"{host}/{path.relative_to(site).as_posix()}", wait_until="load")
                assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
                opened += 1
    page.close()
    assert opened > 5
