"""The pages of a company: its own, all its cases, each case, and its old addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import CaseRow, findings_of, fixes
from scorecard.compose.figures import by_id, case_figures, company_figures, frozen_company
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages.brief import Brief, brief, embeds
from scorecard.compose.pages.citation import Citable
from scorecard.compose.pages.linked_data import organization
from scorecard.compose.pages.timeline import timeline
from scorecard.compose.replies import clock, replies
from scorecard.compose.sentences.caveats import caveats
from scorecard.compose.sentences.sureness import burst_of, sureness
from scorecard.compose.sentences.verdict import frozen_verdict, why_no_grade
from scorecard.judge.finding import say
from scorecard.score.company import CompanyResult
from scorecard.score.rule_results import strengths
from scorecard.values import Money

NEWEST = 50
"""So many cases stand on a company's page; more would make it heavy to load."""


def company_pages(gathered: Gathered, result: CompanyResult) -> Iterator[Page]:
    """Every page of a company but those of its cases, its own first."""
    told = brief(gathered, result)
    yield _company(gathered, result, told)
    yield from embeds(told)
    yield from _cases(gathered, result)
    yield from _moved(gathered, result)


def _company(gathered: Gathered, result: CompanyResult, told: Brief) -> Page:
    """The company's page."""
    company, rubric = result.company, gathered.content.rubric
    as_of = gathered.scorecard.as_of
    rows = gathered.rows[company.slug]
    title = say("{company}: customer service", company=company.name)
    figures = company_figures(result)
    frozen = frozen_company(gathered.content, company.slug)
    return Page(
        addresses.company(company.slug),
        "companies/company.html",
        title,
        told.verdict,
        {
            "result": result,
            "company": company,
            "sector": gathered.scorecard.sectors[company.sector],
            "brief": told,
            "verdict": told.verdict,
            "why_no_grade": None if result.grade else why_no_grade(result, rubric),
            "charts": {chart.name: chart for chart in gathered.charts(company.slug)},
            "sure": sureness(result, rubric),
            "fixes": fixes(result, gathered.rules),
            "strengths": [(gathered.rules[s.rule], s) for s in strengths(result.rules)],
            "at_stake": [Money(m, currency) for currency, m in result.costs.at_stake.items()],
            "rows": rows,
            "newest": NEWEST,
            "replies": [(row, clock(row.case, as_of)) for row in rows if row.case.reply],
            "asked": replies((row.case for row in rows), as_of),
            "caveats": caveats(result, as_of, rubric),
            "citable": Citable("company", company.slug, title, by_id(figures)),
            "figures": figures,
            "frozen": frozen,
            "then": frozen_verdict(frozen, gathered.content.editions[0]) if frozen else None,
            "parent": gathered.content.companies.get(company.part_of or ""),
            "linked": organization(company, gathered.content),
        },
        as_of,
        "company",
    )


def _cases(gathered: Gathered, result: CompanyResult) -> Iterator[Page]:
    """All cases of a company, where its page shows only the newest."""
    company, rows = result.company, gathered.rows[result.company.slug]
    if len(rows) > NEWEST:
        title = say("All cases of {company}", company=company.name)
        data = {"company": company, "rows": rows}
        changed = max(row.changed(gathered.scorecard.as_of) for row in rows)
        address = addresses.company_cases(company.slug)
        yield Page(address, "companies/cases.html", title, title, data, changed)


def _moved(gathered: Gathered, result: CompanyResult) -> Iterator[Page]:
    """The old addresses of a company and its charts, which lead on to its page."""
    title = say("{company}: customer service", company=result.company.name)
    data = {"company": result.company}
    for old in result.company.known_as:
        charts = (
            addresses.chart(old, chart.name) for chart in gathered.charts(result.company.slug)
        )
        for address in (addresses.company(old), *charts):
            yield Page(address, "companies/moved.html", title, title, data)


def case_page(gathered: Gathered, row: CaseRow, result: CompanyResult) -> Page:
    """The case's page; of a withdrawn case the tombstone."""
    case, company = row.case, result.company
    title = say("{title} ({company})", title=case.title, company=company.name)
    data: dict[str, Any] = {
        "case": case,
        "company": company,
        "sector": gathered.content.sectors[company.sector],
        "weighed": row.weighed,
        "clock": clock(case, gathered.scorecard.as_of),
        "burst": burst_of(case.id, result.held, gathered.content.rubric),
        "story": timeline(row.weighed.judged, gathered.rules) if row.weighed else None,
        "findings": findings_of(row.weighed.judged, gathered.content.rubric) if row.weighed else {},
    }
    if row.weighed is None:
        withdrawn = say("A withdrawn case ({company})", company=company.name)
        return Page(
            addresses.case(case.id), "cases/withdrawn.html", withdrawn, withdrawn, data, None
        )
    data["citable"] = Citable("case", case.id, title, by_id(case_figures(row.weighed.judged)))
    changed = row.changed(gathered.scorecard.as_of)
    return Page(addresses.case(case.id), "cases/case.html", title, title, data, changed, "case")
