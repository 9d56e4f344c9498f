"""The types of the JSON API. Its published JSON Schemas are made from them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from scorecard.compose.api.changes import ApiChanges
from scorecard.compose.api.figures import ApiFigure, ApiMade, ApiType
from scorecard.compose.api.sure_types import (
    ApiFragility,
    ApiHeld,
    ApiInfluence,
    ApiRank,
    ApiWouldChange,
)


class ApiScore(ApiType):
    """A score, 0…100, with its interval; `mean` before shrinking; `weight` in full cases."""

    score: float
    low: float
    high: float
    mean: float
    cases: int
    weight: float


class ApiScores(ApiType):
    """null where there is no score."""

    responsiveness: ApiScore | None
    follow_through: ApiScore | None
    refund_friction: ApiScore | None
    overall: ApiScore | None


class ApiCes(ApiType):
    """Customer Effort Score, −100…100; null below the least number of answers."""

    score: float | None
    answers: int
    yardstick: float | None


class ApiReplyTime(ApiType):
    """Time to a human answer. The median and its interval in working hours; `within_norm` 0…1.

    null: the median, or an end of its interval, lies beyond what is known; of nobody is it known yet
    whether the answer came within the norm. `untold` more cannot be timed.
    """

    median_hours: float | None
    median_low: float | None
    median_high: float | None
    within_norm: float | None
    within_norm_low: float
    within_norm_high: float
    open: int
    untold: int


class ApiMoneyBack(ApiType):
    """Days from asking for money to its being there; the share within the term of its case, 0…1.

    null and `untold` as in the time to an answer.
    """

    median_days: float | None
    median_low: float | None
    median_high: float | None
    within_term: float | None
    within_term_low: float
    within_term_high: float
    open: int
    untold: int


class ApiFix(ApiType):
    """A rule and what it costs the unshrunk overall score, in points."""

    rule: str
    points: float
    mean: float
    cases: int
    short: int


class ApiCosts(ApiType):
    """What the cases cost their customers."""

    avoidable_contacts: int
    waited_hours: float
    at_stake: dict[str, str]


class ApiTrendPoint(ApiScore):
    """The overall score as of a month's end, from the cases that are known now."""

    as_of: str
    grade: str | None


class ApiReply(ApiType):
    """When the company was asked for its reply and when it came, as the case tells it."""

    asked: str | None
    at: str | None


class ApiCaseLink(ApiType):
    """A case of the company, with its weight and three scores; `reply` is null where nobody asked for one."""

    id: str
    title: str
    status: str
    weight: float | None
    scores: dict[str, float | None]
    reply: ApiReply | None


class ApiSummary(ApiType):
    """A company in the index. `known` is the share of what the rules ask that is known, 0…1."""

    slug: str
    name: str
    sector: str
    scores: ApiScores
    grade: str | None
    rank: ApiRank | None
    known: float
    cases: int


class ApiCompany(ApiMade):
    """A company."""

    slug: str
    name: str
    sector: str
    scores: ApiScores
    grade: str | None
    rank: ApiRank | None
    known: float
    ces: ApiCes
    reply_time: ApiReplyTime | None
    money_back: ApiMoneyBack | None
    flawless: float | None
    first_fixes: list[ApiFix]
    costs: ApiCosts
    fragility: ApiFragility | None
    would_change: ApiWouldChange
    influence: ApiInfluence | None
    trend: list[ApiTrendPoint]
    held: list[ApiHeld]
    cases: list[ApiCaseLink]
    figures: list[ApiFigure]


class ApiSector(ApiType):
    """A sector with its weighted mean per dimension."""

    slug: str
    name: str
    companies: list[str]
    means: dict[str, float | None]
    ces: ApiCes
    figures: list[ApiFigure]


class ApiIndex(ApiMade):
    """All companies and sectors."""

    companies: list[ApiSummary]
    sectors: list[ApiSector]


class ApiFinding(ApiType):
    """A rule's answer. `events` are positions in the timeline, from 0; no value: null."""

    rule: str
    state: Literal["judged", "not-applicable", "unknown"]
    value: float | None
    weight: float
    reason: str
    events: list[int]


class ApiDimension(ApiType):
    """A case's score in one dimension: 100 × the weighted mean of the values."""

    score: float | None
    findings: list[ApiFinding]


class ApiCase(ApiMade):
    """A case; withdrawn ones have no scores."""

    id: str
    company: str
    title: str
    status: str
    status_note: str | None
    status_date: str | None
    weight: float | None
    scores: dict[str, ApiDimension]
    figures: list[ApiFigure]


SCHEMAS: dict[str, type[BaseModel]] = {
    "index": ApiIndex,
    "company": ApiCompany,
    "case": ApiCase,
    "changes": ApiChanges,
}
