"""How sure a company's score is, in sentences that may be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from scorecard.compose.vocabulary import CASES_OF
from scorecard.judge.finding import Reason, say, say_n
from scorecard.model import Case
from scorecard.rounding import rounded
from scorecard.rubric import Rubric
from scorecard.score.alike import HeldBurst
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import band, enough_cases
from scorecard.score.fragility import Fragility, Range
from scorecard.score.ranks import Rank
from scorecard.score.would_change import MOST_ADDED, Step


class LeftOut(Struct, frozen=True):
    """What leaving something out does to the score, and what it was for the lowest and the highest.

    The two are cases, or names of contributors or kinds of source; neither where one is like another.
    """

    says: Reason
    cases: tuple[Case, Case] | None = None
    names: tuple[Reason | str, Reason | str] | None = None


class Burst(Struct, frozen=True):
    """A burst that is held, and its cases in the order of their ids."""

    says: tuple[Reason, ...]
    cases: tuple[Case, ...]


class Sureness(Struct, frozen=True):
    """All that tells how sure a score is. `left_out` and `influence` are empty where cases are too few."""

    rank: Reason | None
    rank_why: Reason | None
    left_out: tuple[LeftOut, ...]
    grades: Reason | None
    change: tuple[Reason, ...]
    influence: tuple[Reason, ...]
    bursts: tuple[Burst, ...]


def sureness(result: CompanyResult, rubric: Rubric) -> Sureness:
    """How sure the score of a company is."""
    cases = {case.judged.case.id: case.judged.case for case in result.cases.cases}
    fragile = result.fragility if enough_cases(result.overall, rubric) else None
    return Sureness(
        _place(result.rank) if result.rank else None,
        _why(result.rank) if result.rank and result.rank.of > 1 else None,
        tuple(_left_out(fragile, cases)) if fragile else (),
        _grades(fragile, result.grade, rubric) if fragile and result.grade else None,
        tuple(_change(result, rubric)),
        tuple(_influence(result, rubric)) if fragile else (),
        tuple(_burst(held, cases, rubric) for held in result.held),
    )


def _place(rank: Rank) -> Reason:
    """A rank among the companies of a sector that have a grade."""
    if rank.of == 1:
        return say("the only company with a grade")
    if rank.best == rank.worst:
        return say(
            "{rank_best} of the {of} companies with a grade", rank_best=rank.best, of=rank.of
        )
    return say(
        "{rank_best} to {rank_worst} of the {of} companies with a grade",
        rank_best=rank.best,
        rank_worst=rank.worst,
        of=rank.of,
    )


def _why(rank: Rank) -> Reason:
    """Why it is a range: whom the intervals tell it from."""
    better, worse = rank.best - 1, rank.of - rank.worst
    if better + worse == rank.of - 1:
        return say("The interval of each of the others lies wholly above or below its own.")
    if not better + worse:
        return say("Its interval overlaps all of theirs, so that none is surely better or worse.")
    return say(
        "Surely better: {better}; surely worse: {worse}. The intervals of the others overlap its own.",
        better=better,
        worse=worse,
    )


def _left_out(found: Fragility, cases: Mapping[str, Case]) -> Iterator[LeftOut]:
    """Each range in a sentence; where each contributor wrote one case, the two are one."""
    case, contributor, source = found.case, found.contributor, found.source
    alone = case and contributor and (case.low, case.high) == (contributor.low, contributor.high)
    if case:
        one = say("any one case, or any one contributor") if alone else say("any one case")
        yield LeftOut(
            _between(one, case), cases=(cases[case.low_without], cases[case.high_without])
        )
    if contributor and not alone:
        without = contributor.low_without, contributor.high_without
        yield LeftOut(_between(say("all cases of any one contributor"), contributor), names=without)
    if source:
        kinds = CASES_OF[source.low_without], CASES_OF[source.high_without]
        yield LeftOut(_between(say("any one kind of source"), source), names=kinds)
    equal = found.equal_weights
    yield LeftOut(
        say(
            "If every case counted alike, whatever its age and evidence, whoever wrote it: {score}.",
            score=equal,
        )
    )


def _between(what: Reason, found: Range) -> Reason:
    if rounded(found.low, 1) == rounded(found.high, 1):
        return say("Leaving out {what}, the score is {low}.", what=what, low=found.low)
    return say(
        "Leaving out {what}, the score lies between {low} and {high}.",
        what=what,
        low=found.low,
        high=found.high,
    )


def _grades(found: Fragility, grade: str, rubric: Rubric) -> Reason:
    """Would the grade be another at the lowest or the highest of these scores?"""
    worst, best = band(found.low, rubric.grades), band(found.high, rubric.grades)
    if worst == best == grade:
        return say(
            "With every one of these scores the grade would be the same: {grade}.", grade=grade
        )
    return say(
        "The grade would not always be {grade}: with the lowest of these scores it is {worst}, "
        "with the highest {best}.",
        grade=grade,
        worst=worst,
        best=best,
    )


def _change(result: CompanyResult, rubric: Rubric) -> Iterator[Reason]:
    """What would give another grade, or one at all."""
    raised, lowered = result.would_change.raise_, result.would_change.lower
    if result.grade:
        yield _raised(raised, result.grade == rubric.grades[0].name)
        yield _lowered(lowered, result.grade == rubric.grades[-1].name)
    elif raised:
        yield say_n(
            "{n} more flawless case that tells all that is asked would give it a grade: {grade}.",
            "{n} more flawless cases that tell all that is asked would give it a grade: {grade}.",
            raised.cases,
            grade=raised.to,
        )
    else:
        yield say("Not even {most} more flawless cases would give it a grade.", most=MOST_ADDED)
    if raised or lowered:
        yield say(
            "That holds for cases that come one by one. Many at once, beside a long record, would "
            "count together for at most {percent} of the weight.",
            percent=rubric.burst_cap.share,
        )


def _raised(step: Step | None, top: bool) -> Reason:
    if top:
        return say("There is no better grade.")
    if step is None:
        return say("Not even {most} more flawless cases would raise the grade.", most=MOST_ADDED)
    return say_n(
        "{n} more flawless case would raise the grade to {grade}.",
        "{n} more flawless cases would raise the grade to {grade}.",
        step.cases,
        grade=step.to,
    )


def _lowered(step: Step | None, bottom: bool) -> Reason:
    if bottom:
        return say("There is no lower grade.")
    if step is None:
        return say("Not even {most} more bad cases would lower the grade.", most=MOST_ADDED)
    return say_n(
        "{n} more case in which everything goes wrong would lower it to {grade}.",
        "{n} more cases in which everything goes wrong would lower it to {grade}.",
        step.cases,
        grade=step.to,
    )


def _influence(result: CompanyResult, rubric: Rubric) -> Iterator[Reason]:
    """How far others can move the score, and whether the cap on bursts is in force yet."""
    found, cap = result.influence, rubric.burst_cap
    if found is None:
        return
    if found.contributor is not None:
        yield say(
            "One contributor moves the score by at most {points} points.", points=found.contributor
        )
    yield say(
        "A campaign of {count} invented cases, all at once, would move it by at most {points} points.",
        count=cap.campaign,
        points=found.campaign,
    )
    held = sum(len(burst.burst.cases) for burst in result.held)
    if len(result.cases.cases) - held < cap.record:
        yield say(
            "The cap on campaigns holds beside a record of at least {record} other cases; "
            "this company's is shorter.",
            record=cap.record,
        )


def _burst(held: HeldBurst, cases: Mapping[str, Case], rubric: Rubric) -> Burst:
    """What stood out, what was done about it, and whether editors should look; nobody is accused."""
    burst = held.burst
    says = [
        say(
            "Between {start} and {end}, or close to it, {count} first-hand cases began, all from new "
            "or unnamed contributors; {expected}.",
            start=burst.start,
            end=burst.end,
            count=len(burst.cases),
            expected=_expected(burst.expected),
        ),
        say(
            "Whatever caused it, these cases together count for at most {percent} of the weight.",
            percent=rubric.burst_cap.share,
        ),
    ]
    if held.flagged:
        says.append(
            say(
                "Many of them resemble each other, or nearly all point the same way: the editors "
                "have been asked to look."
            )
        )
    return Burst(tuple(says), tuple(cases[id_] for id_ in sorted(burst.cases)))


def _expected(cases: float) -> Reason:
    """How many were to be expected, whole."""
    if round(cases) < 1:
        return say("hardly any was to be expected")
    return say_n("about {n} was to be expected", "about {n} were to be expected", round(cases))


def burst_of(case: str, held: Iterable[HeldBurst], rubric: Rubric) -> Reason | None:
    """Why a case weighs less; None where it is in no burst. `case` is its id."""
    for each in held:
        if case in each.burst.cases:
            return say(
                "It is one of {count} cases that began at about the same time; together these count "
                "for at most {percent} of the company's weight.",
                count=len(each.burst.cases),
                percent=rubric.burst_cap.share,
            )
    return None
