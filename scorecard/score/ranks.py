"""Ranks as ranges: whom a company is surely behind, and whom surely ahead of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from msgspec import Struct

from scorecard.score.estimate import Score


class Rank(Struct, frozen=True):
    """From the best to the worst place that the intervals leave possible, of so many; 1 is the best."""

    best: int
    worst: int
    of: int


def ranks(scores: Mapping[str, Score]) -> dict[str, Rank]:
    """The rank of each among all: behind those whose interval lies wholly above its own."""
    lows = sorted(score.low for score in scores.values())
    highs = sorted(score.high for score in scores.values())
    count = len(scores)
    found = {}
    for name, score in scores.items():
        ahead = count - bisect_right(lows, score.high)
        behind = bisect_left(highs, score.low)
        found[name] = Rank(1 + ahead, count - behind, count)
    return found
