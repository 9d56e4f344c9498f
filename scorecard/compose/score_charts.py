"""Charts of overall scores: a company's month by month, and a sector's companies side by side."""

from __future__ import annotations

from scorecard.compose.charts import Chart, IntervalRow, Month
from scorecard.judge.finding import Reason, say, say_n
from scorecard.rubric import Rubric
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import enough_cases
from scorecard.score.scorecard import Scorecard, SectorResult

LEAST_MONTHS = 3
"""With fewer there is no trend to see."""


def trend_chart(result: CompanyResult, rubric: Rubric) -> Chart | None:
    """The overall score at each month's end; None where the months are too few."""
    months = tuple(Month(point.as_of, point.overall, point.grade) for point in result.trend)
    if len(months) < LEAST_MONTHS:
        return None
    return Chart(
        result.company.slug,
        "trend",
        say("Overall score of {company}, month by month", company=result.company.name),
        _trend(months),
        say("points, 0 to 100"),
        months=months,
        grades=rubric.grades if any(month.grade for month in months) else (),
    )


def _trend(months: tuple[Month, ...]) -> Reason:
    """From where to where, whether that is a change, and how many months had no grade."""
    first, last = months[0], months[-1]
    says = say(
        "From {first} in {month_first} to {last} in {month_last}. {change}",
        first=first.score.score,
        last=last.score.score,
        month_first=first.end,
        month_last=last.end,
        change=_change(first, last),
    )
    bare = sum(month.grade is None for month in months)
    if not bare:
        return says
    none = (
        say("In none of these months was there a grade.")
        if bare == len(months)
        else say("In {some} of these {all} months there was no grade.", some=bare, all=len(months))
    )
    return say("{first} {second}", first=says, second=none)


def _change(first: Month, last: Month) -> Reason:
    then, now = first.score, last.score
    if now.low > then.high:
        return say("Higher than then: the two intervals do not overlap.")
    if now.high < then.low:
        return say("Lower than then: the two intervals do not overlap.")
    if now.low <= then.score <= now.high:
        return say(
            "No clear change: the interval of {month_last} holds the score of {month_first}.",
            month_first=first.end,
            month_last=last.end,
        )
    if now.score > then.score:
        return say("Higher than then, but not for certain: the two intervals overlap.")
    return say("Lower than then, but not for certain: the two intervals overlap.")


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
