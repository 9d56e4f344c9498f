"""Writes the site aside and puts it in place in one go. The only code that writes into `site/`."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePath
from stat import S_ISREG

from scorecard.errors import ScorecardError, UsageError

MARKER = ".made-by-scorecard"


def publish(files: Iterable[tuple[str, bytes]], out: Path) -> int:
    """Writes all `files` (address, content) as the new site in `out`; the number of files.

    Until the last one is written the old site stays as it is, and where anything fails it stays for
    good. Raises UsageError where `out` is a folder that no build has made, ScorecardError where the
    disk fails.
    """
    out = out.absolute()
    _refuse_foreign(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{out.name}.new-", dir=out.parent))
    except OSError as error:
        raise _failed(out, error) from error
    try:
        count = _write(files, aside, out)
        aside.chmod(0o755)
        _swap(aside, out)
    except OSError as error:
        raise _failed(out, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return count


def place(address: str) -> str:
    """The name of the file at an address, from the site's folder.

    Raises ScorecardError where it would not lie in there.
    """
    name = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
    if ".." in name and ".." in PurePath(name).parts:
        raise ScorecardError(f"The address {address!r} leads out of the site. Nothing was written.")
    return name


def _failed(out: Path, error: OSError) -> ScorecardError:
    reason = error.strerror or str(error)
    return ScorecardError(f"Cannot write {out}: {reason}. The old site is as it was.")


def _refuse_foreign(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise UsageError(f"{out} is no folder; name a folder with --out.")
    if out.is_dir() and not (out / MARKER).exists() and any(out.iterdir()):
        raise UsageError(
            f"{out} holds files that no build has made; name another folder with --out."
        )


def _write(files: Iterable[tuple[str, bytes]], folder: Path, old: Path) -> int:
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
    """Makes `path` a second name of the old file, if that is a plain file with this content."""
    try:
        with old.open("rb") as file:
            stat = os.fstat(file.fileno())
            same = stat.st_size == len(content) and S_ISREG(stat.st_mode) and file.read() == content
        if not same or old.is_symlink():
            return False
        os.link(old, path)
    except OSError:
        return False
    return True


def _swap(aside: Path, out: Path) -> None:
    old = aside.with_name(aside.name.replace(".new-", ".old-"))
    if out.exists():
        out.rename(old)
    try:
        aside.rename(out)
    except BaseException:
        if old.exists() and not out.exists():
            old.rename(out)
        raise
    shutil.rmtree(old, ignore_errors=True)
