"""The first of the pipeline's steps, for the commands that need no other: they start sooner without."""

from __future__ import annotations

from pathlib import Path

from scorecard.errors import ContentError, Problem
from scorecard.judge.case import misfits
from scorecard.load.content import load_content
from scorecard.site import Content


def load(folder: Path, jobs: int = 1, keep: Path | None = None) -> Content:
    """The content in a folder, with a method that the code can apply. Raises ContentError."""
    content = load_content(folder, jobs, keep)
    known = "the rules and values that the method's code knows"
    problems = [
        Problem(f"{folder.name}/rubric.yaml", 1, 1, "rules", misfit, known)
        for misfit in misfits(content.rubric)
    ]
    if problems:
        raise ContentError(problems)
    return content
