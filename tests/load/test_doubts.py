"""Where warnings about cases begin and end: how old, how near, how alike, how coarse."""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.errors import Problem
from scorecard.load.doubts import Outline, doubts, doubts_together
from scorecard.load.yaml_text import Document
from scorecard.model import Case
from tests.support.build import make_case

STORY = "the engineer came twice and found nothing at all while the bill was sent anyway to us"
PLACES = {("title",): (3, 8), ("timeline",): (9, 2), ("timeline", 1, "at"): (11, 4)}


def document(name: str = "x") -> Document:
    return Document(f"{name}.yaml", {}, PLACES, {})


def together(*cases: Case) -> list[Problem]:
    return list(doubts_together([Outline.of(case, document(case.slug)) for case in cases]))


def story(slug: str, day: str, summary: str = STORY, **keys: Any) -> Case:
    event = {"event": "contact", **({"at": day} if day else {})}
    return make_case([event], slug=slug, title=keys.pop("title", "T"), summary=summary, **keys)


@pytest.mark.parametrize(("day", "open_for_long"), [("2024-02-04", False), ("2024-02-03", True)])
def test_a_case_is_open_for_long_after_two_years(day: str, open_for_long: bool) -> None:
    found = together(story("old", day, "x"), story("new", "2026-02-03", "y"))
    assert bool(found) is open_for_long
    for problem in found:
        assert (problem.file, problem.line, problem.column) == ("old.yaml", 9, 2)
        assert (problem.code, problem.level) == ("long-open", "warning")
        assert f"'{day}'" in problem.found


def test_one_case_or_none_with_a_time_is_never_open_for_long() -> None:
    assert together(story("one", "2010-01-01")) == []
    assert together(story("one", ""), story("two", "", "other words altogether")) == []
    assert together() == []


@pytest.mark.parametrize("keys", [{"status": "withdrawn"}, {"source": {"kind": "published"}}])
def test_whose_case_is_over_or_not_their_own_is_not_asked_for_news(keys: dict[str, Any]) -> None:
    assert together(story("old", "2020-01-01", "x", **keys), story("new", "2026-02-03")) == []


@pytest.mark.parametrize(("day", "near"), [("2026-04-04", True), ("2026-04-05", False)])
def test_the_same_story_is_one_within_sixty_days(day: str, near: bool) -> None:
    found = together(story("one", "2026-02-03"), story("two", day))
    assert bool(found) is near
    for problem in found:
        assert (problem.file, problem.line, problem.column) == ("two.yaml", 3, 8)
        assert (problem.key, problem.code, problem.level) == ("title", "duplicate", "warning")
        assert "one.yaml:3 (100% alike)" in problem.found


@pytest.mark.parametrize(("others", "alike"), [(12, True), (13, False)])
def test_the_same_story_is_one_from_88_of_100_letters_on(others: int, alike: bool) -> None:
    """With the title and a space they are a hundred letters."""
    told, again = "a" * 98, "a" * (98 - others) + "b" * others
    assert (
        bool(together(story("one", "2026-01-01", told), story("two", "2026-01-02", again))) is alike
    )


def test_each_of_three_is_held_against_those_near_and_before_it() -> None:
    days = {"c": "2026-05-01", "a": "2026-01-01", "b": "2026-02-15"}
    found = together(*(story(slug, day) for slug, day in days.items()))
    assert [problem.file for problem in found] == ["b.yaml"]
    found = together(story("a", "2026-01-01"), story("b", "2026-01-05"), story("c", "2026-03-04"))
    assert [(p.file, "b.yaml" in p.found) for p in found] == [("b.yaml", False), ("c.yaml", True)]


def test_cases_of_one_day_are_taken_in_the_order_of_their_files() -> None:
    [problem] = together(story("b", "2026-01-01"), story("a", "2026-01-01"))
    assert (problem.file, "a.yaml:3" in problem.found) == ("b.yaml", True)


def test_stories_without_a_time_are_near_each_other() -> None:
    [problem] = together(story("one", ""), story("two", ""))
    assert problem.file == "two.yaml"
    assert together(story("one", "2026-01-01"), story("two", "")) == []


@pytest.mark.parametrize(("letters", "told"), [(58, True), (57, False)])
def test_few_words_are_no_story(letters: int, told: bool) -> None:
    """With the title and a space they are sixty letters, or one less."""
    words = "abcdefghi " * 9
    found = together(
        story("one", "2026-01-01", words[:letters].strip("")),
        story("two", "2026-01-02", words[:letters]),
    )
    assert bool(found) is told


@pytest.mark.parametrize(
    "kinds", [("register", "register"), ("register", "first-hand"), ("first-hand", "register")]
)
def test_a_register_may_tell_a_story_that_others_tell(kinds: tuple[str, str]) -> None:
    one, two = ({"kind": kind} for kind in kinds)
    assert (
        together(story("a", "2026-01-01", source=one), story("b", "2026-01-02", source=two)) == []
    )


def test_the_order_of_the_words_and_where_they_stand_change_nothing() -> None:
    turned = " ".join(reversed(STORY.split()))
    noted = make_case(
        [{"event": "contact", "at": "2026-01-03", "note": turned}, {"event": "contact"}],
        slug="b",
        title="T",
    )
    [problem] = together(story("a", "2026-01-01"), noted)
    assert "100% alike" in problem.found


@pytest.mark.parametrize(
    ("events", "key", "found", "count"),
    [
        (
            ["contact 2026-03-04", "reply 2026-03"],
            "timeline[1].at",
            "'2026-03'",
            "One event is told so",
        ),
        (["promise", "reply 2026"], "timeline[0].at", "no time", "2 events are told so"),
        (
            ["contact 2026", "reply 2026", "closed"],
            "timeline[0].at",
            "'2026'",
            "2 events are told so",
        ),
    ],
)
def test_times_too_coarse_to_be_measured_are_told_once(
    events: list[str], key: str, found: str, count: str
) -> None:
    [problem] = of_events(events)
    assert (problem.key, problem.found) == (key, found)
    assert (problem.code, problem.level) == ("coarse-dates", "warning")
    assert problem.hint.startswith(count)


@pytest.mark.parametrize(
    "events", [["contact 2026-03-04", "closed 2026-03"], ["contact 2026-03-04 10:00", "lost"], []]
)
def test_only_what_is_timed_needs_its_day(events: list[str]) -> None:
    assert of_events(events) == []


def of_events(events: list[str]) -> list[Problem]:
    timeline = []
    for event in events or ["contact 2026-03-04"]:
        name, _, at = event.partition(" ")
        timeline.append({"event": name, **({"at": at} if at else {})})
    case = make_case(timeline, evidence={"level": "described"})
    return list(doubts(case, document()))


def test_a_case_without_evidence_is_told_and_one_of_an_article_is_not() -> None:
    event = {"event": "contact", "at": "2026-03-04"}
    [problem] = doubts(make_case([event], evidence={"level": "none"}), document())
    assert (problem.key, problem.code, problem.level) == ("evidence", "evidence", "warning")
    case = make_case([event], evidence={"level": "none"}, source={"kind": "published"})
    assert list(doubts(case, document())) == []
