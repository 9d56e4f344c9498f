"""Real pages, to be published again and again."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.publish.folder import MARKER
from tests.harden.rounds import rounds
from tests.harden.trees import Site, two_sites


@pytest.fixture
def site(small_site: Path, tmp_path: Path) -> Site:
    """A folder with a site of real pages in it, and another one to come in its place: a few dozen
    files, in a full round all that the small content makes."""
    return _site(small_site, tmp_path, rounds(24, 10**6))


@pytest.fixture
def little_site(small_site: Path, tmp_path: Path) -> Site:
    """The same, of a few dozen files in every round."""
    return _site(small_site, tmp_path, 24)


def _site(small_site: Path, tmp_path: Path, most: int) -> Site:
    files = sorted(path for path in small_site.rglob("*") if path.is_file() and path.name != MARKER)
    chosen = files[:: -(-len(files) // most)]
    home = tmp_path / "home"
    home.mkdir()
    pages = {f"/{path.relative_to(small_site)}": path.read_bytes() for path in chosen}
    site = Site(home / "site", two_sites(pages))
    site.publish(0)
    return site
