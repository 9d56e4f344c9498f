"""Personal data that a file must not hold: in its source, in what that decodes to, and in its name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from posixpath import basename, splitext
from typing import Any

from scorecard.errors import Level, Problem
from scorecard.load.on_disk import Place
from scorecard.load.personal.addresses import ADDRESS, addresses
from scorecard.load.personal.decoded import decode
from scorecard.load.personal.emails import emails
from scorecard.load.personal.names import names, plates
from scorecard.load.personal.numbers import accounts, cards, citizens, customers
from scorecard.load.personal.passage import Passage, Trace
from scorecard.load.personal.phones import HOME, PHONE, known_as, phones
from scorecard.load.yaml_text import Document, KeyPath, key_path
from scorecard.model import CompanyContact, CompanyFile
from scorecard.texts import place_of

_CERTAIN_ADVICE = "Leave it out, or write [removed]."
_DOUBT_ADVICE = "If it is one, write [removed]."
_RECORD: KeyPath = ("source", "record")
MOST_NUMBERS = 2000
"""So many groups of digits are looked through, dates and web addresses left out: thirty bytes of the largest
file for each. Digits alone would take many seconds, since a number may begin and end at any of them."""
_CROWDED = (
    f"more than {MOST_NUMBERS:,} numbers that are no dates",
    "a story, with the numbers that matter",
    "So many cannot be searched for personal data.",
)
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What the YAML parser, which tells the places, counts as one."""


def personal_data(document: Document, company: CompanyFile | None) -> list[Problem]:
    """A problem for each piece of personal data in the document: an error where it is certain, a warning
    with the reason where it is not.

    What the `company` itself has published is let through, in whatever form it is written.
    """
    published = _Published(company)
    record = _value_at(document.value, _RECORD)
    if document.text:
        return [*_in_name(document, published, record), *_in_source(document, published, record)]
    return list(_in_values(document, published))


def _in_source(document: Document, published: _Published, record: str) -> Iterator[Problem]:
    source = document.text
    if record:
        begin = _offset(source, *document.at(_RECORD))
        begin = max(source.find(record, begin), begin)
        source = source[:begin] + "\0" * len(record) + source[begin + len(record) :]
    decoded = decode(source)
    passage = Passage(decoded.text)
    if _is_crowded(passage):
        yield document.problem((), *_CROWDED)
        return
    values = _Values(document)
    for trace in _traces(passage, published):
        place = place_of(source, decoded.source(trace.start))
        yield _problem(document.name, place, values.path(place, trace.text), trace)


def _is_crowded(passage: Passage) -> bool:
    return sum(len(run.groups) for run in passage.runs) > MOST_NUMBERS


def _in_values(document: Document, published: _Published) -> Iterator[Problem]:
    """For a document that was made, not read: it has values, but no source."""
    for path, text in document.texts():
        if path != _RECORD:
            passage = Passage(decode(text).text)
            if _is_crowded(passage):
                yield document.problem(path, *_CROWDED)
                continue
            for trace in _traces(passage, published):
                yield _problem(document.name, document.at(path), path, trace)


def _in_name(document: Document, published: _Published, record: str) -> Iterator[Problem]:
    """What the file's own name says, but for the record's number that a register's cases are named by."""
    stem, _ = splitext(basename(document.name))
    for trace in _traces(Passage(stem.replace("-", " ")), published):
        if _bare(trace.text) not in _bare(record):
            yield _problem(document.name, (1, 1), (), trace, " in the file's name")


def _problem(name: str, place: Place, path: KeyPath, trace: Trace, where: str = "") -> Problem:
    found = f"{trace.what} ('{trace.text[:3]}…'){where}"
    hint = f"{trace.doubt} {_DOUBT_ADVICE}" if trace.doubt else _CERTAIN_ADVICE
    level: Level = "warning" if trace.doubt else "error"
    return Problem(
        name, *place, key_path(path), found, "no personal data", hint, "personal-data", level
    )


def _traces(passage: Passage, published: _Published) -> list[Trace]:
    """What is personal in a decoded text: each place once, the certain before the doubtful."""
    found = [*emails(passage), *names(passage, published.words), *plates(passage)]
    if passage.runs or "://" in passage.text:
        found += [
            *accounts(passage),
            *cards(passage),
            *citizens(passage),
            *customers(passage),
            *phones(passage, published.regions),
            *addresses(passage),
        ]
    chosen: list[Trace] = []  # in the order of the text, as no two of them overlap
    for trace in sorted(found, key=lambda trace: bool(trace.doubt)):
        at = bisect_left(chosen, trace.start, key=lambda other: other.start)
        behind = at == len(chosen) or trace.end <= chosen[at].start
        if behind and (at == 0 or chosen[at - 1].end <= trace.start):
            chosen.insert(at, trace)
    return [trace for trace in chosen if not published.has(trace)]


class _Published:
    """What a company has made known itself, and where it is at home."""

    def __init__(self, company: CompanyFile | None) -> None:
        contact = company.contact if company else CompanyContact()
        country = company.country if company else None
        self.regions = tuple(dict.fromkeys([HOME, country or HOME]))
        self.words = frozenset(re.findall(r"[\w-]+", company.name.lower()) if company else ())
        everything = (*contact.phone, *contact.email, *contact.address, *contact.urls)
        self.bare = {_bare(decode(text).text) for text in everything}
        self.numbers = {self._number(_bare(text)) for text in contact.phone}
        self.addresses = [_words(text) for text in contact.address]

    def has(self, trace: Trace) -> bool:
        """Is this one of its own numbers or addresses, however written?"""
        if _bare(trace.text) in self.bare:
            return True
        if trace.what.endswith(PHONE):
            number = self._number(trace.text)
            return number is not None and number in self.numbers
        return trace.what.endswith(ADDRESS) and any(
            _words(trace.text) <= address for address in self.addresses
        )

    def _number(self, text: str) -> str | None:
        digits = re.sub(r"\(0\)|[^\d+]", "", text)
        return known_as(digits, self.regions) or known_as(f"+{digits}", self.regions)


def _bare(text: str) -> str:
    return re.sub(r"[\s()./+-]", "", text).lower()


def _words(text: str) -> set[str]:
    joined = re.sub(r"(\d{4})\s?([a-z]{2})\b", r"\1\2", text.lower())
    return set(re.findall(r"\w+", joined))


class _Values:
    """The values of a document by their places, each decoded once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._bare: dict[KeyPath, str] = {}

    @cached_property
    def _paths(self) -> list[KeyPath]:
        return list(self._document.places)

    @cached_property
    def _places(self) -> list[Place]:
        return list(self._document.places.values())

    def path(self, place: Place, found: str) -> KeyPath:
        """The key whose value holds what was found there; none where it stands in a comment or a key."""
        index = bisect_right(self._places, place) - 1
        path = self._paths[index] if index >= 0 else ()
        if path not in self._bare:
            self._bare[path] = _bare(decode(_value_at(self._document.value, path)).text)
        return path if _bare(found) in self._bare[path] else ()


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        end = _LINE_END.search(text, at)
        at = end.end() if end else len(text)
    return at + column - 1


def _value_at(value: Any, path: KeyPath) -> str:
    """The text at `path`, or nothing where there is none, or something else."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return value if isinstance(value, str) else ""
