"""The judged cases of one company with their weights."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from scorecard.judge.case import JudgedCase
from scorecard.model import Company
from scorecard.score.weighed import Weighed


class WeighedCase(Struct, frozen=True):
    """A judged case and its weight among its company's, 0…1."""

    judged: JudgedCase
    weight: float


class CompanyCases(Struct, frozen=True):
    """A company's judged cases, and the same as observations, in the same order."""

    company: Company
    cases: tuple[WeighedCase, ...]
    weighed: Weighed

    @classmethod
    def of(cls, judged: Iterable[JudgedCase], weighed: Weighed) -> CompanyCases:
        """The judged cases with what they weigh."""
        pairs = zip(judged, weighed.weights, strict=True)
        return cls(weighed.company, tuple(WeighedCase(j, w) for j, w in pairs), weighed)

    @property
    def scored(self) -> tuple[WeighedCase, ...]:
        """The cases that have a score in any dimension."""
        return tuple(
            case for case, seen in zip(self.cases, self.weighed.seen, strict=True) if seen.scored
        )
