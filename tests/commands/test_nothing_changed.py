"""A build that would only make again what is there says so, and makes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard import kept, made_of
from scorecard.cli import main
from scorecard.settings import Settings
from tests.conftest import only_pages
from tests.support.build import CASE_PLACE, content_folder
from tests.support.rounds import some

NOTHING = "Nothing has changed since."


class Made(Exception):  # noqa: N818 - no error
    """The site is made anew."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content of one case, to change."""
    return content_folder(tmp_path, {"pages/about.en.md": "# About\n\nUs.\n"})


@pytest.fixture
def again(
    content: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., str]:
    """Builds the site again, and gives what is said; what is kept is this test's own."""
    monkeypatch.setattr(
        "scorecard.commands.build.Kept",
        lambda kind, made_by: kept.Kept(kind, made_by, tmp_path / "kept"),
    )
    monkeypatch.setattr("scorecard.commands.build.forget", lambda: kept.forget(tmp_path / "kept"))
    out = tmp_path / "site"

    def build(*arguments: str) -> str:
        with only_pages():
            assert main(["build", "--content", str(content), "--out", str(out), *arguments]) == 0
        return capsys.readouterr().out

    return build


def test_the_second_build_says_the_same_and_makes_nothing(
    again: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = again()
    assert NOTHING not in first
    monkeypatch.setattr("scorecard.pipeline.build", None)
    assert again() == f"{first.rstrip()}\n{NOTHING}\n"
    assert again("--jobs", "1") == f"{first.rstrip()}\n{NOTHING}\n"


@pytest.mark.parametrize(
    "change",
    some(
        [
            lambda content, out: (content / "pages/about.en.md").write_text(
                "# About\n\nAnother.\n"
            ),
            lambda content, out: (content / CASE_PLACE).unlink(),
            lambda content, out: (content / "sectors.yaml").write_text(
                (content / "sectors.yaml").read_text() + "\n"
            ),
            lambda content, out: (out / "robots.txt").unlink(),
            lambda content, out: (out / "robots.txt").write_text("User-agent: *\nDisallow: /\n"),
            lambda content, out: (out / "stray.html").write_text("x"),
            lambda content, out: os.utime(out / "index.html", (0, 0)),
        ],
        4,
    ),
)
def test_after_any_change_it_is_made_again(
    change: Callable[[Path, Path], object],
    again: Callable[..., str],
    content: Path,
    tmp_path: Path,
) -> None:
    again()
    change(content, tmp_path / "site")
    assert NOTHING not in again()
    assert NOTHING in again()
    assert "Allow: /" in (tmp_path / "site/robots.txt").read_text()
    assert not (tmp_path / "site/stray.html").exists()


@pytest.mark.parametrize(
    "arguments", [["--as-of", "2026-12-31"], ["--base-url", "https://other.example/"], ["--clean"]]
)
def test_another_wish_makes_it_again(
    arguments: list[str], again: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again()

    def made(_: Settings) -> None:
        raise Made

    monkeypatch.setattr("scorecard.pipeline.build", made)
    assert NOTHING in again()
    with pytest.raises(Made):
        again(*arguments)


def test_every_file_of_the_content_and_the_code_counts(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    for place in ("scorecard/load", "templates", "locale/nl"):
        (project / place).mkdir(parents=True)
        (project / place / "a").write_text("1")
    monkeypatch.setattr(made_of, "_here", project.joinpath)
    (project / "docs").mkdir()
    (project / "content").mkdir()
    for own in ("docs/case-template.yaml", "content/rubric.yaml", "content/calibration.json"):
        (project / own).write_text("1")
    settings = Settings(content, tmp_path / "out")
    seen = {made_of.made_of(settings)}
    files = [p for folder in (project, content) for p in folder.rglob("*") if p.is_file()]
    for file in files:
        file.write_text(file.read_text() + "\n")
        seen.add(made_of.made_of(settings))
    assert len(seen) == len(files) + 1
