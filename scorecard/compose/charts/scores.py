"""Charts of scores: a company's month by month, a sector's companies side by side, and the whole field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scorecard.compose.charts.chart import (
    DIMENSION_NAMES,
    OVERALL,
    POINTS,
    Chart,
    IntervalRow,
    Label,
    Mark,
    Month,
    Strip,
)
from scorecard.compose.page import FIELD, sector_owner
from scorecard.judge.finding import Reason, say, say_n
from scorecard.rubric import DIMENSIONS, Rubric, Sector
from scorecard.score.company import CompanyResult
from scorecard.score.costs import Effort
from scorecard.score.estimate import Score, enough_cases
from scorecard.score.scorecard import Scorecard, SectorResult
from scorecard.site import Content

LEAST_COMPANIES = 2
"""With fewer nothing lies apart."""
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
        POINTS,
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
        IntervalRow.of(r.company.name, r.overall)
        for r in results
        if r.overall and enough_cases(r.overall, rubric)
    ]
    rows.sort(key=lambda row: (-row.score, str(row.label)))
    if len(rows) < LEAST_COMPANIES:
        return None
    return Chart(
        sector_owner(sector.slug),
        "companies",
        say("Companies side by side"),
        say(
            "{n} companies have enough cases to be compared. The lines show how sure each score is.",
            n=len(rows),
        ),
        POINTS,
        intervals=tuple(rows),
        of=sector.sector.name,
    )


def field_chart(scorecard: Scorecard, rubric: Rubric) -> Chart | None:
    """Every company that has a grade, along one scale."""
    marks = _marks((r, r.overall) for r in scorecard.companies.values() if r.grade)
    if not marks:
        return None
    middle = marks[len(marks) // 2]
    return Chart(
        FIELD,
        "field",
        say("The whole field"),
        say_n(
            "{n} company has a grade. Its score is {score}.",
            "{n} companies have a grade. They score from {lowest} ({last}) to {highest} ({first}); "
            "half of them score {score} or more.",
            len(marks),
            lowest=marks[0].score.score,
            last=marks[0].name,
            highest=marks[-1].score.score,
            first=marks[-1].name,
            score=middle.score.score,
        ),
        POINTS,
        strips=(Strip(OVERALL, marks),),
        grades=rubric.grades,
    )


def strip_chart(sector: SectorResult, scorecard: Scorecard, rubric: Rubric) -> Chart | None:
    """The companies of a sector that have enough cases, along a scale for each dimension."""
    results = [scorecard.companies[slug] for slug in sector.companies]
    results = [r for r in results if enough_cases(r.overall, rubric)]
    strips = [Strip(OVERALL, _marks((r, r.overall) for r in results))]
    strips += [
        Strip(DIMENSION_NAMES[d], _marks((r, r.scores[d]) for r in results)) for d in DIMENSIONS
    ]
    if len(results) < LEAST_COMPANIES:
        return None
    return Chart(
        sector_owner(sector.slug),
        "spread",
        say("How far they lie apart"),
        _spread(strips),
        POINTS,
        strips=tuple(strip for strip in strips if strip.marks),
        grades=rubric.grades if any(mark.grade for mark in strips[0].marks) else (),
        of=sector.sector.name,
    )


def effort_chart(sector: SectorResult, scorecard: Scorecard, content: Content) -> Chart | None:
    """The Customer Effort Scores of a sector and of its companies, beside its yardstick."""
    yardstick = sector.sector.ces
    efforts: list[tuple[Label, Effort]] = [(sector.sector.name, sector.effort)]
    named = [scorecard.companies[slug] for slug in sector.companies]
    efforts += [(r.company.name, r.effort) for r in sorted(named, key=_by_effort)]
    rows = tuple(
        IntervalRow(label, e.score, e.low, e.high, yardstick)
        for label, e in efforts
        if e.score is not None and e.low is not None and e.high is not None
    )
    if not rows:
        return None
    usual = [one.ces or 0.0 for one in yardsticks(content)]
    return Chart(
        sector_owner(sector.slug),
        "effort",
        say("Customer effort"),
        _effort(rows[0], sector.effort.answers, content.rubric.interval.level),
        say("Customer Effort Score, −100 to 100"),
        intervals=rows,
        ends=(-100.0, 100.0),
        against="yardstick",
        usual=(usual[0], usual[-1]) if len(usual) > 1 else None,
        of=sector.sector.name,
    )


def yardsticks(content: Content) -> list[Sector]:
    """The sectors that have one for effort, the lowest first."""
    told = [sector for sector in content.sectors.values() if sector.ces is not None]
    return sorted(told, key=lambda sector: sector.ces or 0.0)


def _by_effort(result: CompanyResult) -> tuple[float, str]:
    score = result.effort.score
    return (101.0 if score is None else -score, result.company.slug)


def _effort(whole: IntervalRow, answers: int, level: float) -> Reason:
    """What the whole sector scores, and whether that differs from its yardstick."""
    told = say_n(
        "{ces} in this sector, from {n} answer.",
        "{ces} in this sector, from {n} answers.",
        answers,
        ces=whole.score,
    )
    if whole.reference is None:
        return told
    held = {"percent": level, "ces": whole.reference}
    beside = (
        say("With {percent} certainty more than its yardstick of {ces}.", **held)
        if whole.low > whole.reference
        else say("With {percent} certainty less than its yardstick of {ces}.", **held)
        if whole.high < whole.reference
        else say(
            "Too few answers to tell it from its yardstick of {ces}.",
            ces=whole.reference,
        )
    )
    return say("{first} {second}", first=told, second=beside)


def _spread(strips: Sequence[Strip]) -> Reason:
    """Between which scores the companies lie, and where they differ most."""
    told = [strip for strip in strips[1:] if strip.marks]
    widest = max(told, key=_range, default=strips[0])
    what = widest.label
    return say(
        "From {lowest} to {highest} overall. They differ most in this: {what}, by {points} points.",
        lowest=strips[0].marks[0].score.score,
        highest=strips[0].marks[-1].score.score,
        what=what if isinstance(what, Reason) else str(what),
        points=_range(widest),
    )


def _range(strip: Strip) -> float:
    return strip.marks[-1].score.score - strip.marks[0].score.score


def _marks(scores: Iterable[tuple[CompanyResult, Score | None]]) -> tuple[Mark, ...]:
    marks = [Mark(r.company.name, score, r.grade) for r, score in scores if score]
    return tuple(sorted(marks, key=lambda mark: (mark.score.score, mark.name)))
