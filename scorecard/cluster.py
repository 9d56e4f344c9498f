"""Work shared by a Dask cluster: what it needs is sent there once, and a lost worker costs only time.

A part of the work that a lost worker had is done again by another. Only when a part has taken several
workers with it, or the last copy of what all need is lost, does the build end.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from functools import partial
from threading import Lock
from typing import Any, TypeVar
from uuid import uuid4

from scorecard.errors import ScorecardError, UsageError
from scorecard.made_of import code as own_code
from scorecard.parallel import in_order

try:
    from distributed import Client, KilledWorker
    from distributed.comm.core import CommClosedError
except ModuleNotFoundError:
    raise UsageError(
        "A cluster needs the package distributed, which is not installed: "
        "python -m pip install --require-hashes -r requirements/cluster.txt"
    ) from None

SECONDS = 5
"""So long a cluster may take to answer, and to have a worker."""

Needed = TypeVar("Needed")
Part = TypeVar("Part")
Done = TypeVar("Done")

_here: dict[str, Any] = {}
"""In a worker: the call that it worked for last, its work, and what that needs."""
_one_at_a_time = Lock()
"""A worker may have several threads; what the work needs is made for one."""


class Cluster:
    """A cluster that answers, with a worker that has the same code as this process.

    Raises UsageError where there is none at the address, like `tcp://host:8786`.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            self._client = Client(address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(f"No cluster answers at {address} within {SECONDS} s.") from error
        try:
            self._look()
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def each(
        self, work: Callable[[Needed, Part], Done], needed: Needed, parts: Sequence[Part]
    ) -> Iterator[Done]:
        """What the work makes of each part, in their order.

        Raises ScorecardError where the cluster is lost.
        """
        packed = pickle.dumps((work, needed), pickle.HIGHEST_PROTOCOL)
        call, code = uuid4().hex, own_code()
        executor = self._client.get_executor(pure=False)
        try:
            [held] = self._client.scatter([packed], broadcast=True, hash=False)
            del packed
            workers = sum(self._client.nthreads().values())
            yield from in_order(partial(executor.submit, _do, call, code, held), parts, workers)
        except (CancelledError, CommClosedError, KilledWorker, TimeoutError) as error:
            raise ScorecardError(
                f"The cluster at {self.address} could not end its work: "
                f"{str(error) or 'it was lost, or all of its workers at once'}."
            ) from error
        finally:
            executor.shutdown(wait=False)

    def _look(self) -> None:
        """Raises UsageError where there is no worker, or none that could do the work."""
        try:
            self._client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as error:
            raise UsageError(f"The cluster at {self.address} has no workers.") from error
        try:
            self._client.submit(_same_code, own_code(), pure=False).result()
        except (ImportError, RuntimeError) as error:
            raise UsageError(
                f"The cluster at {self.address} cannot import scorecard: start its scheduler and "
                "its workers in this project's folder, with its packages."
            ) from error


def _do(call: str, code: bytes, packed: bytes, part: object) -> Any:
    with _one_at_a_time:
        if _here.get("call") != call:
            _here.clear()
            _same_code(code)
            work, needed = pickle.loads(packed)  # noqa: S301 - packed by `each`
            _here.update(call=call, work=work, needed=needed)
        return _here["work"](_here["needed"], part)


def _same_code(code: bytes) -> None:
    """Raises UsageError where this process would make other bytes."""
    if own_code() != code:
        raise UsageError(
            "A worker of the cluster has other code, templates, texts or packages: install it anew."
        )
