"""Companies along one scale: where each dot lies."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.compose.charts.chart import Chart, Mark
from scorecard.compose.words import Words
from scorecard.render.canvas import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Dot,
    Drawing,
    Tick,
    anchored,
    scale,
    short,
)

STRIP_LABEL = 26.0
GRADE_LABEL = 20.0
CROWD = 60
"""More companies than this are drawn as smaller dots."""


def draw_strips(chart: Chart, words: Words) -> Drawing:
    """Each company is a dot at its score; those that would lie on each other are stacked."""
    most = max(len(strip.marks) for strip in chart.strips)
    radius = 5.5 if most <= CROWD else 3.5 if most <= 5 * CROWD else 1.8
    dots: list[Dot] = []
    labels: list[Tick] = []
    top = y = TOP + (GRADE_LABEL if chart.grades else 0.0)
    for strip in chart.strips:
        if len(chart.strips) > 1:
            y += STRIP_LABEL
            labels.append(Tick(y - 6, short(words.say(strip.label))))
        stacks = _stacked(strip.marks, 2 * radius + 1)
        y += (2 * radius + 1) * max(height for height, _ in stacks) + 2
        dots += [
            Dot(
                scale(mark.score.score, 100),
                round(y - (2 * radius + 1) * height + radius, 1),
                mark.grade is None,
                mark.grade or "",
                f"{mark.name}: {words.score(mark.score.score)}",
            )
            for height, mark in stacks
        ]
    ticks = [anchored(scale(v, 100), words.number(v)) for v in chart.levels]
    height = y + BOTTOM
    return Drawing(
        WIDTH,
        height,
        LEFT,
        WIDTH - RIGHT,
        top,
        y + 4,
        ticks,
        dots=dots,
        labels=labels,
        columns=[Tick(scale(at, 100), name) for name, at in chart.grade_middles if chart.grades],
        radius=radius,
    )


def _stacked(marks: Sequence[Mark], width: float) -> list[tuple[int, Mark]]:
    """How high each mark stands on those before it that it would touch; from 1."""
    tops: list[float] = []
    found = []
    for mark in marks:
        x = scale(mark.score.score, 100)
        level = next((i for i, end in enumerate(tops) if x - end >= width), len(tops))
        tops[level : level + 1] = [x]
        found.append((level + 1, mark))
    return found
