"""A case's timeline to scale: what was waited between its events, and when promises were due."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.compose.pages.timeline import LENGTH, MOST_A_DAY, Timeline, timeline
from scorecard.events import Channel
from scorecard.judge.case import judge_case
from tests.properties.stories import Story, stories
from tests.support.build import judge, make_case, steady
from tests.support.examples import examples

AS_OF = date(2024, 3, 29)
BY = steady(AS_OF)


def of(story: str) -> Timeline:
    return timeline(judge(make_case(story), BY), BY.rules)


def spent(told: Timeline) -> list[tuple[str, float]]:
    return [(piece.state, round(piece.days, 2)) for piece in told.pieces]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
        lambda t: t.replace(microsecond=0)
    ),
    st.integers(0, 20_000).map(lambda minutes: minutes / 60),
)
def test_working_hours_are_exceeded_just_after_the_last_moment_that_they_were_not(
    start: datetime, hours: float
) -> None:
    last = BY.working_time.exceeded(start, hours)
    assert BY.working_time.hours(start, last) == pytest.approx(hours, abs=1e-6)
    later = BY.working_time.hours(start, last + timedelta(seconds=1))
    assert later == pytest.approx(hours + 1 / 3600, abs=1e-6)


# In this module's working week and norms an e-mail is answered in time within a working day (see `steady`).
def test_an_answer_within_the_norm_is_waited_for_and_never_late() -> None:
    told = of("""
        - {at: 2024-03-04 10:00, event: contact, channel: email}
        - {at: 2024-03-04 16:00, event: reply, by: person, answer: full}""")
    assert spent(told) == [("waiting", 0.25)]
    assert told.entries[1].before is not None
    assert told.entries[1].before.hours == pytest.approx(6)


def test_what_is_waited_beyond_the_norm_is_late_from_the_moment_that_it_passes() -> None:
    told = of("""
        - {at: 2024-03-04 10:00, event: contact, channel: email}
        - {at: 2024-03-08 10:00, event: reply, by: person, answer: full}""")
    first, second = told.pieces
    assert (first.state, second.state) == ("waiting", "late")
    assert first.end == second.start
    norm = BY.reply_norm(Channel("email"))
    assert BY.working_time.hours(first.start, first.end) == pytest.approx(norm, abs=0.02)
    assert told.days_in("late") == pytest.approx(second.days)


def test_after_an_answer_nothing_is_waited_for() -> None:
    told = of("""
        - {at: 2024-03-04 10:00, event: contact, channel: email}
        - {at: 2024-03-04 11:00, event: reply, by: person, answer: full}
        - {at: 2024-03-10 11:00, event: survey}""")
    assert spent(told)[-1] == ("quiet", 6.0)


def test_a_later_contact_waits_no_less_long_for_the_first_ones_answer() -> None:
    told = of("""
        - {at: 2024-03-04 10:00, event: contact, channel: email}
        - {at: 2024-03-11 10:00, event: contact, channel: email}
        - {at: 2024-03-12 10:00, event: reply, by: person, answer: full}""")
    assert told.entries[2].before is not None
    assert [piece.state for piece in told.entries[2].before.pieces] == ["late"]
    hours = BY.working_time.hours(datetime(2024, 3, 4, 10), datetime(2024, 3, 12, 10))
    assert told.entries[2].before.hours == pytest.approx(hours)


def test_a_wait_is_told_where_its_norm_passes_and_where_it_ends_and_not_in_between() -> None:
    told = of("""
        - {at: 2024-03-04 10:00, event: contact, channel: email}
        - {at: 2024-03-06 10:00, event: contact, channel: email}
        - {at: 2024-03-08 10:00, event: contact, channel: email}
        - {at: 2024-03-12 10:00, event: reply, by: person, answer: full}""")
    said = [e.before.hours is not None for e in told.entries if e.before]
    assert said == [True, False, True]


def test_an_open_silence_lasts_until_today() -> None:
    told = of("- {at: 2024-03-04 10:00, event: contact, channel: email}")
    assert told.still is not None
    assert told.last == BY.now
    assert told.still.days == pytest.approx(25.58, abs=0.01)
    assert told.still.worst == "late"


def test_a_kept_promise_stops_the_clock_and_its_due_day_stands_in_its_place() -> None:
    told = of("""
        - {at: 2024-03-04 10:00, event: contact, channel: email}
        - {at: 2024-03-04 12:00, event: promise, due: 2024-03-14, kept_at: 2024-03-12}
        - {at: 2024-03-20 10:00, event: reply, by: person, answer: full}""")
    assert [entry.moment and entry.moment.position for entry in told.entries] == [0, 1, None, 2]
    due = told.entries[2].due
    assert due is not None
    assert (due.promise, due.state, due.passed) == (1, "kept", True)
    assert "promised" in [piece.state for piece in told.pieces]


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ("kept: no", "broken"),
        ("kept: yes", "kept"),
        ("kept_at: 2024-03-20", "broken"),
        ("", "broken"),
    ],
)
def test_what_became_of_a_promise_is_told_where_it_was_due(more: str, state: str) -> None:
    keys = ", ".join(["at: 2024-03-05, event: promise, due: 2024-03-14", *([more] if more else [])])
    told = of(f"- {{at: 2024-03-04, event: contact}}\n- {{{keys}}}")
    assert [entry.due.state for entry in told.entries if entry.due] == [state]


def test_a_promise_that_still_runs_is_neither_kept_nor_broken() -> None:
    told = of("- {at: 2024-03-05, event: promise, due: 2024-04-14}")
    due = told.entries[-1].due
    assert due is not None
    assert (due.state, due.passed) == ("open", False)


def test_a_finding_stands_beside_the_event_that_settled_it() -> None:
    told = of("""
        - {at: 2024-03-04 10:00, event: contact, channel: email}
        - {at: 2024-03-04 11:00, event: reply, by: person, answer: full, tone: rude}""")
    settled = [[rule.id for rule, _ in entry.findings] for entry in told.entries]
    assert "answered-in-time" in settled[1]
    assert "answered-in-time" not in settled[0]


def test_a_short_case_is_drawn_no_larger_and_a_long_one_no_longer() -> None:
    short = of("""
        - {at: 2024-03-04 10:00, event: contact}
        - {at: 2024-03-05 10:00, event: reply, by: person}""")
    assert short.a_day == MOST_A_DAY
    long = of("- {at: 2019-03-04 10:00, event: contact}")
    assert long.a_day * sum(piece.days for piece in long.pieces) == pytest.approx(LENGTH)


@examples(150)
@given(story=stories(), as_of=st.dates(date(2024, 2, 1), date(2026, 3, 1)))
def test_of_any_case_every_event_is_there_and_the_pieces_fill_the_time_between(
    story: Story, as_of: date
) -> None:
    by = steady(as_of)
    found = judge_case(story.case(), by)
    if found is None:  # it had not begun
        return
    told = timeline(found, by.rules)
    positions = [entry.moment.position for entry in told.entries if entry.moment]
    assert positions == list(range(len(found.case.timeline)))
    for entry in told.entries:
        if entry.before:
            assert entry.before.days > 0
            assert all(a.end == b.start for a, b in pairwise(entry.before.pieces))
            assert all(a.state != b.state for a, b in pairwise(entry.before.pieces))
    for piece in told.pieces:
        assert 0 <= told.place(piece.start) <= told.place(piece.end) <= 100
    settled = sum(len(entry.findings) for entry in told.entries)
    grounded = [f for f in found.findings if f.value is not None and f.events]
    assert settled == len(grounded)
