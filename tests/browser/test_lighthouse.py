"""Pages are fast, and good to find and to use on a phone: what Lighthouse says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.checkers import need_checkers, run
from tests.browser.find_browser import find_browser
from tests.support.rounds import full_only

pytestmark = [pytest.mark.browser, full_only]

LEAST = 98
RUNS = 3


@pytest.fixture(autouse=True)
def _lighthouse(monkeypatch: pytest.MonkeyPatch) -> None:
    need_checkers("what Lighthouse says of the pages")
    path = find_browser()
    assert path, "no browser: run `make browser`"
    monkeypatch.setenv("CHROME_PATH", path)


def shortfalls(url: str) -> dict[str, list[str]]:
    """The categories in which a page has too little, each with the audits that cost it points.

    Looked at as Lighthouse does unless told otherwise: on a phone, over a slow network.
    """
    done = run(
        "lighthouse",
        url,
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        "--only-categories=performance,accessibility,best-practices,seo",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        seconds=180,
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert len(report["categories"]) == 4
    return {
        name: list(_costly(report["audits"], category["auditRefs"]))
        for name, category in report["categories"].items()
        if 100 * category["score"] < LEAST
    }


def _costly(audits: dict[str, Any], parts: list[dict[str, Any]]) -> Iterator[str]:
    for part in parts:
        audit = audits[part["id"]]
        if part["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"{part['id']}: {audit.get('displayValue', audit['title'])}"


@pytest.mark.parametrize(
    "path", ["/companies/invented-telecom/", "/", "/cases/invented-telecom/everything/"]
)
def test_a_page_has_at_least_98_of_100_in_each_category(address: str, path: str) -> None:
    """The best of three runs for performance, which also tells how busy the computer is."""
    for _ in range(RUNS):
        short = shortfalls(address + path)
        if short.keys() != {"performance"}:
            break
    assert short == {}


def test_lighthouse_would_find_something(address: str) -> None:
    """In a list of files as the server makes it, which says nothing about itself."""
    short = shortfalls(address.removesuffix("score"))
    assert "meta-description" in {told.split(":")[0] for told in short["seo"]}
