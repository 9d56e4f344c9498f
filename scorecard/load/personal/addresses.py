"""Where somebody lives: a postcode with its house number, a street with one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorecard.load.personal.passage import Passage, Trace

ADDRESS = "a street address"
_LATER = r"(?!\d|[A-Za-z]{2}|[.,:]\d)"
_POSTCODE = re.compile(r"[1-9](?<![\w,-].)(?<!\d\..)\d{3}( ?)([A-Z]{2}|[a-z]{2})(?![A-Za-z0-9])")
_NOT_IN_POSTCODES = {"SA", "SD", "SS"}
_WITH_FIGURES = re.compile(
    "KM|CM|MM|KG|KB|MB|GB|TB|PB|HZ|KW|MW|PK|PX|UK|EU|US|TV|PC|CD|BV|NV|VS|AM|PM|NL|BE|DE|EN|IN|OP|OF|ST|ND"
    "|RD|TH|AH|MA|ML|CC|PS|FM|GE|NA"
)
"""Units and words that stand behind four figures more often than a postcode's letters do."""
_HOUSE = (
    r"(?:(?:met |with |en |and )?(?:mijn |my )?"
    r"(?:huis|house )?(?:nummer|number|nr|no|num)\.?[:]?(?: is| was)? ?|#)?"
)
_HOUSE_AFTER = re.compile(
    rf"[,;:)]?\s*(?:-\s*)?{_HOUSE}(\d{{1,5}})(?:\s?-?\s?(?:[A-Za-z]\b|\d{{1,4}}\b|hs\b|bis\b))?{_LATER}",
    re.I,
)
_HOUSE_BEFORE = re.compile(
    r"(?<![\w.,:/€$-])(?<![€$] )(\d{1,5})(?:[- ]?(?:[a-z]|hs|bis)|-\d{1,4})?\s?[,;(-]?\s?"
    r"(?:(?:met |with )?(?:de |the )?(?:postcode|postal code|zip)[: ]{1,2})?$",
    re.I,
)
_POSTCODE_WORD = re.compile(
    r"(?:postcode|postal code|zip(?: code)?)\W{0,3}(?:is\W|was\W)?\W?$", re.I
)
_MONTH = re.compile(
    r"\b(?:jan|feb|maa|mar|mrt|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?"
    r" \d{1,2}(?:st|nd|rd|th)?,? ?$",
    re.I,
)
_STREET_ENDS = (
    "straat", "str.", "laan", "weg", "plein", "gracht", "kade", "dijk", "singel", "steeg", "dreef",
    "plantsoen", "hof", "wal", "straße", "strasse",
)  # fmt: skip
_STREET = re.compile(
    rf"(?<![\w])((?:[A-ZÀ-Þ][\w'’-]+?|[a-zà-ÿ]{{3,}})(?:{'|'.join(map(re.escape, _STREET_ENDS))}))"
    r",?\s(?:(?:nr|no|nummer|number|huisnummer)\.?\s)?$"
)
_NO_STREET = {
    "onderweg",
    "snelweg",
    "terugweg",
    "heenweg",
    "omweg",
    "uitweg",
    "autoweg",
    "spoorweg",
    "gerechtshof",
    "halverweg",
}
_SURE_IN_SMALL = ("straat", "laan", "gracht", "singel", "steeg", "straße")
_RUE = re.compile(r"\b[Rr]ue (?:(?:de|du|des|la|le) |l')*[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?,? $")
_ENGLISH_STREET = re.compile(
    r"([A-Za-z]?) (?:[A-Z][a-z']+ ){1,3}(?:Street|Road|Avenue|Lane|Rd|Ave)\b"
)


def addresses(passage: Passage) -> Iterator[Trace]:
    """A Dutch postcode with its house number, and a street with one."""
    for match in _POSTCODE.finditer(passage.plain):
        if house := _house(passage, match):
            start, end = min(house[0], match.start()), max(house[1], match.end())
            yield Trace(start, end, ADDRESS, passage.plain[start:end])
    for run in passage.runs:
        start, end = run.groups[0]
        if end - start > 4 or not _stands_free(passage, start, end) or passage.counts(start, end):
            continue
        before = passage.before(start, 45)
        if any(word in before for word in _STREET_ENDS) and (street := _STREET.search(before)):
            yield from _street(passage, street[1], start, end)
        elif rue := _RUE.search(before):
            yield Trace(start - len(rue[0]), end, ADDRESS, rue[0] + passage.plain[start:end])
        elif english := _ENGLISH_STREET.match(passage.plain, end):
            year = end - start == 4 and passage.plain[start:end][:2] in ("19", "20")
            if not year and passage.stands_alone(start, english.end(1)):
                found = passage.plain[start : english.end()]
                yield Trace(start, english.end(), ADDRESS, found)


def _stands_free(passage: Passage, start: int, end: int) -> bool:
    """Has the number the space beside it that each kind of street has before or behind its number?"""
    return passage.before(start, 1).isspace() or " " in passage.after(end, 2)


def _house(passage: Passage, match: re.Match[str]) -> tuple[int, int] | None:
    """Where the house number of the postcode stands, if it has one and is a postcode."""
    space, letters = match.groups()
    said = _POSTCODE_WORD.search(passage.before(match.start(), 30))
    if letters.upper() in _NOT_IN_POSTCODES or _MONTH.search(passage.before(match.start(), 20)):
        return None
    if not said and ((space and letters.islower()) or _WITH_FIGURES.fullmatch(letters.upper())):
        return None
    after = _HOUSE_AFTER.match(passage.plain, match.end())
    if after and not passage.counts(after.start(1), after.end(1)):
        return after.start(1), after.end()
    before = _HOUSE_BEFORE.search(passage.before(match.start(), 40))
    if before and (said or not letters.islower()):
        shift = match.start() - len(before.string)
        return before.start(1) + shift, match.end()
    return None


def _street(passage: Passage, street: str, start: int, end: int) -> Iterator[Trace]:
    first = passage.plain.rfind(street, 0, start)
    found = passage.plain[first:end]
    if street.lower() in _NO_STREET:
        return
    if street[0].isupper():
        yield Trace(first, end, ADDRESS, found)
    elif street.endswith(_SURE_IN_SMALL):
        yield Trace(
            first,
            end,
            f"what looks like {ADDRESS}",
            found,
            "A street and a number, in small letters.",
        )
