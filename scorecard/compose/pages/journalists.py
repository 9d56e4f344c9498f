"""The page for journalists, from the numbers: how sure, how many, chosen how, and what not to write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages.press import press_pictures
from scorecard.compose.replies import asked_or_heard, heard
from scorecard.judge.finding import Reason, say, say_n
from scorecard.rubric import Sector
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import enough_cases

SLUG = "journalists"
MUCH = 0.1
"""The share of all cases from which on one contributor is worth a warning."""


class Sureness(Struct, frozen=True):
    """Companies by what can be said of them; how wide intervals are, in points, and how often true."""

    graded: int
    ungraded: int
    few: int
    narrowest: float | None
    usual: float | None
    widest: float | None
    covered: tuple[float, float] | None


class Make(Struct, frozen=True):
    """What the cases are: how many, of when, from whom, of which kinds, and how well documented.

    `largest` is the share of all cases that one contributor told; `middle` is the day by which at least
    half of all cases had surely ended, None where too many tell no date; `asked` and `replied` count cases
    with a company that was asked, and that replied.
    """

    cases: int
    withdrawn: int
    first: date | None
    last: date | None
    middle: date | None
    kinds: Sequence[tuple[str, int]]
    evidence: Sequence[tuple[str, int]]
    contributors: int
    anonymous: int
    largest: float
    asked: int
    replied: int


def journalists(gathered: Gathered) -> Page:
    """The page, also where the editors have written nothing for it; their words stand within it."""
    texts = {text.language: text for text in gathered.content.pages if text.slug == SLUG}
    sure, make = _sureness(gathered), _make(gathered)
    return Page(
        addresses.JOURNALISTS,
        "journalists.html",
        {language: text.title for language, text in texts.items()} or say("For journalists"),
        say(
            "How sure the figures are, what they are made of, what not to write, and pictures to print."
        ),
        {
            "texts": texts,
            "sure": sure,
            "make": make,
            "careful": list(_careful(gathered, sure, make)),
            "apart": _apart(gathered),
            "pictures": list(press_pictures(gathered)),
        },
        gathered.scorecard.as_of,
        "page",
    )


def _sureness(gathered: Gathered) -> Sureness:
    rubric, results = gathered.content.rubric, gathered.scorecard.companies.values()
    graded = [r for r in results if r.grade]
    told = [r for r in results if enough_cases(r.overall, rubric)]
    widths = sorted(r.overall.high - r.overall.low for r in told if r.overall)
    calibration = gathered.content.calibration
    covered = (
        [c.covered for c in calibration.coverage if c.what == "overall"] if calibration else []
    )
    return Sureness(
        len(graded),
        len(told) - len(graded),
        len(results) - len(told),
        widths[0] if widths else None,
        median(widths) if widths else None,
        widths[-1] if widths else None,
        (min(covered) / 100, max(covered) / 100) if covered else None,
    )


def _make(gathered: Gathered) -> Make:
    rows = gathered.every_row
    cases = [row.case for row in rows if row.weighed]
    newest = max((row.last for row in rows if row.weighed and row.last), default=None)
    ends = sorted(time.last.date() for case in cases if (time := case.last_time))
    half = (len(cases) + 1) // 2
    starts = [time.first.date() for case in cases for time in case.times]
    told = Counter(case.contributor for case in cases if case.contributor)
    return Make(
        len(cases),
        len(rows) - len(cases),
        min(starts, default=None),
        newest,
        ends[half - 1] if 0 < half <= len(ends) else None,
        _counted(case.source.kind for case in cases),
        _counted(case.evidence.level for case in cases),
        len(told),
        sum(case.contributor is None for case in cases),
        max(told.values(), default=0) / len(cases) if cases else 0.0,
        sum(asked_or_heard(case) for case in cases),
        sum(heard(case) for case in cases),
    )


def _counted(names: Iterator[str]) -> list[tuple[str, int]]:
    """Each with how often it is there, the most frequent first."""
    return sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))


def _apart(gathered: Gathered) -> list[tuple[str, Sector]]:
    """The sectors with companies that are measured by norms of their own, or come with a caveat."""
    return [
        (result.slug, result.sector)
        for result in gathered.scorecard.sectors_with
        if result.sector.caveat or result.sector.norms_why
    ]


def _careful(gathered: Gathered, sure: Sureness, make: Make) -> Iterator[tuple[Reason, Reason]]:
    """What not to write, and why not: only what these data could mislead to."""
    if not make.cases:
        return
    yield from _about_grades(sure, [r for r in gathered.scorecard.companies.values() if r.grade])
    yield (
        say("How often things go wrong at a company"),
        say_n(
            "There is {n} case, and nobody knows how many customers had no trouble. More cases are more "
            "cases, not worse service.",
            "There are {n} cases, and nobody knows how many customers had no trouble. More cases are more "
            "cases, not worse service.",
            make.cases,
        ),
    )
    register = dict(make.kinds).get("register", 0)
    if register:
        yield (
            say("That customers told all of this here"),
            say(
                "{percent} of the cases are from public registers. Which complaints reach a register, and "
                "which of those were taken, is not the company's doing.",
                percent=register / make.cases,
            ),
        )
    if make.largest >= MUCH and make.contributors:
        yield (
            say("'Customers say'"),
            say("One contributor told {percent} of all cases.", percent=make.largest),
        )
    yield _about_replies(make)
    if make.middle and make.last:
        yield (
            say("'Today' or 'now'"),
            say(
                "At least half of the cases ended in or before {month_middle}, and the newest event is of "
                "{month_last}. A case's own page tells when it happened.",
                month_middle=make.middle,
                month_last=make.last,
            ),
        )


def _about_grades(
    sure: Sureness, graded: Sequence[CompanyResult]
) -> Iterator[tuple[Reason, Reason]]:
    if not graded:
        yield (
            say("That a company passes or fails"),
            say("No company has a grade yet. Write 'no grade', and work none out from a score."),
        )
        return
    without = sure.ungraded + sure.few
    if without:
        yield (
            say("That a company without a grade does badly"),
            say_n(
                "{n} company has none: its cases weigh too little or tell too little. Write 'no grade', and "
                "work none out from a score.",
                "{n} companies have none: their cases weigh too little or tell too little. Write 'no grade', "
                "and work none out from a score.",
                without,
            ),
        )
    shared = sum(bool(r.rank and r.rank.best < r.rank.worst) for r in graded)
    if shared:
        yield (
            say("That one company is better than another whose interval overlaps"),
            say_n(
                "{n} of {all} graded companies could stand at more than one place in its sector.",
                "{n} of {all} graded companies could stand at more than one place in their sector.",
                shared,
                all=len(graded),
            ),
        )


def _about_replies(make: Make) -> tuple[Reason, Reason]:
    what = say("That a company did not want to answer")
    if not make.asked:
        return what, say(
            "None has been asked for a reply to its cases yet. Do ask before you publish."
        )
    return what, say(
        "In {asked} of {all} cases the company was asked for a reply, and in {replied} it gave one. "
        "Do ask before you publish.",
        asked=make.asked,
        all=make.cases,
        replied=make.replied,
    )
