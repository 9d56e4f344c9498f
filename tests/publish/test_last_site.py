"""What a build left is known to the next one, as long as nobody else has been in the site's folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.pipeline import build
from scorecard.publish.folder import MARKER, sha256
from scorecard.publish.last_site import LastSite
from scorecard.settings import Settings
from tests.conftest import only_pages
from tests.support.build import CASE_PLACE, content_folder

FILES = {"index.html": b"\x01" * 32, "a/index.html": b"\x02" * 32}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site."""
    for name in FILES:
        (tmp_path / "site" / name).parent.mkdir(parents=True)
        (tmp_path / "site" / name).write_text(name)
        (tmp_path / "site" / name).touch()
    return tmp_path / "site"


def test_what_was_put_there_is_known_until_somebody_changes_it(out: Path, tmp_path: Path) -> None:
    last = LastSite(out, tmp_path / "kept")
    assert last.files() == {}
    left = last.remember(FILES)
    assert last.files() == LastSite(out, tmp_path / "kept").files() == FILES
    (out / "index.html").write_text("by hand")
    assert last.files() == {}
    assert last.remember(FILES) != left


@pytest.mark.parametrize(
    "change",
    [
        lambda out: (out / "index.html").unlink(),
        lambda out: (out / "stray").touch(),
        lambda out: os.utime(out / "index.html", (0, 0)),
        lambda out: os.link(out / "index.html", out.with_name("second")),
        lambda out: out.rename(out.with_name("else")),
    ],
)
def test_after_any_change_nothing_is_known(
    change: Callable[[Path], object], out: Path, tmp_path: Path
) -> None:
    LastSite(out, tmp_path / "kept").remember(FILES)
    change(out)
    assert LastSite(out, tmp_path / "kept").files() == {}


def test_nothing_is_remembered_where_nobody_says_where(out: Path, tmp_path: Path) -> None:
    assert LastSite(out, None).remember(FILES)
    assert LastSite(out, None).files() == {}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_change_does_not_touch_stays_the_same_file(tmp_path: Path) -> None:
    content, out = content_folder(tmp_path), tmp_path / "site"
    settings = Settings(content, out, keep=tmp_path / "kept")

    def built() -> dict[str, tuple[int, bytes]]:
        with only_pages():
            build(settings)
        files = {path: path.relative_to(out).as_posix() for path in out.rglob("*")}
        return {
            name: (path.stat().st_ino, sha256(path.read_bytes()))
            for path, name in files.items()
            if path.is_file() and name != MARKER
        }

    before = built()
    case = content / CASE_PLACE
    case.write_text(case.read_text("utf-8").replace("title: ", "title: Another "), "utf-8")
    after = built()
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name][1] != before[name][1]}
    assert "cases/acme/one/index.html" in changed
    assert "contribute/index.html" not in changed
    assert {name for name in after if after[name][0] != before[name][0]} == changed
