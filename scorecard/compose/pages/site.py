"""The pages of the site as a whole: the scorecard, sectors, charts, the method, and what helps use it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import praised
from scorecard.compose.charts.chart import DIMENSION_NAMES, OVERALL, Chart
from scorecard.compose.charts.scores import yardsticks
from scorecard.compose.figures import by_id, frozen_sector, sector_figures
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages.citation import Citable, site_counts
from scorecard.compose.pages.front import LATEST, best_first, front
from scorecard.compose.pages.worked import ANSWERS, worked_examples
from scorecard.judge.finding import say
from scorecard.score.weights import MUCH, too_few_people
from scorecard.site import ProsePage

COMPARED = (
    ("overall", OVERALL),
    *DIMENSION_NAMES.items(),
    ("rank", say("Rank in its sector")),
    ("reply-time", say("Time to a human answer")),
    ("promises", say("Promises")),
    ("refunds", say("Money back")),
    ("money-back", say("Days until the money is back")),
    ("effort", say("Effort")),
    ("fixes", say("What to fix first")),
    ("strengths", say("What it does well")),
)
"""The parts of companies' pages that are put side by side: their marks in the template, and their names."""
SAMPLED = 20
"""The style guide shows a chart of each kind from so many of the companies with most cases."""
OWN = {"contribute", "journalists"}
"""The editors' pages that stand within another."""


def front_page(gathered: Gathered) -> Page:
    """The scorecard: graded companies first, the best on top, then the others by name."""
    everything = [row for row in gathered.every_row if row.weighed]
    newest = sorted(everything, key=lambda r: (r.last or date.min, r.case.id), reverse=True)
    told = [row for row in newest if row.case.source.kind != "register"]
    site, counts = gathered.content.site, site_counts(len(gathered.rows), len(everything))
    return Page(
        addresses.FRONT,
        "index.html",
        site.name,
        site.tagline or site.name,
        {
            **front(gathered.scorecard, gathered.content.rubric),
            "field": next(iter(gathered.charts(addresses.FIELD)), None),
            "cases": len(everything),
            "citable": Citable("site", "", site.name, counts),
            "newest": newest[:LATEST],
            "well": [r for r in told if r.weighed and praised(r.weighed.judged)][:LATEST],
        },
        gathered.scorecard.as_of,
    )


def sector_page(gathered: Gathered, slug: str) -> Page:
    """The sector's page."""
    sector = gathered.scorecard.sectors[slug]
    charts = {chart.name: chart for chart in gathered.charts(addresses.sector_owner(slug))}
    figures = sector_figures(sector)
    return Page(
        addresses.sector(slug),
        "sectors/sector.html",
        sector.sector.name,
        sector.sector.name,
        {
            "sector": sector,
            "results": best_first(gathered.scorecard.companies[c] for c in sector.companies),
            "yardsticks": yardsticks(gathered.content),
            "charts": charts,
            "figures": figures,
            "frozen": frozen_sector(gathered.content, slug),
            "citable": Citable("sector", slug, sector.sector.name, by_id(figures)),
        },
        gathered.scorecard.as_of,
        "sector",
    )


def comparison(gathered: Gathered) -> Page:
    """Where companies are put side by side, from parts of their own pages."""
    companies = [result.company for result in gathered.scorecard.companies.values()]
    return Page(
        addresses.COMPARE,
        "compare.html",
        say("Compare companies"),
        say("Two to four companies side by side."),
        {
            "companies_by_name": sorted(companies, key=lambda c: (c.name.casefold(), c.slug)),
            "sectors_with": gathered.scorecard.sectors_with,
            "parts": COMPARED,
        },
        gathered.scorecard.as_of,
    )


def chart_page(gathered: Gathered, chart: Chart) -> Page:
    """A chart's own page."""
    return Page(
        addresses.chart(chart.owner, chart.name),
        "charts/chart.html",
        chart.full_title,
        chart.says,
        {"chart": chart, "owner": _owner(gathered, chart)},
        gathered.scorecard.as_of,
    )


def _owner(gathered: Gathered, chart: Chart) -> tuple[str, object]:
    """The address and the name of the page that a chart belongs to."""
    if chart.owner == addresses.FIELD:
        return addresses.FRONT, gathered.content.site.name
    if sector := addresses.sector_of(chart.owner):
        return addresses.sector(sector), gathered.content.sectors[sector].name
    return addresses.company(chart.owner), gathered.content.companies[chart.owner].name


def methodology(gathered: Gathered) -> Page:
    """The method, from rubric.yaml."""
    return Page(
        addresses.METHODOLOGY,
        "methodology.html",
        say("Methodology"),
        say("How a case becomes a score: every question, weight, norm and source."),
        {
            "answers": ANSWERS,
            "few_people": too_few_people(gathered.content.rubric.contributor_cap.share),
            "much": MUCH,
            "examples": worked_examples(gathered.scorecard, gathered.content.rubric),
            "calibration": gathered.content.calibration,
        },
        gathered.scorecard.as_of,
        "page",
    )


def styleguide(gathered: Gathered) -> Page:
    """What the site is drawn with, shown on its own companies and charts."""
    results = gathered.scorecard.companies.values()
    most_told = sorted(results, key=lambda r: len(r.cases.cases))[-SAMPLED:]
    owners = [*gathered.shared_owners, *(r.company.slug for r in most_told)]
    charts = {chart.kind: chart for owner in owners for chart in gathered.charts(owner)}
    return Page(
        addresses.STYLEGUIDE,
        "styleguide.html",
        say("Style guide"),
        say("What this site is drawn with: colour, type, space, components and charts."),
        {
            "results": best_first(results)[:3],
            "samples": list(charts.values()),
        },
    )


def prose(gathered: Gathered) -> Iterator[Page]:
    """The editors' pages; one that is missing in a language is shown in another."""
    by_slug: Mapping[str, dict[str, ProsePage]] = defaultdict(dict)
    for text in (p for p in gathered.content.pages if p.slug not in OWN):
        by_slug[text.slug][text.language] = text
    for slug, texts in by_slug.items():
        titles = {language: text.title for language, text in texts.items()}
        yield Page(
            addresses.prose(slug),
            "prose.html",
            titles,
            titles,
            {"texts": texts},
            found_as="page",
            undated=True,
        )
