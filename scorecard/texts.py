"""What a text may hold that strangers wrote: characters that are seen, addresses that lead where they
seem to, and so little Markdown that none takes long to render.

Renderers of Markdown hold each sign that might begin something against what follows, and call themselves for
each level. Whatever the signs are, few of them cost little: so they are counted here, in one pass, and no
pattern is known by name. `tests/harden/test_markdown_cost.py` measures what the dearest texts cost.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from scorecard.values import wrong

MOST_SIGNS = 300
"""Signs in what a contributor wrote; texts of people have fewer than ten."""
MOST_SIGNS_OF_PAGE = 300
"""Signs in a page by the editors; those of the project have 160."""
LONGEST_PAGE = 10_000
"""Characters of a page by the editors."""
DEEPEST = 8
"""Levels of quotation, lists and indentation in one line."""

_SIGN = re.compile(
    r"[\[\]<&\\|]|\*{1,3}|_{1,3}|`+|  \n|\n\s*?\n|^[ \t]*+(?:[>#=+-]|\d+[.)])", re.MULTILINE
)
"""A sign may begin or end something, or is the end of a line or a paragraph that is marked as such."""
_LEVEL = r"(?>\t| {4}| {0,3}(?:>|[*+-](?!\S)|\d+\.(?!\S)) ?)"
_DEEP = re.compile(rf"^{_LEVEL}{{{DEEPEST + 1}}}", re.MULTILINE)
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
"""For a pattern: all of them but tab and end of line."""
_UNSEEN = re.compile(
    f"[{CONTROLS}"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, what Unicode has a program pass over (Default_Ignorable_Code_Point), and the separators of lines
and paragraphs. Not among them, since people's texts have them: the soft hyphen, what joins and parts letters,
the marks of direction and the first sixteen variations."""
WEB_ADDRESS = r"""https?://[^\s/?#@\\"'<>]+(?:[/?#][^\s\\"'<>]*)?"""
"""As Python and browsers read patterns."""


def place_of(text: str | bytes, position: int) -> tuple[int, int]:
    """The line and the column of a position in a text, or in its bytes; both count from 1."""
    signs = text if isinstance(text, str) else text.decode("latin-1")  # a letter for each byte
    return signs.count("\n", 0, position) + 1, position - signs.rfind("\n", 0, position)


class Fault(NamedTuple):
    """What a text may not hold: where it stands, from 0, what it is, and what a text may hold."""

    position: int
    found: str
    expected: str

    def line(self, text: str) -> int:
        """Its line in the text, from 1."""
        return place_of(text, self.position)[0]

    def column(self, text: str) -> int:
        """Its column in that line, from 1."""
        return place_of(text, self.position)[1]


def leads_out(address: str) -> bool:
    """Is it a whole web address whose host is what it seems to be: with no name and password before it?"""
    if not address.isprintable() or not re.fullmatch(WEB_ADDRESS, address):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def unseen(text: str) -> Fault | None:
    """The first character that is not seen, or turns the order of the letters."""
    found = None if text.isascii() else _UNSEEN.search(text)
    if found is None:
        return None
    letter = f"the character U+{ord(found[0]):04X}"
    return Fault(
        found.start(), letter, "text of which all is seen, in the order in which it is read"
    )


def without_unseen(text: str) -> str:
    """The text without such characters: for what only becomes them later, like `&#x202E;` in HTML."""
    return _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """The text in one line, of which all is seen: for whatever is not HTML, like a citation or a letter."""
    return " ".join(without_unseen(" ".join(text.split())).split())


def too_many_signs(text: str, most: int) -> Fault | None:
    """The first line that is nested deeper than `DEEPEST`, or the first sign of Markdown after `most`."""
    if deep := _DEEP.search(text):
        expected = f"at most {DEEPEST} levels of quotation, lists and indentation"
        return Fault(deep.start(), "more levels", expected)
    if len(text) <= most:
        return None
    one_more = next(islice(_SIGN.finditer(text), most, None), None)
    expected = f"at most {most} signs of Markdown (* _ ` [ < & | \\ and what begins a line)"
    return Fault(one_more.start(), "one sign more", expected) if one_more else None


def seen(text: str) -> str:
    """The text; refused where something in it is `unseen`."""
    return _sound(text, unseen(text))


def little_markdown(text: str) -> str:
    """What a contributor wrote; refused where something in it is `unseen`, or there are too many signs."""
    return _sound(text, unseen(text) or too_many_signs(text, MOST_SIGNS))


def _sound(text: str, fault: Fault | None) -> str:
    if fault:
        raise wrong(fault.expected, f"Line {fault.line(text)} of the text has {fault.found}.")
    return text
