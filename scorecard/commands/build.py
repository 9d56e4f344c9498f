"""`build`: content → site."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from scorecard.commands.common import cluster, counted, executor_option, settings, site_options
from scorecard.kept import Kept, forget, tidy
from scorecard.made_of import made_of, state
from scorecard.places import COMMAND
from scorecard.publish.folder import untouched
from scorecard.settings import Settings

if TYPE_CHECKING:
    from scorecard.pipeline import Built

HELP = "Makes the site from the content."
EXAMPLE = "build --out site --as-of today --base-url https://example.org/"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    site_options(parser)
    executor_option(parser)
    parser.add_argument(
        "--clean", action="store_true", help="make everything anew, without what was kept"
    )


def run(options: argparse.Namespace) -> int:
    """Builds and says where to look; where everything is as the last build left it, that is all it says."""
    if options.clean:
        forget()
    wanted = settings(options)
    builds = Kept("build", [])
    made = _ingredients(wanted)
    told = _told(builds, made, wanted)
    if told is not None:
        print(f"{told.decode()}\nNothing has changed since.")
        return 0
    from scorecard.pipeline import build  # takes as long to import as all of the above to run

    with cluster(options) as found:
        built = build(replace(wanted, cluster=found))
    text = "\n".join(_said(built, wanted))
    print(text)
    if made and made == _ingredients(wanted):
        builds.keep([*made, built.left], text.encode())
    tidy()
    return 0


def _told(builds: Kept, made: list[bytes], wanted: Settings) -> bytes | None:
    """What the build said that left the folder as it is now, of the same content; None where none did."""
    if not made or not untouched(wanted.out):
        return None
    try:
        return builds.known([*made, state(wanted.out)])
    except OSError:  # another build has just put a new site there
        return None


def _ingredients(wanted: Settings) -> list[bytes]:
    """What the site in the folder is made of; nothing where that cannot be told."""
    try:
        return [os.fsencode(wanted.out.absolute()), made_of(wanted)]
    except OSError:
        return []


def _said(built: Built, wanted: Settings) -> Iterator[str]:
    cases = sum(len(r.cases.cases) for r in built.scorecard.companies.values())
    companies = counted(len(built.scorecard.companies), "company", "companies")
    yield (
        f"{counted(cases, 'case')}, {companies}, as of {built.scorecard.as_of}: "
        f"{counted(built.files, 'file')} in {wanted.out}/"
    )
    for slug, result in built.scorecard.companies.items():
        for held in result.held:
            if held.flagged:
                burst = held.burst
                yield f"Editors, please look: {len(burst.cases)} cases of {slug} from {burst.start} on."
    if built.no_search:
        yield f"The site has no search: {built.no_search}."
    yield f"Look at it with: {COMMAND} serve"
