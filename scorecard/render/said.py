"""Texts of the templates in the environment's one language, looked up and filled in once each.

Asking the catalogue for the same texts on every page took a good part of the time of rendering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

_CALL = ("name", "lparen", "string", "rparen")


def filling(translate: Callable[[str], str]) -> Callable[..., Markup]:
    """What `_("A text with %(a)s value", a=...)` calls: the text with its values escaped, but for Markup."""

    @lru_cache(maxsize=65536)
    def filled(text: str, values: tuple[tuple[str, type, Any], ...]) -> Markup:
        own = Markup(translate(text))  # noqa: S704 - a template's own text; % escapes what it fills in
        return own % {name: value for name, _, value in values}

    def gettext(text: str, **values: Any) -> Markup:
        return filled(text, tuple((name, type(value), value) for name, value in values.items()))

    return gettext


class Said(Extension):
    """Takes every `_("A text")` for the text itself in the environment's own language, as it is."""

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterator[Token]:
        """The template's tokens with its plain texts as the environment's `said` words them."""
        translate: Callable[[str], str] | None = getattr(self.environment, "said", None)
        return stream if translate is None else _said(list(stream), translate)


def _said(tokens: list[Token], translate: Callable[[str], str]) -> Iterator[Token]:
    place = 0
    while place < len(tokens):
        call = tokens[place : place + len(_CALL)]
        if call[0].value == "_" and tuple(token.type for token in call) == _CALL:
            line, text = call[0].lineno, translate(call[2].value).replace("%%", "%")
            yield call[1]
            yield Token(line, "string", text)
            yield Token(line, "pipe", "|")
            yield Token(line, "name", "safe")
            yield call[3]
            place += len(_CALL)
        else:
            yield tokens[place]
            place += 1
