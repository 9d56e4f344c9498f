"""What each case weighs: nobody carries too much, and no burst does."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.score.observation import Observation
from scorecard.score.weights import Caps, base_weight, base_weights
from tests.support.build import rubric
from tests.support.examples import examples
from tests.support.observed import DAY, company, seen, share_of, steadily

CAP = rubric().contributor_cap
BURST = rubric().burst_cap
ENOUGH_PEOPLE = round(1 / CAP.share)
"""With fewer contributors one of them must carry more than the share."""

WHO = st.sampled_from(["ann", "bob", "cy", "di", "ed", "flo", None, None])


@st.composite
def records(draw: st.DrawFn, least: int = 0, most: int = 40) -> list[Observation]:
    """Cases of any age and evidence, some of them by the same few people."""
    return [
        seen(
            f"case-{n}",
            draw(st.floats(0, 100)),
            draw(st.integers(0, 1500)),
            draw(WHO),
            draw(st.sampled_from(sorted(rubric().evidence.values()))),
            draw(st.sampled_from(["first-hand", "first-hand", "published", "register"])),
        )
        for n in range(draw(st.integers(least, most)))
    ]


def a_record(rng: Random) -> list[Observation]:
    """Cases enough for a record, of any age and evidence; nearly half of them by the same few people."""
    levels = sorted(rubric().evidence.values())
    return [
        seen(
            f"case-{n}",
            100 * rng.random(),
            rng.randrange(1500),
            rng.choice(["ann", "bob", "cy", "di", None, None, f"once-{n}", f"once-{n}"]),
            rng.choice(levels),
            rng.choice(["first-hand", "first-hand", "published", "register"]),
        )
        for n in range(rng.randint(rubric().burst_cap.record, 60))
    ]


@st.composite
def with_a_crowd(draw: st.DrawFn) -> list[Observation]:
    """A record, and at some time many cases within a few weeks, by one or by many."""
    rng = Random(draw(st.integers(0, 10**9)))  # quicker than drawing each of them
    record = a_record(rng)
    start, within = draw(st.integers(0, 1000)), draw(st.sampled_from([1, 3, 14, 30]))
    by = draw(st.sampled_from(["each", "one", "nobody", "few"]))
    who = {"each": "new-{}", "one": "new", "nobody": None, "few": "new-{}"}[by]
    count = draw(st.integers(8, 30))
    crowd = [
        seen(
            f"crowd-{n}",
            rng.choice([0.0, 100.0]),
            start + n * within // count,
            who and who.format(n if by == "each" else n % 3),
        )
        for n in range(count)
    ]
    later = draw(st.integers(0, 20)) if by in ("one", "few") else 0
    again = [seen(f"again-{n}", 0, n * start // 21, who and who.format(0)) for n in range(later)]
    return [*record, *crowd, *again]


def carried(observations: list[Observation], weights: list[float]) -> dict[str, float]:
    """What each contributor carries; a case without one stands for itself."""
    found: dict[str, float] = {}
    for one, weight in zip(observations, weights, strict=True):
        who = one.contributor or f"/{one.case}"
        found[who] = found.get(who, 0) + weight
    return found


def test_a_case_weighs_by_its_age_and_its_evidence_by_hand() -> None:
    half_life = rubric().recency.half_life_months * 365.25 / 12
    assert base_weight(seen("a"), rubric(), DAY) == 1
    assert base_weight(seen("a", evidence=0.7), rubric(), DAY) == 0.7
    fresh, old = seen("a", ago=0), seen("b", ago=round(4 * half_life))
    assert base_weight(old, rubric(), DAY) == pytest.approx(
        base_weight(fresh, rubric(), DAY) / 16, rel=1e-2
    )
    assert base_weight(seen("a", ago=-30), rubric(), DAY) == 1  # a coarse date may end later


@examples(80)
@given(observations=with_a_crowd())
def test_no_case_weighs_more_than_by_its_age_and_evidence(observations: list[Observation]) -> None:
    base = base_weights(observations, rubric(), DAY)
    found = company(observations).now.weights
    assert all(0 <= weight <= most + 1e-12 for weight, most in zip(found, base, strict=True))
    assert sum(found) > 0


@examples(80)
@given(observations=records())
def test_below_ten_cases_nothing_is_capped_and_from_ten_hardly_anybody_carries_a_fifth(
    observations: list[Observation],
) -> None:
    base = base_weights(observations, rubric(), DAY)
    found = Caps(observations, (), rubric()).hold(base)
    if len(observations) < CAP.from_cases:
        assert found == base
        return
    by = sorted(carried(observations, found).values(), reverse=True)
    if len(by) >= ENOUGH_PEOPLE:
        # Four may carry a quarter each where the others carry next to nothing.
        feeble = by[4] < sum(base) / len(base) / 2
        assert by[0] <= (0.25 if feeble else CAP.share) * sum(found) * (1 + 1e-9)
    assert by[0] <= CAP.share * sum(base) * (1 + 1e-9)


@examples(80)
@given(observations=records(), late=st.integers(0, 9000))
def test_one_more_contributor_never_takes_a_company_of_four_its_weight(
    observations: list[Observation], late: int
) -> None:
    """However feeble the case: four keep what the lightest has, or all five half an average case."""
    more = [*observations, seen("more", 95, late, "somebody-else")]
    before, after = (
        Caps(own, (), rubric()).hold(base_weights(own, rubric(), DAY))
        for own in (observations, more)
    )
    by = sorted(carried(observations, before).values(), reverse=True)
    if len(observations) >= CAP.from_cases and len(by) >= 4:
        average = sum(base_weights(more, rubric(), DAY)) / len(more)
        assert sum(after) >= min(sum(before), 4 * by[3], 5 * average / 2) * (1 - 1e-9)


@pytest.mark.parametrize("writers", range(1, 8))
@pytest.mark.parametrize("newcomers", ["one", "many", "unnamed"])
def test_a_burst_takes_nothing_from_the_record_however_few_wrote_that(
    writers: int, newcomers: str
) -> None:
    names: dict[str, list[str | None]] = {
        "one": ["newcomer"] * 20,
        "many": [f"new-{n}" for n in range(20)],
        "unnamed": [None] * 20,
    }
    record = [seen(f"record-{n}", 90, 10 * n, f"busy-{n % writers}") for n in range(36)]
    burst = [seen(f"burst-{n}", 0, 200, who) for n, who in enumerate(names[newcomers])]
    alone, beside = company(record), company([*record, *burst])
    assert beside.now.bursts
    assert list(beside.now.weights[:36]) == pytest.approx(list(alone.now.weights))
    assert sum(beside.now.weights[36:]) <= 0.05 / 0.95 * sum(alone.now.weights) * (1 + 1e-9)


def test_a_burst_is_held_as_well_where_the_cap_on_contributors_begins_later() -> None:
    late = rubric().model_copy(
        update={"contributor_cap": CAP.model_copy(update={"from_cases": 1000})}
    )
    seen_ = [*steadily(50, 700), *[seen(f"burst-{n}", 0, 300, f"new-{n}") for n in range(20)]]
    burst = company(seen_).now.bursts
    weights = Caps(seen_, burst, late).hold(base_weights(seen_, late, DAY))
    assert 0 < sum(weights[50:]) <= BURST.share * sum(weights) * (1 + 1e-9)


@examples(80)
@given(observations=with_a_crowd())
def test_a_burst_beside_a_record_carries_a_twentieth_at_most(
    observations: list[Observation],
) -> None:
    now = company(observations).now
    for burst in now.bursts:
        inside = sum(
            w for one, w in zip(now.seen, now.weights, strict=True) if one.case in burst.cases
        )
        assert inside <= BURST.share * sum(now.weights) * (1 + 1e-9)
        assert len(observations) - len(burst.cases) >= BURST.record


@examples(80)
@given(observations=with_a_crowd())
def test_beside_a_burst_nobody_else_carries_more_than_a_fifth(
    observations: list[Observation],
) -> None:
    now = company(observations).now
    held = set().union(*[burst.cases for burst in now.bursts])
    by = carried(list(now.seen), list(now.weights))
    if len(by) >= 2 * ENOUGH_PEOPLE:
        within = {one.contributor for one in observations if one.case in held}
        others = [weight for who, weight in by.items() if who not in within]
        assert max(others, default=0) <= CAP.share * sum(now.weights) * (1 + 1e-9)


def test_who_wrote_a_burst_and_goes_on_writing_carries_a_fifth_at_most() -> None:
    burst = [seen(f"burst-{n}", 0, 600, "ann") for n in range(20)]
    later = [seen(f"later-{n}", 0, 500 - 20 * n, "ann") for n in range(20)]
    found = company([*steadily(50, 700), *burst, *later])
    assert found.now.bursts
    assert share_of(found, "ann") <= CAP.share * (1 + 1e-9)


@examples(80)
@given(observations=with_a_crowd(), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_no_weight_and_no_burst(
    observations: list[Observation], shuffled: Any
) -> None:
    other = list(observations)
    shuffled.shuffle(other)
    one, two = company(observations).now, company(other).now
    assert one.bursts == two.bursts
    assert one.totals == two.totals
    weights = dict(zip([o.case for o in two.seen], two.weights, strict=True))
    assert [weights[o.case] for o in one.seen] == list(one.weights)


def test_fewer_than_four_contributors_weigh_a_full_case_each_at_most_so_that_there_is_no_grade() -> (
    None
):
    found = company([seen(f"{n}", who="ann") for n in range(10)])
    assert found.now.weights == pytest.approx([0.1] * 10)
    three = company([seen(f"{n}", who=f"person-{n % 3}") for n in range(30)])
    assert sum(three.now.weights) == pytest.approx(3)
    assert rubric().too_few.weight > 3


def test_four_contributors_keep_a_fifth_of_what_they_weighed_whoever_comes_after() -> None:
    four = [seen(f"{n}", who=f"person-{n % 4}") for n in range(24)]
    assert sum(company(four).now.weights) == pytest.approx(4 * 0.2 * 24)
    feeble = company([*four, seen("feeble", ago=3650, who="a fifth")])
    assert sum(feeble.now.weights) == pytest.approx(4 * 0.2 * 24, rel=0.01)


def test_where_two_write_most_both_are_held_to_the_same() -> None:
    many = [seen(f"{who}-{n}", who=who) for who in ("ann", "bob") for n in range(20)]
    found = company([*many, *[seen(f"{n}") for n in range(6)]])
    # Six others weigh 6; a fifth each of 10 is 2.
    assert share_of(found, "ann") == share_of(found, "bob") == pytest.approx(CAP.share)
    assert sum(found.now.weights) == pytest.approx(6 / (1 - 2 * CAP.share))
