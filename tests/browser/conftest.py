"""The small site on a server, and the browser that this computer has."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.find_browser import find_browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def served(site: Path, root: Path) -> Iterator[str]:
    """The address of a site, served from the empty folder `root`, below the path of its base_url."""
    (root / "score").symlink_to(site)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/score"
    server.shutdown()


@pytest.fixture(scope="module")
def address(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site, served."""
    with served(small_site, tmp_path_factory.mktemp("host")) as where:
        yield where


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
