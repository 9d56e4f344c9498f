"""Personal data that a file must not hold, as far as it can be recognised without doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from stdnum import iban, luhn
from stdnum.nl import bsn

from scorecard.errors import Problem
from scorecard.load.yaml_text import Document, KeyPath
from scorecard.model import CompanyContact

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.I)
_CARD = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
_BSN = re.compile(
    r"\b(?:bsn|burgerservicenummer|citizen number)\b\D{0,20}(\d(?:[ .-]?\d){7,8})\b", re.I
)
_PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{1,3}|00\d{2}|\(?0)[ -]?(?:\(0\))?\d(?:\)?[ -]?\d){7,10}(?![\w.])"
)
_NUMBER = re.compile(
    r"\b(?:order|customer|client|account|klant|bestel|polis|contract|dossier)[ -]?"
    r"(?:number|nummer|no\.?|nr\.?)\W{0,3}(\d[\w-]{3,})",
    re.I,
)
_STREET = re.compile(
    r"\b[A-Z][a-z]{2,}(?:straat|laan|weg|plein|gracht|kade|dijk|singel|steeg) \d{1,4}\b"
)
_POSTCODE = re.compile(r"\b\d{1,4}[a-z]?,? [1-9]\d{3} ?[A-Z]{2}\b")
_DATE = re.compile(
    r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|\b\d{1,2}:\d\d\b"
    r"|\b[A-Za-z]{3,9}\.? \d{1,2}, (?:19|20)\d\d\b|\b\d{1,2} [a-z]{3,9} (?:19|20)\d\d\b"
)
PATTERNS = (
    ("an e-mail address", _EMAIL, False),
    ("a bank account (IBAN)", _IBAN, False),
    ("a card number", _CARD, False),
    ("a citizen number (BSN)", _BSN, False),
    ("an order or customer number", _NUMBER, False),
    ("a street address", _STREET, False),
    ("a street address", _POSTCODE, True),
    ("a phone number", _PHONE, True),
)
"""What each looks like, and whether dates are taken out before one looks. The form looks for the same.

Accounts, cards and citizen numbers must also fit their check digits.
"""
DATES = _DATE
_ADVICE = "Leave it out, or write [removed]."


def personal_data(document: Document, published: CompanyContact | None) -> list[Problem]:
    """A problem for each piece of personal data in the document's texts.

    What the company itself has `published` is let through.
    """
    allowed = (
        {
            _bare(text)
            for texts in (published.phone, published.email, published.address, published.urls)
            for text in texts
        }
        if published
        else set()
    )
    problems = []
    for path, text in _texts(document.value, ()):
        for what, found in _findings(text):
            if _bare(found) not in allowed:
                problems.append(
                    document.problem(
                        path,
                        f"{what} ('{found[:3]}…')",
                        "no personal data",
                        _ADVICE,
                        "personal-data",
                    )
                )
    return problems


def _bare(text: str) -> str:
    return re.sub(r"[\s()-]", "", text).lower()


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        if not {"url", "urls", "record", "at"} & set(path):
            yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
    else:
        for key, item in value.items():
            yield from _texts(item, (*path, key))


def _account(text: str) -> str | None:
    """The account number that the text starts with; what stands behind it may look like more of it."""
    for end in range(len(text), 14, -1):
        if iban.is_valid(text[:end]):
            return text[:end]
    return None


def _findings(text: str) -> Iterator[tuple[str, str]]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield "an e-mail address", match[0]
    if not any(c.isdigit() for c in text):
        return
    for match in _IBAN.finditer(text):
        if account := _account(match[0]):
            yield "a bank account (IBAN)", account
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if digits[0] in "3456" and luhn.is_valid(digits):
            yield "a card number", match[0]
    for match in _BSN.finditer(text):
        if bsn.is_valid(match[1]):
            yield "a citizen number (BSN)", match[1]
    for match in _NUMBER.finditer(text):
        yield "an order or customer number", match[1]
    for match in _STREET.finditer(text):
        yield "a street address", match[0]
    undated = _DATE.sub("-", text)
    for match in _POSTCODE.finditer(undated):
        yield "a street address", match[0]
    for match in _PHONE.finditer(undated):
        yield "a phone number", match[0]
