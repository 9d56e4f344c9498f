"""Sums that add up. Kept as whole numbers, so that the order of adding changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

_UNIT = 10**12


@dataclass(frozen=True, slots=True)
class Tally:
    """Weighted case scores added up.

    Whole numbers of 1e-12: `weight` in full cases, `total` in weight × points (0…100), `squares` in
    weight × points². Two tallies add; a tally taken away again leaves exactly what was there.
    """

    cases: int = 0
    weight: int = 0
    total: int = 0
    squares: int = 0

    @classmethod
    def of(cls, score: float, weight: float) -> Tally:
        """The tally of one case: a score of 0…100 and the case's weight."""
        return cls(
            1,
            round(weight * _UNIT),
            round(weight * score * _UNIT),
            round(weight * score * score * _UNIT),
        )

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.cases + other.cases,
            self.weight + other.weight,
            self.total + other.total,
            self.squares + other.squares,
        )

    def __sub__(self, other: Tally) -> Tally:
        return Tally(
            self.cases - other.cases,
            self.weight - other.weight,
            self.total - other.total,
            self.squares - other.squares,
        )

    @property
    def full_cases(self) -> float:
        """The weight, in full cases."""
        return self.weight / _UNIT

    @property
    def mean(self) -> float | None:
        """The weighted mean, points; None without weight."""
        return min(100.0, round(self.total / self.weight, 9)) if self.weight else None

    @property
    def deviations(self) -> float:
        """The weighted sum of squared deviations from the mean, points²."""
        if not self.weight:
            return 0.0
        return max(0.0, (self.squares - self.total * self.total / self.weight) / _UNIT)

    def towards(self, centre: float, strength: float) -> float:
        """The mean with `strength` more full cases that score `centre`."""
        return (self.total / _UNIT + strength * centre) / (self.full_cases + strength)
