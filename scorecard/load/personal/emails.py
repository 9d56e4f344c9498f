"""E-mail addresses, as they are and spelled out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorecard.load.personal.passage import Passage, Trace

EMAIL = "an e-mail address"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(
    rf"(?:\"[^\"\n@]{{1,64}}\"|[\w.+~'!#$*{{}}|^-]{{1,64}})@"
    rf"(?:{_LABEL}(?:\.{_LABEL}){{0,8}}\.(?:xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,63}})"
    r"|\[\d{1,3}(?:\.\d{1,3}){3}\])",
    re.I,
)
_NO_DOMAIN = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".css", ".js", ".pdf")
_MASKED = re.compile(r"[x.*_-]+", re.I)
_AT = r"(?:\s?[(\[{<]\s?(?:at|@|apenstaart(?:je)?)\s?[)\]}>]\s?|\sapenstaart(?:je)?\s)"
_DOT = r"(?:\s?[(\[{<]\s?(?:dot|punt|\.)\s?[)\]}>]\s?|\s(?:dot|punt)\s|\.)"
_SPELLED = re.compile(
    rf"[\w+-]{{1,64}}(?:{_DOT}[\w+-]{{1,64}}){{0,3}}(?:{_AT}[\w-]{{1,64}}(?:{_DOT}[\w-]{{1,64}}){{0,3}}{_DOT}[a-z]{{2,12}}\b"
    r"|\sat\s[\w-]{1,64}(?:\s(?:dot|punt)\s[\w-]{1,64}){0,3}\s(?:dot|punt)\s[a-z]{2,12}\b"
    r"|\s@\s?[\w-]{1,64}(?:\.[\w-]{1,64}){0,3}\.[a-z]{2,12}\b|@\s[\w-]{1,64}(?:\.[\w-]{1,64}){0,3}\.[a-z]{2,12}\b)",
    re.I,
)
_SPELLED_SIGNS = (
    *(f"{before}{at}" for before in ("(", "[", "( ", "[ ") for at in ("at", "@", "apenst")),
    *("{at}", "<at>", "apenstaart", " dot ", " punt ", "@ ", " @"),
)
_RARE_SIGNS = ("@", "apenst", " dot ", " punt ", "(at", "[at", "( at", "[ at", "{at}", "<at>")
"""Each of the spelled signs holds one of these, which are fewer."""


def emails(passage: Passage) -> Iterator[Trace]:
    """E-mail addresses, also within web addresses; doubtful where they are spelled out."""
    text = passage.text
    if "@" in text:
        for match in _EMAIL.finditer(text):
            name, _, domain = match[0].rpartition("@")
            if any(c.isalnum() for c in name) and not (
                _MASKED.fullmatch(name)
                or _MASKED.fullmatch(domain.partition(".")[0])
                or domain.lower().endswith(_NO_DOMAIN)
            ):
                handle = text[match.start() - 1 : match.start()] == "@"
                doubt = "It may be a name on a social network." if handle else ""
                yield Trace(match.start(), match.end(), EMAIL, match[0], doubt)
    lower = passage.lower
    if any(sign in lower for sign in _RARE_SIGNS) and any(sign in lower for sign in _SPELLED_SIGNS):
        for match in _SPELLED.finditer(text):
            doubt = "It is spelled out, and programs that gather addresses read that too."
            yield Trace(match.start(), match.end(), f"what reads as {EMAIL}", match[0], doubt)
