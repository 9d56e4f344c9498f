"""What must hold between two tellings of one case, everything else equal.

Each test tells a story twice, with one difference, and compares the case's three scores. What is
added has happened by the day of judgement; what happens after it is not known in either telling.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from scorecard.events import Promise
from scorecard.judge.case import judge_case
from scorecard.judge.follow_through import promise_value
from scorecard.judge.reading import Reading
from scorecard.load.checks import check_case
from scorecard.load.yaml_text import Document
from tests.properties.stories import (
    ANY,
    AVOIDABLE,
    DAY,
    DURATION,
    EXACT,
    GAP,
    KNOWN,
    LOST,
    RECURRENCE,
    SILENT,
    SWITCH,
    TRANSFER,
    Happening,
    Story,
    first_contact,
    nowhere_higher,
    places,
    promises,
    stories,
)
from tests.support.build import steady, weights
from tests.support.examples import examples

MANY = examples(100)


def insert(
    data: st.DataObject, story: Story, what: st.SearchStrategy[Any], told: Any, first: int = 0
) -> Story:
    """The story with one more event at any place from `first` on, told as exactly as `told` allows."""
    index, moment = data.draw(places(story, first), label="place")
    keys = data.draw(what, label="event")
    return story.put(index, Happening(keys, moment, data.draw(st.sampled_from(told), label="told")))


def with_one_more(data: st.DataObject, what: st.SearchStrategy[Any]) -> tuple[Story, Story]:
    """A story, and the same with one more event after its first contact; all times are known."""
    story = data.draw(stories(KNOWN, ["contact"]), label="story")
    contact = first_contact(story)
    assert contact is not None
    return story, insert(data, story, what, KNOWN, contact + 1)


def pick(data: st.DataObject, story: Story, *names: str) -> tuple[int, Happening]:
    """One event of the story with one of these names, and its position."""
    found = [(i, h) for i, h in enumerate(story.happenings) if h.keys["event"] in names]
    return data.draw(st.sampled_from(found), label="which")


@MANY
@given(story=stories())
def test_every_story_told_here_is_one_that_the_reader_accepts(story: Story) -> None:
    log = {"timeline": [dict(h.log()) for h in story.happenings], **story.keys}
    assert check_case(story.case(), None, Document("story", log, {}, {})) == []


@MANY
@given(data=st.data())
def test_a_later_answer_never_scores_higher(data: st.DataObject) -> None:
    answers = ("reply", "refund", "replacement", "closed")
    story = data.draw(stories(KNOWN, answers))
    index, answer = pick(data, story, *answers)
    later = answer.moment + data.draw(GAP)
    assume(later.date() <= story.as_of and "paid_at" not in answer.keys)
    assume(all(later <= h.moment for h in story.happenings[index + 1 :]))
    moved = story.swap(index, replace(answer, moment=later))
    assert nowhere_higher(moved.scores(), story.scores())


@MANY
@given(data=st.data())
def test_an_acknowledgement_or_a_survey_changes_no_score(data: st.DataObject) -> None:
    story = data.draw(stories())
    assert insert(data, story, SILENT, ANY).scores() == story.scores()


@MANY
@given(data=st.data())
def test_an_acknowledgement_or_a_survey_changes_no_weight(data: st.DataObject) -> None:
    story = data.draw(stories())
    by = steady(story.as_of, story.sector, story.country)
    assume(judge_case(story.case(), by) is not None)  # a survey alone has not begun a case
    chatty = insert(data, story, SILENT, ANY)
    assert weights([chatty.case()], story.as_of) == weights([story.case()], story.as_of)


@MANY
@given(data=st.data())
def test_time_on_hold_changes_no_score(data: st.DataObject) -> None:
    story = data.draw(stories(having=["contact"]))
    index, contact = pick(data, story, "contact")
    held = replace(contact, keys={**contact.keys, "waited": data.draw(DURATION)})
    assert story.swap(index, held).scores() == story.scores()


def with_a_promise(data: st.DataObject, told: Any, value: float) -> tuple[Story, Story]:
    """A story, and the same with one more promise that is worth `value` on the day of judgement."""
    story = data.draw(stories(told), label="story")
    index, moment = data.draw(places(story), label="place")
    made = Happening(data.draw(promises(moment, told)), moment, data.draw(st.sampled_from(told)))
    promised = story.put(index, made)
    promise = promised.case().timeline[index]
    assert isinstance(promise, Promise)
    worth = promise_value(Reading(promised.case(), steady(story.as_of)), promise)
    assume(worth == value)
    return story, promised


@MANY
@given(data=st.data())
def test_a_kept_promise_never_lowers(data: st.DataObject) -> None:
    story, promised = with_a_promise(data, KNOWN, 1)
    assert nowhere_higher(story.scores(), promised.scores())


@MANY
@given(data=st.data())
def test_a_broken_promise_never_raises(data: st.DataObject) -> None:
    story, promised = with_a_promise(data, ANY, 0)
    assert nowhere_higher(promised.scores(), story.scores())


@MANY
@given(data=st.data())
def test_one_more_avoidable_contact_never_raises(data: st.DataObject) -> None:
    story, more = with_one_more(data, AVOIDABLE)
    assert nowhere_higher(more.scores(), story.scores())


@MANY
@given(data=st.data())
def test_one_more_transfer_never_raises(data: st.DataObject) -> None:
    story, more = with_one_more(data, TRANSFER)
    assert nowhere_higher(more.scores(), story.scores())


@MANY
@given(data=st.data())
def test_one_more_channel_switch_never_raises(data: st.DataObject) -> None:
    story, more = with_one_more(data, SWITCH)
    assert nowhere_higher(more.scores(), story.scores())


@MANY
@given(data=st.data())
def test_one_more_recurrence_never_raises(data: st.DataObject) -> None:
    story, more = with_one_more(data, RECURRENCE)
    assert nowhere_higher(more.scores(), story.scores())


@MANY
@given(data=st.data())
def test_one_more_loss_never_raises(data: st.DataObject) -> None:
    story, more = with_one_more(data, LOST)
    assert nowhere_higher(more.scores(), story.scores())


@MANY
@given(data=st.data())
def test_a_story_told_again_never_raises(data: st.DataObject) -> None:
    story = data.draw(stories(having=["contact"]))
    index, contact = pick(data, story, "contact")
    again = story.swap(index, replace(contact, keys={**contact.keys, "told_again": "yes"}))
    assert nowhere_higher(again.scores(), story.scores())


def with_money(data: st.DataObject, key: str, told: Any = ANY) -> tuple[Story, int, Happening]:
    """A story in which money was given back, and the event that tells so, with `key` in it."""
    story = data.draw(stories(told, ["refund"]), label="story")
    index, refund = pick(data, story, "refund")
    assume(key in refund.keys)
    return story, index, refund


@MANY
@given(data=st.data())
def test_money_that_comes_later_or_never_scores_no_higher(data: st.DataObject) -> None:
    story, index, refund = with_money(data, "paid_at", KNOWN)
    # Of money that came at a time not told nothing is known; that is neither late nor early.
    assume(not any("paid" in h.keys for h in story.happenings))
    keys = dict(refund.keys)
    text = keys.pop("paid_at")
    told = EXACT if len(text) > len("2024-01-01") else DAY
    if data.draw(st.booleans(), label="it comes"):
        keys["paid_at"] = f"{datetime.strptime(text, told) + data.draw(GAP):{told}}"
    later = story.swap(index, replace(refund, keys=keys))
    assert nowhere_higher(later.scores(), story.scores())


@MANY
@given(data=st.data())
def test_less_money_scores_no_higher(data: st.DataObject) -> None:
    story, index, refund = with_money(data, "amount")
    cents = round(100 * float(str(refund.keys["amount"]).split()[0]))
    amount = f"{data.draw(st.integers(0, cents)) / 100:.2f} EUR"
    decision = data.draw(st.sampled_from([refund.keys["decision"], "partial"]))
    keys = {**refund.keys, "amount": amount, "decision": decision}
    less = story.swap(index, replace(refund, keys=keys))
    assert nowhere_higher(less.scores(), story.scores())


@MANY
@given(data=st.data())
def test_set_off_or_a_voucher_scores_no_higher_than_money(data: st.DataObject) -> None:
    story, index, refund = with_money(data, "form")
    falling = ["money", "set-off", "voucher"]
    worse = data.draw(st.sampled_from(falling[falling.index(refund.keys["form"]) :]))
    worse_story = story.swap(index, replace(refund, keys={**refund.keys, "form": worse}))
    assert nowhere_higher(worse_story.scores(), story.scores())


@MANY
@given(story=stories())
def test_every_score_lies_between_nought_and_a_hundred(story: Story) -> None:
    assert all(score is None or 0 <= score <= 100 for score in story.scores())
