"""`check`: every problem in the content, nothing written."""

from __future__ import annotations

import argparse
from pathlib import Path

from scorecard.commands.common import content_option
from scorecard.errors import ContentError, UsageError
from scorecard.load.content import load_content

HELP = "Tells every problem in the content; writes nothing."
EXAMPLE = "check content/cases/teeling"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="only these files or folders"
    )
    content_option(parser)
    parser.add_argument("--format", choices=["text"], default="text", help="how to tell")


def run(options: argparse.Namespace) -> int:
    """Checks; 0 without problems."""
    for path in options.paths:
        if not path.exists():
            raise UsageError(f"There is no '{path}'.")
    try:
        content = load_content(options.content)
    except ContentError as error:
        problems = [p for p in error.problems if _asked(p.file, options.paths, options.content)]
        if problems:
            raise ContentError(problems) from None
        print(f"No problems here; {len(error.problems)} elsewhere in {options.content}/.")
        return 0
    print(f"No problems: {len(content.cases):,} cases, {len(content.companies):,} companies.")
    return 0


def _asked(file: str, paths: list[Path], content: Path) -> bool:
    if not paths:
        return True
    place = content.resolve().parent / file
    return any(place == path.resolve() or path.resolve() in place.parents for path in paths)
