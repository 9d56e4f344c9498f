"""A mean, and how exactly it tells the true value → the true values that it leaves possible.

Each true value is asked with its own standard error, as in Wilson's (1927) interval, so near an end of
the scale the limits are close and lie askew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import sqrt
from statistics import NormalDist

from msgspec import Struct

from scorecard.score.tally import room

_NORMAL = NormalDist()
_NO_ERROR = 1e-9
"""Points²."""
_LEAST_CHANCE = 1e-9
_PRECISE = 1e-7
_INVENTED = 0.01
LEFT = 0.01
"""Of the parts' errors this share is left, squared, however much they seem to cancel out."""
_MOST = 100


class Limits(Struct, frozen=True):
    """What the cases leave possible, points 0…100."""

    low: float
    high: float


class Sampled(Struct, frozen=True):
    """A mean of cases, points: of so many alike cases with this dispersion (see `Spread`)."""

    mean: float
    dispersion: float
    cases: float
    tilt: float

    def error(self, true: float) -> float:
        """The standard error of the mean, points, if this were the true value."""
        return sqrt(self.dispersion / self.cases * room(true, self.tilt))


class Component(Struct, frozen=True):
    """A mean with its share, 0…1, in a whole. `takes`: how far its true value is thought to lie off
    its mean where the true value of the whole lies a point off its own."""

    share: float
    sampled: Sampled
    takes: float

    def true(self, off: float) -> float:
        """The true value of the part, points, where the whole's lies so far off its mean."""
        return _on_scale(self.sampled.mean + off * self.takes)


class Joined(Struct, frozen=True):
    """A mean of means. `together`: how far the errors of each two parts are correlated, in their order."""

    mean: float
    parts: Sequence[Component]
    together: Sequence[float]

    def error(self, true: float) -> float:
        """The standard error of the mean, points, if this were the true value."""
        off = true - self.mean
        errors = [part.share * part.sampled.error(part.true(off)) for part in self.parts]
        apart = square = sum([error * error for error in errors])
        for (a, b), r in zip(combinations(errors, 2), self.together, strict=True):
            square += 2 * r * a * b
        return sqrt(max(square, LEFT * apart))


Mean = Sampled | Joined


def joined(
    shares: Sequence[float],
    sampled: Sequence[Sampled],
    guesses: Sequence[float],
    together: Sequence[float],
) -> Joined:
    """The mean of means by their shares, which add up to 1.

    The greater a part's error, at the best guess of its true value, and the more the others err with it,
    the more it takes of what the whole is off (as in the regression of its error on that of the whole).
    Where there is no error at the guesses, all take alike.
    """
    errors = [s * one.error(at) for s, one, at in zip(shares, sampled, guesses, strict=True)]
    takes = [error * error for error in errors]
    for (i, j), r in zip(combinations(range(len(errors)), 2), together, strict=True):
        takes[i] += r * errors[i] * errors[j]
        takes[j] += r * errors[i] * errors[j]
    whole = sum(takes)
    parts = [
        Component(share, one, part / whole / share if whole > _NO_ERROR else 1.0)
        for share, one, part in zip(shares, sampled, takes, strict=True)
    ]
    mean = sum(share * one.mean for share, one in zip(shares, sampled, strict=True))
    return Joined(mean, parts, together)


def spent(error: float, gap: float, pull: float, side: int) -> float:
    """The share, 0…1, of the chance of error that a true value spends on means above it (1) or below.

    `gap`: how far what the limits lean on lies above the true value, points; `error`: its standard error.
    """
    above = _NORMAL.cdf(pull * gap / error) if error else float(gap > 0)
    return above if side > 0 else 1 - above


def limits(told: Mean, level: float, towards: float, pull: float) -> Limits:
    """The true values (points) from which the mean would not be too unlikely.

    Of the chance of error that the level leaves, a true value spends the more on means between it and
    `towards`, and the less on those beyond it, the further it lies from there and the stronger the `pull`
    (Pratt 1963; Yu & Hoff 2018). However it is spent, each true value keeps its whole coverage, so that
    companies unlike the others are covered as often as any.
    """
    mean, chance = told.mean, 1 - level

    def beyond(true: float, side: int) -> float:
        """Above 0 where the mean lies too far off this true value, on the one side. Smooth."""
        error = told.error(true)
        z = _quantile(chance * (spent(error, towards - true, pull, side) if pull else 0.5))
        return (mean - true) ** 2 - (z * error) ** 2

    low = _crossing(lambda true: beyond(true, 1), mean, 0.0)
    return Limits(low, _crossing(lambda true: beyond(true, -1), mean, 100.0))


def _crossing(beyond: Callable[[float], float], inside: float, outside: float) -> float:
    """Where `beyond` turns positive on the way from the mean to the end of the scale.

    By false position: where an end of the bracket stays, its value is made less (Anderson & Björck 1973).
    At an end of the scale `beyond` is 0 at the mean, and falls before it rises; so there a value is invented.
    """
    far = beyond(outside)
    if far <= 0:
        return outside
    near = min(beyond(inside), -far * _INVENTED)
    true, was_far = inside, None
    for _ in range(_MOST):
        last, true = true, _on_scale(inside - (outside - inside) * near / (far - near))
        if abs(true - last) < _PRECISE:
            break
        found = beyond(true)
        if found > 0:
            if was_far:
                near *= _less(found / far)
            outside, far, was_far = true, found, True
        else:
            if was_far is False:
                far *= _less(found / near)
            inside, near, was_far = true, found, False
    return true


def _less(ratio: float) -> float:
    return 1 - ratio if ratio < 1 else 0.5


def _on_scale(points: float) -> float:
    return 0.0 if points < 0 else 100.0 if points > 100 else points


def _quantile(chance: float) -> float:
    """The z beyond which a normal variable lies with this chance."""
    return -_NORMAL.inv_cdf(max(chance, _LEAST_CHANCE))
