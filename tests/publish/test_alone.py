"""One writer at a time, whoever died before; and what Linux can do that Python has no name for."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from scorecard.publish import system
from scorecard.publish.alone import alone, lock_of


def in_child(work: Callable[[], None]) -> int:
    """Does the work in a process of its own, since a process shares its locks with itself."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_whoever_writes_says_so_beside_it_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "site"
    lock_of(path).write_text("4711 died here, long ago\n")
    with alone(path):
        assert (tmp_path / ".site.lock").read_text() == f"{os.getpid()}\n"
        assert (tmp_path / ".site.lock").stat().st_mode & 0o777 == 0o644 & ~_mask()
    assert list(tmp_path.iterdir()) == []


def _mask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("written", "who"),
    [("4711\n", "process 4711"), ("", "another process"), ("é!", "another process")],
)
def test_a_second_writer_is_told_once_for_whom_it_waits_and_then_has_its_turn(
    written: str, who: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "site"
    held, ready = os.pipe()
    may_go, go = os.pipe()

    def hold() -> None:
        with lock_of(path).open("w") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX)
            lock.write(written)
            lock.flush()
            os.write(ready, b"!")
            os.read(may_go, 1)
            lock_of(path).unlink()

    child = in_child(hold)
    os.read(held, 1)
    turns = []

    def wait() -> None:
        with alone(path):
            turns.append(lock_of(path).read_text())

    waiting = Thread(target=wait)
    waiting.start()
    waiting.join(0.2)
    assert not turns
    os.write(go, b"!")
    waiting.join(20)
    os.waitpid(child, 0)
    assert turns == [f"{os.getpid()}\n"]
    assert [record.getMessage() for record in caplog.records] == [
        f"{path} is being written by {who}; waiting for it."
    ]


def test_where_there_can_be_no_lock_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), alone(tmp_path / "missing" / "site"):
        pytest.fail("it went on without a lock")


def test_who_gives_up_waiting_leaves_no_file_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gives_up(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules[alone.__module__], "_is_still", gives_up)
    before = open_files()
    with pytest.raises(KeyboardInterrupt), alone(tmp_path / "site"):
        pytest.fail("it went on")
    assert open_files() == before


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "was").write_text(name)
    return tmp_path / "a", tmp_path / "b"


Failing = Callable[[str, int], None]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    """Lets a function of the system's library fail with an error; with 0, not be there."""

    def fail(name: str, error: int) -> None:
        class Library:
            def __init__(self, _name: object, use_errno: bool = False) -> None:
                def function(*_: object) -> int:
                    ctypes.set_errno(error if use_errno else 0)
                    return -1

                if error:
                    setattr(self, name, function)

        monkeypatch.setattr(ctypes, "CDLL", Library)

    return fail


@pytest.mark.skipif(sys.platform != "linux", reason="no system but Linux exchanges two folders")
def test_two_folders_change_names_in_one_step(folders: tuple[Path, Path]) -> None:
    one, other = folders
    assert system.exchange(one, other)
    assert ((one / "was").read_text(), (other / "was").read_text()) == ("b", "a")


@pytest.mark.parametrize("error", [0, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP])
def test_where_folders_cannot_be_exchanged_one_is_told(
    error: int, folders: tuple[Path, Path], failing: Failing
) -> None:
    failing("renameat2", error)
    assert system.exchange(*folders) is False


def test_an_exchange_that_fails_is_no_exchange_that_cannot_be(
    folders: tuple[Path, Path], failing: Failing
) -> None:
    failing("renameat2", errno.EACCES)
    with pytest.raises(PermissionError) as told:
        system.exchange(*folders)
    assert (told.value.errno, told.value.filename) == (errno.EACCES, str(folders[1]))


def test_a_disk_that_did_not_take_it_is_told(folders: tuple[Path, Path], failing: Failing) -> None:
    system.settle(folders[0])
    failing("syncfs", errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)) as told:
        system.settle(folders[0])
    assert (told.value.errno, told.value.filename) == (errno.EIO, str(folders[0]))


def test_where_one_disk_cannot_be_waited_for_all_are(
    folders: tuple[Path, Path], failing: Failing, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing("syncfs", 0)
    waited = []
    monkeypatch.setattr(os, "sync", lambda: waited.append("all"))
    system.settle(folders[0])
    assert waited == ["all"]


def test_names_are_waited_for_in_their_own_folder_and_it_is_closed_again(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []
    monkeypatch.setattr(os, "fsync", lambda number: waited.append(os.fstat(number).st_ino))
    before = open_files()
    system.settle_names(folders[0])
    system.settle(folders[0])
    assert waited == [folders[0].stat().st_ino]
    assert open_files() == before
