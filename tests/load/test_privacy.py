"""Personal data never gets in by mistake; what a case must be able to say always does."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.load.content import load_content
from tests.support.build import CASE, CASE_PLACE, COMPANY, content_folder
from tests.support.load import problem_of_case

CONTACT = """\
contact:
  phone: ["+31 20 123 4567", 0800-1234567]
  email: [help@acme.example]
"""


def noted(text: str) -> str:
    """The case with this note at its second event."""
    return CASE.replace("answer: full}", f"answer: full, note: '{text}'}}")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("I mailed jan.de-boer+work@post.example twice", "an e-mail address"),
        ("they paid NL91ABNA0417164300.", "a bank account (IBAN)"),
        ("to GB82 WEST 1234 5698 7654 32", "a bank account (IBAN)"),
        ("BSN 111222333", "a citizen number (BSN)"),
        ("my burgerservicenummer is 1112.22.333", "a citizen number (BSN)"),
        ("the card 4111-1111-1111-1111", "a card number"),
        ("the card 378282246310005", "a card number"),
        ("ring 06 12 34 56 78", "a phone number"),
        ("ring 0612345678", "a phone number"),
        ("ring (020) 123 4567", "a phone number"),
        ("ring +31 (0)20 123 4567", "a phone number"),
        ("ring 0031201234567", "a phone number"),
        ("ring +1 212 555 0123", "a phone number"),
        ("my klantnummer: 88812", "an order or customer number"),
        ("Zendingnummer 3SABCD012345678", "an order or customer number"),
        ("factuurnummer F2024-00123", "an order or customer number"),
        ("Ticket #12345 was closed", "an order or customer number"),
        ("88812 is my customer number", "an order or customer number"),
        ("postcode 3511 BB, huisnummer 7", "a street address"),
        ("221 Baker Street", "a street address"),
        ("I live at Kalverstraat 12 now", "a street address"),
    ],
)
def test_personal_data_is_refused_at_its_place_without_being_repeated(
    text: str, what: str, tmp_path: Path
) -> None:
    problem = problem_of_case(tmp_path, noted(text))
    assert problem.found.startswith(what)
    assert (problem.key, problem.line) == ("timeline[1].note", 6)
    assert problem.expected == "no personal data"
    assert problem.hint
    assert text not in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        "call 0800-1234567 or 0800 1234567",
        "call +31 20 123 4567",
        "mail Help@Acme.example",
    ],
)
def test_what_the_company_publishes_itself_is_let_through(text: str, tmp_path: Path) -> None:
    files = {"companies/acme.yaml": COMPANY + CONTACT, CASE_PLACE: noted(text)}
    assert load_content(content_folder(tmp_path, files)).cases


def test_what_another_company_publishes_is_not(tmp_path: Path) -> None:
    files = {"companies/bolt.yaml": COMPANY + CONTACT}
    folder = content_folder(tmp_path, files)
    assert load_content(folder).cases
    assert problem_of_case(tmp_path, noted("call 0800-1234567")).found.startswith("a phone number")


ORDINARY = [
    "on 2019-06-28 21:10, 28-06-2019 and 28.06.2019",
    "between 2012-01-01 and 2013-05-06, 3 letters",
    "180.00 EUR, 1.234.567,89 euros, 0.50 and $1,000,000.00",
    "from 09:00 to 17:00, 365 days, 24/7",
    "0900-1234 costs 45 cents a minute, 112 nothing",
    "article 6:96 paragraph 2, case C-123/45, ECLI:NL:RBAMS:2019:1234",
    "1234567890123 points, order of 3 x 12",
    "I waited 000 minutes",
    "version 10.0.19041.1415",
    "the customer number was lost, the account number too",
    "111222333 is no citizen number without a word that says so",
    "4111111111111112 is no card",
    "NL00 ABNA 1234 is no account",
    "@acme never answered, see acme.example/@help",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_dates_amounts_laws_and_counts_are_no_personal_data(text: str, tmp_path: Path) -> None:
    assert load_content(content_folder(tmp_path, {CASE_PLACE: noted(text)})).cases


def test_a_record_number_and_the_address_of_a_source_are_no_personal_data(tmp_path: Path) -> None:
    source = "{kind: register, record: '0612345678', url: 'https://example.org/0612345678'}"
    text = CASE.replace("{kind: first-hand}", source)
    assert load_content(content_folder(tmp_path, {CASE_PLACE: text})).cases


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "on 01-07-2019 10:30 I called",
        ),
        pytest.param(
            "on 28-06-2019 09-07-2019 was named",
        ),
        pytest.param(
            "On June 5, 2019 TV stopped",
        ),
    ],
)
def test_dates_beside_other_figures_are_no_personal_data(text: str, tmp_path: Path) -> None:
    assert load_content(content_folder(tmp_path, {CASE_PLACE: noted(text)})).cases


def test_the_address_of_evidence_is_no_phone_number(tmp_path: Path) -> None:
    text = f"{CASE}evidence: {{level: ruling, urls: [https://example.org/ruling/0201234567]}}\n"
    assert load_content(content_folder(tmp_path, {CASE_PLACE: text})).cases


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "paid to NL91ABNA0417164300 EUR 180",
        ),
        pytest.param(
            "paid to nl91abna0417164300",
        ),
    ],
)
def test_an_account_number_is_found_in_any_company(text: str, tmp_path: Path) -> None:
    found = problem_of_case(tmp_path, noted(text)).found
    assert found.startswith("a bank account (IBAN)")
