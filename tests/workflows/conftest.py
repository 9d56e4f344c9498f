"""The machines that workflows run on, and the repository that each of them checks out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import keep_with_others, made_once
from tests.workflows.runner import Machine, lay_out


@pytest.fixture(scope="session")
def repository(shared: Path) -> Path:
    """A scratch repository with the small content; what is dear to make, every machine has in common."""
    folder = shared / "repository"

    def make() -> None:
        lay_out(folder)
        keep_with_others(folder / ".cache", shared / "kept-by-machines")

    return made_once(folder, make)


@pytest.fixture
def machine(repository: Path, tmp_path: Path) -> Machine:
    """A machine that has checked it out."""
    return Machine(tmp_path, repository)


@pytest.fixture(scope="session")
def archive(repository: Path, shared: Path) -> bytes:
    """The archive of an edition of that repository's content."""
    home = shared / "machine-of-editors"

    def make() -> None:
        home.mkdir()
        Machine(home, repository).command("build.py", "edition", "2026-Q2")

    made_once(home, make)
    return (home / "work/content/editions/2026-Q2.zip").read_bytes()
