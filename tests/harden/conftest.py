"""What several tests of resistance look at: the site that strangers wrote their worst into, made once; and
real pages, to be published again and again.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import NamedTuple

import pytest

from scorecard.cli import main
from scorecard.publish.folder import MARKER
from tests.conftest import made_once, undrawn
from tests.harden.spells import chosen
from tests.harden.strangers import Strangers, write
from tests.harden.trees import Site, two_sites
from tests.support.rounds import rounds


class Hostile(NamedTuple):
    """What the reader let through of so many spells, and the site of it."""

    spells: int
    told: Strangers
    site: Path


@pytest.fixture(scope="session")
def hostile(shared: Path) -> Hostile:
    """The site of all spells; of a few in the short round. Made by whichever process comes first."""
    count = rounds(40, 2100)
    base = shared / "hostile"
    told, site = base / "told", base / "site"

    def make() -> None:
        found = write(base / "content", chosen(count))
        with undrawn():
            assert main(["build", "--content", str(base / "content"), "--out", str(site)]) == 0
        told.write_bytes(pickle.dumps(found))

    made_once(base, make)
    return Hostile(count, pickle.loads(told.read_bytes()), site)  # noqa: S301 - written in the lines above


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
