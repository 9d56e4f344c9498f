"""Content and scores → every page of the site, once for all languages, in parts that can be made apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import CaseRow
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages import site as site_pages
from scorecard.compose.pages.company import case_page, company_pages
from scorecard.compose.pages.corrections import corrections_page
from scorecard.compose.pages.data import data_page
from scorecard.compose.pages.dated import dated_pages
from scorecard.compose.pages.form import form_page
from scorecard.compose.pages.journalists import journalists
from scorecard.compose.sentences.sureness import burst_of
from scorecard.judge.finding import say
from scorecard.score.company import CompanyResult

MOST_CASES = 100
"""So many pages of cases are made in one part."""


class Part(NamedTuple):
    """Some of the pages: of a company the pages of its cases from `start` to `stop`, or all others;
    without a company the pages of the site and its sectors."""

    company: str | None = None
    start: int = 0
    stop: int = 0


def parts(gathered: Gathered) -> Iterator[Part]:
    """Every part, the site's own first. An edition holds no pages of cases."""
    yield Part()
    for slug in gathered.scorecard.companies:
        yield Part(slug)
        count = 0 if gathered.freeze else len(gathered.rows[slug])
        for start in range(0, count, MOST_CASES):
            yield Part(slug, start, min(start + MOST_CASES, count))


def pages(gathered: Gathered, part: Part) -> Iterator[Page]:
    """Every page of a part."""
    if part.company is None:
        yield from _of_site(gathered)
        return
    result = gathered.scorecard.companies[part.company]
    if part.stop:
        for row in gathered.rows[part.company][part.start : part.stop]:
            yield case_page(gathered, row, result)
    else:
        yield from company_pages(gathered, result)
        yield from _of_charts(gathered, part.company)


def shared_ingredients(gathered: Gathered) -> bytes:
    """What every page of a company or a case depends on: the day, and all content but the cases."""
    content = gathered.content
    files = [told for told in gathered.sums.items() if not told[0].startswith("cases/")]
    editions = [edition.sha256 for edition in content.editions]
    return repr((gathered.scorecard.as_of, content.site, files, editions)).encode()


def ingredients(gathered: Gathered, part: Part) -> list[bytes]:
    """What the pages of a part depend on besides: of each case its file, and what it weighs; of a company
    also whatever other companies have a say in. Each by its name: others may say the very same.

    Empty where a part holds the site's own pages, which depend on everything.
    """
    if part.company is None:
        return []
    result, rows = gathered.scorecard.companies[part.company], gathered.rows[part.company]
    if part.stop:
        return [_of_case(gathered, row, result) for row in rows[part.start : part.stop]]
    beside = [getattr(result, name) for name in result.__struct_fields__ if name != "cases"]
    sector = gathered.scorecard.sectors[result.company.sector]
    told = repr((part.company, beside, sector)).encode()
    return [told, *(_of_case(gathered, row, result) for row in rows)]


def _of_case(gathered: Gathered, row: CaseRow, result: CompanyResult) -> bytes:
    told = (
        row.case.id,
        gathered.sums[f"cases/{row.case.id}.yaml"],
        row.weighed.weight if row.weighed else None,
        burst_of(row.case.id, result.held, gathered.content.rubric),
    )
    return repr(told).encode()


def _of_site(gathered: Gathered) -> Iterator[Page]:
    yield site_pages.front_page(gathered)
    for slug in gathered.scorecard.sectors:
        yield site_pages.sector_page(gathered, slug)
    for owner in gathered.shared_owners:
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
    for chart in gathered.charts(owner):
        yield site_pages.chart_page(gathered, chart)
