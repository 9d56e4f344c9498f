"""What a build left in the site's folder, so that the next one need not read it.

What is known holds as long as the folder's state is the one in which that build left it (`made_of.py`):
after anything else that somebody did there nothing is known, and every file is written anew.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.msgpack import decode, encode

from scorecard.kept import Kept
from scorecard.made_of import state
from scorecard.publish.folder import Sums


class LastSite:
    """Remembers in the folder `keep` what is in the folder `out`; where there is none, nothing."""

    def __init__(self, out: Path, keep: Path | None) -> None:
        self._out = out
        self._kept = Kept("site", [Path(__file__).read_bytes()], keep) if keep else None

    def files(self) -> Sums:
        """The files in the folder; empty where they are not known."""
        known = self._kept.known([state(self._out)]) if self._kept else None
        return decode(known, type=dict[str, bytes]) if known else {}

    def remember(self, files: Sums) -> bytes:
        """Remembers that these files have just been put there. Returns the folder's state."""
        left = state(self._out)
        if self._kept:
            self._kept.keep([left], encode(files))
        return left
