"""Steps of a derivation as tables in the terminal: what leans on what, and what each limit solves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.commands.terminal import points, table
from scorecard.compose.derivation import Leaning, Limit, solved
from scorecard.score.estimate import Score

_WHOM = {
    "everyone": "all other companies",
    "sector": "others of its sector",
    "own": "its own cases",
}


def leaning(
    heads: Sequence[str], steps: Sequence[Leaning], start: float, digits: int
) -> Iterator[str]:
    """Steps as a table, each leaning on the line above it; what goes in with so many digits."""
    rows = [["taken for granted", "", "", f"{start:.6f}"]]
    rows += [
        [_WHOM[s.whom], points(s.top, digits), points(s.bottom, digits), points(s.value, 6)]
        for s in steps
    ]
    yield from table(["", *heads], rows, left=(0,))


def solved_limits(score: Score) -> Iterator[str]:
    """The limits with what each solves, and the interval that is published."""
    yield from table(
        ["limit", "T", "e(T)", "spent", "z", "", "mean"],
        [_limit(limit) for limit in solved(score.ground)],
        left=(0, 5),
    )
    yield ""
    yield (
        f"  Stretched to the score where that lies outside: {score.score:.4f}, "
        f"from {score.low:.4f} to {score.high:.4f}"
    )


def _limit(limit: Limit) -> list[str]:
    end = points(limit.true)
    if limit.z is None:
        return [limit.name, end, points(limit.error), "", "", "the end of the scale", end]
    mean = limit.true + limit.side * limit.z * limit.error
    way = "T + z × e(T) =" if limit.side > 0 else "T − z × e(T) ="
    return [
        limit.name,
        end,
        points(limit.error),
        f"{limit.spent:.6f}",
        points(limit.z),
        way,
        points(mean),
    ]
