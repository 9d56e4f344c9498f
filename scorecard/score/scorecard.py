"""All cases → the scores of every company and sector on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from msgspec import Struct
from msgspec.structs import asdict

from scorecard.collecting import no_collecting
from scorecard.judge.case import JudgedCase, judge_case
from scorecard.model import Case, Company
from scorecard.parallel import Jobs, in_parts, shared
from scorecard.rubric import DIMENSIONS, Dimension, Rubric, Sector
from scorecard.score.alike import held_bursts
from scorecard.score.bursts import Arrivals
from scorecard.score.cases import CompanyCases
from scorecard.score.company import CompanyResult, Details
from scorecard.score.costs import Effort, costs, effort
from scorecard.score.durations import money_back, reply_time
from scorecard.score.estimate import Others, Score
from scorecard.score.fragility import fragility, influence
from scorecard.score.observation import observe, rule_weights
from scorecard.score.ranks import Rank, ranks
from scorecard.score.rescored import Own, Subject
from scorecard.score.rule_results import rule_results
from scorecard.score.standing import Snapshot, Standing, snapshot, standing
from scorecard.score.trend import LookBack, TrendPoint, month_ends, trends
from scorecard.score.would_change import would_change
from scorecard.site import Content
from scorecard.standards import Standards


class SectorResult(Struct, frozen=True):
    """A sector on one day: its companies, its weighted mean per dimension, its effort score."""

    slug: str
    sector: Sector
    companies: tuple[str, ...]
    means: Mapping[Dimension, float | None]
    effort: Effort


class Scorecard(Struct, frozen=True):
    """The scores of everything on one day. Companies and sectors in the order of their slugs.

    `arrivals`: when all their cases began.
    """

    as_of: date
    companies: Mapping[str, CompanyResult]
    sectors: Mapping[str, SectorResult]
    arrivals: Arrivals

    @property
    def sectors_with(self) -> list[SectorResult]:
        """The sectors with any company."""
        return [sector for sector in self.sectors.values() if sector.companies]


def newest_date(content: Content) -> date:
    """The newest date in the content: the day that a build stands for unless it is told another.

    Of a coarse time the first day counts. Withdrawn cases do not: a site without them is the same.
    """
    dates = [day for case in content.cases if case.scored for day in case.dates]
    return max(dates, default=content.rubric.history[-1].date.first.date())


Judged = Mapping[str, Sequence[JudgedCase]]
"""The judged cases of each company, by its slug."""


@no_collecting()
def score_all(content: Content, as_of: date, jobs: Jobs = 1) -> Scorecard:
    """Judges every case, then scores every company against its sector and all others.

    The same whoever shares the work.
    """
    judged = judge_all(content, as_of)
    now = weigh_all(content, judged, as_of)
    standings = stand_all(now, content)
    trend = trend_all(content, judged, as_of, jobs)
    results = look_into_all(now, standings, judged, trend, content, jobs)
    sectors = {slug: _sector(slug, now, results, content) for slug in sorted(content.sectors)}
    return Scorecard(as_of, results, sectors, now.arrivals)


def judge_all(content: Content, as_of: date) -> Judged:
    """Every scored case judged, as it was known on the day; companies in the order of their slugs."""
    judged: dict[str, list[JudgedCase]] = {}
    for slug, cases in _scored_cases(content).items():
        company = content.companies[slug]
        standards = Standards(content.rubric, content.sectors[company.sector], company, as_of)
        judged[slug] = [found for case in cases if (found := judge_case(case, standards))]
    return judged


def _scored_cases(content: Content) -> dict[str, list[Case]]:
    cases: dict[str, list[Case]] = {slug: [] for slug in sorted(content.companies)}
    for case in content.cases:
        if case.scored:
            cases[case.company].append(case)
    return cases


def weigh_all(content: Content, judged: Judged, as_of: date) -> Snapshot:
    """What the judged cases say and weigh together."""
    weights = rule_weights(content.rubric)
    seen = {
        slug: [observe(one, content.rubric, weights) for one in own] for slug, own in judged.items()
    }
    return snapshot(content.companies, seen, content.rubric, as_of)


def stand_all(now: Snapshot, content: Content) -> dict[str, Standing]:
    """The scores and grades of every company."""
    return {
        slug: standing(own, now.others[slug], content.rubric) for slug, own in now.companies.items()
    }


def trend_all(
    content: Content, judged: Judged, as_of: date, jobs: Jobs = 1
) -> dict[str, list[TrendPoint]]:
    """The trend of every company."""
    companies = {slug: content.companies[slug] for slug in judged}
    days = month_ends(as_of, content.rubric.trend.months)
    cases = _scored_cases(content)
    known = LookBack(companies, content.sectors, cases, judged, content.rubric, days)
    return trends(known, jobs)


def look_into_all(
    now: Snapshot,
    standings: Mapping[str, Standing],
    judged: Judged,
    trend: Mapping[str, Sequence[TrendPoint]],
    content: Content,
    jobs: Jobs = 1,
) -> dict[str, CompanyResult]:
    """Everything else about every company: its rules, its waits, how sure its score is."""
    places = rank_all(content.companies, standings)
    known = _Known(now, standings, judged, content.rubric)
    slugs = list(now.companies)
    details = chain.from_iterable(shared(_look_into, known, in_parts(slugs), jobs))
    return {
        slug: CompanyResult(
            **asdict(found),
            cases=known.cases(slug),
            others=now.others[slug],
            standing=standings[slug],
            rank=places.get(slug),
            trend=tuple(trend.get(slug, ())),
        )
        for slug, found in zip(slugs, details, strict=True)
    }


class _Known(Struct, frozen=True):
    """What is known of all companies when each is looked into."""

    now: Snapshot
    standings: Mapping[str, Standing]
    judged: Judged
    rubric: Rubric

    def cases(self, slug: str) -> CompanyCases:
        """A company's judged cases with their weights."""
        return CompanyCases.of(self.judged[slug], self.now.companies[slug])


def _look_into(known: _Known, slugs: Sequence[str]) -> list[Details]:
    return [
        details(
            known.cases(slug),
            known.standings[slug],
            known.now.others[slug],
            known.now.arrivals,
            known.rubric,
        )
        for slug in slugs
    ]


def details(
    cases: CompanyCases, now: Standing, others: Others, arrivals: Arrivals, rubric: Rubric
) -> Details:
    """Everything about a company that its own cases tell beside its scores."""
    rescored = Own(Subject(cases.weighed, others, rubric, arrivals))
    fragile = fragility(rescored)
    flawless = [case.judged.flawless for case in cases.scored]
    return Details(
        rules=tuple(rule_results(cases, rubric)),
        reply_time=reply_time(cases, rubric.interval.level),
        money_back=money_back(cases, rubric.interval.level),
        effort=_effort([cases], rubric),
        flawless=sum(flawless) / len(flawless) if flawless else None,
        costs=costs(cases),
        fragility=fragile,
        would_change=would_change(rescored, now),
        influence=influence(rescored, fragile) if fragile else None,
        held=tuple(held_bursts(cases, rubric)),
    )


def rank_all(
    companies: Mapping[str, Company], standings: Mapping[str, Standing]
) -> dict[str, Rank]:
    """The rank of every graded company among the graded ones of its sector."""
    sectors: dict[str, dict[str, Score]] = {}
    for slug, now in standings.items():
        if now.overall and now.grade:
            sectors.setdefault(companies[slug].sector, {})[slug] = now.overall
    return {slug: rank for field in sectors.values() for slug, rank in ranks(field).items()}


def _sector(
    slug: str, now: Snapshot, results: Mapping[str, CompanyResult], content: Content
) -> SectorResult:
    members = [result for result in results.values() if result.company.sector == slug]
    totals = now.sectors.get(slug)
    return SectorResult(
        slug,
        content.sectors[slug],
        tuple(result.company.slug for result in members),
        {d: totals.tallies[d].mean if totals else None for d in DIMENSIONS},
        _effort((result.cases for result in members), content.rubric),
    )


def _effort(companies: Iterable[CompanyCases], rubric: Rubric) -> Effort:
    answers = [case.judged.case.effort for company in companies for case in company.cases]
    told = [answer for answer in answers if answer is not None]
    return effort(told, rubric.ces.least_answers, rubric.interval.level)
