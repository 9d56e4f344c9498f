"""Markdown → HTML that cannot do harm. The only code that renders Markdown.

Raw HTML is never passed through: Python-Markdown shows it as text, and nh3 then lets only a small
set of elements and attributes live.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup

_TAGS = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
_EDITORS_TAGS = _TAGS | {"h2", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"}
_MEANING = str.maketrans(
    {**{c: f"\\{c}" for c in "\\`*_[]"}, **{c: f"&#{ord(c)};" for c in "<>~|"}}
)
"""Every kind of Markdown knows the backslash before the first; before the others only some do."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SCHEMES = {"https", "http", "mailto"}


def _parser(*extensions: str) -> Markdown:
    parser = Markdown(extensions=[*extensions], output_format="html")
    parser.preprocessors.deregister("html_block")
    parser.inlinePatterns.deregister("html")
    return parser


@lru_cache(maxsize=4096)
def contributed(text: str) -> Markup:
    """What a contributor or a company wrote: paragraphs, lists, emphasis and links that lead out."""
    html = nh3.clean(
        _parser("sane_lists").convert(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_absolute_only,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return Markup(html)  # noqa: S704 - sanitised in the line above


def _absolute_only(_tag: str, attribute: str, value: str) -> str | None:
    leads_out = value.startswith(("https://", "http://", "mailto:"))
    return value if attribute != "href" or leads_out else None


def literal(text: str) -> str:
    """A text that Markdown, of any kind, shows as it is: whatever could mean something to it is escaped."""
    plain = text.unescape() if isinstance(text, Markup) else text
    return _ENTITY.sub("&amp;", " ".join(plain.split())).translate(_MEANING)


def edited(text: str) -> Markup:
    """What the editors wrote: also headings, which get an anchor, tables and links inside the site."""
    html = nh3.clean(
        _parser("sane_lists", "tables", "toc").convert(text),
        tags=_EDITORS_TAGS,
        attributes={"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return Markup(html)  # noqa: S704 - sanitised in the line above
