"""All cases → the scores of every company and sector on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.judge.case import JudgedCase, judge_case
from scorecard.model import Case, Company
from scorecard.rubric import DIMENSIONS, Dimension, Rubric, Sector, standards_for
from scorecard.score.company import (
    CompanyCases,
    CompanyResult,
    Effort,
    WeighedCase,
    costs,
    effort,
    known_share,
    reply_time,
    rule_results,
    tally_company,
)
from scorecard.score.estimate import band, centre, enough_cases, estimate, overall
from scorecard.score.tally import Tally
from scorecard.score.weights import case_weights
from scorecard.site import Content

Tallies = Mapping[Dimension, Tally]


@dataclass(frozen=True, slots=True)
class SectorResult:
    """A sector on one day: its companies, its weighted mean per dimension, its effort score."""

    slug: str
    sector: Sector
    companies: tuple[str, ...]
    means: Mapping[Dimension, float | None]
    effort: Effort


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scores of everything on one day. Companies and sectors in the order of their slugs."""

    as_of: date
    companies: Mapping[str, CompanyResult]
    sectors: Mapping[str, SectorResult]


def newest_date(content: Content) -> date:
    """The newest date in the content: the day that a build stands for unless it is told another.

    Of a coarse time the first day counts. Withdrawn cases do not: a site without them is the same.
    """
    dates = [day for case in content.cases if case.scored for day in _dates(case)]
    return max(dates, default=content.rubric.history[-1].date.first.date())


def _dates(case: Case) -> Iterable[date]:
    times = [case.source.date, case.status_date]
    if case.reply:
        times += [case.reply.asked, case.reply.at]
    for event in case.timeline:
        times += [event.at, getattr(event, "kept_at", None), getattr(event, "paid_at", None)]
    return [time.first.date() for time in times if time]


def score_all(content: Content, as_of: date) -> Scorecard:
    """Judges every case, then scores every company against its sector and all others."""
    cases: dict[str, list[Case]] = {slug: [] for slug in sorted(content.companies)}
    for case in content.cases:
        if case.scored:
            cases[case.company].append(case)
    judged = {
        slug: _company_cases(content.companies[slug], own, content, as_of)
        for slug, own in cases.items()
    }
    everyone = _sum(judged.values())
    of_sector = {
        slug: [c for c in judged.values() if c.company.sector == slug]
        for slug in sorted(content.sectors)
    }
    sector_tallies = {slug: _sum(cases) for slug, cases in of_sector.items()}
    return Scorecard(
        as_of,
        {
            slug: _result(cases, sector_tallies[cases.company.sector], everyone, content.rubric)
            for slug, cases in judged.items()
        },
        {
            slug: SectorResult(
                slug,
                content.sectors[slug],
                tuple(c.company.slug for c in cases),
                {d: sector_tallies[slug][d].mean for d in DIMENSIONS},
                effort(_efforts(cases), content.rubric.ces.least_answers),
            )
            for slug, cases in of_sector.items()
        },
    )


def _company_cases(
    company: Company, cases: Sequence[Case], content: Content, as_of: date
) -> CompanyCases:
    sector = content.sectors[company.sector]
    standards = standards_for(content.rubric, sector, company, as_of)
    judged = [j for case in cases if (j := judge_case(case, standards))]
    return weigh_company(company, judged, content.rubric, as_of)


def weigh_company(
    company: Company, judged: Sequence[JudgedCase], rubric: Rubric, as_of: date
) -> CompanyCases:
    """The judged cases of a company with their weights and tallies."""
    weights = case_weights([j.case for j in judged], rubric, as_of)
    cases = [WeighedCase(j, weight) for j, weight in zip(judged, weights, strict=True)]
    return tally_company(company, cases)


def _sum(companies: Iterable[CompanyCases]) -> Tallies:
    total = {d: Tally() for d in DIMENSIONS}
    for company in companies:
        for dimension in DIMENSIONS:
            total[dimension] += company.tallies[dimension]
    return total


def _efforts(companies: Iterable[CompanyCases]) -> list[int]:
    answers = [case.judged.case.effort for company in companies for case in company.cases]
    return [answer for answer in answers if answer is not None]


def _result(
    cases: CompanyCases, sector: Tallies, everyone: Tallies, rubric: Rubric
) -> CompanyResult:
    scores = {}
    for dimension in DIMENSIONS:
        own = cases.tallies[dimension]
        towards = centre(sector[dimension] - own, everyone[dimension] - own, rubric)
        scores[dimension] = estimate(own, towards, rubric)
    weight = sum(Tally.of(0, case.weight).full_cases for case in cases.scored)
    total = overall(scores, len(cases.scored), weight, rubric)
    known = known_share(cases, rubric)
    graded = enough_cases(total, rubric) and known >= rubric.too_few.known
    grade = band(total.score, rubric.grades) if total and graded else None
    flawless = [case.judged.flawless for case in cases.scored]
    return CompanyResult(
        cases,
        scores,
        total,
        grade,
        rule_results(cases, rubric),
        reply_time(cases, rubric.interval.level),
        effort(_efforts([cases]), rubric.ces.least_answers),
        sum(flawless) / len(flawless) if flawless else None,
        costs(cases),
        known,
    )
