"""`bench`: how long builds of invented towns take, by stage and beside other generators."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from scorecard.commands.common import jobs_option, today, whole_number
from scorecard.errors import UsageError

HELP = "Times builds of invented towns: by stage, as a whole, and beside other generators."
EXAMPLE = "bench --cases 2000,20000 --runs 1"
_NUMBER = whole_number(1_000_000)


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    jobs_option(parser)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the towns (1)")
    parser.add_argument(
        "--cases",
        type=_sizes,
        default=[200, 2000],
        metavar="N,N",
        help="how many cases each town has (200,2000)",
    )
    parser.add_argument(
        "--languages",
        type=lambda text: text.split(","),
        default=["en"],
        metavar="LANG,LANG",
        help="in which languages the sites are made: en, nl or both (en)",
    )
    parser.add_argument(
        "--runs", type=_NUMBER, default=3, metavar="N", help="how often each is measured (3)"
    )
    parser.add_argument(
        "--alone", action="store_true", help="without the other generators beside ours"
    )
    parser.add_argument(
        "--save", action="store_true", help="write it into docs/speed.md and docs/scale.md as well"
    )


def run(options: argparse.Namespace) -> int:
    """Measures, tells, and leaves nothing but what is to be saved. Raises UsageError without its packages."""
    try:
        from benchmarks import report, suite  # no part of the site, with packages of their own
    except ModuleNotFoundError as error:
        raise UsageError(
            f"bench needs the package {error.name}, which is not installed; make bench installs it."
        ) from error
    plan = suite.Plan(
        options.cases,
        options.runs,
        options.jobs,
        options.seed,
        not options.alone,
        options.languages,
    )
    folder = Path(tempfile.mkdtemp(prefix="scorecard-bench-"))
    try:
        found = suite.measure(plan, folder, lambda text: print(text, flush=True))
    finally:
        suite.clean(folder)
    told = report.speed(found, plan, today())
    print(told, end="")
    if options.save:
        report.save(told, found, plan, today())
    return 0


def _sizes(text: str) -> list[int]:
    return sorted({_NUMBER(one) for one in text.split(",")})
