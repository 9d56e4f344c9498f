"""What no key shows by itself: events out of order, one thing said twice, companies that are each other's."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorecard.errors import ContentError, Problem
from scorecard.load.checks import check_rubric
from scorecard.load.content import load_content
from scorecard.load.records import read_record
from scorecard.load.yaml_text import Document
from scorecard.places import STANDARD_RUBRIC
from scorecard.rubric import Rubric
from tests.support.build import CASE, CASE_PLACE, COMPANY, content_folder, read

HEAD = CASE.partition("timeline:")[0]


def found(where: Path, files: dict[str, str]) -> list[Problem]:
    """The errors of a folder with these files; none where it is sound."""
    try:
        load_content(content_folder(where, files))
    except ContentError as error:
        return list(error.problems)
    return []


def of_events(where: Path, *events: str) -> list[Problem]:
    timeline = "".join(f"  - {{{event}}}\n" for event in events)
    return found(where, {CASE_PLACE: f"{HEAD}timeline:\n{timeline}"})


CALL = "event: contact, channel: phone"


@pytest.mark.parametrize(
    ("times", "key", "lies"),
    [
        (["2024-03-04", "2024-03-03"], "timeline[1].at", "'2024-03-03', which lies before '2024-03-04'"),
        (["2024-03-04 09:00", "2024-03-04 08:59"], "timeline[1].at", "before '2024-03-04 09:00'"),
        (["2024-03-04", "", "2024-03-03"], "timeline[2].at", "before '2024-03-04'"),
        (["2024-03-10", "2024", "2024-03-09"], "timeline[2].at", "before '2024-03-10'"),
        (["2024-03-01", "2024-03-10", "2024-03-09"], "timeline[2].at", "before '2024-03-10'"),
        (["2024-03-10", "2024-02"], "timeline[1].at", "'2024-02', which lies before"),
    ],
)  # fmt: skip
def test_an_event_before_the_one_above_it_is_named_with_both_times(
    tmp_path: Path, times: list[str], key: str, lies: str
) -> None:
    [problem] = of_events(tmp_path, *(f"at: {at}, {CALL}" if at else CALL for at in times))
    assert (problem.key, problem.code) == (key, "contradiction")
    assert lies in problem.found


@pytest.mark.parametrize(
    "times",
    [
        ["2024-03-04", "2024-03-04"],
        ["2024-03-04 09:00", "2024-03-04 09:00"],
        ["2024-03-10", "2024-03", "2024-03-11"],
        ["2024-03", "2024-03-01", "2024-03-02"],
        ["2024-03-10", "2024", "2024-03-10"],
    ],
)
def test_times_that_may_be_in_order_are_let_through(tmp_path: Path, times: list[str]) -> None:
    assert of_events(tmp_path, *(f"at: {at}, {CALL}" for at in times)) == []


@pytest.mark.parametrize(
    ("event", "key", "says"),
    [
        ("event: promise, kept_at: 2024-03-03", "kept_at", "kept before it was made ('2024-03-04')"),
        ("event: promise, due: 2024-02", "due", "'2024-02': due before it was made"),
        ("event: promise, due: 2024-03-05, within: 2 days", "within", "both 'due' and 'within'"),
        ("event: promise, kept_at: 2024-03-05, kept: yes", "kept", "both 'kept_at' and 'kept'"),
        ("event: promise, kept_at: 2024-03-05, kept: no", "kept", "both 'kept_at' and 'kept'"),
        ("event: refund, decision: granted, paid_at: 2024-03-03", "paid_at", "'2024-03-03': paid before"),
        ("event: refund, decision: refused, paid_at: 2024-03-05", "decision", "'refused', but paid"),
        ("event: refund, decision: refused, paid: yes", "decision", "'refused', but paid"),
        ("event: refund, decision: granted, justified: no", "justified", "of what was not refused"),
        ("event: refund, decision: partial, justified: yes", "justified", "of what was not refused"),
        ("event: refund, decision: partial, paid_at: 2024-03-05, paid: yes", "paid", "both 'paid_at'"),
    ],
)  # fmt: skip
def test_an_event_that_contradicts_itself_is_named_at_its_key(
    tmp_path: Path, event: str, key: str, says: str
) -> None:
    first = f"at: 2024-03-04, {CALL}"
    [problem] = of_events(tmp_path, first, f"at: 2024-03-04, {event}")
    assert (problem.key, problem.code) == (f"timeline[1].{key}", "contradiction")
    assert (problem.line, problem.column > 20) == (6, True)
    assert says in problem.found


@pytest.mark.parametrize(
    "event",
    [
        "at: 2024-03-04, event: promise, due: 2024-03, kept_at: 2024-03-04",
        "event: promise, due: 2024-03-03, kept: no",
        "at: 2024-03-04, event: promise, within: 2 days, kept_at: 2024-03-05",
        "at: 2024-03-04, event: refund, decision: granted, paid_at: 2024-03-04",
        "event: refund, decision: partial, paid_at: 2024-03-01",
        "at: 2024-03-04, event: refund, decision: refused, justified: no, paid: no",
        "at: 2024-03-04, event: refund, decision: refused",
    ],
)
def test_what_can_be_is_let_through(tmp_path: Path, event: str) -> None:
    assert of_events(tmp_path, f"at: 2024-03-04, {CALL}", event) == []


@pytest.mark.parametrize(
    ("more", "keys"),
    [
        ("status: published\n", []),
        ("status: disputed\n", ["status_note", "status_date"]),
        ("status: corrected\nstatus_note: x\n", ["status_date"]),
        ("status: withdrawn\nstatus_date: 2024-04-01\n", ["status_note"]),
        ("status: disputed\nstatus_note: x\nstatus_date: 2024-04-01\n", []),
        ("reply: {asked: 2024-04-02, at: 2024-04-01, text: No.}\n", ["reply.at"]),
        ("reply: {asked: 2024-04-02, text: No.}\n", ["reply.at"]),
        ("reply: {text: No.}\n", ["reply.at"]),
        ("reply: {asked: 2024-04-02}\n", []),
        ("reply: {asked: 2024-04-02, at: 2024-04-02, text: No.}\n", []),
        ("reply: {at: 2024-04-01, text: No.}\n", []),
    ],
)
def test_a_status_has_its_reason_and_a_reply_its_time(
    tmp_path: Path, more: str, keys: list[str]
) -> None:
    problems = found(tmp_path, {CASE_PLACE: CASE + more})
    assert sorted(problem.key for problem in problems) == sorted(keys)


@pytest.mark.parametrize(
    ("acme", "bolt", "places"),
    [
        ("known_as: [old]\n", "known_as: [older]\npart_of: acme\n", []),
        ("known_as: [old]\n", "known_as: [older, old]\n", [("bolt", "known_as", "'old', as another")]),
        ("known_as: [bolt]\n", "", [("acme", "known_as", "'bolt', which is a company")]),
        ("part_of: acme\n", "", [("acme", "part_of", "'acme'")]),
        ("part_of: bolt\n", "part_of: acme\n", [("acme", "part_of", "'bolt'"), ("bolt", "part_of", "")]),
        ("part_of: nobody\n", "", [("acme", "part_of", "'nobody'")]),
    ],
)  # fmt: skip
def test_companies_that_cannot_be_what_they_say_are_named(
    tmp_path: Path, acme: str, bolt: str, places: list[tuple[str, str, str]]
) -> None:
    companies = {"companies/acme.yaml": COMPANY + acme, "companies/bolt.yaml": COMPANY + bolt}
    problems = found(tmp_path, companies)
    assert len(problems) == len(places), problems
    for problem, (company, key, says) in zip(problems, places, strict=True):
        assert (problem.file, problem.line, problem.column) == (
            f"content/companies/{company}.yaml",
            1,
            1,
        )
        assert (problem.key, problem.code) == (key, "reference")
        assert says in problem.found


METHOD = STANDARD_RUBRIC.read_text("utf-8")
LEVELS = ("none", "described", "redacted", "public", "ruling")
SHARES = {"responsiveness": "0.35", "follow_through": "0.40"}


def keys_of(method: object) -> list[str]:
    """Where the method, of which each key is sound, is not whole."""
    document = Document("rubric.yaml", method, {}, {})
    record, problems = read_record(document, Rubric, {"zone": None})
    assert record is not None, problems
    return [problem.key for problem in check_rubric(record, document)]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"overall": {**SHARES, "refund_friction": "0.26"}}, "overall"),
        ({"overall": {**SHARES, "refund_friction": "0.24"}}, "overall"),
        ({"overall": {"responsiveness": "0.60", "follow_through": "0.40"}}, "overall"),
        ({"norms": {"reply": {"default": "0 h"}}}, "norms"),
        ({"norms": {"reply": {"phone": "1 h"}}}, "norms"),
        ({"norms": {"solved": "0 days"}}, "norms"),
        ({"norms": {"solved": None}}, "norms"),
        ({"norms": {"money_back": None}}, "norms"),
        ({"norms": {"complaint_confirmed": None}}, "norms"),
        ({"evidence": {"none": "0.5"}}, "evidence"),
        ({"evidence": {**dict.fromkeys(LEVELS, "1"), "sworn": "1"}}, "evidence"),
        ({"grades": [{"name": "A", "at_least": "1"}]}, "grades"),
        ({"friction": [{"name": "low", "at_least": "1"}]}, "friction"),
        ({"working_week": {"closes": "09:00"}}, "working_week"),
        ({"working_week": {"days": []}}, "working_week"),
        ({"version": "x"}, "version"),
    ],
)  # fmt: skip
def test_a_method_that_is_not_whole_is_named_at_its_key(
    change: dict[str, object], key: str
) -> None:
    method = read(METHOD)
    for name, value in change.items():
        merged = isinstance(value, dict) and name in ("norms", "working_week")
        method[name] = {**method[name], **value} if merged and isinstance(value, dict) else value
        if isinstance(method[name], dict):
            method[name] = {k: v for k, v in method[name].items() if v is not None}
    assert keys_of(method) == [key]


@pytest.mark.parametrize(
    ("days", "closes", "found"),
    [
        (["sun", "mon", "tue", "wed", "thu"], "18:30", None),
        (["mon", "tue", "wed", "thu", "fri"], "19:30", "9 hours on 5 days"),
        (["mon", "tue", "wed", "thu"], "18:30", "8 hours on 4 days"),
        (["mon", "tue", "wed", "thu", "fri", "sat"], "18:30", "8 hours on 6 days"),
    ],
)
def test_who_works_other_hours_than_pages_tell_working_time_in_is_warned(
    days: list[str], closes: str, found: str | None
) -> None:
    method = read(METHOD)
    method["working_week"] = {"days": days, "opens": "10:30", "closes": closes}
    document = Document("rubric.yaml", method, {}, {})
    record, _ = read_record(document, Rubric, {"zone": None})
    assert record is not None
    told = [(problem.level, problem.found) for problem in check_rubric(record, document)]
    assert told == ([("warning", found)] if found else [])


def test_a_rule_told_twice_is_named_and_the_projects_own_method_is_whole() -> None:
    method = read(METHOD)
    assert keys_of(method) == []
    method["rules"].insert(1, method["rules"][0])
    assert keys_of(method) == ["rules[1].id"]
