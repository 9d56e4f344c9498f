"""`diff`: how the scores change against another state of the content."""

from __future__ import annotations

import argparse
import io
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from scorecard.commands.common import as_of_option, content_option, jobs_option
from scorecard.commands.effect_text import as_json, as_markdown, as_text
from scorecard.commands.git import GitError, git
from scorecard.errors import ContentError, UsageError
from scorecard.loading import load
from scorecard.score.effects import Effect, effect
from scorecard.score.scorecard import newest_date
from scorecard.site import Content

HELP = "Tells what the content does to the scores, compared with an earlier state of it."
EXAMPLE = "diff origin/main --format markdown"
_FORMATS: Mapping[str, Callable[[Effect], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("base", metavar="BASE", help="a git revision, or a content folder")
    content_option(parser)
    as_of_option(parser)
    jobs_option(parser)
    parser.add_argument("--format", choices=[*_FORMATS], default="text", help="how to tell")


def run(options: argparse.Namespace) -> int:
    """Compares, and prints what changes."""
    after = load(options.content, options.jobs)
    with _base(options.base, options.content) as folder:
        before = _loaded(folder, options.base, options.jobs)
    as_of = options.as_of or max(newest_date(before), newest_date(after))
    print(_FORMATS[options.format](effect(before, after, as_of)), end="")
    return 0


def _loaded(folder: Path, base: str, jobs: int) -> Content:
    try:
        return load(folder, jobs)
    except ContentError as error:
        first = error.problems[0] if error.problems else ""
        raise UsageError(
            f"The content of '{base}' has problems of its own, so that nothing can be compared "
            f"with it. The first: {first}"
        ) from None


@contextmanager
def _base(base: str, content: Path) -> Iterator[Path]:
    """The content folder to compare with: the one of that name, or as a git revision has it."""
    if Path(base).is_dir():
        yield Path(base)
        return
    if not content.is_dir():
        raise UsageError(f"There is no content folder '{content}'.")
    top = Path(_git(content, "rev-parse", "--show-toplevel").decode().strip())
    commit = _git(
        content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}"
    ).decode().strip()  # fmt: skip
    path = content.resolve().relative_to(top.resolve()).as_posix()
    archive = _git(top, "archive", "--format=tar", commit, "--", path)
    with tempfile.TemporaryDirectory() as folder:
        _unpack(archive, Path(folder))
        yield Path(folder) / path


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        return git(folder, *arguments)
    except GitError as error:
        why = f" ({error})" if str(error) else ""
        raise UsageError(
            f"BASE is neither a folder nor a revision that git knows here{why}."
        ) from None


def _unpack(archive: bytes, folder: Path) -> None:
    """The plain files of the archive; links and whatever leads out of the folder are left out."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            data = tar.extractfile(member) if member.isfile() else None
            if data is None or name.is_absolute() or ".." in name.parts or "\\" in member.name:
                continue
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.read())
