"""One run of reading a content folder: what it met, and how a file becomes a document and a record."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from pydantic import BaseModel

from scorecard.errors import Level, Problem
from scorecard.fields import LONGEST_SLUG, SLUG
from scorecard.load.doubts import Outline
from scorecard.load.on_disk import Place, listed
from scorecard.load.records import read_record
from scorecard.load.yaml_text import Document, read_yaml

R = TypeVar("R", bound=BaseModel)

MOST_TOLD = 100
"""Problems of one file: a file of 64 KiB can have 30,000, which nobody would read."""


class Intake(Struct):
    """What one run of reading gathers: problems, and the SHA-256 of every file read."""

    folder: Path
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    problems: list[Problem] = field(default_factory=list)
    outlines: list[Outline] = field(default_factory=list)
    counts: Counter[tuple[str, Level]] = field(default_factory=Counter)
    sums: dict[str, str] = field(default_factory=dict)

    def name(self, path: Path) -> str:
        """A file as people are told of it: by its path from the content's folder on."""
        return f"{self.folder.name}/{self.place(path)}"

    def place(self, path: Path) -> str:
        """A file by its path from the content's folder on."""
        return path.relative_to(self.folder).as_posix()

    def refuse(
        self, path: Path, found: str, expected: str, hint: str = "", place: Place = (1, 1)
    ) -> None:
        """Takes down that a file cannot be as it is, as a whole."""
        self.tell([Problem(self.name(path), *place, "", found, expected, hint, "file")])

    def tell(self, problems: Iterable[Problem]) -> None:
        """Takes them down, of each file as many as anybody mends at once; of the others their number."""
        for problem in problems:
            of = problem.file, problem.level
            self.counts[of] += 1
            if self.counts[of] <= MOST_TOLD:
                self.problems.append(problem)

    def untold(self) -> Iterator[Problem]:
        """For each file of which more is wrong than is told, how much more."""
        for (name, level), count in self.counts.items():
            if count > MOST_TOLD:
                more = f"{count - MOST_TOLD:,} more than are told here"
                expected = f"at most {MOST_TOLD} mistakes in a file"
                yield Problem(name, 1, 1, "", more, expected, "", "file", level)

    def document(self, path: Path, name: str | None = None) -> Document | None:
        """The YAML of a file with its places; None where it cannot be read, which is taken down."""
        document, problems = read_yaml(path, name or self.name(path))
        self.tell(problems)
        if document is not None:
            place = document.name.removeprefix(f"{self.folder.name}/")
            self.sums[place] = hashlib.sha256(document.text.encode()).hexdigest()
        return document

    def manifest(self) -> str:
        """Every file that was read, by name, in the form of `sha256sum`."""
        return "".join(f"{sum_}  {place}\n" for place, sum_ in sorted(self.sums.items()))

    def record(self, document: Document | None, model: type[R]) -> R | None:
        """A document as a record; None of none, and of one that is none, which is taken down."""
        if document is None:
            return None
        record, problems = read_record(document, model, {"zone": self.zone})
        self.tell(problems)
        return record

    def add(self, other: Intake) -> None:
        """What another run met in its part of the same folder."""
        self.problems += other.problems
        self.counts += other.counts
        self.outlines += other.outlines
        self.sums |= other.sums


def yaml_files(intake: Intake, folder: Path) -> Iterator[Path]:
    """The YAML files of a folder in order; anything else in it is refused."""
    for path in listed(folder, intake.refuse, "files"):
        if path.suffix in (".yml", ".YAML", ".YML"):
            twin = path.with_suffix(".yaml")
            found = (
                "a second file with the same id" if twin.exists() else f"the ending '{path.suffix}'"
            )
            intake.refuse(path, found, "one file that ends in .yaml")
        elif path.suffix != ".yaml":
            intake.refuse(path, f"'{path.name}'", "only files that end in .yaml here")
        elif not re.fullmatch(SLUG, path.stem) or len(path.stem) > LONGEST_SLUG:
            intake.refuse(
                path,
                f"the name '{path.stem}'",
                f"small letters, digits and single hyphens, at most {LONGEST_SLUG} characters",
            )
        else:
            yield path
