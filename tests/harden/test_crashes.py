"""Whenever a build is killed, the whole old site stands or the whole new one, and the next build heals."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.harden.tracing import Call, calls, changes, killed_at, need_strace
from tests.harden.trees import ENVIRONMENT, ROOT, Site, run, tree, whole
from tests.support.rounds import rounds

_CHANCE = random.Random(20261123)  # the same moments each time


def crash(site: Site, now: int, kill: Callable[[], object], *without: str) -> str:
    """Kills what would put the other site in place; what is wrong then, or after the next build."""
    kill()
    wrong = "" if site.stands(now) or site.stands(1 - now) else "mixed"
    if not site.out.exists():
        wrong = "missing"
    done = run(site.command(1 - now, *without))
    if done.returncode or not site.stands(1 - now) or not site.alone():
        wrong += f"not healed: {done.stderr}"
    return wrong


def few(found: list[Call], now: int) -> list[Call]:
    """Every 14th call that changes a file, in turns those between, so that it is every 7th of both; in a
    short round few of them. Always those that swap."""
    found = list(filter(changes, found))
    chosen = found[7 * now :: 14]
    chosen = chosen[:: -(-len(chosen) // rounds(3, len(chosen)))]
    return [call for call in found if call in chosen or swaps(call)]


def swaps(call: Call) -> bool:
    """Whether it gives a folder another name."""
    return call.name.startswith("rename")


def crashes(
    site: Site, log: Path, choose: Callable[[list[Call], int], list[Call]], *without: str
) -> list[str]:
    """What goes wrong where a build is killed at the chosen calls: of putting the second site in the
    first one's place, of putting the first one back, and so on."""
    turns = [deque[Call](), deque[Call]()]
    for now in (0, 1):
        found = calls(site.command(1 - now, *without), site.out.parent, log)
        turns[now] += choose(found, now)
    wrong, now = [], 0
    while any(turns):
        if turns[now]:
            call = turns[now].popleft()
            command = site.command(1 - now, *without)
            amiss = crash(site, now, partial(killed_at, call, command), *without)
            wrong.append(f"{amiss} at {call}" if amiss else "")
        else:
            run(site.command(1 - now, *without))
        now = 1 - now
    return wrong


def test_killed_at_every_7th_call_that_changes_a_file(site: Site, tmp_path: Path) -> None:
    need_strace()
    wrong = crashes(site, tmp_path / "log", few)
    print(f"killed at {len(wrong)} calls")
    assert len(wrong) >= 8
    assert not list(filter(None, wrong))


def after(wait: float | None, command: list[str]) -> float:
    """Runs what is ready to publish, and kills it after so long; the seconds that it took."""
    with subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE) as one:
        assert one.stdout
        assert one.stdout.readline() == b"ready\n"
        started = time.monotonic()
        if wait is not None:
            time.sleep(wait)
            one.kill()
        one.wait()
        return time.monotonic() - started


def test_killed_at_random_moments(little_site: Site) -> None:
    wrong = []
    longest = 0.0
    for number in range(rounds(8, 300)):
        now = number % 2
        command = little_site.command(1 - now, "--say-ready")
        if number % 20 == 0:
            longest = after(None, command)
            little_site.publish(now)
        kill = partial(after, _CHANCE.uniform(0, longest), command)
        wrong.append(crash(little_site, now, kill))
    print(f"killed {len(wrong)} times")
    assert not list(filter(None, wrong))


def test_without_the_swap_a_crash_mixes_the_sites(little_site: Site, tmp_path: Path) -> None:
    need_strace()

    def inside(found: list[Call], _: int) -> list[Call]:
        return list(filter(changes, found))[6:40:14]

    wrong = crashes(little_site, tmp_path / "log", inside, "--without", "swap")
    assert sum(found.startswith("mixed") for found in wrong) >= 2, wrong


def test_without_an_exchange_only_a_crash_between_two_renamings_leaves_no_site(
    little_site: Site, tmp_path: Path
) -> None:
    need_strace()

    def some(found: list[Call], now: int) -> list[Call]:
        return [call for call in few(found, now)[::20] if not swaps(call)] + [*filter(swaps, found)]

    wrong = crashes(little_site, tmp_path / "log", some, "--without", "exchange")
    assert [found.split(" at ")[0] for found in wrong if found] == ["missing", "missing"]


def test_what_is_not_cleared_away_is_seen(little_site: Site, tmp_path: Path) -> None:
    need_strace()
    found = calls(little_site.command(1), little_site.out.parent, tmp_path / "log")
    kill = partial(killed_at, found[len(found) // 3], little_site.command(0))
    assert crash(little_site, 1, kill, "--without", "clearing").startswith("not healed")


@pytest.mark.parametrize("guard", [None, "settling"])
def test_what_is_put_in_place_is_on_the_disk_before(
    guard: str | None, little_site: Site, tmp_path: Path
) -> None:
    need_strace()
    without = ["--without", guard] if guard else []
    found = calls(little_site.command(1, *without), little_site.out.parent, tmp_path / "log")
    names = [call.name for call in found]
    swapped = names.index("renameat2")
    settled = [at for at, name in enumerate(names) if name in ("syncfs", "sync")]
    assert bool(settled) == (guard is None)
    if settled:
        assert max(at for at in range(swapped) if names[at] in ("write", "link")) < settled[0]
        assert settled[0] < swapped < names.index("fsync") < names.index("unlinkat", swapped)


def test_an_old_site_that_was_moved_aside_is_back_even_if_the_next_build_fails(
    little_site: Site,
) -> None:
    little_site.out.rename(little_site.out.with_name(".site.old"))
    assert run(little_site.command(1, "--without", "room")).returncode == 3
    assert little_site.stands(0)
    assert little_site.alone()


told_by_proc = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(),
    reason="only /proc tells the environment of other processes, by which they are found",
)


def kin(mark: str) -> list[int]:
    """The processes that have this word in their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:  # it has just ended, or is another user's
            continue
    return found


def left_after(seconds: float, mark: str) -> list[int]:
    """The processes with this mark that do not end within these seconds."""
    until = time.monotonic() + seconds
    while (left := kin(mark)) and time.monotonic() < until:
        time.sleep(0.05)
    return left


@told_by_proc
@pytest.mark.parametrize("guarded", [True, False])
def test_who_shares_the_work_of_a_killed_process_ends_with_it(guarded: bool) -> None:
    mark = f"HARDENED=alone{guarded}{os.getpid()}"
    script = (
        "from scorecard import parallel\n"
        f"if not {guarded}: parallel._end_with_parent = int\n"
        "for made in parallel.shared(pow, 2, range(9), 2):\n"
        "    print(made, flush=True)\n"
        "    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=ENVIRONMENT | dict([mark.split("=")]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as one:
        assert one.stdout
        assert one.stdout.readline() == b"1\n"
        assert len(kin(mark)) == 3
        one.kill()
    left = left_after(10 if guarded else 0.5, mark)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert len(left) == (0 if guarded else 2)


@told_by_proc
def test_the_whole_command_killed_leaves_a_whole_site_and_no_process(
    english_content: Path, english_site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "home/site"
    shutil.copytree(english_site, out)
    longest = 0.0
    for number in range(rounds(1, 12)):
        now = tree(out)
        command = whole(english_content, out, "--as-of", f"2026-12-{31 - number % 2}")
        mark = f"HARDENED={number}of{os.getpid()}"
        environment = ENVIRONMENT | dict([mark.split("=")])
        anew = [*command, "--clean"]  # nobody helps where all is kept
        with subprocess.Popen(anew, cwd=ROOT, env=environment) as one:
            while not out.with_name(".site.new").exists() or len(kin(mark)) < 4:
                assert one.poll() is None, "it ended before two processes and Pagefind helped"
                time.sleep(0.01)
            time.sleep(_CHANCE.uniform(0, longest))
            one.kill()
        found = tree(out)
        assert not left_after(10, mark)
        started = time.monotonic()
        done = run(command)
        longest = (time.monotonic() - started) * 0.7
        assert (done.returncode, done.stderr) == (0, "")
        assert now != tree(out)
        assert found in (now, tree(out))
        assert [path.name for path in out.parent.iterdir()] == ["site"]
