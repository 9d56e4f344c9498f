"""Spans between times that may be coarse. Always the kindest reading."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scorecard.values import Time

Span = tuple[datetime, datetime]


def kindest(start: Time, end: Time) -> Span | None:
    """The shortest span from `start` to `end`, or None where coarseness makes it meaningless.

    It is meaningless where one of the two is coarser than a day and both may be the same moment.
    """
    if end.first > start.last:
        return start.last, end.first
    if start.coarse or end.coarse:
        return None
    return start.last, start.last


def without(span: Span, pauses: Iterable[Span]) -> list[Span]:
    """What is left of `span` when the `pauses` are cut out of it."""
    left = [span]
    for pause_start, pause_end in pauses:
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, pause_start)), (max(start, pause_end), end))
            if piece[1] > piece[0]
        ]
    return left


def days(spans: Iterable[Span]) -> float:
    """The length of the spans, in days."""
    return sum((end - start).total_seconds() for start, end in spans) / 86400
