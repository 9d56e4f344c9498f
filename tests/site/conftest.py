"""Sites that many tests look at: an invented world, and the small content with an edition of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from scorecard.cli import main
from scorecard.pipeline import read
from scorecard.score.scorecard import Scorecard
from scorecard.settings import Settings
from scorecard.site import Content
from tests.conftest import SMALL, built_once, freeze, made_once

WORLD = ["--seed", "7", "--companies", "6", "--cases", "120"]
"""In this one a sector has graded companies side by side, and one a burst; a test says so if not."""
EDITION = "2026-Q2"


@pytest.fixture(scope="session")
def demo_content(shared: Path) -> Path:
    """The invented content, made by whichever of the test processes comes first."""
    folder = shared / "demo-content"
    return made_once(folder, lambda: main(["demo", str(folder), *WORLD]))


@pytest.fixture(scope="session")
def demo_site(shared: Path, demo_content: Path) -> Path:
    """The site of the invented content."""
    return built_once(shared, "demo", ["--content", str(demo_content)])


@pytest.fixture(scope="session")
def demo_scores(demo_content: Path) -> tuple[Content, Scorecard]:
    """The same content and its scores, as the code has them."""
    return read(Settings(demo_content, demo_content.with_name("unused")))


def frozen_once(shared: Path, name: str, *day: str) -> Path:
    """The small content with an edition of it, frozen by whichever of the test processes comes first."""
    content = shared / f"{name}-of" / "content"

    def make() -> None:
        shutil.copytree(SMALL, content)
        assert freeze(content, EDITION, *day) == 0

    made_once(content.parent, make)
    return content


@pytest.fixture(scope="session")
def june_content(shared: Path) -> Path:
    """The small content with an edition three weeks older than its newest event; not to be changed."""
    return frozen_once(shared, "june", "--as-of", "2026-06-30")


@pytest.fixture(scope="session")
def june_site(shared: Path, june_content: Path) -> Path:
    """The site of it."""
    return built_once(shared, "june", ["--content", str(june_content)])


@pytest.fixture(scope="session")
def december_site(shared: Path, june_content: Path) -> Path:
    """The site of it half a year after its edition."""
    day = ["--as-of", "2026-12-31"]
    return built_once(shared, "december", ["--content", str(june_content), *day])


@pytest.fixture(scope="session")
def fresh_content(shared: Path) -> Path:
    """The small content with an edition of its newest day; not to be changed."""
    return frozen_once(shared, "fresh")


@pytest.fixture
def changing(fresh_content: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    return Path(shutil.copytree(fresh_content, tmp_path / "content"))


@pytest.fixture(scope="session")
def fresh_site(shared: Path, fresh_content: Path) -> Path:
    """The site of it, on which nothing has changed since."""
    return built_once(shared, "fresh", ["--content", str(fresh_content)])
