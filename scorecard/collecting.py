"""Python's collector of garbage, kept from looking where there is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """No looking for rings of garbage meanwhile: loading and scoring make many objects and hardly a ring,
    and the looking took half of the time of judging 20,000 cases."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
