"""Sites that many tests look at, each built once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from scorecard import kept
from scorecard.cli import main

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "tests" / "content_small"
_TESTS = count()


def built_once(base: Path, name: str, arguments: list[str]) -> Path:
    """The site, built by whichever of the test processes comes first."""
    import fcntl

    out = base / name
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            assert main(["build", "--out", str(out), *arguments]) == 0
    return out


@pytest.fixture(autouse=True)
def nothing_kept_by_others(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every test keeps pages for itself: one that puts other code in place would leave its pages to all."""
    folder = tmp_path_factory.getbasetemp() / "kept" / str(next(_TESTS))
    monkeypatch.setattr(kept, "FOLDER", folder)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all test processes share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def small_site(shared: Path) -> Path:
    """The site of the small, invented content."""
    return built_once(shared, "small", ["--content", str(SMALL)])


@pytest.fixture(scope="session")
def real_site(shared: Path) -> Path:
    """The site of the content that the project ships."""
    return built_once(shared, "real", ["--content", str(ROOT / "content")])


@pytest.fixture
def small_content(tmp_path: Path) -> Path:
    """A copy of the small content, to change."""
    import shutil

    return Path(shutil.copytree(SMALL, tmp_path / "content"))


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Path]:
    """Builds a content folder into a new site."""

    def made(content: Path, *arguments: str) -> Path:
        out = tmp_path / f"site-{len(list(tmp_path.iterdir()))}"
        assert main(["build", "--content", str(content), "--out", str(out), *arguments]) == 0
        return out

    return made
