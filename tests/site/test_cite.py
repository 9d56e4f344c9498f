"""A page is cited by an address at which the cited figures stand, today and in five years."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import lxml.html
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from scorecard.compose.words import words_in
from scorecard.rounding import POINTS, rounded
from tests.conftest import freeze
from tests.site.reading import broken_links, text, tree
from tests.support.build import rubric
from tests.support.one_page import Unbuilt

COMPANY = "companies/invented-telecom/index.html"
ADDRESS = "/companies/invented-telecom/"
LIVE = "https://small.example/score/"
FROZEN = f"{LIVE}editions/2026-Q2/"
CITED = [
    COMPANY,
    "sectors/telecom/index.html",
    "cases/invented-telecom/everything/index.html",
    "index.html",
]


def cited(page: Path | lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    root = tree(page) if isinstance(page, Path) else page
    return root.xpath("//section[@aria-labelledby='cite']")[0]


def texts(page: Path | lxml.html.HtmlElement) -> list[str]:
    """The citations in the order of their formats."""
    section = cited(page)
    apa = section.xpath(".//div[contains(@class, 'copy')][p='APA']//code")
    rest = section.xpath(".//details[@name='format']//code")
    return [code.text_content() for code in [*apa, *rest]]


@pytest.mark.parametrize("page", CITED)
@pytest.mark.parametrize("language", ["", "nl/"])
def test_six_formats_cite_the_live_page_where_there_is_no_edition(
    page: str, language: str, small_site: Path
) -> None:
    found = texts(small_site / language / page)
    assert len(found) == 6
    url = f"{LIVE}{language}{page.removesuffix('index.html')}"
    for one in found:
        assert re.search(re.escape(url) + r'([\s}",]|$)', one), one
    assert [one[:12] for one in found[4:]] == ["{{Citeer web", "{{cite web |"]
    assert "2026-07-20" in found[1]
    assert "/editions/" not in "".join(found)


def test_a_company_is_cited_with_what_its_page_says(small_site: Path) -> None:
    page = small_site / COMPANY
    note = rispy.loads(texts(page)[2])[0]["notes"][0]
    lead = tree(page).xpath("string(//section[@class='verdict']//p[@class='lead'])")
    figures = re.search(
        r"Grade (\w): ([\d.]+) of 100 \(interval ([\d.]+) to ([\d.]+)\), from (\d+)", note
    )
    assert figures
    for figure in figures.groups():
        assert re.search(rf"\b{re.escape(figure)}\b", lead), (figure, lead)
    assert f"As of July 20, 2026, method {rubric().version}." in note
    assert "CC BY 4.0" in note


def test_files_for_reference_managers_say_the_same_as_the_page(small_site: Path) -> None:
    for folder in (
        "companies/invented-telecom",
        "nl/companies/invented-telecom",
        "sectors/telecom",
    ):
        page = small_site / folder / "index.html"
        _, bib, ris, csl, *_ = texts(page)
        for ending, shown in (("bib", bib), ("ris", ris), ("csl.json", csl)):
            file = (small_site / folder / f"citation.{ending}").read_bytes().decode()
            assert file.split() == shown.split()
            assert cited(page).xpath(f".//a[@href='citation.{ending}'][@download]")
    assert (
        b"\r\nER  - \r\n" in (small_site / "companies/invented-telecom/citation.ris").read_bytes()
    )
    assert not list((small_site / "cases").rglob("citation.*"))


def test_a_company_without_a_grade_is_cited_without_a_score(small_site: Path) -> None:
    note = rispy.loads(texts(small_site / "companies/invented-silent/index.html")[2])[0]["notes"][0]
    assert note.startswith("No grade: 1 case.")


def test_what_a_page_shows_is_rounded_from_what_is_published() -> None:
    words = words_in("en")

    @given(st.floats(0, 100))
    def same(points: float) -> None:
        assert words.score(points) == words.score(rounded(points, POINTS))

    same()


@pytest.fixture
def otherwise(changing: Path) -> Unbuilt:
    """A site that says otherwise than its edition, the day after it."""
    (changing / "cases/invented-telecom/answered-7.yaml").unlink()
    return Unbuilt(changing, "2026-07-21")


def frozen_overall(content: Path) -> dict[str, Any]:
    """The overall score of the company in the edition."""
    with zipfile.ZipFile(content / "editions/2026-Q2.zip") as archive:
        told = json.loads(archive.read("api/v1/companies/invented-telecom.json"))
    return dict(told["scores"]["overall"])


def test_an_edition_cites_itself_and_live_pages_cite_it(fresh_site: Path) -> None:
    site = fresh_site
    for page in CITED[:2] + CITED[3:]:
        for language in ("", "nl/"):
            live, frozen = site / language / page, site / "editions/2026-Q2" / language / page
            assert texts(live) == texts(frozen), page
            url = FROZEN + language + page.removesuffix("index.html")
            assert all(url in one for one in texts(live)), texts(live)
            assert (site / url.removeprefix(LIVE) / "index.html").is_file()
    assert "This page says the same today." in text(site / COMPANY)
    assert "This is edition 2026-Q2" in text(site / "editions/2026-Q2" / COMPANY)
    assert "/editions/" not in "".join(texts(site / CITED[2]))
    assert broken_links(site) == []


def test_a_live_page_that_says_otherwise_cites_the_figures_of_the_edition(
    fresh_site: Path, otherwise: Unbuilt, changing: Path
) -> None:
    page = otherwise.page(ADDRESS)
    assert texts(page) == texts(fresh_site / COMPANY)
    told = " ".join(page.body.text_content().split())
    frozen = frozen_overall(changing)
    today = otherwise.api["companies/invented-telecom.json"]["scores"]["overall"]
    assert frozen["score"] != today["score"]
    score = words_in("en").score
    assert f"It says: Grade B: {score(frozen['score'])} of 100" in told
    said = told.partition("Today this page says otherwise:")[2]
    assert f"{score(today['score'])} of 100" in said[:80]


@pytest.mark.parametrize("language", ["", "nl/"])
def test_sentences_say_of_which_day_they_are_and_what_the_edition_says(
    otherwise: Unbuilt, changing: Path, language: str
) -> None:
    section = cited(otherwise.page(ADDRESS, language.rstrip("/") or "en"))
    told = " ".join(section.text_content().split())
    of = (
        "Zoals deze pagina vandaag zegt, 21 juli 2026:"
        if language
        else "As this page says today, July 21, 2026:"
    )
    assert of in told
    saying = [
        " ".join(box.text_content().split())
        for box in section.xpath(".//div[contains(@class, 'columns')][2]/div//code")
    ]
    overall = frozen_overall(changing)
    assert len(saying) == 2
    for tongue, one in zip(["nl", "en"] if language else ["en", "nl"], saying, strict=True):
        score = words_in(tongue).score
        for part in (score(overall["score"]), score(overall["low"]), score(overall["high"])):
            assert part in one
        assert re.search(rf"\b{overall['cases']} (cases|dossiers)\b", one)
        assert re.search(r"(grade|label) B\b", one)
        assert "2026-Q2" in one
    links = [
        a
        for a in section.xpath(".//a")
        if "2026-Q2" in a.text_content() and "embed" not in a.get("href")
    ]
    assert len(links) == 2
    for link in links:
        address = urljoin(f"/{language}{ADDRESS[1:]}", link.get("href"))
        assert address == f"/editions/2026-Q2/{language}{ADDRESS[1:]}"


def test_an_edition_without_a_grade_is_quoted_without_a_score(
    small_content: Path,
) -> None:
    gone = [small_content / f"cases/invented-telecom/answered-{n}.yaml" for n in range(1, 8)]
    kept = {case: case.read_text() for case in gone}
    for case in gone:
        case.unlink()
    assert freeze(small_content, "2026-Q2", "--as-of", "2026-07-20") == 0
    for case, told in kept.items():
        case.write_text(told)
    section = cited(Unbuilt(small_content).page(ADDRESS))
    (sentence, _) = section.xpath(".//div[contains(@class, 'columns')][2]/div//code/text()")
    assert re.fullmatch(
        r"By edition 2026-Q2, Invented Telecom & Sons had no grade for its customer service on "
        r"July 20, 2026, from 1 case\.",
        sentence,
    )


def test_an_edition_that_had_no_score_is_said_to_make_no_sentence(
    small_content: Path,
) -> None:
    case = small_content / "cases/invented-silent/no-word.yaml"
    told = case.read_text()
    case.unlink()
    assert freeze(small_content, "2026-Q2", "--as-of", "2026-07-20") == 0
    case.write_text(told)
    section = cited(Unbuilt(small_content).page("/companies/invented-silent/"))
    said = " ".join(section.text_content().split())
    assert (
        "leads to edition 2026-Q2, which says otherwise; its figures make no such sentence." in said
    )
    assert len(section.xpath(".//div[contains(@class, 'columns')]")) == 1


def test_an_edition_that_says_the_same_is_not_quoted_again(fresh_site: Path) -> None:
    section = cited(fresh_site / COMPANY)
    assert len(section.xpath(".//div[contains(@class, 'columns')]")) == 1
    frozen = cited(fresh_site / "editions/2026-Q2" / COMPANY)
    assert "As edition 2026-Q2 says, of July 20, 2026:" in " ".join(frozen.text_content().split())


def test_a_page_that_is_newer_than_every_edition_cites_itself(changing: Path) -> None:
    (changing / "companies/new-firm.yaml").write_text("name: New Firm\nsector: telecom\n")
    page = Unbuilt(changing).page("/companies/new-firm/")
    assert all("/editions/" not in one for one in texts(page))
    assert "none holds this page yet" in " ".join(page.body.text_content().split())


def test_hostile_names_leave_every_page_whole(small_content: Path) -> None:
    company = small_content / "companies/invented-telecom.yaml"
    name = "'}} {{evil|a=b}} \\input{x} </code><script>alert(1)</script> TY  - BOOK'"
    company.write_text(company.read_text().replace("Invented Telecom & Sons", name))
    site = Unbuilt(small_content)
    found = texts(site.page(ADDRESS))
    assert len(found) == 6
    assert "&#123;&#123;evil" in found[5]
    assert r"{\textbackslash}input" in found[1]
    whole = [address for address in site.pages if not address.endswith((".xml", ".html"))]
    assert len(whole) > 30
    for address in whole:
        for language in ("en", "nl"):
            scripts = "//script[not(@src or @type='application/ld+json')]"
            assert not site.page(address, language).xpath(scripts), address
