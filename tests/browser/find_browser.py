"""Find a browser that Playwright can drive, or install one.

`python -m tests.browser.find_browser` prints where it is; with `--install` it gets one where there
is none.
"""

import argparse
import functools
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

DEBIANS = ("chromium-headless-shell", "chromium")
"""The same engine without a browser's windows, which takes two thirds of the work, and the whole browser."""
NAMES = (
    *DEBIANS,
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
FONTS = "fonts-liberation"  # without any, a page has no text to measure
INSTALL_SECONDS = 600  # for one way of installing; a missing host fails in seconds
HELP = (
    "No browser was found and none could be installed. Install Chromium, Chrome or Edge "
    "(Debian: apt install chromium), or set SCORECARD_BROWSER to its program."
)


@functools.cache
def find_browser() -> str | None:
    """The program of a Chromium-like browser, or None.

    In this order: `SCORECARD_BROWSER`, an installed browser, Playwright's own download.
    Raises FileNotFoundError where `SCORECARD_BROWSER` names no program.
    """
    if chosen := os.environ.get("SCORECARD_BROWSER"):
        if program := shutil.which(chosen):
            return program
        raise FileNotFoundError(f"SCORECARD_BROWSER is {chosen!r}, and no such program is there")
    return next(filter(_starts, _installed(os.environ)), None) or _playwrights_own()


def _installed(environ: Mapping[str, str]) -> Iterator[str]:
    """Programs of installed browsers: on the path, then at the usual places of macOS, Windows."""
    for name in NAMES:
        if program := shutil.which(name):
            yield program
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for app in MAC_APPS:
                yield from _file(folder / f"{app}.app" / "Contents" / "MacOS" / app)
    for folder in (Path(environ[name]) for name in WINDOWS_FOLDERS if name in environ):
        for program in WINDOWS_PROGRAMS:
            yield from _file(folder / program)


def _file(path: Path) -> Iterator[str]:
    if path.is_file():
        yield str(path)


def _starts(program: str) -> bool:
    """Whether it is more than a stub: Ubuntu has one that only says how to install the browser."""
    if os.name == "nt":  # there, --version opens a window
        return True
    try:
        return _quiet(program, "--version", seconds=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # slow to import, and seldom needed

    with sync_playwright() as playwright:
        program = playwright.chromium.executable_path
    return program if Path(program).is_file() else None


def _ways_to_install() -> Iterator[list[list[str]]]:
    """The commands of each way, the likeliest first; the commands of one way run in order."""
    root = sys.platform == "linux" and os.geteuid() == 0
    system = _linux_id() if root and shutil.which("apt-get") else ""
    if system == "debian":  # Ubuntu's package of that name is not a browser but a snap
        wait = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-q"]
        for package in DEBIANS:
            yield [
                [*wait, "update"],
                [*wait, "install", "-y", "--no-install-recommends", package, FONTS],
            ]
    with_libraries = ["--with-deps"] if system == "ubuntu" else []
    yield [[sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"]]


def _linux_id() -> str:
    try:
        return platform.freedesktop_os_release()["ID"]
    except (OSError, KeyError):
        return ""


def _install(commands: list[list[str]]) -> bool:
    """Run the commands, and say the last words of one that fails; the last of them must succeed.

    `apt-get update` also fails when a source is down that nobody needs.
    """
    good = False
    for command in commands:
        print(f"Installing a browser: {' '.join(command)}", flush=True)
        try:
            done = _quiet(*command, seconds=INSTALL_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            good, words = False, str(error)
        else:
            good, words = done.returncode == 0, "\n".join(done.stdout.splitlines()[-5:])
        if not good:
            print(words, file=sys.stderr)
    return good


def _quiet(*command: str, seconds: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        errors="replace",
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        timeout=seconds,
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the browser's program; 1 where there is none."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.find_browser")
    parser.add_argument("--install", action="store_true", help="get one where there is none")
    install = parser.parse_args(arguments).install
    try:
        found = find_browser()
        for commands in _ways_to_install() if install and not found else ():
            if _install(commands):
                find_browser.cache_clear()
                found = find_browser()
            if found:
                break
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(found or HELP, file=sys.stdout if found else sys.stderr)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
