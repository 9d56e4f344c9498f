"""A stranger's text for a comment on GitHub, where it can do nothing but be read."""

from __future__ import annotations

import re


def fenced(text: str) -> str:
    """The text in a fence that it cannot close: no link, picture, mention or HTML in it works."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"
