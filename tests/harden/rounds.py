"""How many rounds a test of resistance takes."""

from __future__ import annotations

import os

FULL = os.environ.get("HARDEN") == "full"
"""Whether all rounds are wished for, as `make harden` does."""


def rounds(short: int, full: int) -> int:
    """So many: `short` in `make test`, `full` in `make harden`."""
    return full if FULL else short
