"""What is dear to make, kept by all that it is made from: the same bytes are never made twice.

A piece is found by the SHA-256 of its ingredients, so it can be missing but never out of date. In
front of it stands its own SHA-256, so that a damaged one is made anew. Whoever deletes the folder
loses time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / ".cache"
MOST_BYTES = 1 << 30
"""When more is kept, what was not used for longest goes."""
_MARK = hashlib.sha256().digest_size


class Kept:
    """Pieces of one kind. `made_by` says how they are made: other code makes other pieces."""

    def __init__(self, kind: str, made_by: Iterable[bytes], folder: Path = FOLDER) -> None:
        self._folder = folder / kind
        self._made_by = _digest(made_by)

    def piece(self, ingredients: Iterable[bytes], make: Callable[[], bytes]) -> bytes:
        """What `make` makes of these ingredients, now or once before."""
        path = self._path(ingredients)
        kept = _whole(path)
        if kept is None:
            kept = make()
            _keep(path, kept)
        return kept

    def known(self, ingredients: Iterable[bytes]) -> bytes | None:
        """What was made of these ingredients before, if it is kept."""
        return _whole(self._path(ingredients))

    def keep(self, ingredients: Iterable[bytes], made: bytes) -> None:
        """Keeps what was made of these ingredients."""
        _keep(self._path(ingredients), made)

    def _path(self, ingredients: Iterable[bytes]) -> Path:
        key = _digest([self._made_by, *ingredients]).hex()
        return self._folder / key[:2] / key


def forget(folder: Path = FOLDER) -> None:
    """Throws away everything that is kept."""
    shutil.rmtree(folder, ignore_errors=True)


def tidy(folder: Path = FOLDER, most: int = MOST_BYTES) -> None:
    """Throws away what was not used for longest, until no more than `most` bytes are kept."""
    try:
        found = [(file.stat(), file) for file in folder.rglob("*") if file.is_file()]
        found.sort(key=lambda pair: (-pair[0].st_mtime_ns, pair[1]))
        total = 0
        for stat, file in found:
            total += stat.st_size
            if total > most:
                file.unlink(missing_ok=True)
    except OSError:
        return


def _whole(path: Path) -> bytes | None:
    """The piece in a file, if it is there and undamaged."""
    try:
        kept = path.read_bytes()
        if hashlib.sha256(kept[_MARK:]).digest() == kept[:_MARK]:
            os.utime(path)
            return kept[_MARK:]
    except OSError:
        pass
    return None


def _keep(path: Path, made: bytes) -> None:
    """Writes it in one step; where that cannot be done, nothing is kept."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(hashlib.sha256(made).digest() + made)
        aside.replace(path)
    except OSError:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _digest(parts: Iterable[bytes]) -> bytes:
    """Of the parts and of where each ends."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()
