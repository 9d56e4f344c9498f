"""Content and scores → every page of the site, once for all languages, in parts that can be made apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scorecard.compose import page as addresses
from scorecard.compose import site_pages
from scorecard.compose.company_pages import case_page, company_pages
from scorecard.compose.corrections import corrections_page
from scorecard.compose.data_page import data_page
from scorecard.compose.dated_pages import dated_pages
from scorecard.compose.form import form_page
from scorecard.compose.gathered import Gathered
from scorecard.compose.journalists import journalists
from scorecard.compose.page import Page
from scorecard.judge.finding import say

MOST_CASES = 100
"""So many pages of cases are made in one part."""


class Part(NamedTuple):
    """Some of the pages: of a company its cases from `start` to `stop`, with the first ones all its others.

    Without a company: the pages of the site and its sectors.
    """

    company: str | None = None
    start: int = 0
    stop: int = 0


def parts(gathered: Gathered) -> Iterator[Part]:
    """Every part, the site's own first. An edition holds no pages of cases."""
    yield Part()
    for slug in gathered.scorecard.companies:
        count = 0 if gathered.freeze else len(gathered.rows[slug])
        for start in range(0, max(count, 1), MOST_CASES):
            yield Part(slug, start, min(start + MOST_CASES, count))


def pages(gathered: Gathered, part: Part) -> Iterator[Page]:
    """Every page of a part."""
    if part.company is None:
        yield from _of_site(gathered)
        return
    result = gathered.scorecard.companies[part.company]
    if not part.start:
        yield from company_pages(gathered, result)
        yield from _of_charts(gathered, part.company)
    for row in gathered.rows[part.company][part.start : part.stop]:
        yield case_page(gathered, row, result)


def _of_site(gathered: Gathered) -> Iterator[Page]:
    yield site_pages.front_page(gathered)
    for slug in gathered.scorecard.sectors:
        yield site_pages.sector_page(gathered, slug)
    for owner in gathered.charts:
        if owner not in gathered.scorecard.companies:
            yield from _of_charts(gathered, owner)
    yield site_pages.comparison(gathered)
    yield form_page(gathered.content)
    yield site_pages.methodology(gathered)
    yield data_page(gathered)
    yield corrections_page(gathered)
    yield journalists(gathered)
    yield site_pages.styleguide(gathered)
    yield from site_pages.prose(gathered)
    yield from dated_pages(gathered)
    yield Page(addresses.NOT_FOUND, "404.html", say("Page not found"), say("Page not found"))


def _of_charts(gathered: Gathered, owner: str) -> Iterator[Page]:
    for chart in gathered.charts[owner]:
        yield site_pages.chart_page(gathered, chart)
