"""Parts of the project in another folder, to change them or to run them there."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1]
_LEFT_OUT = shutil.ignore_patterns("*.pyc.*", "node_modules")
"""Code that another process is just compiling, and what npm has installed. What is compiled comes along."""


def copied(names: Iterable[str], folder: Path) -> Path:
    """The folder, with these files and folders of the project in it, at the places that they have there."""
    for name in names:
        source, target = _PROJECT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=_LEFT_OUT)
        else:
            shutil.copy(source, target)
    return folder
