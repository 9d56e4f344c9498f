"""Markdown → HTML that cannot do harm. The only code that renders Markdown.

Raw HTML is never passed through: Python-Markdown shows it as text, and nh3 then lets only a small
set of elements and attributes live. There are neither pictures nor links whose address stands elsewhere.
How many signs a text may hold, so that none takes long, is decided in `scorecard/texts.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import nh3
from markdown import Markdown
from markdown.inlinepatterns import (
    BACKTICK_RE,
    LINK_RE,
    BacktickInlineProcessor,
    LinkInlineProcessor,
)
from markupsafe import Markup

from scorecard.texts import leads_out, without_unseen

_TAGS = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
_EDITORS_TAGS = _TAGS | {"h2", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"}
_MEANING = str.maketrans(
    {**{c: f"\\{c}" for c in "\\`*_[]"}, **{c: f"&#{ord(c)};" for c in "<>~|"}}
)
"""Every kind of Markdown knows the backslash before the first; before the others only some do."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_INSIDE = re.compile(r"(?!//)[\w./?#=&%~+-]*")
"""An address within the site: neither //elsewhere nor what a browser takes for that."""
_SCHEMES = {"https", "http", "mailto"}


_UNUSED = (
    "html",
    "reference",
    "short_reference",
    "image_link",
    "image_reference",
    "short_image_ref",
)
_LONGEST = 500
"""A link's text, its address, and code between backticks, in characters."""


class _Link(LinkInlineProcessor):
    """A link is looked for near its bracket only: else each would be held against all that follows."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - Markdown's name
        return super().getText(data[: index + _LONGEST], index)

    def getLink(  # noqa: N802 - Markdown's name
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        return super().getLink(data[: index + _LONGEST], index)


class _Code(BacktickInlineProcessor):
    """The end of code is looked for near its backtick only."""

    def find_code_spans(
        self, start: int, text: str
    ) -> Any:  # types-Markdown has another type for it
        return super().find_code_spans(start, text[: start + _LONGEST])


def _parser(*extensions: str) -> Markdown:
    parser = Markdown(extensions=[*extensions], output_format="html")
    parser.preprocessors.deregister("html_block")
    parser.parser.blockprocessors.deregister("reference")
    for name in _UNUSED:
        parser.inlinePatterns.deregister(name)
    parser.inlinePatterns.register(_Link(LINK_RE, parser), "link", 160)
    parser.inlinePatterns.register(_Code(BACKTICK_RE), "backtick", 190)
    return parser


@lru_cache(maxsize=4096)
def contributed(text: str) -> Markup:
    """What a contributor or a company wrote: paragraphs, lists, emphasis and links that lead out."""
    html = nh3.clean(
        _parser("sane_lists").convert(text),
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}},
        attribute_filter=_absolute_only,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )
    return Markup(without_unseen(html))  # noqa: S704 - sanitised in the line above


def _absolute_only(_tag: str, attribute: str, value: str) -> str | None:
    fine = attribute != "href" or value.startswith("mailto:") or leads_out(value)
    return value if fine else None


def _or_inside(tag: str, attribute: str, value: str) -> str | None:
    return value if _INSIDE.fullmatch(value) else _absolute_only(tag, attribute, value)


def literal(text: str) -> str:
    """A text that Markdown, of any kind, shows as it is: whatever could mean something to it is escaped."""
    plain = text.unescape() if isinstance(text, Markup) else text
    return _ENTITY.sub("&amp;", " ".join(plain.split())).translate(_MEANING)


def edited(text: str) -> Markup:
    """What the editors wrote: also headings, which get an anchor, tables and links inside the site."""
    html = nh3.clean(
        _parser("sane_lists", "tables", "toc").convert(text),
        tags=_EDITORS_TAGS,
        attributes={"*": set(), "a": {"href"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}},
        attribute_filter=_or_inside,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return Markup(without_unseen(html))  # noqa: S704 - sanitised in the line above
