"""Whatever strangers write: in a real browser nothing of it runs and nothing is asked for elsewhere.

Thousands of hostile texts in every field that takes a text, built by the real build into a real site, of
which every page is opened, clicked and hovered over: with the pages' policy, and without it, since that only
stands behind. With escaping and sanitising taken away the same look sees hundreds of them run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from markdown import Markdown
from markupsafe import Markup
from playwright.sync_api import Browser

from scorecard import texts
from scorecard.cli import main
from scorecard.render import pages as rendering
from tests.browser.serving import hosted, served
from tests.conftest import undrawn
from tests.harden.conftest import Hostile
from tests.harden.looking import Seen, alone, context, look, pages
from tests.harden.spells import chosen
from tests.harden.strangers import Strangers, write
from tests.support.rounds import FULL, rounds

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with alone() as opened:
        yield opened


@pytest.fixture(scope="module")
def host(hostile: Hostile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with hosted(hostile.site, tmp_path_factory.mktemp("host")) as where:
        yield where


def of_kind(site: Path, kind: str) -> list[str]:
    """Of cases and charts all, or a few in the short round; of everything else as well."""
    every = pages(site)
    if kind == "rest":
        chosen = [path for path in every if not path.startswith(("cases/", "charts/"))]
        asked = ["search/index.html?q=script", "compare/index.html?companies=c-0,c-1"]
        return asked + (chosen if FULL else chosen[::5])
    own = [path for path in every if path.startswith(f"{kind}/")]
    if kind == "cases":
        return own if FULL else own[::3]
    # The charts of sectors hold every company's name; those of companies are alike but for one.
    step = max(1, len(own) // rounds(2, 80))
    return [path for path in own if "/c-" not in path][: rounds(2, 40)] + own[::step]


@pytest.mark.parametrize("policy", [False, True] if FULL else [False])
@pytest.mark.parametrize("kind", ["cases", "charts", "rest"])
def test_nothing_runs_and_nothing_leads_astray(
    browser: Browser, hostile: Hostile, host: str, kind: str, policy: bool
) -> None:
    paths = of_kind(hostile.site, kind)
    with context(browser, policy) as inside:
        seen = look(inside, host, paths)
    print(f"{kind}: {seen.pages} pages opened; {sum(hostile.told.passed.values()):,} texts in them")
    assert seen.pages == len(paths) > 2
    assert seen.harmless, worst(seen)
    if kind == "charts" and not policy:
        assert names_shown(hostile.told, seen) >= rounds(1, 5)


def worst(seen: Seen) -> str:
    """The beginning of each list of what was met."""
    lists = (seen.fired, seen.elsewhere, seen.wrong, seen.complaints)
    return "\n".join(f"{len(one)}: {one[:6]}" for one in lists)


def names_shown(told: Strangers, seen: Seen) -> int:
    """How many companies' names a chart showed letter by letter."""
    shown = " ".join(text for texts in seen.shown.values() for text in texts)
    return sum(
        " ".join(name.split()) in " ".join(shown.split()) for name in told.companies.values()
    )


def test_most_of_what_strangers_write_comes_to_the_pages(hostile: Hostile) -> None:
    """Else nothing would be tried: a reader that refused it all would pass every other test."""
    told, count = hostile.told, hostile.spells
    for name in (
        "title",
        "summary",
        "timeline.note",
        "timeline.what",
        "source.author",
        "reply.text",
    ):
        assert told.passed[name] >= 0.85 * count, (name, told.passed[name])
    print(f"{sum(told.passed.values()):,} passed, {sum(told.stopped.values()):,} refused")


@pytest.mark.usefixtures("nothing_kept")
def test_with_all_guards_taken_away_the_same_look_sees_them_run(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unguarded(text: str) -> Markup:
        return Markup(Markdown().convert(text))  # noqa: S704 - what this is about

    monkeypatch.setattr(rendering, "Environment", _careless)
    monkeypatch.setattr(rendering, "contributed", unguarded)
    monkeypatch.setattr(rendering, "edited", unguarded)
    monkeypatch.setattr(texts, "unseen", lambda _: None)
    monkeypatch.setattr("scorecard.fields.leads_out", lambda _: True)
    write(tmp_path / "content", chosen(rounds(10, 250)))
    site = tmp_path / "site"
    with undrawn():
        assert main(["build", "--content", str(tmp_path / "content"), "--out", str(site)]) == 0
    paths = [path for path in pages(site, "cases") if path.endswith(".html")]
    with served(site) as where:
        with context(browser, policy=False) as inside:
            seen = look(inside, where, paths)
        with context(browser, policy=True) as inside:
            behind = look(inside, where, paths[:: rounds(4, 10)])
    fired = {one for one in seen.fired if one.isdigit()}
    print(
        f"{len(seen.fired):,} ran, of {len(fired)} spells; {len(seen.elsewhere):,} asked elsewhere"
    )
    assert len(seen.fired) >= rounds(20, 500)
    assert len(fired) >= rounds(3, 60)
    assert seen.elsewhere
    assert len(seen.wrong) >= rounds(20, 500)
    assert not behind.fired, "the policy of the pages stops nothing"


def _careless(**settings: Any) -> jinja2.Environment:
    return jinja2.Environment(**{**settings, "autoescape": _all_but_pages})  # noqa: S701 - what this is about


def _all_but_pages(name: str | None) -> bool:
    """Pictures that are no XML would end the build."""
    return not (name or "").endswith(".html")
