"""Content and scores → every page of the site, once for all languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import CaseRow, case_rows, findings_of, fixes, praised
from scorecard.compose.chart import DIMENSION_NAMES, OVERALL, Chart
from scorecard.compose.charts import company_charts
from scorecard.compose.form import form_page
from scorecard.compose.front import LATEST, best_first, front
from scorecard.compose.page import Kind, Page
from scorecard.compose.score_charts import (
    effort_chart,
    field_chart,
    sector_chart,
    strip_chart,
    trend_chart,
    yardsticks,
)
from scorecard.compose.sureness import burst_of, sureness
from scorecard.compose.timeline import timeline
from scorecard.compose.verdict import verdict, why_no_grade
from scorecard.compose.worked import ANSWERS, worked_examples
from scorecard.judge.finding import say
from scorecard.score.company import CompanyResult
from scorecard.score.rule_results import strengths
from scorecard.score.scorecard import Scorecard
from scorecard.score.weights import MUCH, too_few_people
from scorecard.site import Content
from scorecard.values import Money

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
OWN = {"contribute"}
"""The editors' pages that stand within another."""
NEWEST = 50
"""So many cases stand on a company's page; more would make it heavy to load."""


class Composer:
    """Makes the pages of one scorecard. Holds no more than what it was given, sorted by company."""

    def __init__(self, content: Content, scorecard: Scorecard) -> None:
        self.content = content
        self.scorecard = scorecard
        self.rules = {rule.id: rule for rule in content.rubric.rules}
        self.rows = case_rows(content, scorecard)
        self.charts: dict[str, list[Chart]] = {}
        for slug, result in scorecard.companies.items():
            self.charts[slug] = company_charts(result, scorecard, content.rubric)
            if trend := trend_chart(result, content.rubric):
                self.charts[slug].append(trend)
        for slug, sector in scorecard.sectors.items():
            of_sector = [
                sector_chart(sector, scorecard, content.rubric),
                strip_chart(sector, scorecard, content.rubric),
                effort_chart(sector, scorecard, content),
            ]
            self.charts[f"sector--{slug}"] = [chart for chart in of_sector if chart]
        field = field_chart(scorecard, content.rubric)
        self.charts[addresses.FIELD] = [field] if field else []

    def pages(self) -> Iterator[Page]:
        """Every page, the front page first."""
        yield self.front()
        for result in self.scorecard.companies.values():
            yield self.company(result)
            yield from self.cases(result)
            yield from self.moved(result)
            for row in self.rows[result.company.slug]:
                yield self.case(row, result)
        for slug in self.scorecard.sectors:
            yield self.sector(slug)
        for charts in self.charts.values():
            for chart in charts:
                yield self.chart(chart)
        yield self.comparison()
        yield form_page(self.content)
        yield self.methodology()
        yield self.data()
        yield self.styleguide()
        yield from self.prose()
        yield Page(addresses.NOT_FOUND, "404.html", say("Page not found"), say("Page not found"))

    def front(self) -> Page:
        """The scorecard: graded companies first, the best on top, then the others by name."""
        everything = [row for rows in self.rows.values() for row in rows if row.weighed]
        newest = sorted(everything, key=lambda r: (r.last or date.min, r.case.id), reverse=True)
        told = [row for row in newest if row.case.source.kind != "register"]
        return Page(
            addresses.FRONT,
            "index.html",
            self.content.site.name,
            self.content.site.tagline or self.content.site.name,
            {
                **front(self.scorecard, self.content.rubric),
                "field": next(iter(self.charts[addresses.FIELD]), None),
                "cases": len(everything),
                "newest": newest[:LATEST],
                "well": [r for r in told if r.weighed and praised(r.weighed.judged)][:LATEST],
            },
            self.scorecard.as_of,
        )

    def company(self, result: CompanyResult) -> Page:
        """The company's page."""
        company, rubric = result.company, self.content.rubric
        rows = self.rows[company.slug]
        return Page(
            addresses.company(company.slug),
            "companies/company.html",
            say("{company}: customer service", company=company.name),
            verdict(result, self.scorecard.as_of, rubric),
            {
                "result": result,
                "company": company,
                "sector": self.scorecard.sectors[company.sector],
                "verdict": verdict(result, self.scorecard.as_of, rubric),
                "why_no_grade": None if result.grade else why_no_grade(result, rubric),
                "charts": {chart.name: chart for chart in self.charts[company.slug]},
                "sure": sureness(result, rubric),
                "fixes": fixes(result, self.rules),
                "strengths": [(self.rules[s.rule], s) for s in strengths(result.rules)],
                "at_stake": [Money(m, currency) for currency, m in result.costs.at_stake.items()],
                "rows": rows,
                "newest": NEWEST,
                "replies": [row for row in rows if row.case.reply],
                "parent": self.content.companies.get(company.part_of or ""),
            },
            max((row.last for row in rows if row.last), default=self.scorecard.as_of),
            "company",
        )

    def cases(self, result: CompanyResult) -> Iterator[Page]:
        """All cases of a company, where its page shows only the newest."""
        company, rows = result.company, self.rows[result.company.slug]
        if len(rows) > NEWEST:
            title = say("All cases of {company}", company=company.name)
            data = {"company": company, "rows": rows}
            changed = max((row.last for row in rows if row.last), default=self.scorecard.as_of)
            address = addresses.company_cases(company.slug)
            yield Page(address, "companies/cases.html", title, title, data, changed)

    def moved(self, result: CompanyResult) -> Iterator[Page]:
        """The old addresses of a company, which lead on to its page."""
        for old in result.company.known_as:
            title = say("{company}: customer service", company=result.company.name)
            data = {"company": result.company}
            yield Page(addresses.company(old), "companies/moved.html", title, title, data)

    def case(self, row: CaseRow, result: CompanyResult) -> Page:
        """The case's page; of a withdrawn case the tombstone."""
        case = row.weighed.judged.case if row.weighed else row.case
        company = result.company
        title = say("{title} ({company})", title=case.title, company=company.name)
        data = {
            "case": case,
            "company": company,
            "sector": self.scorecard.sectors[company.sector],
            "weighed": row.weighed,
            "burst": burst_of(case.id, result.held, self.content.rubric),
            "story": timeline(row.weighed.judged, self.rules) if row.weighed else None,
            "findings": findings_of(row.weighed.judged, self.content.rubric) if row.weighed else {},
        }
        template = "cases/case.html" if row.weighed else "cases/withdrawn.html"
        kind: Kind | None = "case" if row.weighed else None
        return Page(addresses.case(case.id), template, title, title, data, row.last, kind)

    def sector(self, slug: str) -> Page:
        """The sector's page."""
        sector = self.scorecard.sectors[slug]
        charts = {chart.name: chart for chart in self.charts[f"sector--{slug}"]}
        return Page(
            addresses.sector(slug),
            "sectors/sector.html",
            sector.sector.name,
            sector.sector.name,
            {
                "sector": sector,
                "results": best_first(self.scorecard.companies[c] for c in sector.companies),
                "yardsticks": yardsticks(self.content),
                "charts": charts,
            },
            self.scorecard.as_of,
            "sector",
        )

    def comparison(self) -> Page:
        """Where companies are put side by side, from parts of their own pages."""
        companies = [result.company for result in self.scorecard.companies.values()]
        return Page(
            addresses.COMPARE,
            "compare.html",
            say("Compare companies"),
            say("Two to four companies side by side."),
            {
                "companies_by_name": sorted(companies, key=lambda c: (c.name.casefold(), c.slug)),
                "sectors_with": [s for s in self.scorecard.sectors.values() if s.companies],
                "parts": COMPARED,
            },
            self.scorecard.as_of,
        )

    def chart(self, chart: Chart) -> Page:
        """A chart's own page."""
        return Page(
            addresses.chart(chart.owner, chart.name),
            "charts/chart.html",
            chart.title,
            chart.says,
            {"chart": chart, "owner": self._owner(chart)},
        )

    def _owner(self, chart: Chart) -> tuple[str, object]:
        """The address and the name of the page that a chart belongs to."""
        if chart.owner == addresses.FIELD:
            return addresses.FRONT, self.content.site.name
        sector = chart.owner.removeprefix("sector--")
        if sector != chart.owner:
            return addresses.sector(sector), self.content.sectors[sector].name
        return addresses.company(chart.owner), self.content.companies[chart.owner].name

    def methodology(self) -> Page:
        """The method, from rubric.yaml."""
        return Page(
            addresses.METHODOLOGY,
            "methodology.html",
            say("Methodology"),
            say("How a case becomes a score: every question, weight, norm and source."),
            {
                "answers": ANSWERS,
                "few_people": too_few_people(self.content.rubric.contributor_cap.share),
                "much": MUCH,
                "examples": worked_examples(self.scorecard, self.content.rubric),
                "calibration": self.content.calibration,
            },
            self.scorecard.as_of,
            "page",
        )

    def data(self) -> Page:
        """Downloads and their description."""
        return Page(
            addresses.DATA,
            "data.html",
            say("Data"),
            say("Every figure of this site as CSV and JSON."),
            {},
            self.scorecard.as_of,
            "page",
        )

    def styleguide(self) -> Page:
        """What the site is drawn with, shown on its own companies and charts."""
        results = self.scorecard.companies.values()
        told = [r.company.slug for r in sorted(results, key=lambda r: len(r.cases.cases))]
        owners = [*(owner for owner in self.charts if owner not in told), *told]
        charts = {chart.kind: chart for owner in owners for chart in self.charts[owner]}
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

    def prose(self) -> Iterator[Page]:
        """The editors' pages; one that is missing in a language is shown in another."""
        by_slug: Mapping[str, dict[str, object]] = defaultdict(dict)
        for text in (p for p in self.content.pages if p.slug not in OWN):
            by_slug[text.slug][text.language] = text
        for slug, texts in by_slug.items():
            titles = {p.language: p.title for p in self.content.pages if p.slug == slug}
            yield Page(
                addresses.prose(slug),
                "prose.html",
                titles,
                titles,
                {"texts": texts},
                self.scorecard.as_of,
                "page",
            )
