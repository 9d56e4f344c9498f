"""The small site on a server, and the browser that this computer has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.find_browser import find_browser
from tests.browser.serving import ARGUMENTS, hosted


@pytest.fixture(scope="session")
def address(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site, served below the path that its base_url names."""
    with hosted(small_site, tmp_path_factory.mktemp("host")) as where:
        yield where


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The browser that this computer has, for all tests of this folder; those of others may use asyncio,
    which cannot run while it is open.
    """
    path = find_browser()
    assert path, "no browser: run `make browser`"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()
