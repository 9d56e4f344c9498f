"""Where things lie in a chart's SVG, in its own units. The templates only draw what stands here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from math import log1p

from msgspec.structs import replace

from scorecard.compose.charts.chart import TIME_MARKS, Chart
from scorecard.compose.words import Words
from scorecard.render.canvas import (
    BOTTOM,
    LEFT,
    LONG_LABEL,
    RIGHT,
    TOP,
    WIDTH,
    Dot,
    Drawing,
    Row,
    Tick,
    anchored,
    scale,
    short,
)
from scorecard.render.strips import draw_strips

ROW = 46.0
CURVE_HEIGHT = 240.0
TREND_HEIGHT = 270.0
LETTER = 7.5
"""The width of a letter of a tick, about."""
MONTH_ROOM = 70.0


def draw(chart: Chart, words: Words) -> Drawing:
    """The chart, laid out with the words of one language."""
    layouts = {
        "intervals": _intervals,
        "bars": _bars,
        "curve": _curve,
        "months": _months,
        "strips": draw_strips,
    }
    return layouts[chart.kind](chart, words)


def _rows_drawing(ticks: Sequence[Tick], rows: Sequence[Row]) -> Drawing:
    height = TOP + ROW * len(rows) + BOTTOM
    return Drawing(WIDTH, height, LEFT, WIDTH - RIGHT, TOP, height - BOTTOM, ticks, rows)


def _intervals(chart: Chart, words: Words) -> Drawing:
    start, end = chart.ends

    def x(value: float) -> float:
        return scale(value - start, end - start)

    def told(value: float) -> str:
        return words.score(value) if chart.of_scores else words.number(value, 1)

    ticks = [
        anchored(x(value), words.number(value))
        for value in (start + (end - start) * quarter / 4 for quarter in range(5))
    ]
    rows = [
        Row(
            TOP + ROW * index + ROW / 2,
            short(words.say(row.label)),
            f"{told(row.score)} ({told(row.low)}–{told(row.high)})",
            "neutral",
            x(row.low),
            x(row.high),
            x(row.score),
            None if row.reference is None else x(row.reference),
            words.say(row.label),
        )
        for index, row in enumerate(chart.intervals)
    ]
    shade = (x(chart.usual[0]), x(chart.usual[1])) if chart.usual else None
    return replace(_rows_drawing(ticks, rows), shade=shade)


def _bars(chart: Chart, words: Words) -> Drawing:
    """Shares of the whole, so that a bar can be held beside that of another company."""
    whole = sum(bar.count for bar in chart.bars)
    rows = [
        Row(
            TOP + ROW * index + ROW / 2,
            short(words.say(bar.label), LONG_LABEL),
            f"{words.number(bar.count)} · {words.percent(bar.count / whole)}",
            bar.tone,
            LEFT,
            scale(bar.count, whole),
            whole=words.say(bar.label),
        )
        for index, bar in enumerate(chart.bars)
    ]
    ticks = [anchored(scale(v, 100), words.percent(v / 100)) for v in (0, 25, 50, 75, 100)]
    return _rows_drawing(ticks, rows)


def _curve(chart: Chart, words: Words) -> Drawing:
    """Time runs on a logarithmic scale, so that a day and years both can be read.

    The scale ends at a month, a year, or later, so that most curves can be held beside another.
    """
    left, bottom = 48.0, CURVE_HEIGHT - BOTTOM
    named = TIME_MARKS[chart.time]
    longest = chart.curve[-1].time
    end = next((mark for mark, _ in named[-4:] if mark >= longest), longest)

    def x(time: float) -> float:
        return scale(log1p(time), log1p(end), left)

    def y(share: float) -> float:
        return round(bottom - (bottom - TOP) * share, 1)

    points = [(x(p.time), y(p.waiting)) for p in chart.curve]
    lows = _staircase([(x(p.time), y(p.low)) for p in chart.curve])
    highs = _staircase([(x(p.time), y(p.high)) for p in chart.curve])
    ticks: list[Tick] = []
    for mark, label in reversed(named):
        tick = anchored(x(mark), words.say(label)) if mark <= end else None
        if tick and (not ticks or _right(tick) <= _left(ticks[-1])):
            ticks.append(tick)
    return Drawing(
        WIDTH,
        CURVE_HEIGHT,
        left,
        WIDTH - RIGHT,
        TOP,
        bottom,
        ticks[::-1],
        line="M" + " L".join(f"{a} {b}" for a, b in _staircase(points)),
        band=_outline([*highs, *lows[::-1]]),
        marks=[(x(time), y(chart.waiting(time))) for time in chart.censored],
        levels=[Tick(y(share), words.percent(share)) for share in (0, 0.5, 1)],
    )


def _left(tick: Tick) -> float:
    return tick.at - LETTER * len(tick.label) * {"start": 0, "middle": 0.5, "end": 1}[tick.anchor]


def _right(tick: Tick) -> float:
    """Where a tick's words end, and the next ones may begin."""
    return _left(tick) + LETTER * (len(tick.label) + 2)


def _months(chart: Chart, words: Words) -> Drawing:
    """Months at even steps, points from 0 to 100, so that every trend can be held beside another."""
    left, right, bottom = 40.0, WIDTH - 26, TREND_HEIGHT - BOTTOM
    places = [_month(month.end) for month in chart.months]
    span = max(places[-1] - places[0], 1)

    def x(place: int) -> float:
        return round(left + 10 + (right - left - 20) * (place - places[0]) / span, 1)

    def y(points: float) -> float:
        return round(bottom - (bottom - TOP) * points / 100, 1)

    dots = [
        Dot(x(place), y(month.score.score), month.grade is None)
        for place, month in zip(places, chart.months, strict=True)
    ]
    lows = [(dot.x, y(m.score.low)) for dot, m in zip(dots, chart.months, strict=True)]
    highs = [(dot.x, y(m.score.high)) for dot, m in zip(dots, chart.months, strict=True)]
    joined = list(pairwise(dots))
    return Drawing(
        WIDTH,
        TREND_HEIGHT,
        left,
        right,
        TOP,
        bottom,
        [Tick(x(place), words.short_month(_day(place))) for place in _marked(places, x)],
        line=_strokes([(a, b) for a, b in joined if not (a.hollow or b.hollow)]),
        band=_outline([*highs, *lows[::-1]]),
        levels=[Tick(y(points), words.number(points)) for points in chart.levels],
        dashed=_strokes([(a, b) for a, b in joined if a.hollow or b.hollow]),
        dots=dots,
        names=[Tick(y(middle), name) for name, middle in chart.grade_middles],
    )


def _month(day: date) -> int:
    """The months up to that of a date, counted from the year 0."""
    return 12 * day.year + day.month - 1


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _marked(places: Sequence[int], x: Callable[[int], float]) -> list[int]:
    """The months that an axis has room to name: the last one and others at even steps before it."""
    first, last = places[0], places[-1]
    month = x(first + 1) - x(first)
    step = next((s for s in (1, 2, 3, 6, 12, 24) if s * month >= MONTH_ROOM), last)
    return list(range(last, first - 1, -step))


def _strokes(pairs: Sequence[tuple[Dot, Dot]]) -> str:
    """A path that joins the dots of each pair, drawn on where one pair follows another."""
    path, last = "", None
    for start, end in pairs:
        path += "" if start is last else f"M{start.x} {start.y} "
        path += f"L{end.x} {end.y} "
        last = end
    return path.rstrip()


def _outline(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points) + " Z"


def _staircase(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    steps = [points[0]]
    for (_, before), (x, y) in pairwise(points):
        steps += [(x, before), (x, y)]
    return steps
