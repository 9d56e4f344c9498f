"""Scoring by several processes gives what one gives, to the last bit."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from pathlib import Path

import pytest

from scorecard import parallel
from scorecard.cli import main
from scorecard.load.content import load_content
from scorecard.parallel import in_order, shared
from scorecard.score.scorecard import newest_date, score_all
from tests.properties.contents import published


def test_two_processes_score_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PART", 4)
    assert main(["demo", str(tmp_path / "content"), "--companies", "13", "--cases", "120"]) == 0
    content = load_content(tmp_path / "content")
    day = newest_date(content)
    assert published(score_all(content, day, jobs=2)) == published(score_all(content, day))


def _later(start: date, days: int) -> date:
    return date.fromordinal(start.toordinal() + days)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_what_is_made_comes_in_the_order_of_the_parts(jobs: int) -> None:
    start = date(2026, 1, 1)
    found = list(shared(_later, start, range(40), jobs))
    assert found == [_later(start, days) for days in range(40)]


def test_what_is_made_does_not_pile_up_before_it_is_taken() -> None:
    asked = 0

    def submit(part: int) -> Future[int]:
        nonlocal asked
        asked += 1
        made: Future[int] = Future()
        made.set_result(part)
        return made

    for part in in_order(submit, range(1000), 2):
        assert part < asked <= part + 10


def _fails(_: None, part: int) -> int:
    return 1 // part


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failure_is_not_swallowed(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError):
        list(shared(_fails, None, [1, 0], jobs))
