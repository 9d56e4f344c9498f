"""What lets somebody cite and follow the site: its editions, what changed between them, and its feeds."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.compose import page as addresses
from scorecard.compose.changes import KINDS, Step, since, steps
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages.news import News, headline, step_anchor
from scorecard.judge.finding import Reason, say

MOST_CASES = 20
"""So many cases of a company are told on a page; the API tells all."""


def dated_pages(gathered: Gathered) -> Iterator[Page]:
    """The list of editions, what changed since each of them, and the feeds."""
    told = steps(gathered)
    news = News(gathered, told)
    yield _editions(gathered)
    yield _changes(gathered, addresses.CHANGES, say("What changed"), told, news)
    for edition in gathered.content.editions[1:]:
        title = say("What changed since edition {edition}", edition=edition.name)
        address = addresses.changes_since(edition.name)
        yield _changes(gathered, address, title, [since(edition, gathered)], None)
    yield _feed(gathered, addresses.FEED, addresses.CHANGES, gathered.content.site.name, news)
    for slug, result in gathered.scorecard.companies.items():
        name = say("{company}: what is new", company=result.company.name)
        page = addresses.company(slug)
        for known in result.company.slugs:
            yield _feed(gathered, addresses.company_feed(known), page, name, news, slug)


def _editions(gathered: Gathered) -> Page:
    return Page(
        addresses.EDITIONS,
        "editions/list.html",
        say("Editions"),
        say("Scores as they were on a day, frozen to be cited."),
        {},
        gathered.scorecard.as_of,
        "page",
    )


def _changes(
    gathered: Gathered, address: str, title: Reason, told: list[Step], news: News | None
) -> Page:
    return Page(
        address,
        "changes.html",
        title,
        say("Figures, grades, statuses and replies that changed, with the cases behind them."),
        {
            "steps": told,
            "anchor": step_anchor,
            "headline": headline,
            "kinds": KINDS,
            "most_cases": MOST_CASES,
            "news": news.of_cases() if news else [],
        },
        gathered.scorecard.as_of,
    )


def _feed(
    gathered: Gathered,
    address: str,
    of: str,
    title: Reason | str,
    news: News,
    company: str | None = None,
) -> Page:
    entries = news.newest(company)
    data = {
        "of": of,
        "entries": entries,
        "updated": max((entry.day for entry in entries), default=gathered.scorecard.as_of),
    }
    return Page(address, "feeds/atom.xml", title, title, data)
