"""Whatever the machine refuses: exit 3 with one line that says what to do, and a whole site stands."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from scorecard.errors import ScorecardError, reason, remedy
from scorecard.parallel import shared
from tests.harden.tracing import calls, failing_at, need_strace
from tests.harden.trees import ENVIRONMENT, ROOT, Site, run, tree, whole
from tests.support.rounds import rounds

_CHANCE = random.Random(20261123)  # the same places each time
ERRORS = ["ENOSPC", "EIO", "EMFILE", "EACCES", "EROFS", "EDQUOT", "ENOMEM"]
Done = subprocess.CompletedProcess[str]


def wrong(done: Done, site: Site, now: int) -> str:
    """What is wrong with how a build ended that had the other site to put in the place of this one."""
    lines = done.stderr.splitlines()
    if done.returncode == 0 and not lines:
        return "" if site.stands(1 - now) else "it says that all is well"
    if done.returncode != 3 or len(lines) != 1:
        return f"exit {done.returncode}: {done.stderr}"
    if not lines[0].endswith("; then run this again."):
        return f"no word of what to do: {lines[0]}"
    stands = {"The old site is as it was.": now, "The new site is there": 1 - now}
    told = [which for words, which in stands.items() if words in lines[0]]
    return "" if len(told) == 1 and site.stands(told[0]) else f"not so: {lines[0]}"


def faults(site: Site, log: Path, places: int, *without: str) -> list[str]:
    """What goes wrong with so many faults, each at another call, of all kinds in turn. After each the
    next build must heal."""
    found = calls(site.command(1, *without), site.out.parent, log)
    spread = _CHANCE.sample(found, min(places, len(found)))
    swaps = [call for call in found if call.name in ("renameat2", "syncfs")]
    told, ended = [], []
    for number, call in enumerate([*swaps, *spread]):
        site.publish(0)
        error = ERRORS[number % len(ERRORS)]
        after = (
            "+" if number % 2 and call.name != "write" else ""
        )  # from there on; it must still tell
        done = failing_at(call, error, site.command(1, *without), after)
        ended.append(done.returncode)
        amiss = wrong(done, site, 0)
        told.append(f"{amiss} ({error} at {call})" if amiss else "")
    print(f"{len(told)} faults: {ended.count(3)} builds failed, {ended.count(0)} went on")
    return told


def test_a_fault_at_any_call_leaves_a_whole_site_and_says_what_to_do(
    site: Site, tmp_path: Path
) -> None:
    need_strace()
    told = faults(site, tmp_path / "log", rounds(5, 200))
    assert not list(filter(None, told))


@pytest.mark.parametrize("guard", ["swap", "telling"])
def test_without_a_guard_a_fault_is_seen(guard: str, little_site: Site, tmp_path: Path) -> None:
    need_strace()
    assert any(faults(little_site, tmp_path / "log", 3, "--without", guard))


@pytest.mark.parametrize("closed", [False, True])
def test_another_user_s_folder_is_left_alone(closed: bool, little_site: Site) -> None:
    need_root("becomes a user who may not write there")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o700 if closed else 0o755)
        home = Path(folder, "home")
        home.mkdir()
        other = Site(home / "site", little_site.sites)
        other.publish(0)
        done = run(other.command(1, "--as-nobody"))
        assert done.returncode == 3
        assert len(done.stderr.splitlines()) == 1
        assert "Give this user the right to do that; then" in done.stderr
        assert closed or not wrong(done, other, 0)
        assert other.stands(0)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB, in memory."""
    need_root("mounts a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing may be mounted on this machine")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full_leaves_the_old_site(small_disk: Path) -> None:
    home = small_disk / "home"
    home.mkdir()
    old = {f"/{number}/": bytes(100_000) for number in range(5)}
    new = {f"/{number}/": bytes([1]) * 100_000 for number in range(20)}
    site = Site(home / "site", (old, new))
    site.publish(0)
    (small_disk / "ballast").write_bytes(bytes(2_000_000))
    done = run(site.command(1))
    assert done.returncode == 3
    assert not wrong(done, site, 0)
    assert "Make room on the disk" in done.stderr
    assert site.alone()
    (small_disk / "ballast").unlink()
    site.publish(1)


LIMITS = [
    ("NOFILE", 16, "Allow more open files"),
    ("NOFILE", 8, "Allow more open files"),
    ("FSIZE", 2000, "Allow larger files"),
    *(("AS", megabytes * 1_000_000, "") for megabytes in range(60, 150, 10)),
]
"""What a process may have no more of: open files, bytes in a file, bytes of memory."""


@pytest.mark.parametrize(("what", "most", "remedy"), LIMITS[:: rounds(6, 1)])
def test_the_whole_command_within_a_limit(
    what: str, most: int, remedy: str, english_content: Path, english_site: Path, tmp_path: Path
) -> None:
    out = tmp_path / "home/site"
    shutil.copytree(english_site, out)
    old = tree(out)
    kind = getattr(resource, f"RLIMIT_{what}")
    done = subprocess.run(
        whole(english_content, out, "--as-of", "2026-12-31", "--clean"),
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=100, check=False,
        preexec_fn=lambda: resource.setrlimit(kind, (most, most)),
    )  # fmt: skip
    assert [path.name for path in out.parent.iterdir()] == ["site"]
    if done.returncode == 0:
        assert tree(out) != old
        assert not remedy
        return
    assert done.returncode == 3, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert remedy in done.stderr
    assert tree(out) == old


def die(_: None, part: int) -> int:
    """Work that takes its process with it, as a machine without memory does."""
    os.kill(os.getpid(), signal.SIGKILL)
    return part


def test_a_process_that_shared_the_work_and_was_killed_is_told() -> None:
    with pytest.raises(ScorecardError, match="A process that shared the work was stopped"):
        list(shared(die, None, [1, 2, 3], 2))


def test_where_no_thread_can_be_started_nobody_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_more(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", no_more)
    with pytest.raises(BlockingIOError):
        list(shared(die, None, [1, 2, 3], 2))


def need_root(to_do: str) -> None:
    """Skips a test that only root can make."""
    if os.geteuid() != 0:
        pytest.skip(f"only root {to_do}")


@pytest.mark.parametrize(
    "error", [OSError(), OSError("two\nlines"), MemoryError(), OSError(5, "x\ny", "a\nb")]
)
def test_whatever_failed_is_told_in_one_line(error: OSError | MemoryError) -> None:
    assert len(f"{reason(error)}. {remedy(error)}".splitlines()) == 1
    assert reason(error)
