"""Problems as people and programs read them: text with the spot marked, JSON, GitHub, SARIF."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec.structs import asdict

from scorecard.errors import Code, Problem
from scorecard.load.on_disk import RefusedError, plain_bytes

MEANING: Mapping[Code, str] = {
    "file": "A file or folder that is not what belongs there.",
    "yaml": "Text that cannot be read as plain YAML.",
    "missing-key": "A key that has to be there is not.",
    "unknown-key": "A key that the format does not know.",
    "value": "A value of another kind than the key takes.",
    "reference": "A company or sector that is not there, or is taken.",
    "contradiction": "Two statements that cannot both be true.",
    "personal-data": "Something that tells who a person is.",
    "duplicate": "A story that seems to be told twice.",
    "evidence": "A case with nothing to show for it.",
    "coarse-dates": "Times too coarse to measure how long an answer took.",
    "long-open": "A case that has been open for very long.",
}
_VALUE = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s,{}\[\]#:](?:[^,{}\[\]#:]|:(?! |$))*")


class Sources:
    """The lines of the files that problems name, read once each. `root` is what their names start from."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lines: dict[str, list[str]] = {}

    def line(self, problem: Problem) -> str:
        """The line that a problem stands in; empty where there is none to show."""
        if problem.file not in self._lines:
            try:
                data = plain_bytes(self.root / problem.file)
            except (OSError, RefusedError):  # what is no plain file is not shown, nor waited for
                data = b""
            text = data.decode("utf-8", "replace")
            self._lines[problem.file] = text.splitlines()
        lines = self._lines[problem.file]
        return lines[problem.line - 1] if problem.line <= len(lines) else ""

    def width(self, problem: Problem) -> int:
        """So many columns of the line are meant, at least 1."""
        found = _VALUE.match(self.line(problem), problem.column - 1)
        return max(1, len(found[0].rstrip())) if found else 1

    def path(self, problem: Problem) -> str:
        """The file's path from where the command runs, as other programs need it."""
        return Path(os.path.relpath(self.root / problem.file)).as_posix()


def as_text(problems: Iterable[Problem], sources: Sources) -> str:
    """Each problem in a sentence, and below it the line with the spot marked."""
    return "\n".join(part for problem in problems for part in _told(problem, sources))


def _told(problem: Problem, sources: Sources) -> Iterator[str]:
    yield str(problem)
    line = sources.line(problem)
    if line.strip():
        number = str(problem.line)
        shown = "".join(c if c.isprintable() else " " for c in line)
        start = max(0, problem.column - 70)
        marks = " " * (problem.column - 1 - start) + "^" * min(sources.width(problem), 60)
        yield f"  {number} | {shown[start : start + 100]}"
        yield f"  {' ' * len(number)} | {marks}"


def as_json(problems: Sequence[Problem], sources: Sources) -> str:
    """All problems as one JSON object."""
    told = [
        {**asdict(p), "file": sources.path(p), "width": sources.width(p), "message": p.message}
        for p in problems
    ]
    levels = [problem.level for problem in problems]
    whole = {
        "errors": levels.count("error"),
        "warnings": levels.count("warning"),
        "problems": told,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def as_github(problems: Iterable[Problem], sources: Sources) -> str:
    """Workflow commands, which GitHub shows beside the very line."""
    return "\n".join(
        f"::{p.level} file={_property(sources.path(p))},line={p.line},col={p.column},"
        f"endColumn={p.column + sources.width(p)},title={_property(MEANING[p.code])}"
        f"::{_data(p.message)}"
        for p in problems
    )


def as_sarif(problems: Iterable[Problem], sources: Sources) -> str:
    """The format that code scanning reads (SARIF 2.1.0 of OASIS)."""
    codes = list(MEANING)
    rules = [{"id": code, "shortDescription": {"text": MEANING[code]}} for code in codes]
    results = [_result(problem, codes.index(problem.code), sources) for problem in problems]
    run = {
        "tool": {"driver": {"name": "customer-service-scorecard", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps(
        {"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1
    )


def _result(problem: Problem, rule: int, sources: Sources) -> dict[str, Any]:
    region = {
        "startLine": problem.line,
        "startColumn": problem.column,
        "endColumn": problem.column + sources.width(problem),
    }
    place = {
        "artifactLocation": {"uri": quote(sources.path(problem))},
        "region": region,
    }
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.level,
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": place}],
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
