"""What changed between editions, or since one: figures, grades, statuses, replies, and the cases behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import CaseRow
from scorecard.compose.figures import Figure, Unit, company_figures, sector_figures
from scorecard.compose.gathered import Gathered
from scorecard.compose.words import words_in
from scorecard.edition import Edition, FrozenCase, FrozenFigure, FrozenOwner
from scorecard.judge.finding import say
from scorecard.rounding import points
from scorecard.rubric import DIMENSIONS

_WITHDRAWN = "withdrawn"
_WORDS = words_in("en")
"""What is shown of a figure is what a page says; every language says it equally exactly."""
MOVED = 3.0
"""Points by which a score has moved enough to be told of by itself."""
LISTED = 200
"""So many companies of a step are told on a page; the API tells all."""
KINDS = {
    "new": say("new"),
    "gone": say("no longer there"),
    "status": say("another status"),
    "replied": say("the company replied"),
    "asked": say("the company was asked for its reply"),
    "scores": say("other scores"),
}
"""What can happen to a case, in the order in which one is told."""


class State(Struct, frozen=True):
    """What a site said on a day: an edition, or, without a name, the site that is being built."""

    name: str | None
    as_of: date
    method: str
    companies: Mapping[str, FrozenOwner]
    sectors: Mapping[str, FrozenOwner]


class FigureChange(Struct, frozen=True):
    """A figure before and after; None where it was not published. `figure` says what it is."""

    figure: Figure
    was: FrozenFigure | None
    now: FrozenFigure | None

    @property
    def shown(self) -> bool:
        """Does a page show another value than before?"""
        was, now = (_shown(self.figure.unit, side) for side in (self.was, self.now))
        return was != now


class CaseChange(Struct, frozen=True):
    """A case that stands behind a change; `kinds` are keys of KINDS, at least one. Withdrawn: no title."""

    id: str
    title: str
    kinds: tuple[str, ...]
    was: FrozenCase | None
    now: FrozenCase | None


class OwnerChange(Struct, frozen=True):
    """A company or a sector that changed, at its address; None where it is no longer there."""

    slug: str
    name: Mapping[str, str] | str
    address: str | None
    figures: tuple[FigureChange, ...]
    cases: tuple[CaseChange, ...]
    sides: tuple[FrozenOwner | None, FrozenOwner | None]

    def figure(self, id_: str) -> FigureChange | None:
        """The change of one figure, if it changed."""
        return next((change for change in self.figures if change.figure.id == id_), None)

    @property
    def told(self) -> bool:
        """Is there anything that a reader of the pages can see?"""
        return bool(self.shown or self.cases)

    @property
    def shown(self) -> list[FigureChange]:
        """The figures that a page shows otherwise than before."""
        return [change for change in self.figures if change.shown]

    @property
    def regraded(self) -> bool:
        """Has it another grade, or one for the first time, or none any more?"""
        grade = self.figure("fig-grade")
        return grade is not None and grade.shown

    @property
    def graded_scores(self) -> tuple[FrozenFigure, FrozenFigure] | None:
        """The overall score before and after; None without a grade on either side: it says too little."""
        found = [_graded_score(side) for side in self.sides]
        return (found[0], found[1]) if found[0] and found[1] else None

    @property
    def move(self) -> float:
        """By how many points the overall score moved; 0 where it had no grade."""
        was, now = self.graded_scores or (None, None)
        return _number(now) - _number(was)

    @property
    def news(self) -> bool:
        """Is it worth a line in a feed?"""
        happened = any(set(case.kinds) - {"scores"} for case in self.cases)
        return self.regraded or happened or abs(self.move) >= MOVED

    @property
    def weight(self) -> tuple[bool, float, int]:
        """How much it says: another grade first, then the move of the score, then the cases."""
        return self.regraded, abs(self.move), len(self.cases)


class Step(Struct, frozen=True):
    """All that changed from one state to a later one, what says most first."""

    before: State
    after: State
    companies: tuple[OwnerChange, ...]
    sectors: tuple[OwnerChange, ...]

    @property
    def listed(self) -> list[OwnerChange]:
        """The companies that a page tells of."""
        return [company for company in self.companies if company.told][:LISTED]


def steps(gathered: Gathered) -> list[Step]:
    """From edition to edition, and from the newest to this day; the newest step first."""
    states = [today(gathered), *map(_state, gathered.content.editions)]
    return [_step(before, after, gathered) for after, before in pairwise(states)]


def since(edition: Edition, gathered: Gathered) -> Step:
    """From an edition to this day."""
    return _step(_state(edition), today(gathered), gathered)


def today(gathered: Gathered) -> State:
    """What the site says that is being built."""
    scorecard = gathered.scorecard
    companies = {
        slug: FrozenOwner(
            result.company.name,
            _frozen(company_figures(result)),
            {row.case.id: _case(row) for row in gathered.rows[slug]},
        )
        for slug, result in scorecard.companies.items()
    }
    sectors = {
        slug: FrozenOwner(slug, _frozen(sector_figures(result)))
        for slug, result in scorecard.sectors.items()
    }
    return State(None, scorecard.as_of, gathered.content.rubric.version, companies, sectors)


def _state(edition: Edition) -> State:
    return State(edition.name, edition.as_of, edition.method, edition.companies, edition.sectors)


def _frozen(figures: Iterable[Figure]) -> dict[str, FrozenFigure]:
    return {one.id: FrozenFigure(one.value, one.low, one.high, one.cases) for one in figures}


def _case(row: CaseRow) -> FrozenCase:
    """A case as the API tells it, which is how an edition keeps it."""
    case = row.case
    return FrozenCase(
        case.title,
        case.status,
        row.weight,
        {d: points(row.scores[d]) for d in DIMENSIONS},
        case.reply.asked.text if case.reply and case.reply.asked else None,
        case.reply.at.text if case.reply and case.reply.at else None,
    )


def _step(before: State, after: State, gathered: Gathered) -> Step:
    content, results = gathered.content, gathered.scorecard.companies
    renamed = {old: one.slug for one in content.companies.values() for old in one.slugs}
    was, now = (
        {renamed.get(slug, slug): owner for slug, owner in side.companies.items()}
        for side in (before, after)
    )
    figures = next(map(company_figures, results.values()), [])
    companies = [
        _owner(
            slug,
            content.companies[slug].name if slug in results else "",
            addresses.company(slug) if slug in results else None,
            figures,
            (was.get(slug), now.get(slug)),
        )
        for slug in {**was, **now}
    ]
    sectors = [
        _owner(
            slug,
            sector.sector.name,
            addresses.sector(slug),
            sector_figures(sector),
            (before.sectors.get(slug), after.sectors.get(slug)),
        )
        for slug, sector in gathered.scorecard.sectors.items()
    ]
    return Step(before, after, _changed(companies), _changed(sectors))


def _changed(owners: Iterable[OwnerChange]) -> tuple[OwnerChange, ...]:
    """Those that changed at all, what says most first."""
    changed = [owner for owner in owners if owner.figures or owner.cases]
    return tuple(sorted(changed, key=lambda owner: (*(-part for part in owner.weight), owner.slug)))


def _owner(
    slug: str,
    name: Mapping[str, str] | str,
    address: str | None,
    figures: Sequence[Figure],
    sides: tuple[FrozenOwner | None, FrozenOwner | None],
) -> OwnerChange:
    was, now = ((side.figures if side else {}) for side in sides)
    changes = [
        FigureChange(figure, was.get(figure.id), now.get(figure.id))
        for figure in figures
        if was.get(figure.id) != now.get(figure.id)
    ]
    cases = _cases(*((side.cases if side else {}) for side in sides))
    known = next((side.name for side in sides if side), slug)
    return OwnerChange(slug, name or known, address, tuple(changes), tuple(cases), sides)


def _cases(
    before: Mapping[str, FrozenCase], after: Mapping[str, FrozenCase]
) -> Iterator[CaseChange]:
    for id_ in sorted({*before, *after}):
        was, now = before.get(id_), after.get(id_)
        if one := now or was:
            kinds = tuple(_kinds(was, now))
            if kinds:
                withdrawn = now is not None and now.status == _WITHDRAWN
                yield CaseChange(id_, "" if withdrawn else one.title, kinds, was, now)


def _kinds(was: FrozenCase | None, now: FrozenCase | None) -> Iterator[str]:
    if was is None or now is None:
        yield "new" if now else "gone"
    if now is None:
        return
    if now.status != (was.status if was else "published"):
        yield "status"
    if now.replied and not (was and was.replied):
        yield "replied"
    elif now.asked and not (was and was.asked):
        yield "asked"
    if was and now.status != _WITHDRAWN and _points(was) != _points(now):
        yield "scores"


def _graded_score(owner: FrozenOwner | None) -> FrozenFigure | None:
    grade = owner.figures.get("fig-grade") if owner else None
    return owner.figures.get("fig-overall") if owner and grade and grade.value else None


def _number(figure: FrozenFigure | None) -> float:
    value = figure.value if figure else None
    return float(value) if isinstance(value, float | int) else 0.0


def _points(case: FrozenCase) -> list[str]:
    """A case's scores as its page shows them."""
    return [_WORDS.figure(score, "points") for score in case.scores.values()]


def _shown(unit: Unit, figure: FrozenFigure | None) -> str:
    """A figure's value as a page shows it."""
    return _WORDS.figure(figure.value if figure else None, unit)
