"""Every scalar stays the text it was written as until the schema wants something else of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scorecard.events import Contact
from scorecard.load.content import load_content
from scorecard.load.yaml_text import read_yaml
from scorecard.model import Case
from scorecard.site import Content
from scorecard.values import parse_duration, parse_money, parse_time
from tests.support.build import CASE, CASE_PLACE, ZONE, content_folder, make_case
from tests.support.load import problem_of_case


def loaded(where: Path, text: str) -> Case:
    content: Content = load_content(content_folder(where, {CASE_PLACE: text}))
    return content.cases[0]


@pytest.mark.parametrize(
    "scalar",
    [
        "NO",
        "no",
        "yes",
        "on",
        "null",
        "~",
        "0123",
        "0x1F",
        "1e3",
        "21:10",
        "1_000",
        ".inf",
        "2019-06-28",
    ],
)
def test_what_other_readers_turn_into_something_else_stays_a_text(
    scalar: str, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"a: {scalar}\nb: [{scalar}]\n{scalar}: c\n", "utf-8")
    document, problems = read_yaml(path, "case.yaml")
    assert problems == []
    assert document is not None
    assert document.value == {"a": scalar, "b": [scalar], scalar: "c"}


def test_norway_is_a_country_and_a_title_may_be_a_number(tmp_path: Path) -> None:
    files = {
        "companies/acme.yaml": "name: 0123\nsector: telecom\ncountry: NO\n",
        CASE_PLACE: CASE.replace("title: A call that was answered", "title: 21:10"),
    }
    content = load_content(content_folder(tmp_path, files))
    assert content.companies["acme"].country == "NO"
    assert content.companies["acme"].name == "0123"
    assert content.cases[0].title == "21:10"


@pytest.mark.parametrize(
    ("word", "flag"), [("yes", True), ("true", True), ("no", False), ("false", False)]
)
def test_yes_and_no_are_flags_where_a_flag_is_wanted(word: str, flag: bool) -> None:
    event = make_case(f"- {{event: contact, reached: {word}}}").timeline[0]
    assert isinstance(event, Contact)
    assert event.reached is flag


@pytest.mark.parametrize("word", ["Yes", "TRUE", "on", "y", "1", "", "maybe", "[yes]"])
def test_other_words_are_no_flags(word: str, tmp_path: Path) -> None:
    problem = problem_of_case(
        tmp_path, CASE.replace("channel: phone", f"channel: phone, reached: {word}")
    )
    assert problem.key == "timeline[0].reached"
    assert problem.expected == "yes or no (true or false)"


def test_a_flag_is_no_text_where_a_word_is_wanted(tmp_path: Path) -> None:
    problem = problem_of_case(tmp_path, CASE.replace("solved: full", "solved: yes"))
    assert (problem.key, problem.found) == ("timeline[2].solved", "'yes'")
    assert problem.expected == "one of full, partial, none"


# ── Times ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019-06-28 21:10", (2019, 6, 28, 21, 10), (2019, 6, 28, 21, 10)),
        ("2019-06-28T21:10", (2019, 6, 28, 21, 10), (2019, 6, 28, 21, 10)),
        ("2019-06-28 21:10:30", (2019, 6, 28, 21, 10, 30), (2019, 6, 28, 21, 10, 30)),
        ("2019-06-28", (2019, 6, 28), (2019, 6, 28, 23, 59, 59)),
        ("2020-02", (2020, 2, 1), (2020, 2, 29, 23, 59, 59)),
        ("2019-12", (2019, 12, 1), (2019, 12, 31, 23, 59, 59)),
        ("2019", (2019, 1, 1), (2019, 12, 31, 23, 59, 59)),
    ],
)
def test_a_time_spans_all_that_it_can_mean(
    text: str, first: tuple[int, ...], last: tuple[int, ...]
) -> None:
    time = parse_time(text, ZONE)
    assert time.first.timetuple()[:6] == (*first, 0, 0, 0)[:6]
    assert time.last.timetuple()[:6] == (*last, 0, 0, 0)[:6]
    assert time.text == text


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2019-06-28T21:10Z", "2019-06-28 23:10"),  # summer: two hours on
        ("2019-01-28T21:10Z", "2019-01-28 22:10"),  # winter: one
        ("2019-06-28 21:10+02:00", "2019-06-28 21:10"),
        ("2019-06-28 21:10-0500", "2019-06-29 04:10"),
        ("2019-12-31 23:30+00:00", "2020-01-01 00:30"),
    ],
)
def test_an_offset_wins_and_the_time_is_moved_into_the_sites_zone(text: str, local: str) -> None:
    assert f"{parse_time(text, ZONE).first:%Y-%m-%d %H:%M}" == local


def test_without_an_offset_a_time_is_local_whatever_the_sites_zone() -> None:
    zones = [ZoneInfo(name) for name in ("Europe/Amsterdam", "Asia/Tokyo", "UTC")]
    assert len({parse_time("2019-06-28 21:10", zone).first for zone in zones}) == 1


def test_the_zone_of_the_site_is_the_one_that_cases_are_read_in(tmp_path: Path) -> None:
    text = CASE.replace("2024-03-04 09:00", "2024-03-04 08:00Z")
    event = loaded(tmp_path, text).timeline[0]
    assert event.at is not None
    assert event.at.first == datetime(2024, 3, 4, 9)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2019-06-31",
        "2019-13",
        "2019-00",
        "2019-6-28",
        "28-06-2019",
        "06/28/2019",
        "2019-06-28 24:00",
        "2024-03-31 02:30",  # the hour that summer time skips
        "2019-06-28 21.10",
        "2019-06-28 9:10",
        "2019-06-28  21:10",
        "2019-06-28 21:10 CET",
        "21:10",
        "19",
        "1899",
        "2200-01-01",
        "yesterday",
        "２０１９",
    ],
)
def test_what_is_no_time_is_refused_at_its_place(text: str, tmp_path: Path) -> None:
    quoted = f'"{text}"'
    problem = problem_of_case(tmp_path, CASE.replace("2024-03-04 09:00", quoted))
    assert (problem.key, problem.line, problem.column) == ("timeline[0].at", 5, 10)
    assert problem.expected.startswith("a time that exists")


# ── Durations and money ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("90 min", 1.5),
        ("3 h", 3),
        ("1.5 h", 1.5),
        ("1 day", 24),
        ("2 days", 48),
        ("5 working days", 120),
        ("8 weeks", 8 * 168),
        ("1 month", 720),
    ],
)
def test_durations_in_all_their_units(text: str, hours: float) -> None:
    assert parse_duration(text).hours == pytest.approx(hours)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("90 min", "2024-03-04 23:00", "2024-03-05 00:30"),
        ("2 days", "2024-03-04 23:00", "2024-03-06 23:59"),
        ("1 working day", "2024-03-08 12:00", "2024-03-11 23:59"),  # Friday → Monday
        ("1 working day", "2024-03-09", "2024-03-11 23:59"),  # Saturday → Monday
        ("5 working days", "2024-03-04", "2024-03-11 23:59"),
        ("8 weeks", "2024-03-04", "2024-04-29 23:59"),
        ("2 days", "2024-03", "2024-04-02 23:59"),  # from the last day of March
    ],
)
def test_what_is_due_after_a_duration_is_due_to_the_end_of_that_day(
    text: str, start: str, end: str
) -> None:
    due = parse_duration(text).after(parse_time(start, ZONE))
    assert f"{due.last:%Y-%m-%d %H:%M}" == end


@pytest.mark.parametrize("text", ["soon", "2", "days", "-2 days", "2 Days", "1,5 h", "2 years", ""])
def test_what_is_no_duration_is_refused(text: str, tmp_path: Path) -> None:
    problem = problem_of_case(
        tmp_path, CASE.replace("channel: phone", f'channel: phone, waited: "{text}"')
    )
    assert problem.key == "timeline[0].waited"
    assert problem.expected.startswith("a duration")


def test_money_is_kept_to_the_cent_in_its_currency() -> None:
    money = parse_money("180.10 EUR")
    assert (str(money.amount), money.currency, str(money)) == ("180.10", "EUR", "180.10 EUR")
    assert str(parse_money("5 USD")) == "5.00 USD"


@pytest.mark.parametrize(
    "text",
    [
        "180.00",
        "180 euro",
        "€ 180",
        "EUR 180",
        "180,00 EUR",
        "1.234,50 EUR",
        "-5 EUR",
        "5 XYZ",
        "5.123 EUR",
        "",
    ],
)
def test_what_is_no_money_is_refused(text: str, tmp_path: Path) -> None:
    problem = problem_of_case(tmp_path, f'amount: "{text}"\n{CASE}')
    assert (problem.key, problem.line) == ("amount", 1)
    assert problem.expected == "an amount with its currency, like 180.00 EUR"


@pytest.mark.parametrize("text", ["0", "6", "3.0", "little", "-1", ""])
def test_effort_is_a_whole_number_from_one_to_five(text: str, tmp_path: Path) -> None:
    assert problem_of_case(tmp_path, f'{CASE}effort: "{text}"\n').key == "effort"
    assert make_case("- {event: contact}", effort="5").effort == 5
