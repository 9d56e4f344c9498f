"""The colours of explored charts: those that the page's script knows, so that dark pages have dark ones."""

from __future__ import annotations

import re

from scorecard.compose.charts import plotly_figure
from scorecard.places import PACKAGE, TEMPLATES

_SCHEMES = 2
"""How often the stylesheet says each colour: for light and for dark."""


def _rgb(colour: str) -> tuple[int, ...]:
    if colour.startswith("#"):
        return tuple(bytes.fromhex(colour[1:]))
    return tuple(int(part) for part in re.findall(r"\d+", colour)[:3])


def test_every_colour_of_a_figure_is_a_token_of_the_script_and_the_stylesheet() -> None:
    script = (TEMPLATES / "static/chart.js").read_text("utf-8")
    [told] = re.findall(r"const TOKENS = \{(.*?)\};", script)
    tokens = dict(re.findall(r'"(#\w+)": "--(\w+)"', told))
    tones = plotly_figure._TONES
    assert tokens == {colour: tone for tone, colour in tones.items()}
    assert {plotly_figure._INK, plotly_figure._PALE} <= tokens.keys()
    style = (TEMPLATES / "static/style.css").read_text("utf-8")
    for tone in tones:
        assert len(re.findall(rf"^ +--{tone}: #\w+;$", style, re.M)) == _SCHEMES, tone


def test_what_lies_behind_a_line_is_its_colour_paler() -> None:
    assert _rgb(plotly_figure._BAND) == _rgb(plotly_figure._INK)
    assert _rgb(plotly_figure._SHADE) == _rgb(plotly_figure._PALE)


def test_a_figure_has_no_colour_besides() -> None:
    source = (PACKAGE / "compose/charts/plotly_figure.py").read_text("utf-8")
    named = set(re.findall(r'"(#[0-9a-f]{3,8}|rgba?\([^)"]*\))"', source))
    known = {*plotly_figure._TONES.values(), plotly_figure._BAND, plotly_figure._SHADE}
    assert named == known
