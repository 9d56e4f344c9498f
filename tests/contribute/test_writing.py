"""New files are all there or none is, and nothing that is there is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.contribute.writing import new_files
from scorecard.errors import ScorecardError, UsageError


def test_all_new_files_are_written(tmp_path: Path) -> None:
    texts = {tmp_path / "a/b/one.yaml": "één\n", tmp_path / "c/two.yaml": "two\n"}
    with new_files(tmp_path, texts):
        pass
    assert {p: p.read_text("utf-8") for p in tmp_path.rglob("*") if p.is_file()} == texts


def test_one_that_cannot_be_written_takes_the_others_with_it(tmp_path: Path) -> None:
    (tmp_path / "cases").write_text("a file, where a folder should be")
    texts = {tmp_path / "companies/x.yaml": "x", tmp_path / "cases/x/y.yaml": "y"}
    with pytest.raises(ScorecardError, match="Nothing was written"), new_files(tmp_path, texts):
        pass
    assert [path.name for path in tmp_path.rglob("*")] == ["cases"]


def test_what_fails_afterwards_takes_them_away(tmp_path: Path) -> None:
    def write_and_stop() -> None:
        with new_files(tmp_path, {tmp_path / "a/b.yaml": "b"}):
            assert (tmp_path / "a/b.yaml").read_text("utf-8") == "b"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("old")
    with pytest.raises(UsageError), new_files(tmp_path, {tmp_path / "one.yaml": "new"}):
        pass
    assert (tmp_path / "one.yaml").read_text("utf-8") == "old"
