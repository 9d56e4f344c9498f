"""Files of cases as they were read, kept by what stands in them: nobody reads the same YAML twice.

Kept is the nested text that a file holds, what an editor is told of it, and its outline; the record is
made of that anew, by the same types. A withdrawn case is not kept: what somebody wrote in it is to be gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.msgpack import decode, encode

from scorecard.errors import Problem
from scorecard.kept import Kept
from scorecard.load.doubts import Outline
from scorecard.load.intake import Intake
from scorecard.made_of import code
from scorecard.model import Company


class AsRead(Struct, frozen=True):
    """A file that was read without a mistake."""

    sha256: str
    value: dict[str, Any]
    problems: list[Problem]
    outline: Outline


class KeptCases:
    """What is kept of one content folder, in the folder `keep`: for some files of a company at a time."""

    def __init__(self, intake: Intake, keep: Path) -> None:
        self._kept = Kept("cases", [code()], keep)
        self._of_all = repr((intake.folder.name, intake.zone)).encode()

    def known(self, company: Company | None, sums: Mapping[str, str]) -> list[AsRead | None] | None:
        """What is kept of each of these files, given by name and SHA-256."""
        found = self._kept.known(self._made_of(company, sums))
        return decode(found, type=list[AsRead | None]) if found else None

    def keep(
        self, company: Company | None, sums: Mapping[str, str], read: Sequence[AsRead | None]
    ) -> None:
        """Keeps these files, but for those that have to be read again: None."""
        self._kept.keep(self._made_of(company, sums), encode(read))

    def _made_of(self, company: Company | None, sums: Mapping[str, str]) -> list[bytes]:
        return [self._of_all, repr(company).encode(), encode(list(sums.items()))]
