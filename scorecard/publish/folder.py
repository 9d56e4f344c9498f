"""Writes the site aside and puts it in place in one step. The only code that writes into `site/`.

Beside `site/` it makes `.site.new`, where the site is written; `.site.old`, only where two folders
cannot exchange their names; and `.site.lock`. Whoever has the lock may clear away what is there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PurePath
from stat import S_ISREG

from scorecard.errors import ContentError, ScorecardError, UsageError, reason, remedy
from scorecard.publish.alone import alone, lock_of
from scorecard.publish.system import exchange, settle, settle_names

MARKER = ".made-by-scorecard"
Files = Iterable[tuple[str, bytes]]
"""Addresses and contents."""


@contextmanager
def site_folder(out: Path) -> Iterator[Callable[[Files], int]]:
    """Yields what publishes files as the new site in `out`, and says how many there were.

    Meanwhile nobody else builds there, and what builds that died left is cleared away. Until the
    last file is written the old site stays as it is, and where anything fails it stays for good.
    Raises UsageError where `out` is a folder that no build has made, ScorecardError where the
    machine fails, which says which site stands and what to do.
    """
    out = out.absolute()
    before = _which(out)
    try:
        _refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with alone(out):
            _put_back(out)
            before = _which(out)
            _clear(out)
            try:
                yield partial(_publish, out)
            finally:
                with suppress(OSError):
                    _put_back(out)
                    _clear(out)
    except (UsageError, ContentError):
        raise
    except ScorecardError as error:
        raise ScorecardError(f"{error} {_stands(out, before)}") from error
    except (OSError, MemoryError) as error:
        told = f"Cannot build {out}: {reason(error)}. {_stands(out, before)} {remedy(error)}"
        raise ScorecardError(told) from error


def untouched(out: Path) -> bool:
    """Whether no build is at work there, and none has left anything when it died."""
    out = out.absolute()
    return not any(os.path.lexists(path) for path in (_new(out), _old(out), lock_of(out)))


def place(address: str) -> str:
    """The name of the file at an address, from the site's folder.

    Raises ScorecardError where it would not lie in there.
    """
    name = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
    if ".." in name and ".." in PurePath(name).parts:
        raise ScorecardError(f"The address {address!r} leads out of the site.")
    return name


def _new(out: Path) -> Path:
    return out.with_name(f".{out.name}.new")


def _old(out: Path) -> Path:
    return out.with_name(f".{out.name}.old")


def _refuse_foreign(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(f"{out} is no folder; name a folder with --out.")
    if out.is_dir() and not (out / MARKER).exists() and any(out.iterdir()):
        raise UsageError(
            f"{out} holds files that no build has made; name another folder with --out."
        )


def _which(out: Path) -> tuple[int, int] | None:
    """Which folder bears the name: its device and its number there."""
    try:
        stat = out.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _stands(out: Path, before: tuple[int, int] | None) -> str:
    """Which site is there now that something failed."""
    now = _which(out)
    if now is None:
        return (
            "The next build puts the old site back." if _old(out).exists() else "There is no site."
        )
    if now != before:
        return "The new site is there, but a loss of power could still undo that."
    return "The old site is as it was."


def _put_back(out: Path) -> None:
    """Gives the old site its name again where a build died that had just taken it away."""
    if _old(out).exists() and not out.exists():
        _old(out).rename(out)


def _clear(out: Path) -> None:
    """Takes away what a build made beside the site."""
    for left in (_new(out), _old(out)):
        if left.exists():
            shutil.rmtree(left)


def _publish(out: Path, files: Files) -> int:
    new = _new(out)
    new.mkdir(0o700)
    count = _write(files, new, out)
    new.chmod(0o755)
    settle(new)
    _swap(new, out)
    settle_names(out.parent)
    with suppress(OSError):
        _clear(out)
    return count


def _write(files: Files, folder: Path, old: Path) -> int:
    """Writes the files; one that is in the old folder as it is becomes a second name of that one.

    New files are dear: some disks take twenty times as long for them after many were deleted.
    """
    made: set[str] = set()
    count = 0
    for address, content in files:
        name = place(address)
        path = folder / name
        parent = name.rpartition("/")[0]
        if parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(parent)
        if not _linked(old / name, path, content):
            with path.open("xb") as file:
                file.write(content)
        count += 1
    (folder / MARKER).write_bytes(b"")
    return count


def _linked(old: Path, path: Path, content: bytes) -> bool:
    """Makes `path` a second name of the old file, if that is a plain file with this content.

    Nothing else is opened: to read a pipe would take for ever.
    """
    try:
        stat = old.lstat()
        if not S_ISREG(stat.st_mode) or stat.st_size != len(content) or old.read_bytes() != content:
            return False
        os.link(old, path)
    except OSError:
        return False
    return True


def _swap(new: Path, out: Path) -> None:
    """Puts the new site in place. Without an exchange there is none for as long as one renaming takes;
    who dies right then leaves the old one to the next build."""
    if not out.exists():
        new.rename(out)
    elif not exchange(new, out):
        out.rename(_old(out))
        new.rename(out)
