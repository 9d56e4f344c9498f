"""From cases to a company: weights, sums, shrinking, intervals, grades, effort, faults."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.model import Case
from scorecard.rounding import rounded
from scorecard.rubric import DIMENSIONS
from scorecard.score.costs import effort
from scorecard.score.estimate import band, centre, enough_cases
from scorecard.score.rule_results import rule_results
from scorecard.score.tally import Tally
from tests.support.build import judge, make_case, rubric, standards, weighed, weights
from tests.support.observed import a_score

DAY = date(2026, 1, 1)
POINTS = st.floats(0, 100)
WEIGHTS = st.floats(0.001, 1)


def case_of(
    day: str = "2026-01-01", who: str | None = None, slug: str = "one", level: str = "public"
) -> Case:
    timeline = f"- {{at: {day}, event: contact, channel: email}}"
    return make_case(timeline, contributor=who, slug=slug, evidence={"level": level})


@given(st.lists(st.tuples(POINTS, WEIGHTS), min_size=1, max_size=8), st.randoms())
def test_tallies_add_up_the_same_in_any_order(
    cases: list[tuple[float, float]], random: object
) -> None:
    tallies = [Tally.of([score], [weight]) for score, weight in cases]
    forward, backward = Tally(), Tally()
    for tally in tallies:
        forward += tally
    for tally in reversed(tallies):
        backward += tally
    assert forward == backward
    assert forward - tallies[0] + tallies[0] == forward
    mean = sum(s * w for s, w in cases) / sum(w for _, w in cases)
    assert forward.mean == pytest.approx(mean, abs=1e-6)


def test_a_case_halves_every_two_years_and_weighs_by_its_evidence() -> None:
    assert weights([case_of()], DAY) == [1]
    assert weights([case_of("2024-01-01")], DAY) == pytest.approx([0.5], abs=0.001)
    assert weights([case_of("2022-01-01")], DAY) == pytest.approx([0.25], abs=0.001)
    for level, weight in rubric().evidence.items():
        assert weights([case_of(level=level)], DAY) == [weight]


def test_a_case_without_any_date_weighs_as_the_rubric_says() -> None:
    case = make_case("- {event: contact}", evidence={"level": "public"})
    assert weights([case], DAY) == [rubric().recency.undated]


@given(st.lists(st.sampled_from([*"abcdefgh", None]), min_size=10, max_size=40))
@settings(deadline=None)
def test_from_ten_cases_on_nobody_carries_more_than_a_fifth(names: list[str | None]) -> None:
    cases = [case_of(who=name, slug=f"c{i}") for i, name in enumerate(names)]
    found = weights(cases, DAY)
    carried: dict[str, float] = {}
    for case, weight in zip(cases, found, strict=True):
        who = case.contributor or case.slug
        carried[who] = carried.get(who, 0) + weight
    whole = sum(found) if len(carried) >= 5 else len(cases)
    assert max(carried.values()) <= 0.2 * whole * (1 + 1e-9)
    assert all(0 < weight <= 1 for weight in found)


def test_fewer_than_ten_cases_are_not_capped() -> None:
    cases = [case_of(who="one", slug=f"c{i}") for i in range(9)]
    assert weights(cases, DAY) == [1] * 9


def test_the_centre_is_the_sector_and_that_leans_on_all_by_hand() -> None:
    sector, everyone = Tally.of([40], [1]), Tally.of([40, 60], [1, 1])
    # All others: (40 + 60 + 4 × 50) ÷ 6 = 50; the sector: (40 + 4 × 50) ÷ 5 = 48.
    assert centre(sector, everyone, rubric()) == pytest.approx(48)
    # (90 + 4 × 48) ÷ 5 = 56.4.
    assert Tally.of([90], [1]).towards(48, 4) == pytest.approx(56.4)


@pytest.mark.parametrize(
    ("points", "grade"),
    [(100, "A"), (80, "A"), (79.99, "B"), (65, "B"), (50, "C"), (35, "D"), (34.99, "E"), (0, "E")],
)
def test_a_score_has_the_grade_of_its_band(points: float, grade: str) -> None:
    assert band(points, rubric().grades) == grade


@pytest.mark.parametrize(
    ("weight", "width", "enough"),
    [(5, 40, True), (4.99, 10, False), (50, 40.1, False), (50, 1, True)],
)
def test_too_few_cases_or_too_wide_an_interval_make_no_grade(
    weight: float, width: float, enough: bool
) -> None:
    low, high = 50 - width / 2, 50 + width / 2
    assert enough_cases(a_score(50, low, high, weight), rubric()) is enough


def test_effort_is_little_minus_much_and_takes_five_answers() -> None:
    assert effort([1, 2, 3, 4], 5, 0.9).score is None
    assert effort([1, 2, 3, 4, 5], 5, 0.9).score == 0
    assert effort([1, 1, 2, 3, 5], 5, 0.9).score == 40
    assert effort([5] * 5, 5, 0.9).score == -100
    assert effort([1, 5, 5], 5, 0.9).counts == (1, 0, 0, 0, 2)


@pytest.mark.parametrize("answers", [5, 8, 15, 40])
@pytest.mark.parametrize(
    "shares", [(0.1, 0.8), (0.3, 0.3), (0.45, 0.1), (0.6, 0.35), (0.02, 0.05), (0.9, 0.02)]
)
def test_the_interval_of_effort_holds_the_truth_about_as_often_as_it_says(
    answers: int, shares: tuple[float, float]
) -> None:
    """Counted over every possible outcome with its chance from scipy, so nothing of it is luck."""
    from scipy.stats import multinomial

    little, much = shares
    held = 0.0
    for pleased in range(answers + 1):
        for sorry in range(answers - pleased + 1):
            rest = answers - pleased - sorry
            found = effort([1] * pleased + [3] * rest + [5] * sorry, 5, 0.9)
            assert found.low is not None
            assert found.high is not None
            if found.low <= 100 * (little - much) <= found.high:
                held += multinomial.pmf(
                    [pleased, rest, sorry], answers, [little, 1 - little - much, much]
                )
    assert held >= (0.83 if answers < 10 else 0.87)
    if min(answers * little, answers * much) >= 3:
        assert held <= 0.95


STORIES = [
    "- {at: 2025-12-01 10:00, event: contact, channel: phone, reached: no}\n"
    "- {at: 2025-12-09 10:00, event: contact, channel: phone}\n"
    "- {at: 2025-12-10 12:00, event: reply, by: person, answer: partial, tone: rude}\n"
    "- {at: 2025-12-20, event: closed, solved: partial}",
    "- {at: 2025-11-03 10:00, event: contact, channel: email}\n"
    "- {at: 2025-11-03 11:00, event: reply, by: person, answer: full}\n"
    "- {at: 2025-11-04, event: closed, solved: full}",
    "- {at: 2025-06-02, event: contact, channel: letter, asks: refund}\n"
    "- {at: 2025-07-02, event: refund, decision: granted, form: voucher, paid_at: 2025-08-01}",
]


def test_what_the_rules_cost_adds_up_to_what_the_mean_lacks() -> None:
    judged = [
        judge(make_case(story, slug=f"s{i}"), standards("2026-01-01"))
        for i, story in enumerate(STORIES)
    ]
    cases = weighed(judged, DAY)
    results = {result.rule: result for result in rule_results(cases, rubric())}
    for dimension in DIMENSIONS:
        mean = cases.weighed.totals.tallies[dimension].mean
        assert mean is not None
        lost = sum(results[r.id].points for r in rubric().rules_of(dimension) if r.id in results)
        assert lost == pytest.approx(rubric().overall[dimension] * (100 - mean), abs=1e-6)


def test_only_a_case_without_any_fault_is_flawless() -> None:
    assert [judge(make_case(story), standards("2026-01-01")).flawless for story in STORIES] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (99.97, 1, 99.9),
        (100, 1, 100),
        (0.02, 1, 0.1),
        (0, 1, 0),
        (61.24, 1, 61.2),
        (99.9999999999, 1, 100),
    ],
)
def test_no_figure_rounds_to_a_false_0_or_100(value: float, digits: int, shown: float) -> None:
    assert rounded(value, digits) == shown


def test_the_order_of_cases_changes_nothing() -> None:
    judged = [
        judge(make_case(story, slug=f"s{i}"), standards("2026-01-01"))
        for i, story in enumerate(STORIES)
    ]
    tallies = {
        tuple(weighed(order, DAY).weighed.totals.tallies.items())
        for order in itertools.permutations(judged)
    }
    assert len(tallies) == 1
