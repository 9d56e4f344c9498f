"""What all tests share: sites that are each built once, and what is dear to make."""

from __future__ import annotations

import fcntl
import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest

from scorecard import kept
from scorecard.cli import main
from scorecard.commands import common
from scorecard.publish import search_index
from scorecard.render import raster
from scorecard.render.pages import Renderer
from tests.support.rounds import rounds, some

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "content_small"
_TESTS = count()
_DEAR = ("templates", "png")
"""What tests keep for each other: compiled templates and drawn pictures, found by all they are made of."""
_MOST_CASES = 4
_NAMED = ("equifax", "unnamed-provider")
"""Companies of the real content that tests ask for by name."""


def pytest_collection_finish() -> None:
    """What was collected stays to the end: it is searched for garbage no more, and all else less often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def made_once(place: Path, make: Callable[[], object]) -> Path:
    """The place, once `make` has made it, in whichever of the test processes comes first."""
    with place.with_name(f"{place.name}.made").open("a+") as made:
        fcntl.flock(made, fcntl.LOCK_EX)
        made.seek(0)
        if not made.read():
            make()
            made.write("by one of them")
    return place


class _NoPictures:
    def piece(self, _: object, draw: Callable[[], bytes]) -> bytes:
        return draw()


@contextmanager
def undrawn() -> Iterator[None]:
    """Where nobody looks at pictures each is a dot, and behind its end stands the SVG, of which any change
    is one of the picture: to draw them takes most of the time."""
    dot = raster._draw('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raster, "_draw", lambda svg, zoom: dot + f"{zoom} {svg}".encode())
        patch.setattr(raster, "_drawn", lambda _: _NoPictures())
        yield


@contextmanager
def unsearched() -> Iterator[None]:
    """Where nobody searches: what makes the search works a third as long as all else in a small build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_index, "_start", _no_search)
        yield


def _no_search() -> NoReturn:
    raise search_index._PagefindError("nobody searches here")


@contextmanager
def only_pages() -> Iterator[None]:
    """Where nobody looks at pictures or searches: a build in which there are none, and nothing is found."""
    with undrawn(), unsearched():
        yield


def built_once(base: Path, name: str, arguments: list[str], *, whole: bool = False) -> Path:
    """The site, built by whichever of the test processes comes first; only a `whole` one has its pictures
    and its search."""
    out = base / name

    def build() -> None:
        with nullcontext() if whole else only_pages():
            assert main(["build", "--out", str(out), *arguments]) == 0

    return made_once(out, build)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all test processes share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session", autouse=True)
def nothing_kept_before(shared: Path) -> Iterator[Path]:
    """No test uses what stands in the project's own `.cache`, or leaves anything there.

    And a build shares no work unless it is told to: the other cores have tests of their own to run.
    """
    folder = shared / "kept"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "FOLDER", folder)
        patch.setattr(common, "cpu_count", lambda: 1)
        yield folder


@pytest.fixture(autouse=True)
def nothing_kept_by_others(
    nothing_kept_before: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every test keeps pages for itself: one that puts other code in place would leave its pages to all."""
    folder = tmp_path_factory.getbasetemp() / "kept-by-tests" / str(next(_TESTS))
    keep_with_others(folder, nothing_kept_before)
    monkeypatch.setattr(kept, "FOLDER", folder)


def keep_with_others(folder: Path, others: Path) -> None:
    """Makes a folder to keep things in, of which the dear ones lie where all tests keep them."""
    folder.mkdir(mode=0o700, parents=True)
    for kind in _DEAR:
        (others / kind).mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / kind).symlink_to(others / kind)


def freeze(content: Path, name: str, *arguments: str) -> int:
    """What the command exits with that freezes an edition, which compiles its templates anew every time:
    here they are those of all tests, since that is a matter of a second."""
    own = Renderer._environment
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "_environment", lambda one, keep: own(one, keep or kept.FOLDER))
        return main(["edition", name, "--content", str(content), *arguments])


@pytest.fixture
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that puts other code in the place of what templates are compiled with."""
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "nothing-kept")


@pytest.fixture(scope="session")
def small_site(shared: Path) -> Path:
    """The site of the small, invented content."""
    return built_once(shared, "small", ["--content", str(SMALL)], whole=True)


def in_english(folder: Path) -> Path:
    """A copy of the small content in one language, which takes half as long to build."""
    shutil.copytree(SMALL, folder, ignore=shutil.ignore_patterns("*.nl.md"))
    site = folder / "site.yaml"
    text = site.read_text("utf-8")
    assert "[en, nl]" in text
    site.write_text(text.replace("[en, nl]", "[en]"), "utf-8")
    return folder


@pytest.fixture(scope="session")
def english_content(shared: Path) -> Path:
    """The small content in one language, not to be changed."""
    folder = shared / "english-of"
    return made_once(folder, lambda: in_english(folder))


@pytest.fixture(scope="session")
def english_site(shared: Path, english_content: Path) -> Path:
    """The site of the small content in one language."""
    return built_once(shared, "english", ["--content", str(english_content)], whole=True)


@pytest.fixture(scope="session")
def real_content(shared: Path) -> Path:
    """The content that the project ships; in the short round some companies, with a few cases of each."""
    own = ROOT / "content"
    companies = {*some(sorted(path.stem for path in (own / "companies").iterdir()), 10), *_NAMED}

    def left_out(folder: str, names: list[str]) -> list[str]:
        if Path(folder) in (own / "companies", own / "cases"):
            return [name for name in names if Path(name).stem not in companies]
        is_company = Path(folder).parent == own / "cases"
        return sorted(names)[rounds(_MOST_CASES, len(names)) :] if is_company else []

    def copy() -> None:
        shutil.copytree(own, shared / "real-of" / "content", ignore=left_out)

    return made_once(shared / "real-of", copy) / "content"


@pytest.fixture(scope="session")
def real_site(shared: Path, real_content: Path) -> Path:
    """The site of that content."""
    return built_once(shared, "real", ["--content", str(real_content)])


@pytest.fixture
def small_content(tmp_path: Path) -> Path:
    """A copy of the small content in one language, to change."""
    return in_english(tmp_path / "content")


@pytest.fixture
def bilingual_content(tmp_path: Path) -> Path:
    """A copy of it in both its languages, to change."""
    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Path]:
    """Builds a content folder into a new site; only a `whole` one has its pictures and its search."""

    def made(content: Path, *arguments: str, whole: bool = False) -> Path:
        out = tmp_path / f"site-{len(list(tmp_path.iterdir()))}"
        with nullcontext() if whole else only_pages():
            assert main(["build", "--content", str(content), "--out", str(out), *arguments]) == 0
        return out

    return made
