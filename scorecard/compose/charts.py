"""Charts as data: one set of numbers behind the SVG, the table, the CSV and the Plotly figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scorecard.compose.vocabulary import FORM
from scorecard.events import Promise, Refund
from scorecard.judge.finding import Reason, say, say_n
from scorecard.judge.follow_through import promise_value
from scorecard.judge.reading import Reading
from scorecard.rubric import DIMENSIONS, Dimension, Rubric, Texts
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score, enough_cases
from scorecard.score.scorecard import Scorecard, SectorResult

Label = Reason | Texts | str

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
    """From `time` (working hours) on, this share still waits, 0…1, with its interval."""

    time: float
    waiting: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. `says` is its text alternative: what it shows, in a sentence.

    `owner` and `name` make its address. Just one of `intervals`, `bars` and `curve` is filled.
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

    @property
    def kind(self) -> Literal["intervals", "bars", "curve"]:
        """Which of the three it is."""
        return "intervals" if self.intervals else "bars" if self.bars else "curve"


def company_charts(result: CompanyResult, scorecard: Scorecard, rubric: Rubric) -> list[Chart]:
    """The charts of a company, without those that would have nothing to show."""
    slug, name = result.company.slug, result.company.name
    readings = [case.judged.reading for case in result.cases.cases]
    charts = [
        _scores(result, scorecard.sectors[result.company.sector], rubric),
        _reply_time(result),
        _promises(slug, name, readings),
        _refunds(slug, name, readings),
        _effort(result),
    ]
    return [chart for chart in charts if chart is not None]


def sector_chart(sector: SectorResult, scorecard: Scorecard, rubric: Rubric) -> Chart | None:
    """The companies of a sector that have enough cases side by side, the best first."""
    results = [scorecard.companies[slug] for slug in sector.companies]
    rows = [
        IntervalRow(r.company.name, r.overall)
        for r in results
        if r.overall and enough_cases(r.overall, rubric)
    ]
    rows.sort(key=lambda row: (-row.score.score, str(row.label)))
    if not rows:
        return None
    return Chart(
        f"sector--{sector.slug}",
        "companies",
        say("Companies side by side"),
        say_n(
            "{n} company has enough cases to be compared. The line shows how sure its score is.",
            "{n} companies have enough cases to be compared. The lines show how sure each score is.",
            len(rows),
        ),
        say("points, 0 to 100"),
        intervals=tuple(rows),
    )


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
    curve = [CurvePoint(0.0, 1.0, 1.0, 1.0)]
    curve += [CurvePoint(s.time, s.waiting, s.low, s.high) for s in reply.hours.steps]
    longest = max([*(p.time for p in curve), *reply.hours.censored])
    if longest > curve[-1].time:
        curve.append(CurvePoint(longest, curve[-1].waiting, curve[-1].low, curve[-1].high))
    median = reply.hours.median
    says = (
        say(
            "Half of the questions had a human answer within {median_hours}; {percent} came within the norm.",
            median_hours=median,
            percent=reply.within_norm,
        )
        if median is not None
        else say("More than half of the questions still have no human answer.")
    )
    return Chart(
        result.company.slug,
        "reply-time",
        say("Time to a human answer at {company}", company=result.company.name),
        says,
        say("share still waiting"),
        curve=tuple(curve),
        censored=reply.hours.censored,
    )


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
