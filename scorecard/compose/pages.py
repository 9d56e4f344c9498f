"""Content and scores → every page of the site, once for all languages."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.compose import page as addresses
from scorecard.compose import site_pages
from scorecard.compose.company_pages import company_pages
from scorecard.compose.corrections import corrections_page
from scorecard.compose.data_page import data_page
from scorecard.compose.dated_pages import dated_pages
from scorecard.compose.form import form_page
from scorecard.compose.gathered import Gathered
from scorecard.compose.journalists import journalists
from scorecard.compose.page import Page
from scorecard.judge.finding import say


def pages(gathered: Gathered) -> Iterator[Page]:
    """Every page, the front page first."""
    yield site_pages.front_page(gathered)
    for result in gathered.scorecard.companies.values():
        yield from company_pages(gathered, result)
    for slug in gathered.scorecard.sectors:
        yield site_pages.sector_page(gathered, slug)
    for charts in gathered.charts.values():
        for chart in charts:
            yield site_pages.chart_page(gathered, chart)
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
