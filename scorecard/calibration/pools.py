"""Invented companies with thousands of cases each: large enough to be taken for the truth.

Samples are drawn from a pool with replacement, so the pool's mean is exactly the truth of the sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from scorecard.calibrated import Kindness
from scorecard.judge.case import judge_case
from scorecard.model import Case, Company
from scorecard.rubric import DIMENSIONS, Dimension, Rubric, Sector
from scorecard.score.observation import Observation, observe, rule_weights
from scorecard.score.tally import Totals, total
from scorecard.simulate.cases import invent_case
from scorecard.simulate.setting import Contributor, Quality, Setting
from scorecard.standards import Standards

AS_OF = date(2026, 6, 30)
FIRST = date(2023, 7, 1)
LEVELS: Mapping[str, tuple[float, ...]] = {
    "low": (0.02, 0.1),
    "middle": (0.25, 0.5, 0.75),
    "high": (0.9, 0.98),
}
"""The true qualities of the invented companies: at both ends of the scale and between."""
COMPANY = Company(slug="invented", name="Invented", sector="telecom", country="NL")
_ZONE = ZoneInfo("Europe/Amsterdam")


class Pool(Struct, frozen=True):
    """All cases of one company of this quality. `watched` are their scores had each been followed to
    its end with every time exact, in the same order."""

    quality: Quality
    sector: str
    observations: tuple[Observation, ...]
    watched: tuple[Mapping[Dimension, float | None], ...]

    def with_score(self, dimension: Dimension) -> list[Observation]:
        """The cases that have a score in the dimension."""
        return [seen for seen in self.observations if seen.scores[dimension] is not None]


def truth(observations: Sequence[Observation], dimension: Dimension) -> float:
    """The mean score of a pool in the dimension: what all its customers together would say."""
    scores = [s for seen in observations if (s := seen.scores[dimension]) is not None]
    return sum(scores) / len(scores)


def even(quality: float) -> Quality:
    """As good in each of the three dimensions."""
    return Quality(quality, quality, quality)


def make_pool(
    quality: Quality, cases: int, rubric: Rubric, seed: str, sector: str = COMPANY.sector
) -> Pool:
    """The pool of a company of this quality; `sector` is only a name, its norms are the rubric's."""
    norms = Sector(name={"en": sector})
    today = Standards(rubric, norms, COMPANY, AS_OF)
    later = Standards(rubric, norms, COMPANY, AS_OF + timedelta(days=3650))
    weights = rule_weights(rubric)
    told, watched = [], []
    for number in range(cases):
        rng = Random(f"{seed}/{number}")
        story = invent_case(rng, quality, setting_of(rng, number))
        judged = judge_case(as_case(story.told, number), today)
        followed = judge_case(as_case(story.full, number), later)
        if judged and followed:
            told.append(observe(judged, rubric, weights))
            watched.append(followed.scores)
    return Pool(quality, sector, tuple(told), tuple(watched))


def setting_of(rng: Random, number: int) -> Setting:
    """A contributor of some diligence, who writes of any day in the three years before `AS_OF`."""
    contributor = Contributor(f"customer-{number}", rng.random())
    return Setting(
        COMPANY.slug,
        COMPANY.sector,
        COMPANY.country,
        ("en", "nl"),
        FIRST,
        AS_OF,
        AS_OF,
        contributor,
    )


def as_case(story: Mapping[str, object], number: int) -> Case:
    """The told story as a case."""
    place = {"company": COMPANY.slug, "slug": f"case-{number}"}
    return Case.model_validate({**story, **place}, context={"zone": _ZONE})


class Sample(Struct, frozen=True):
    """Cases drawn from a pool, and their weights before the caps."""

    observations: tuple[Observation, ...]
    base: tuple[float, ...]


def draw(
    pool: Sequence[Observation], count: int, rng: Random, weights: Sequence[float] | None
) -> Sample:
    """So many cases of the pool, with replacement.

    Without `weights` each counts fully and has a contributor of its own; with them each draws one, whatever
    it says, and a few contributors write much of it.
    """
    chosen = rng.choices(pool, k=count)
    if weights is None:
        seen = [replace(one, case=f"/{i}", contributor=None) for i, one in enumerate(chosen)]
        return Sample(tuple(seen), (1.0,) * count)
    seen = [
        replace(one, case=f"/{i}", contributor=_who(rng, i, count)) for i, one in enumerate(chosen)
    ]
    return Sample(tuple(seen), tuple(rng.choices(weights, k=count)))


def _who(rng: Random, number: int, count: int) -> str:
    """A third of the cases come from a handful of people, however many cases there are."""
    busy = rng.random() < 1 / 3
    return f"busy-{rng.randrange(max(2, count // 10))}" if busy else f"once-{number}"


def site_of(
    pools: Sequence[Pool], rng: Random, companies: int, cases: int, tilt: float
) -> list[Totals]:
    """The totals of the other companies of a site: as many of each quality, with so many cases each."""
    return [
        total(sample.observations, sample.base, tilt)
        for i in range(companies)
        for sample in [draw(pools[i % len(pools)].observations, cases, rng, None)]
    ]


def kindness(pool: Pool) -> list[Kindness]:
    """By how many points coarse times and open ends raise the mean above what watching would have told."""
    rows = []
    for dimension in DIMENSIONS:
        full = [s for scores in pool.watched if (s := scores[dimension]) is not None]
        told = truth(pool.observations, dimension)
        points = round(told - sum(full) / len(full), 2)
        rows.append(
            Kindness(
                what=dimension,
                quality=pool.quality.responsiveness,
                truth=round(told, 2),
                points=points,
            )
        )
    return rows
