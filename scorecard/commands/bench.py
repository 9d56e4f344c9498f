"""`bench`: how long scoring takes on an invented town, stage by stage."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import TypeVar

from scorecard.collecting import no_collecting
from scorecard.commands.common import content_option, jobs_option
from scorecard.loading import load
from scorecard.model import Case, Company
from scorecard.score.scorecard import (
    judge_all,
    look_into_all,
    newest_date,
    stand_all,
    trend_all,
    weigh_all,
)
from scorecard.simulate.world import invent_world
from scorecard.site import Content

HELP = "Times the scoring of an invented town, stage by stage, without reading or writing a file."
EXAMPLE = "bench --companies 2000 --cases 20000"
_LOOPS = 2_000_000

T = TypeVar("T")


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    content_option(parser)
    jobs_option(parser)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the town (1)")
    parser.add_argument(
        "--companies", type=int, default=2000, metavar="N", help="how many companies (2,000)"
    )
    parser.add_argument(
        "--cases", type=int, default=20_000, metavar="N", help="how many cases in all (20,000)"
    )


def run(options: argparse.Namespace) -> int:
    """Times each stage, and a plain loop beside it: machines differ, and ratios travel."""
    town = _town(
        load(options.content, options.jobs), options.seed, options.companies, options.cases
    )
    as_of = newest_date(town)
    unit, _ = _timed(lambda: sum(n % 7 for n in range(_LOOPS)))
    judging, judged = _timed(lambda: judge_all(town, as_of))
    weighing, now = _timed(lambda: weigh_all(town, judged, as_of))
    standing, standings = _timed(lambda: stand_all(now, town))
    looking, _ = _timed(lambda: look_into_all(now, standings, judged, {}, town, options.jobs))
    trending, _ = _timed(lambda: trend_all(town, judged, as_of, options.jobs))
    print(
        f"{len(town.cases):,} cases of {len(town.companies):,} companies, by {options.jobs} processes"
    )
    print(f"{'stage':<36} {'seconds':>8} {'loops':>8}")
    for name, seconds in [
        ("judge: every rule on every case", judging),
        ("score: weigh and add up", weighing),
        ("score: scores, intervals, grades", standing),
        ("score: rules, waits, fragility, ranks", looking),
        ("score, together", weighing + standing + looking),
        (f"trend: {town.rubric.trend.months} month ends, judged anew", trending),
    ]:
        print(f"{name:<36} {seconds:>8.2f} {seconds / unit:>8.1f}")
    print(f"A loop: {_LOOPS:,} additions in {unit:.3f} s.")
    return 0


def _town(content: Content, seed: int, companies: int, cases: int) -> Content:
    """The content with the invented companies and cases in the place of its own."""
    world, zone = invent_world(seed, companies, cases), {"zone": content.site.zone}
    invented = [
        Case.model_validate(
            {**case.told.told, "company": case.company, "slug": case.slug}, context=zone
        )
        for case in world.cases()
    ]
    files = {
        company.slug: Company.model_validate({**company.file, "slug": company.slug}, context=zone)
        for company in world.companies
    }
    return replace(
        content, companies=files, cases=tuple(sorted(invented, key=lambda case: case.id))
    )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds, and what came out. As in a build, nothing looks for rings of garbage between the stages."""
    with no_collecting():
        start = perf_counter()
        found = work()
        return perf_counter() - start, found
