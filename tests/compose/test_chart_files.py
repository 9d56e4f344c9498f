"""A chart's numbers as files: the same figures as everywhere else, and what pointing at them tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from scorecard.compose.charts.chart import Bar, Chart, CurvePoint, IntervalRow, Mark, Month, Strip
from scorecard.compose.exports import chart_files, chart_table
from scorecard.compose.words import words_in
from scorecard.judge.finding import say
from tests.support.observed import a_score

TEXT = say("Grade")
NEAR_TOP = a_score(99.9712345, 98.1234567, 99.9987654)
EFFORT = IntervalRow("Acme", -100 / 3, -70.456, 3.789, reference=-12.25)


def chart(**filled: Any) -> Chart:
    return Chart("acme", "x", TEXT, TEXT, TEXT, **filled)


CHARTS = {
    "scores": chart(intervals=(IntervalRow.of("Acme", NEAR_TOP, 61.23456),)),
    "efforts": chart(intervals=(EFFORT,), ends=(-100.0, 100.0), against="yardstick"),
    "bars": chart(bars=(Bar("Kept", 1234, "good"),)),
    "curve": chart(
        curve=(CurvePoint(0.0, 1.0, 1.0, 1.0), CurvePoint(12.3456789, 0.4567891, 0.2, 0.6)),
        censored=(12.3456789,),
    ),
    "months": chart(months=tuple(Month(date(2026, m, 28), NEAR_TOP, "A") for m in (1, 2, 3))),
    "strips": chart(strips=(Strip("All", (Mark("Acme", NEAR_TOP, "A"),)),)),
}


def test_efforts_have_the_decimals_that_the_api_gives_them_and_a_yardstick_its_own() -> None:
    assert chart_table(CHARTS["efforts"], words_in("en"))[1] == [
        ["Acme", -33.3, -70.5, 3.8, -12.25]
    ]


def traces(name: str, language: str) -> list[dict[str, Any]]:
    _, figure = (file.text for file in chart_files(CHARTS[name], words_in(language)))
    return list(json.loads(figure)["data"])


def numbers(told: Any) -> Iterator[float]:
    """Every number in it that is no text."""
    if isinstance(told, float):
        yield told
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    for one in inner:
        yield from numbers(one)


@pytest.mark.parametrize("name", CHARTS)
def test_no_figure_leaves_unrounded(name: str) -> None:
    drawn = [
        {k: v for k, v in one.items() if k not in ("marker", "line")} for one in traces(name, "en")
    ]
    for value in numbers(drawn):
        assert value == round(value, 4 if name == "curve" else 2)
        assert value != 100


def pointed_at(trace: dict[str, Any], index: int) -> str:
    """What a trace says of a point, as Plotly fills its template in; a figure is never left to Plotly."""

    def fill(found: re.Match[str]) -> str:
        key, place = found["key"], found["place"]
        value = trace[key][index][int(place)] if place else trace[key][index]
        assert isinstance(value, str), found
        return value

    template = trace["hovertemplate"].removesuffix("<extra></extra>")
    return re.sub(r"%\{(?P<key>\w+)(?:\[(?P<place>\d)\])?\}", fill, template)


@pytest.mark.parametrize(
    ("name", "en", "nl"),
    [
        (
            "scores",
            ["Acme: 99.97 (98.12–99.99)", "Acme: 61.23"],
            ["Acme: 99,97 (98,12–99,99)", "Acme: 61,23"],
        ),
        (
            "efforts",
            ["Acme: −33.3 (−70.5–3.8)", "Acme: −12.25"],
            ["Acme: −33,3 (−70,5–3,8)", "Acme: −12,25"],
        ),
        ("bars", ["Kept: 1,234"], ["Kept: 1.234"]),
        ("curve", ["12.35: 46% (20%–60%)", "12.35"], ["12,35: 46% (20%–60%)", "12,35"]),
        ("months", ["99.97 (98.12–99.99) A"], ["99,97 (98,12–99,99) A"]),
        ("strips", ["Acme: 99.97 (98.12–99.99) A"], ["Acme: 99,97 (98,12–99,99) A"]),
    ],
)
def test_pointing_at_a_figure_tells_what_the_table_does_in_the_pages_language(
    name: str, en: list[str], nl: list[str]
) -> None:
    for language, expected in (("en", en), ("nl", nl)):
        told = [one for one in traces(name, language) if one.get("hoverinfo") != "skip"]
        assert [pointed_at(one, -1) for one in told] == expected
