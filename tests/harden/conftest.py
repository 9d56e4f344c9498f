"""The site that strangers wrote their worst into, made once for all tests that look at it."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import NamedTuple

import pytest

from scorecard.cli import main
from tests.harden.rounds import rounds
from tests.harden.spells import chosen
from tests.harden.strangers import Strangers, write


class Hostile(NamedTuple):
    """What the reader let through of so many spells, and the site of it."""

    spells: int
    told: Strangers
    site: Path


@pytest.fixture(scope="session")
def hostile(shared: Path) -> Hostile:
    """The site of all spells; of a few in the short round. Made by whichever process comes first."""
    import fcntl

    count = rounds(60, 2100)
    base = shared / "hostile"
    base.mkdir(exist_ok=True)
    told, site = base / "told", base / "site"
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            found = write(base / "content", chosen(count))
            assert main(["build", "--content", str(base / "content"), "--out", str(site)]) == 0
            told.write_bytes(pickle.dumps(found))
    return Hostile(count, pickle.loads(told.read_bytes()), site)  # noqa: S301 - written in the lines above
