"""A decoded text made ready to be searched, and what can be found in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

LEAST = 8
"""So many digits has the shortest number that is known by its digits alone."""
_SEPARATOR = r"(?:[ .\-/()+]{1,4}|[ ]*\n[ ]*)"
_RUN = re.compile(rf"\d+(?:{_SEPARATOR}\d+)*")
_GROUP = re.compile(r"\d+")
_URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"')\]}]+", re.I)
_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
# It begins with the digit itself, not with what may stand before it: that is ten times as fast.
_OF_DAY = r"(?:(?<=0)[1-9]|(?<=[12])\d|(?<=3)[01]|(?<=[1-9]))"
_WHEN = re.compile(
    rf"\d(?<!\d\d)(?<!\d[-/.]\d)(?:"
    rf"(?:(?<=1)9|(?<=2)0)\d\d(?:([-/.]){_MONTH}\1{_DAY}(?:[T ]\d\d:\d\d)?|[-/]{_MONTH}(?![-/.]\d))"
    rf"|{_OF_DAY}([-/.]){_DAY}\2(?:19|20)\d\d"
    rf"|(?<!\d \d){_OF_DAY}([-/. ]){_MONTH}\3(?:(?:19|20)\d\d|\d\d)(?![-/. ]?\d|\s*\n\s*\d)"
    rf"|\d?:\d\d(?::\d\d)?"
    rf")(?!\d)"
)
_UNIT = re.compile(
    r"(?:[.,]\d{1,3}){0,4}(?:,-)?\s?(?:%|€|x\b|×|(?:euro?s?|cents?|keer|maal|times|procent|percent|uur|uren|hours?|min(?:uten|utes?)?"
    r"|dag(?:en)?|days?|we(?:ek|ken)|weeks?|maand(?:en)?|months?|jaar|jaren|years?|km|kilometers?|meters?"
    r"|personen|mensen|people|stuks|pieces|graden|degrees|sec(?:onden|onds?)?|kg|gram|punten|points|EUR|USD|GBP)\b)",
    re.I,
)
_MONEY = re.compile(r"(?:€|\$|£|\b(?:EUR|USD|GBP))\s?$")


class Trace(Struct, frozen=True):
    """Something personal in a text: what it is, and for a doubtful one why it may be."""

    start: int
    end: int
    what: str
    text: str
    doubt: str = ""


class Run(Struct, frozen=True):
    """Digits that stand together, in groups with separators between: `06-12 34 56 78` has five."""

    groups: tuple[tuple[int, int], ...]
    sizes: tuple[int, ...]
    digits: str

    def parts(self, least: int, most: int) -> Iterator[tuple[int, int, str]]:
        """First group, last group and digits of each part with so many digits, the longest first."""
        begin = 0
        for first, size in enumerate(self.sizes):
            ends, end = [], begin
            for last in range(first, len(self.sizes)):
                end += self.sizes[last]
                if end - begin > most:
                    break
                if end - begin >= least:
                    ends.append((last, end))
            for last, end in reversed(ends):
                yield first, last, self.digits[begin:end]
            begin += size


class Passage:
    """A text, and the same text with its web addresses, dates and times blanked out.

    Both are equally long, so that a position is the same in both.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.lower()
        plain = text
        if "://" in text or "www." in self.lower:
            plain = _URL.sub(_blank, plain)
        self.plain = _WHEN.sub(_blank, plain)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All digits that stand in no web address, date or time."""
        return tuple([_run(match) for match in _RUN.finditer(self.plain)])

    @cached_property
    def long_runs(self) -> tuple[Run, ...]:
        """Those of them that a phone number, or a longer one, can stand in."""
        return tuple([run for run in self.runs if len(run.digits) >= LEAST])

    def before(self, position: int, length: int) -> str:
        """What stands just before `position`."""
        return self.plain[max(0, position - length) : position]

    def after(self, position: int, length: int) -> str:
        """What stands just after `position`."""
        return self.plain[position : position + length]

    def counts(self, start: int, end: int) -> bool:
        """Is this a number of something, an amount or a measure?"""
        return bool(_UNIT.match(self.plain, end) or _MONEY.search(self.before(start, 5)))

    def stands_alone(self, start: int, end: int) -> bool:
        """Do these digits belong to no word and no decimal number?"""
        before, after = self.before(start, 2), self.after(end, 2)
        if before[-1:].isalnum() or before[-1:] == "_" or after[:1].isalnum() or after[:1] == "_":
            return False
        decimal = before[-1:] in (".", ",") and before[:1].isdigit() and len(before) == 2
        return not decimal and not (after[:1] in (",", ".") and after[1:].isdigit())


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _run(match: re.Match[str]) -> Run:
    start = match.start()
    if match[0].isdecimal():
        return Run(((start, match.end()),), (len(match[0]),), match[0])
    found = [(start + m.start(), start + m.end()) for m in _GROUP.finditer(match[0])]
    digits = "".join(_GROUP.findall(match[0]))
    return Run(tuple(found), tuple(end - begin for begin, end in found), digits)
