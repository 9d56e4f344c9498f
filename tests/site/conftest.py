"""A site of an invented world: just large enough for grades side by side, a trend and a burst."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from scorecard.cli import main
from scorecard.pipeline import read
from scorecard.score.scorecard import Scorecard
from scorecard.settings import Settings
from scorecard.site import Content
from tests.conftest import built_once

WORLD = ["--seed", "7", "--companies", "6", "--cases", "120"]
"""In this one a sector has graded companies side by side, and one a burst; a test says so if not."""


@pytest.fixture(scope="session")
def demo_content(shared: Path) -> Path:
    """The invented content, made by whichever of the test processes comes first."""
    folder = shared / "demo-content"
    with (shared / "demo-content.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            assert main(["demo", str(folder), *WORLD]) == 0
    return folder


@pytest.fixture(scope="session")
def demo_site(shared: Path, demo_content: Path) -> Path:
    """The site of the invented content."""
    return built_once(shared, "demo", ["--content", str(demo_content)])


@pytest.fixture(scope="session")
def demo_scores(demo_content: Path) -> tuple[Content, Scorecard]:
    """The same content and its scores, as the code has them."""
    return read(Settings(demo_content, demo_content.with_name("unused")))
