"""Our own builds, each in a new process, of a copy of this project that has kept nothing yet."""

from __future__ import annotations

import compileall
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.copies import copied
from benchmarks.measured import Run, run
from scorecard.errors import ScorecardError
from scorecard.made_of import OWN
from scorecard.simulate.world import invent_world
from scorecard.simulate.writing import write_world

_PARTS = ("build.py", "benchmarks", *OWN)
KINDS = ("cold", "unchanged", "one case changed", "one template changed")
_TEMPLATE = "templates/cases/case.html"
_SEEN = {"one case changed": "Another title", "one template changed": "Another template"}
"""What the page of the first case says after a change."""


OF_A_COMPANY = 10
"""So many cases a company of a town has in the mean."""


def invent_town(cases: int, seed: int, languages: Sequence[str], folder: Path) -> None:
    """Writes the content, of a site in these languages."""
    write_world(invent_world(seed, max(1, cases // OF_A_COMPANY), cases), folder)
    site = folder / "site.yaml"
    lines = site.read_text("utf-8").splitlines(keepends=True)
    told = f"languages: [{', '.join(languages)}]\n"
    site.write_text("".join(told if x.startswith("languages:") else x for x in lines), "utf-8")


def copy_project(folder: Path) -> None:
    """A copy that builds as this project does, and has kept nothing; its Python is compiled already."""
    copied(_PARTS, folder)
    compileall.compile_dir(folder / "scorecard", quiet=1)


class Builds:
    """The builds of one content in one copy of the project, one after the other."""

    def __init__(self, content: Path, folder: Path, jobs: int) -> None:
        self.content = Path(shutil.copytree(content, folder / "content"))
        self.project = folder / "project"
        self.site = folder / "site"
        self._jobs = jobs
        folders: list[str | Path] = ["--content", self.content, "--out", self.site]
        self._command: list[str | Path] = [sys.executable, "build.py", "build", *folders]
        copy_project(self.project)

    def build(self, kind: str) -> Run:
        """One build of KINDS, in their order. Raises ScorecardError where it did something else."""
        case = next(path for path in sorted(self.content.glob("cases/*/*.yaml")))
        page = self.site / case.relative_to(self.content).with_suffix("") / "index.html"
        if kind == "one case changed":
            lines = case.read_text("utf-8").splitlines(keepends=True)
            told = [f"title: {_SEEN[kind]}\n" if x.startswith("title:") else x for x in lines]
            case.write_text("".join(told), "utf-8")
        if kind == "one template changed":
            template = self.project / _TEMPLATE
            text = template.read_text("utf-8")
            template.write_text(text.replace("</h1>", f" ({_SEEN[kind]})</h1>"), "utf-8")
        made = run([*self._command, "--jobs", str(self._jobs)], self.project)
        nothing = "Nothing has changed" in made.said
        if nothing != (kind == "unchanged") or _SEEN.get(kind, "") not in page.read_text("utf-8"):
            raise ScorecardError(f"The build '{kind}' did not do what it should: {made.said}")
        return made


def stages(content: Path, folder: Path) -> dict[str, float]:
    """Seconds of each stage of a cold build in one process."""
    project = folder / "project"
    copy_project(project)
    made = run([sys.executable, "-m", "benchmarks.stages", content, folder / "site"], project)
    found: dict[str, float] = json.loads(made.said.splitlines()[-1])
    return found
