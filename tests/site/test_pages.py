"""Every page is there, whole, valid, and needs nothing but itself."""

from __future__ import annotations

import gzip
import random
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

from scorecard.places import TEMPLATES
from tests.conftest import SMALL
from tests.site.reading import broken_links, pages, text, tree
from tests.support.one_page import Unbuilt
from tests.support.rounds import rounds, some

ADDRESSES = [
    "index.html",
    "nl/index.html",
    "companies/invented-telecom/index.html",
    "companies/invented-phone/index.html",
    "cases/invented-telecom/everything/index.html",
    "cases/invented-telecom/withdrawn/index.html",
    "nl/cases/invented-telecom/everything/index.html",
    "sectors/telecom/index.html",
    "sectors/empty/index.html",
    "methodology/index.html",
    "search/index.html",
    "nl/search/index.html",
    "data/index.html",
    "corrections/index.html",
    "nl/corrections/index.html",
    "companies/invented-telecom/citation.bib",
    "about/index.html",
    "contribute/index.html",
    "nl/contribute/index.html",
    "charts/invented-telecom/reply-time/index.html",
    "charts/invented-telecom/reply-time.svg",
    "charts/invented-telecom/reply-time.csv",
    "charts/invented-telecom/reply-time.json",
    "charts/invented-telecom/trend/index.html",
    "charts/invented-telecom/trend.svg",
    "charts/invented-telecom/trend.csv",
    "charts/invented-telecom/trend.json",
    "404.html",
    "sitemap.xml",
    "robots.txt",
    "api/v1/index.json",
    "api/v1/companies/invented-telecom.json",
    "api/v1/cases/invented-telecom/everything.json",
    "api/v1/schema/company.json",
    "data/cases.csv",
    "data/findings.csv",
    "data/scores.csv",
    "data/events.csv",
    "data/scorecard.sqlite",
    "data/datapackage.json",
    "data/metadata.json",
    "data/companies/invented-telecom/cases.csv",
    "data/companies/invented-telecom/datapackage.json",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_contracts_addresses_are_there(small_site: Path, address: str) -> None:
    assert (small_site / address).is_file()


def test_every_page_is_valid_html(small_site: Path) -> None:
    for page in pages(small_site):
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page.read_text("utf-8"))
        assert not parser.errors, (page, parser.errors[:3])


def test_every_page_type_of_the_real_site_is_valid_html(real_site: Path) -> None:
    every = [p for p in pages(real_site) if "cfpb" not in str(p)]
    chosen = some(every[:200], 60)
    assert len(chosen) > rounds(40, 100)
    for page in chosen:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(page.read_text("utf-8"))
        assert not parser.errors, (page, parser.errors[:3])


def test_no_id_stands_twice_on_a_page(small_site: Path) -> None:
    for page in pages(small_site):
        ids = tree(page).xpath("//@id")
        assert len(ids) == len(set(ids)), page


def test_every_link_and_anchor_of_the_small_site_leads_somewhere(small_site: Path) -> None:
    assert broken_links(small_site) == []


def test_every_link_and_anchor_of_the_real_site_leads_somewhere(real_site: Path) -> None:
    assert broken_links(real_site) == []


def test_every_page_has_its_policy_its_language_and_one_heading(small_site: Path) -> None:
    for page in pages(small_site):
        root = tree(page)
        policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy
        wasm = " 'wasm-unsafe-eval'" if page.parent.name == "search" else ""
        assert policy[0].startswith(f"default-src 'none'; script-src 'self'{wasm}; ")
        assert "unsafe-eval" not in policy[0].replace("'wasm-unsafe-eval'", "")
        chart = bool(root.xpath("//*[@data-figure]"))
        assert ("unsafe-inline" in policy[0]) == chart, page
        assert root.get("lang") == ("nl" if page.relative_to(small_site).parts[0] == "nl" else "en")
        assert len(root.xpath("//h1")) == 1, page
        assert root.xpath("//meta[@name='description']/@content")[0].strip()


def test_no_page_has_script_or_style_in_it_or_asks_another_host(small_site: Path) -> None:
    for page in pages(small_site):
        root = tree(page)
        runs = "//script[not(@src) and not(@type='application/ld+json')]"
        assert not root.xpath(f"{runs} | //style | //@style"), page
        assert not [name for name in root.xpath("//@*") if name.attrname.startswith("on")]
        for source in root.xpath(
            "//@src | //link[not(@rel='canonical' or @rel='alternate')]/@href"
        ):
            assert not urlsplit(source).netloc, (page, source)


def test_invented_content_says_so_on_every_page(small_site: Path) -> None:
    for page in pages(small_site):
        said = tree(page).xpath("string(//p[@class='invented'])")
        assert re.search("Invented|Verzonnen", said), page


def test_a_company_page_answers_in_the_contracts_order(small_site: Path) -> None:
    root = tree(small_site / "companies/invented-telecom/index.html")
    headings = [h.text_content() for h in root.xpath("//main//h2")]
    assert headings == [
        "The three scores",
        "What to fix first",
        "What it does well",
        "Answers, promises, money, effort",
        "The trend",
        "The cases",
        "The company's replies",
        "How sure is this?",
        "Cite, download, correct",
    ]
    assert "gets grade" in root.xpath("string(//section[@class='verdict'])")


def test_a_withdrawn_case_keeps_a_page_without_scores(small_site: Path) -> None:
    told = text(small_site / "cases/invented-telecom/withdrawn/index.html")
    assert "September 1, 2026" in told
    assert "It was about another company." in told
    assert "A case that was withdrawn" not in told


def test_a_disputed_case_says_so_and_shows_the_reply(small_site: Path) -> None:
    told = text(small_site / "cases/invented-telecom/everything/index.html")
    assert "Disputed" in told
    assert "The company says that this is invented." in told
    assert "We are invented too." in told


def test_every_event_is_told_in_words_with_its_anchor(small_site: Path) -> None:
    root = tree(small_site / "cases/invented-telecom/everything/index.html")
    moments = root.xpath("//li[starts-with(@id, 'event-')]")
    assert len(moments) == 22
    for moment in moments:
        assert re.search(r"[a-z]{3}.*\.", moment.xpath("string(div/p[2])")), moment.get("id")


def test_text_of_a_case_is_marked_with_its_own_language(small_site: Path) -> None:
    root = tree(small_site / "cases/invented-telecom/everything/index.html")
    assert root.xpath("//h1/@lang") == ["nl"]


def test_pages_name_their_twin_in_the_other_language(small_site: Path) -> None:
    for address, other in (("companies/invented-air/", "nl"), ("nl/companies/invented-air/", "en")):
        root = tree(small_site / address / "index.html")
        own = f"https://small.example/score/{address}"
        assert root.xpath("//link[@rel='canonical']/@href") == [own]
        assert other in root.xpath("//link[@rel='alternate']/@hreflang")


def test_an_old_address_leads_to_the_company(small_site: Path) -> None:
    root = tree(small_site / "companies/invented-phone/index.html")
    assert root.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../invented-telecom/"]


def test_the_404_page_links_from_the_root_of_the_site(small_site: Path) -> None:
    root = tree(small_site / "404.html")
    assert root.xpath("//link[@rel='stylesheet']/@href")[0].startswith("/score/static/style.")


def test_a_company_without_enough_cases_has_no_grade_and_says_why(small_site: Path) -> None:
    root = tree(small_site / "companies/invented-silent/index.html")
    verdict = root.xpath("string(//section[@class='verdict'])")
    assert "Too few cases" in verdict
    assert not root.xpath("//*[contains(@class, 'grade-A') or contains(@class, 'grade-E')]")


@pytest.mark.parametrize("cases", ["*", "answered-1"])
def test_companies_without_a_grade_stand_behind_the_news_unless_there_are_no_others(
    small_content: Path, cases: str
) -> None:
    for path in (small_content / "cases/invented-telecom").iterdir():
        if not path.match(f"{cases}.yaml"):
            path.unlink()
    front = Unbuilt(small_content).text("/")
    graded = cases == "*"
    assert ("All other companies" in front) == graded
    assert (front.index('id="changes"') < front.index('id="others"')) == graded
    assert ('<option value="">Highest score first' in front) == graded


def test_every_number_of_a_company_opens_its_events_in_two_clicks(small_site: Path) -> None:
    root = tree(small_site / "companies/invented-telecom/index.html")
    cases = root.xpath("//table[contains(@class, 'cases')]//tbody//a/@href")
    fixes = root.xpath("//ol[@class='fixes']//details//a/@href")
    assert len(cases) == 9
    assert fixes
    opened = next(link for link in cases if link.endswith("/everything/"))
    case = tree((small_site / "companies/invented-telecom" / opened / "index.html").resolve())
    assert case.xpath("//table[contains(@class, 'findings')]//a[starts-with(@href, '#event-')]")


def test_somebodys_own_words_are_marked_with_their_language(small_site: Path) -> None:
    """In a sentence of the page, a voice should read what the Dutch case says as Dutch."""
    case = "cases/invented-telecom/everything/index.html"
    own = "//li[contains(@class, 'moment')]//span[@lang='nl']/text()"
    said = {"another department", "a call back", "a bunch of flowers"}
    assert set(tree(small_site / case).xpath(own)) == said
    assert not tree(small_site / "nl" / case).xpath(own)


def test_a_company_with_very_many_cases_has_a_page_that_stays_small(tmp_path: Path) -> None:
    """With titles as varied as people's own; the page of all its cases leads to each of them."""
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    folder = content / "cases" / "invented-air"
    rng = random.Random(4)  # the same letters in every run
    letters = "abcdefghijklmnopqrstuvwxyz"
    for number in range(320):
        words = ["".join(rng.choices(letters, k=rng.randint(3, 9))) for _ in range(9)]
        (folder / f"many-{number}.yaml").write_text(
            f"title: {' '.join(words)}\nwanted: answer\nsource: {{kind: first-hand}}\ntimeline:\n"
            f"  - {{at: 2026-0{1 + number % 6}-{1 + number % 28:02} 10:00, event: contact, channel: email}}\n"
            f"  - {{at: 2026-0{1 + number % 6}-{1 + number % 28:02} 10:{number % 60:02}, event: reply, "
            f"by: script, answer: {rng.choice(['none', 'partial'])}, tone: rude}}\n"
        )
    site = Unbuilt(content)
    home = "/companies/invented-air/"
    page, every = site.page(home), site.page(f"{home}cases/")
    static = [
        TEMPLATES / "static" / name for name in ("style.css", "table.js", "explore.js", "copy.js")
    ]
    sizes = [len(gzip.compress(path.read_bytes())) for path in static]
    assert sum(sizes) + len(gzip.compress(site.text(home).encode())) <= 60 * 1024
    cases = "//table[contains(@class, 'cases')]/tbody/tr"
    assert len(page.xpath(cases)) == 50
    assert len(every.xpath(cases)) >= 320
    assert page.xpath("//a[@href='cases/']")
    for at, root in ((home, page), (f"{home}cases/", every)):
        links = {urljoin(at, str(href)) for href in root.xpath(f"{cases}//a/@href")}
        assert len(links) == len(root.xpath(cases))
        assert links <= site.pages.keys()
