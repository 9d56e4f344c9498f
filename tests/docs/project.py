"""A copy of the project, to try on it what the documents tell."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import BEING_WRITTEN, ROOT

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
    unwanted = shutil.ignore_patterns(*BEING_WRITTEN, "node_modules")
    for name in (*_NEEDED, *also):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=unwanted)
        else:
            shutil.copy(ROOT / name, target)
    return folder
