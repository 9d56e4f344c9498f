"""An outage makes many honest cases at once; a campaign makes many damning ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from statistics import median
from typing import get_args

import pytest

from scorecard.events import Closed, Refund, Reply
from scorecard.judge.case import judge_case
from scorecard.rubric import DIMENSIONS
from scorecard.simulate.campaign import DAYS, Skill, campaign
from scorecard.simulate.crowds import LATEST, outage
from scorecard.simulate.setting import Account, Contributor, Quality
from tests.simulate.settings import AS_OF, alike, as_case, setting, words
from tests.support.build import standards

DAY = date(2026, 1, 14)
COUNT = 30
SKILLS: Sequence[Skill] = get_args(Skill)


def _rng(name: str) -> Random:
    return Random(name)


def _outage(name: str = "a") -> list[Account]:
    regulars = [Contributor(f"regular-{n}", 0.8) for n in range(5)]
    return outage(_rng(name), Quality(0.5, 0.5, 0.5), setting(), DAY, COUNT, regulars)


def _campaign(skill: Skill, name: str = "a", evidence: str | None = None) -> list[Account]:
    return campaign(_rng(name), setting(), DAY, COUNT, skill, evidence)


def _begin(cases: list[Account]) -> list[date]:
    return [date.fromisoformat(told.full["timeline"][0]["at"][:10]) for told in cases]


def test_all_that_an_outage_hit_begin_within_days() -> None:
    days = _begin(_outage())
    assert len(days) == COUNT
    assert min(days) == DAY
    assert max(days) <= DAY + timedelta(days=LATEST)


def test_an_outage_is_one_cause_and_many_stories() -> None:
    cases = _outage()
    text = " ".join(words(told).lower() for told in cases)
    assert text.count("outage") > 5
    assert text.count("storing") > 5
    ratios = alike(cases)
    assert median(ratios) < 0.5
    assert sum(ratio > 0.8 for ratio in ratios) / len(ratios) < 0.05
    channels = {as_case(told.told).timeline[-1].event for told in cases}
    levels = {told.told["evidence"]["level"] for told in cases}
    assert len(channels) > 3
    assert len(levels) > 2


def test_most_who_tell_of_an_outage_are_new_and_some_are_known() -> None:
    handles = Counter(told.told.get("contributor") for told in _outage())
    known = sum(count for handle, count in handles.items() if str(handle).startswith("regular-"))
    assert 1 <= known <= COUNT / 3
    assert all(n == 1 for h, n in handles.items() if h and not h.startswith("regular-"))


@pytest.mark.parametrize("skill", SKILLS)
def test_a_campaign_is_damning_and_by_newcomers_within_days(skill: Skill) -> None:
    cases = _campaign(skill)
    days = _begin(cases)
    assert len(cases) == COUNT
    assert min(days) >= DAY
    assert max(days) < DAY + timedelta(days=DAYS)
    handles = [told.told["contributor"] for told in cases if "contributor" in told.told]
    assert len(set(handles)) == len(handles) > COUNT / 2
    by = standards(AS_OF.isoformat(), country="NL")
    for told in cases:
        case = as_case(told.told)
        assert case.source.kind == "first-hand"
        for event in case.timeline:
            assert not (isinstance(event, Closed) and event.solved in ("full", "partial"))
            assert not (isinstance(event, Refund) and event.decision != "refused")
            assert not (isinstance(event, Reply) and event.answer in ("full", "partial"))
        judged = judge_case(case, by)
        scores = [judged.scores[d] for d in DIMENSIONS] if judged else []
        assert all(score is None or score < 40 for score in scores)


def test_copies_read_alike_rewordings_less_and_the_distinct_like_honest_cases() -> None:
    copied, paraphrased, distinct = (alike(_campaign(skill)) for skill in SKILLS)
    assert copied[0] > 0.8
    assert median(paraphrased) < 0.8
    assert median(distinct) < 0.5
    assert median(distinct) < median(paraphrased)


def test_copies_have_one_timeline_at_other_times() -> None:
    cases = _campaign("copied")
    first, *others = ([{**e, "at": ""} for e in told.full["timeline"]] for told in cases)
    assert all([e["event"] for e in o] == [e["event"] for e in first] for o in others)
    assert len({told.full["timeline"][0]["at"] for told in cases}) > COUNT / 2


def test_the_evidence_of_a_campaign_is_mixed_unless_asked_otherwise() -> None:
    for skill in SKILLS:
        assert len({told.told["evidence"]["level"] for told in _campaign(skill)}) > 2
        asked = _campaign(skill, evidence="public")
        assert {told.told["evidence"]["level"] for told in asked} == {"public"}


def test_a_burst_on_the_last_day_is_told_as_far_as_it_went() -> None:
    frame = setting(as_of=DAY, last_day=DAY)
    for skill in SKILLS:
        assert len(campaign(_rng("b"), frame, DAY, 5, skill)) == 5
    assert len(outage(_rng("b"), Quality(0.5, 0.5, 0.5), frame, DAY, 5)) == 5
    with pytest.raises(ValueError, match="as_of"):
        outage(_rng("b"), Quality(0.5, 0.5, 0.5), frame, DAY + timedelta(days=1), 5)


def test_the_same_state_of_chance_makes_the_same_burst() -> None:
    assert _outage() == _outage() != _outage("b")
    assert all(_campaign(skill) == _campaign(skill) for skill in SKILLS)
