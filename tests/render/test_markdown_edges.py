"""What Markdown does at its edges: how far a link reaches, and what editors may write that others may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markupsafe import Markup

from scorecard.render.markdown import contributed, edited, literal


@pytest.mark.parametrize("render", [contributed, edited])
def test_links_and_code_end_within_500_letters_or_are_none(render: Callable[[str], Markup]) -> None:
    address = "https://a.example/"
    for more in ("", "[b](c) "):
        assert "<a" in render(f"[{'a' * 400}]({address}) {more}")
        assert f">{'a' * 499}</a>" in render(f"[{'a' * 499}]({address})")
        assert "<a" not in render(f"[{'a' * 500}]({address})")
        assert f"<code>{'a' * 498}</code>" in render(f"`{'a' * 498}` {more}")
        assert "<code>" not in render(f"`{'a' * 499}`")
    long = address + "b" * (497 - len(address))
    assert f'href="{long}"' in render(f"text [a]({long})")
    assert "href" not in render(f"text [a]({long}bbb)")


def test_editors_have_headings_with_anchors_and_tables() -> None:
    assert edited("## Two words") == '<h2 id="two-words">Two words</h2>'
    assert "<td>1</td>" in edited("a | b\n--|--\n1 | 2")
    assert edited("[a](https://b.example)") == '<p><a href="https://b.example">a</a></p>'
    assert contributed("## Two words") == "Two words"
    assert "<table>" not in contributed("a | b\n--|--\n1 | 2")


def test_lists_of_two_kinds_stay_two() -> None:
    for render in (contributed, edited):
        html = render("1. a\n\n- b")
        assert html.index("</ol>") < html.index("<ul>")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a *b* [c] `d` e_f \\", "a \\*b\\* \\[c\\] \\`d\\` e\\_f \\\\"),
        ("<b> ~c~ | d", "&#60;b&#62; &#126;c&#126; &#124; d"),
        ("a &amp; b & c &#64;", "a &amp;amp; b & c &amp;#64;"),
        ("two\nlines \t here", "two lines here"),
        (Markup("a &amp; b"), "a & b"),
    ],
)
def test_a_literal_text_means_nothing_to_markdown(text: str, written: str) -> None:
    assert literal(text) == written
    plain = text.unescape() if isinstance(text, Markup) else text
    assert contributed(written).striptags() == " ".join(plain.split())
