"""`build`: content → site."""

from __future__ import annotations

import argparse

from scorecard.commands.common import settings, site_options
from scorecard.kept import forget, tidy
from scorecard.pipeline import build

HELP = "Makes the site from the content."
EXAMPLE = "build --out site --as-of today --base-url https://example.org/"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    site_options(parser)
    parser.add_argument(
        "--clean", action="store_true", help="make everything anew, without what was kept"
    )


def run(options: argparse.Namespace) -> int:
    """Builds and says where to look."""
    if options.clean:
        forget()
    built = build(settings(options))
    tidy()
    cases = sum(len(r.cases.cases) for r in built.scorecard.companies.values())
    print(
        f"{cases:,} cases, {len(built.scorecard.companies):,} companies, "
        f"as of {built.scorecard.as_of}: {built.files:,} files in {options.out}/"
    )
    for slug, result in built.scorecard.companies.items():
        for held in result.held:
            if held.flagged:
                burst = held.burst
                print(
                    f"Editors, please look: {len(burst.cases)} cases of {slug} from {burst.start} on."
                )
    if built.no_search:
        print(f"The site has no search: {built.no_search}.")
    print("Look at it with: python build.py serve")
    return 0
