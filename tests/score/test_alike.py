"""Is a burst a campaign? Copies and one-sided stories are flagged, people hit by the same are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import get_args

import pytest

from scorecard.judge.case import JudgedCase
from scorecard.score.alike import HeldBurst, held_bursts, share_alike, share_one_sided
from scorecard.score.bursts import Burst
from scorecard.simulate.campaign import Skill, campaign
from scorecard.simulate.crowds import outage
from scorecard.simulate.setting import Account, Quality
from tests.simulate.settings import AS_OF, invented, setting
from tests.support.build import judge, make_case, rubric, standards, weighed
from tests.support.observed import seen
from tests.support.rounds import some

SIMILAR = rubric().burst_cap.similar
SKILLS: Sequence[Skill] = get_args(Skill)
TOLD = (
    "My router arrived broken and nobody at the help desk picked up the phone for three whole weeks"
)


def case(name: str, title: str, timeline: str = "", summary: str | None = None) -> JudgedCase:
    """A case of which the rules find too little to compare, unless a timeline tells more."""
    timeline = timeline or "- {at: 2024-03-04, event: reply, tone: rude}"
    return judge(
        make_case(timeline, slug=name, title=title, summary=summary), standards("2024-12-31")
    )


# ── Near-duplicates ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "again",
    [
        TOLD,
        TOLD.upper() + "!!",
        "Nobody at the help desk picked up the phone for three whole weeks and my router arrived broken",
        TOLD.replace("whole ", "") + " really",
    ],
)
def test_the_same_words_in_another_order_or_case_are_a_near_duplicate(again: str) -> None:
    assert share_alike([case("a", TOLD), case("b", again)], SIMILAR) == 1


@pytest.mark.parametrize(
    "other",
    [
        "Ik wacht al sinds maart op de terugbetaling van een geannuleerde vlucht naar Lissabon",
        "The store on Main Street swapped a torn coat within ten minutes, and with a smile at that",
    ],
)
def test_another_story_is_not_alike(other: str) -> None:
    assert share_alike([case("a", TOLD), case("b", other)], SIMILAR) == 0


def test_the_share_is_of_the_cases_that_have_one_by_hand() -> None:
    others = ["A parcel came late", "Twice charged for one ticket", "No refund of the deposit yet"]
    cases = [case("a", TOLD), case("b", TOLD), *[case(f"{i}", t) for i, t in enumerate(others)]]
    assert share_alike(cases, SIMILAR) == pytest.approx(2 / 5)
    assert share_alike(cases[1:], SIMILAR) == 0
    assert share_alike([], SIMILAR) == 0
    assert share_alike([case("a", TOLD)], SIMILAR) == 0


def test_titles_alone_do_not_make_long_stories_alike() -> None:
    one = "I waited for a technician who never came, and then for another who came without tools."
    two = "De monteur was vriendelijk en klaar binnen het uur; alleen de rekening klopte niet helemaal."
    cases = [case("a", "No internet", summary=one), case("b", "No internet", summary=two)]
    assert share_alike(cases, SIMILAR) == 0


LONG = """
- {at: 2024-03-04 09:00, event: contact, channel: phone}
- {at: 2024-03-0%d 11:00, event: reply, by: person, answer: %s}
- {at: 2024-03-08, event: closed, solved: %s}
"""


def test_findings_that_agree_on_everything_make_a_duplicate_in_any_words() -> None:
    one, other = (
        case("a", "First", LONG % (4, "full", "full")),
        case("b", "Second", LONG % (4, "full", "full")),
    )
    late = case("c", "Third", LONG % (6, "partial", "none"))
    assert share_alike([one, other, late], SIMILAR) == pytest.approx(2 / 3)
    # Where the rules found next to nothing they agree by chance.
    assert share_alike([case("d", "Rude"), case("e", "Unkind people")], SIMILAR) == 0


# ── One-sidedness ──────────────────────────────────────────────────────────────────────────────


def one_sided(points: list[float], others: list[float]) -> float:
    inside = [seen(f"in-{i}", p) for i, p in enumerate(points)]
    outside = [seen(f"out-{i}", p) for i, p in enumerate(others)]
    burst = Burst(date(2026, 1, 1), date(2026, 1, 3), frozenset(one.case for one in inside), 1.0)
    return share_one_sided([*outside, *inside], burst, rubric())


def test_one_sidedness_is_the_share_beyond_nine_in_ten_of_the_others_by_hand() -> None:
    others = [10.0 * n for n in range(11)]  # the tenths are 10 and 90
    assert one_sided([0, 5, 9, 50], others) == 0.75
    assert one_sided([95, 91, 90, 10, 9], others) == pytest.approx(2 / 5)
    assert one_sided([10, 90, 50], others) == 0
    assert one_sided([0, 100], others) == 0.5


def test_without_others_or_scores_nothing_is_one_sided() -> None:
    assert one_sided([0, 0, 0], [50]) == 0
    assert one_sided([0, 0, 0], []) == 0
    assert one_sided([], [50, 60]) == 0
    silent = [seen("silent", None), seen("a", 50), seen("b", 60)]
    burst = Burst(date(2026, 1, 1), date(2026, 1, 3), frozenset({"silent"}), 1.0)
    assert share_one_sided(silent, burst, rubric()) == 0


# ── Invented bursts beside an invented record ──────────────────────────────────────────────────


def held(quality: float, crowd: Sequence[Account], name: str) -> list[HeldBurst]:
    """The bursts of a company with fifty honest cases of this quality, and these."""
    record = [invented(n, quality, diligence=(n + len(name)) % 11 / 10) for n in range(50)]
    by = standards(AS_OF.isoformat())
    judged = []
    for n, story in enumerate([*record, *crowd]):
        log = {**story.told, "slug": f"case-{n}"}
        log.setdefault("contributor", f"customer-{n}")
        if n < len(record):
            log["contributor"] = f"customer-{n}"
        timeline = log.pop("timeline")
        judged.append(judge(make_case(timeline, **log), by))
    return held_bursts(weighed(judged, AS_OF), rubric())


def a_day(name: str) -> date:
    return AS_OF - timedelta(days=120 + 37 * int(name))


@pytest.mark.parametrize("name", ["1", "2", "3"])
@pytest.mark.parametrize("skill", SKILLS)
def test_a_campaign_of_any_skill_is_held_and_flagged(skill: Skill, name: str) -> None:
    rng = Random(f"{skill}/{name}")
    found = held(0.75, campaign(rng, setting(), a_day(name), 20, skill), name)
    assert len(found) == 1
    assert found[0].flagged
    assert len(found[0].burst.cases) >= 20
    if skill != "distinct":
        assert found[0].alike >= rubric().burst_cap.alike


@pytest.mark.parametrize("name", some(["1", "2", "3", "4"], 2))
@pytest.mark.parametrize("quality", [0.5, 0.75, 0.9])
def test_people_whom_an_outage_hit_are_not_flagged(quality: float, name: str) -> None:
    rng = Random(f"{quality}/{name}")
    of = Quality(quality, quality, quality)
    found = held(quality, outage(rng, of, setting(), a_day(name), 30), name)
    assert found, "an outage is a burst"
    assert not any(burst.flagged for burst in found)


def test_a_company_without_bursts_holds_nothing() -> None:
    assert held(0.5, [], "") == []
