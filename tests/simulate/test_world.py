"""An invented world holds all that can happen, in exact numbers, and grows without changing."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import get_args

import pytest

from scorecard.events import AnyEvent, Channel
from scorecard.model import Evidence, Status
from scorecard.simulate.market import END
from scorecard.simulate.world import InventedCase, World, invent_world
from tests.simulate.settings import as_case
from tests.support.build import sectors

EVENTS = {kind.model_fields["event"].annotation for kind in get_args(get_args(AnyEvent)[0])}
WORLD = invent_world(1, 40, 500)
CASES = list(WORLD.cases())


def _levels() -> set[str]:
    return set(get_args(Evidence.model_fields["level"].annotation))


@pytest.mark.parametrize(("companies", "cases"), [(1, 1), (3, 3), (7, 100), (60, 61), (200, 1000)])
def test_the_numbers_are_exact(companies: int, cases: int) -> None:
    world = invent_world(5, companies, cases)
    assert len(world.companies) == len({c.slug for c in world.companies}) == companies
    assert sum(c.cases for c in world.companies) == cases
    assert min(c.cases for c in world.companies) >= 1
    for index in range(min(companies, 5)):
        assert len(list(world.cases_of(index))) == world.companies[index].cases


@pytest.mark.parametrize(("companies", "cases"), [(0, 5), (5, 4)])
def test_a_world_without_companies_or_with_empty_ones_is_refused(
    companies: int, cases: int
) -> None:
    with pytest.raises(ValueError, match="company"):
        invent_world(1, companies, cases)


def test_all_that_the_format_knows_occurs() -> None:
    logs = [as_case(case.told.told) for case in CASES]
    events = [event for log in logs for event in log.timeline]
    assert {event.event for event in events} == {get_args(name)[0] for name in EVENTS}
    assert {getattr(event, "channel", None) for event in events} >= set(Channel)
    assert {log.status for log in logs} == set(get_args(Status))
    assert {log.evidence.level for log in logs} == _levels()
    assert {log.source.kind for log in logs} == {"first-hand", "published", "register"}
    replies = [log.reply for log in logs if log.reply]
    assert any(reply.text for reply in replies)
    assert any(reply.at is None for reply in replies)


def test_times_are_told_more_and_less_exactly_and_some_cases_stay_open() -> None:
    forms = Counter(len(e.get("at", "")) for c in CASES for e in c.told.told["timeline"])
    assert all(forms[length] > 50 for length in (0, 7, 10, 16))
    still_open = [c for c in CASES if all(e["event"] != "closed" for e in c.told.told["timeline"])]
    assert 0.08 < len(still_open) / len(CASES) < 0.3


def test_a_few_companies_have_most_cases_and_most_have_few() -> None:
    counts = sorted(company.cases for company in invent_world(2, 2000, 20_000).companies)
    assert counts[0] == 1
    assert median(counts) < 8
    assert counts[-1] > 200


def test_companies_plainly_sound_invented() -> None:
    for company in invent_world(3, 300, 300).companies:
        assert company.slug.startswith("invented-")
        assert re.search("invented|verzonnen", company.file["name"], re.IGNORECASE)
        assert company.sector in sectors()


def test_sectors_differ_and_companies_differ_within_them() -> None:
    qualities: dict[str, list[float]] = {}
    for company in invent_world(4, 400, 400).companies:
        qualities.setdefault(company.sector, []).append(company.quality.follow_through)
    means = [sum(found) / len(found) for found in qualities.values()]
    assert max(means) - min(means) > 0.1
    assert all(max(found) - min(found) > 0.2 for found in qualities.values())


def _of(world: World, index: int) -> dict[str, InventedCase]:
    return {case.slug: case for case in world.cases_of(index) if case.origin == "ordinary"}


def test_more_companies_and_cases_leave_earlier_stories_as_they_were() -> None:
    small, large = invent_world(6, 5, 60), invent_world(6, 19, 400)
    for index, (before, after) in enumerate(zip(small.companies, large.companies, strict=False)):
        assert (before.slug, before.file, before.quality) == (after.slug, after.file, after.quality)
        told, again = _of(small, index), _of(large, index)
        shared = set(told) & set(again)
        assert shared
        assert all(told[slug] == again[slug] for slug in shared)


def test_larger_worlds_have_outages_and_a_campaign_or_two() -> None:
    for companies, campaigns in ((10, 0), (40, 1), (200, 2)):
        bursts = [c.burst for c in invent_world(7, companies, 12 * companies).companies if c.burst]
        assert sum(burst.skill is not None for burst in bursts) == campaigns
        assert sum(burst.skill is None for burst in bursts) >= companies / 30
        assert all(burst.day < END and burst.count >= 1 for burst in bursts)
    origins = Counter(case.origin for case in CASES)
    assert origins["ordinary"] > 300
    assert origins["outage"]
    assert origins["campaign"]


def test_most_contributors_write_once_and_a_few_often() -> None:
    handles = Counter(case.told.told.get("contributor") for case in CASES)
    nameless = handles.pop(None)
    assert 0 < nameless < 100
    assert sum(count == 1 for count in handles.values()) > 0.7 * len(handles)
    assert max(handles.values()) >= 5
