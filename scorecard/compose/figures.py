"""Every figure that is published about a company, a sector or a case, by the id of its place on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from scorecard.compose.charts.chart import DIMENSION_NAMES, OVERALL
from scorecard.edition import FrozenOwner
from scorecard.judge.case import JudgedCase
from scorecard.judge.finding import Reason, say
from scorecard.rounding import effort, points, share, time
from scorecard.rubric import DIMENSIONS
from scorecard.score.company import CompanyResult
from scorecard.score.costs import Effort
from scorecard.score.estimate import Score
from scorecard.score.scorecard import SectorResult
from scorecard.site import Content

Unit = Literal["points", "share", "working-hours", "days", "ces", "grade", "contacts"]
"""Points are 0…100, a share is 0…1, a CES −100…100."""

_NONE = (None, None, None)


class Figure(Struct, frozen=True):
    """A published figure. `value` None: there is none yet. It rests on so many `cases`."""

    id: str
    name: Reason
    unit: Unit
    value: float | str | None
    low: float | None = None
    high: float | None = None
    cases: int | None = None


def by_id(figures: Iterable[Figure]) -> dict[str, Figure]:
    """The figures by the ids of their places."""
    return {figure.id: figure for figure in figures}


def company_figures(result: CompanyResult) -> list[Figure]:
    """What is published about a company, the verdict first; the same ids for each company."""
    return list(_company(result))


def sector_figures(result: SectorResult) -> list[Figure]:
    """What is published about a sector: its means and its Customer Effort Score."""
    means = [
        _points(
            d, say("{dimension}: mean of the sector", dimension=DIMENSION_NAMES[d]), result.means[d]
        )
        for d in DIMENSIONS
    ]
    return [*means, _effort(result.effort)]


def case_figures(judged: JudgedCase) -> list[Figure]:
    """What is published about a case: its three scores, and the contacts that could have been avoided."""
    scores = [_points(d, DIMENSION_NAMES[d], judged.scores[d]) for d in DIMENSIONS]
    avoidable = len(judged.reading.avoidable)
    return [*scores, Figure("fig-avoidable", say("Avoidable contacts"), "contacts", avoidable)]


def frozen_company(content: Content, slug: str) -> FrozenOwner | None:
    """A company as the newest edition has it; None where there is no edition of it."""
    if not content.editions:
        return None
    newest = content.editions[0]
    known = newest.slug_of(content.companies[slug].slugs)
    return newest.companies[known] if known else None


def frozen_sector(content: Content, slug: str) -> FrozenOwner | None:
    """A sector as the newest edition has it; None where there is no edition of it."""
    return content.editions[0].sectors.get(slug) if content.editions else None


def _company(result: CompanyResult) -> Iterator[Figure]:
    of = len(result.cases.cases)
    yield Figure("fig-grade", say("Grade"), "grade", result.grade, cases=of)
    yield _score("overall", OVERALL, result.overall)
    for dimension in DIMENSIONS:
        yield _score(dimension, DIMENSION_NAMES[dimension], result.scores[dimension])
    reply, back = result.reply_time, result.money_back
    yield _time(
        "fig-reply-time",
        say("Time to a human answer"),
        "working-hours",
        (reply.hours.median, *reply.hours.median_interval) if reply else _NONE,
    )
    yield _share(
        "fig-within-norm",
        say("Answered within the norm"),
        *((reply.within_norm, reply.within_low, reply.within_high) if reply else _NONE),
    )
    yield _time(
        "fig-money-back",
        say("Days until the money is back"),
        "days",
        (back.days.median, *back.days.median_interval) if back else _NONE,
    )
    yield _share(
        "fig-within-term",
        say("Money back within the term"),
        *((back.within_term, back.within_low, back.within_high) if back else _NONE),
    )
    yield _effort(result.effort)
    yield _share("fig-flawless", say("Handled without one fault"), result.flawless, cases=of)
    yield _share("fig-known", say("Known of what the method asks"), result.known, cases=of)
    avoidable = result.costs.avoidable_contacts
    yield Figure("fig-avoidable", say("Avoidable contacts"), "contacts", avoidable, cases=of)


def _score(part: str, name: Reason, score: Score | None) -> Figure:
    if score is None:
        return Figure(f"fig-{part}", name, "points", None)
    value, low, high = (points(v) for v in (score.score, score.low, score.high))
    return Figure(f"fig-{part}", name, "points", value, low, high, score.cases)


def _points(part: str, name: Reason, value: float | None) -> Figure:
    return Figure(f"fig-{part}", name, "points", points(value))


def _effort(found: Effort) -> Figure:
    score, low, high = (effort(end) for end in (found.score, found.low, found.high))
    return Figure("fig-ces", say("Customer Effort Score"), "ces", score, low, high, found.answers)


def _time(
    id_: str, name: Reason, unit: Unit, found: tuple[float | None, float | None, float | None]
) -> Figure:
    value, low, high = map(time, found)
    return Figure(id_, name, unit, value, low, high)


def _share(
    id_: str,
    name: Reason,
    value: float | None,
    low: float | None = None,
    high: float | None = None,
    cases: int | None = None,
) -> Figure:
    return Figure(id_, name, "share", share(value), share(low), share(high), cases)
