"""`edition`: freezes today's scores, so that they can be cited."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from scorecard.commands.common import (
    as_of_option,
    base_url_option,
    content_option,
    counted,
    jobs_option,
)
from scorecard.commands.git import GitError, git
from scorecard.edition import NAME, Freeze
from scorecard.errors import UsageError
from scorecard.fields import kept_by_windows
from scorecard.pipeline import freeze
from scorecard.settings import Settings

HELP = "Freezes the scores of a day as an edition, which every later build publishes unchanged."
EXAMPLE = "edition 2026-Q3 --as-of 2026-09-30"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("name", type=_name, metavar="NAME", help="what to call it, like 2026-Q3")
    content_option(parser)
    as_of_option(parser)
    base_url_option(parser)
    jobs_option(parser)


def run(options: argparse.Namespace) -> int:
    """Freezes, and says what to do next."""
    commit, doubt = _commit(options.content)
    settings = Settings(options.content, Path(), options.as_of, options.base_url, options.jobs)
    archive, files = freeze(settings, Freeze(options.name, commit))
    print(f"{archive}: {counted(files, 'file')}, {archive.stat().st_size / 1e6:.1f} MB.")
    if doubt:
        print(doubt)
    print("Commit it; from then on every build publishes it as it is.")
    return 0


def _commit(content: Path) -> tuple[str | None, str]:
    """The commit that the content is exactly, or None and why there is none."""
    if not content.is_dir():
        raise UsageError(f"There is no content folder '{content}'.")
    try:
        changed = git(content, "status", "--porcelain", "--", ".").strip()
        commit = git(content, "rev-parse", "--verify", "HEAD").decode().strip()
    except GitError:
        return None, "It names no commit: the content is not in a git repository."
    if changed:
        return None, "It names no commit: the content has changes that are not committed yet."
    return commit, ""


def _name(text: str) -> str:
    if not re.fullmatch(NAME, text) or kept_by_windows(text):
        raise argparse.ArgumentTypeError(
            f"'{text}' is no name like 2026-Q3: letters, digits and single hyphens"
        )
    return text
