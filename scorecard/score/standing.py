"""A company's cases beside all others → its scores and its grade on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from math import fsum

from msgspec import Struct

from scorecard.model import Company
from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.bursts import Arrivals
from scorecard.score.estimate import Others, Score, band, enough_cases, estimate, overall
from scorecard.score.observation import Observation
from scorecard.score.tally import Totals, add_up
from scorecard.score.weighed import Weighed, weigh


class Standing(Struct, frozen=True):
    """The scores of a company on one day. `known`: the share of what the rules ask that is known, 0…1."""

    scores: Mapping[Dimension, Score | None]
    overall: Score | None
    grade: str | None
    known: float


class Snapshot(Struct, frozen=True, dict=True):
    """All companies on one day, weighed, with the totals of each sector and of everyone."""

    companies: Mapping[str, Weighed]
    sectors: Mapping[str, Totals]
    everyone: Totals
    arrivals: Arrivals

    @cached_property
    def others(self) -> dict[str, Others]:
        """What each company is compared with, without itself."""
        return {
            slug: Others(self.sectors[own.company.sector] - own.totals, self.everyone - own.totals)
            for slug, own in self.companies.items()
        }


def snapshot(
    companies: Mapping[str, Company],
    observations: Mapping[str, Sequence[Observation]],
    rubric: Rubric,
    as_of: date,
) -> Snapshot:
    """The observations of every company on one day, weighed and added up."""
    arrivals = Arrivals.of(seen for own in observations.values() for seen in own)
    weighed = {
        slug: weigh(companies[slug], own, rubric, arrivals, as_of)
        for slug, own in observations.items()
    }
    of_sector: dict[str, list[Totals]] = {}
    for cases in weighed.values():
        of_sector.setdefault(cases.company.sector, []).append(cases.totals)
    return Snapshot(
        weighed,
        {slug: add_up(totals) for slug, totals in of_sector.items()},
        add_up(cases.totals for cases in weighed.values()),
        arrivals,
    )


def standing(cases: Weighed, others: Others, rubric: Rubric) -> Standing:
    """The company's scores, and its grade where its cases are enough."""
    return judge_totals(cases.totals, others, cases.seen, cases.weights, rubric)


def judge_totals(
    totals: Totals,
    others: Others,
    seen: Sequence[Observation],
    weights: Sequence[float],
    rubric: Rubric,
) -> Standing:
    """The scores that these totals of weighed observations make."""
    scores = {d: estimate(totals, others, d, rubric) for d in DIMENSIONS}
    scored = [w for one, w in zip(seen, weights, strict=True) if one.scored]
    total = overall(scores, totals, others, len(scored), fsum(scored), rubric)
    known = known_share(seen, weights)
    return Standing(scores, total, grade(total, known, rubric), known)


def known_share(observations: Sequence[Observation], weights: Sequence[float]) -> float:
    """How much of what the rules ask is known, 0…1: unknown answers count, inapplicable ones do not.

    Weighed by the cases, the rules and the dimensions, as the scores are.
    """
    asked = fsum([w * seen.asked for seen, w in zip(observations, weights, strict=True)])
    known = fsum([w * seen.known for seen, w in zip(observations, weights, strict=True)])
    return known / asked if asked else 0.0


def grade(total: Score | None, known: float, rubric: Rubric) -> str | None:
    """The grade of an overall score, where enough is known."""
    if total is None or not enough_cases(total, rubric) or known < rubric.too_few.known:
        return None
    return band(total.score, rubric.grades)
