"""Where things lie in a chart's SVG, in its own units. The templates only draw what stands here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

from scorecard.compose.charts import Chart
from scorecard.compose.words import Words
from scorecard.judge.finding import say

WIDTH = 380.0
LEFT, RIGHT, TOP, BOTTOM = 12.0, 12.0, 8.0, 34.0
ROW = 46.0
CURVE_HEIGHT = 240.0
LABEL_LENGTH = 27
TICK_ROOM = 62.0

_HOUR_TICKS = [
    (1, say("1 hour")),
    (8, say("1 day")),
    (40, say("1 week")),
    (173, say("1 month")),
    (2080, say("1 year")),
    (10400, say("5 years")),
    (41600, say("20 years")),
]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid: where, and what it says. `anchor` keeps the words inside the picture."""

    at: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an interval or bar chart; `y` is its middle."""

    y: float
    label: str
    value: str
    tone: str
    start: float
    end: float
    dot: float | None = None
    reference: float | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart laid out."""

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


def draw(chart: Chart, words: Words) -> Drawing:
    """The chart, laid out with the words of one language."""
    layouts = {"intervals": _intervals, "bars": _bars, "curve": _curve}
    return layouts[chart.kind](chart, words)


def _scale(value: float, top: float, left: float = LEFT) -> float:
    return round(left + (WIDTH - left - RIGHT) * value / top, 1)


def _rows_drawing(ticks: Sequence[Tick], rows: Sequence[Row]) -> Drawing:
    height = TOP + ROW * len(rows) + BOTTOM
    return Drawing(WIDTH, height, LEFT, WIDTH - RIGHT, TOP, height - BOTTOM, ticks, rows)


def _short(label: str) -> str:
    """A label that leaves room for its value; the table has it whole."""
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"


def _anchored(at: float, label: str) -> Tick:
    anchor = "start" if at < LEFT + 20 else "end" if at > WIDTH - RIGHT - 20 else "middle"
    return Tick(at, label, anchor)


def _intervals(chart: Chart, words: Words) -> Drawing:
    ticks = [_anchored(_scale(v, 100), words.number(v)) for v in (0, 25, 50, 75, 100)]
    rows = [
        Row(
            TOP + ROW * index + ROW / 2,
            _short(words.say(row.label)),
            f"{words.score(row.score.score)} ({words.score(row.score.low)}–{words.score(row.score.high)})",
            "neutral",
            _scale(row.score.low, 100),
            _scale(row.score.high, 100),
            _scale(row.score.score, 100),
            None if row.reference is None else _scale(row.reference, 100),
        )
        for index, row in enumerate(chart.intervals)
    ]
    return _rows_drawing(ticks, rows)


def _bars(chart: Chart, words: Words) -> Drawing:
    most = max(bar.count for bar in chart.bars)
    rows = [
        Row(
            TOP + ROW * index + ROW / 2,
            _short(words.say(bar.label)),
            words.number(bar.count),
            bar.tone,
            LEFT,
            max(_scale(bar.count, most), LEFT + 2),
        )
        for index, bar in enumerate(chart.bars)
    ]
    ticks = [_anchored(_scale(v, most), words.number(v)) for v in (0, most)]
    return _rows_drawing(ticks, rows)


def _curve(chart: Chart, words: Words) -> Drawing:
    """Time runs on a logarithmic scale, so that hours and years both can be read."""
    left, bottom = 48.0, CURVE_HEIGHT - BOTTOM
    longest = max([p.time for p in chart.curve] + [1.0])

    def x(hours: float) -> float:
        return _scale(log1p(hours), log1p(longest), left)

    def y(share: float) -> float:
        return round(bottom - (bottom - TOP) * share, 1)

    points = [(x(p.time), y(p.waiting)) for p in chart.curve]
    lows = _staircase([(x(p.time), y(p.low)) for p in chart.curve])
    highs = _staircase([(x(p.time), y(p.high)) for p in chart.curve])
    ticks: list[Tick] = []
    for hours, label in _HOUR_TICKS:
        if hours <= longest and (not ticks or x(hours) - ticks[-1].at >= TICK_ROOM):
            ticks.append(_anchored(x(hours), words.say(label)))
    marks = []
    for time in chart.censored:
        waiting = [p.waiting for p in chart.curve if p.time <= time][-1]
        marks.append((x(time), y(waiting)))
    return Drawing(
        WIDTH,
        CURVE_HEIGHT,
        left,
        WIDTH - RIGHT,
        TOP,
        bottom,
        ticks,
        line="M" + " L".join(f"{a} {b}" for a, b in _staircase(points)),
        band="M" + " L".join(f"{a} {b}" for a, b in [*highs, *lows[::-1]]) + " Z",
        marks=marks,
        levels=[Tick(y(share), words.percent(share)) for share in (0, 0.5, 1)],
    )


def _staircase(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    steps = [points[0]]
    for (_, before), (x, y) in pairwise(points):
        steps += [(x, before), (x, y)]
    return steps
