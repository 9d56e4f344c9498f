"""One palette: explored charts have the stylesheet's colours, by names that the script knows, so that dark
pages have dark ones; and so have embeds, whose stylesheet comes alone."""

from __future__ import annotations

import re

from scorecard.compose.charts import plotly_figure
from scorecard.places import PACKAGE, TEMPLATES

_COLOUR = re.compile(r"--([\w-]+): (#\w+);")


def _of_pages() -> dict[str, tuple[str, ...]]:
    """The colours of the stylesheet by their names: for light pages and for dark ones."""
    style = (TEMPLATES / "static/style.css").read_text("utf-8")
    light, dark = style.split("@media (prefers-color-scheme: dark)")[:2]
    light, dark = light[light.index(":root") :], dark[: dark.index("@media")]
    schemes = [dict(_COLOUR.findall(part)) for part in (light, dark)]
    assert schemes[0].keys() == schemes[1].keys()
    return {name: tuple(scheme[name] for scheme in schemes) for name in schemes[0]}


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
    pages = _of_pages()
    assert tones == {tone: pages[tone][0] for tone in tones}


def test_an_embed_has_the_colours_of_the_pages() -> None:
    embed = (TEMPLATES / "static/embed.css").read_text("utf-8")
    told = {
        name: (light, dark)
        for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", embed)
    }
    assert len(told) > 15
    pages = _of_pages()
    assert told == {name: pages[name] for name in told}


def test_what_lies_behind_a_line_is_its_colour_paler() -> None:
    assert _rgb(plotly_figure._BAND) == _rgb(plotly_figure._INK)
    assert _rgb(plotly_figure._SHADE) == _rgb(plotly_figure._PALE)


def test_a_figure_has_no_colour_besides() -> None:
    source = (PACKAGE / "compose/charts/plotly_figure.py").read_text("utf-8")
    named = set(re.findall(r'"(#[0-9a-f]{3,8}|rgba?\([^)"]*\))"', source))
    known = {*plotly_figure._TONES.values(), plotly_figure._BAND, plotly_figure._SHADE}
    assert named == known
