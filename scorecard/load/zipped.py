"""Reading archives that a stranger may have made: what they hold is measured while it is unpacked.

An archive says itself how large its files are, and need not tell the truth.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator

_CHUNK = 1 << 18
_PLAIN_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError
)  # fmt: skip
"""What the library raises for an archive that is broken, locked or of no known kind."""


def chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a file of the archive unpacks to, piece by piece; no more of it than the archive says.

    Raises one of UNREADABLE. Only the common way to pack is read: the others unpack without a limit.
    """
    if part.compress_type not in _PLAIN_KINDS:
        raise NotImplementedError("packed in a way that is not read")
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def whole(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """All of a file of the archive. Raises one of UNREADABLE, and KeyError where there is none."""
    part = archive.getinfo(name)
    if part.file_size > most:
        raise ValueError(f"'{name[:80]}' unpacks to more than {most:,} bytes")
    return b"".join(chunks(archive, part))
