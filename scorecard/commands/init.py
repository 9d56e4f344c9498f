"""`init`: a new site, ready to build, with one invented case to show the form."""

from __future__ import annotations

import argparse
from pathlib import Path

from scorecard.commands.common import refuse_filled
from scorecard.places import COMMAND, STARTER

HELP = "Writes the content of a new site, with an invented case to show the form."
EXAMPLE = "init my-scorecard"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")


def run(options: argparse.Namespace) -> int:
    """Writes it and says what to do next. Raises UsageError where the folder holds anything."""
    folder: Path = options.folder
    refuse_filled(folder)
    content, out = folder / "content", folder / "site"
    for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        target = content / source.relative_to(STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    print(
        f"A new site in {folder}/. Its name and address stand in {content}/site.yaml.\n"
        f"Build it with: {COMMAND} build --content '{content}' --out '{out}'\n"
        f"See it while you write: {COMMAND} serve --content '{content}' --out '{out}'"
    )
    return 0
