"""The whole project in a folder of its own, on a machine that is told what to be like, and what it builds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from benchmarks.copies import copied
from scorecard.made_of import OWN

_UNORDERED = """\
import os, random
order, names_in, entries_in = random.Random(int(os.environ["UNORDERED"])), os.listdir, os.scandir

def listdir(*place):
    names = names_in(*place)
    order.shuffle(names)
    return names

class scandir:
    def __init__(self, *place):
        with entries_in(*place) as found:
            entries = list(found)
        order.shuffle(entries)
        self.entries = iter(entries)
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def close(self):
        pass

os.listdir, os.scandir = listdir, scandir
"""
"""A module that Python runs when it starts: from then on the file system lists files in no order."""


class Machine(Struct, frozen=True):
    """What differs between two computers, or between two builds on one. `builds` are the options of each
    build, one after the other; the last one is looked at."""

    env: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    project: str = "project"
    content: str = "content"
    unordered: int | None = None
    builds: tuple[tuple[str, ...], ...] = (("--jobs", "1"),)
    python: str = sys.executable
    edition: bool = False

    def site(self, content: Path, home: Path, plant: tuple[str, str, str] | None = None) -> Path:
        """The site of this content, built with all else in `home`.

        With `edition` one is frozen first, so that its archive is a part of the site. `plant` names a
        module of the copied project, a text in it, and what it becomes.
        """
        project = home / self.project
        copied(("build.py", *OWN), project)
        shutil.copytree(content, home / self.content)
        if plant:
            module, old, new = plant
            text = (project / module).read_text("utf-8")
            assert old in text
            (project / module).write_text(text.replace(old, new), "utf-8")
        if self.edition:
            self._run(home, "edition", "--jobs", "1", "then")
        for options in self.builds:
            self._run(home, "build", "--out", str(home / "site"), *options)
        return home / "site"

    def _run(self, home: Path, command: str, *options: str) -> None:
        env = {"PATH": os.environ["PATH"], "HOME": str(home)}
        if self.unordered is not None:
            (home / "start").mkdir(exist_ok=True)
            (home / "start" / "sitecustomize.py").write_text(_UNORDERED)
            env |= {"PYTHONPATH": str(home / "start"), "UNORDERED": str(self.unordered)}
        done = subprocess.run(
            [self.python, "build.py", command, "--content", str(home / self.content), *options],
            cwd=home / self.project,
            env={**env, **self.env},
            umask=self.umask,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")


def together(*machines: Machine) -> Machine:
    """One machine that is like all of these."""
    made, usual = Machine(), Machine()
    for machine in machines:
        changed = {
            name: value
            for name in Machine.__struct_fields__
            if (value := getattr(machine, name)) != getattr(usual, name)
        }
        made = replace(made, **{**changed, "env": {**made.env, **machine.env}})
    return made


def hashes(site: Path) -> dict[str, str]:
    """The SHA-256 of every file of a site, by its name."""
    return {
        path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


def whole(found: Mapping[str, str]) -> str:
    """One hash of a whole site."""
    return sha256(repr(sorted(found.items())).encode()).hexdigest()


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
