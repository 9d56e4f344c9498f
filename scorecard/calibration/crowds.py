"""What a campaign of fabricated cases does to a company with a record, and what an honest outage does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Literal

from msgspec import Struct

from scorecard.calibrated import Crowd
from scorecard.calibration.pools import AS_OF, COMPANY, Pool, as_case, even, setting_of, site_of
from scorecard.judge.case import JudgedCase, judge_case
from scorecard.rubric import Rubric, Sector
from scorecard.score.alike import held_bursts
from scorecard.score.bursts import Arrivals
from scorecard.score.cases import CompanyCases
from scorecard.score.estimate import Others
from scorecard.score.observation import observe, rule_weights
from scorecard.score.standing import standing
from scorecard.score.tally import Totals, add_up
from scorecard.score.weighed import weigh
from scorecard.simulate.campaign import campaign
from scorecard.simulate.cases import invent_case
from scorecard.simulate.crowds import outage
from scorecard.simulate.setting import Account
from scorecard.standards import Standards

RECORD = 50
What = Literal["copied", "paraphrased", "distinct", "outage"]
WHATS: tuple[What, ...] = ("copied", "paraphrased", "distinct", "outage")
QUALITIES = (0.5, 0.75, 0.9)


class _Outcome(Struct, frozen=True):
    """What happened to one company: moves of the overall score in points."""

    moved: float
    unheld: float
    held: bool
    flagged: bool


def crowds(pools: Sequence[Pool], rubric: Rubric, runs: int, seed: int) -> list[Crowd]:
    """The table: campaigns of each skill and outages, on companies of several qualities."""
    others = Others(*[_site(pools, rubric, seed, companies) for companies in (10, 40)])
    added = rubric.burst_cap.campaign
    rows = []
    for what in WHATS:
        outcomes = [
            _one(
                what,
                QUALITIES[run % len(QUALITIES)],
                rubric,
                others,
                f"{seed}/{what}/{run}",
            )
            for run in range(runs)
        ]
        rows.append(
            Crowd(
                what=what,
                cases=RECORD,
                added=added,
                companies=runs,
                moved=round(sum(o.moved for o in outcomes) / runs, 2),
                most=round(max(o.moved for o in outcomes), 2),
                unheld=round(sum(o.unheld for o in outcomes) / runs, 2),
                held=round(100 * sum(o.held for o in outcomes) / runs, 1),
                flagged=round(100 * sum(o.flagged for o in outcomes) / runs, 1),
            )
        )
    return rows


def _site(pools: Sequence[Pool], rubric: Rubric, seed: int, companies: int) -> Totals:
    rng = Random(f"{seed}/crowds/{companies}")
    return add_up(site_of(pools, rng, companies, 12, rubric.interval.tilt))


def _one(what: What, quality: float, rubric: Rubric, others: Others, seed: str) -> _Outcome:
    """One company with its honest record, before and after the crowd."""
    rng = Random(seed)
    honest = [invent_case(rng, even(quality), setting_of(rng, n)) for n in range(RECORD)]
    more = _crowd(rng, what, quality, rubric.burst_cap.campaign)
    today = Standards(rubric, Sector(name={"en": "Invented"}), COMPANY, AS_OF)
    judged = [judge_case(as_case(told.told, n), today) for n, told in enumerate([*honest, *more])]
    before = [j for j in judged[:RECORD] if j]
    after = [j for j in judged if j]
    score, _ = _scored(before, rubric, others)
    then, flags = _scored(after, rubric, others)
    free = rubric.model_copy(
        update={"burst_cap": rubric.burst_cap.model_copy(update={"cases": len(after) + 1})}
    )
    unheld, _ = _scored(after, free, others)
    return _Outcome(abs(then - score), abs(unheld - score), bool(flags), any(flags))


def _crowd(rng: Random, what: What, quality: float, count: int) -> list[Account]:
    day = AS_OF - timedelta(days=rng.randrange(120, 600))
    setting = setting_of(rng, 0)
    if what == "outage":
        return outage(rng, even(quality), setting, day, count)
    return campaign(rng, setting, day, count, what)


def _scored(
    judged: Sequence[JudgedCase], rubric: Rubric, others: Others
) -> tuple[float, list[bool]]:
    """The overall score, and for each burst that was held whether it was flagged."""
    seen = [observe(one, rubric, rule_weights(rubric)) for one in judged]
    now = weigh(COMPANY, seen, rubric, Arrivals.of(seen), AS_OF)
    held = held_bursts(CompanyCases.of(judged, now), rubric)
    overall = standing(now, others, rubric).overall
    return overall.score if overall else 0.0, [burst.flagged for burst in held]
