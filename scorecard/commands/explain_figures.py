"""Every published figure of a company, a case or a sector in the terminal, to the digits of the API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.commands.terminal import heading, table
from scorecard.compose.figures import Figure
from scorecard.compose.words import Words


def published(figures: Sequence[Figure], words: Words) -> Iterator[str]:
    """A line a figure: what it is, its address on the page, its value, its interval, its cases, its unit."""
    yield from heading("Every figure that is published")
    rows = [
        (
            words.say(one.name),
            f"#{one.id}",
            *(_told(value) for value in (one.value, one.low, one.high, one.cases)),
            one.unit,
        )
        for one in figures
    ]
    headings = ["figure", "address", "value", "low", "high", "cases", "unit"]
    yield from table(headings, rows, left=[0, 1, 6])


def _told(value: float | str | None) -> str:
    return "–" if value is None else str(value)
