"""Charts as data: one set of numbers behind the SVG, the table, the CSV and the Plotly figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scorecard.compose.vocabulary import FORM
from scorecard.events import Promise, Refund
from scorecard.judge.finding import Reason, say, say_n
from scorecard.judge.follow_through import promise_value
from scorecard.judge.reading import Reading
from scorecard.rubric import DIMENSIONS, Band, Dimension, Rubric, Texts
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score, enough_cases
from scorecard.score.scorecard import Scorecard, SectorResult
from scorecard.score.survival import Survival

Label = Reason | Texts | str
TimeUnit = Literal["working_hours", "days"]

DIMENSION_NAMES: Mapping[Dimension, Reason] = {
    "responsiveness": say("Responsiveness"),
    "follow_through": say("Follow-through"),
    "refund_friction": say("Free of refund friction"),
}
OVERALL = say("Overall")


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A score with its interval, and what to compare it with; points 0…100."""

    label: Label
    score: Score
    reference: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled count. `tone` is a role for the colour: good, middling, bad or neutral."""

    label: Label
    count: int
    tone: Literal["good", "middling", "bad", "neutral"]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """From `time` on, this share still waits, 0…1, with its interval."""

    time: float
    waiting: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Month:
    """The overall score at a month's end, points 0…100; no grade where too little was known for one."""

    end: date
    score: Score
    grade: str | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `says` is its text alternative: what it shows, in a sentence.

    `owner` and `name` make its address. Just one of `intervals`, `bars`, `curve` and `months` is
    filled; `time` is the unit of a curve's times, `grades` are the bands beside months, if any has one.
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

    @property
    def kind(self) -> Literal["intervals", "bars", "curve", "months"]:
        """Which of the four it is."""
        if self.intervals:
            return "intervals"
        return "bars" if self.bars else "months" if self.months else "curve"

    @property
    def levels(self) -> list[float]:
        """The points at which a scale from 0 to 100 has lines: between the grades, else at quarters."""
        borders = sorted(band.at_least for band in self.grades) or [0.0, 25.0, 50.0, 75.0]
        return [*borders, 100.0]

    @property
    def grade_middles(self) -> list[tuple[str, float]]:
        """The name of each grade, and the points in the middle of its band; the best first."""
        bands = sorted(self.grades, key=lambda band: -band.at_least)
        tops = [100.0, *(band.at_least for band in bands)]
        return [(b.name, (b.at_least + top) / 2) for b, top in zip(bands, tops, strict=False)]


def company_charts(result: CompanyResult, scorecard: Scorecard, rubric: Rubric) -> list[Chart]:
    """The charts of a company, without those that would have nothing to show."""
    slug, name = result.company.slug, result.company.name
    readings = [case.judged.reading for case in result.cases.cases]
    charts = [
        _scores(result, scorecard.sectors[result.company.sector], rubric),
        _reply_time(result),
        _promises(slug, name, readings),
        _refunds(slug, name, readings),
        _money_back(result),
        _effort(result),
    ]
    return [chart for chart in charts if chart is not None]


def _scores(result: CompanyResult, sector: SectorResult, rubric: Rubric) -> Chart | None:
    rows = [
        IntervalRow(DIMENSION_NAMES[d], score, sector.means[d])
        for d in DIMENSIONS
        if (score := result.scores[d])
    ]
    if result.overall is None or not enough_cases(result.overall, rubric):
        return None
    rows.insert(0, IntervalRow(OVERALL, result.overall))
    says = say(
        "Overall {score} of 100, and with {percent_level} certainty between {low} and {high}.",
        score=result.overall.score,
        low=result.overall.low,
        high=result.overall.high,
        percent_level=rubric.interval.level,
    )
    return Chart(
        result.company.slug,
        "scores",
        say("Scores of {company}", company=result.company.name),
        says,
        say("points, 0 to 100"),
        intervals=tuple(rows),
    )


def _reply_time(result: CompanyResult) -> Chart | None:
    reply = result.reply_time
    if reply is None:
        return None
    median = reply.hours.median
    says = (
        say(
            "Half of the questions had a human answer within {median_hours}; {percent} came within the norm.",
            median_hours=median,
            percent=reply.within_norm,
        )
        if median is not None and reply.within_norm is not None
        else say(
            "Still without a human answer: {open} of {all} questions.",
            open=len(reply.hours.censored),
            all=reply.hours.count,
        )
    )
    title = say("Time to a human answer at {company}", company=result.company.name)
    says = _with_untold(says, reply.untold)
    return _curve(result.company.slug, "reply-time", title, says, reply.hours, "working_hours")


def _money_back(result: CompanyResult) -> Chart | None:
    back = result.money_back
    if back is None:
        return None
    median = back.days.median
    says = (
        say(
            "Half of those who asked for their money or a new product had it within {median_days}; "
            "{percent} had it within the term.",
            median_days=max(median, 1.0),
            percent=back.within_term,
        )
        if median is not None and back.within_term is not None
        else say(
            "Still waiting for their money or a new product: {open} of {all} who asked.",
            open=back.open,
            all=back.days.count,
        )
    )
    title = say("Days until the money is back at {company}", company=result.company.name)
    says = _with_untold(says, back.untold)
    return _curve(result.company.slug, "money-back", title, says, back.days, "days")


def _with_untold(says: Reason, untold: int) -> Reason:
    """The sentence, and after it how many more there are that its figures cannot speak of."""
    if not untold:
        return says
    more = say("Not told of exactly enough to be timed: {n} more.", n=untold)
    return say("{first} {second}", first=says, second=more)


def _curve(
    slug: str, name: str, title: Reason, says: Reason, waits: Survival, time: TimeUnit
) -> Chart:
    """The curve from the moment of asking to the longest wait."""
    points = [waits.start, *waits.steps]
    longest = max([points[-1].time, *waits.censored])
    if longest > points[-1].time:
        points.append(waits.at(longest))
    curve = tuple(CurvePoint(p.time, p.waiting, p.low, p.high) for p in points)
    unit = say("share still waiting")
    return Chart(slug, name, title, says, unit, curve=curve, censored=waits.censored, time=time)


def _bars(slug: str, name: str, title: Reason, says: Reason, bars: Sequence[Bar]) -> Chart | None:
    filled = tuple(bar for bar in bars if bar.count)
    return Chart(slug, name, title, says, say("number"), bars=filled) if filled else None


def _promises(slug: str, company: str, readings: Sequence[Reading]) -> Chart | None:
    promises = [(r, p) for r in readings for _, p in r.all(Promise)]
    values = [promise_value(r, p) for r, p in promises]
    kept = sum(value == 1 for value in values)
    late = sum(value is not None and 0 < value < 1 for value in values)
    broken = sum(value == 0 for value in values)
    return _bars(
        slug,
        "promises",
        say("Promises of {company}", company=company),
        say("{kept} of {all} promises were kept in time.", kept=kept, all=len(values)),
        [
            Bar(say("Kept in time"), kept, "good"),
            Bar(say("Late"), late, "middling"),
            Bar(say("Broken or overdue"), broken, "bad"),
            Bar(say("Cannot be judged yet"), sum(v is None for v in values), "neutral"),
        ],
    )


def _refunds(slug: str, company: str, readings: Sequence[Reading]) -> Chart | None:
    refunds = [refund for reading in readings for _, refund in reading.all(Refund)]
    given = [refund for refund in refunds if refund.decision != "refused"]
    paid = [refund for refund in given if refund.paid_at or refund.paid]
    waits = [refund for refund in given if refund not in paid]
    return _bars(
        slug,
        "refunds",
        say("Money back from {company}", company=company),
        say(
            "{paid} of {all} decisions on money ended in payment.", paid=len(paid), all=len(refunds)
        ),
        [
            Bar(say("Paid as money"), sum(r.form == "money" for r in paid), "good"),
            Bar(say("Paid, form not told"), sum(r.form is None for r in paid), "good"),
            Bar(FORM["set-off"], sum(r.form == "set-off" for r in given), "middling"),
            Bar(FORM["voucher"], sum(r.form == "voucher" for r in given), "middling"),
            Bar(
                say("Granted, still awaited"), sum(r.form in (None, "money") for r in waits), "bad"
            ),
            Bar(say("Refused"), len(refunds) - len(given), "bad"),
        ],
    )


def _effort(result: CompanyResult) -> Chart | None:
    labels = [
        (say("Very little effort"), "good"),
        (say("Little effort"), "good"),
        (say("Neither"), "neutral"),
        (say("Much effort"), "bad"),
        (say("Very much effort"), "bad"),
    ]
    return _bars(
        result.company.slug,
        "effort",
        say("Effort at {company}", company=result.company.name),
        say_n("{n} customer answered.", "{n} customers answered.", result.effort.answers),
        [
            Bar(label, count, "good" if tone == "good" else "bad" if tone == "bad" else "neutral")
            for (label, tone), count in zip(labels, result.effort.counts, strict=True)
        ],
    )
