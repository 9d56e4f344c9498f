"""What can go wrong, in three kinds: the content, the call, the machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the content: where it stands, what is there, what belongs there.

    `line` and `column` count from 1; `key` is the path of the key, as in `timeline[3].at`,
    empty where the whole file is meant.
    """

    file: str
    line: int
    column: int
    key: str
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        key = f" {self.key}:" if self.key else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}:{key} found {self.found}; expected {self.expected}.{hint}"


class ScorecardError(Exception):
    """The machine failed us: disk, permission, a folder that is not ours. Exit code 3."""


class UsageError(ScorecardError):
    """The command was called with something that cannot be done. Exit code 2."""


class ContentError(ScorecardError):
    """The content has problems; nothing was written. Exit code 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{len(self.problems)} problems")
