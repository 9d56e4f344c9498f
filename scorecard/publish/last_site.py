"""What a build left in the site's folder, so that the next one need not read it.

That holds as long as the folder is in the state in which the build left it (`made_of.state`): after anything
that somebody else did there nothing is known, and every file is written anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import decode, encode

from scorecard.kept import Kept
from scorecard.made_of import state
from scorecard.publish.folder import Sums


class _Left(Struct, frozen=True):
    state: bytes
    files: dict[str, bytes]


class LastSite:
    """Remembers in the folder `keep` what is in the folder `out`; where there is none, nothing."""

    def __init__(self, out: Path, keep: Path | None) -> None:
        self._out = out
        self._place = [os.fsencode(out.absolute())]
        self._kept = Kept("site", [Path(__file__).read_bytes()], keep) if keep else None

    def files(self) -> Sums:
        """The files in the folder; empty where they are not known."""
        known = self._kept.known(self._place) if self._kept else None
        left = decode(known, type=_Left) if known else None
        return left.files if left and left.state == state(self._out) else {}

    def remember(self, files: Sums) -> bytes:
        """Remembers that these files have just been put there. Returns the folder's state."""
        now = state(self._out)
        if self._kept:
            self._kept.keep(self._place, encode(_Left(now, dict(files))))
        return now
