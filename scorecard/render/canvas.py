"""What a laid-out chart is made of: its measures, its parts, and its scale."""

from __future__ import annotations

from collections.abc import Sequence
from re import sub

from msgspec import Struct
from msgspec.structs import replace

WIDTH = 380.0
LEFT, RIGHT, TOP, BOTTOM = 12.0, 12.0, 8.0, 34.0
LABEL_LENGTH = 24
LONG_LABEL = 34
"""Letters that a label has room for beside a score with its interval, and beside a share."""


class Tick(Struct, frozen=True):
    """A line of the grid: where, and what it says. `anchor` keeps the words inside the picture."""

    at: float
    label: str
    anchor: str = "middle"


class Row(Struct, frozen=True):
    """A row of an interval or bar chart; `y` is its middle, `whole` its label where that was cut short."""

    y: float
    label: str
    value: str
    tone: str
    start: float
    end: float
    dot: float | None = None
    reference: float | None = None
    whole: str = ""


class Dot(Struct, frozen=True):
    """A score; hollow where it has no grade. Of a company its grade, and its name with the score."""

    x: float
    y: float
    hollow: bool
    grade: str = ""
    name: str = ""


class Drawing(Struct, frozen=True):
    """A chart laid out. `names` stand at the right of what lies between two levels, `labels` above
    strips, `columns` above what lies between two ticks; `shade` reaches from one place to another."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    ticks: Sequence[Tick]
    rows: Sequence[Row] = ()
    line: str = ""
    band: str = ""
    marks: Sequence[tuple[float, float]] = ()
    levels: Sequence[Tick] = ()
    dashed: str = ""
    dots: Sequence[Dot] = ()
    names: Sequence[Tick] = ()
    labels: Sequence[Tick] = ()
    columns: Sequence[Tick] = ()
    radius: float = 3.5
    shade: tuple[float, float] | None = None


def scale(value: float, top: float, left: float = LEFT) -> float:
    """Where a value lies on a scale from 0 to `top` that begins at `left`."""
    return round(left + (WIDTH - left - RIGHT) * value / top, 1)


def short(label: str, length: int = LABEL_LENGTH) -> str:
    """A label that leaves room for its value; the table has it whole."""
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"


def anchored(at: float, label: str) -> Tick:
    """A tick whose words stay inside the picture."""
    anchor = "start" if at < LEFT + 20 else "end" if at > WIDTH - RIGHT - 20 else "middle"
    return Tick(at, label, anchor)


def stretched(drawing: Drawing, width: float) -> Drawing:
    """The drawing at another width: everything lies further right, nothing grows, and labels are whole."""
    by = width / drawing.width

    def x(at: float) -> float:
        return round(at * by, 1)

    def maybe(at: float | None) -> float | None:
        return None if at is None else x(at)

    def path(line: str) -> str:
        return sub(r"([ML])([0-9.]+)", lambda found: f"{found[1]}{x(float(found[2]))}", line)

    def ticks(of: Sequence[Tick]) -> list[Tick]:
        return [replace(tick, at=x(tick.at)) for tick in of]

    return replace(
        drawing,
        width=width,
        left=x(drawing.left),
        right=x(drawing.right),
        ticks=ticks(drawing.ticks),
        rows=[
            replace(
                row,
                label=row.whole or row.label,
                start=x(row.start),
                end=x(row.end),
                dot=maybe(row.dot),
                reference=maybe(row.reference),
            )
            for row in drawing.rows
        ],
        line=path(drawing.line),
        band=path(drawing.band),
        dashed=path(drawing.dashed),
        marks=[(x(at), y) for at, y in drawing.marks],
        dots=[replace(dot, x=x(dot.x)) for dot in drawing.dots],
        columns=ticks(drawing.columns),
        shade=(x(drawing.shade[0]), x(drawing.shade[1])) if drawing.shade else None,
    )
