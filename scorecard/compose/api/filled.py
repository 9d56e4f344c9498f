"""Fills the types of the JSON API from scores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scorecard.compose.api.passports import Passports
from scorecard.compose.api.sureness import figures, rank, sureness
from scorecard.compose.api.types import (
    ApiCase,
    ApiCaseLink,
    ApiCes,
    ApiCompany,
    ApiCosts,
    ApiDimension,
    ApiFinding,
    ApiFix,
    ApiIndex,
    ApiMoneyBack,
    ApiReply,
    ApiReplyTime,
    ApiScore,
    ApiScores,
    ApiSector,
    ApiSummary,
)
from scorecard.compose.case_rows import CaseRow, findings_of
from scorecard.compose.gathered import Gathered
from scorecard.compose.words import Words
from scorecard.model import Case
from scorecard.rounding import POINTS, effort, points, share, time
from scorecard.rubric import DIMENSIONS, in_language
from scorecard.score.company import CompanyResult
from scorecard.score.costs import Effort
from scorecard.score.durations import MoneyBack, ReplyTime
from scorecard.score.estimate import Score
from scorecard.score.rule_results import RuleResult, first_fixes
from scorecard.score.scorecard import SectorResult


class Api:
    """Fills the API's types from one site, in one language."""

    def __init__(self, gathered: Gathered, words: Words) -> None:
        self.scorecard = gathered.scorecard
        self.rubric = gathered.content.rubric
        self.made = gathered.made
        self.words = words
        self.passports = Passports(gathered, words)

    def index(self) -> ApiIndex:
        """The index."""
        companies = [
            ApiSummary(**self._company(r), cases=len(r.cases.cases))
            for r in self.scorecard.companies.values()
        ]
        sectors = [self._sector(sector) for sector in self.scorecard.sectors.values()]
        return ApiIndex(**self.made, companies=companies, sectors=sectors)

    def company(self, result: CompanyResult, rows: Iterable[CaseRow]) -> ApiCompany:
        """One company with its cases."""
        sector = self.scorecard.sectors[result.company.sector]
        return ApiCompany(
            **self.made,
            **self._company(result),
            cases=sorted(map(_link, rows), key=lambda link: link.id),
            ces=_ces(result.effort, sector.sector.ces),
            reply_time=_reply_time(result.reply_time),
            money_back=_money_back(result.money_back),
            flawless=share(result.flawless),
            first_fixes=[_fix(rule) for rule in first_fixes(result.rules)],
            costs=ApiCosts(
                avoidable_contacts=result.costs.avoidable_contacts,
                waited_hours=round(result.costs.waited_hours, 1),
                at_stake={c: f"{amount:.2f}" for c, amount in result.costs.at_stake.items()},
            ),
            figures=self.passports.company(result),
            **sureness(result, self.rubric),
        )

    def _company(self, result: CompanyResult) -> dict[str, Any]:
        company = result.company
        return {
            "slug": company.slug,
            "name": company.name,
            "sector": company.sector,
            "scores": ApiScores(
                overall=_score(result.overall),
                **{d: _score(result.scores[d]) for d in DIMENSIONS},
            ),
            "grade": result.grade,
            "rank": rank(result.rank),
            "known": share(result.known),
        }

    def _sector(self, result: SectorResult) -> ApiSector:
        return ApiSector(
            slug=result.slug,
            name=in_language(result.sector.name, self.words.language),
            companies=list(result.companies),
            means={d: points(result.means[d]) for d in DIMENSIONS},
            ces=_ces(result.effort, result.sector.ces),
            figures=self.passports.sector(result),
        )

    def case(self, row: CaseRow) -> ApiCase:
        """One case; without findings where it is withdrawn."""
        case, judged = row.case, row.weighed.judged if row.weighed else None
        findings = findings_of(judged, self.rubric) if judged else {}
        return ApiCase(
            **self.made,
            id=case.id,
            company=case.company,
            title=case.title,
            status=case.status,
            status_note=case.status_note,
            status_date=case.status_date.text if case.status_date else None,
            weight=share(row.weight),
            figures=self.passports.case(judged) if judged else [],
            scores={
                d: ApiDimension(
                    score=points(row.scores[d]),
                    findings=[
                        ApiFinding(
                            rule=rule.id,
                            state=found.state,
                            value=share(found.value),
                            weight=rule.weight,
                            reason=self.words.say(found.reason),
                            events=list(found.events),
                        )
                        for rule, found in findings.get(d, ())
                    ],
                )
                for d in DIMENSIONS
            },
        )


def _link(row: CaseRow) -> ApiCaseLink:
    return ApiCaseLink(
        id=row.case.id,
        title=row.case.title,
        status=row.case.status,
        weight=share(row.weight),
        scores={d: points(row.scores[d]) for d in DIMENSIONS},
        reply=_reply(row.case),
    )


def _reply(case: Case) -> ApiReply | None:
    reply = case.reply
    if reply is None:
        return None
    return ApiReply(
        asked=reply.asked.text if reply.asked else None,
        at=reply.at.text if reply.at else None,
    )


def _score(score: Score | None) -> ApiScore | None:
    return None if score is None else ApiScore(**figures(score))


def _ces(found: Effort, yardstick: float | None) -> ApiCes:
    return ApiCes(score=effort(found.score), answers=found.answers, yardstick=yardstick)


def _reply_time(reply: ReplyTime | None) -> ApiReplyTime | None:
    if reply is None:
        return None
    low, high = reply.hours.median_interval
    return ApiReplyTime(
        median_hours=time(reply.hours.median),
        median_low=time(low),
        median_high=time(high),
        within_norm=share(reply.within_norm),
        within_norm_low=share(reply.within_low),
        within_norm_high=share(reply.within_high),
        open=reply.open,
        untold=reply.untold,
    )


def _money_back(back: MoneyBack | None) -> ApiMoneyBack | None:
    if back is None:
        return None
    low, high = back.days.median_interval
    return ApiMoneyBack(
        median_days=time(back.days.median),
        median_low=time(low),
        median_high=time(high),
        within_term=share(back.within_term),
        within_term_low=share(back.within_low),
        within_term_high=share(back.within_high),
        open=back.open,
        untold=back.untold,
    )


def _fix(rule: RuleResult) -> ApiFix:
    return ApiFix(
        rule=rule.rule,
        points=round(rule.points, POINTS),
        mean=share(rule.mean),
        cases=rule.cases,
        short=rule.short,
    )
