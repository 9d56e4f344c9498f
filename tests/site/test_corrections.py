"""A reader can say that a page is wrong and sees what was; a cited address says what became of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from scorecard.compose.replies import Replies, clock, replies
from tests.conftest import ROOT
from tests.site.reading import load, text, tree, whole_pages
from tests.support.build import make_case
from tests.support.one_page import Unbuilt, one_page

FORMS = ("correction", "dispute", "company-reply", "removal")
REPOSITORY = "repository: https://github.com/invented/scorecard\n"
SITE = "https://small.example/score/"
SUBJECT = "subject=https%3A%2F%2Fsmall.example%2Fscore%2Fdata%2F"
WRONG = "//footer//a[contains(., 'wrong on this page') or contains(., 'niet op deze pagina')]/@href"


def form(name: str) -> dict[str, dict[str, object]]:
    """The fields of an issue form by their ids."""
    told = yaml.safe_load((ROOT / f".github/ISSUE_TEMPLATE/{name}.yml").read_text("utf-8"))
    return {field["id"]: field for field in told["body"] if "id" in field}


def test_every_page_fills_its_own_address_into_the_form(small_site: Path) -> None:
    asked = 0
    for page in whole_pages(small_site):
        [link] = tree(page).xpath(WRONG)
        parts = urlsplit(link)
        assert (
            parts._replace(query="").geturl() == "https://github.com/invented/scorecard/issues/new"
        )
        query = parse_qs(parts.query, strict_parsing=True)
        assert query.pop("template") == ["correction.yml"]
        if page.name == "404.html":
            assert query == {}
            continue
        folder = page.parent.relative_to(small_site).as_posix()
        here = SITE + ("" if folder == "." else f"{folder}/")
        assert query == {"address": [here]}
        assert set(query) <= set(form("correction"))
        asked += 1
    assert asked > 30


@pytest.mark.parametrize("name", FORMS)
def test_every_form_that_is_linked_is_there_and_asks_for_the_page(name: str) -> None:
    assert form(name)["address"]["type"] == "input"


def test_a_case_and_a_company_offer_every_form(small_site: Path) -> None:
    for page in ("companies/invented-telecom", "cases/invented-telecom/everything"):
        links = tree(small_site / page / "index.html").xpath("//main//a/@href")
        asked = [parse_qs(urlsplit(link).query) for link in links if "issues/new" in link]
        assert [query["template"] for query in asked] == [[f"{name}.yml"] for name in FORMS]
        assert all(query["address"] == [f"{SITE}{page}/"] for query in asked)


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("desk@small.example", f"mailto:desk@small.example?{SUBJECT}"),
        ("mailto:desk@small.example", f"mailto:desk@small.example?{SUBJECT}"),
        ("a?b&c@small.example", f"mailto:a%3Fb%26c@small.example?{SUBJECT}"),
        ("https://small.example/contact", "https://small.example/contact"),
        ("the editors, upstairs @ the mill", "../contribute/"),
        (None, "../contribute/"),
    ],
)  # fmt: skip
def test_without_a_repository_the_editors_are_told_and_without_them_it_says_how(
    contact: str | None, link: str, small_content: Path
) -> None:
    path = small_content / "site.yaml"
    text_ = path.read_text().replace(REPOSITORY, "")
    path.write_text(text_ + (f"contact: '{contact}'\n" if contact else ""))
    assert one_page(small_content, "/data/").xpath(WRONG) == [link]


@pytest.mark.parametrize("contact", ["desk@small.example", None])
def test_a_host_whose_forms_are_not_known_is_asked_for_none(
    contact: str | None, small_content: Path
) -> None:
    elsewhere = "https://code.example/invented/scorecard"
    path = small_content / "site.yaml"
    text_ = path.read_text().replace(REPOSITORY, f"repository: {elsewhere}\n")
    path.write_text(text_ + (f"contact: {contact}\n" if contact else ""))
    site = Unbuilt(small_content)
    for address in ("/companies/invented-telecom/", "/cases/invented-telecom/everything/"):
        page = site.page(address)
        assert [a for a in page.xpath("//a/@href") if a.startswith(f"{elsewhere}/")] == []
        files = page.xpath("//main//a[. = 'The files this site is made from']/@href")
        assert files == [elsewhere]
        told = page.xpath("//main//a[starts-with(@href, 'mailto:desk@small.example?')]/@href")
        assert len(told) == bool(contact)
        assert page.xpath(WRONG) == (told or [elsewhere])


def test_the_log_has_every_mark_the_newest_first_in_each_language(small_site: Path) -> None:
    for site, withdrawn in (
        (small_site, "A withdrawn case"),
        (small_site / "nl", "Een ingetrokken dossier"),
    ):
        rows = tree(site / "corrections/index.html").xpath("//table//tbody/tr")
        told = [
            (
                row.xpath("string(.//time/@datetime)"),
                row.xpath("string(.//span[contains(@class, 'status-')]/@class)"),
            )
            for row in rows
        ]
        assert told == [
            ("2026-09-01", "status status-withdrawn"),
            ("2026-07-10", "status status-disputed"),
            ("2026-03-02", "status status-corrected"),
        ]
        assert withdrawn in rows[0].text_content()
        assert "The company says that this is invented." in rows[1].text_content()
    assert "A case that was withdrawn" not in (small_site / "corrections/index.html").read_text(
        "utf-8"
    )
    assert f"<loc>{SITE}corrections/</loc>" in (small_site / "sitemap.xml").read_text("utf-8")


def test_every_page_leads_to_the_log(small_site: Path) -> None:
    for page in whole_pages(small_site):
        assert tree(page).xpath("//footer//a[contains(@href, 'corrections/') or @href='./']"), page


def test_a_case_that_is_not_as_it_was_is_labelled_in_the_table_and_on_its_page(
    small_site: Path,
) -> None:
    for name, label in (
        ("everything", "Disputed"),
        ("answered-2", "Corrected"),
        ("withdrawn", "Withdrawn"),
    ):
        rows = tree(small_site / "companies/invented-telecom/index.html").xpath(
            f"//table[contains(@class, 'cases')]//tr[.//a[contains(@href, '/{name}/')]]"
        )
        assert rows[0].xpath("string(.//span[contains(@class, 'status')])") == label
        case = load(small_site / f"api/v1/cases/invented-telecom/{name}.json")
        assert case["status"] == label.lower()
        if name != "withdrawn":
            notice = tree(small_site / f"cases/invented-telecom/{name}/index.html").xpath(
                "string(//div[@class='notice'])"
            )
            assert label in notice


def test_a_tombstone_says_when_and_why_and_nothing_finds_it(small_site: Path) -> None:
    for site in (small_site, small_site / "nl"):
        page = site / "cases/invented-telecom/withdrawn/index.html"
        root = tree(page)
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert root.xpath("//link[@rel='canonical']/@href")[0].endswith(
            "/cases/invented-telecom/withdrawn/"
        )
        assert root.xpath("//main//time/@datetime | //main//p[@class='lead'][contains(., '2026')]")
        assert "It was about another company." in text(page)
        assert not root.xpath("//*[@class='big'] | //table")
        assert "A case that was withdrawn" not in page.read_text("utf-8")
    assert "cases/invented-telecom/withdrawn/" not in (small_site / "sitemap.xml").read_text(
        "utf-8"
    )


def test_an_old_address_is_no_page_of_its_own_and_its_data_are_the_companys(
    small_site: Path,
) -> None:
    for language in ("", "nl/"):
        root = tree(small_site / language / "companies/invented-phone/index.html")
        new = f"{SITE}{language}companies/invented-telecom/"
        assert root.xpath("//link[@rel='canonical']/@href") == [new]
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert not root.xpath("//link[@rel='alternate'][@hreflang]")
    api = small_site / "api/v1/companies"
    assert (api / "invented-phone.json").read_bytes() == (
        api / "invented-telecom.json"
    ).read_bytes()


def test_the_clock_of_a_reply_stands_on_the_case_and_the_company(small_site: Path) -> None:
    waiting = text(small_site / "cases/invented-silent/no-word/index.html")
    assert "AskedMay 20, 2026 Waiting61 days on July 20, 2026" in waiting
    told = text(small_site / "companies/invented-silent/index.html")
    assert "Asked about1 case Answered0 Half answered withinnot yet half" in told
    assert "Waiting longest61 days" in told
    assert "Replied after1 day" in text(small_site / "cases/invented-telecom/everything/index.html")


def asked(**reply: str) -> dict[str, str]:
    return reply


DAY = date(2026, 6, 30)
CONTACT = "- {at: 2026-05-01, event: contact, channel: email}"


@pytest.mark.parametrize(
    ("reply", "days", "answered"),
    [
        (asked(asked="2026-06-20"), 10, False),
        (asked(asked="2026-06-30"), 0, False),
        (asked(asked="2026-06-01", at="2026-06-08", text="x"), 7, True),
        (asked(asked="2026-06-01", at="2026-07-08", text="x"), 29, False),
        (asked(asked="2026-07-01"), None, None),
        (asked(at="2026-06-08", text="x"), None, None),
    ],
)
def test_the_clock_counts_calendar_days_and_knows_nothing_of_later(
    reply: dict[str, str], days: int | None, answered: bool | None
) -> None:
    found = clock(make_case(CONTACT, reply=reply), DAY)
    assert (found and (found.days, found.answered)) == (None if days is None else (days, answered))


def test_the_median_counts_those_who_still_wait() -> None:
    def told(*spans: tuple[int, bool]) -> Replies:
        cases = [
            make_case(
                CONTACT,
                reply={"asked": "2026-06-01", "at": f"2026-06-{1 + days:02}", "text": "x"}
                if done
                else {"asked": f"2026-06-{30 - days:02}"},
            )
            for days, done in spans
        ]
        return replies(cases, DAY)

    assert told() == Replies(0, 0, 0, None, None)
    assert told((4, True), (10, False)) == Replies(2, 1, 0, 4.0, 10)
    assert told((4, True), (10, False), (12, False)) == Replies(3, 1, 0, None, 12)
    assert told((2, True), (4, True), (1, False)).median == 2.0
