"""Phone numbers, as one writes them at home and abroad."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import phonenumbers

from scorecard.load.personal.passage import LEAST, Passage, Run, Trace

PHONE = "a phone number"
HOME = "NL"
_NEIGHBOURS = ("BE", "DE")
_MOST = 17
# A shorter Dutch number is a service's (0900-1234): nobody has one at home.
_SHORTEST_OF_A_PERSON = 9
_WORD = re.compile(
    r"(?:\btel(?:efoon|ephone)?|phone|mobiel|mobile|\bgsm|\bbel(?:de|len|t)?|gebeld|call(?:ed|ing)?|\bring"
    r"|\brang|whatsapp|\bapp(?:en|te)?|\bsms|\bfax)\w*\W{0,3}(?:\w+\W{1,3}){0,3}$",
    re.I,
)
_GLUED = re.compile(r"(?:^|[^A-Za-z])(?:tel|gsm|mob|t|m)[.:]?\+?$", re.I)
_LINKED = re.compile(
    r"(?:wa\.me/|[?&](?:phone|tel|telephone|telefoon|mobile|mobiel|gsm|number)=)\+?(\d{9,15})", re.I
)
_TWO_THINGS = re.compile(r"\d\D+\d+ - \d")
_AMERICAN = (3, 3, 4)


def phones(passage: Passage, regions: Sequence[str]) -> Iterator[Trace]:
    """Phone numbers: certain where there is such a number in one of the `regions` or, with its country's
    code, anywhere; doubtful where it is only written like one.
    """
    if "?" in passage.text or "wa.me" in passage.text:
        for match in _LINKED.finditer(passage.text):
            number = match[1]
            if known_as(number, regions) or known_as(f"+{number}", regions):
                yield Trace(match.start(1), match.end(1), PHONE, number)
    for run in passage.long_runs:
        yield from _in_run(passage, run, (*regions,))


def known_as(number: str, regions: Sequence[str]) -> str | None:
    """The number in its international form where there is one like it, `number` being digits, perhaps
    with a `+`; None for a service's short number.
    """
    for region in regions:
        if found := _valid(number, region):
            return found
    return None


@lru_cache(maxsize=4096)
def _valid(number: str, region: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    national = phonenumbers.national_significant_number(parsed)
    if len(national) < _SHORTEST_OF_A_PERSON and parsed.country_code == 31:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _in_run(passage: Passage, run: Run, regions: tuple[str, ...]) -> Iterator[Trace]:
    beyond = 0
    for first, last, digits in run.parts(LEAST, _MOST):
        start, end = run.groups[first][0], run.groups[last][1]
        if start < beyond or not _bounded(passage, run, first, last):
            continue
        abroad = passage.before(start, 1) == "+"
        if not abroad and digits[0] != "0":
            found = _without_zero(passage, run, first, last, digits, regions)
        else:
            found = _with_zero(passage, run, first, last, digits, regions)
        if found:
            beyond = end
            yield found


def _bounded(passage: Passage, run: Run, first: int, last: int) -> bool:
    """Does the part begin and end where a number can, not within one?"""
    start, end = run.groups[first][0], run.groups[last][1]
    written = passage.plain[start:end]
    if written.rfind("(") > written.rfind(")") or _TWO_THINGS.search(written):
        return False
    if first and not re.search(r"[\s/(+]", passage.plain[run.groups[first - 1][1] : start]):
        return False
    if last + 1 < len(run.groups):
        return bool(re.search(r"[\s/)]", passage.plain[end : run.groups[last + 1][0]]))
    before = passage.before(start, 3)
    begin = start - (len(before) - len(before.rstrip("(+")))
    if passage.stands_alone(begin, end):
        return True
    after = passage.after(end, 1)
    return bool(_GLUED.search(passage.before(start, 6))) and not (after.isalnum() or after == "_")


def _with_zero(
    passage: Passage, run: Run, first: int, last: int, digits: str, regions: tuple[str, ...]
) -> Trace | None:
    start, end = run.groups[first][0], run.groups[last][1]
    written = passage.plain[start:end]
    abroad = passage.before(start, 1) == "+"
    international = abroad or digits.startswith("00")
    dialled = re.sub(r"\D", "", written.replace("(0)", "", 1)) if international else digits
    number = f"+{dialled}" if abroad else dialled
    if known_as(number, regions):
        return Trace(start, end, PHONE, digits)
    if international:
        whole = first == 0 and last == len(run.groups) - 1
        if whole and abroad and 9 <= len(digits) <= 15:
            return Trace(start, end, _LIKE, digits, _UNKNOWN)
        return None
    called = bool(_WORD.search(passage.before(start, 40)))
    dutch = len(digits) == 10 and digits.startswith("06")
    if (
        not dutch
        and len(digits) >= 9
        and (called or last > first)
        and known_as(number, _NEIGHBOURS)
    ):
        doubt = "" if called else "There is such a number in a neighbouring country."
        return Trace(start, end, PHONE if called else _LIKE, digits, doubt)
    if dutch or (called and len(digits) == 10):
        return Trace(start, end, _LIKE, digits, _UNKNOWN)
    return None


def _without_zero(
    passage: Passage, run: Run, first: int, last: int, digits: str, regions: tuple[str, ...]
) -> Trace | None:
    """A number without 0 or +: American ones, and home numbers of which the 0 was left out."""
    start, end = run.groups[first][0], run.groups[last][1]
    called = bool(_WORD.search(passage.before(start, 40)))
    sizes = run.sizes[first : last + 1]
    if sizes == _AMERICAN and known_as(digits, ("US",)):
        certain = called or "US" in regions
        return Trace(start, end, PHONE if certain else _LIKE, digits, "" if certain else _SHAPE)
    if called and 9 <= len(digits) <= 13 and not passage.counts(start, end):
        for number in (digits, f"+{digits}"):
            if known_as(number, regions):
                return Trace(start, end, _LIKE, digits, _SHAPE)
    return None


_LIKE = "what looks like a phone number"
_UNKNOWN = "It is written like one, though no such number is given out."
_SHAPE = "It is written like one."
