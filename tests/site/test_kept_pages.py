"""Pages of companies and cases are kept from build to build.

Whatever changed, the site is that of a build without them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.pipeline import build
from scorecard.places import STANDARD_RUBRIC
from scorecard.settings import Settings
from tests.conftest import SMALL, keep_with_others, made_once
from tests.site.reading import bytes_of

Change = Callable[[Path], object]


def made(
    content: Path, out: Path, keep: Path | None, as_of: date | None = None
) -> dict[str, bytes]:
    """The files of a site by name."""
    build(Settings(content, out, as_of, None, 1, keep))
    return bytes_of(out)


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


@pytest.fixture(scope="session")
def kept_once(shared: Path, nothing_kept_before: Path) -> Path:
    """What a build of the small content keeps."""
    folder = shared / "kept-of-small"

    def make() -> None:
        keep_with_others(folder, nothing_kept_before)
        made(SMALL, shared / "kept-of-small-site", folder)

    return made_once(folder, make)


@pytest.fixture
def keep(kept_once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(kept_once, tmp_path / "keep", symlinks=True))


@pytest.mark.parametrize(("change", "anew"), CHANGES)
def test_after_a_change_the_site_is_that_of_a_build_without_what_was_kept(
    small_content: Path, keep: Path, nothing_kept_before: Path, tmp_path: Path, change: Change,
    anew: int,
) -> None:  # fmt: skip
    before = kept(keep)
    assert len(before) == 6
    change(small_content)
    keep_with_others(tmp_path / "nothing", nothing_kept_before)
    assert made(small_content, tmp_path / "warm", keep) == made(
        small_content, tmp_path / "cold", tmp_path / "nothing"
    )
    assert len(kept(keep)) - len(before) == anew


def test_companies_and_cases_that_are_alike_have_pages_of_their_own(
    small_content: Path, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        told = "name: A shop nobody told of\nsector: telecom\n"
        (small_content / f"companies/{name}.yaml").write_text(told, "utf-8")
    for name in ("third", "fourth"):
        told = f"name: Invented {name}\nsector: telecom\n"
        (small_content / f"companies/{name}.yaml").write_text(told, "utf-8")
        home = small_content / "cases" / name
        home.mkdir()
        (home / "same.yaml").write_text((small_content / FLIGHT).read_text("utf-8"), "utf-8")
    cold = made(small_content, tmp_path / "cold", None)
    assert made(small_content, tmp_path / "warm", tmp_path / "keep") == cold
    for name in ("first", "second", "third", "fourth"):
        assert f"companies/{name}/index.html" in cold


def test_another_day_is_another_page(keep: Path, tmp_path: Path) -> None:
    later = date(2030, 1, 1)
    warm = made(SMALL, tmp_path / "warm", keep, later)
    assert warm == made(SMALL, tmp_path / "cold", None, later)
    assert len(kept(keep)) == 12


def test_what_is_kept_is_what_is_used_and_damaged_it_is_made_anew(
    keep: Path, small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = bytes_of(small_site)
    monkeypatch.setattr("scorecard.compose.pages.case_page", None)
    assert made(SMALL, tmp_path / "kept", keep) == whole
    monkeypatch.undo()
    before = kept(keep)
    for path, piece in before.items():
        path.write_bytes(piece[:-1] + b"?")
    assert made(SMALL, tmp_path / "mended", keep) == whole
    assert kept(keep) == before


def test_templates_serve_any_day_and_any_site(small_content: Path, tmp_path: Path) -> None:
    """Nothing of one site is worked out when they are compiled."""

    def templates() -> set[Path]:
        return set((tmp_path / "keep/templates").rglob("*"))

    made(small_content, tmp_path / "before", tmp_path / "keep")
    before = templates()
    rewritten("site.yaml", "https://small.example", "https://another.example")(small_content)
    made(small_content, tmp_path / "after", tmp_path / "keep", date(2030, 1, 1))
    assert templates() == before != set()
