"""A chart → its Plotly figure, as plain data. Drawn in the browser; validated by plotly in tests."""

from __future__ import annotations

from typing import Any

from scorecard.compose.charts import Chart
from scorecard.compose.words import Words

_TONES = {"good": "#1f6f9f", "middling": "#c98a1b", "bad": "#b3431a", "neutral": "#8a8a8a"}
_INK = "#1f6f9f"


def figure(chart: Chart, words: Words) -> dict[str, Any]:
    """The figure: `data` and `layout` as Plotly takes them."""
    draw = {"intervals": _intervals, "bars": _bars, "curve": _curve}[chart.kind]
    data, layout = draw(chart, words)
    return {
        "data": data,
        "layout": {
            "title": {"text": words.say(chart.title)},
            "margin": {"l": 160, "r": 24, "t": 64, "b": 64},
            "showlegend": False,
            **layout,
        },
    }


def _intervals(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    rows = chart.intervals[::-1]
    names = [words.say(row.label) for row in rows]
    scores = [row.score for row in rows]
    bars = {
        "type": "data",
        "symmetric": False,
        "array": [s.high - s.score for s in scores],
        "arrayminus": [s.score - s.low for s in scores],
    }
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [s.score for s in scores],
            "y": names,
            "error_x": bars,
            "marker": {"color": _INK, "size": 11},
        }
    ]
    means = [
        (row.reference, name)
        for row, name in zip(rows, names, strict=True)
        if row.reference is not None
    ]
    if means:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [mean for mean, _ in means],
                "y": [name for _, name in means],
                "marker": {"color": _TONES["neutral"], "size": 11, "symbol": "diamond-open"},
            }
        )
    axis = {"range": [0, 100], "title": {"text": words.say(chart.unit)}}
    return data, {"xaxis": axis, "yaxis": {"automargin": True, "type": "category"}}


def _bars(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    bars = chart.bars[::-1]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [bar.count for bar in bars],
        "y": [words.say(bar.label) for bar in bars],
        "marker": {"color": [_TONES[bar.tone] for bar in bars]},
    }
    axis = {"title": {"text": words.say(chart.unit)}, "rangemode": "tozero"}
    return [trace], {"xaxis": axis, "yaxis": {"automargin": True, "type": "category"}}


def _curve(chart: Chart, words: Words) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    hours = [point.time for point in chart.curve]
    line = {"type": "scatter", "mode": "lines", "x": hours}
    band = {**line, "line": {"shape": "hv", "width": 0}, "hoverinfo": "skip"}
    data: list[dict[str, Any]] = [
        {**band, "y": [p.low for p in chart.curve]},
        {
            **band,
            "y": [p.high for p in chart.curve],
            "fill": "tonexty",
            "fillcolor": "rgba(31,111,159,0.18)",
        },
        {**line, "y": [p.waiting for p in chart.curve], "line": {"shape": "hv", "color": _INK}},
    ]
    if chart.censored:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": list(chart.censored),
                "y": [_waiting(chart, time) for time in chart.censored],
                "marker": {"symbol": "line-ns-open", "color": _INK, "size": 10},
            }
        )
    share = {"title": {"text": words.say(chart.unit)}, "range": [0, 1.02], "tickformat": ".0%"}
    return data, {"xaxis": {"rangemode": "tozero"}, "yaxis": share}


def _waiting(chart: Chart, time: float) -> float:
    return [p.waiting for p in chart.curve if p.time <= time][-1]
