"""`calibrate`: tries the method on invented companies whose truth is known, and on the real cases."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from scorecard.calibrated import FILE, Calibration
from scorecard.calibration.run import Effort, calibrate
from scorecard.commands.common import content_option, jobs_option
from scorecard.pipeline import read
from scorecard.settings import Settings

HELP = "Measures how well intervals, scores and caps do where the truth is known, and prints the tables."
EXAMPLE = "calibrate --seed 1 --save"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    content_option(parser)
    jobs_option(parser)
    whole = Effort()
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of all that is drawn (1)")
    parser.add_argument(
        "--runs",
        type=int,
        default=whole.runs,
        metavar="N",
        help=f"samples for each figure of coverage ({whole.runs:,}); fewer are quicker and rougher",
    )
    parser.add_argument(
        "--save", action="store_true", help=f"keep the tables in {FILE}, for the methodology page"
    )


def run(options: argparse.Namespace) -> int:
    """Calibrates and prints."""
    content, scorecard = read(Settings(options.content, Path()))
    whole = Effort()
    part = min(1.0, options.runs / whole.runs)
    effort = Effort(
        max(200, int(whole.pool * part)),
        options.runs,
        max(20, int(whole.crowds * part)),
        each=max(50, int(whole.each * part)),
    )
    real = [
        (result.company.sector, result.cases.weighed.seen)
        for result in scorecard.companies.values()
    ]
    found = calibrate(content.rubric, real, options.seed, effort, options.jobs)
    print("\n".join(tables(found)))
    if options.save:
        target = options.content / FILE
        target.write_text(found.model_dump_json(indent=1) + "\n", "utf-8")
        print(f"\nKept in {target}.")
    return 0


def tables(found: Calibration) -> Iterator[str]:
    """All tables as lines."""
    yield f"Method {found.method}, seed {found.seed}, {found.runs:,} samples for each figure.\n"
    yield f"Coverage: how often the {found.level:.0%} interval holds the truth, percent (mean width)"
    yield from _coverage(found)
    yield "\nError of the mean and of the score, root mean square, points"
    errors = sorted(found.errors, key=lambda row: (row.data, row.what, row.cases))
    for (data, what), rows in groupby(errors, lambda row: (row.data, row.what)):
        cells = [f"{r.cases:>3}: {r.raw:5.1f} → {r.shrunk:5.1f}" for r in rows]
        yield f"  {data:<11} {what:<16} " + "   ".join(cells)
    yield "\nCrowds: what many cases at once do to a company with a record"
    for crowd in found.crowds:
        yield (
            f"  {crowd.what:<12} {crowd.added} on {crowd.cases}: moves {crowd.moved:4.1f} on average, "
            f"{crowd.most:4.1f} at most (uncapped {crowd.unheld:4.1f}); "
            f"held {crowd.held:5.1f}%, flagged {crowd.flagged:5.1f}% of {crowd.companies}"
        )
    yield "\nKindness: what coarse times and open ends add, points, at the true score"
    kindness = sorted(found.kindness, key=lambda k: (k.what, k.quality))
    for what, kind in groupby(kindness, lambda k: k.what):
        yield f"  {what:<16} " + "   ".join(f"{k.truth:5.1f}: {k.points:+4.1f}" for k in kind)


def _coverage(found: Calibration) -> Iterator[str]:
    for (what, weights), group in groupby(found.coverage, lambda row: (row.what, row.weights)):
        yield f"  {what}, {weights} weights"
        for cases, rows in groupby(group, lambda row: row.cases):
            cells = [
                f"{r.end:>6} {r.covered:5.1f} [{r.lowest:4.1f}–{r.highest:4.1f}] ({r.width:4.1f})"
                for r in rows
            ]
            yield f"    {cases:>3} cases  " + "   ".join(cells)
