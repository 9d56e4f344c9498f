"""What changed since an edition: held against the two states, and read as a feed by another reader."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
import yaml

from tests.conftest import ROOT, freeze, made_once
from tests.site.reading import broken_links, load, tree
from tests.support.build import CASE, CASE_PLACE, content_folder
from tests.support.one_page import Unbuilt

Build = Callable[..., Path]
BASE = "https://small.example/score/"
WITHDRAWN = "status: withdrawn\nstatus_date: 2026-07-12\nstatus_note: The sender took it back.\n"


@pytest.fixture(scope="session")
def moved_content(shared: Path, fresh_content: Path) -> Path:
    """Content in which much happened after its edition."""
    content = shared / "moved-of" / "content"

    def move() -> None:
        shutil.copytree(fresh_content, content)
        cases = content / "cases"
        air = cases / "invented-air/flight.yaml"
        (cases / "invented-air/new.yaml").write_text(air.read_text())
        air.write_text(
            f"{air.read_text()}reply: {{asked: 2026-07-01, at: 2026-07-05, by: its press office, "
            "text: We are sorry.}\n"
        )
        silent = cases / "invented-silent/no-word.yaml"
        silent.write_text(silent.read_text() + WITHDRAWN)

    made_once(content.parent, move)
    return content


@pytest.fixture(scope="module")
def moved(moved_content: Path) -> Unbuilt:
    """The site of it."""
    return Unbuilt(moved_content, "2026-07-31")


def since(changes: Any) -> dict[str, Any]:
    (only,) = changes["since"]
    return dict(only)


def where(place: str) -> tuple[str, str]:
    """The address of a place on the site, and its language."""
    own = place.removeprefix("nl/")
    return f"/{own}", "en" if own == place else "nl"


def feed_of(site: Unbuilt, place: str = "feed.xml", **options: bool) -> Any:
    return feedparser.parse(site.text(*where(place)).encode(), **options)


def test_every_figure_that_differs_is_told_and_no_other(
    moved: Unbuilt, moved_content: Path
) -> None:
    told = {
        (owner["slug"], figure["id"]): (figure["was"]["value"], figure["now"]["value"])
        for owner in since(moved.api["changes.json"])["companies"]
        for figure in owner["figures"]
        if figure["was"]["value"] != figure["now"]["value"]
    }
    expected: dict[tuple[str, str], tuple[object, object]] = {}
    archive = moved_content / "editions/2026-Q2.zip"
    for place, company in moved.api.items():
        folder, _, name = place.rpartition("/")
        if folder != "companies" or company["slug"] != name.removesuffix(".json"):
            continue  # the same file at an old address
        now = {f["id"]: f["value"] for f in company["figures"]}
        with zipfile.ZipFile(archive) as then:
            frozen = json.loads(then.read(f"api/v1/{place}"))
        was = {f["id"]: f["value"] for f in frozen["figures"]}
        expected |= {(company["slug"], i): (was[i], now[i]) for i in now if was[i] != now[i]}
    assert told == expected
    assert len(told) > 5


def test_each_case_is_told_with_what_happened_to_it(moved: Unbuilt) -> None:
    told = {
        case["id"]: case["kinds"]
        for owner in since(moved.api["changes.json"])["companies"]
        for case in owner["cases"]
    }
    assert told["invented-air/new"] == ["new"]
    assert "replied" in told["invented-air/flight"]
    assert "status" in told["invented-silent/no-word"]
    assert (
        "invented-telecom/everything" not in told
        or "new" not in told["invented-telecom/everything"]
    )


def test_the_page_tells_what_changed_with_the_cases_behind_it(moved: Unbuilt) -> None:
    page = moved.page("/changes/")
    air = page.get_element_by_id("since-2026-Q2-invented-air")
    cases = {a.get("href").strip("./"): a.getparent().text_content() for a in air.xpath(".//li/a")}
    assert "new" in cases["cases/invented-air/new"]
    assert "replied" in cases["cases/invented-air/flight"]
    silent = page.get_element_by_id("since-2026-Q2-invented-silent")
    assert "Withdrawn" in silent.text_content()
    for link in page.xpath("//a[contains(@href, '#fig-')]/@href"):
        place, _, id_ = link.partition("#")
        target = moved.page(urljoin("/changes/", place))
        assert target.xpath(f"//*[@id='{id_}']"), link


def test_nothing_is_told_where_nothing_changed(fresh_content: Path) -> None:
    site = Unbuilt(fresh_content)
    only = since(site.api["changes.json"])
    assert (only["companies"], only["sectors"]) == ([], [])
    page = site.page("/changes/").text_content()
    assert "No company shows another figure" in page


def test_a_renamed_company_is_the_same_one(changing: Path, build: Build) -> None:
    """Its cases stay where they are, so that no address changes; and no grade is news."""
    file = changing / "companies/invented-silent.yaml"
    text = file.read_text() + "known_as: [invented-silent]\n"
    file.rename(file.with_name("invented-quiet.yaml")).write_text(text)
    site = build(changing)
    only = since(load(site / "api/v1/changes.json"))
    assert only["companies"] == []
    assert (site / "cases/invented-silent/no-word/index.html").is_file()
    quiet = load(site / "api/v1/companies/invented-quiet.json")
    assert "invented-silent/no-word" in {case["id"] for case in quiet["cases"]}
    (then,) = quiet["figures"][1]["then"]
    assert then["address"] == f"{BASE}editions/2026-Q2/companies/invented-silent/#fig-overall"
    assert broken_links(site) == []
    feeds = [
        (site / f"companies/{s}/feed.xml").read_bytes()
        for s in ("invented-silent", "invented-quiet")
    ]
    entries = [[entry.id for entry in feedparser.parse(feed).entries] for feed in feeds]
    assert entries[0] == entries[1]


def test_a_company_that_is_gone_is_told_as_gone(changing: Path, build: Build) -> None:
    (changing / "companies/invented-silent.yaml").unlink()
    shutil.rmtree(changing / "cases/invented-silent")
    site = build(changing)
    gone = next(
        o
        for o in since(load(site / "api/v1/changes.json"))["companies"]
        if o["slug"] == "invented-silent"
    )
    assert gone["address"] is None
    assert {kind for case in gone["cases"] for kind in case["kinds"]} == {"gone"}
    assert "no longer on this site" in tree(site / "changes/index.html").text_content()
    assert "no longer on this site" in (site / "feed.xml").read_text()
    assert not [link for link in broken_links(site) if not link.startswith("editions/")]


def test_a_withdrawn_title_stands_nowhere(tmp_path: Path, build: Build) -> None:
    content = content_folder(
        tmp_path, {CASE_PLACE: CASE.replace("A call that was answered", "Mr Secretname was silent")}
    )
    assert freeze(content, "2024-Q2") == 0
    path = content / CASE_PLACE
    path.write_text(path.read_text() + WITHDRAWN)
    site = build(content)
    held = 0
    for file in site.rglob("*"):
        if file.is_file() and b"Secretname" in file.read_bytes():
            assert "editions" in file.relative_to(site).parts, file
            held += 1
    assert held, "the edition was frozen before it was withdrawn"


def test_what_only_moved_a_little_is_no_news(changing: Path) -> None:
    site = Unbuilt(changing, "2026-07-24")
    assert since(site.api["changes.json"])["companies"]
    assert not [entry.id for entry in feed_of(site).entries if "#since-" in entry.id]


def test_there_is_a_page_for_every_edition_and_it_adds_up(tmp_path: Path) -> None:
    content = content_folder(tmp_path)
    for name, day in (("one", "2024-03-31"), ("two", "2024-06-30")):
        assert freeze(content, name, "--as-of", day) == 0
    site = Unbuilt(content, "2024-09-30")
    newest = site.page("/changes/")
    assert newest.xpath("//h2/text()")[:2] == [
        "From edition two to today",
        "From edition one to two",
    ]
    older = site.page("/changes/one/")
    assert "From edition one to today" in older.text_content()
    assert [s["edition"] for s in site.api["changes.json"]["since"]] == ["two", "one"]


def test_a_new_method_is_named_as_a_cause(changing: Path) -> None:
    rubric = yaml.safe_load((ROOT / "content/rubric.yaml").read_text())
    rubric["version"] = "9"
    rubric["history"].append({"version": "9", "date": "2026-07-01", "changed": {"en": "Another."}})
    (changing / "rubric.yaml").write_text(yaml.safe_dump(rubric, allow_unicode=True))
    page = Unbuilt(changing).page("/changes/").text_content()
    assert "The method changed as well" in page


@pytest.mark.parametrize("place", ["feed.xml", "nl/feed.xml", "companies/invented-air/feed.xml"])
def test_another_reader_reads_the_feed(place: str, moved: Unbuilt) -> None:
    feed = feed_of(moved, place)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == BASE + place
    assert feed.feed.links[0].href == BASE + place
    assert feed.feed.author_detail.name
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids)) > 2
    days = [date(*entry.updated_parsed[:3]) for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert max(days) == date(*feed.feed.updated_parsed[:3]) <= date(2026, 7, 31)
    for entry in feed.entries:
        address, _, id_ = entry.link.removeprefix(BASE).partition("#")
        page = moved.page(*where(address))
        assert not id_ or page.xpath(f"//*[@id='{id_}']"), entry.link
        assert entry.title
        assert entry.summary


def test_a_feed_carries_only_what_changed(moved: Unbuilt) -> None:
    feed = feed_of(moved, "companies/invented-air/feed.xml")
    links = {entry.link.removeprefix(BASE) for entry in feed.entries}
    assert links == {
        "changes/#since-2026-Q2-invented-air",
        "cases/invented-air/new/",
        "cases/invented-air/flight/#reply",
    }


def test_what_is_known_by_an_address_keeps_it(
    moved: Unbuilt, moved_content: Path, tmp_path: Path
) -> None:
    """A change is the same entry while it grows, and after the next edition froze it."""
    content = Path(shutil.copytree(moved_content, tmp_path / "content"))
    assert freeze(content, "2026-Q3", "--as-of", "2026-07-31") == 0
    later = Unbuilt(content, "2026-08-31")
    before, after = ({entry.id for entry in feed_of(site).entries} for site in (moved, later))
    steps = {id_ for id_ in before if "#since-" in id_}
    assert steps
    assert steps <= after


def test_strange_titles_stay_texts_in_a_feed(small_content: Path) -> None:
    path = small_content / "cases/invented-air/flight.yaml"
    title = "'<b>&amp; ]]> \"x\" </title>'"
    lines = [
        f"title: {title}" if line.startswith("title:") else line
        for line in path.read_text().splitlines()
    ]
    path.write_text("\n".join(lines) + "\n")
    feed = feed_of(Unbuilt(small_content), sanitize_html=False)
    assert not feed.bozo
    assert '<b>&amp; ]]> "x" </title>' in {entry.summary for entry in feed.entries}
