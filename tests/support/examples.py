"""How many examples Hypothesis tries: few and always the same ones, unless a long run is asked for.

HARDEN=full tries four times as many; `SCORECARD_EXAMPLES=5000 python -m pytest
tests/properties` tries 5000 new ones for each relation.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

from tests.support.rounds import rounds

_ASKED = os.environ.get("SCORECARD_EXAMPLES", "")


def examples(full: int) -> Callable[[Any], Any]:
    """Settings for a property: `full` repeatable examples, a quarter of them in the short round, or as many
    new ones as are asked for."""
    return settings(
        max_examples=int(_ASKED) if _ASKED else rounds(full // 4, full),
        derandomize=not _ASKED,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
