"""Numbers that lead to a person: of an account, a card, a citizen, and of a customer at a company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.nl import bsn

from scorecard.load.personal.passage import LEAST, Passage, Run, Trace

ACCOUNT, CARD, CITIZEN = "a bank account (IBAN)", "a card number", "a citizen number (BSN)"
CUSTOMER = "an order or customer number"

_IBAN = re.compile(
    r"\d\d(?:(?<=[A-Za-z]{2}\d\d)|(?<=[A-Za-z]{2}[ .-]\d\d))"
    r"(?=((?:[ .-]{0,2}[A-Za-z0-9]|[ ]*\n[ ]*[A-Za-z0-9]){11,30}))"
)
_LIKE_IBAN = re.compile(rb"aa00[0a]{11}")
_SHAPE = bytes(
    ord("0") if chr(sign).isdigit() else ord("a") if chr(sign).isalpha() else sign
    for sign in range(128)
).ljust(256)
_COUNTRY = re.compile(r"(?:^|[^A-Za-z0-9]|IBAN)([A-Z]{2}[ .-]?)$", re.I)
_DUTCH_ACCOUNT = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")
_SHORTEST_IBAN = 15

# What a card's number begins with, and how long it then is. A number of the second kind may as well be
# something else: old lengths, and ranges that parcels and serial numbers fall into by chance.
_CARDS = re.compile(
    r"4\d{15}(?:\d{3})?"
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
    r"|3[47]\d{13}"
    r"|(?:6011|65\d\d|64[4-9]\d)\d{12}"
    r"|35(?:2[89]|[3-8]\d)\d{12}"
)
_PERHAPS_CARDS = re.compile(r"3(?:0[0-5]|[689]\d)\d{11}|4\d{12}|(?:50|5[6-8]|6[0-9])\d{10,17}")
_CARD_WORD = re.compile(
    r"(?:card|kaart|\bpas(?:nummer)?|visa|maestro|amex|american express|diners)\w*"
    r"\W{0,3}(?:\w+\W{1,3}){0,4}$",
    re.I,
)

_CITIZEN_WORD = (
    r"(?:bsn|burger[ -]?service[ -]?(?:nummer|nr)|sofi[ -]?(?:nummer|nr)|citizen(?: service)?[ -]number"
    r"|social security (?:number|no)|ssn)"
)
_CITIZEN_BEFORE = re.compile(
    rf"\b{_CITIZEN_WORD}\b(?P<between>(?:(?![.!?]\s+[A-Z])[^\d]){{0,40}})$", re.I
)
_CITIZEN_AFTER = re.compile(
    rf"\W{{0,3}}(?:(?:is|was|als|as)\s(?:(?:mijn|my|het|the|her|his)\s)?)?{_CITIZEN_WORD}\b", re.I
)
_LIKE_CITIZEN = ((9,), (3, 3, 3), (4, 2, 3))

_KEPT_FOR = (
    r"(?:order|bestel(?:lings?)?|customer|client|klant(?:en)?|account|(?:bank)?rekening|polis|policy"
    r"|contract|dossier|zaak|case|ticket|claim|schade|booking|boekings?|reserverings?|reservation"
    r"|factuur|invoice|membership|member|lidmaatschaps?|lid|debiteur(?:en)?|relatie|track(?:ing)?"
    r"|zending|incident|meldings?|aanvraag|patient|pati[eë]nt(?:en)?|passport|paspoort|rijbewijs"
    r"|rijksregister|serial|serie)"
)
_NUMBER_WORD = r"(?:numbers?|nummers?|no\.?|nr\.?|code|id|ref(?:erence|erentie)?|kenmerk)"
_IS = r"(?:[^\w€$£]{0,3}|[^\w€$£]{1,2}(?:is|was|of|van)[^\w€$£]{1,3})"
_LETTERS = r"(?-i:[A-Z]{1,6}[-/ ]?)?"
_NUMBERED = re.compile(
    rf"(?:\b{_KEPT_FOR}[ -]?{_NUMBER_WORD}|\b(?:kenmerk|referentie|reference))\b{_IS}{_LETTERS}$",
    re.I,
)
_NAMED = re.compile(
    r"\b(?:order|bestelling|ticket|dossier|zaak|case|klant|factuur|invoice|claim|polis|booking|boeking)"
    rf"[^\w€$£]{{1,3}}{_LETTERS}$",
    re.I,
)
_SO_CALLED = re.compile(
    rf"(?:\s?\(|\s(?:is|was|als|as)\s(?:(?:mijn|my|het|the|our|ons)\s)?){_KEPT_FOR}[ -]?{_NUMBER_WORD}\b",
    re.I,
)
_TOKEN = re.compile(r"\d[\w./-]{0,40}")
_MASK = re.compile(r"x{2}|\*", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


def accounts(passage: Passage) -> Iterator[Trace]:
    """International bank account numbers, of every country that has them."""
    if passage.text.isascii():
        shape = passage.text.encode().translate(_SHAPE, b" .-\n")
        if not _LIKE_IBAN.search(shape):
            return
    for match in _IBAN.finditer(passage.text):
        country = _COUNTRY.search(passage.text[max(0, match.start() - 7) : match.start()])
        if not country:
            continue
        found = country[1] + match[0] + match[1]
        start = match.start() - len(country[1])
        if account := _account(found):
            yield Trace(start, start + len(account), ACCOUNT, account)
        elif dutch := _DUTCH_ACCOUNT.match(re.sub(r"[\s.-]", "", found).upper()):
            doubt = "It is built like one, but its check digits are wrong: a slip of the pen?"
            yield Trace(start, start + len(found), "what looks like " + ACCOUNT, dutch[0], doubt)


def _account(text: str) -> str | None:
    """The account number that the text starts with; what stands behind it may look like more of it."""
    compact = re.sub(r"[\s.-]", "", text)
    if sum(c.isdigit() for c in compact) < 7:
        return None
    for length in range(len(compact), _SHORTEST_IBAN - 1, -1):
        if iban.is_valid(compact[:length], check_country=False):
            ends = [m.end() for m in re.finditer(r"[^\s.-]", text)]
            return text[: ends[length - 1]]
    return None


def cards(passage: Passage) -> Iterator[Trace]:
    """Card numbers by issuer, length and check digit."""
    for run in passage.long_runs:
        for first, last, digits in run.parts(13, 19):
            start, end = run.groups[first][0], run.groups[last][1]
            if not _grouped_as_card(run.sizes[first : last + 1]) or not luhn.is_valid(digits):
                continue
            if not passage.stands_alone(start, end):
                continue
            if _CARDS.fullmatch(digits):
                yield Trace(start, end, CARD, digits)
            elif _PERHAPS_CARDS.fullmatch(digits):
                certain = _CARD_WORD.search(passage.before(start, 40))
                doubt = "" if certain else "Its check digit is a card's; it may be something else."
                yield Trace(
                    start, end, CARD if certain else "digits that could be a card's", digits, doubt
                )


def _grouped_as_card(sizes: tuple[int, ...]) -> bool:
    fours = set(sizes[:-1]) == {4} and sizes[-1] <= 4
    return len(sizes) == 1 or fours or sizes in ((4, 6, 5), (4, 6, 4))


def citizens(passage: Passage) -> Iterator[Trace]:
    """Dutch citizen numbers: certain beside a word that says so, else only what is built like one."""
    for run in passage.long_runs:
        for first, last, digits in run.parts(LEAST, 9):
            start, end = run.groups[first][0], run.groups[last][1]
            if not passage.stands_alone(start, end):
                continue
            said = _CITIZEN_BEFORE.search(passage.before(start, 75))
            if bsn.is_valid(digits):
                if said or _CITIZEN_AFTER.match(passage.plain, end):
                    yield Trace(start, end, CITIZEN, digits)
                elif _could_be_citizen(passage, run, start, end):
                    doubt = "Nine digits that pass its check; only you know what they are."
                    yield Trace(start, end, f"what could be {CITIZEN}", digits, doubt)
            elif said and len(digits) == 9 and len(said["between"]) <= 8:
                doubt = "It is called one, but fails the check: a slip of the pen?"
                yield Trace(start, end, f"what is called {CITIZEN}", digits, doubt)


def _could_be_citizen(passage: Passage, run: Run, start: int, end: int) -> bool:
    return run.sizes in _LIKE_CITIZEN and not passage.counts(start, end)


def customers(passage: Passage) -> Iterator[Trace]:
    """Numbers that a company gave an order, a customer or a case, beside the word for them."""
    for run in passage.runs:
        if len(run.digits) < 4 and not passage.after(run.groups[-1][1], 1).isalpha():
            continue
        for start, end in run.groups:
            token = _TOKEN.match(passage.plain, start)
            digits = sum(c.isdigit() for c in token[0]) if token else 0
            if token is None or digits < 4 or _YEAR.fullmatch(token[0].rstrip(".-/")):
                continue
            if _MASK.search(token[0]) or passage.counts(start, end):
                continue
            if _is_kept(passage, start, token.end(), digits):
                found = token[0].rstrip("./-")
                yield Trace(start, start + len(found), CUSTOMER, found)
                break


def _is_kept(passage: Passage, start: int, end: int, digits: int) -> bool:
    before = passage.before(start, 60)
    if _NUMBERED.search(before):
        return True
    named = _NAMED.search(before)
    if named and (digits >= 6 or "#" in named[0]):
        return True
    return digits >= 5 and bool(_SO_CALLED.match(passage.plain, end))
