"""The types of `content/rubric.yaml` and `content/sectors.yaml`: every weight, norm and band.

The numbers themselves stand only in those files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field

from scorecard.events import Channel
from scorecard.fields import Line, Record, Slug, Url
from scorecard.model import CaseLog, Company
from scorecard.texts import seen
from scorecard.values import DurationText, TimeText, wrong

Dimension = Literal["responsiveness", "follow_through", "refund_friction"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Number = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
WORKING_DAY, WORKING_DAYS = 8, 5
"""The hours of a working day and the days of a working week in which pages tell working time, and say so."""


def _texts(value: Any) -> Any:
    return {"en": value} if isinstance(value, str) else value


def _not_empty(texts: Mapping[str, str]) -> Mapping[str, str]:
    if not texts:
        raise wrong("a text for each language: {en: …, nl: …}")
    return texts


def _clock(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value, re.ASCII):
        return time.fromisoformat(value)
    if isinstance(value, time):
        return value
    raise wrong("a time of day, like 09:00")


Texts = Annotated[
    dict[str, Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(seen)]],
    BeforeValidator(_texts),
    AfterValidator(_not_empty),
]


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in `language`, else in English, else in the first language that there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()))


class Authority(Record):
    """Where a norm or term comes from."""

    title: Line
    url: Url | None = None


class Rule(Record):
    """One question that is asked of every case, with what its answers are worth."""

    id: Slug
    dimension: Dimension
    weight: Annotated[float, Field(gt=0)]
    question: Texts
    name: Texts
    scale: Texts
    why: Texts
    remedy: Texts
    values: dict[str, Share] = Field({}, description="What each answer is worth.")
    source: Authority | None = None


class WorkingWeek(Record):
    """The hours in which a company can be expected to work, local time."""

    days: tuple[Weekday, ...]
    opens: Annotated[time, BeforeValidator(_clock)]
    closes: Annotated[time, BeforeValidator(_clock)]

    @property
    def hours_a_day(self) -> float:
        """Working hours in a working day."""
        opens, closes = (datetime.combine(date.min, at) for at in (self.opens, self.closes))
        return (closes - opens).total_seconds() / 3600

    @property
    def weekdays(self) -> frozenset[int]:
        """Working weekdays, Monday is 0."""
        return frozenset(map(get_args(Weekday).index, self.days))


class Norms(Record):
    """How long each duty may take. A sector may name only those that differ."""

    reply: dict[Channel | Literal["default"], DurationText] = Field({}, description="By channel.")
    solved: DurationText | None = None
    complaint_confirmed: DurationText | None = None
    money_back: DurationText | None = None


class LegalTerm(Record):
    """A term for money back that the law sets, and the cases it holds for."""

    id: Slug
    within: DurationText
    meaning: Texts
    source: Authority
    wanted: tuple[str, ...] = ()
    sectors: tuple[Slug, ...] = ()
    countries: tuple[str, ...] = ()
    unjustified_charge: bool = False

    def holds_for(self, case: CaseLog, company: Company) -> bool:
        """Do all the conditions that the term names hold? An unknown country fulfils none."""
        charged = any(e.event == "charge" and e.justified is False for e in case.timeline)
        return (
            (not self.wanted or case.wanted in self.wanted)
            and (not self.sectors or company.sector in self.sectors)
            and (not self.countries or company.country in self.countries)
            and (not self.unjustified_charge or charged)
        )


class Recency(Record):
    """How a case fades: its weight halves every so many months."""

    half_life_months: Annotated[float, Field(gt=0)]
    undated: Share


class ContributorCap(Record):
    """The most that one contributor may carry of a company's weight."""

    share: Annotated[float, Field(gt=0, le=1)]
    from_cases: int


class Shrinkage(Record):
    """How strongly few cases are pulled towards the sector: as many full cases."""

    strength: Annotated[float, Field(gt=0)]
    centre: Annotated[float, Field(ge=0, le=100)]


class BurstCap(Record):
    """The most that the newcomers of one burst carry of the weight of a company with a record.

    A burst: at least `cases` first-hand cases that begin within one of the `windows` (days), beside a
    `record` of at least so many others, where chance alone brings as many at the company's pace, or the
    site's, less often than `chance`. `campaign`: of how many fabricated cases the page says how far they
    would move the score. Two cases are near-duplicates when their texts are
    as `similar`, 0…1, or every rule finds the same in both; a burst is flagged once this share of its
    cases is `alike`, or this share is `one_sided`: beyond nine in ten of the company's other cases.
    """

    share: Annotated[float, Field(ge=0, lt=1)]
    record: Annotated[int, Field(ge=1)]
    cases: Annotated[int, Field(ge=2)]
    windows: Annotated[tuple[Annotated[int, Field(ge=1, le=366)], ...], Field(min_length=1)]
    chance: Annotated[float, Field(gt=0, lt=1)]
    campaign: Annotated[int, Field(ge=1)]
    similar: Share
    alike: Share
    one_sided: Share


class Interval(Record):
    """What is taken for granted of how cases differ, as if so many `cases` at mid-scale had shown it.

    `dispersion`: the variance of a company's cases as a share, 0…1, of the room that their mean m leaves,
    m × (100 − m) × (m ÷ 100)^`tilt`; the tilt says that cases of a bad company lie closer together,
    because something is right even there. `correlation`: how two dimensions go together in its cases,
    −0.5…1; three could not go further apart.
    """

    level: Annotated[float, Field(ge=0.8, lt=1)]
    dispersion: Annotated[float, Field(gt=0, le=1)]
    tilt: Annotated[float, Field(ge=0, lt=1)]
    correlation: Annotated[float, Field(ge=-0.5, le=1)]
    cases: Annotated[float, Field(gt=0)]


class Trend(Record):
    """How far back the trend goes."""

    months: Annotated[int, Field(ge=1, le=240)]


class Band(Record):
    """A grade or a word, from this score up."""

    name: Line
    at_least: Annotated[float, Field(ge=0, le=100)]


def _from_the_top(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    return tuple(sorted(bands, key=lambda band: -band.at_least))


Bands = Annotated[tuple[Band, ...], AfterValidator(_from_the_top)]
"""Bands from the highest to the lowest, in whatever order they are written."""


class TooFew(Record):
    """Below this weight (full cases), above this width (points), or where less than this share of
    what the rules ask is known, there is no grade."""

    weight: Number
    width: Number
    known: Share


class Ces(Record):
    """The Customer Effort Score: from how many answers on, and where it comes from."""

    least_answers: int
    source: Authority


class Version(Record):
    """One version of the method and what it changed."""

    version: Line
    date: TimeText
    changed: Texts


class Rubric(Record):
    """The method."""

    version: Line
    history: Annotated[tuple[Version, ...], Field(min_length=1)]
    overall: dict[Dimension, Annotated[float, Field(gt=0, le=1)]]
    working_week: WorkingWeek
    norms: Norms
    legal_terms: tuple[LegalTerm, ...] = ()
    evidence: dict[str, Share]
    recency: Recency
    contributor_cap: ContributorCap
    burst_cap: BurstCap
    shrinkage: Shrinkage
    interval: Interval
    trend: Trend
    grades: Bands
    friction: Bands
    too_few: TooFew
    ces: Ces
    rules: tuple[Rule, ...]

    def rules_of(self, dimension: Dimension) -> tuple[Rule, ...]:
        """The rules of a dimension, in the file's order."""
        return tuple(rule for rule in self.rules if rule.dimension == dimension)


class Sector(Record):
    """A sector and what differs in it. `ces` is its yardstick, −100 to 100.

    A norm for a channel goes before the default: the sector's own, the rubric's, and then the
    sector's default and the rubric's.
    """

    name: Texts
    ces: Annotated[float, Field(ge=-100, le=100)] | None = None
    ces_source: Authority | None = None
    norms: Norms = Norms()
    norms_source: Authority | None = None
    norms_why: Texts | None = None
    caveat: Texts | None = None
