"""What a site tells machines: sitemaps, robots.txt, security.txt; and the page for journalists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from scorecard.cli import main
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Listed
from scorecard.compose.pages.every import Part, pages
from scorecard.compose.pages.every import parts as every_part
from scorecard.pipeline import read
from scorecard.publish.manners import manners, security, sitemaps
from scorecard.settings import Settings
from tests.conftest import SMALL
from tests.site.reading import load, text, tree
from tests.support.build import CASE, content_folder
from tests.support.one_page import Unbuilt, one_page

BASE = "https://small.example/score"
SPACE = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
Build = Callable[..., Path]


def parsed(text: bytes) -> Any:
    """The XML, parsed."""
    return etree.fromstring(text)


def test_the_sitemap_names_pages_that_are_there_and_may_be_found(small_site: Path) -> None:
    root = parsed((small_site / "sitemap.xml").read_bytes())
    assert etree.QName(root) == etree.QName(SPACE["m"], "urlset")
    urls = root.findall("m:url", SPACE)
    places = [url.findtext("m:loc", namespaces=SPACE) for url in urls]
    assert len(places) == len(set(places)) > 40
    for url, place in zip(urls, places, strict=True):
        assert place.startswith(f"{BASE}/")
        page = tree(small_site / place.removeprefix(f"{BASE}/") / "index.html")
        assert not page.xpath("//meta[@name='robots']"), place
        assert not page.xpath("//meta[@http-equiv='refresh']"), place
        twins = {link.get("href") for link in url.findall("x:link", SPACE)}
        assert place in twins
        assert twins == set(page.xpath("//link[@rel='alternate'][@hreflang!='x-default']/@href"))
        day = url.findtext("m:lastmod", namespaces=SPACE)
        assert day is None or date.fromisoformat(day) <= date(2026, 7, 20)


def test_a_page_changed_on_the_newest_day_of_what_it_tells(small_site: Path) -> None:
    root = parsed((small_site / "sitemap.xml").read_bytes())
    changed = {
        url.findtext("m:loc", namespaces=SPACE).removeprefix(BASE): url.findtext(
            "m:lastmod", namespaces=SPACE
        )
        for url in root.findall("m:url", SPACE)
    }
    assert changed["/"] == changed["/companies/invented-air/"] == "2026-07-20"
    assert changed["/cases/invented-silent/no-word/"] == "2026-07-20", "it waits still"
    assert changed["/cases/invented-telecom/answered-1/"] == "2026-01-20", (
        "solved, and told that day"
    )
    assert changed["/about/"] is None
    assert changed["/contribute/"] is None
    assert "/embed/invented-air/" not in changed


def test_a_very_large_site_has_an_index_of_sitemaps() -> None:
    content, scorecard = read(Settings(SMALL, SMALL))
    gathered = Gathered(content, scorecard)
    every = [
        Listed(page.address, page.changed)
        for part in every_part(gathered)
        for page in pages(gathered, part)
        if page.listed
    ]
    whole = dict(sitemaps(content.site, every))
    parts = dict(sitemaps(content.site, every, most=30))
    index = parsed(parts.pop("/sitemap.xml").encode())
    assert etree.QName(index).localname == "sitemapindex"
    named = [loc.removeprefix(BASE) for loc in index.xpath("//m:loc/text()", namespaces=SPACE)]
    assert named == list(parts)
    assert all(day for day in index.xpath("//m:lastmod/text()", namespaces=SPACE))

    def places(sitemap: str) -> list[str]:
        return list(parsed(sitemap.encode()).xpath("//m:url/m:loc/text()", namespaces=SPACE))

    assert [place for part in parts.values() for place in places(part)] == places(
        whole["/sitemap.xml"]
    )
    assert max(len(places(part)) for part in parts.values()) == 30


def _with_security(folder: Path, contact: str) -> None:
    path = folder / "site.yaml"
    own = f"security:\n  contact: {contact}\n  policy: https://small.example/security\n"
    path.write_text(path.read_text("utf-8") + own, "utf-8")


def test_security_txt_is_there_where_somebody_is_to_be_told(
    small_site: Path, bilingual_content: Path
) -> None:
    assert not (small_site / ".well-known").exists()
    _with_security(bilingual_content, "mailto:security@small.example")
    files = dict(manners(Unbuilt(bilingual_content).gathered, []))
    told = files["/.well-known/security.txt"].encode("ascii").decode()
    fields = dict(line.split(": ", 1) for line in told.splitlines())
    assert fields["Contact"] == "mailto:security@small.example"
    assert fields["Canonical"] == f"{BASE}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en, nl"
    assert fields["Policy"] == "https://small.example/security"
    assert datetime.fromisoformat(fields["Expires"]).isoformat() == "2027-07-19T00:00:00+00:00"


def test_a_leap_day_has_a_year_after_it() -> None:
    content, _ = read(Settings(SMALL, SMALL))
    told: Any = {"contact": "https://small.example/tell", "policy": None}
    site = content.site.model_validate(
        {**content.site.model_dump(exclude_unset=True), "security": told}
    )
    assert "Expires: 2029-02-27T00:00:00Z" in security(site, date(2028, 2, 29))


@pytest.mark.parametrize("contact", ["security@small.example", "http://small.example", "call us"])
def test_a_contact_that_no_reader_understands_is_refused(
    small_content: Path, contact: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _with_security(small_content, contact)
    assert main(["check", "--content", str(small_content)]) == 1
    assert "mailto:" in capsys.readouterr().err


def test_humans_are_told_whom_to_ask(small_site: Path) -> None:
    told = (small_site / "humans.txt").read_text("utf-8")
    assert "Contact: https://github.com/invented/scorecard" in told
    assert "2026-07-20" in told


def test_the_page_for_journalists_counts_what_is_there(small_site: Path) -> None:
    page = tree(small_site / "journalists/index.html")
    facts = {
        " ".join(d.findtext("dt").split()): d.findtext("dd")
        for d in page.xpath("//dl[@class='facts']/div")
    }
    index = load(small_site / "api/v1/index.json")
    companies = index["companies"]
    assert facts["with a grade"] == str(sum(bool(c["grade"]) for c in companies))
    assert facts["companies"] == str(len(companies))
    cases = list((small_site / "api/v1/cases").rglob("*.json"))
    withdrawn = sum(load(path)["status"] == "withdrawn" for path in cases)
    assert facts["withdrawn"] == str(withdrawn)
    assert facts["cases"] == str(len(cases) - withdrawn)
    files = [path.read_text("utf-8") for path in (SMALL / "cases").rglob("*.yaml")]
    names = {found for file in files for found in re.findall(r"^contributor: (.+)$", file, re.M)}
    assert facts["contributors, by pseudonym"] == str(len(names))


def test_without_a_grade_it_says_that_there_is_none(small_content: Path) -> None:
    for case in (small_content / "cases/invented-telecom").glob("answered-*.yaml"):
        case.unlink()
    for page in (small_content / "pages").iterdir():
        page.unlink()
    site = Unbuilt(small_content)
    for language, none in (
        ("en", "No company has a grade yet."),
        ("nl", "Geen enkel bedrijf heeft al een label."),
    ):
        assert none in " ".join(site.page("/journalists/", language).text_content().split())
    assert site.page("/").xpath("//footer//a[@href='journalists/']")


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("https://social.example/@desk", "https://social.example/@desk"),
        ("mailto:desk@small.example", "mailto:desk@small.example"),
        ("desk@small.example", "mailto:desk@small.example"),
        ("the desk, by letter", None),
    ],
)
def test_journalists_reach_whoever_they_can_ask(
    small_content: Path, contact: str, link: str | None
) -> None:
    site = small_content / "site.yaml"
    site.write_text(site.read_text() + f"contact: {json.dumps(contact)}\n")
    (section,) = one_page(small_content, "/journalists/").xpath(
        "//section[@aria-labelledby='press-terms']"
    )
    shown = contact.removeprefix("mailto:")
    assert shown in section.text_content()
    links = [a for a in section.xpath(".//a") if a.text_content() == shown]
    assert [a.get("href").partition("?")[0] for a in links] == ([link] if link else [])


def test_what_needs_no_source_to_be_named_is_not_said_to(small_content: Path) -> None:
    site = small_content / "site.yaml"
    site.write_text(site.read_text().replace("CC BY 4.0", "CC0 1.0"))
    told = " ".join(one_page(small_content, "/journalists/").body.text_content().split())
    assert "with its source named" not in told
    assert "Please name the source, whether or not you have to" in told


def _ended(where: Path, days: list[str]) -> date | None:
    """The day by which half of the cases had ended, of cases that ended on these days."""
    files: dict[str, str | bytes] = {
        f"cases/acme/{number}.yaml": re.sub(
            r"at: 2024-03-04 [\d:]+, ", f"at: {day}, " if day else "", CASE
        )
        for number, day in enumerate(days)
    }
    folder = content_folder(where, files)
    (folder / "cases/acme/one.yaml").unlink()
    content, scorecard = read(Settings(folder, folder, date(2026, 12, 31)))
    page = next(
        p for p in pages(Gathered(content, scorecard), Part()) if p.address == "/journalists/"
    )
    middle: date | None = page.data["make"].middle
    return middle


@pytest.mark.parametrize(
    ("days", "middle"),
    [
        (["2025-01-02", "2025-01-13", "2025-03-01"], date(2025, 1, 13)),
        (["2025-01-02", "2025-01-13", "2025-03-01", "2025-04-01"], date(2025, 1, 13)),
        (["2024", "2025-01-13", "2025-03-01"], date(2025, 1, 13)),
        (["2025-01-02", "2025", "2025-03-01"], date(2025, 3, 1)),  # 'in 2025' may be its last day
        (["2025-01-02", "2025-01-13", "", ""], date(2025, 1, 13)),
        (["2025-01-02", "", ""], None),
    ],
)
def test_by_the_day_that_is_told_half_of_the_cases_had_ended(
    tmp_path: Path, days: list[str], middle: date | None
) -> None:
    assert _ended(tmp_path, days) == middle


def test_half_of_the_cases_are_said_to_have_ended_in_or_before_a_month(small_site: Path) -> None:
    for place, said in (("", "ended in or before"), ("nl/", "eindigde in of vóór")):
        assert text(small_site / place / "journalists/index.html").count(said) == 2


def test_nothing_is_counted_where_there_is_nothing() -> None:
    content, scorecard = read(Settings(SMALL, SMALL))
    bare = replace(content, cases=(), companies={}, pages=())
    gathered = Gathered(bare, replace(scorecard, companies={}, sectors={}))
    page = next(p for p in pages(gathered, Part()) if p.address == "/journalists/")
    assert page.data["careful"] == []
    assert page.data["make"].first is None
