"""How figures are rounded, in pages and data alike."""

from __future__ import annotations

from typing import TypeVar

POINTS, SHARES = 2, 4
"""With how many decimals points, and shares of 0…1, are published; what is shown is rounded from these."""
TIMES, EFFORTS = 2, 1
"""With how many decimals working hours and days, and Customer Effort Scores, are published."""
VALUES, WEIGHTS = 6, 9
"""With how many decimals the tables tell findings' values and cases' weights. The API tells both as shares,
to be read; from the tables scores are added up anew, so that they must say more than a score shows."""
_NOISE = 1e-9
"""What adding up floats may leave; below it a figure is 0 or the top indeed."""
Known = TypeVar("Known", float, float | None)


def points(value: Known) -> Known:
    """Points as they are published; None stays None."""
    if value is None:
        return value
    return rounded(value, POINTS)


def share(value: Known) -> Known:
    """A share as it is published; None stays None."""
    if value is None:
        return value
    return rounded(value, SHARES, top=1)


def time(value: Known) -> Known:
    """Hours or days as they are published; None stays None."""
    if value is None:
        return value
    return round(value, TIMES)


def effort(value: Known) -> Known:
    """A Customer Effort Score as it is published; None stays None."""
    if value is None:
        return value
    return round(value, EFFORTS)


def rounded(value: float, digits: int, top: float = 100) -> float:
    """The value, rounded, but never to a false 0 or a false `top` (100 for scores, 1 for shares)."""
    if value < _NOISE or value > top - _NOISE:
        return 0.0 if value < _NOISE else top
    near = round(value, digits)
    step = 10.0**-digits
    if near <= 0 < value:
        return step
    if near >= top > value:
        return round(top - step, digits)
    return near
