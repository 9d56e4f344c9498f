"""Whatever the description of the case format names is accepted, and means what it says."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from scorecard.events import AnyEvent, Event, Promise, Refund
from scorecard.load.content import load_content
from scorecard.model import Case
from tests.support.build import CASE_PLACE, content_folder, make_case
from tests.support.load import problem_of_case

EVERYTHING = """\
title: "Boxes: 180 euros charged, # and all"
language: nl
about: product
wanted: refund
amount: 180.00 EUR
source:
  kind: published
  title: A column
  author: A columnist
  date: 2020
  url: https://example.org/2019/06/28/column
  licence: CC BY 4.0
  record: "0123"
evidence:
  level: redacted
  items: [two letters, a bill]
  urls: [https://example.org/letter.pdf]
contributor: some-one_2
summary: |
  What happened, with *Markdown*.
effort: 5
status: disputed
status_note: The company says otherwise.
status_date: 2020-02-01
reply:
  asked: 2020-01-01
  at: 2020-01-20
  by: customer care
  text: We are sorry.
timeline:
  - {at: 2019, event: promise, what: new boxes}
  - {at: 2019-06, event: promise, what: delivery, due: 2019-06-29, kept_at: 2019-07-01}
  - {at: 2019-06-28 21:10, event: promise, within: 2 days, kept: no}
  - {at: 2019-06-28T21:10, event: promise, within: 3 h, kept: yes, note: Again.}
  - {at: 2019-07-01, event: charge, amount: 180.00 EUR, due_to_customer_error: yes, warned: no, justified: no}
  - event: contact
    at: 2019-07-02 10:00+02:00
    channel: phone
    reached: no
    asks: refund
    same_matter: yes
    told_again: no
    waited: 90 min
    note: On hold.
  - {event: contact, channel: letter, asks: answer, same_matter: no, told_again: yes, waited: 3 h}
  - {event: contact, channel: in-person, asks: complaint}
  - {event: contact, channel: sms, asks: callback}
  - {event: acknowledgement, channel: email, promises_within: 5 working days}
  - {event: reply, channel: chat, by: person, answer: none, tone: kind, advice_worked: no}
  - {event: reply, channel: form, by: expert, answer: partial, tone: neutral, advice_worked: yes}
  - {event: reply, channel: app, by: script, answer: full, tone: rude}
  - {event: reply, channel: portal, by: machine}
  - {event: transfer, to: another desk}
  - {event: channel-switch, to: social}
  - {event: refund, decision: refused, justified: no}
  - {event: refund, decision: partial, amount: 90 EUR, form: voucher, paid: no}
  - {event: refund, decision: granted, amount: 90.00 EUR, form: set-off, paid: yes}
  - {at: 2019-08-01, event: refund, decision: granted, form: money, paid_at: 2019-08-02}
  - {event: replacement, asked_for_return: yes, free: yes}
  - {event: gesture, amount: 10.00 EUR}
  - {event: gesture, what: flowers}
  - {event: fix, cause: yes, told: no}
  - {event: lost}
  - {event: survey}
  - {event: recurrence}
  - {event: chargeback, amount: 90.00 EUR}
  - {event: escalation, to: regulator, ruling: settled}
  - {event: escalation, to: ombudsman, ruling: customer}
  - {event: escalation, to: court, ruling: company}
  - {event: escalation, to: media}
  - {event: escalation, to: disputes-body}
  - {at: 2019-12-31, event: closed, solved: partial, by: customer}
"""

COMPANY = """\
name: Acme
sector: telecom
country: NL
website: https://acme.example/
since: 1990
known_as: [old-acme]
part_of: bolt
contact:
  phone: [0800-1234]
  email: [help@acme.example]
  address: [Street 1]
  urls: [https://acme.example/help]
customers: "100000"
"""
FILES = {
    CASE_PLACE: EVERYTHING,
    "companies/acme.yaml": COMPANY,
    "companies/bolt.yaml": "name: Bolt\nsector: shops\n",
}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return load_content(content_folder(tmp_path, FILES)).cases[0]


def test_every_event_of_the_model_is_in_the_example_and_every_key_of_each(case: Case) -> None:
    kinds: tuple[type[Event], ...] = get_args(get_args(AnyEvent)[0])
    used: dict[type[Event], set[str]] = {kind: set() for kind in kinds}
    for event in case.timeline:
        used[type(event)] |= event.model_fields_set
    common = set(Event.model_fields)
    for kind, keys in used.items():
        assert set(kind.model_fields) - common <= keys, kind
    assert case.model_fields_set == set(Case.model_fields)


def test_what_was_written_is_what_is_known(case: Case) -> None:
    assert case.id == "acme/one"
    assert case.title == "Boxes: 180 euros charged, # and all"
    assert case.source.record == "0123"
    assert case.source.date is not None
    assert case.source.date.text == "2020"
    assert case.evidence.items == ("two letters", "a bill")
    assert case.effort == 5
    first, second = case.timeline[0], case.timeline[1]
    assert isinstance(first, Promise)
    assert isinstance(second, Promise)
    assert (first.due, first.kept_at, first.kept) == (None, None, None)
    assert second.kept_at is not None
    refund = next(e for e in case.timeline if isinstance(e, Refund) and e.form == "voucher")
    assert refund.paid is False
    assert str(refund.amount) == "90.00 EUR"


def test_what_is_not_written_is_unknown_but_for_what_the_format_says() -> None:
    text = "- {event: contact}\n- {event: reply}\n- {event: fix}\n- {event: closed}\n"
    contact, reply, fix, closed = make_case(text).timeline
    assert contact.model_dump(exclude={"event"}) == {
        "at": None,
        "note": None,
        "channel": None,
        "reached": True,
        "asks": None,
        "same_matter": True,
        "told_again": False,
        "waited": None,
    }
    for event in (reply, fix, closed):
        assert set(event.model_dump(exclude={"event"}).values()) == {None}


def test_a_case_may_leave_out_all_that_is_optional() -> None:
    case = make_case("- {event: survey}")
    assert (case.about, case.status, case.evidence.level) == ("service", "published", "none")
    assert (case.amount, case.effort, case.contributor, case.language) == (None,) * 4


@pytest.mark.parametrize("key", ["title", "wanted", "source", "timeline"])
def test_what_a_case_must_have_is_missed_by_name(key: str, tmp_path: Path) -> None:
    lines = EVERYTHING.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next((i for i in range(start + 1, len(lines)) if lines[i][0].isalpha()), len(lines))
    problem = problem_of_case(tmp_path, "".join(lines[:start] + lines[end:]))
    assert (problem.key, problem.found, problem.expected) == (key, "nothing", f"the key '{key}'")


@pytest.mark.parametrize("note", ["status_note", "status_date"])
def test_a_status_other_than_published_says_why_and_since_when(note: str, tmp_path: Path) -> None:
    text = "".join(
        line for line in EVERYTHING.splitlines(keepends=True) if not line.startswith(note)
    )
    problem = problem_of_case(tmp_path, text)
    assert problem.key == note
    assert "because the status is 'disputed'" in problem.expected


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        (
            "within: 2 days, kept: no",
            "within: 2 days, due: 2019-07-01",
            "timeline[2].within",
            "both",
        ),
        ("kept_at: 2019-07-01", "kept_at: 2019-07-01, kept: yes", "timeline[1].kept", "both"),
        ("paid_at: 2019-08-02", "paid_at: 2019-08-02, paid: yes", "timeline[19].paid", "both"),
        ("paid_at: 2019-08-02", "paid_at: 2019-07-31", "timeline[19].paid_at", "before"),
        ("refused, justified: no", "refused, paid: yes", "timeline[16].decision", "but paid"),
        (
            "partial, amount: 90 EUR",
            "partial, justified: no",
            "timeline[17].justified",
            "not refused",
        ),
        ("  at: 2020-01-20", "  at: 2019-12-31", "reply.at", "before it was asked"),
        ("  at: 2020-01-20\n", "", "reply.at", "nothing"),
        ("due: 2019-06-29, ", "due: 2019-05-29, ", "timeline[1].due", "before it was made"),
    ],
)
def test_what_contradicts_itself_is_refused(
    old: str, new: str, key: str, found: str, tmp_path: Path
) -> None:
    assert EVERYTHING.count(old) == 1
    problem = problem_of_case(tmp_path, EVERYTHING.replace(old, new))
    assert problem.key == key
    assert found in problem.found
