"""Texts of strangers as one plain line, for whatever is not HTML."""

from __future__ import annotations

import unicodedata

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text in one line, without what no reader sees but a program or a terminal obeys."""
    if text.isprintable():  # as nearly every text is; it has no such thing then
        return " ".join(text.split())
    return " ".join("".join(c for c in " ".join(text.split()) if not _unseen(c)).split())


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTIONS
