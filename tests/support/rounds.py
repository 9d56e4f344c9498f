"""How much of what takes long a test does: a part of it in `make test`, all of it with HARDEN=full."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")
FULL = os.environ.get("HARDEN") == "full"
"""Whether all rounds are wished for, as `make harden` does for the tests in tests/harden."""
full_only = pytest.mark.skipif(not FULL, reason="only in the full round: HARDEN=full make test")
"""For what is dear and seldom fails: the weekly round takes it."""


def rounds(short: int, full: int) -> int:
    """So many: `short` in `make test`, `full` with HARDEN=full."""
    return full if FULL else short


def some(every: Sequence[T], short: int) -> Sequence[T]:
    """In `make test` so many of them, evenly spread from the first on; with HARDEN=full all."""
    return every if FULL else every[:: -(-len(every) // short)]
