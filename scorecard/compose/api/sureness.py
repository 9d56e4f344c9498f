"""Fills the API's keys of a score, and those that tell how sure it is: fragility, rank, trend and bursts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scorecard.compose.api.sure_types import (
    ApiFragility,
    ApiHeld,
    ApiInfluence,
    ApiRange,
    ApiRank,
    ApiStep,
    ApiWouldChange,
)
from scorecard.compose.api.types import ApiTrendPoint
from scorecard.rounding import SHARES, points, rounded, share
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
        "score": points(score.score),
        "low": points(score.low),
        "high": points(score.high),
        "mean": points(score.mean),
        "cases": score.cases,
        "weight": round(score.weight, SHARES),
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
        low=points(found.low),
        high=points(found.high),
        one_case=_range(found.case),
        one_contributor=_range(found.contributor),
        one_source_kind=_range(found.source),
        equal_weights=points(found.equal_weights),
    )


def _range(found: Range | None) -> ApiRange | None:
    if found is None:
        return None
    return ApiRange(
        low=points(found.low),
        high=points(found.high),
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
    return ApiInfluence(
        one_contributor=points(found.contributor),
        campaign=points(found.campaign),
        campaign_cases=campaign_cases,
    )


def _trend(trend: Sequence[TrendPoint]) -> list[ApiTrendPoint]:
    return [
        ApiTrendPoint(as_of=p.as_of.isoformat(), grade=p.grade, **figures(p.overall)) for p in trend
    ]


def _held(held: HeldBurst) -> ApiHeld:
    burst = held.burst
    return ApiHeld(
        start=burst.start.isoformat(),
        end=burst.end.isoformat(),
        cases=sorted(burst.cases),
        expected=rounded(burst.expected, 2, top=float("inf")),
        alike=share(held.alike),
        one_sided=share(held.one_sided),
        flagged=held.flagged,
    )
