"""What a chart is: one set of numbers behind the SVG, the table, the CSV and the Plotly figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from scorecard.judge.finding import Reason, say
from scorecard.rounding import effort, points
from scorecard.rubric import WORKING_DAY, WORKING_DAYS, Band, Dimension, Texts
from scorecard.score.estimate import Score

Label = Reason | Texts | str
TimeUnit = Literal["working_hours", "days"]
Tone = Literal["good", "middling", "bad", "neutral"]

DIMENSION_NAMES: Mapping[Dimension, Reason] = {
    "responsiveness": say("Responsiveness"),
    "follow_through": say("Follow-through"),
    "refund_friction": say("Free of refund friction"),
}
OVERALL = say("Overall")
POINTS = say("points, 0 to 100")
"""The unit of scores."""
_WEEK = WORKING_DAY * WORKING_DAYS
TIME_MARKS: Mapping[TimeUnit, Sequence[tuple[float, Reason]]] = {
    "working_hours": [
        (1, say("1 hour")),
        (WORKING_DAY, say("1 day")),
        (_WEEK, say("1 week")),
        (round(_WEEK * 52 / 12), say("1 month")),
        (_WEEK * 52, say("1 year")),
        (_WEEK * 52 * 5, say("5 years")),
        (_WEEK * 52 * 20, say("20 years")),
    ],
    "days": [
        (1, say("1 day")),
        (7, say("1 week")),
        (30, say("1 month")),
        (365, say("1 year")),
        (1826, say("5 years")),
        (7305, say("20 years")),
    ],
}
"""The times that an axis can name."""


class IntervalRow(Struct, frozen=True):
    """A score with its interval, and what to hold it against, on the scale of its chart."""

    label: Label
    score: float
    low: float
    high: float
    reference: float | None = None

    @classmethod
    def of(cls, label: Label, score: Score, reference: float | None = None) -> IntervalRow:
        """The row of a company's score."""
        return cls(label, score.score, score.low, score.high, reference)


class Bar(Struct, frozen=True):
    """A labelled count. `tone` is a role for the colour: good, middling, bad or neutral."""

    label: Label
    count: int
    tone: Tone


class CurvePoint(Struct, frozen=True):
    """From `time` on, this share still waits, 0…1, with its interval."""

    time: float
    waiting: float
    low: float
    high: float


class Month(Struct, frozen=True):
    """The overall score at a month's end, points 0…100; no grade where too little was known for one."""

    end: date
    score: Score
    grade: str | None


class Mark(Struct, frozen=True):
    """A company in a field of many, with its score; no grade where it has none."""

    name: str
    score: Score
    grade: str | None


class Strip(Struct, frozen=True):
    """Companies along one scale from 0 to 100, the lowest score first."""

    label: Label
    marks: tuple[Mark, ...]


class Chart(Struct, frozen=True):
    """A chart. `says` is its text alternative: what it shows, in a sentence.

    `of` is whose it is, where its title leaves that to the page that it stands on.
    `owner` and `name` make its address. Just one of `intervals`, `bars`, `curve`, `months` and `strips`
    is filled; `time` is the unit of a curve's times, `grades` are the bands beside months or behind
    strips, the best first, if any has one. `ends` are those of the scale of intervals, `against` names
    what their references are, and `usual` is the part of the scale where references lie.
    """

    owner: str
    name: str
    title: Reason
    says: Reason
    unit: Reason
    intervals: tuple[IntervalRow, ...] = ()
    bars: tuple[Bar, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    censored: tuple[float, ...] = ()
    time: TimeUnit = "working_hours"
    months: tuple[Month, ...] = ()
    grades: tuple[Band, ...] = ()
    strips: tuple[Strip, ...] = ()
    ends: tuple[float, float] = (0.0, 100.0)
    against: Literal["sector_mean", "yardstick"] = "sector_mean"
    usual: tuple[float, float] | None = None
    of: Texts | None = None

    @property
    def full_title(self) -> Reason:
        """What it is called where it stands alone: its title, and whose it is."""
        if self.of is None:
            return self.title
        return say("{owner}: {title}", owner=self.of, title=self.title)

    @property
    def kind(self) -> Literal["intervals", "bars", "curve", "months", "strips"]:
        """Which of the five it is."""
        if self.intervals:
            return "intervals"
        if self.strips:
            return "strips"
        return "bars" if self.bars else "months" if self.months else "curve"

    @property
    def of_scores(self) -> bool:
        """Are its intervals on the scale of scores, whose figures are never rounded to a false 0 or 100?"""
        return self.ends == (0.0, 100.0)

    def published(self, value: float) -> float:
        """A value of its intervals' scale, rounded: points, or a Customer Effort Score."""
        return points(value) if self.of_scores else effort(value)

    def reference(self, row: IntervalRow) -> float | None:
        """What a row is held against: a mean, rounded, or a yardstick as the sector has it."""
        return points(row.reference) if self.against == "sector_mean" else row.reference

    def waiting(self, time: float) -> float:
        """The share that still waits at a time of the curve, 0…1."""
        return [point.waiting for point in self.curve if point.time <= time][-1]

    @property
    def levels(self) -> list[float]:
        """The points at which a scale from 0 to 100 has lines: between the grades, else at quarters."""
        borders = [band.at_least for band in self.grades[::-1]] or [0.0, 25.0, 50.0, 75.0]
        return [*borders, 100.0]

    @property
    def grade_middles(self) -> list[tuple[str, float]]:
        """The name of each grade, and the points in the middle of its band; the best first."""
        tops = [100.0, *(band.at_least for band in self.grades)]
        return [(b.name, (b.at_least + top) / 2) for b, top in zip(self.grades, tops, strict=False)]
