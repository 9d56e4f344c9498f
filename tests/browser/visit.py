"""A page of the small site, open in a browser, and the pages that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from playwright.sync_api import Browser, Page

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
