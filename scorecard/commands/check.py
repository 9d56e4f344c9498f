"""`check`: every problem in the content, nothing written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from scorecard.commands.common import content_option
from scorecard.errors import ContentError, Problem, UsageError
from scorecard.pipeline import load

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
    asked: dict[Path, list[Path]] = {}
    for path in options.paths or [options.content]:
        asked.setdefault(_folder(path, options.content), []).append(
            path.parent.resolve() / path.name
        )
    problems: list[Problem] = []
    told: list[str] = []
    for folder, paths in asked.items():
        found, summary = check_paths(folder, paths)
        problems += found
        told.append(summary)
    if problems:
        raise ContentError(problems)
    print("\n".join(told))
    return 0


def _folder(path: Path, content: Path) -> Path:
    """The content folder that the path is, or lies in."""
    if not path.exists() and not path.is_symlink():
        raise UsageError(f"There is no '{path}'.")
    whole = path.absolute()
    for folder in (whole, *whole.parents):
        if (folder / "site.yaml").exists() or folder == content.absolute():
            return folder.resolve()
    raise UsageError(f"'{path}' lies in no content folder: none above it holds a site.yaml.")


def check_paths(folder: Path, paths: Sequence[Path]) -> tuple[list[Problem], str]:
    """The problems in these paths of a content folder, and what to say where there are none."""
    try:
        content = load(folder)
    except ContentError as error:
        inside = [p for p in error.problems if _concerns(folder.parent / p.file, paths)]
        return inside, f"No problems here; {len(error.problems)} elsewhere in {folder.name}/."
    cases, companies = len(content.cases), len(content.companies)
    return [], f"No problems: {cases:,} cases, {companies:,} companies."


def _concerns(place: Path, paths: Sequence[Path]) -> bool:
    return any(place == path or path in place.parents for path in paths)
