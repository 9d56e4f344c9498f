"""What readers of a table do to have back what was written: the apostrophes taken away again."""

from __future__ import annotations

import re

from scorecard.compose.tables.csv_text import _BEGINS

_DEFUSED = re.compile(rf"(^|[;\t\r\n])'{_BEGINS}")


def as_written(cell: str) -> str:
    """The text that a cell was made from: `defuse` undone."""
    return _DEFUSED.sub(r"\1", cell)
