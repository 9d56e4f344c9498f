"""The types of the API that tell how sure a company's score is."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from scorecard.compose.api.figures import ApiType


class ApiRank(ApiType):
    """From the best to the worst place that the intervals leave possible; 1 is the best.

    `of` so many companies of its sector that have a grade.
    """

    best: int
    worst: int
    of: int


class ApiRange(ApiType):
    """The lowest and the highest overall score, and what was left out for each."""

    low: float
    high: float
    lowest_without: str
    highest_without: str


class ApiFragility(ApiType):
    """The overall score, 0…100, with one of its cases left out, or all of one contributor, or of one
    kind of source (null where nothing would be left), and with every case counted alike.

    `low` and `high` are the lowest and highest of all these.
    """

    low: float
    high: float
    one_case: ApiRange | None
    one_contributor: ApiRange | None
    one_source_kind: ApiRange | None
    equal_weights: float


class ApiStep(ApiType):
    """So many added cases, at least, give another grade."""

    cases: int
    to: str


class ApiWouldChange(ApiType):
    """The fewest flawless cases that raise the grade, or give one; the fewest bad ones that lower it.

    null where there is no such grade, or none within reach.
    """

    model_config = ConfigDict(
        validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )

    raise_: ApiStep | None = Field(alias="raise")
    lower: ApiStep | None


class ApiInfluence(ApiType):
    """How far the overall score moves, points: without the one contributor who matters most, and by a
    campaign of `campaign_cases` fabricated ones. null where no contributor can be left out."""

    one_contributor: float | None
    campaign: float
    campaign_cases: int


class ApiHeld(ApiType):
    """A burst of first-hand cases by newcomers, whose weight together is capped.

    They began from `start` to `end` or close to it, where so many were `expected`. `alike`, 0…1, have a
    near-duplicate among them; `one_sided`, 0…1, lie beyond nine in ten of the company's other cases.
    """

    start: str
    end: str
    cases: list[str]
    expected: float
    alike: float
    one_sided: float
    flagged: bool
