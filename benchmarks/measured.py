"""A command in a new process: how long it takes, and how much memory it and all that it starts hold."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import psutil
from msgspec import Struct

from scorecard.errors import ScorecardError

EVERY = 0.2
"""Seconds between two looks at the memory."""
_LAST_WORDS = 2000


class Run(Struct, frozen=True):
    """Seconds of the clock and of all cores together, and the most bytes that were seen at once.

    `others` is the share of the machine's time that went to what is not measured; `said` what it printed.
    """

    seconds: float
    memory: int
    said: str
    cpu: float = 0.0
    others: float = 0.0


class CommandFailedError(ScorecardError):
    """A command did not end well: its exit code, and its last words."""

    def __init__(self, code: int, words: str) -> None:
        self.code = code
        super().__init__(f"It ended with {code}: {words}")


def run(command: Sequence[str | Path], folder: Path, more: Mapping[str, str] | None = None) -> Run:
    """Runs it to its end in the folder, with more environment. Raises CommandFailedError."""
    log = folder / f"said-{perf_counter():.9f}"
    with log.open("wb") as said:
        start, own, all_busy = perf_counter(), _spent(), _busy()
        process = psutil.Popen(
            [os.fspath(part) for part in command],
            cwd=folder,
            env={**os.environ, **(more or {})},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        memory = 0
        try:
            while process.poll() is None:
                memory = max(memory, _memory(process))
                with suppress(psutil.TimeoutExpired):
                    process.wait(EVERY)
        except BaseException:
            for one in [process, *process.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    one.kill()
            raise
        seconds, cpu = perf_counter() - start, _spent() - own
        others = (_busy() - all_busy - cpu) / (seconds * (os.cpu_count() or 1))
    text = log.read_text("utf-8", "replace")
    if process.returncode:
        raise CommandFailedError(process.returncode, text[-_LAST_WORDS:])
    return Run(seconds, memory, text, cpu, max(0.0, others))


def _spent() -> float:
    """Seconds of the cores that all ended processes below this one have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _busy() -> float:
    """Seconds in which the cores did anything, for anyone."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    twice = getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)  # within user and nice
    return float(sum(times) - idle - twice)


def _memory(process: psutil.Process) -> int:
    """Bytes of a process and all below it. What they share counts once, where the system tells (Linux)."""
    total = 0
    with suppress(psutil.Error):
        for one in [process, *process.children(recursive=True)]:
            with suppress(psutil.Error):
                if sys.platform == "linux":
                    total += one.memory_full_info().pss
                else:
                    total += one.memory_info().rss
    return total
