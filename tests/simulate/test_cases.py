"""Invented cases fit the format, and a contributor tells only what was known, as exactly as it is told."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from random import Random

import pytest

from scorecard.contribute.case_text import case_text
from scorecard.events import Contact, Promise, Refund, Reply
from scorecard.judge.case import judge_case
from scorecard.model import CompanyReply
from scorecard.rubric import DIMENSIONS
from scorecard.simulate.cases import invent_case
from scorecard.simulate.fast_text import fast_case_text
from scorecard.simulate.setting import Contributor, Quality, Setting
from tests.simulate.settings import AS_OF, SECTORS, alike, as_case, invented, setting
from tests.support.build import standards

MANY = [invented(number, quality=number % 7 / 6) for number in range(300)]


def test_every_case_fits_the_format_in_full_and_as_told() -> None:
    for told in MANY:
        as_case(told.full)
        as_case(told.told)


def test_in_full_every_time_is_exact() -> None:
    for told in MANY:
        for event in as_case(told.full).timeline:
            assert event.at is not None
            assert event.at.exact


def test_the_same_state_of_chance_makes_the_same_case() -> None:
    assert [invented(number) for number in range(20)] == [invented(number) for number in range(20)]
    assert invented(1) != invented(11)


@pytest.mark.parametrize("as_of", [date(2024, 2, 1), date(2025, 6, 1), AS_OF])
def test_nothing_is_told_that_happened_after_the_day_of_telling(as_of: date) -> None:
    for number in range(80):
        case = as_case(invented(number, quality=0.4, as_of=as_of, last_day=as_of).told)
        for event in case.timeline:
            times = [event.at, getattr(event, "kept_at", None), getattr(event, "paid_at", None)]
            assert all(time is None or time.first.date() <= as_of for time in times)
        reply = case.reply or CompanyReply()
        dated = [case.source.date, case.status_date, reply.asked, reply.at]
        assert all(time is None or time.last.date() <= as_of for time in dated)


def test_what_is_told_is_a_beginning_of_what_happened() -> None:
    for told in MANY:
        names = [event["event"] for event in told.told["timeline"]]
        assert names == [event["event"] for event in told.full["timeline"]][: len(names)]


def test_cases_begin_on_the_days_of_the_setting() -> None:
    saturday = date(2025, 8, 2)
    for number in range(60):
        rng = Random(number)
        writer = Contributor(None, 1)
        frame = Setting("x", "shops", None, ("nl",), saturday, saturday, AS_OF, writer)
        first = invent_case(rng, Quality(0.2, 0.5, 0.5), frame).full["timeline"][0]
        assert first["at"].startswith("2025-08-02")


def test_a_setting_whose_days_are_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="in this order"):
        setting(as_of=date(2025, 1, 1), last_day=date(2025, 1, 2))
    with pytest.raises(ValueError, match="follow_through"):
        Quality(0.5, 1.1, 0.5)


def test_companies_act_in_working_hours_mostly() -> None:
    ours = ("reply", "refund", "fix", "promise")
    events = [e for told in MANY for e in told.full["timeline"] if e["event"] in ours]
    times = [datetime.fromisoformat(event["at"]) for event in events]
    working = [time for time in times if time.weekday() < 5 and 9 <= time.hour <= 17]
    assert 0.9 < len(working) / len(times) < 1
    assert all(time.hour >= 7 for time in times)


def test_the_diligent_tell_more_and_more_exactly() -> None:
    def told(diligence: float) -> tuple[float, float, float]:
        cases = [as_case(invented(n, diligence=diligence).told) for n in range(80)]
        times = [event.at for case in cases for event in case.timeline]
        replies = [e for case in cases for e in case.timeline if isinstance(e, Reply)]
        exact = sum(time is not None and time.exact for time in times) / len(times)
        toned = sum(reply.tone is not None for reply in replies) / len(replies)
        return exact, toned, sum(case.effort is not None for case in cases) / len(cases)

    assert all(low < high for low, high in zip(told(0.1), told(0.9), strict=True))


def test_about_half_of_the_cases_are_about_money_and_some_stay_open() -> None:
    cases = [as_case(told.told) for told in MANY]
    assert 0.4 < sum(case.amount is not None for case in cases) / len(cases) < 0.6
    open_ones = [c for c in cases if not any(e.event == "closed" for e in c.timeline)]
    assert 0.05 < len(open_ones) / len(cases) < 0.4


def test_the_ways_of_an_unkept_promise_and_of_money_all_occur() -> None:
    seen: Counter[str] = Counter()
    for event in (event for told in MANY for event in as_case(told.told).timeline):
        if isinstance(event, Promise):
            seen[f"within {event.within is not None}"] += 1
            seen[f"kept {event.kept_at is not None} {event.kept}"] += 1
        elif isinstance(event, Refund):
            seen[f"refund {event.decision} {event.justified}"] += 1
            seen[f"form {event.form} {event.paid_at is not None}"] += 1
        elif isinstance(event, Contact):
            seen[f"contact {event.reached} {event.same_matter} {event.told_again}"] += 1
    assert {"kept True None", "kept False True", "kept False False", "kept False None"} <= set(seen)
    assert {"refund refused True", "refund refused False", "refund partial None"} <= set(seen)
    assert {"form money True", "form set-off True", "form voucher True"} <= set(seen)
    assert {
        "contact False True False",
        "contact True False False",
        "contact True True True",
    } <= set(seen)


def test_two_stories_of_a_sector_rarely_read_alike() -> None:
    for sector in SECTORS[:3]:
        rng = Random(sector)
        cases = [invent_case(rng, Quality(0.5, 0.5, 0.5), setting(sector)) for _ in range(25)]
        ratios = alike(cases)
        assert sum(ratio > 0.8 for ratio in ratios) / len(ratios) < 0.03
        assert {case.told.get("language") for case in cases} == {None, "nl"}


def test_the_fast_writer_writes_what_the_other_one_writes() -> None:
    for told in MANY[:60]:
        assert fast_case_text(told.told) == case_text(told.told)
        assert fast_case_text(told.full) == case_text(told.full)


LEVELS = (0.02, 0.2, 0.5, 0.8, 0.98)
CASES = 300


def test_scores_rise_with_quality_and_reach_both_ends() -> None:
    by_sector = {sector: standards("2031-01-01", sector, "NL") for sector in SECTORS}
    means: dict[str, list[float]] = {dimension: [] for dimension in DIMENSIONS}
    for level in LEVELS:
        told = [invented(number, quality=level) for number in range(CASES)]
        judged = [
            judge_case(as_case(one.full), by_sector[SECTORS[number % len(SECTORS)]])
            for number, one in enumerate(told)
        ]
        for dimension in DIMENSIONS:
            scores = [j.scores[dimension] for j in judged if j]
            known = [score for score in scores if score is not None]
            assert len(known) > CASES / 3
            means[dimension].append(sum(known) / len(known))
            if level == 0.5:
                assert len({round(score, -1) for score in known}) >= 8  # no two points
    for rising in means.values():
        assert rising == sorted(set(rising))
        assert rising[0] <= 13, means
        assert 35 <= rising[2] <= 65, means
        assert rising[-1] >= 90, means


def test_each_score_depends_mostly_on_its_own_quality() -> None:
    by = standards("2031-01-01")

    def mean_scores(quality: Quality) -> list[float]:
        rngs = (Random(f"{quality}/{n}") for n in range(80))
        judged = [judge_case(as_case(invent_case(r, quality, setting()).full), by) for r in rngs]
        scores = [[j.scores[d] for j in judged if j] for d in DIMENSIONS]
        known = [[score for score in of if score is not None] for of in scores]
        return [sum(of) / len(of) for of in known]

    for own in range(3):
        parts = [0.5, 0.5, 0.5]
        parts[own] = 0.05
        low = mean_scores(Quality(*parts))
        parts[own] = 0.95
        high = mean_scores(Quality(*parts))
        gains = [b - a for a, b in zip(low, high, strict=True)]
        assert gains[own] > 50
        assert all(gains[own] > 1.5 * g for i, g in enumerate(gains) if i != own)


def test_a_case_that_is_open_when_told_ends_in_full() -> None:
    day = date(2026, 6, 1)
    told = [invented(n, quality=0.9, first_day=day, last_day=day, as_of=day) for n in range(30)]
    closed = {"told": 0, "full": 0}
    for one in told:
        closed["told"] += any(event["event"] == "closed" for event in one.told["timeline"])
        closed["full"] += any(event["event"] == "closed" for event in one.full["timeline"])
    assert closed["told"] < 5 < 25 < closed["full"]
