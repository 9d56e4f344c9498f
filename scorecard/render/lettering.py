"""How wide text is in a picture, what fits in a line, and which letters the shipped font has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import cast
from unicodedata import normalize

from scorecard.places import TEMPLATES

FONTS = TEMPLATES / "fonts"
FONT_FILES = [str(FONTS / "inter-regular.ttf"), str(FONTS / "inter-bold.ttf")]
FAMILY = "Inter"
GAP = "…"
"""What stands where the font has no letter, and where a line is too short."""


@cache
def _widths(bold: bool) -> Mapping[str, int]:
    """Of each letter of the font its width, in thousandths of the size."""
    table = json.loads((FONTS / "widths.json").read_text("utf-8"))
    return cast("Mapping[str, int]", table["bold" if bold else "regular"])


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a line is at a size; a letter that the font has not is taken to be as wide as high."""
    widths = _widths(bold)
    return sum(widths.get(letter, 1000) for letter in text) * size / 1000


def drawable(text: str) -> str:
    """The text in letters that the font has: composed, else taken apart, else left out as one `…`."""
    known = _widths(False)
    text = normalize("NFC", text)
    if all(letter in known or letter == "\n" for letter in text):
        return text
    drawn: list[str] = []
    for letter in text:
        if letter in known or letter == "\n":
            drawn.append(letter)
        elif parts := "".join(part for part in normalize("NFKD", letter) if part in known):
            drawn.append(parts)
        elif drawn[-1:] != [GAP]:
            drawn.append(GAP)
    return "".join(drawn)


def lines(text: str, room: float, size: float, bold: bool = False, most: int = 0) -> list[str]:
    """The text broken between words into lines of at most `room`; after `most` of them it ends in `…`.

    A word that is wider than a line is broken where it must be.
    """
    done: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room:
            line = longer
            continue
        if line:
            done.append(line)
        while width(word, size, bold) > room:
            fits = _fitting(word, room, size, bold)
            done.append(word[:fits])
            word = word[fits:]
        line = word
    if line:
        done.append(line)
    if most and len(done) > most:
        done = [*done[: most - 1], cut(" ".join(done[most - 1 :]), room, size, bold)]
    return done


def cut(text: str, room: float, size: float, bold: bool = False) -> str:
    """The text in one line; where it is too long it ends in `…`."""
    if width(text, size, bold) <= room:
        return text
    least = width(GAP, size, bold)
    return text[: _fitting(text, room - least, size, bold)].rstrip() + GAP


def _fitting(text: str, room: float, size: float, bold: bool) -> int:
    """How many letters fit; at least one, so that there is an end."""
    widths, left = _widths(bold), room * 1000 / size
    for count, letter in enumerate(text):
        left -= widths.get(letter, 1000)
        if left < 0:
            return max(count, 1)
    return len(text)


def largest(text: str, room: float, sizes: tuple[int, ...], most: int, bold: bool = True) -> int:
    """The largest of the sizes, given largest first, at which the text fits into `most` lines."""
    for size in sizes:
        if len(lines(text, room, size, bold)) <= most:
            return size
    return sizes[-1]
