"""Where each kind of personal data begins and ends, and what lies just beside it, letter by letter.

In a text that holds some, `«…»` stands around what is to be found; `?` before it says that it is doubtful.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from scorecard.load.personal.addresses import addresses
from scorecard.load.personal.decoded import decode
from scorecard.load.personal.emails import emails
from scorecard.load.personal.names import names, plates
from scorecard.load.personal.numbers import accounts, cards, citizens, customers
from scorecard.load.personal.passage import Passage, Trace
from scorecard.load.personal.phones import known_as, phones

Finder = Callable[[Passage], Iterator[Trace]]


def marked(find: Finder, text: str) -> str:
    """The text with signs around all that is found in it."""
    for trace in sorted(find(Passage(text)), key=lambda trace: -trace.start):
        begin = "?«" if trace.doubt else "«"
        found = text[trace.start : trace.end]
        text = f"{text[: trace.start]}{begin}{found}»{text[trace.end :]}"
    return text


def check(find: Finder, text: str) -> None:
    assert marked(find, text.replace("?«", "").replace("«", "").replace("»", "")) == text


@pytest.mark.parametrize(
    "text",
    [
        "mail «jan@post.example» twice",
        "to «a@post.example»,«b@post.example».",
        'to «"odd name"@post.example»',
        "to «jan@[127.0.0.1]»",
        "to @?«jan@social.example»",
        "***@post.example, jan@xxx.nl, photo@2x.png and _-_@post.example",
        "@ home, a@b",
        "?«jan (at) post.example» said",
        "?«jan[at]post[dot]nl»",
        "?«jan {at} post.nl» and ?«jan <at> post.nl»",
        "?«jan at post dot nl»",
        "?«jan apenstaartje post punt nl»",
        "?«jan @ post.example»",
        "?«jan@ post.example»",
        "look at the post. nl",
    ],
)
def test_an_e_mail_address_as_written_or_spelled_out(text: str) -> None:
    check(emails, text)


@pytest.mark.parametrize(
    "text",
    [
        "?«mevrouw Jansen» belde",
        "?«Dhr. van der Berg» en ?«mw. A.B. Smit»",
        "?«Beste Jan», u",
        "?«Dear Jan»",
        "Dear Customer, Dear Acme, Geachte Relatie, Beste Jan zei",
        "summer Jansen, remeneer Piet",
    ],
)
def test_a_name_after_what_goes_before_names(text: str) -> None:
    check(partial(names, known=frozenset({"acme"})), text)


@pytest.mark.parametrize(
    "text",
    [
        "kenteken ?«12-AB-34»",
        "licence plate was ?«AB-123-C»",
        "kenteken AB-CD-EF",
        "AB-123-C",
        "een nummerplaat: ?«1-ABC-23»",
    ],
)
def test_a_number_plate_beside_the_word_for_it(text: str) -> None:
    check(plates, text)


@pytest.mark.parametrize(
    "text",
    [
        "at «3511 BB 7», yes",
        "at «3511BB 7b».",
        "«3511bb 7» but 3511 bb 7",
        "«3511 BB, huisnummer 7»",
        "at «7, 3511 BB» Utrecht",
        "7 3511bb",
        "3511 SS 7",
        "in 3511 BB",
        "1000 KM 5, 1000 GB 3, but the postcode «1000 KM 5»",
        "postcode: «3511 bb 7»",
        "June 5, 2019 TV 3",
        "3511 BB 5 euro; 5 km, 3511 BB",
        "«Kalverstraat 12»",
        "?«kalverstraat 12», het dorpsplein 4",
        "on the snelweg 2 and Snelweg 2",
        "«Dorpsplein 4», «Damstraat nr. 3»",
        "Kalverstraat 12345, but «Kalverstraat 1234»",
        "Kalverstraat 12 euro, «Damstraat 3»",
        "«rue de la Loi 16» and «Rue de l'Eglise 3»,",
        "«221 Baker Street», «221b Baker Street» and «10 Great Western Road»",
        "1999 Abbey Road, 2024 Abbey Road, «1899 Abbey Road»",
        "12345 Abbey Road, 1.5 Abbey Road, x12 Abbey Road",
    ],
)
def test_an_address_is_a_place_with_its_number(text: str) -> None:
    check(addresses, text)


@pytest.mark.parametrize(
    "text",
    [
        "«06-12345678» or «0612345678»",
        "(«020) 123 4567» or +«31 20 123 4567»",
        "«020 123 4567» - 5 times",
        "«0031612345678», +«31 (0)6 12345678»",
        "+?«999 123 456 789», 00999123456789, +999 1234",
        "x0612345678, 06123456789, 0612345678x, 1.0612345678",
        "tel.«0612345678» and t«0612345678» but tot0612345678",
        "tel0612345678x, tel0612345678_, t.0612345678a",
        "?«06 99999999» is not given out",
        "tel ?«612345678», bel me op ?«20 123 4567», but 612345678",
        "?«212-555-0123», call «212-555-0123»",
        "?«02 123 45 67», bel «02 123 45 67»",
        "bel ?«0999999999»",
        "0999999999",
        "0900-1234 and 0800 123",
        "5 «020 1234567», 5-020 1234567, 2-0612345678, 5/«0612345678» and (5 «0612345678»",
        "0612345678-12345-12345",
        "+999 123 456 789 1234567",
        "wa.me/«31612345678» and https://a.example/?a=b&tel=«0612345678»",
        "https://a.example/?id=0612345678",
    ],
)
def test_a_phone_number_at_home_and_abroad(text: str) -> None:
    check(partial(phones, regions=("NL",)), text)


def test_a_phone_number_is_one_in_whatever_form() -> None:
    for number in ("0201234567", "+31201234567", "0031201234567"):
        assert known_as(number, ("NL",)) == "+31201234567"
    assert known_as("2125550123", ("NL", "US")) == "+12125550123"
    assert known_as("09001234", ("NL",)) is None
    assert known_as("090012345", ("NL",)) is None
    assert known_as("nonsense", ("NL",)) is None
    assert marked(partial(phones, regions=("US",)), "212-555-0123") == "«212-555-0123»"


@pytest.mark.parametrize(
    "text",
    [
        "to «NL91ABNA0417164300».",
        "to «nl91 abna 0417 1643 00» EUR 180",
        "to «NO93 8601 1117 947» and more",
        "é «NL91-ABNA-0417-1643-00»",
        "IBAN«NL91ABNA0417164300»NL91",
        "xNL91ABNA0417164300, NL91ABNA04171643",
        "xNL91ABNA0417164300, but «NL91ABNA0417164300»",
        "to ?«NL91 ABNA 0417 1643 01»",
        "to «GB82 WEST 1234 5698 7654 32»\nthen",
        "to «NL91 ABNA\n0417 1643 00»",
        "GB83 WEST 1234 5698 7654 32",
        "half a letter \ud83d and «NL91ABNA0417164300»",
    ],
)
def test_an_account_ends_where_its_check_digits_fit(text: str) -> None:
    check(accounts, text)


@pytest.mark.parametrize(
    "text",
    [
        "«4111111111111111» and «4111 1111 1111 1111»",
        "«4111-1111-1111-1111» 0, «4111 1111 1111 1111» 12345",
        "4222 2222 22222, 4222 22222 2222",
        "«3782 822463 10005», 411111 1111111111, 411111111111 1111",
        "4111111111111112, a4111111111111111, 1.4111111111111111",
        "?«4222222222222», visa «4222222222222»",
        "?«3056 930902 5904», maestro «6759649826438453»",
        "4111 1111 1111 111, 9999999999999995",
    ],
)
def test_a_card_has_its_issuers_length_groups_and_check_digit(text: str) -> None:
    check(cards, text)


@pytest.mark.parametrize(
    "text",
    [
        "BSN «111222333», bsn: «10000008»",
        "?«111222333», ?«111.222.333», ?«1112.22.333»",
        "«111222333» is mijn bsn",
        "1 1122 2333, 111222333 euro, 111222334, a111222333",
        "bsn ?«123456789», but bsn van mij 123456789 and bsn 12345678",
        "bsn van mijn man: «111222333»",
    ],
)
def test_a_citizen_number_beside_its_name_or_without(text: str) -> None:
    check(citizens, text)


@pytest.mark.parametrize(
    "text",
    [
        "klantnummer «8881», but klantnummer 888",
        "klantnummer 2019. Or klantnummer 1950",
        "order «123456», order #«1234», but order 12345 and ticket 12345",
        "«12345» is mijn klantnummer, but 1234 is mijn klantnummer",
        "klantnummer 12xx34, klantnummer 12345 euro",
        "factuurnummer F«2024-00123».",
        "factuurnummer «12a4b5c6»",
        "klantnummer «1234» 5678",
        "dossier AB-«123456/7»",
    ],
)
def test_a_customers_number_beside_the_word_for_it(text: str) -> None:
    check(customers, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a&#64;b", "a@b"),
        ("a&amp;#64;b", "a@b"),
        ("a&amp;amp;amp;#64;b", "a&#64;b"),
        ("a%40b%zz%1", "a@b%zz%1"),
        ("\\x40\\u0040\\U00000040\\.\\n", "@@@. "),
        ("a\\U000fffffb", "a\U000fffffb"),
        ("1\\\n   2", "12"),
        ("０６−１２", "06-12"),
        ("a\u200bb\u0301c\u20e3d", "abcd"),
        ("a\u00a0b\u2003c", "a b c"),
        ("a‐b–c−d。e", "a-b-c-d.e"),
        ("É ß € “x” …", "É ß € “x” …"),
        ("٠٦", "06"),
        ("ｊａｎ＠ｂ", "jan@b"),
        ("a\\", "a\\"),
    ],
)
def test_what_hides_letters_is_taken_off(source: str, text: str) -> None:
    assert decode(source).text == text


@pytest.mark.parametrize(
    "source", ["x&#64;y z", "é\u200b\u200bx&amp;#64;y z", "\\x40\\x41 z%20z é"]
)
def test_every_letter_knows_where_it_came_from(source: str) -> None:
    decoded = decode(source)
    last = decoded.text.index("z")
    assert decoded.source(last) == source.index("z")
    assert [decoded.source(place) for place in range(last)] == sorted(
        decoded.source(place) for place in range(last)
    )
    assert decode("plain").source(3) == 3


def test_an_entity_stands_where_it_begins() -> None:
    decoded = decode("ab&#64;cd")
    assert [decoded.source(place) for place in range(5)] == [0, 1, 2, 7, 8]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("on 2024-03-04, 04-03-2024, 4.3.24 and 12:30", ""),
        ("2024-03, 2024/03/04 10:30 and 2024-03-04T10:30", ""),
        ("06-12 34\n 56 (78)", "06 12 34 56 78"),
        ("2024-13-04", "2024 13 04"),
        ("see https://a.example/12345 or www.b.example/6 at 7", "7"),
    ],
)
def test_days_times_and_web_addresses_hold_no_numbers(text: str, groups: str) -> None:
    passage = Passage(text)
    assert len(passage.plain) == len(text)
    assert " ".join(text[start:end] for run in passage.runs for start, end in run.groups) == groups


def test_the_parts_of_a_run_come_longest_first() -> None:
    [run] = Passage("12 345 6789").runs
    assert (run.sizes, run.digits) == ((2, 3, 4), "123456789")
    assert list(run.parts(4, 7)) == [(0, 1, "12345"), (1, 2, "3456789"), (2, 2, "6789")]
    assert [part[2] for part in run.parts(2, 9)] == [
        *("123456789", "12345", "12", "3456789", "345", "6789"),
    ]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("12", True), ("a12", False), ("12a", False), ("_12", False), ("12_", False), ("1.12", False),
        ("a.12", True), (".12", True), ("12.5", False), ("12.5a", False), ("12.", True),
        ("12,5", False), ("1,12", False),
        ("-12-", True),
    ],
)  # fmt: skip
def test_digits_stand_alone_where_no_word_or_decimal_goes_on(text: str, alone: bool) -> None:
    start = text.index("12")
    assert Passage(text).stands_alone(start, start + 2) is alone


@pytest.mark.parametrize(
    ("text", "counts"),
    [("12 euro", True), ("12%", True), ("€ 12", True), ("EUR 12", True), ("12,50 EUR", True),
     ("12 eggs", False), ("12 kgs", False), ("xEUR 12", False), ("EUR  12", False)],
)  # fmt: skip
def test_amounts_and_measures_count_something(text: str, counts: bool) -> None:
    start = text.index("12")
    assert Passage(text).counts(start, start + 2) is counts
