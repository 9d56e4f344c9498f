"""A chart → its Plotly figure, as plain data. Drawn in the browser; validated by plotly in tests.

Plotly reads texts as a kind of HTML, with links, and what stands between dollar signs as TeX: only `_shown`
hands it one, in which nothing is markup. Its figures are as published; what it says of them when pointed
at is worded here, as the table of the chart says it in the page's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from math import log10
from typing import Any

from babel.numbers import get_decimal_symbol, get_group_symbol
from msgspec.structs import replace

from scorecard.compose.charts.chart import TIME_MARKS, Chart, CurvePoint
from scorecard.compose.words import Words
from scorecard.judge.finding import Reason, say
from scorecard.rounding import POINTS, TIMES, points, share, time
from scorecard.score.estimate import Score

_TONES = {"good": "#1f6f9f", "middling": "#9a6408", "bad": "#a63a13", "neutral": "#77736a"}
_INK = "#1f6f9f"
_PALE = "#77736a"
_BAND = "rgba(31,111,159,0.18)"
_SHADE = "rgba(119,115,106,0.18)"
_DOTS = {"type": "scatter", "mode": "markers", "cliponaxis": False}
"""Whole ones at 0 and 100 as well."""
_NAMED = {"automargin": True, "type": "category"}
"""An axis of names."""
_WHOLE_HEIGHT = {
    "type": "rect",
    "yref": "paper",
    "y0": 0,
    "y1": 1,
    "line": {"width": 0},
    "layer": "below",
}
_NAME_FIRST = "%{y}: %{customdata}<extra></extra>"
_START = 0.1
"""Where the axis of a curve begins, in its own unit of time."""
_TIMES = {"working_hours": say("Working hours"), "days": say("Days")}


def figure(chart: Chart, words: Words) -> dict[str, Any]:
    """The figure: `data` and `layout` as Plotly takes them."""
    draw = {
        "intervals": _intervals,
        "bars": _bars,
        "curve": _curve,
        "months": _months,
        "strips": _strips,
    }
    data, layout = draw[chart.kind](chart, words)
    return {
        "data": data,
        "layout": {
            "title": _title(chart.full_title, words),
            "margin": {"l": 16, "r": 16, "t": 64, "b": 48},
            "showlegend": False,
            "separators": get_decimal_symbol(words.locale) + get_group_symbol(words.locale),
            **layout,
        },
    }


def _intervals(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    rows = chart.intervals[::-1]
    names = [_shown(words.say(row.label)) for row in rows]
    ends = [tuple(map(chart.published, (row.score, row.low, row.high))) for row in rows]
    bars = {
        "type": "data",
        "symmetric": False,
        "array": [round(high - score, POINTS) for score, _, high in ends],
        "arrayminus": [round(score - low, POINTS) for score, low, _ in ends],
    }
    data: list[dict[str, Any]] = [
        {
            **_DOTS,
            "x": [score for score, _, _ in ends],
            "y": names,
            "error_x": bars,
            "customdata": [_interval(words, *three) for three in ends],
            "hovertemplate": _NAME_FIRST,
            "marker": {"color": _INK, "size": 11},
        }
    ]
    references = [
        (value, name)
        for row, name in zip(rows, names, strict=True)
        if (value := chart.reference(row)) is not None
    ]
    if references:
        data.append(
            {
                **_DOTS,
                "x": [value for value, _ in references],
                "y": [name for _, name in references],
                "customdata": [words.number(value, POINTS) for value, _ in references],
                "hovertemplate": _NAME_FIRST,
                "marker": {"color": _TONES["neutral"], "size": 11, "symbol": "diamond-open"},
            }
        )
    axis = {"range": list(chart.ends), "title": _title(chart.unit, words)}
    layout: dict[str, Any] = {"xaxis": axis, "yaxis": _NAMED}
    if chart.usual:
        low, high = chart.usual
        layout["shapes"] = [{**_WHOLE_HEIGHT, "x0": low, "x1": high, "fillcolor": _SHADE}]
    return data, layout


def _bars(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    bars = chart.bars[::-1]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [bar.count for bar in bars],
        "y": [_shown(words.say(bar.label)) for bar in bars],
        "customdata": [words.number(bar.count) for bar in bars],
        "hovertemplate": _NAME_FIRST,
        "marker": {"color": [_TONES[bar.tone] for bar in bars]},
    }
    axis = {"title": _title(chart.unit, words), "rangemode": "tozero"}
    return [trace], {"xaxis": axis, "yaxis": _NAMED}


def _curve(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    curve = _from_the_start(chart.curve)
    line = {"type": "scatter", "mode": "lines", "x": [time(point.time) for point in curve]}
    band = {**line, "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    data: list[dict[str, Any]] = [
        {**band, "y": [share(p.low) for p in curve]},
        {**band, "y": [share(p.high) for p in curve], "fill": "tonexty", "fillcolor": _BAND},
        {
            **line,
            "y": [share(p.waiting) for p in curve],
            "line": {"shape": "hv", "color": _INK},
            "customdata": [
                f"{words.number(p.time, TIMES)}: {words.percent(p.waiting)} "
                f"({words.percent(p.low)}–{words.percent(p.high)})"
                for p in curve
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    ]
    if chart.censored:
        data.append(
            {
                **_DOTS,
                "x": [time(since) for since in chart.censored],
                "y": [share(chart.waiting(since)) for since in chart.censored],
                "customdata": [words.number(since, TIMES) for since in chart.censored],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {"symbol": "line-ns-open", "color": _INK, "size": 10},
            }
        )
    shares = {
        "title": _title(chart.unit, words),
        "range": [0, 1.02],
        "tickformat": ".0%",
        "automargin": True,
    }
    longest = max(chart.curve[-1].time, 1.0)
    times = {
        "title": _title(_TIMES[chart.time], words),
        "type": "log",
        "automargin": True,
        "range": [log10(_START), log10(longest) + 0.05],
        "tickvals": [mark for mark, _ in TIME_MARKS[chart.time] if mark <= longest],
        "ticktext": [
            _shown(words.say(text)) for mark, text in TIME_MARKS[chart.time] if mark <= longest
        ],
    }
    return data, {"xaxis": times, "yaxis": shares}


def _from_the_start(curve: Sequence[CurvePoint]) -> list[CurvePoint]:
    """The curve, and what it is where the axis begins: a logarithmic one has no place for 0."""
    before = [point for point in curve if point.time <= _START]
    after = [point for point in curve if point.time > _START]
    return [curve[0], replace(curve[0], time=_START), replace(before[-1], time=_START), *after]


def _months(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Dashed and hollow where there is no grade; the grades' bands are the lines of the grid."""
    ends = [month.end.isoformat() for month in chart.months]
    scores = [month.score for month in chart.months]
    line = {"type": "scatter", "mode": "lines", "x": ends, "connectgaps": False}
    band = {**line, "line": {"width": 0}, "hoverinfo": "skip"}
    solid, dashed = _by_grade(chart)
    data: list[dict[str, Any]] = [
        {**band, "y": [points(s.low) for s in scores]},
        {**band, "y": [points(s.high) for s in scores], "fill": "tonexty", "fillcolor": _BAND},
        {**line, "y": solid, "line": {"color": _INK}, "hoverinfo": "skip"},
        {**line, "y": dashed, "line": {"color": _PALE, "dash": "dash"}, "hoverinfo": "skip"},
        {
            **_DOTS,
            "x": ends,
            "y": [points(s.score) for s in scores],
            "text": [_shown(month.grade or "–") for month in chart.months],
            "customdata": [_score(words, s) for s in scores],
            "hovertemplate": "%{customdata} %{text}<extra></extra>",
            "marker": {
                "symbol": ["circle" if month.grade else "circle-open" for month in chart.months],
                "color": [_INK if month.grade else _PALE for month in chart.months],
                "size": 8,
            },
        },
    ]
    step = next((s for s in (1, 2, 3, 6, 12) if len(ends) <= 5 * s), 24)
    named = {
        "tickvals": ends[::-step],
        "ticktext": [_shown(words.short_month(month.end)) for month in chart.months[::-step]],
    }
    return data, {
        "xaxis": {"type": "date", "automargin": True, **named},
        "yaxis": _scale(chart, words),
        "annotations": _grades(chart, "y", {"xref": "paper", "x": 1, "xanchor": "left"}),
        "margin": {"l": 64, "r": 32, "t": 64, "b": 48},
    }


def _strips(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A mark for each company, on a line for each strip; hollow where it has no grade."""
    data = []
    for strip in chart.strips:
        marks, name = strip.marks, _shown(words.say(strip.label))
        data.append(
            {
                **_DOTS,
                "x": [points(mark.score.score) for mark in marks],
                "y": [name] * len(marks),
                "text": [_shown(mark.name) for mark in marks],
                "customdata": [[_score(words, m.score), _shown(m.grade or "–")] for m in marks],
                "hovertemplate": "%{text}: %{customdata[0]} %{customdata[1]}<extra></extra>",
                "marker": {
                    "symbol": ["circle" if mark.grade else "circle-open" for mark in marks],
                    "color": [_INK if mark.grade else _PALE for mark in marks],
                    "size": 10,
                    "opacity": 0.8,
                },
            }
        )
    strips = {**_NAMED, "visible": len(chart.strips) > 1}
    above = {"yref": "paper", "y": 1, "yanchor": "bottom"}
    grades = _grades(chart, "x", above)
    return data, {"xaxis": _scale(chart, words), "yaxis": strips, "annotations": grades}


def _by_grade(chart: Chart) -> tuple[list[float | None], list[float | None]]:
    """The scores of the months that a solid line joins, and of those that a dashed one does."""
    solid: list[float | None] = [None] * len(chart.months)
    dashed = list(solid)
    for i, (month, after) in enumerate(pairwise(chart.months)):
        line = solid if month.grade and after.grade else dashed
        line[i], line[i + 1] = points(month.score.score), points(after.score.score)
    return solid, dashed


def _scale(chart: Chart, words: Words) -> dict[str, Any]:
    """An axis of points, with lines between the grades."""
    return {"title": _title(chart.unit, words), "range": [0, 100], "tickvals": chart.levels}


def _grades(chart: Chart, along: str, beside: dict[str, Any]) -> list[dict[str, Any]]:
    """The name of each grade at the middle of its band, `along` one axis and `beside` the figure."""
    place = {**beside, "showarrow": False}
    return [{**place, along: middle, "text": _shown(name)} for name, middle in chart.grade_middles]


def _score(words: Words, score: Score) -> str:
    return _interval(words, *map(points, (score.score, score.low, score.high)))


def _interval(words: Words, score: float, low: float, high: float) -> str:
    """A score with its limits, each as a cell of the chart's table has it."""
    shown, least, most = (words.number(value, POINTS) for value in (score, low, high))
    return f"{shown} ({least}–{most})"


def _title(text: Reason, words: Words) -> dict[str, str]:
    return {"text": _shown(words.say(text))}


def _shown(text: str) -> str:
    return escape(text, quote=False).replace("$", "&#36;")
