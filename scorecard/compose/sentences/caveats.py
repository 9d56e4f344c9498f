"""What the data of a company do not show, from the data: each sentence with what must hold for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from scorecard.compose.replies import asked_or_heard, heard
from scorecard.compose.sentences.verdict import why_no_grade
from scorecard.judge.finding import Reason, say, say_n
from scorecard.model import Case
from scorecard.rubric import Rubric
from scorecard.score.cases import WeighedCase
from scorecard.score.company import CompanyResult
from scorecard.score.weights import too_few_people

OLD_DAYS = 365
"""A company of which nothing newer is told may have changed since."""
_HALF = 0.5
_TOLD = ("none", "described")
"""Levels of evidence of which nobody has seen anything."""


def caveats(result: CompanyResult, as_of: date, rubric: Rubric) -> tuple[Reason, ...]:
    """What nobody should read into a company's figures, the general limit first."""
    if not result.cases.cases:
        return (say("There is no case yet: nothing can be said of how it treats its customers."),)
    return tuple(_caveats(result, as_of, rubric))


def _caveats(result: CompanyResult, as_of: date, rubric: Rubric) -> Iterator[Reason]:
    cases = result.cases.cases
    yield say(
        "The cases are those that somebody told or published, no sample of all customers: "
        "they do not show how often things go well or wrong."
    )
    if not result.grade:
        yield say("There is no grade. {why}", why=why_no_grade(result, rubric))
    yield from _sources(cases)
    yield from _people(cases, rubric)
    untold = _share([c for c in cases if c.judged.case.evidence.level in _TOLD], cases)
    if untold > _HALF:
        yield say(
            "Of the weight of the cases {percent} is from accounts of which nobody has seen evidence.",
            percent=untold,
        )
    yield from _age(cases, as_of)
    yield from _other_side([case.judged.case for case in cases])


def _sources(cases: tuple[WeighedCase, ...]) -> Iterator[Reason]:
    """Registers keep what they were made for; one article is one author's choice."""
    registers = _share(
        [case for case in cases if case.judged.case.source.kind == "register"], cases
    )
    if registers > _HALF:
        yield say(
            "Of the weight of the cases {percent} is from registers, which tell little of what was said "
            "and done, and hold only what people took there.",
            percent=registers,
        )
    for title in sorted({case.judged.case.source.title or "" for case in cases} - {""}):
        share = _share([case for case in cases if case.judged.case.source.title == title], cases)
        if share > _HALF:
            yield say(
                "Of the weight of the cases {percent} is from one source: {source}.",
                percent=share,
                source=title,
            )


def _people(cases: tuple[WeighedCase, ...], rubric: Rubric) -> Iterator[Reason]:
    """Too few people to be held to their shares: what they tell may be about themselves."""
    first_hand = [c.judged.case for c in cases if c.judged.case.source.kind == "first-hand"]
    people = {case.contributor for case in first_hand}
    if (
        people
        and None not in people
        and len(people) <= too_few_people(rubric.contributor_cap.share)
    ):
        yield say_n(
            "What customers told themselves is all from {n} person.",
            "What customers told themselves is all from {n} people.",
            len(people),
        )


def _age(cases: tuple[WeighedCase, ...], as_of: date) -> Iterator[Reason]:
    newest = max(
        (time.last.date() for c in cases if (time := c.judged.case.last_time)), default=None
    )
    if newest is None:
        yield say("No case tells when it was.")
    elif (as_of - newest).days > OLD_DAYS:
        yield say("The newest event is of {newest}: it may have changed since.", newest=newest)


def _other_side(cases: list[Case]) -> Iterator[Reason]:
    """Whose side is told: the company's own is known only where it was asked or has replied."""
    told = sum(heard(case) for case in cases)
    asked = sum(asked_or_heard(case) for case in cases)
    if not asked:
        yield say("The company was not asked for its side of these cases, as far as they tell.")
    elif not told:
        yield say_n(
            "The company was asked for its side of {n} case and has not given it.",
            "The company was asked for its side of {n} cases and has given it of none.",
            asked,
        )
    disputed = sum(case.status == "disputed" for case in cases)
    if disputed:
        yield say_n("{n} case is disputed.", "{n} cases are disputed.", disputed)


def _share(some: Iterable[WeighedCase], every: Iterable[WeighedCase]) -> float:
    """The share of the weight of every case that some of them have, 0…1."""
    whole = sum(case.weight for case in every)
    return sum(case.weight for case in some) / whole if whole else 0.0
