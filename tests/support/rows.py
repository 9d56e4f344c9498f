"""One row of a rule's table: a timeline, and what the rule answers to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from msgspec import Struct, field

from scorecard.judge.finding import State
from tests.support.build import finding, make_case, rubric, steady

NOT_APPLICABLE: State = "not-applicable"
UNKNOWN: State = "unknown"


class Row(Struct, frozen=True):
    """`value`: 0…1, or the state of a finding that has none. `events`: positions from 0."""

    says: str
    timeline: str
    value: float | State
    events: tuple[int, ...] = ()
    as_of: str = "2024-12-31"
    keys: Mapping[str, Any] = field(default_factory=dict)
    sector: str = "telecom"
    country: str | None = None

    def holds_for(self, rule: str) -> None:
        """Judges the timeline by the steady norms and compares."""
        case = make_case(self.timeline, **self.keys)
        found = finding(rule, case, steady(self.as_of, self.sector, self.country))
        if isinstance(self.value, str):
            assert (found.state, found.value) == (self.value, None)
        else:
            assert found.state == "judged"
            assert found.value == pytest.approx(self.value, abs=1e-9)
        assert found.events == self.events


def worth(rule: str, key: str) -> float:
    """What the rubric says that an answer is worth: an editor may change it."""
    return next(r for r in rubric().rules if r.id == rule).values[key]


def says(row: Row) -> str:
    """The row's sentence, as the test's name."""
    return row.says
