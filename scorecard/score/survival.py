"""Kaplan–Meier: how long until an answer, when some still wait.

Estimator: Kaplan & Meier (1958). Variance: Greenwood (1926), with the interval on the log(−log)
scale, which stays within 0…1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Step:
    """From `time` on, the share `waiting` still waits; `low` and `high` are its interval."""

    time: float
    waiting: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Survival:
    """The curve of those still waiting, from 1 downwards, in steps at the times of answers."""

    steps: tuple[Step, ...]
    censored: tuple[float, ...]
    count: int

    @property
    def median(self) -> float | None:
        """The first time at which at most half still wait; None while more than half do."""
        return next((step.time for step in self.steps if step.waiting <= 0.5 + 1e-9), None)

    def at(self, time: float) -> Step:
        """The step that holds at `time`."""
        before = [step for step in self.steps if step.time <= time]
        return before[-1] if before else Step(0.0, 1.0, 1.0, 1.0)


def kaplan_meier(durations: Iterable[tuple[float, bool]], level: float) -> Survival:
    """The curve of `(duration, answered)` pairs; `level` is the intervals' coverage, 0…1."""
    waits = sorted(durations)
    answered = Counter(time for time, done in waits if done)
    leaving = Counter(time for time, _ in waits)
    z = NormalDist().inv_cdf((1 + level) / 2)
    at_risk, share, spread = len(waits), 1.0, 0.0
    steps = []
    for time in sorted(leaving):
        if done := answered[time]:
            share *= 1 - done / at_risk
            if at_risk > done:
                spread += done / (at_risk * (at_risk - done))
            steps.append(Step(time, share, *_interval(share, spread, z)))
        at_risk -= leaving[time]
    return Survival(tuple(steps), tuple(t for t, done in waits if not done), len(waits))


def _interval(share: float, spread: float, z: float) -> tuple[float, float]:
    if share <= 0:
        return 0.0, 0.0
    width = z * sqrt(spread) / log(share)
    low, high = sorted(share ** exp(sign * width) for sign in (1, -1))
    return low, high
