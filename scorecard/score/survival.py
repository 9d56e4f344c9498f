"""Kaplan–Meier: how long until an answer, when some still wait.

Estimator: Kaplan & Meier (1958). Variance: Greenwood (1926), with the interval on the log(−log)
scale, which stays within 0…1. Where all wait or none does, Greenwood's interval has no width, as if
five answers of five in time were certainty; there the exact interval of a proportion stands
(Clopper & Pearson 1934), over those whose outcome is known. The beta product interval (Fay,
Brittain & Proschan, Biostatistics 14, 2013), too, is Clopper and Pearson's where nobody is censored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from math import exp, log, sqrt
from operator import attrgetter
from statistics import NormalDist

from msgspec import Struct

_HALF = 0.5 + 1e-9


class Step(Struct, frozen=True):
    """From `time` on, the share `waiting` still waits; `low` and `high` are its interval."""

    time: float
    waiting: float
    low: float
    high: float


class Survival(Struct, frozen=True):
    """The curve of those still waiting, from 1 downwards, in steps at the times of answers.

    `censored`: how long those without an answer were seen to wait, the shortest first. `count`: all,
    with and without. `level`: the coverage of the intervals, 0…1.
    """

    steps: tuple[Step, ...]
    censored: tuple[float, ...]
    count: int
    level: float

    @property
    def start(self) -> Step:
        """The moment of asking, when all wait."""
        return Step(0.0, 1.0, _least(self.count, self.level), 1.0)

    @property
    def median(self) -> float | None:
        """The first time at which at most half still wait; None while more than half do."""
        return next((step.time for step in self.steps if step.waiting <= _HALF), None)

    @property
    def median_interval(self) -> tuple[float | None, float | None]:
        """The interval of the median: where the lower and the upper edge of the curve's interval cross ½.

        None where the edge does not cross it: the upper one stays above, or the lower one lies below
        before the first answer, as it does with four answers or fewer at a level of 0.9: the median
        may then lie before them all. Brookmeyer & Crowley, Biometrics 38 (1982).
        """
        if not self.steps or _least(self.known(self.steps[0].time), self.level) <= 0.5:
            low = None
        else:
            low = next((step.time for step in self.steps if step.low <= 0.5), None)
        above = [n for n, step in enumerate(self.steps, 1) if step.high > 0.5]
        after = self.steps[above[-1] if above else 0 :]
        return low, after[0].time if after else None

    def known(self, time: float) -> int:
        """Of how many it is known whether they still waited at `time`.

        All but those who were last seen waiting before it: the answered, whenever that was, and who
        was seen waiting at `time` or later.
        """
        return self.count - bisect_left(self.censored, time)

    def at(self, time: float) -> Step:
        """The share that still waits at `time`, with its interval.

        Beyond the longest wait nothing is known of those who still waited: their share may have
        fallen to 0 since, and the interval begins there.
        """
        before = bisect_right(self.steps, time, key=attrgetter("time"))
        if not before:
            return Step(time, 1.0, _least(self.known(time), self.level), 1.0)
        step = self.steps[before - 1]
        seen = before < len(self.steps) or not step.waiting or self.censored[-1] >= time
        return Step(time, step.waiting, step.low if seen else 0.0, step.high)


def kaplan_meier(durations: Iterable[tuple[float, bool]], level: float) -> Survival:
    """The curve of `(duration, answered)` pairs; `level` is the intervals' coverage, 0…1.

    Who is censored at the time of an answer still waited then.
    """
    waits = sorted(durations)
    censored = tuple([time for time, done in waits if not done])
    answers = [time for time, done in waits if done]
    count, z = len(waits), _quantile(level)
    share, spread, first = 1.0, 0.0, 0
    steps = []
    while first < len(answers):
        time = answers[first]
        after = bisect_right(answers, time, first)
        at_risk = count - first - bisect_left(censored, time)
        left = at_risk - (after - first)
        if left:
            share *= left / at_risk
            spread += (at_risk - left) / (at_risk * left)
            steps.append(Step(time, share, *_interval(share, spread, z)))
        else:
            steps.append(Step(time, 0.0, 0.0, 1 - _least(len(answers), level)))
        first = after
    return Survival(tuple(steps), censored, count, level)


def _interval(share: float, spread: float, z: float) -> tuple[float, float]:
    """Greenwood's interval on the log(−log) scale, for a share strictly between 0 and 1."""
    width = exp(z * sqrt(spread) / -log(share))
    return share**width, share ** (1 / width)


@lru_cache(maxsize=64)
def _quantile(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)


def _least(known: int, level: float) -> float:
    """The least share that `known` of `known` still allows: the exact lower bound, 0…1.

    With it, all of them alike is as likely as half of what `level` leaves: `share ** known`.
    """
    return ((1 - level) / 2) ** (1 / known) if known else 0.0
