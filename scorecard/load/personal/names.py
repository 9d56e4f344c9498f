"""Names of people after the words that go before names, and number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorecard.load.personal.passage import Passage, Trace

_TITLE = re.compile(
    r"\b(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]hr|[Mm]evr|[Mm]w)\b\.?|[Mm]evrouw|[Mm]eneer"
    r"|[Mm]ijnheer|[Dd]e heer|Dear|Geachte|(?:Beste|Hallo|Hi)(?=\s[^\W\d]+,))"
    r"\s(?:(?:[Hh]eer|[Mm]evrouw|[Mm]r\.?|[Mm]rs\.?|[Mm]s\.?)\s)?"
    r"((?:(?:[A-Z]\.\s?)+|(?:van|de|der|den|ten|ter|el|von)\s)*[A-ZÀ-Þ](?:['’][A-Z])?[a-zß-ÿ][\w'’-]*)"
)
_TITLE_SIGNS = re.compile(
    r"m(?<!\w.)(?:(?:rs?|s|w|evr)\b|evrouw|eneer|ijnheer)|d(?<!\w.)(?:hr\b|e heer|ear)"
    r"|g(?<!\w.)eachte|h(?<!\w.)(?:allo|i)\s|b(?<!\w.)este\s"
)
"""How titles begin in small letters; far quicker to look for than what they are followed by."""
_NO_NAMES = re.compile(
    "Customers?|Sir|Madam|Client|Team|Valued|Passenger|Guest|Member|Heer|Mevrouw|Klant(?:en)?|Lezer|Reader|Editor"
    "|Support|Service|All|Friend|Colleague|Reiziger|Relatie|Redactie|Cliënt|Consumer|User|God"
)
_PLATE = re.compile(
    r"(?:kenteken|licen[cs]e plate|number plate|nummerplaat)\w*\W{0,3}(?:is\s|was\s)?"
    r"([A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3})\b",
    re.I,
)  # fmt: skip
_PLATE_SIGNS = ("kenteken", "plate", "nummerplaat")


def names(passage: Passage, known: frozenset[str]) -> Iterator[Trace]:
    """Names after 'mevrouw', 'Dear' and their like, but for the `known` words."""
    if not _TITLE_SIGNS.search(passage.lower):
        return
    for match in _TITLE.finditer(passage.text):
        words = set(re.findall(r"[\w-]+", match[1]))
        if (
            not any(map(_NO_NAMES.fullmatch, words))
            and not {word.lower() for word in words} & known
        ):
            yield Trace(
                match.start(),
                match.end(),
                "what looks like a name",
                match[0],
                "Write 'the employee'.",
            )


def plates(passage: Passage) -> Iterator[Trace]:
    """Number plates, beside the word for them."""
    if any(sign in passage.lower for sign in _PLATE_SIGNS):
        for match in _PLATE.finditer(passage.text):
            if any(c.isdigit() for c in match[1]):
                yield Trace(
                    match.start(1),
                    match.end(1),
                    "a number plate",
                    match[1],
                    "It leads to its owner.",
                )
