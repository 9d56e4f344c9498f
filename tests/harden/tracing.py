"""The system calls of a command that change files, counted, and one of them killed or made to fail.

strace counts them and meddles: it sees what the kernel sees, whichever way Python takes there. What is
traced is one process. A kill between two of these calls finds the same files as one right before the second.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.harden.trees import ENVIRONMENT, ROOT, run

_CHANGING = [
    *("mkdir", "mkdirat", "open", "openat", "creat", "write", "pwrite64", "writev", "sendfile"),
    *("copy_file_range", "truncate", "ftruncate", "fallocate", "link", "linkat", "symlink"),
    *("symlinkat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "chmod"),
    *("fchmod", "fchmodat", "fchmodat2", "utimensat", "fsync", "fdatasync", "syncfs", "sync"),
]
_LINE = re.compile(r"\d+ +(\w+)\((.*)")
_STRACE = ("strace", "-qq", "-f", "--seccomp-bpf")
"""Only the calls that are asked for stop the command, which is three times as quick."""


class Call(NamedTuple):
    """A system call: its name, the how manieth of this name it is, and what strace writes of it."""

    name: str
    number: int
    text: str


@cache
def need_strace() -> None:
    """Skips the test where strace cannot be used."""
    if not shutil.which("strace"):
        pytest.skip("strace counts and kills here: apt-get install strace")
    tried = subprocess.run(["strace", "-o/dev/null", "true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("strace is here, but nothing may be traced on this machine")


def calls(command: list[str], folder: Path, log: Path) -> list[Call]:
    """Runs a command; its calls that open or change files of the folder or wait for the disk."""
    done = run([*_STRACE, "-y", f"-o{log}", f"-etrace={_names()}", *command])
    assert done.returncode == 0, done.stderr
    return [call for call in _read(log) if str(folder) in call.text]


def changes(call: Call) -> bool:
    """Whether it is more than opening a file to read it."""
    return not call.name.startswith("open") or "O_WRONLY" in call.text or "O_RDWR" in call.text


def killed_at(call: Call, command: list[str]) -> None:
    """Runs the command until right before this call, and kills it there.

    strace only holds it up: it gives no signals where only some calls stop the command.
    """
    told = f"-einject={call.name}:delay_enter=100s:when={call.number}"
    ours, its = os.pipe()
    held = [*_STRACE, f"-o/dev/fd/{its}", f"-etrace={_names()}", told, *command]
    with subprocess.Popen(
        held,
        cwd=ROOT,
        env=ENVIRONMENT,
        pass_fds=[its],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as tracer:
        os.close(its)
        os.kill(_process_at(call, ours), signal.SIGKILL)
        tracer.kill()  # nor does what it holds up die before it lets go
        while os.read(ours, 1 << 16):
            pass  # the process has it open as well, as long as it lives
        os.close(ours)


def _process_at(call: Call, log: int) -> int:
    """The number of the process, as soon as it is at this call: its line there has no end."""
    at_call = re.compile(rf"^(\d+) +{call.name}\(".encode(), re.MULTILINE)
    told = b""
    while len(found := at_call.findall(told)) < call.number:
        more = os.read(log, 1 << 16)
        assert more, f"it ended before {call}"
        told += more
    return int(found[-1])


def failing_at(
    call: Call, error: str, command: list[str], after: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs the command, in which this call, and with `after` others after it, fail with this error."""
    told = f"-einject={call.name}:error={error}:when={call.number}{after}"
    return run([*_STRACE, "-o/dev/null", f"-etrace={_names()}", told, *command])


def _names() -> str:
    return ",".join(f"?{name}" for name in _CHANGING)  # each machine has some of them


def _read(log: Path) -> Iterator[Call]:
    counted: Counter[str] = Counter()
    for line in log.read_text("utf-8", "replace").splitlines():
        if match := _LINE.match(line):
            counted[match[1]] += 1
            yield Call(match[1], counted[match[1]], match[2])
