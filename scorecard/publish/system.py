"""What Linux can do and Python has no name for, and the next best elsewhere."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HERE = -100  # AT_FDCWD: a path is looked for from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)
"""What Linux says where the kernel or the file system has no exchange."""


def exchange(one: Path, other: Path) -> bool:
    """Gives each of two folders the other's name, in one step; False where that cannot be done.

    Raises OSError where it can be done and fails: both then bear the names they had.
    """
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in _CANNOT:
        return False
    raise OSError(failed, os.strerror(failed), str(other))


def settle(folder: Path) -> None:
    """Returns when all that was written into the folder is on the disk. Raises OSError where it is not.

    The whole file system is told once, not every file: for 20,000 new ones that took 0.3 s where a
    word for each took 14 s. Files that stayed as they were have long been there.
    """
    if sys.platform == "win32":
        return
    sync = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if sync is None:
        os.sync()
        return
    with _opened(folder) as number:
        if sync(number) != 0:
            failed = ctypes.get_errno()
            raise OSError(failed, os.strerror(failed), str(folder))


def settle_names(folder: Path) -> None:
    """Returns when the names in the folder itself are on the disk, those of files below it aside."""
    if sys.platform == "win32":
        return
    with _opened(folder) as number:
        os.fsync(number)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    number = os.open(folder, os.O_RDONLY)
    try:
        yield number
    finally:
        os.close(number)
