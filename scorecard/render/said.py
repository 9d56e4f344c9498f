"""Texts of the templates that need no value, put in place when a template is compiled.

An environment speaks one language, so that a text without values is always the same in it; asking the
catalogue for it on every page took a good part of the time of rendering.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2.ext import Extension

_PLAIN = re.compile(r"\{\{ _\((?:\"([^\"\\{}]*)\"|'([^'\\{}]*)')\) \}\}")


class Said(Extension):
    """Puts `{{ _("A text") }}` into the template's source in the environment's own language."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source with its plain texts as the environment's `said` words them."""
        translate: Callable[[str], str] | None = getattr(self.environment, "said", None)
        if translate is None:
            return source

        def said(match: re.Match[str]) -> str:
            text = str(translate(match[1] or match[2])).replace("%%", "%")
            return match[0] if "{" in text else text

        return _PLAIN.sub(said, source)
