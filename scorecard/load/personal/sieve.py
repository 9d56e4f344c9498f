"""What the form looks for before anything leaves the browser: a coarse sieve that a browser's own
patterns can hold. `check` looks closer, and in more spellings, when the case arrives."""

from __future__ import annotations

import re

from scorecard.load.personal.addresses import ADDRESS
from scorecard.load.personal.emails import EMAIL
from scorecard.load.personal.numbers import ACCOUNT, CARD, CITIZEN, CUSTOMER
from scorecard.load.personal.phones import PHONE

DATES = re.compile(
    r"\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b|\b\d{1,2}:\d\d\b"
    r"|\b[A-Za-z]{3,9}\.? \d{1,2}, (?:19|20)\d\d\b|\b\d{1,2} [a-z]{3,9} (?:19|20)\d\d\b"
)
SIEVE = (
    (EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"), False),
    (ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.I), False),
    (CARD, re.compile(r"\b\d(?:[ -]?\d){12,18}\b"), False),
    (
        CITIZEN,
        re.compile(
            r"\b(?:bsn|burgerservicenummer|citizen number)\b\D{0,20}(\d(?:[ .-]?\d){7,8})\b", re.I
        ),
        False,
    ),
    (
        CUSTOMER,
        re.compile(
            r"\b(?:order|customer|client|account|klant|bestel|polis|contract|dossier)[ -]?"
            r"(?:number|nummer|no\.?|nr\.?)\W{0,3}(\d[\w-]{3,})",
            re.I,
        ),
        False,
    ),
    (
        ADDRESS,
        re.compile(
            r"\b[A-Z][a-z]{2,}(?:straat|laan|weg|plein|gracht|kade|dijk|singel|steeg) \d{1,4}\b"
        ),
        False,
    ),
    (ADDRESS, re.compile(r"\b\d{1,4}[a-z]?,? [1-9]\d{3} ?[A-Z]{2}\b"), True),
    (
        PHONE,
        re.compile(
            r"(?<![\w.])(?:\+\d{1,3}|00\d{2}|0)[ -]?(?:\(0\))?\d(?:\)?[ -]?\d){7,10}(?![\w.])"
        ),
        True,
    ),
)
"""The name, what it looks like, and whether dates are taken out before one looks.

Accounts, cards and citizen numbers must also fit their check digits.
"""
