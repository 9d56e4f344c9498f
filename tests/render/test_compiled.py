"""What templates are compiled to: the same pages as Jinja makes, a little faster."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup, escape

from scorecard.render.compiled import Unfolded, written


class _Text(str):
    """A text that says itself how it stands in HTML."""

    def __html__(self) -> str:
        return f"<b>{escape(str(self))}</b>"


@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(Markup), st.text().map(_Text)))
def test_a_value_is_written_as_markupsafe_escapes_it(value: object) -> None:
    assert str(written(value)) == str(escape(value))


def compiled(text: str) -> str:
    """The Python that a template becomes."""
    environment = Environment(autoescape=True, optimized=False)
    environment.code_generator_class = Unfolded
    environment.filters["web_address"] = lambda address: f"https://one.example{address}"
    return str(environment.compile(text, raw=True))


def test_a_text_of_the_template_is_one_piece_with_what_stands_around_it() -> None:
    assert "yield '<p>A & text</p>'" in compiled('<p>{{ "A & text"|safe }}</p>')


def test_what_depends_on_the_site_is_worked_out_when_the_page_is_made() -> None:
    assert "one.example" not in compiled('{{ "/"|web_address }}')


def test_no_template_turns_the_escaping_off() -> None:
    templates = Path(__file__).resolve().parents[2] / "templates"
    found = [path for path in templates.rglob("*") if path.suffix in (".html", ".svg", ".xml")]
    assert len(found) > 30
    assert not [path for path in found if "autoescape" in path.read_text("utf-8")]
