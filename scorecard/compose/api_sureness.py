"""Fills the API's types that tell how sure a score is: fragility, rank, trend and bursts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scorecard.compose.api_sure_types import (
    ApiFragility,
    ApiHeld,
    ApiInfluence,
    ApiRange,
    ApiRank,
    ApiStep,
    ApiWouldChange,
)
from scorecard.compose.api_types import (
    SCORE_DIGITS,
    VALUE_DIGITS,
    ApiTrendPoint,
)
from scorecard.rounding import rounded
from scorecard.rubric import Rubric
from scorecard.score.alike import HeldBurst
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score
from scorecard.score.fragility import Fragility, Influence, Range
from scorecard.score.ranks import Rank
from scorecard.score.trend import TrendPoint
from scorecard.score.would_change import Step, WouldChange


def figures(score: Score) -> dict[str, Any]:
    """The keys of a score, rounded."""
    return {
        "score": rounded(score.score, SCORE_DIGITS),
        "low": rounded(score.low, SCORE_DIGITS),
        "high": rounded(score.high, SCORE_DIGITS),
        "mean": rounded(score.mean, SCORE_DIGITS),
        "cases": score.cases,
        "weight": round(score.weight, VALUE_DIGITS),
    }


def sureness(result: CompanyResult, rubric: Rubric) -> dict[str, Any]:
    """The keys of a company that tell how sure its score is."""
    return {
        "fragility": _fragility(result.fragility),
        "would_change": _would_change(result.would_change),
        "influence": _influence(result.influence, rubric.burst_cap.campaign),
        "trend": _trend(result.trend),
        "held": [_held(held) for held in result.held],
    }


def rank(place: Rank | None) -> ApiRank | None:
    """From the best to the worst place."""
    return None if place is None else ApiRank(best=place.best, worst=place.worst, of=place.of)


def _fragility(found: Fragility | None) -> ApiFragility | None:
    if found is None:
        return None
    return ApiFragility(
        low=rounded(found.low, SCORE_DIGITS),
        high=rounded(found.high, SCORE_DIGITS),
        one_case=_range(found.case),
        one_contributor=_range(found.contributor),
        one_source_kind=_range(found.source),
        equal_weights=rounded(found.equal_weights, SCORE_DIGITS),
    )


def _range(found: Range | None) -> ApiRange | None:
    if found is None:
        return None
    return ApiRange(
        low=rounded(found.low, SCORE_DIGITS),
        high=rounded(found.high, SCORE_DIGITS),
        lowest_without=found.low_without,
        highest_without=found.high_without,
    )


def _would_change(found: WouldChange) -> ApiWouldChange:
    return ApiWouldChange(raise_=_step(found.raise_), lower=_step(found.lower))


def _step(step: Step | None) -> ApiStep | None:
    return None if step is None else ApiStep(cases=step.cases, to=step.to)


def _influence(found: Influence | None, campaign_cases: int) -> ApiInfluence | None:
    if found is None:
        return None
    one = found.contributor
    return ApiInfluence(
        one_contributor=None if one is None else rounded(one, SCORE_DIGITS),
        campaign=rounded(found.campaign, SCORE_DIGITS),
        campaign_cases=campaign_cases,
    )


def _trend(points: Sequence[TrendPoint]) -> list[ApiTrendPoint]:
    return [
        ApiTrendPoint(as_of=p.as_of.isoformat(), grade=p.grade, **figures(p.overall))
        for p in points
    ]


def _held(held: HeldBurst) -> ApiHeld:
    burst = held.burst
    return ApiHeld(
        start=burst.start.isoformat(),
        end=burst.end.isoformat(),
        cases=sorted(burst.cases),
        expected=rounded(burst.expected, SCORE_DIGITS, top=float("inf")),
        alike=rounded(held.alike, VALUE_DIGITS, top=1),
        one_sided=rounded(held.one_sided, VALUE_DIGITS, top=1),
        flagged=held.flagged,
    )
