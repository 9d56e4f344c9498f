"""`check`: every problem in the content, nothing written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from scorecard.commands.common import content_option, counted, jobs_option
from scorecard.commands.report import Sources, as_github, as_json, as_sarif, as_text
from scorecard.errors import ContentError, Problem, UsageError, plain_line
from scorecard.loading import load

HELP = "Tells every problem in the content; writes nothing."
EXAMPLE = "check content/cases/teeling --format github"
_FORMATS: Mapping[str, Callable[[Sequence[Problem], Sources], str]] = {
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="only these files or folders"
    )
    content_option(parser)
    jobs_option(parser)
    parser.add_argument(
        "--format",
        choices=["text", *_FORMATS],
        default="text",
        help="for people, for programs, for the lines of a pull request, or for code scanning",
    )


def run(options: argparse.Namespace) -> int:
    """Checks; 0 without errors, warnings or none."""
    asked: dict[Path, list[Path]] = {}
    for path in options.paths or [options.content]:
        folder = _folder(path, options.content)
        asked.setdefault(folder, []).append(_within(folder, path))
    if len(asked) > 1 and options.format != "text":
        raise UsageError("In this format only paths of one content folder can be told of together.")
    code = 0
    for folder, paths in asked.items():
        problems, summary = check_paths(folder, paths, options.jobs)
        sources = Sources(folder.parent)
        if any(problem.level == "error" for problem in problems):
            code = 1
        if options.format == "text":
            _tell(problems, summary, sources)
        elif problems or options.format != "github":
            print(_FORMATS[options.format](problems, sources))
    return code


def _tell(problems: Sequence[Problem], summary: str, sources: Sources) -> None:
    if problems:
        print(as_text(problems, sources), file=sys.stderr)
    errors = sum(problem.level == "error" for problem in problems)
    told = f"{counted(errors, 'problem')}. Nothing was written." if errors else summary
    stream = sys.stderr if errors else sys.stdout
    if len(problems) > errors:
        print(f"{counted(len(problems) - errors, 'warning')}.", file=stream)
    print(told, file=stream)


def _folder(path: Path, content: Path) -> Path:
    """The content folder that the path is, or lies in."""
    if not path.exists() and not path.is_symlink():
        raise UsageError(f"There is no '{path}'.")
    whole = path.absolute()
    for folder in (whole, *whole.parents):
        if (folder / "site.yaml").exists() or folder == content.absolute():
            return folder.resolve()
    raise UsageError(f"'{path}' lies in no content folder: none above it holds a site.yaml.")


def _within(folder: Path, path: Path) -> Path:
    """Where the path lies; a link that it ends in is not followed. Raises UsageError outside the folder."""
    place = path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name
    if place != folder and folder not in place.parents:
        raise UsageError(f"'{path}' leads out of the content folder '{folder.name}'.")
    return place


def check_paths(folder: Path, paths: Sequence[Path], jobs: int = 1) -> tuple[list[Problem], str]:
    """The problems in these paths of a content folder, and what to say where there are none."""
    root = Path(plain_line(str(folder.parent)))
    named = [Path(plain_line(str(path))) for path in paths]  # as problems name them

    def inside(problems: Iterable[Problem]) -> list[Problem]:
        return [p for p in problems if _concerns(root / p.file, named)]

    try:
        content = load(folder, jobs)
    except ContentError as error:
        found = inside((*error.problems, *error.warnings))
        return found, f"No problems here; {len(error.problems)} elsewhere in {folder.name}/."
    cases = counted(len(content.cases), "case")
    companies = counted(len(content.companies), "company", "companies")
    return inside(content.warnings), f"No problems: {cases}, {companies}."


def _concerns(place: Path, paths: Sequence[Path]) -> bool:
    return any(place.is_relative_to(path) for path in paths)
