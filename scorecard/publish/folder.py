"""Writes the site aside and puts it in place in one step. The only code that writes into `site/`.

Beside `site/` it makes `.site.new`, where the site is written; `.site.old`, only where two folders
cannot exchange their names; and `.site.lock`. Whoever has the lock may clear away what is there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PurePath
from typing import NamedTuple

from scorecard.errors import ContentError, ScorecardError, UsageError, reason, remedy
from scorecard.publish.alone import alone, lock_of
from scorecard.publish.system import exchange, settle, settle_names

MARKER = ".made-by-scorecard"


class Unread(NamedTuple):
    """What a file holds, by its SHA-256, for as long as nobody has to `read` it."""

    sha256: bytes
    read: Callable[[], bytes]


File = bytes | Unread
Files = Iterable[tuple[str, File]]
"""Addresses and contents."""
Sums = Mapping[str, bytes]
"""The SHA-256 of every file of a site, by its name in the folder."""


@contextmanager
def site_folder(out: Path) -> Iterator[Callable[[Files, Sums], Sums]]:
    """Yields what publishes files as the new site in `out`, and says which there are by their sums.

    It is told the sums of the old ones, as far as they are known: a file that is there already becomes a
    second name of it. New files are dear: some disks take twenty times as long after many were deleted.

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


def contents(file: File) -> bytes:
    """What a file holds."""
    return file.read() if isinstance(file, Unread) else file


def sha256(file: File) -> bytes:
    """The SHA-256 of what it holds."""
    return file.sha256 if isinstance(file, Unread) else hashlib.sha256(file).digest()


def _publish(out: Path, files: Files, old: Sums) -> Sums:
    new = _new(out)
    new.mkdir(0o700)
    made = _write(files, new, out, old)
    new.chmod(0o755)
    settle(new)
    _swap(new, out)
    settle_names(out.parent)
    with suppress(OSError):
        _clear(out)
    return made


def _write(files: Files, folder: Path, before: Path, old: Sums) -> Sums:
    """Writes the files, or links them to those in the folder `before`, of which `old` tells."""
    made: dict[str, bytes] = {}
    folders = {""}
    for address, file in files:
        name = place(address)
        path = f"{folder}/{name}"  # a Path for each takes as long as linking it
        _make_folder(folder, name.rpartition("/")[0], folders)
        made[name] = sha256(file)
        if old.get(name) != made[name] or not _linked(f"{before}/{name}", path):
            with open(path, "xb") as new:  # noqa: PTH123 - as above
                new.write(contents(file))
    (folder / MARKER).write_bytes(b"")
    return made


def _make_folder(root: Path, name: str, made: set[str]) -> None:
    """Makes a folder below the root, and those above it, unless they have been made."""
    if name not in made:
        _make_folder(root, name.rpartition("/")[0], made)
        os.mkdir(f"{root}/{name}")  # noqa: PTH102 - as above
        made.add(name)


def _linked(old: str, path: str) -> bool:
    """Whether `path` could be made a second name of the old file."""
    try:
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
