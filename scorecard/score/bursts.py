"""Bursts: many first-hand cases at once, from contributors who wrote of nothing before.

An outage makes one, and so does a campaign; from the cases alone the two can look the same. What
cannot be made up afterwards is a record over time. So the cases of a burst weigh together no more than
the rubric's share of a company that has such a record. The scan over windows of several lengths is
Kulldorff's (1997) in one dimension, with the Poisson tail as its measure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import lgamma, log

from msgspec import Struct

from scorecard.rubric import BurstCap
from scorecard.score.observation import Observation

_MARGIN = 7
"""So many days before and after the window belong to a burst, or as many as the window itself has."""


class Arrivals(Struct, frozen=True):
    """When the first-hand cases of all companies began, and by when each contributor's first one had.

    `added` are the days of cases that nobody wrote, to see what they would do.
    """

    days: tuple[int, ...]
    first: Mapping[str, int]
    added: tuple[int, ...] = ()

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> Arrivals:
        """The arrivals of all observations of a site, in any order."""
        days: list[int] = []
        first: dict[str, int] = {}
        for seen in observations:
            if seen.source == "first-hand" and seen.began:
                earliest, latest = seen.began
                days.append(earliest)
                if seen.contributor:
                    first[seen.contributor] = min(latest, first.get(seen.contributor, latest))
        return cls(tuple(sorted(days)), first)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.days) + len(self.added)

    def between(self, start: int, end: int) -> int:
        """How many began from day `start` to day `end`, both counted."""
        known = bisect_right(self.days, end) - bisect_left(self.days, start)
        return known + sum(start <= day <= end for day in self.added)

    def newcomer(self, seen: Observation, start: int) -> bool:
        """Had its contributor written of nothing before day `start`?"""
        return seen.contributor is None or self.first.get(seen.contributor, start) >= start


class Burst(Struct, frozen=True):
    """Cases by newcomers that began from `start` to `end`: the ids of the cases.

    `expected` is how many cases the company's own pace, or the site's, would have brought.
    """

    start: date
    end: date
    cases: frozenset[str]
    expected: float


class _Start(Struct, frozen=True):
    """The days within which a case began."""

    first: int
    last: int
    seen: Observation


def vague(seen: Observation, cap: BurstCap) -> bool:
    """Does a first-hand case tell so little of when it began that no burst could be seen in it?"""
    untold = seen.began is None or seen.began[1] - seen.began[0] >= max(cap.windows)
    return seen.source == "first-hand" and untold


def find_bursts(
    observations: Sequence[Observation], arrivals: Arrivals, cap: BurstCap
) -> list[Burst]:
    """The bursts among a company's observations, the clearest first; a case is in one at most."""
    left = len(observations)
    if left < cap.record + cap.cases:  # too few for a burst beside a record
        return []
    starts = sorted(
        (
            _Start(seen.began[0], seen.began[1], seen)
            for seen in observations
            if seen.source == "first-hand" and seen.began and not vague(seen, cap)
        ),
        key=lambda start: (start.first, start.seen.case),
    )
    bursts: list[Burst] = []
    while burst := _clearest(starts, left, arrivals, cap):
        bursts.append(burst)
        starts = [start for start in starts if start.seen.case not in burst.cases]
        left -= len(burst.cases)
    return bursts


class _Window(Struct, frozen=True):
    """Cases that began from day `first` to day `last`, and the logarithm of the chance of so many."""

    first: int
    last: int
    expected: float
    chance: float


def _clearest(
    starts: Sequence[_Start], left: int, arrivals: Arrivals, cap: BurstCap
) -> Burst | None:
    """The burst of the window that is least likely at the company's pace, if it is unlikely enough.

    A window that stands out best may be shorter than what happened, so the days around it belong to it.
    """
    for window in sorted(
        _windows(starts, left, arrivals, cap), key=lambda w: (w.chance, w.first, w.last)
    ):
        margin = min(_MARGIN, window.last - window.first + 1)
        first, last = window.first - margin, window.last + margin
        new = [
            s.seen.case
            for s in starts
            if s.first <= last and s.last >= first and arrivals.newcomer(s.seen, first)
        ]
        if len(new) >= cap.cases and left - len(new) >= cap.record:
            days = date.fromordinal(window.first), date.fromordinal(window.last)
            return Burst(*days, frozenset(new), window.expected)
    return None


def _windows(
    starts: Sequence[_Start], left: int, arrivals: Arrivals, cap: BurstCap
) -> Iterator[_Window]:
    """The windows in which too many began to be a matter of chance, of all that were tried."""
    if len(starts) < cap.cases:
        return
    firsts, lasts = [start.first for start in starts], [start.last for start in starts]
    days = sorted(set(firsts))
    for length in cap.windows:
        tries = max(1.0, (days[-1] - days[0] + 1) / length) * len(cap.windows)
        for day in days:
            end = day + length - 1
            low, high = bisect_left(firsts, day), bisect_right(firsts, end)
            if high - low < cap.cases:
                continue
            inside = sum([last <= end for last in lasts[low:high]])
            if inside >= cap.cases and left - inside >= cap.record:
                expected = _expected(starts, days, inside, (day, end), arrivals)
                chance = log_tail(inside, expected) + log(tries)
                if chance < log(cap.chance):
                    yield _Window(day, end, expected, chance)


def _expected(
    starts: Sequence[_Start],
    days: Sequence[int],
    inside: int,
    window: tuple[int, int],
    arrivals: Arrivals,
) -> float:
    """How many cases would have come: at the company's own pace, or at the site's if that grew."""
    rest, length = len(starts) - inside, window[1] - window[0] + 1
    own = (rest + 1) * length / max(days[-1] - days[0] + 1 - length, length)
    elsewhere = max(0, arrivals.between(*window) - inside)
    before = arrivals.count - len(starts) - elsewhere
    return max(own, rest * elsewhere / before if before > 0 else 0.0)


def log_tail(count: int, expected: float) -> float:
    """The logarithm of the Poisson chance of `count` or more where `expected` come; at most 0."""
    if count <= expected:
        return 0.0
    term = total = 1.0
    for n in range(count + 1, 2 * count + 100):
        term *= expected / n
        total += term
    return min(0.0, count * log(expected) - expected - lgamma(count + 1) + log(total))
