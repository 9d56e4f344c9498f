"""A machine that runs a workflow's own commands in a scratch repository, as GitHub's would.

Only four things differ: actions are not run, `gh` is a program that notes what it is asked and gives
what the test has laid down, `make` and `sudo` are ones that note what they are asked, because that
installs, and every Python is the one that runs the tests.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, field

from benchmarks.copies import copied
from tests.conftest import ROOT, in_english
from tests.support.build import read

WORKFLOWS = ROOT / ".github" / "workflows"
_COPIED = ("scorecard", "templates", "locale", "schema", "docs", ".github", "build.py", "Makefile")

_NEVER_WRITTEN = ("scorecard/", "templates/", "locale/", ".git/objects/")
"""Folders of which every machine has second names: to copy them takes longer than most commands."""

_GH = """\
import json, pathlib, sys
here = pathlib.Path({here!r})
asked = sys.argv[1:]
given = "" if sys.stdin is None or "--input" not in asked else sys.stdin.read()
for name in ("--body-file",):
    if name in asked:
        given = pathlib.Path(asked[asked.index(name) + 1]).read_text("utf-8")
with (here / "calls.jsonl").open("a", encoding="utf-8") as file:
    file.write(json.dumps([asked, given]) + "\\n")
if asked[0] == "api" and "--method" not in asked:
    answers = json.loads((here / "answers.json").read_text("utf-8"))
    if asked[1] not in answers:
        sys.exit(f"gh: Not Found (HTTP 404): {{asked[1]}}")
    sys.stdout.buffer.write(bytes.fromhex(answers[asked[1]]))
"""
_GH_PROGRAM = '#!/bin/sh\nexec "{python}" "{here}/gh.py" "$@"\n'
_MAKE = '#!/bin/sh\necho "$@" >> "{here}/made"\n'
_SUDO = '#!/bin/sh\necho sudo "$@" >> "{here}/made"\n'
_PYTHON = '#!/bin/sh\nexec "{python}" "$@"\n'

needs_a_shell = pytest.mark.skipif(
    not (shutil.which("bash") and shutil.which("git")), reason="bash and git are not here"
)


def workflow(name: str) -> dict[str, Any]:
    """A workflow, every scalar as text."""
    found: dict[str, Any] = read((WORKFLOWS / f"{name}.yml").read_text("utf-8"))
    return found


def lay_out(work: Path) -> None:
    """Makes a scratch repository with the project and the small content."""
    copied(_COPIED, work)
    in_english(work / "content")
    shutil.copy(ROOT / "content" / "rubric.yaml", work / "content")
    ignored = (ROOT / ".gitignore").read_text("utf-8")
    (work / ".gitignore").write_text(f"{ignored}\n/said\n/said.md\n", "utf-8")
    (work / ".venv" / "bin").mkdir(parents=True)
    _program(work / ".venv" / "bin" / "python", _PYTHON)
    _git(work, "init", "--quiet", "--initial-branch", "main")
    _commit(work, "The base")


def _program(path: Path, text: str, here: Path | None = None) -> None:
    path.write_text(text.format(python=sys.executable, here=str(here)), "utf-8")
    path.chmod(0o755)


def _git(work: Path, *arguments: str) -> str:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    command = ["git", *author, *arguments]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _commit(work: Path, message: str) -> None:
    _git(work, "add", "--all")
    _git(work, "commit", "--quiet", "--message", message)


class Machine(Struct):
    """A copy of a scratch repository, and what the commands asked and left."""

    home: Path
    repository: Path
    said: str = ""
    outcomes: dict[str, str] = field(default_factory=dict)
    failed: bool = False

    def __post_init__(self) -> None:
        self.bin.mkdir(parents=True)
        shutil.copytree(self.repository, self.work, symlinks=True, copy_function=self._lay)
        self._program(self.bin / "python3", _PYTHON)
        self._program(self.bin / "gh.py", _GH)
        self._program(self.bin / "gh", _GH_PROGRAM)
        self._program(self.bin / "make", _MAKE)
        self._program(self.bin / "sudo", _SUDO)
        self.answer({})

    def _lay(self, source: str, target: str) -> None:
        """Puts a file of the scratch repository into this one."""
        inside = target.removeprefix(f"{self.work}{os.sep}")
        lay = os.link if inside.startswith(_NEVER_WRITTEN) else shutil.copy2
        lay(source, target)

    @property
    def work(self) -> Path:
        """The checked out repository."""
        return self.home / "work"

    @property
    def bin(self) -> Path:
        """The programs that stand before all others on the path, and what they noted."""
        return self.home / "bin"

    def _program(self, path: Path, text: str) -> None:
        _program(path, text, self.bin)

    def git(self, *arguments: str) -> str:
        """What git says to these arguments in the scratch repository."""
        return _git(self.work, *arguments)

    def commit(self, message: str) -> None:
        """Commits everything."""
        _commit(self.work, message)

    def command(self, *arguments: str) -> None:
        """Runs one of the project's own commands in the scratch repository."""
        command = [sys.executable, *arguments]
        subprocess.run(command, cwd=self.work, capture_output=True, check=True)

    def write(self, place: str, text: str) -> None:
        """Writes a file of the repository."""
        path = self.work / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def event(self, event: dict[str, Any]) -> None:
        """Lays down what GitHub tells of what happened."""
        (self.home / "event.json").write_text(json.dumps(event), "utf-8")

    def answer(self, answers: Mapping[str, bytes | str | dict[str, Any] | list[Any]]) -> None:
        """Lays down what GitHub answers at each address."""
        texts = {
            place: value
            if isinstance(value, bytes)
            else value.encode()
            if isinstance(value, str)
            else json.dumps(value).encode()
            for place, value in answers.items()
        }
        hexed = {place: data.hex() for place, data in texts.items()}
        (self.bin / "answers.json").write_text(json.dumps(hexed), "utf-8")

    @property
    def calls(self) -> list[tuple[list[str], str]]:
        """What `gh` was asked so far, each with the text it was given."""
        path = self.bin / "calls.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [(asked, given) for asked, given in map(json.loads, lines)]

    @property
    def made(self) -> list[str]:
        """The targets that `make` was asked for so far, and the words that `sudo` was."""
        path = self.bin / "made"
        return path.read_text("utf-8").split() if path.exists() else []

    @property
    def summary(self) -> str:
        """What was written into the run's summary."""
        return (self.home / "summary").read_text("utf-8")

    def run(self, name: str, job: str, filled: dict[str, str] | None = None) -> None:
        """Runs a job's commands in their order; `filled` are the values of its expressions."""
        described = workflow(name)["jobs"][job]
        self.said, self.failed, self.outcomes = "", False, {}
        for step in described["steps"]:
            if "run" in step and self._holds(step.get("if")):
                env = {**described.get("env", {}), **step.get("env", {})}
                self._step(step, {key: self._fill(v, filled or {}) for key, v in env.items()})
            elif "id" in step:
                self.outcomes[f"{step['id']}.outcome"] = "skipped"

    def _fill(self, text: str, filled: dict[str, str]) -> str:
        known = {"github.workspace": str(self.work), "github.token": "a-token", **filled}
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda match: known[match[1]], text)

    def _step(self, step: dict[str, Any], env: dict[str, str]) -> None:
        script, output = self.home / "step.sh", self.home / "output"
        script.write_text(step["run"], "utf-8")
        output.write_text("")
        done = subprocess.run(
            ["bash", "-e", script],
            cwd=self.work,
            env={**self._environment(output), **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.said += done.stdout
        self.failed = self.failed or done.returncode != 0
        if "id" in step:
            outcome = "failure" if done.returncode else "success"
            self.outcomes[f"{step['id']}.outcome"] = outcome
            for line in output.read_text("utf-8").splitlines():
                key, _, value = line.partition("=")
                self.outcomes[f"{step['id']}.outputs.{key}"] = value

    def _environment(self, output: Path) -> dict[str, str]:
        temporary = self.home / "temporary"
        temporary.mkdir(exist_ok=True)
        return {
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "GITHUB_EVENT_PATH": str(self.home / "event.json"),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.home / "summary"),
            "GITHUB_REPOSITORY": "owner/scorecard",
            "RUNNER_TEMP": str(temporary),
        }

    def _holds(self, condition: str | None) -> bool:
        """Whether a step is run; an expression that is not known here fails the test."""
        if condition is None:
            return not self.failed
        parts = condition.split(" && ")
        asks_status = any(part in ("failure()", "!cancelled()") for part in parts)
        return (asks_status or not self.failed) and all(map(self._part_holds, parts))

    def _part_holds(self, part: str) -> bool:
        if part == "!cancelled()":
            return True
        if part == "failure()":
            return self.failed
        if match := re.fullmatch(r"hashFiles\('(\S+)'\) != ''", part):
            return (self.work / match[1]).is_file()
        match = re.fullmatch(r"steps\.(\S+) == '(\w+)'", part)
        assert match, f"{part} is not known"
        return self.outcomes.get(match[1]) == match[2]
