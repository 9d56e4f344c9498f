"""What is dear to make, kept by all that it is made from: the same bytes are never made twice.

A piece is found by the SHA-256 of its ingredients, so it can be missing but never out of date. In
front of it stands the SHA-256 of itself and of what it is kept as: one that is damaged, or lies where
another belongs, is made anew. Whoever deletes the folder loses time and nothing else.

None of this stops somebody who may write here and wants to lie: so nobody else may, and where a site
is made to be published, nothing is kept (SECURITY.md).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from scorecard.places import cache

FOLDER = cache()
MOST_BYTES = 4 << 30
"""When more is kept, what was not used for longest goes."""
_MARK = hashlib.sha256().digest_size
_OURS_ALONE = 0o700


class Kept:
    """Pieces of one kind. `made_by` says how they are made: other code makes other pieces."""

    def __init__(self, kind: str, made_by: Iterable[bytes], folder: Path | None = None) -> None:
        self._root = folder or FOLDER
        self._kind = kind
        self._made_by = _digest(made_by)

    def piece(self, ingredients: Sequence[bytes], make: Callable[[], bytes]) -> bytes:
        """What `make` makes of these ingredients, now or once before."""
        kept = self.known(ingredients)
        if kept is None:
            kept = make()
            self.keep(ingredients, kept)
        return kept

    def holds(self, ingredients: Sequence[bytes]) -> bool:
        """Whether something is kept that was made of these ingredients; it may turn out to be damaged."""
        return self._place(self._key(ingredients)).exists()

    def known(self, ingredients: Sequence[bytes]) -> bytes | None:
        """What was made of these ingredients before, if it is kept and undamaged."""
        key = self._key(ingredients)
        path = self._place(key)
        try:
            if not _is_ours(self._root) or not S_ISREG(path.lstat().st_mode):
                return None
            kept = path.read_bytes()
        except OSError:
            return None
        if kept[:_MARK] != _mark(key, kept[_MARK:]):
            return None
        with suppress(OSError):  # from a disk that can only be read as well
            os.utime(path)
        return kept[_MARK:]

    def keep(self, ingredients: Sequence[bytes], made: bytes) -> None:
        """Keeps what was made of these ingredients, in one step; where that cannot be done, nothing."""
        key = self._key(ingredients)
        path = self._place(key)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self._root.mkdir(mode=_OURS_ALONE, parents=True, exist_ok=True)
            if not _is_ours(self._root):
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(_mark(key, made) + made)
            aside.replace(path)
        except OSError:
            with suppress(OSError):
                aside.unlink()

    def _key(self, ingredients: Sequence[bytes]) -> bytes:
        return _digest([self._kind.encode(), self._made_by, *ingredients])

    def _place(self, key: bytes) -> Path:
        name = key.hex()
        return self._root / self._kind / name[:2] / name


def forget(folder: Path | None = None) -> None:
    """Throws away everything that is kept; of a symbolic link, the link."""
    folder = folder or FOLDER
    if folder.is_symlink():
        folder.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def tidy(folder: Path | None = None, most: int = MOST_BYTES) -> None:
    """Throws away what was not used for longest, until no more than `most` bytes are kept."""
    folder = folder or FOLDER
    try:
        if not _is_ours(folder):
            return
        found = [(file.lstat(), file) for file in folder.rglob("*")]
        files = [(stat, file) for stat, file in found if not S_ISDIR(stat.st_mode)]
        files.sort(key=lambda pair: (-pair[0].st_mtime_ns, pair[1]))
        total = 0
        for stat, file in files:
            total += stat.st_size
            if total > most:
                file.unlink(missing_ok=True)
    except OSError:
        return


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, no symbolic link to one, into which nobody else may write.

    Raises OSError where there is none, or its rights cannot be set.
    """
    stat = folder.lstat()
    if not S_ISDIR(stat.st_mode):
        return False
    if sys.platform == "win32":
        return True
    if stat.st_uid != os.geteuid():
        return False
    if stat.st_mode & 0o022:
        folder.chmod(_OURS_ALONE)
    return True


def _mark(key: bytes, made: bytes) -> bytes:
    """What stands in front of a piece that is kept as this."""
    return hashlib.sha256(key + made).digest()


def _digest(parts: Iterable[bytes]) -> bytes:
    """Of the parts and of where each ends."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()
