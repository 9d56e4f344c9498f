"""What Markdown may become, letter by letter, and where its links may lead."""

from __future__ import annotations

import pytest

from scorecard.render.markdown import contributed, edited

REL = ' rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **b** *c* `d`", "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[a](https://b.example/c?d=e&f=g)", f'<p><a href="https://b.example/c?d=e&amp;f=g"{REL}>a</a></p>'),
        ("<https://b.example>", f'<p><a href="https://b.example"{REL}>https://b.example</a></p>'),
        ("[a](mailto:b@c.example)", f'<p><a href="mailto:b@c.example"{REL}>a</a></p>'),
        ("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("![a](https://b.example/c.png)", "<p>![a](https://b.example/c.png)</p>"),
        ("[a][b]\n\n[b]: https://c.example", "<p>[a][b]</p>\n<p>[b]: https://c.example</p>"),
        ('[a](https://b.example "c")', f'<p><a href="https://b.example"{REL}>a</a></p>'),
        ("[" + "a" * 501 + "](https://b.example)", "<p>[" + "a" * 501 + "](https://b.example)</p>"),
    ],
)  # fmt: skip
def test_what_contributors_write_becomes_this_and_nothing_more(text: str, html: str) -> None:
    assert contributed(text) == html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:a()", "JAVASCRIPT:a()", "java&#115;cript:a()", "vbscript:a", "data:text/html,a", "file:///a",
        "//evil.example", "/\\evil.example", "\\/\\/evil.example", "/&#9;/evil.example", "https://a@evil.example",
        "https:///evil.example", "ftp://a.example", "https://a.example\\@evil.example",
    ],
)  # fmt: skip
def test_no_link_leads_astray_whoever_wrote_it(address: str) -> None:
    for render in (contributed, edited):
        assert "href" not in render(f"[a]({address})")


@pytest.mark.parametrize(
    "address", ["../methodology/#rules", "/data/", "#a", "?q=a", "a/b.csv", "./"]
)
def test_editors_link_inside_the_site_and_contributors_do_not(address: str) -> None:
    assert f'href="{address}"' in edited(f"[a]({address})")
    assert "href" not in contributed(f"[a]({address})")


@pytest.mark.parametrize("entity", ["&#x202E;", "&#8238;", "&#1;", "&ZeroWidthSpace;", "&#xE0041;"])
def test_no_entity_becomes_a_letter_that_is_not_seen(entity: str) -> None:
    for render in (contributed, edited):
        assert render(f"a{entity}b") == "<p>ab</p>"
        assert render("a &amp; &eacute;") == "<p>a &amp; é</p>"
