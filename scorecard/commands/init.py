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
    told = "a new folder, or one without content/, like a fresh repository"
    parser.add_argument("folder", type=Path, metavar="DIR", help=told)


def run(options: argparse.Namespace) -> int:
    """Writes it and says what to do next. Raises UsageError where content is there already."""
    folder: Path = options.folder
    content, out = folder / "content", folder / "site"
    refuse_filled(content if folder.is_dir() else folder)
    for source in sorted(path for path in STARTER.rglob("*") if path.is_file()):
        target = content / source.relative_to(STARTER)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    print(
        f"A new site. Its name and address stand in {content / 'site.yaml'}.\n"
        f"Build it with: {COMMAND} build --content '{content}' --out '{out}'\n"
        f"See it while you write: {COMMAND} serve --content '{content}' --out '{out}'"
    )
    return 0
