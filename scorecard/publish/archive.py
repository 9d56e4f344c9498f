"""An edition's files → one archive in the content, and from there into every site that is built."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from scorecard.compose import page as addresses
from scorecard.edition import FORMAT, MANIFEST, RECORD, SUMS, Edition, address_of
from scorecard.errors import ScorecardError, UsageError, reason, remedy
from scorecard.publish.alone import alone
from scorecard.publish.folder import place
from scorecard.publish.system import settle_names

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can name: the same files are the same bytes on every day."""
_PLAIN_FILE = 0o100644 << 16
_ASIDE = ".new"
"""What the name of an archive ends with while it is written."""


def freeze_into(
    archive: Path, record: dict[str, str | None], manifest: str, files: Iterable[tuple[str, bytes]]
) -> int:
    """Writes an archive of `files` (address, content), and of what tells where they are from; their number.

    The same files make the same bytes, in whatever order they come. Raises UsageError where the
    archive is there already, ScorecardError where the disk fails.
    """
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        with alone(archive.parent):
            return _freeze_into(archive, record, manifest, files)
    except (OSError, MemoryError) as error:
        told = f"Cannot write {archive}: {reason(error)}. No edition was made. {remedy(error)}"
        raise ScorecardError(told) from error


def _freeze_into(
    archive: Path, record: dict[str, str | None], manifest: str, files: Iterable[tuple[str, bytes]]
) -> int:
    there = {other.name.casefold() for other in archive.parent.glob("*.zip")}
    if archive.name.casefold() in there:
        raise UsageError(
            f"{archive} is there already. An edition never changes; choose a new name."
        )
    for left in archive.parent.glob(f".*.zip{_ASIDE}"):
        left.unlink()
    held = {place(address): content for address, content in files}
    told = json.dumps(
        {"format": FORMAT, **record, "files": len(held)}, ensure_ascii=False, indent=1
    )
    held |= {RECORD: told.encode(), MANIFEST: manifest.encode()}
    sums = (f"{hashlib.sha256(held[name]).hexdigest()}  {name}\n" for name in sorted(held))
    held[SUMS] = "".join(sums).encode()
    aside = archive.with_name(f".{archive.name}{_ASIDE}")
    try:
        _write(aside, held)
        aside.replace(archive)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    with suppress(OSError):  # it is there and whole
        settle_names(archive.parent)
    return len(held)


def published(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The edition's files as they were frozen, at their addresses, and its archive."""
    yield addresses.edition_archive(edition.name), edition.archive.read_bytes()
    with zipfile.ZipFile(edition.archive) as archive:
        for name in archive.namelist():
            yield addresses.twin(edition.name, address_of(name)), archive.read(name)


def _write(path: Path, held: dict[str, bytes]) -> None:
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name in sorted(held):
                archive.writestr(plain_entry(name), held[name], zipfile.ZIP_DEFLATED)
        file.flush()
        os.fsync(file.fileno())


def plain_entry(name: str) -> zipfile.ZipInfo:
    """A file in an archive, without anything of the day or the machine."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = _PLAIN_FILE
    return entry
