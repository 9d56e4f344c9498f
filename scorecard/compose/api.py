"""Fills the types of the JSON API from scores."""

from __future__ import annotations

from typing import Any

from scorecard.compose.api_types import (
    ApiCase,
    ApiCaseLink,
    ApiCes,
    ApiCompany,
    ApiCosts,
    ApiDimension,
    ApiFinding,
    ApiFix,
    ApiIndex,
    ApiReplyTime,
    ApiScore,
    ApiScores,
    ApiSector,
    ApiSummary,
)
from scorecard.compose.words import Words
from scorecard.judge.case import JudgedCase
from scorecard.model import Case
from scorecard.rounding import rounded
from scorecard.rubric import DIMENSIONS, Rubric, in_language
from scorecard.score.company import CompanyResult, Effort, ReplyTime, RuleResult
from scorecard.score.estimate import Score
from scorecard.score.scorecard import Scorecard, SectorResult

VALUE_DIGITS, SCORE_DIGITS = 4, 2


class Api:
    """Fills the API's types from one scorecard, in one language."""

    def __init__(self, scorecard: Scorecard, rubric: Rubric, digest: str, words: Words) -> None:
        self.scorecard = scorecard
        self.rubric = rubric
        self.words = words
        self.made: dict[str, Any] = {
            "as_of": scorecard.as_of.isoformat(),
            "method": rubric.version,
            "content_sha256": digest,
        }

    def index(self) -> ApiIndex:
        """The index."""
        companies = [
            ApiSummary(**self._company(r), cases=len(r.cases.cases))
            for r in self.scorecard.companies.values()
        ]
        sectors = [self._sector(sector) for sector in self.scorecard.sectors.values()]
        return ApiIndex(**self.made, companies=companies, sectors=sectors)

    def company(self, result: CompanyResult, withdrawn: list[Case]) -> ApiCompany:
        """One company; `withdrawn` are its cases that are not scored."""
        sector = self.scorecard.sectors[result.company.sector]
        links = [
            ApiCaseLink(
                id=case.judged.case.id,
                title=case.judged.case.title,
                status=case.judged.case.status,
                weight=rounded(case.weight, VALUE_DIGITS, top=1),
                scores={d: _points(case.judged.scores[d]) for d in DIMENSIONS},
            )
            for case in result.cases.cases
        ]
        links += [
            ApiCaseLink(
                id=case.id,
                title=case.title,
                status=case.status,
                weight=None,
                scores=dict.fromkeys(DIMENSIONS),
            )
            for case in withdrawn
        ]
        return ApiCompany(
            **self.made,
            **self._company(result),
            cases=sorted(links, key=lambda link: link.id),
            ces=_ces(result.effort, sector.sector.ces),
            reply_time=_reply_time(result.reply_time),
            flawless=None if result.flawless is None else rounded(result.flawless, VALUE_DIGITS, 1),
            first_fixes=[_fix(rule) for rule in result.first_fixes],
            costs=ApiCosts(
                avoidable_contacts=result.costs.avoidable_contacts,
                waited_hours=round(result.costs.waited_hours, 1),
                at_stake={c: f"{amount:.2f}" for c, amount in result.costs.at_stake.items()},
            ),
            fragility=None,
            would_change=None,
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
            "known": rounded(result.known, VALUE_DIGITS, top=1),
        }

    def _sector(self, result: SectorResult) -> ApiSector:
        return ApiSector(
            slug=result.slug,
            name=in_language(result.sector.name, self.words.language),
            companies=list(result.companies),
            means={d: _points(result.means[d]) for d in DIMENSIONS},
            ces=_ces(result.effort, result.sector.ces),
        )

    def case(self, case: Case, judged: JudgedCase | None, weight: float | None) -> ApiCase:
        """One case; without a judgement where it is withdrawn."""
        findings = {f.rule: f for f in judged.findings} if judged else {}
        return ApiCase(
            **self.made,
            id=case.id,
            company=case.company,
            title=case.title,
            status=case.status,
            status_note=case.status_note,
            status_date=case.status_date.text if case.status_date else None,
            weight=None if weight is None else rounded(weight, VALUE_DIGITS, top=1),
            scores={
                d: ApiDimension(
                    score=_points(judged.scores[d] if judged else None),
                    findings=[
                        ApiFinding(
                            rule=rule.id,
                            state=found.state,
                            value=None if found.value is None else round(found.value, VALUE_DIGITS),
                            weight=rule.weight,
                            reason=self.words.say(found.reason),
                            events=list(found.events),
                        )
                        for rule in self.rubric.rules_of(d)
                        if (found := findings.get(rule.id))
                    ],
                )
                for d in DIMENSIONS
            },
        )


def _points(score: float | None) -> float | None:
    return None if score is None else rounded(score, SCORE_DIGITS)


def _score(score: Score | None) -> ApiScore | None:
    if score is None:
        return None
    return ApiScore(
        score=rounded(score.score, SCORE_DIGITS),
        low=rounded(score.low, SCORE_DIGITS),
        high=rounded(score.high, SCORE_DIGITS),
        mean=rounded(score.mean, SCORE_DIGITS),
        cases=score.cases,
        weight=round(score.weight, VALUE_DIGITS),
    )


def _ces(effort: Effort, yardstick: float | None) -> ApiCes:
    score = None if effort.score is None else round(effort.score, 1)
    return ApiCes(score=score, answers=effort.answers, yardstick=yardstick)


def _reply_time(reply: ReplyTime | None) -> ApiReplyTime | None:
    if reply is None:
        return None
    median = reply.hours.median
    return ApiReplyTime(
        median_hours=None if median is None else round(median, 2),
        within_norm=rounded(reply.within_norm, VALUE_DIGITS, 1),
        within_norm_low=rounded(reply.within_low, VALUE_DIGITS, 1),
        within_norm_high=rounded(reply.within_high, VALUE_DIGITS, 1),
        open=reply.open,
    )


def _fix(rule: RuleResult) -> ApiFix:
    return ApiFix(
        rule=rule.rule,
        points=round(rule.points, SCORE_DIGITS),
        mean=rounded(rule.mean, VALUE_DIGITS, 1),
        cases=rule.cases,
        short=rule.short,
    )
