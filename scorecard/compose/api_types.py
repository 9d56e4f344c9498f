"""The types of the JSON API. Its published JSON Schemas are made from them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Api(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ApiScore(_Api):
    """A score, 0…100, with its 90% interval; `mean` before shrinking; `weight` in full cases."""

    score: float
    low: float
    high: float
    mean: float
    cases: int
    weight: float


class ApiScores(_Api):
    """null where there is no score."""

    responsiveness: ApiScore | None
    follow_through: ApiScore | None
    refund_friction: ApiScore | None
    overall: ApiScore | None


class ApiCes(_Api):
    """Customer Effort Score, −100…100; null below the least number of answers."""

    score: float | None
    answers: int
    yardstick: float | None


class ApiReplyTime(_Api):
    """Time to a human answer. `median_hours` in working hours; `within_norm` 0…1."""

    median_hours: float | None
    within_norm: float
    within_norm_low: float
    within_norm_high: float
    open: int


class ApiFix(_Api):
    """A rule and what it costs the unshrunk overall score, in points."""

    rule: str
    points: float
    mean: float
    cases: int
    short: int


class ApiCosts(_Api):
    """What the cases cost their customers."""

    avoidable_contacts: int
    waited_hours: float
    at_stake: dict[str, str]


class ApiCaseLink(_Api):
    """A case of the company, with its weight and three scores."""

    id: str
    title: str
    status: str
    weight: float | None
    scores: dict[str, float | None]


class ApiMade(_Api):
    """What a file was made from."""

    as_of: str
    method: str
    content_sha256: str


class ApiSummary(_Api):
    """A company in the index. `known` is the share of what the rules ask that is known, 0…1."""

    slug: str
    name: str
    sector: str
    scores: ApiScores
    grade: str | None
    known: float
    cases: int


class ApiCompany(ApiMade):
    """A company."""

    slug: str
    name: str
    sector: str
    scores: ApiScores
    grade: str | None
    known: float
    ces: ApiCes
    reply_time: ApiReplyTime | None
    flawless: float | None
    first_fixes: list[ApiFix]
    costs: ApiCosts
    fragility: None
    would_change: None
    cases: list[ApiCaseLink]


class ApiSector(_Api):
    """A sector with its weighted mean per dimension."""

    slug: str
    name: str
    companies: list[str]
    means: dict[str, float | None]
    ces: ApiCes


class ApiIndex(ApiMade):
    """All companies and sectors."""

    companies: list[ApiSummary]
    sectors: list[ApiSector]


class ApiFinding(_Api):
    """A rule's answer. `events` are positions in the timeline, from 0; no value: null."""

    rule: str
    state: Literal["judged", "not-applicable", "unknown"]
    value: float | None
    weight: float
    reason: str
    events: list[int]


class ApiDimension(_Api):
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


SCHEMAS: dict[str, type[BaseModel]] = {"index": ApiIndex, "company": ApiCompany, "case": ApiCase}
