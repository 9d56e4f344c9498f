"""Personal data is told where it stands, in whatever form; what is masked or doubtful stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.errors import Problem
from scorecard.load.content import load_content
from scorecard.load.privacy import personal_data
from scorecard.load.yaml_text import read_yaml
from scorecard.model import CompanyFile
from tests.support.build import CASE, CASE_PLACE, COMPANY, content_folder
from tests.support.load import problem_of_case, problems_of

ACME = CompanyFile.model_validate(
    {
        "name": "Acme Telecom",
        "sector": "telecom",
        "country": "US",
        "contact": {
            "phone": ["+31 20 123 4567", "(212) 555-0123"],
            "email": ["help@acme.example"],
            "address": ["Kalverstraat 12, 1012 PB Amsterdam"],
        },
    }
)


def found_in(where: Path, text: str, name: str = "cases/acme/one.yaml") -> list[Problem]:
    """What is found in a file with this text, of a case of Acme's."""
    path = where / "one.yaml"
    path.write_text(text, "utf-8")
    document, problems = read_yaml(path, name)
    assert document is not None, problems
    return personal_data(document, ACME)


@pytest.mark.parametrize(
    ("text", "line", "column", "key"),
    [
        ("summary: I mailed jan@post.example twice\n", 1, 19, "summary"),
        ("summary: |\n  First line.\n\n  Ring 06-12345678 now.\n", 4, 8, "summary"),
        ("summary: >\n  pay to NL91 ABNA\n  0417 1643 00 now\n", 2, 10, "summary"),
        ("summary: it was 06 12 34\n  56 78 again\n", 1, 17, "summary"),
        ("timeline:\n  - {note: 'it''s 0612345678'}\n", 2, 19, "timeline[0].note"),
        ('summary: "jan\\x40post.example"\n', 1, 11, "summary"),
        ("summary: jan&#64;post.example\n", 1, 10, "summary"),
        ("title: A\n# klant Jan, 0612345678\n", 2, 14, ""),
        ("title: A  # jan@post.example\n", 1, 13, ""),
        ("0612345678: A\n", 1, 1, ""),
    ],
)
def test_it_is_told_where_it_stands(
    text: str, line: int, column: int, key: str, tmp_path: Path
) -> None:
    (problem,) = found_in(tmp_path, text)
    assert (problem.line, problem.column, problem.key) == (line, column, key)
    assert (problem.code, problem.level) == ("personal-data", "error")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("no-answer-0612345678", "a phone number"),
        ("klant-06-12345678", "a phone number"),
        ("nl91abna0417164300-not-paid", "a bank account (IBAN)"),
        ("order-number-8881234", "an order or customer number"),
        ("jan-at-post-dot-nl", "what reads as an e-mail address"),
    ],
)
def test_the_files_own_name_is_read_too(name: str, what: str, tmp_path: Path) -> None:
    (problem,) = found_in(tmp_path, "title: A\n", f"cases/acme/{name}.yaml")
    assert problem.found.startswith(what)
    assert "in the file's name" in problem.found


@pytest.mark.parametrize(
    "name", ["refund-2024-1", "outage-2024-03-04", "no-dial-tone-2026", "24-7"]
)
def test_an_ordinary_name_says_nothing(name: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, "title: A\n", f"cases/acme/{name}.yaml") == []


def test_a_case_named_by_its_records_number_may_bear_it(tmp_path: Path) -> None:
    text = "source: {kind: register, record: row 0201234567}\n"
    assert found_in(tmp_path, text, "cases/acme/register-0201234567.yaml") == []
    assert found_in(tmp_path, "title: A\n", "cases/acme/register-0612345678.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/unsubscribe?email=jan@post.example",
        "https://example.org/unsubscribe?email=jan%40post.example&list=1",
        "[call](tel:+31612345678)",
        "https://wa.me/31612345678",
        "https://example.org/call?tel=0612345678",
    ],
)
def test_a_link_can_hold_personal_data(text: str, tmp_path: Path) -> None:
    (problem,) = found_in(tmp_path, f"summary: see {text}\n")
    assert problem.level == "error"


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/2024/03/0612345678-story",
        "www.example.org/4111111111111111",
        "https://example.org/maps/@52.37,4.89,15z and img/photo@2x.png",
        "https://example.org/?id=111222333",
    ],
)
def test_the_digits_of_a_web_address_are_none(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, f"summary: see {text}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "mail [removed]@post.example or xxxx@post.example, j [removed]",
        "NL91 ABNA XXXX XXXX 00, NL91ABNA******4300 and 06-XXXXXXXX",
        "card 4111 XXXX XXXX 1111, BSN XXXXXX333 or [removed]",
        "klantnummer [removed], order number XXXXX, order 1234XXXX, order #12XX",
        "postcode 1234 XX, [removed] 12; mevrouw [removed], dhr. X",
    ],
)
def test_what_is_masked_never_counts(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, f"summary: '{text}'\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "020-1234567",
        "(020) 123 45 67",
        "0031201234567",
        "[bel](tel:+31201234567)",
        "+1 212 555 0123",
        "212-555-0123",
        "HELP&#64;acme.example",
        "Kalverstraat 12",
        "1012PB 12",
    ],
)
def test_what_the_company_publishes_passes_in_every_form(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, f"summary: they said {text} there\n") == []


def test_a_house_beside_the_companys_is_somebodys(tmp_path: Path) -> None:
    assert found_in(tmp_path, "summary: I live at Kalverstraat 1\n")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("the number 111222333 was named", "what could be a citizen number"),
        ("my BSN is 123456789", "what is called a citizen number"),
        ("NL92ABNA0417164300", "what looks like a bank account"),
        ("ring 06 99999999", "what looks like a phone number"),
        ("there was 36000000000008 on it", "digits that could be a card's"),
        ("jan (at) post (dot) nl", "what reads as an e-mail address"),
        ("jan apenstaartje post punt nl", "what reads as an e-mail address"),
        ("mevrouw Jansen rang back", "what looks like a name"),
        ("'Dear Sandra,' it began", "what looks like a name"),
        ("'Beste Sandra, uw klacht'", "what looks like a name"),
        ("het kenteken is AB-123-C", "a number plate"),
    ],
)
def test_what_is_doubtful_is_a_warning_with_its_reason(
    text: str, what: str, tmp_path: Path
) -> None:
    (problem,) = found_in(tmp_path, f'summary: "{text}"\n')
    assert problem.found.startswith(what)
    assert problem.level == "warning"
    assert len(problem.hint) > len("If it is one, write [removed].")


@pytest.mark.parametrize(
    "text",
    [
        "Dear customer, Dear Sir, Geachte heer/mevrouw, Beste klant, Dear Acme",
        "they looked at example.nl and at the shop, 3 items @ 5 euro",
        "0800-1234 and 0900-1234 and 112",
        "Onderweg 20 minuten, snelweg 4, in de Hoofdstraat 3 keer",
        "order van 111.222.333 euro, zaak C-123/45, bestelling in 2019",
        "de 2010 TV 4, 1500 KM 3, 2000 GB 1",
    ],
)
def test_an_ordinary_story_gives_no_warning(text: str, tmp_path: Path) -> None:
    assert found_in(tmp_path, f"summary: '{text}'\n") == []


def test_a_warning_stops_nothing_and_is_kept(tmp_path: Path) -> None:
    text = f"{CASE}summary: the number 111222333 was named\n"
    content = load_content(content_folder(tmp_path, {CASE_PLACE: text}))
    assert "personal-data" in [warning.code for warning in content.warnings]


def test_a_comment_stops_the_build(tmp_path: Path) -> None:
    problem = problem_of_case(tmp_path, f"{CASE}# klant: 0612345678\n")
    assert (problem.line, problem.key) == (8, "")


def test_it_is_told_beside_the_other_mistakes_of_a_file(tmp_path: Path) -> None:
    text = f"{CASE}colour: blue\nsummary: jan@post.example\n"
    problems = problems_of(content_folder(tmp_path, {CASE_PLACE: text}))
    assert {problem.code for problem in problems} == {"unknown-key", "personal-data"}


def test_a_companys_file_is_looked_through_but_for_its_contact(tmp_path: Path) -> None:
    contact = "contact: {phone: [020-1234567], email: [help@acme.example]}\n"
    files = {"companies/acme.yaml": f"{COMPANY}{contact}"}
    assert load_content(content_folder(tmp_path, files)).companies
    files = {"companies/acme.yaml": f"{COMPANY}{contact}# asked jan@post.example\n"}
    (problem,) = problems_of(content_folder(tmp_path, files))
    assert (problem.line, problem.column) == (4, 9)
