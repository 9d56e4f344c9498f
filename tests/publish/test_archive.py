"""An edition's archive: the same bytes for the same files, never changed, never half there."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest

from scorecard.edition import FORMAT, MANIFEST, RECORD, SUMS
from scorecard.errors import ScorecardError, UsageError
from scorecard.publish import archive
from scorecard.publish.archive import freeze_into

FILES = [("/", b"home" * 500), ("/a/", b"page"), ("/data.csv", b"1,2\n")]
ABOUT: dict[str, str | None] = {"edition": "2026-Q3", "commit": None, "as_of": "2026-09-30"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "editions" / "2026-Q3.zip"


def test_an_archive_holds_the_files_and_what_tells_where_they_are_from(path: Path) -> None:
    count = freeze_into(path, ABOUT, "abc  site.yaml\n", FILES)
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        held = {name: packed.read(name) for name in names}
        entries = packed.infolist()
    assert names == sorted(["index.html", "a/index.html", "data.csv", RECORD, MANIFEST, SUMS])
    assert count == len(names)
    assert held["index.html"] == b"home" * 500
    assert held[MANIFEST] == b"abc  site.yaml\n"
    assert json.loads(held[RECORD]) == {"format": FORMAT, **ABOUT, "files": len(FILES)}
    sums = "".join(
        f"{hashlib.sha256(held[name]).hexdigest()}  {name}\n" for name in names if name != SUMS
    )
    assert held[SUMS] == sums.encode()
    for entry in entries:
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert (entry.create_system, entry.external_attr >> 16) == (3, 0o100644)
        assert entry.compress_type == zipfile.ZIP_DEFLATED
    assert [other.name for other in path.parent.iterdir()] == [path.name]
    assert path.stat().st_size < 1500


def test_the_order_in_which_files_come_changes_nothing(path: Path) -> None:
    freeze_into(path, ABOUT, "", FILES)
    other = path.with_name("other.zip")
    freeze_into(other, ABOUT, "", reversed(FILES))
    assert other.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["2026-Q3.zip", "2026-q3.zip"])
def test_an_archive_that_is_there_is_never_written_again(name: str, path: Path) -> None:
    freeze_into(path, ABOUT, "", FILES)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="An edition never changes"):
        freeze_into(path.with_name(name), ABOUT, "", [])
    assert path.read_bytes() == before
    assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_what_a_dead_process_left_is_taken_away_and_nothing_else(path: Path) -> None:
    path.parent.mkdir()
    for name in (".2026-Q2.zip.new", "2026-Q2.zip", "notes.new"):
        path.with_name(name).write_bytes(b"x")
    freeze_into(path, ABOUT, "", FILES)
    assert sorted(other.name for other in path.parent.iterdir()) == [
        *("2026-Q2.zip", "2026-Q3.zip", "notes.new"),
    ]


def test_a_disk_that_fails_leaves_no_archive(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ScorecardError) as told:
        freeze_into(path, ABOUT, "", FILES)
    assert str(told.value) == (
        f"Cannot write {path}: No space left on device. No edition was made. "
        "Make room on the disk; then run this again."
    )
    assert list(path.parent.iterdir()) == []


def test_an_archive_that_is_whole_counts_though_its_name_may_not_last(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(archive, "settle_names", fails)
    assert freeze_into(path, ABOUT, "", FILES) == len(FILES) + 3
    assert path.exists()
