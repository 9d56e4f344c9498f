"""A company's verdict in one quotable sentence, and why there is no grade where there is none."""

from __future__ import annotations

from datetime import date

from scorecard.edition import Edition, FrozenOwner
from scorecard.judge.finding import Reason, Value, say, say_n
from scorecard.rubric import Rubric
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import enough_cases


def verdict(result: CompanyResult, as_of: date, rubric: Rubric) -> Reason:
    """The sentence that may be quoted."""
    name, score = result.company.name, result.overall
    if score is None:
        return say("{company} has no case yet that can be scored.", company=name)
    if not enough_cases(score, rubric):
        return say_n(
            "Too few cases for a verdict on {company}: {n} case up to {as_of}.",
            "Too few cases for a verdict on {company}: {n} cases up to {as_of}.",
            score.cases,
            company=name,
            as_of=as_of,
        )
    figures: dict[str, Value] = {
        "company": name,
        "score": score.score,
        "low": score.low,
        "high": score.high,
        "percent_level": rubric.interval.level,
        "as_of": as_of,
    }
    if result.grade:
        return say_n(
            "{company} gets grade {grade} for its customer service: {score} of 100, "
            "with {percent_level} certainty between {low} and {high}, from {n} case up to {as_of}.",
            "{company} gets grade {grade} for its customer service: {score} of 100, "
            "with {percent_level} certainty between {low} and {high}, from {n} cases up to {as_of}.",
            score.cases,
            grade=result.grade,
            **figures,
        )
    return say_n(
        "{company} gets no grade: {n} case up to {as_of} tells too little. By what it does tell, "
        "{score} of 100, with {percent_level} certainty between {low} and {high}.",
        "{company} gets no grade: {n} cases up to {as_of} tell too little. By what they do tell, "
        "{score} of 100, with {percent_level} certainty between {low} and {high}.",
        score.cases,
        **figures,
    )


def frozen_verdict(owner: FrozenOwner, edition: Edition) -> Reason | None:
    """What an edition said of a company, to be quoted; None where it does not tell all that it takes."""
    grade, overall = owner.figures.get("fig-grade"), owner.figures.get("fig-overall")
    if grade is None or overall is None or overall.cases is None:
        return None
    told: dict[str, Value] = {
        "company": owner.name,
        "edition": edition.name,
        "as_of": edition.as_of,
    }
    if grade.value is None:
        return say_n(
            "By edition {edition}, {company} had no grade for its customer service on {as_of}, "
            "from {n} case.",
            "By edition {edition}, {company} had no grade for its customer service on {as_of}, "
            "from {n} cases.",
            overall.cases,
            **told,
        )
    if overall.value is None or overall.low is None or overall.high is None:
        return None
    return say_n(
        "By edition {edition}, {company} had grade {grade} for its customer service on {as_of}: "
        "{score} of 100, with an interval from {low} to {high}, from {n} case.",
        "By edition {edition}, {company} had grade {grade} for its customer service on {as_of}: "
        "{score} of 100, with an interval from {low} to {high}, from {n} cases.",
        overall.cases,
        grade=grade.value,
        score=overall.value,
        low=overall.low,
        high=overall.high,
        **told,
    )


def why_no_grade(result: CompanyResult, rubric: Rubric) -> Reason:
    """What is missing for a grade."""
    score, limits = result.overall, rubric.too_few
    if score is None:
        return say("Nothing can be scored yet.")
    if score.weight < limits.weight:
        return say_n(
            "By age, evidence and caps, {n} case weighs as much as {weight} recent and proven ones; "
            "a grade takes {needed}.",
            "By age, evidence and caps, {n} cases weigh as much as {weight} recent and proven ones; "
            "a grade takes {needed}.",
            score.cases,
            weight=score.weight,
            needed=round(limits.weight),
        )
    if not enough_cases(score, rubric):
        return say(
            "The interval is {width} points wide; a grade allows {allowed}.",
            width=score.high - score.low,
            allowed=round(limits.width),
        )
    return say(
        "The cases answer {percent_known} of what the method asks; a grade takes {percent_needed}.",
        percent_known=result.known,
        percent_needed=limits.known,
    )
