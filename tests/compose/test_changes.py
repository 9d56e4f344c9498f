"""What counts as a change that a page shows: another text, in every language, and nothing else."""

from __future__ import annotations

import pytest

from scorecard.compose.changes import FigureChange
from scorecard.compose.figures import Figure, Unit
from scorecard.compose.words import words_in
from scorecard.edition import FrozenFigure
from scorecard.judge.finding import say


@pytest.mark.parametrize(
    ("unit", "was", "now", "shown"),
    [
        ("days", 2.1, 2.4, False),
        ("days", 2.96, 3.04, True),
        ("points", 99.97, 100.0, True),
        ("points", 0.0, 0.01, True),
        ("points", 61.21, 61.24, False),
        ("share", 0.996, 1.0, True),
        ("share", 0.501, 0.504, False),
        ("working-hours", 0.51, 0.54, True),
        ("working-hours", 101.0, 102.0, False),
        ("ces", 12.0, 12.3, True),
        ("contacts", 3, 4, True),
        ("grade", "A", "B", True),
        ("grade", None, "E", True),
    ],
)  # fmt: skip
def test_a_change_is_shown_where_a_page_says_something_else(
    unit: Unit, was: float | str | None, now: float | str | None, shown: bool
) -> None:
    change = FigureChange(
        Figure("fig-x", say("Grade"), unit, now), FrozenFigure(was), FrozenFigure(now)
    )
    assert change.shown == shown
    for language in ("en", "nl"):
        words = words_in(language)
        assert (words.figure(was, unit) != words.figure(now, unit)) == shown
