"""What can go wrong, in three kinds: the content, the call, the machine."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import force_setattr

MOST_SHOWN = 400
"""Characters of what was found, and of a key; a stranger may write a key of 60,000."""

Level = Literal["error", "warning"]
Code = Literal[
    "file",
    "yaml",
    "missing-key",
    "unknown-key",
    "value",
    "reference",
    "contradiction",
    "personal-data",
    "duplicate",
    "evidence",
    "coarse-dates",
    "long-open",
]


class Problem(Struct, frozen=True, order=True):
    """One mistake in the content: where it stands, what is there, what belongs there.

    `line` and `column` count from 1; `key` is the path of the key, as in `timeline[3].at`,
    empty where the whole file is meant. `code` names the kind of mistake. A warning is something that
    an editor should look at, but that stops nothing. All of it is one line that any terminal shows as it
    is, whatever a stranger wrote: see `plain_line`.
    """

    file: str
    line: int
    column: int
    key: str
    found: str
    expected: str
    hint: str = ""
    code: Code = "value"
    level: Level = "error"

    def __post_init__(self) -> None:
        """Makes its texts plain lines."""
        for name in ("file", "key", "found", "expected", "hint"):
            text = getattr(self, name)
            if not text.isprintable() or len(text) > MOST_SHOWN:
                most = MOST_SHOWN if name in ("key", "found") else len(text)
                shown = plain_line(text[:most]) + "…" * (len(text) > most)
                force_setattr(self, name, shown)

    @property
    def sentence(self) -> str:
        """What was found and what was expected, without the place."""
        hint = f" {self.hint}" if self.hint else ""
        return f"found {self.found}; expected {self.expected}.{hint}"

    @property
    def message(self) -> str:
        """The sentence behind the key that it is about."""
        return f"{self.key}: {self.sentence}" if self.key else self.sentence

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        mild = " warning:" if self.level == "warning" else ""
        return f"{place}:{mild} {self.message}"


def plain_line(text: str) -> str:
    """The text with every character that would not be seen, or would be obeyed, written as an escape: ends
    of lines, controls, other spaces than the plain one, and what turns the direction of writing."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class ScorecardError(Exception):
    """The machine failed us: disk, permission, a folder that is not ours. Exit code 3."""


class UsageError(ScorecardError):
    """The command was called with something that cannot be done. Exit code 2."""


class ContentError(ScorecardError):
    """The content has problems; nothing was written. Exit code 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        told = sorted(problems)
        self.problems = tuple(problem for problem in told if problem.level == "error")
        self.warnings = tuple(problem for problem in told if problem.level == "warning")
        super().__init__(f"{len(self.problems)} problems")


_REMEDIES = {
    errno.ENOSPC: "Make room on the disk",
    errno.EDQUOT: "Make room on the disk, or have more of it allotted",
    errno.EMFILE: "Allow more open files (ulimit -n 1024) or take fewer --jobs",
    errno.ENFILE: "Let other programs close files",
    errno.EFBIG: "Allow larger files (ulimit -f unlimited)",
    errno.EAGAIN: "Allow more processes (ulimit -u) or take fewer --jobs",
    errno.ENOMEM: "Take fewer --jobs, or more memory",
    errno.EACCES: "Give this user the right to do that",
    errno.EPERM: "Give this user the right to do that",
    errno.EROFS: "Make the disk writable, or name another folder",
    errno.EBUSY: "Where the folder is a disk of its own, name one in it",
    errno.EXDEV: "Where the folder is a disk or a layer of its own, name another",
}


def reason(error: OSError | MemoryError) -> str:
    """What failed, and where that is known, in one line."""
    if isinstance(error, MemoryError):
        return "The memory is used up"
    where = f" ({str(error.filename)!r})" if error.filename else ""
    what = error.strerror or str(error) or type(error).__name__
    return f"{' '.join(what.split())}{where}"


def remedy(error: OSError | MemoryError) -> str:
    """What to do about it, in one sentence."""
    number = errno.ENOMEM if isinstance(error, MemoryError) else error.errno
    first = _REMEDIES.get(number or 0, "See that the disk and the machine are well")
    return f"{first}; then run this again."
