"""A page of the small site, open in a browser, and the pages that are looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from playwright.sync_api import (
    Browser,
    CDPSession,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
)

from tests.support.rounds import FULL

_EVERY = [
    "/",
    "/companies/invented-telecom/",
    "/companies/invented-silent/",
    "/cases/invented-telecom/everything/",
    "/cases/invented-telecom/withdrawn/",
    "/sectors/telecom/",
    "/styleguide/",
    "/compare/",
    "/compare/?companies=invented-telecom,invented-silent",
    "/methodology/",
    "/data/",
    "/contribute/",
    "/journalists/",
    "/about/",
    "/search/",
    "/search/?q=telecom",
    "/charts/invented-telecom/reply-time/",
    "/charts/invented-telecom/promises/",
    "/charts/invented-telecom/scores/",
    "/charts/invented-telecom/trend/",
    "/404.html",
]
"""One of every type."""
_FEW = [
    "/",
    "/companies/invented-telecom/",
    "/cases/invented-telecom/everything/",
    "/compare/?companies=invented-telecom,invented-silent",
    "/methodology/",
    "/contribute/",
    "/search/?q=telecom",
    "/charts/invented-telecom/promises/",
]
PAGES = _EVERY if FULL else _FEW
"""One of every type; in the short round those on which most can go wrong."""


FITS = "width => document.documentElement.scrollWidth <= width"
"""Whether a page of this width, in pixels, does not scroll sideways."""


def looks(pages: Sequence[Any], *choices: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Every combination of these; in the short round each page once, with the choices in turns."""
    if FULL:
        return list(product(pages, *choices))
    few = []
    for number, page in enumerate(pages):
        look, turns = [page], 1
        for choice in choices:
            each = turns if turns * len(choice) <= len(pages) else 1
            look.append(choice[number // each % len(choice)])
            turns *= len(choice)
        few.append(tuple(look))
    return few


_PATIENCE = 30_000
"""Milliseconds that anything may take."""
_LATER = {
    "/compare/?companies=": ".comparison thead a",
    "/search/?q=telecom": ".results > li",
    "/charts/": ".js-plotly-plot .main-svg",
}
"""What a page's script adds once it has read more of the site, by a part of the page's address."""
_TURNED: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 720},
    "color_scheme": "light",
    "forced_colors": "none",
    "java_script_enabled": True,
}
"""What a window that is open can be set to, and how a new one is."""
_CLEAN: dict[Browser, list[tuple[Page, CDPSession]]] = defaultdict(list)
"""The windows of a browser that nobody is at, as good as new."""


class Visit:
    """A page that is open, with everything it complained about or asked for.

    It is opened in a window that was used before and is cleaned after each visit: a new window costs four
    times as much as a page. One that is `alone` has a new one of its own: that is for what changes the window
    (routes, permissions, scripts before all others, answers to dialogs), and comes with every setting that
    only a new window takes, and with nothing in its cache, as at a reader's first visit.
    """

    def __init__(self, browser: Browser, url: str, *, alone: bool = False, **settings: Any) -> None:
        self._browser = browser
        self._alone = alone or not settings.keys() <= _TURNED.keys()
        self.page, self._session = _new(browser, **settings) if self._alone else _used(browser)
        self.complaints: list[str] = []
        self.responses: list[Response] = []
        self.asked: list[str] = []
        self._host = url.split("/score")[0]
        for event, heard in self._heard():
            self.page.on(event, heard)
        if not self._alone:
            self._turn(**{**_TURNED, **settings})
        self.page.goto(url, wait_until="load")
        for place, made in _LATER.items() if settings.get("java_script_enabled", True) else ():
            if place in url:
                self.page.locator(made).first.wait_for(state="attached")

    def _turn(self, viewport: ViewportSize, java_script_enabled: bool, **media: Any) -> None:
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(media="null", **media)
        off = {"value": not java_script_enabled}
        self._session.send("Emulation.setScriptExecutionDisabled", off)

    def _heard(self) -> tuple[tuple[Any, Callable[[Any], None]], ...]:
        return (
            ("console", self._said),
            ("pageerror", self._failed),
            ("request", self._asks),
            ("response", self._hears),
        )

    def _said(self, message: ConsoleMessage) -> None:
        self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _asks(self, request: Request) -> None:
        self.asked.append(request.url)

    def _hears(self, response: Response) -> None:
        self.responses.append(response)

    @property
    def elsewhere(self) -> list[str]:
        """What was asked of others than the host of the page."""
        own = (self._host, "data:", "blob:")
        return [url for url in self.asked if not url.startswith(own)]

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        if failed or self._alone:  # a window in which a test failed may be in any state
            self.page.context.close()
            return
        for event, heard in self._heard():
            self.page.remove_listener(event, heard)
        self.page.goto("about:blank")
        self.page.mouse.move(-1, -1)
        self.page.set_default_timeout(_PATIENCE)
        self._session.send(
            "Storage.clearDataForOrigin", {"origin": self._host, "storageTypes": "all"}
        )
        _CLEAN[self._browser].append((self.page, self._session))


def _new(browser: Browser, **settings: Any) -> tuple[Page, CDPSession]:
    page = browser.new_context(**settings).new_page()
    return page, page.context.new_cdp_session(page)


def _used(browser: Browser) -> tuple[Page, CDPSession]:
    """A window that is clean; a new one where all are in use."""
    return _CLEAN[browser].pop() if _CLEAN[browser] else _new(browser)
