"""Text for a terminal: headings, aligned columns, wrapped sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

WIDTH = 100
_INDENT = "  "


def heading(text: str) -> Iterator[str]:
    """A heading with a line under it."""
    yield from ("", text, "─" * min(WIDTH, len(text)))


def paragraph(text: str, indent: str = _INDENT) -> Iterator[str]:
    """Sentences, wrapped; what follows the first line is indented as well."""
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def terms(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Words and what they mean, which is wrapped beside them."""
    widest = max(len(term) for term, _ in rows)
    for term, meaning in rows:
        lines = textwrap.wrap(meaning, WIDTH - widest - 4, break_on_hyphens=False)
        for number, line in enumerate(lines):
            yield f"{_INDENT}{(term if not number else '').ljust(widest)}  {line}"


def table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], left: Sequence[int] = ()
) -> Iterator[str]:
    """Columns as wide as their longest cell; those numbered in `left` are set left, numbers right."""
    lines = [headings, *rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    for line in lines:
        cells = [
            cell.ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        yield (_INDENT + "  ".join(cells)).rstrip()


def points(value: float | None, digits: int = 4) -> str:
    """Points, or a dash where there are none."""
    return "–" if value is None else f"{round(value, digits) + 0.0:.{digits}f}"


def weight(value: float) -> str:
    """A weight in full cases, or a sum of them, exact enough to add up."""
    return f"{value:.7f}"
