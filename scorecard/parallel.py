"""Work shared by processes: each has all that it needs, and is asked for one part after the other."""

from __future__ import annotations

import errno
import multiprocessing
import multiprocessing.connection
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Event, Thread
from typing import Any, Protocol, TypeVar

from scorecard.errors import ScorecardError

Needed = TypeVar("Needed")
Part = TypeVar("Part")
Done = TypeVar("Done")

_here: dict[str, Any] = {}
"""In a process: the work, and what it needs, set once when it starts."""


PART = 10
"""So many companies are one part of the work."""
_AHEAD = 4
"""So many parts for each worker are asked for before the first of them is taken: enough that none waits,
and no more, so that what is made does not pile up where it is made faster than it is taken."""


def in_parts(items: Sequence[Part], most: int | None = None) -> list[Sequence[Part]]:
    """The items in their order, so many at a time; PART where nothing else is said."""
    most = most or PART
    return [items[i : i + most] for i in range(0, len(items), most)]


def in_order(
    submit: Callable[[Part], Future[Done]], parts: Iterable[Part], workers: int
) -> Iterator[Done]:
    """What so many workers make of each part, in the order of the parts."""
    asked: deque[Future[Done]] = deque()
    for part in parts:
        asked.append(submit(part))
        if len(asked) > _AHEAD * workers:
            yield asked.popleft().result()
    while asked:
        yield asked.popleft().result()


class Helpers(Protocol):
    """Others who do the work, like `cluster.Cluster`."""

    def each(
        self, work: Callable[[Needed, Part], Done], needed: Needed, parts: Sequence[Part]
    ) -> Iterator[Done]:
        """What the work makes of each part, in their order."""


Jobs = int | Helpers
"""Who shares the work: so many processes of this machine (1: this one alone), or others."""


def shared(
    work: Callable[[Needed, Part], Done], needed: Needed, parts: Sequence[Part], jobs: Jobs
) -> Iterator[Done]:
    """What the work makes of each part, in their order: the same whoever shares it.

    `work` is a function of a module, and what it makes is sent back to here, so it had better be small.
    """
    if jobs == 1 or len(parts) < 2:
        for part in parts:
            yield work(needed, part)
        return
    if not isinstance(jobs, int):
        yield from jobs.each(work, needed, parts)
        return
    _need_threads()
    try:
        with ProcessPoolExecutor(jobs, initializer=_start, initargs=(work, needed)) as processes:
            yield from in_order(lambda part: processes.submit(_do, part), parts, jobs)
    except OSError:  # a process that was started waits for ever for one that could not be
        for started in multiprocessing.active_children():
            started.kill()
        raise
    except BrokenProcessPool as error:
        raise ScorecardError(
            "A process that shared the work was stopped, as happens where memory runs out: "
            "take fewer --jobs, or more memory; then run this again."
        ) from error


def _need_threads() -> None:
    """Raises OSError where no more threads can be started: those who share the work need two here, and
    without the second they would wait for ever."""
    done = Event()
    threads = [Thread(target=done.wait) for _ in range(2)]
    try:
        for thread in threads:
            thread.start()
    except RuntimeError as error:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from error
    finally:
        done.set()


def _start(work: Callable[[Needed, Part], Done], needed: Needed) -> None:
    """Readies a process. It prints nothing itself: who asked it tells what became of the work."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _here.update(work=work, needed=needed)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends this process when the one dies that started it: nobody would ever ask it for anything again."""
    if parent := multiprocessing.parent_process():
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _do(part: object) -> Any:
    return _here["work"](_here["needed"], part)
