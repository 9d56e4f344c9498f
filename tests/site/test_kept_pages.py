"""Pages of companies and cases are kept from build to build; the site is that of a build without them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.pipeline import build
from scorecard.places import STANDARD_RUBRIC
from scorecard.settings import Settings

Change = Callable[[Path], object]


def made(
    content: Path, out: Path, keep: Path | None, as_of: date | None = None
) -> dict[str, bytes]:
    """The files of a site by name."""
    build(Settings(content, out, as_of, None, 1, keep))
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }


def kept(folder: Path) -> dict[Path, bytes]:
    """What is kept: of each company a piece with its own pages, and one with those of its cases."""
    return {path: path.read_bytes() for path in (folder / "pages").rglob("*") if path.is_file()}


def rewritten(name: str, old: str, new: str) -> Change:
    def change(content: Path) -> None:
        text = (content / name).read_text("utf-8")
        assert old in text
        (content / name).write_text(text.replace(old, new), "utf-8")

    return change


def _with_another_rubric(content: Path) -> None:
    text = STANDARD_RUBRIC.read_text("utf-8")
    (content / "rubric.yaml").write_text(text.replace("undated: 0.5", "undated: 0.4"), "utf-8")


FLIGHT = "cases/invented-air/flight.yaml"
CHANGES: list[tuple[Change, int]] = [
    (lambda content: None, 0),
    (rewritten(FLIGHT, "title: ", "title: Another "), 2),
    (rewritten(FLIGHT, "wanted: ", "about: product\nwanted: "), 2),
    (lambda content: (content / FLIGHT).unlink(), 4),
    (lambda content: (content / "cases/invented-telecom/answered-1.yaml").unlink(), 4),
    (rewritten("companies/invented-air.yaml", "name: ", "name: Another "), 6),
    (rewritten("site.yaml", "name: ", "name: Another "), 6),
    (rewritten("site.yaml", "https://small.example", "https://another.example"), 6),
    (_with_another_rubric, 6),
]
"""Each with the number of pieces that are made anew: what changes a score changes what every company's own
pages lean on."""


@pytest.mark.parametrize(("change", "anew"), CHANGES)
def test_after_a_change_the_site_is_that_of_a_build_without_what_was_kept(
    small_content: Path, tmp_path: Path, change: Change, anew: int
) -> None:
    keep = tmp_path / "keep"
    made(small_content, tmp_path / "before", keep)
    before = kept(keep)
    assert len(before) == 6
    change(small_content)
    assert made(small_content, tmp_path / "warm", keep) == made(
        small_content, tmp_path / "cold", None
    )
    assert len(kept(keep)) - len(before) == anew


def test_another_day_is_another_page(small_content: Path, tmp_path: Path) -> None:
    keep, later = tmp_path / "keep", date(2030, 1, 1)
    made(small_content, tmp_path / "before", keep)
    warm = made(small_content, tmp_path / "warm", keep, later)
    assert warm == made(small_content, tmp_path / "cold", None, later)
    assert len(kept(keep)) == 12


def test_what_is_kept_is_what_is_used_and_damaged_it_is_made_anew(
    small_content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = tmp_path / "keep"
    whole = made(small_content, tmp_path / "before", keep)
    monkeypatch.setattr("scorecard.compose.pages.case_page", None)
    assert made(small_content, tmp_path / "kept", keep) == whole
    monkeypatch.undo()
    before = kept(keep)
    for path, piece in before.items():
        path.write_bytes(piece[:-1] + b"?")
    assert made(small_content, tmp_path / "mended", keep) == whole
    assert kept(keep) == before
