"""`demo`: an invented content folder, to look at and to test with."""

from __future__ import annotations

import argparse
from pathlib import Path

from scorecard.commands.common import counted, refuse_filled, whole_number
from scorecard.errors import UsageError
from scorecard.places import COMMAND
from scorecard.simulate.world import invent_world
from scorecard.simulate.writing import write_world

HELP = "Writes a content folder of invented companies and cases, to look at and to test with."
EXAMPLE = "demo /tmp/invented --seed 1 --companies 40 --cases 600"
_NUMBER = whole_number(1_000_000)


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same seed, the same world (1)"
    )
    parser.add_argument(
        "--companies", type=_NUMBER, default=40, metavar="N", help="how many companies (40)"
    )
    parser.add_argument(
        "--cases", type=_NUMBER, default=600, metavar="N", help="how many cases in all (600)"
    )


def run(options: argparse.Namespace) -> int:
    """Writes the world and says what is in it."""
    if options.cases < options.companies:
        raise UsageError(
            f"{options.cases} cases are too few for {options.companies} companies: each has one at least."
        )
    refuse_filled(options.folder)
    written = write_world(
        invent_world(options.seed, options.companies, options.cases), options.folder
    )
    print(
        f"{counted(written.cases, 'invented case')} of {counted(written.companies, 'company', 'companies')} "
        f"in {options.folder}/; "
        f"{written.outage:,} after outages, {written.campaign:,} of campaigns."
    )
    print("The truth about them stands in .truth.json, which no build reads.")
    print(f"Look at it with: {COMMAND} serve --content {options.folder}")
    return 0
