"""The charts of a company."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.compose.charts.chart import (
    DIMENSION_NAMES,
    OVERALL,
    POINTS,
    Bar,
    Chart,
    CurvePoint,
    IntervalRow,
    TimeUnit,
    Tone,
)
from scorecard.compose.vocabulary import EFFORT, FORM
from scorecard.events import Promise, Refund
from scorecard.judge.finding import Reason, say, say_n
from scorecard.judge.follow_through import promise_value
from scorecard.judge.reading import Reading
from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import enough_cases
from scorecard.score.scorecard import Scorecard, SectorResult
from scorecard.score.survival import Survival


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
        IntervalRow.of(DIMENSION_NAMES[d], score, sector.means[d])
        for d in DIMENSIONS
        if (score := result.scores[d])
    ]
    if result.overall is None or not enough_cases(result.overall, rubric):
        return None
    rows.insert(0, IntervalRow.of(OVERALL, result.overall))
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
        POINTS,
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
    """The bars, the empty ones too, so that companies can be held side by side; None where all are empty."""
    if not any(bar.count for bar in bars):
        return None
    return Chart(slug, name, title, says, say("number"), bars=tuple(bars))


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
            "{paid} of {all} decisions on money ended in money being paid; {refused} were refusals.",
            paid=sum(refund.form in (None, "money") for refund in paid),
            refused=len(refunds) - len(given),
            all=len(refunds),
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
    tones: Sequence[Tone] = ("good", "good", "neutral", "bad", "bad")
    bars = [Bar(*bar) for bar in zip(EFFORT, result.effort.counts, tones, strict=True)]
    return _bars(
        result.company.slug,
        "effort",
        say("Effort at {company}", company=result.company.name),
        say_n("{n} customer answered.", "{n} customers answered.", result.effort.answers),
        bars,
    )
