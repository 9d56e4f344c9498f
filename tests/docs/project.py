"""A copy of the project, to try on it what the documents tell."""

from __future__ import annotations

from pathlib import Path

from benchmarks.copies import copied

_NEEDED = [
    *("scorecard", "templates", "locale", "tests", "docs", "schema", "starter", "content/pages"),
    *(
        "content/site.yaml",
        "content/sectors.yaml",
        "content/rubric.yaml",
        "content/calibration.json",
    ),
    *("pyproject.toml", "babel.cfg", "Makefile", "build.py", ".gitignore"),
]


def copy_of(folder: Path, *also: str) -> Path:
    """The project without its cases and companies, but with what is asked for beside it."""
    return copied((*_NEEDED, *also), folder)
