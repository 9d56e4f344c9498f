"""Draws that are the same on every machine: only `Random.random()`, which Python promises to keep.

Its other methods may draw differently in another version of Python.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from random import Random
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")
_NORMAL = NormalDist()
_LEAST = 1e-12


def chance(rng: Random, probability: float) -> bool:
    """True with this probability, 0…1."""
    return rng.random() < probability


def pick(rng: Random, options: Sequence[T]) -> T:
    """One of the options, each as likely."""
    return options[int(rng.random() * len(options))]


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, as likely as its weight; the weights need not add up to 1."""
    left = rng.random() * sum(weights.values())
    chosen = next(iter(weights))
    for key, weight in weights.items():
        if weight > 0:
            chosen = key
            left -= weight
            if left < 0:
                break
    return chosen


def shuffled(rng: Random, items: Sequence[T]) -> list[T]:
    """The items in another order, each order as likely."""
    left = list(items)
    return [left.pop(int(rng.random() * len(left))) for _ in items]


def around(rng: Random, median: float, spread: float) -> float:
    """Log-normal: half lie below the `median`; two thirds within a factor e^`spread` of it."""
    return median * math.exp(spread * _NORMAL.inv_cdf(max(rng.random(), _LEAST)))


def normal(rng: Random, mean: float, deviation: float) -> float:
    """Normal, with this mean and standard deviation."""
    return mean + deviation * _NORMAL.inv_cdf(max(rng.random(), _LEAST))


def how_many(rng: Random, mean: float, most: int) -> int:
    """A count from 0 to `most` with this mean: so many times it may happen, each as likely."""
    return sum(rng.random() < mean / most for _ in range(most))


def leaning(rng: Random, mean: float, firmness: float) -> float:
    """A share, 0…1, with this mean: a beta distribution, drawn by Jöhnk's method.

    The smaller the `firmness` (the sum of the beta's two parameters), the more of the draws lie near
    0 or 1. A mean of 0 or 1 is always itself.
    """
    if not 0 < mean < 1:
        return mean
    while True:
        yes: float = rng.random() ** (1 / (mean * firmness))
        no: float = rng.random() ** (1 / ((1 - mean) * firmness))
        if 0 < yes + no <= 1:
            return yes / (yes + no)
