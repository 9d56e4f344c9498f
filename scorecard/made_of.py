"""All that a site is made of, as one hash, and the state of a folder as another; nothing dear is imported.

With both, a build knows that it would only make again what is there already.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from scorecard.places import PACKAGE, PROJECT
from scorecard.settings import Settings

OWN = (
    "scorecard",
    "templates",
    "locale",
    "docs/case-template.yaml",
    "content/rubric.yaml",
    "content/calibration.json",
)
"""All of the project that a site is made with: files and folders, by their places in it."""


def made_of(settings: Settings) -> bytes:
    """The SHA-256 of the settings, the code, the templates, the packages, and the state of the content.

    Raises OSError where something cannot be read.
    """
    told = repr((settings.as_of, settings.base_url)).encode()
    return hashlib.sha256(told + code() + state(settings.content)).digest()


def code() -> bytes:
    """The SHA-256 of all that makes a site and is no content: code, templates and packages."""
    told = repr((sys.version, sorted(_packages()))).encode()
    return hashlib.sha256(told + _digest(map(_here, OWN))).digest()


def _here(own: str) -> Path:
    return PACKAGE if own == PACKAGE.name else PROJECT / own


def _digest(places: Iterable[Path]) -> bytes:
    """Of the names and texts of all files in these places."""
    whole = hashlib.sha256()
    for place in places:
        begin = len(os.fspath(place))
        for path in _files(place):
            name = os.fsencode(path[begin:])
            data = b""
            if os.path.isfile(path):  # noqa: PTH113 - a Path for each of hundreds costs as much as the rest
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
                    data = file.read()
            whole.update(hashlib.sha256(name).digest() + hashlib.sha256(data).digest())
        whole.update(b"\0")
    return whole.digest()


def state(folder: Path) -> bytes:
    """The SHA-256 of what a file system tells of all files in a folder: another one after any change.

    It is the names, sizes and both dates, of which nobody can set the second: reading tens of
    thousands of files would take longer than all else that there is to do where nothing changed.
    """
    whole = hashlib.sha256()
    folders = [os.fspath(folder)] if folder.is_dir() else []
    while folders:
        with os.scandir(folders.pop()) as found:
            entries = sorted(found, key=attrgetter("name"))
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            stat = entry.stat(follow_symlinks=False)
            told = (entry.path, stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
            whole.update(repr(told).encode("utf-8", "surrogateescape"))
    return whole.digest()


def _files(place: Path) -> Iterator[str]:
    """The files of a folder, or the file itself, in the order of their names; no compiled code."""
    if place.is_file():
        yield os.fspath(place)
    for folder, inner, names in os.walk(place):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        yield from (f"{folder}{os.sep}{name}" for name in sorted(names))


def _packages() -> Iterator[str]:
    """The installed packages, by the names of the folders that name their versions."""
    for place in map(Path, sys.path):
        if place.is_dir():
            yield from (path.name for path in place.iterdir() if path.suffix == ".dist-info")
