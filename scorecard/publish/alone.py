"""One writer at a time: a second one waits until the first has ended, in whatever way."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def lock_of(path: Path) -> Path:
    """The file beside it that is there while somebody writes it, or since somebody died who did."""
    return path.with_name(f".{path.name}.lock")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Meanwhile no other process writes the path; who has to wait for that is told for whom.

    The system takes the lock back from a process that dies, and the processes that share its work do
    not inherit it. Raises OSError where there can be no lock.
    """
    lock = lock_of(path)
    held = _taken(lock, path)
    try:
        os.write(held, f"{os.getpid()}\n".encode())
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file; the next one takes it as it is
            lock.unlink()
        os.close(held)


def _taken(lock: Path, path: Path) -> int:
    """The lock's open file, empty, once it is ours."""
    told = False
    while True:
        held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not _try(held):
                if not told:
                    _tell(held, path)
                    told = True
                _wait(held)
            if _is_still(held, lock):
                os.ftruncate(held, 0)
                return held
        except BaseException:
            os.close(held)
            raise
        os.close(held)


def _is_still(held: int, lock: Path) -> bool:
    """Whether the open file is still the one of this name: who ends removes it."""
    try:
        return os.path.samestat(os.fstat(held), lock.stat())
    except FileNotFoundError:
        return False


def _tell(held: int, path: Path) -> None:
    holder = os.read(held, 20).decode("ascii", "replace").strip()
    who = f"process {holder}" if holder.isdigit() else "another process"
    logging.getLogger(__name__).warning("%s is being written by %s; waiting for it.", path, who)


if sys.platform == "win32":

    def _try(held: int) -> bool:
        os.lseek(held, 1 << 30, os.SEEK_SET)  # nobody can read a byte that is locked there
        try:
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(held, 0, os.SEEK_SET)
        return True

    def _wait(held: int) -> None:
        while not _try(held):
            time.sleep(0.2)

else:

    def _try(held: int) -> bool:
        try:
            fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # POSIX allows either
            return False
        return True

    def _wait(held: int) -> None:
        fcntl.lockf(held, fcntl.LOCK_EX)
