"""What the reader says of a content folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.errors import ContentError, Problem
from scorecard.load.content import load_content
from tests.support.build import CASE_PLACE, content_folder, told


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """All problems of a folder that is refused; the test fails where it is accepted."""
    with pytest.raises(ContentError) as refused:
        load_content(folder)
    return refused.value.problems


def problem_of_case(where: Path, text: str | bytes) -> Problem:
    """The one problem of a folder with this case in it; the test fails on none or several."""
    problems = problems_of(content_folder(where, {CASE_PLACE: text}))
    assert len(problems) == 1, told(problems)
    assert problems[0].file == f"content/{CASE_PLACE}"
    return problems[0]
