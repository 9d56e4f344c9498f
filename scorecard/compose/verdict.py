"""A company's verdict in one quotable sentence, and why there is no grade where there is none."""

from __future__ import annotations

from datetime import date

from scorecard.judge.finding import Reason, say, say_n
from scorecard.rubric import Rubric
from scorecard.score.company import CompanyResult


def verdict(result: CompanyResult, as_of: date, rubric: Rubric) -> Reason:
    """The sentence that may be quoted."""
    name, score = result.company.name, result.overall
    if score is None:
        return say("{company} has no case yet that can be scored.", company=name)
    figures = {
        "company": name,
        "score": score.score,
        "low": score.low,
        "high": score.high,
        "percent_level": rubric.interval.level,
        "as_of": as_of,
    }
    if result.grade:
        return say_n(
            "{company} gets grade {grade} for its customer service: {score} of 100, with {percent_level} certainty between {low} and {high}, from {n} case up to {as_of}.",
            "{company} gets grade {grade} for its customer service: {score} of 100, with {percent_level} certainty between {low} and {high}, from {n} cases up to {as_of}.",
            score.cases,
            grade=result.grade,
            **figures,
        )
    return say_n(
        "{company} has no grade: {n} case up to {as_of} does not tell enough. The best estimate is {score} of 100, with {percent_level} certainty between {low} and {high}.",
        "{company} has no grade: {n} cases up to {as_of} do not tell enough. The best estimate is {score} of 100, with {percent_level} certainty between {low} and {high}.",
        score.cases,
        **figures,
    )


def why_no_grade(result: CompanyResult, rubric: Rubric) -> Reason:
    """What is missing for a grade."""
    score, limits = result.overall, rubric.too_few
    if score is None:
        return say("Nothing can be scored yet.")
    if score.weight < limits.weight:
        return say_n(
            "Too few cases: {n} case weighs as much as {weight} recent and proven ones, and a grade takes {needed}.",
            "Too few cases: {n} cases weigh as much as {weight} recent and proven ones, and a grade takes {needed}.",
            score.cases,
            weight=score.weight,
            needed=limits.weight,
        )
    if result.known < limits.known:
        return say(
            "Too little known: the cases answer {percent_known} of what the method asks, and a grade takes {percent_needed}.",
            percent_known=result.known,
            percent_needed=limits.known,
        )
    return say(
        "Too uncertain: the interval is {width} points wide, and a grade allows {allowed}.",
        width=score.high - score.low,
        allowed=limits.width,
    )
