"""What a source text reads as once it is decoded, and where each character of that came from."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from functools import cache

from msgspec import Struct

_ROUNDS = 3
"""How often something may be encoded over again, as in `&amp;#64;`."""

# Characters that stay as they are: ASCII, the letters of Western and Cyrillic scripts, quotes, €.
_CODED = re.compile(
    r"[^\x00-\x7e\xa1-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xb7\xbb\xbf-\u0131\u0134-\u013e"
    r"\u0141-\u0148\u014a-\u017e\u0410-\u044f\u2018-\u201f\u2026\u20ac]"
    r"|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31}(?=;));?"
    r"|%[2-7][0-9A-Fa-f]"
    r"|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U000[0-9a-fA-F]{5}|[nrt]|\n *|[!-/:-@\[-`{-~])"
)
_JOINERS = {"\u034f", "\u115f", "\u1160", "\u3164", "\u20e3"}


class _Layer(Struct, frozen=True):
    """One round of decoding: from `here[i]` on, the text stands at `there[i]` of what it came from."""

    here: tuple[int, ...]
    there: tuple[int, ...]

    def source(self, position: int) -> int:
        index = bisect_right(self.here, position) - 1
        return self.there[index] + position - self.here[index]


class Decoded(Struct, frozen=True):
    """A decoded text that knows where it came from."""

    text: str
    layers: tuple[_Layer, ...] = ()

    def source(self, position: int) -> int:
        """Where in the source the character at `position` stands."""
        for layer in reversed(self.layers):
            position = layer.source(position)
        return position


def decode(source: str) -> Decoded:
    """The source without what hides characters: entities, percent signs, escapes of YAML and Markdown,
    full-width and other digits, unseen characters, and the many kinds of space and hyphen.
    """
    if source.isascii() and not any(sign in source for sign in "&%\\"):
        return Decoded(source)
    text, layers = source, []
    for _ in range(_ROUNDS):
        decoded, layer = _round(text)
        if decoded == text:
            break
        text = decoded
        layers.append(layer)
    return Decoded(text, tuple(layers))


def _round(text: str) -> tuple[str, _Layer]:
    pieces: list[str] = []
    here, there = [0], [0]
    length = last = 0
    for match in _CODED.finditer(text):
        plain = _plain(match[0])
        pieces += (text[last : match.start()], plain)
        length += match.start() - last
        here.append(length)
        there.append(match.start())
        length += len(plain)
        last = match.end()
        here.append(length)
        there.append(last)
    pieces.append(text[last:])
    return "".join(pieces), _Layer(tuple(here), tuple(there))


@cache
def _plain(piece: str) -> str:
    if len(piece) == 1:
        return _character(piece)
    if piece[0] == "&":
        return html.unescape(piece)
    if piece[0] == "%":
        return chr(int(piece[1:], 16))
    kind = piece[1]
    if kind in "xuU" and len(piece) > 2:
        code = int(piece[2:], 16)
        return chr(code) if code <= 0x10FFFF else ""
    if kind == "\n":
        return ""
    return " " if kind in "nrt" else kind


def _character(one: str) -> str:
    category = unicodedata.category(one)
    if category in ("Cf", "Mn", "Me") or one in _JOINERS:
        return ""
    if category == "Pd" or one == "\N{MINUS SIGN}":
        return "-"
    if category[0] == "Z":
        return " "
    if one == "\N{IDEOGRAPHIC FULL STOP}":
        return "."
    if category == "Nd":
        return str(unicodedata.decimal(one))
    return unicodedata.normalize("NFKC", one)
