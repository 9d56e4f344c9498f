"""Two builders on one folder, and a reader who never stops: each page is always there, all of one site.

On Linux, where two folders can exchange their names; elsewhere there is a moment without a site.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from operator import attrgetter
from pathlib import Path

import pytest
from msgspec import Struct, field

from scorecard.publish.folder import MARKER
from tests.harden.trees import ENVIRONMENT, ROOT, Site, run
from tests.support.rounds import rounds

PAGES = {f"/p/{number % 7}/{number}/": b"<p>of version " for number in range(40)}
FIRST = "0000"


class Reader(Struct):
    """What a reader saw who asked for pages by their paths, as a web server does, and who walked whole
    sites, each through the folder that bore the name when the walk began."""

    out: Path
    reads: int = 0
    walks: int = 0
    missing: int = 0
    mixed: int = 0
    seen: list[str] = field(default_factory=list)

    def ask(self, address: str) -> None:
        """Asks for one page. Whoever once saw a newer site never sees an older one again."""
        self.reads += 1
        try:
            version = (self.out / address.strip("/") / "index.html").read_bytes()[-4:].decode()
        except FileNotFoundError:
            self.missing += 1
            return
        if version not in self.seen[-1:]:
            self.mixed += version in self.seen
            self.seen.append(version)

    def walk(self) -> None:
        """Walks one site. What is gone from it counts only while it still is the site: who is overtaken
        by the next one starts again."""
        try:
            root = os.open(self.out, os.O_RDONLY)
        except FileNotFoundError:
            self.missing += 1
            return
        try:
            found = dict(_read(root))
            stands = os.path.samestat(os.fstat(root), self.out.stat())
        except FileNotFoundError:
            found, stands = {}, not self.out.exists()
        finally:
            os.close(root)
        self.mixed += len(set(found.values())) > 1
        if stands:
            self.walks += 1
            self.missing += len(found) < len(PAGES)


def _read(root: int) -> Iterator[tuple[str, bytes]]:
    for at, _, names, folder in os.fwalk(".", dir_fd=root):
        for name in names:
            if name != MARKER:
                page = os.open(name, os.O_RDONLY, dir_fd=folder)
                yield f"{at}/{name}", os.read(page, 1000)
                os.close(page)


def race(
    site: Site, each: int, *without: str, enough: Callable[[Reader], object] = lambda _: False
) -> tuple[Reader, list[int], str]:
    """Two builders publish so many versions each while a reader reads, until he has seen enough; what he
    saw, how the builders ended, and what they said."""
    run(site.command(0, "--versions", FIRST))
    reader = Reader(site.out)
    builders = [
        subprocess.Popen(
            site.command(0, *without, "--versions", *(f"{one}{number:03}" for number in range(each))),
            cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True,
        )
        for one in (1, 2)
    ]  # fmt: skip
    pages = cycle(PAGES)
    while any(builder.poll() is None for builder in builders):
        for _ in range(200):
            reader.ask(next(pages))
        reader.walk()
        if enough(reader):
            for builder in builders:
                builder.kill()
            break
    said = "".join(builder.communicate()[1] for builder in builders)
    return reader, [builder.returncode for builder in builders], said


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A folder for a site of small pages, each of which ends with the version that it is of."""
    home = tmp_path / "home"
    home.mkdir()
    return Site(home / "site", (PAGES, PAGES))


@pytest.mark.skipif(sys.platform != "linux", reason="no system but Linux exchanges two folders")
def test_no_reader_misses_a_page_or_sees_two_sites_mixed(site: Site) -> None:
    each = rounds(6, 50)
    reader, ended, said = race(site, each)
    print(f"{reader.reads:,} reads, {reader.walks} walks, {len(reader.seen)} versions seen")
    assert ended == [0, 0], said
    assert (reader.missing, reader.mixed) == (0, 0)
    assert len(reader.seen) > each / 2
    assert reader.walks > each / 2
    assert site.alone()


@pytest.mark.parametrize("guard", ["swap", "one step", "lock"])
def test_without_a_guard_it_is_seen(guard: str, site: Site) -> None:
    many = 40  # one builder may be through with a few before the other has begun
    if guard == "lock":
        assert race(site, many, "--without", guard)[1] != [0, 0]
        return
    seen = attrgetter({"swap": "mixed", "one step": "missing"}[guard])
    assert seen(race(site, many, "--without", guard, enough=seen)[0])


def test_who_has_to_wait_is_told_for_whom_and_then_builds(site: Site) -> None:
    lock = site.out.with_name(".site.lock")
    with lock.open("w") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        held.write("4711\n")
        held.flush()
        with subprocess.Popen(
            site.command(0), cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True
        ) as waiting:
            assert waiting.stderr
            told = waiting.stderr.readline()
            assert told == f"{site.out} is being written by process 4711; waiting for it.\n"
            assert not site.out.exists()
            lock.unlink()
            held.close()
            assert waiting.wait(20) == 0
    assert site.stands(0)
    assert site.alone()


def test_a_lock_that_its_owner_left_behind_keeps_nobody_waiting(site: Site) -> None:
    site.out.with_name(".site.lock").write_text("4711\n")
    site.publish(0)
