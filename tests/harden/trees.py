"""Folders as their files, and what publishes prepared ones."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

from scorecard.publish.folder import MARKER, place

ROOT = Path(__file__).resolve().parents[2]
Tree = dict[str, bytes]
"""Files by their names in a folder; an empty folder counts as one."""
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""In which the same command makes the same system calls each time."""


def tree(folder: Path) -> Tree | None:
    """What is in a folder; None where there is none."""
    if not folder.is_dir():
        return None
    found: Tree = {}
    for at, folders, names in os.walk(folder):
        inside = Path(at).relative_to(folder)
        found |= {str(inside / name): Path(at, name).read_bytes() for name in names}
        if not folders and not names:
            found[str(inside)] = b"an empty folder"
    return found


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end, which nothing here is far from."""
    return subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=100, check=False
    )


def whole(content: Path, out: Path, *more: str) -> list[str]:
    """The command that makes the whole site of the content."""
    told = ["build", "--content", str(content), "--out", str(out), "--jobs", "2"]
    return [sys.executable, "build.py", *told, *more]


class Site(Struct, frozen=True):
    """A folder, and two sites that are published there in turn, each in the place of the other."""

    out: Path
    sites: tuple[Tree, Tree]

    def __post_init__(self) -> None:
        for which in (0, 1):
            self._files(which).write_bytes(marshal.dumps(list(self.sites[which].items())))

    def command(self, which: int, *more: str) -> list[str]:
        """What publishes one of them."""
        told = ["--out", str(self.out), "--files", str(self._files(which)), *more]
        return [sys.executable, "-m", "tests.harden.publishing", *told]

    def stands(self, which: int) -> bool:
        """Whether exactly this one stands there, byte by byte."""
        files = self.sites[which].items()
        return tree(self.out) == {place(at): content for at, content in files} | {MARKER: b""}

    def alone(self) -> bool:
        """Whether nothing lies beside it."""
        return [path.name for path in self.out.parent.iterdir()] == [self.out.name]

    def publish(self, which: int) -> None:
        """Publishes one of them, after which it stands there whole, with nothing beside it."""
        done = run(self.command(which))
        assert (done.returncode, done.stderr) == (0, "")
        assert self.stands(which)
        assert self.alone()

    def _files(self, which: int) -> Path:
        return self.out.parent.with_name(f"{self.out.parent.name}.{which}")


def two_sites(pages: Tree) -> tuple[Tree, Tree]:
    """Two sites of these pages: every third is another, some are new, some gone, the rest the same."""
    old, new = dict(pages), dict(pages)
    for number, (address, content) in enumerate(pages.items()):
        if number % 3 == 0:
            new[address] = content[::-1] + b"new"
        elif number % 10 == 1:
            del new[address]
        elif number % 10 == 7:
            del old[address]
    return old, new
