"""How long people wait for an answer and for their money: by hand, and what must always hold.

The norms are those of `steady()`: an answer by phone within 1 working hour, money within 14 days.
Monday 4 March 2024. Of a day the kindest moment counts: from its last one, to its first.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scorecard.compose.charts.chart import Chart
from scorecard.compose.charts.company import company_charts
from scorecard.compose.exports import chart_files
from scorecard.compose.words import words_in
from scorecard.judge.case import JudgedCase, judge_case
from scorecard.judge.money import asked_at, rightly_refused
from scorecard.model import Case
from scorecard.render.drawing import draw
from scorecard.score.durations import MoneyBack, ReplyTime, money_back, reply_time
from scorecard.score.scorecard import score_all
from tests.properties.contents import make_content
from tests.properties.stories import KNOWN, Happening, Story, stories
from tests.support.build import judge, make_case, rubric, steady, weighed
from tests.support.examples import examples

LEVEL = 0.9
DAY = date(2024, 3, 4)
SECOND = 1 / 86400


def judged(cases: Sequence[Case], day: date) -> list[JudgedCase]:
    return [judge(case, steady(day)) for case in cases]


def replies(*timelines: str, day: date = DAY) -> ReplyTime | None:
    cases = [make_case(timeline, slug=f"c{n}") for n, timeline in enumerate(timelines)]
    return reply_time(weighed(judged(cases, day), day), LEVEL)


def refunds(*timelines: str, day: date, wanted: str = "refund") -> MoneyBack | None:
    cases = [make_case(t, slug=f"c{n}", wanted=wanted) for n, t in enumerate(timelines)]
    return money_back(weighed(judged(cases, day), day), LEVEL)


# ── A human answer ─────────────────────────────────────────────────────────────────────────────

PHONE = "- {at: 2024-03-04 09:00, event: contact, channel: phone}\n"


def test_the_time_to_an_answer_waits_for_a_person_at_the_company() -> None:
    times = replies(
        PHONE + "- {at: 2024-03-04 09:30, event: reply, by: person}",
        PHONE + "- {at: 2024-03-04 11:00, event: reply, by: expert}",
        PHONE + "- {at: 2024-03-04 09:01, event: reply, by: machine, answer: full}",
        PHONE,
    )
    assert times is not None
    # The third left after a minute without having met a person; of the others two thirds waited beyond
    # ½ h, one third beyond 2 h, and one still waits at the end of the day.
    assert [step.time for step in times.hours.steps] == [0.5, 2]
    assert [step.waiting for step in times.hours.steps] == pytest.approx([2 / 3, 1 / 3])
    assert times.hours.median == 2
    assert (times.open, times.untold) == (1, 0)
    assert times.within_norm == pytest.approx(1 / 3)
    assert times.within_low <= 1 / 3 <= times.within_high


def test_asking_again_for_the_same_answer_is_no_second_wait() -> None:
    again = "- {at: 2024-03-04 10:00, event: contact, channel: phone}\n"
    times = replies(PHONE + again + "- {at: 2024-03-04 11:00, event: reply, by: person}")
    assert times is not None
    assert (times.hours.count, times.hours.median) == (1, 2)


def test_where_nobody_is_answered_nobody_vanishes() -> None:
    times = replies(PHONE, PHONE, PHONE)
    assert times is not None
    assert (times.hours.median, times.hours.median_interval) == (None, (None, None))
    assert (times.hours.count, times.open, times.hours.censored) == (3, 3, (8, 8, 8))
    # None of three: 1 − 0.05 ** (1 / 3).
    assert (times.within_norm, times.within_low) == (0, 0)
    assert times.within_high == pytest.approx(0.6316, abs=1e-4)


def test_an_answer_within_the_norm_of_everybody_is_not_certain() -> None:
    times = replies(*[PHONE + "- {at: 2024-03-04 09:30, event: reply, by: person}"] * 5)
    assert times is not None
    assert (times.within_norm, times.within_high) == (1, 1)
    assert times.within_low == pytest.approx(0.05 ** (1 / 5))


@pytest.mark.parametrize("asked", ["2024-03-04 16:30", "2024-03-04 16:00"])
def test_before_the_norm_has_passed_nobody_is_late(asked: str) -> None:
    times = replies(f"- {{at: {asked}, event: contact, channel: phone}}")
    assert times is not None
    assert (times.within_norm, times.within_low, times.within_high) == (None, 0, 1)
    assert times.open == 1


def test_answers_whose_time_is_not_told_are_counted_and_may_have_been_in_time() -> None:
    times = replies(PHONE, PHONE + "- {event: reply, by: person}")
    told = replies(PHONE)
    assert times is not None
    assert told is not None
    assert (times.hours.count, times.open, times.untold) == (1, 1, 1)
    assert times.within_norm == told.within_norm == 0
    assert times.within_high > told.within_high


# ── Money ──────────────────────────────────────────────────────────────────────────────────────

ASK = "- {at: 2024-03-04, event: contact, asks: refund}\n"
PAID = "- {{event: refund, decision: granted, paid_at: {}}}"
PAID_10 = ASK + PAID.format(
    "2024-03-15 00:00"
)  # 4 March 23:59:59 up to there: 10 days and a second
PAID_20 = ASK + PAID.format("2024-03-25 00:00")


def test_money_on_its_way_counts_as_long_as_it_has_taken() -> None:
    back = refunds(PAID_10, PAID_20, ASK, day=date(2024, 4, 3))
    assert back is not None
    assert [s.time for s in back.days.steps] == pytest.approx([10 + SECOND, 20 + SECOND])
    assert [s.waiting for s in back.days.steps] == pytest.approx([2 / 3, 1 / 3])
    assert (back.days.censored, back.days.count, back.open) == ((30,), 3, 1)
    # Of three, with 14 days for each, one was in time.
    assert back.within_term == pytest.approx(1 / 3)
    assert 0 < back.within_low < 1 / 3 < back.within_high < 1


def test_where_all_money_is_awaited_nobody_vanishes() -> None:
    granted = ASK + "- {event: refund, decision: granted}"
    refused = ASK + "- {event: refund, decision: refused, justified: no}"
    doubtful = ASK + "- {event: refund, decision: refused}"
    back = refunds(ASK, granted, refused, doubtful, day=date(2024, 4, 3))
    assert back is not None
    assert (back.days.count, back.open, back.days.censored) == (4, 4, (30,) * 4)
    assert (back.days.median, back.days.median_interval) == (None, (None, None))
    assert (back.within_term, back.within_low) == (0, 0)
    assert back.within_high == pytest.approx(1 - 0.05 ** (1 / 4))


def test_until_the_end_of_the_last_day_of_its_term_money_is_not_late() -> None:
    last, next_ = (refunds(ASK, day=day) for day in (date(2024, 3, 18), date(2024, 3, 19)))
    assert last is not None
    assert next_ is not None
    assert (last.days.censored, last.within_term, last.open) == ((14,), None, 1)
    assert (next_.within_term, next_.open) == (0, 1)


def test_each_case_has_its_own_term_and_a_kept_promise_gives_time() -> None:
    """Two took 20 days; of one of them a week had been promised, and the promise was kept."""
    promise = (
        "- {at: 2024-03-10 00:00, event: promise, within: 10 days, kept_at: 2024-03-17 00:00}\n"
    )
    paid = PAID.format("2024-03-25 00:00")
    back = refunds(PAID_20, ASK + promise + paid, day=date(2024, 12, 31))
    assert back is not None
    assert back.days.steps[0].time == pytest.approx(20 + SECOND)
    assert (back.days.median, back.within_term) == (back.days.steps[0].time, 0.5)


def test_a_new_product_that_was_wanted_is_waited_for_as_well() -> None:
    new = "- {at: 2024-03-15 00:00, event: replacement}"
    ask = "- {at: 2024-03-04, event: contact}\n"
    back = refunds(ask + new, ask, day=date(2024, 4, 3), wanted="replacement")
    assert back is not None
    assert (back.days.count, back.open) == (2, 1)
    assert back.days.steps[0].time == pytest.approx(10 + SECOND)


@pytest.mark.parametrize(
    ("timeline", "untold"),
    [
        (ASK + "- {event: refund, decision: granted, paid: yes}", 1),
        ("- {event: contact, asks: refund}\n", 1),
        ("- {at: 2024-03, event: contact, asks: refund}\n" + PAID.format("2024-03-30"), 1),
        (ASK + "- {event: closed, solved: full}", 1),
        (ASK + "- {event: refund, decision: refused, justified: yes}", 0),
        ("- {at: 2024-03-04, event: contact, asks: complaint}\n", 0),
    ],
)
def test_what_is_neither_there_nor_awaited_is_not_timed(timeline: str, untold: int) -> None:
    case = make_case(timeline, wanted="answer")
    day = date(2024, 4, 3)
    assert money_back(weighed(judged([case], day), day), LEVEL) is None
    both = money_back(weighed(judged([make_case(PAID_10, slug="two"), case], day), day), LEVEL)
    assert both is not None
    assert (both.days.count, both.open, both.untold, both.within_term) == (1, 0, untold, 1)
    assert both.within_low == pytest.approx(0.05)
    assert both.within_high == 1


@examples(150)
@given(story=stories())
def test_a_case_is_timed_just_where_the_rule_judges_it_and_in_time_just_where_it_gives_1(
    story: Story,
) -> None:
    one = judge_case(story.case(), steady(story.as_of, story.sector, story.country))
    assume(one is not None)
    assert one is not None
    rule = next(f for f in one.findings if f.rule == "money-back-in-time")
    back = money_back(weighed([one], story.as_of), LEVEL)
    assert (back is not None) == (rule.state == "judged")
    if back is not None and back.open:
        assert back.within_term == (None if rule.value == 1 else 0)
        assert back.days.censored[0] == pytest.approx(_named(rule.reason.values, back))
    elif back is not None:
        assert back.within_term == (1 if rule.value == 1 else 0)
        assert back.days.steps[0].time == _named(rule.reason.values, back)


def _named(values: object, back: MoneyBack) -> float:
    """The days that the rule names; those of the curve where it names none yet."""
    assert isinstance(values, dict)
    own = back.days.censored[0] if back.open else -1.0
    return float(values.get("taken_days", own))


def _begun(told: list[Story]) -> list[JudgedCase]:
    cases = [judge_case(story.case(), steady(story.as_of)) for story in told]
    return [case for case in cases if case]


@examples(100)
@given(told=st.lists(stories(), min_size=1, max_size=6))
def test_everybody_who_asked_for_money_is_counted_once(told: list[Story]) -> None:
    cases = _begun(told)
    readings = [case.reading for case in cases]
    asked = [reading for reading in readings if asked_at(reading) is not None]
    due = [reading for reading in asked if not rightly_refused(reading)]
    back = money_back(weighed(cases, told[0].as_of), LEVEL)
    if back is not None:
        there = back.days.count - len(back.days.censored)
        assert back.open == len(back.days.censored)
        assert there + back.open + back.untold == len(due)
        assert back.within_low <= (back.within_term or 0)
        assert (1 if back.within_term is None else back.within_term) <= back.within_high


@examples(100)
@given(told=st.lists(stories(), min_size=1, max_size=6))
def test_every_question_is_counted_once(told: list[Story]) -> None:
    cases = _begun(told)
    times = reply_time(weighed(cases, told[0].as_of), LEVEL)
    if times is not None:
        questions = sum(len(case.reading.first_waits) for case in cases)
        assert times.hours.count + times.untold == questions
        assert times.open <= len(times.hours.censored)


# ── What must hold between two tellings ────────────────────────────────────────────────────────


@examples(150)
@given(story=stories(KNOWN, ["contact"]), after=st.integers(0, 60 * 24 * 40))
def test_an_open_case_that_is_answered_later_never_lowers_the_count(
    story: Story, after: int
) -> None:
    moment = story.happenings[-1].moment + timedelta(minutes=after)
    answer = Happening(
        {"event": "reply", "by": "person", "answer": "full"}, moment, "%Y-%m-%d %H:%M"
    )
    closed = story.put(len(story.happenings), answer)
    day = max(story.as_of, moment.date())
    before, later = (
        reply_time(weighed(judged([s.case()], day), day), LEVEL) for s in (story, closed)
    )
    if before is not None:
        assert later is not None
        assert later.hours.count >= before.hours.count
        assert later.open == 0


WAITS = st.lists(
    st.tuples(st.integers(0, 200), st.one_of(st.none(), st.integers(0, 400))),
    min_size=1,
    max_size=5,
)


def _asked(start: int, wait: int | None, answer: str) -> str:
    """A question so many hours into the year, and its answer so many hours later, or none."""
    asked = datetime(2024, 1, 1) + timedelta(hours=start)
    told = f"- {{at: {asked:%Y-%m-%d %H:%M}, event: contact, asks: refund}}\n"
    if wait is None:
        return told
    return told + answer.format(f"{asked + timedelta(hours=wait):%Y-%m-%d %H:%M}")


@examples(40)
@given(waits=WAITS, now=st.integers(0, 40), longer=st.integers(0, 40))
def test_to_wait_on_never_raises_the_share_in_time(
    waits: list[tuple[int, int | None]], now: int, longer: int
) -> None:
    """Every answer of these cases has come by the first day; up to the second the rest wait on."""
    first = date(2024, 1, 1) + timedelta(days=26 + now)
    days = (first, first + timedelta(days=longer))
    answered = [_asked(*wait, "- {{at: {}, event: reply, by: person}}") for wait in waits]
    paid = [_asked(*wait, "- {{event: refund, decision: granted, paid_at: {}}}") for wait in waits]
    replied = [replies(*answered, day=day) for day in days]
    back = [refunds(*paid, day=day) for day in days]
    shares = [
        [None if r is None else r.within_norm for r in replied],
        [None if b is None else b.within_term for b in back],
    ]
    for before, after in shares:
        assert before is None or (after is not None and after <= before + 1e-12)
    assert [r and r.hours.count for r in replied] == [len(waits)] * 2
    assert [b and b.days.count for b in back] == [len(waits)] * 2


# ── What is shown of it ────────────────────────────────────────────────────────────────────────


def _chart(name: str, *timelines: str) -> Chart:
    cases = [make_case(t, slug=f"c{n}", wanted="refund") for n, t in enumerate(timelines)]
    card = score_all(make_content(cases), date(2024, 4, 3))
    charts = company_charts(card.companies["acme"], card, rubric())
    return next(chart for chart in charts if chart.name == name)


def test_the_money_back_chart_is_a_curve_in_days() -> None:
    chart = _chart("money-back", PAID_10, PAID_20, ASK)
    words = words_in("en")
    assert (chart.kind, chart.time) == ("curve", "days")
    assert (chart.curve[0].time, chart.curve[0].waiting, chart.curve[-1].time) == (0, 1, 30)
    assert words.say(chart.says) == (
        "Half of those who asked for their money or a new product had it within 20 days; "
        "33% had it within the term."
    )
    table, figure = (file.text for file in chart_files(chart, words))
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0] == ["days", "share_still_waiting", "low", "high"]
    assert len(rows) == 1 + 4
    drawn = json.loads(figure)
    assert drawn["layout"]["xaxis"]["title"]["text"] == "Days"
    assert drawn["data"][-1]["x"] == [30]
    picture = draw(chart, words)
    assert [tick.label for tick in picture.ticks] == ["1 day", "1 week", "1 month"]
    assert len(picture.marks) == 1


def test_the_reply_time_chart_stays_in_working_hours() -> None:
    chart = _chart("reply-time", PHONE)
    table, figure = (file.text for file in chart_files(chart, words_in("en")))
    assert table.startswith("working_hours,")
    assert json.loads(figure)["layout"]["xaxis"]["title"]["text"] == "Working hours"


def test_a_chart_says_who_still_waits_and_of_whom_too_little_is_told() -> None:
    untold = ASK + "- {event: refund, decision: granted, paid: yes}"
    assert words_in("en").say(_chart("money-back", ASK, untold).says) == (
        "Still waiting for their money or a new product: 1 of 1 who asked. "
        "Not told of exactly enough to be timed: 1 more."
    )
    # An answer of a company that pays: that it did is an answer, when it did is not told.
    assert words_in("en").say(_chart("reply-time", PHONE, untold).says) == (
        "Still without a human answer: 1 of 1 questions. "
        "Not told of exactly enough to be timed: 1 more."
    )
