"""The checkers that come from npm (html-validate, Lighthouse, schemas, a language server): installed and run.

`python -m tests.browser.checkers` installs the versions of npm/package-lock.json beside this module
and says why where it cannot. They run on the Node.js that Playwright brings, which is always there
and new enough; only npm itself is the computer's, of whatever age.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import files
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("npm")
TOOLS = FOLDER / "node_modules"
STAMP = TOOLS / ".made-from"
PROGRAMS = {
    "html-validate": TOOLS / "html-validate" / "bin" / "html-validate.mjs",
    "lighthouse": TOOLS / "lighthouse" / "cli" / "index.js",
    "yaml-language-server": TOOLS / "yaml-language-server" / "bin" / "yaml-language-server",
}
INSTALL = (
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--engine-strict=false",  # it asks of npm's own Node.js what only Playwright's has to be
    "--fetch-retry-mintimeout=500",  # without a network, a word in seconds
    "--fetch-retry-maxtimeout=2000",
)
INSTALL_SECONDS = 600


def need_checkers(unchecked: str) -> None:
    """Skip what needs them where they are not, and say what is then not checked.

    On a CI machine that has npm they must be there.
    """
    if _installed():
        return
    if os.environ.get("CI") == "true" and shutil.which("npm"):
        pytest.fail("npm is here, but what it should have installed is not: run `make npm`")
    pytest.skip(f"not checked: {unchecked} (that needs npm, and then `make npm`)")


def run(tool: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[str]:
    """What a tool says, whether it is content or not."""
    return subprocess.run(
        [node(), str(PROGRAMS[tool]), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=seconds,
    )


def program(tool: str) -> Path:
    """Where a tool begins, for one that is talked to while it runs."""
    return PROGRAMS[tool]


@cache
def node() -> str:
    """The Node.js that Playwright brings."""
    return next(
        str(f.locate())
        for f in files("playwright") or ()
        if f.parent.name == "driver" and f.stem == "node"
    )


def _installed() -> bool:
    """Whether they are there, in the versions of the lock."""
    return STAMP.is_file() and STAMP.read_text("utf-8") == _lock()


def _lock() -> str:
    return hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()


def _install() -> str:
    """Why they could not be installed; nothing where they were."""
    npm = shutil.which("npm")
    if not npm:
        return "there is no npm here (it comes with Node.js)"
    print("Installing what checks the pages and comes from npm ...", flush=True)
    try:
        done = subprocess.run(
            [npm, *INSTALL],
            check=False,
            cwd=FOLDER,
            encoding="utf-8",
            errors="replace",
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode:
        return "npm could not fetch them:\n" + "\n".join(done.stdout.splitlines()[:5])
    STAMP.write_text(_lock(), "utf-8")
    return ""


def main() -> None:
    """Install what is not there yet. Nothing fails without it: tests that need it are skipped."""
    if not _installed() and (why := _install()):
        print(f"What comes from npm will check nothing: {why}", file=sys.stderr)


if __name__ == "__main__":
    main()
