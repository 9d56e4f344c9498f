"""A whole case judged: its scores, its day, its times, and what nothing may be said of."""

from __future__ import annotations

from datetime import datetime

import pytest

from scorecard.judge.case import judge_case
from scorecard.judge.finding import halving
from scorecard.rubric import DIMENSIONS
from tests.support.build import finding, judge, make_case, rubric, steady

GOOD = """
- {at: 2024-03-04 09:00, event: contact, channel: phone}
- {at: 2024-03-04 09:10, event: reply, by: expert, answer: full, tone: kind}
- {at: 2024-03-05, event: closed, solved: full}
"""


def test_a_case_handled_well_scores_a_hundred_and_is_flawless() -> None:
    judged = judge(make_case(GOOD, about="product"), steady())
    assert judged.scores == {
        "responsiveness": 100,
        "follow_through": 100,
        "refund_friction": None,
    }
    assert judged.flawless


def test_one_fault_is_enough_not_to_be_flawless() -> None:
    judged = judge(make_case(GOOD.replace("kind", "rude")), steady())
    assert not judged.flawless
    assert judged.scores["follow_through"] == 100


def test_a_case_of_which_nothing_can_be_judged_has_no_score_and_is_not_flawless() -> None:
    judged = judge(make_case("- {at: 2024-03-04, event: survey}"), steady())
    assert all(judged.scores[d] is None for d in DIMENSIONS)
    assert not judged.flawless


def test_a_score_is_the_mean_by_the_rubrics_weights_of_what_has_a_value() -> None:
    weight = {rule.id: rule.weight for rule in rubric().rules}
    judged = judge(make_case("- {at: 2024-03-04 09:00, event: contact, reached: no}"), steady())
    # Reached ½; silent: in time 0 (after months), at all 0; asked again, at the least once: ½.
    total = sum(
        weight[rule] for rule in ("reached", "answered-in-time", "answered-at-all", "no-chasing")
    )
    by_hand = 100 * (weight["reached"] / 2 + weight["no-chasing"] / 2) / total
    assert judged.scores["responsiveness"] == pytest.approx(by_hand)


def test_before_its_first_event_there_is_no_case() -> None:
    case = make_case(GOOD)
    assert judge_case(case, steady("2024-03-03")) is None
    assert judge_case(case, steady("2024-03-04")) is not None


def test_on_an_earlier_day_the_case_is_what_was_known_then() -> None:
    case = make_case(
        """
        - {at: 2024-03-04, event: contact, asks: refund}
        - {at: 2024-03-05, event: refund, decision: granted, paid_at: 2024-03-12}
        - {event: survey}
        - {at: 2024-03-20, event: closed, solved: none}
        - {event: lost}
        """
    )
    known = judge(case, steady("2024-03-10")).case
    # The survey has no time: it may have come right before the end, and so after the tenth.
    assert [e.event for e in known.timeline] == ["contact", "refund"]
    assert known.timeline[1] == case.timeline[1].model_copy(update={"paid_at": None})
    assert judge(case, steady("2024-03-20")).case == case


def test_every_finding_names_the_rule_and_only_events_of_the_case() -> None:
    case = make_case(GOOD)
    judged = judge(case, steady())
    assert [f.rule for f in judged.findings] == [rule.id for rule in rubric().rules]
    assert all(0 <= i < len(case.timeline) for f in judged.findings for i in f.events)


def test_an_offset_is_moved_into_the_sites_zone_before_it_is_measured() -> None:
    # 14:30 in UTC is 15:30 in Amsterdam: half an hour before, by the clock on the wall, not 90 minutes.
    case = make_case(
        """
        - {at: "2024-03-04T14:30Z", event: contact, channel: phone}
        - {at: 2024-03-04 16:30, event: reply, by: person, answer: full}
        """
    )
    assert case.timeline[0].at is not None
    assert case.timeline[0].at.first == datetime(2024, 3, 4, 15, 30)
    assert finding("answered-in-time", case, steady()).value == 1


@pytest.mark.parametrize(
    ("beyond", "value"), [(-5, 1), (0, 1), (10, 0.5), (20, 0.25), (5, 2**-0.5)]
)
def test_a_value_halves_with_every_further_norm(beyond: float, value: float) -> None:
    assert halving(beyond, 10) == pytest.approx(value)


def test_a_wait_of_centuries_is_worth_almost_nothing_and_breaks_nothing() -> None:
    assert 0 <= halving(1e12, 1) < 1e-200
