"""Pages of companies and cases are kept from build to build.

Whatever changed, what is rendered is what a build without them renders: the files, what the search is told of
them, and what the sitemap names. All files of a site are compared in tests/publish/test_whole_site.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from scorecard.compose.gathered import Gathered
from scorecard.pipeline import read
from scorecard.places import STANDARD_RUBRIC
from scorecard.publish.files import Shards, assets
from scorecard.publish.folder import Unread, contents, sha256
from scorecard.publish.kept_parts import Rendered
from scorecard.settings import Settings
from tests.conftest import in_english, keep_with_others, made_once, undrawn
from tests.support.rounds import some

Change = Callable[[Path], object]


def made(content: Path, keep: Path, as_of: date | None = None) -> list[Rendered]:
    """What is rendered of every part of a site, its files read."""
    gathered = Gathered(*read(Settings(content, content, as_of)))
    rendered = Shards(gathered, assets(), keep).rendered(1)
    return [
        replace(one, files=[(address, contents(file)) for address, file in one.files])
        for one in rendered
    ]


def kept(folder: Path, kind: str = "pages") -> dict[Path, bytes]:
    """What is kept: of each company a piece with its own pages, and one with those of its cases."""
    return {path: path.read_bytes() for path in (folder / kind).rglob("*") if path.is_file()}


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


@pytest.fixture(scope="module", autouse=True)
def pictures() -> Iterator[None]:
    """What is kept of pages does not depend on how they are drawn."""
    with undrawn():
        yield


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small content in one language, to change."""
    return in_english(tmp_path / "content")


@pytest.fixture(scope="module")
def kept_once(
    shared: Path, nothing_kept_before: Path, english_content: Path, pictures: None
) -> Path:
    """What a build of it keeps."""
    folder = shared / "kept-of-english"

    def make() -> None:
        keep_with_others(folder, nothing_kept_before)
        made(english_content, folder)

    return made_once(folder, make)


@pytest.fixture
def keep(kept_once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(kept_once, tmp_path / "keep", symlinks=True))


@pytest.fixture
def nothing(nothing_kept_before: Path, tmp_path: Path) -> Path:
    """A folder in which no page is kept."""
    keep_with_others(tmp_path / "nothing", nothing_kept_before)
    return tmp_path / "nothing"


@pytest.mark.parametrize(("change", "anew"), some(CHANGES, 5))
def test_after_a_change_the_site_is_that_of_a_build_without_what_was_kept(
    content: Path, keep: Path, nothing: Path, change: Change, anew: int
) -> None:
    before = kept(keep)
    assert len(before) == 6
    change(content)
    assert made(content, keep) == made(content, nothing)
    assert len(kept(keep)) - len(before) == anew


def test_companies_and_cases_that_are_alike_have_pages_of_their_own(
    content: Path, nothing: Path
) -> None:
    for name in ("first", "second"):
        told = "name: A shop nobody told of\nsector: telecom\n"
        (content / f"companies/{name}.yaml").write_text(told, "utf-8")
    for name in ("third", "fourth"):
        told = f"name: Invented {name}\nsector: telecom\n"
        (content / f"companies/{name}.yaml").write_text(told, "utf-8")
        home = content / "cases" / name
        home.mkdir()
        (home / "same.yaml").write_text((content / FLIGHT).read_text("utf-8"), "utf-8")
    cold = made(content, nothing)
    assert made(content, nothing) == cold
    files = {address for part in cold for address, _ in part.files}
    for name in ("first", "second", "third", "fourth"):
        assert f"/companies/{name}/" in files


def test_another_day_is_another_page(content: Path, keep: Path, nothing: Path) -> None:
    later = date(2030, 1, 1)
    assert made(content, keep, later) == made(content, nothing, later)
    assert len(kept(keep)) == 12


def test_what_is_kept_is_what_is_used_and_damaged_it_is_made_anew(
    content: Path, keep: Path, nothing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = made(content, nothing)
    with monkeypatch.context() as patch:
        patch.setattr("scorecard.compose.pages.every.case_page", None)
        assert made(content, keep) == sound
    before = kept(keep), kept(keep, "outlines")
    for pieces in before:
        assert len(pieces) == 6
        for path, piece in pieces.items():
            path.write_bytes(piece[:-1] + b"?")
        assert made(content, keep) == sound
        assert (kept(keep), kept(keep, "outlines")) == before


def test_what_is_kept_is_told_by_its_sums_and_read_only_when_it_is_wanted(
    content: Path, keep: Path
) -> None:
    shards = Shards(Gathered(*read(Settings(content, content))), assets(), keep)
    files = [file for part in list(shards.rendered(1))[1:] for _, file in part.files]
    told = [file for file in files if isinstance(file, Unread)]
    assert len(told) == len(files) > 0
    assert all(sha256(file) == sha256(contents(file)) for file in told)
    shutil.rmtree(keep / "pages")
    assert contents(files[0])  # lost meanwhile, it is made anew


def test_templates_serve_any_day_and_any_site(content: Path, nothing: Path) -> None:
    """Nothing of one site is worked out when they are compiled."""
    (nothing / "templates").unlink()

    def templates() -> set[Path]:
        return set((nothing / "templates").rglob("*"))

    made(content, nothing)
    before = templates()
    rewritten("site.yaml", "https://small.example", "https://another.example")(content)
    made(content, nothing, date(2030, 1, 1))
    assert templates() == before != set()
