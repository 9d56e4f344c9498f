"""Kaplan–Meier equals lifelines, with ties and with those who still wait; at its ends it is exact."""

from __future__ import annotations

from math import comb, inf, log
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.score.durations import in_time
from scorecard.score.survival import kaplan_meier
from tests.support.examples import examples

LEVEL = 0.9
Waits = list[tuple[float, bool]]
WAITS = st.lists(st.tuples(st.integers(0, 40).map(float), st.booleans()), min_size=1, max_size=60)


def lifelines(waits: Waits) -> Any:
    from lifelines import KaplanMeierFitter

    return KaplanMeierFitter(alpha=1 - LEVEL).fit(
        [t for t, _ in waits], [done for _, done in waits]
    )


# ── As lifelines has it ────────────────────────────────────────────────────────────────────────


@examples(150)
@given(WAITS)
def test_the_curve_and_its_interval_are_those_of_lifelines(waits: Waits) -> None:
    curve, oracle = kaplan_meier(waits, LEVEL), lifelines(waits)
    low, high = (
        oracle.confidence_interval_survival_function_[f"KM_estimate_{end}_0.9"]
        for end in ("lower", "upper")
    )
    assert len(curve.steps) == len({time for time, done in waits if done})
    for step in curve.steps:
        assert step.waiting == pytest.approx(oracle.predict(step.time), abs=1e-9)
        if 0 < step.waiting < 1:
            assert step.low == pytest.approx(low[step.time], abs=1e-9)
            assert step.high == pytest.approx(high[step.time], abs=1e-9)
        assert curve.at(step.time) == step
    assert (curve.count, len(curve.censored)) == (len(waits), sum(not done for _, done in waits))


@examples(150)
@given(WAITS)
def test_the_median_is_that_of_lifelines(waits: Waits) -> None:
    share = lifelines(waits).survival_function_["KM_estimate"]
    below = share[share <= 0.5 + 1e-9]
    assert kaplan_meier(waits, LEVEL).median == (None if below.empty else below.index[0])


@examples(400)
@given(WAITS)
def test_the_interval_of_the_median_is_that_of_lifelines(waits: Waits) -> None:
    """Where Greenwood's interval has no width, at the ends, fewer than five outcomes set no limit.

    With lifelines the median of a single answer is certain. Four answers of four are no sign at a level
    of 0.9 that half of all come so soon: that has a chance of 0.5 ** 4, more than 0.05.
    """
    from lifelines.utils import median_survival_times

    curve = kaplan_meier(waits, LEVEL)
    low, high = median_survival_times(lifelines(waits).confidence_interval_).iloc[0]
    if curve.steps:
        first, last = curve.steps[0], curve.steps[-1]
        if curve.known(first.time) < 5:
            low = inf
        if high == last.time and not last.waiting and curve.known(last.time) < 5:
            high = inf
    assert curve.median_interval == tuple(None if end == inf else end for end in (low, high))


@pytest.mark.parametrize(
    ("answers", "interval"),
    [
        ([2], (None, None)),
        ([1, 2, 3, 4], (None, None)),
        ([1, 2, 3, 4, 5], (1, 5)),
        ([3] * 5, (3, 3)),
        ([], (None, None)),
    ],
)
def test_few_answers_set_no_limit_to_the_median(
    answers: list[float], interval: tuple[float | None, float | None]
) -> None:
    assert kaplan_meier([(time, True) for time in answers], LEVEL).median_interval == interval


# ── Those who still wait ───────────────────────────────────────────────────────────────────────


def test_open_questions_never_vanish() -> None:
    answered = kaplan_meier([(1, True), (2, True)], LEVEL)
    waiting = kaplan_meier([(1, True), (2, True), (9, False), (9, False), (9, False)], LEVEL)
    assert answered.median == 1
    assert waiting.median is None
    assert waiting.at(5).waiting == pytest.approx(0.6)


def test_where_all_wait_the_curve_stays_up_and_counts_them() -> None:
    curve = kaplan_meier([(3, False), (1, False), (2, False)], LEVEL)
    assert (curve.steps, curve.censored, curve.count) == ((), (1, 2, 3), 3)
    assert (curve.median, curve.median_interval) == (None, (None, None))
    assert curve.at(1).waiting == 1


def test_the_median_of_an_even_number_is_not_a_step_late() -> None:
    for n in range(2, 200, 2):
        assert kaplan_meier([(float(i), True) for i in range(1, n + 1)], LEVEL).median == n / 2


@examples(150)
@given(
    waits=WAITS,
    begun=st.floats(0, 3),
    longer=st.floats(0, 3),
    norm=st.integers(1, 40),
    untold=st.integers(0, 3),
)
def test_to_wait_longer_never_raises_the_share_in_time(
    waits: Waits, begun: float, longer: float, norm: int, untold: int
) -> None:
    others = [(time / norm, done) for time, done in waits]
    before, *_ = in_time([*others, (begun, False)], untold, LEVEL)
    after, *_ = in_time([*others, (begun + longer, False)], untold, LEVEL)
    assert before is None or (after is not None and after <= before + 1e-12)


# ── The ends, where Greenwood's interval has no width ──────────────────────────────────────────


@pytest.mark.parametrize("level", [0.8, 0.9, 0.95])
@pytest.mark.parametrize("n", [1, 2, 5, 20, 100, 1000])
def test_the_interval_at_the_ends_is_that_of_clopper_and_pearson(n: int, level: float) -> None:
    from scipy.stats import beta

    tail = (1 - level) / 2
    all_wait = kaplan_meier([(9, True)] * n, level).at(5)
    assert (all_wait.waiting, all_wait.high) == (1, 1)
    assert all_wait.low == pytest.approx(beta.ppf(tail, n, 1), rel=1e-12)
    none_waits = kaplan_meier([(float(i), True) for i in range(n)], level).at(n)
    assert (none_waits.waiting, none_waits.low) == (0, 0)
    assert none_waits.high == pytest.approx(beta.ppf(1 - tail, 1, n), rel=1e-12)


def test_only_those_whose_outcome_is_known_make_the_interval_narrow() -> None:
    from scipy.stats import beta

    curve = kaplan_meier([(1, False), (2, False), (3, False), (6, True), (6, True)], LEVEL)
    assert [curve.known(time) for time in (0, 1, 2, 3, 4, 6, 7)] == [5, 5, 4, 3, 2, 2, 2]
    assert curve.at(3).low == pytest.approx(beta.ppf(0.05, 3, 1))
    assert curve.at(6).high == pytest.approx(beta.ppf(0.95, 1, 2))


def test_beyond_the_longest_wait_nothing_is_known_of_those_who_waited() -> None:
    nobody = kaplan_meier([(2, False)], LEVEL).at(3)
    assert (nobody.waiting, nobody.low, nobody.high) == (1, 0, 1)
    some = kaplan_meier([(1, True), (1, True), (2, False), (2, False)], LEVEL)
    assert some.at(2).low > 0
    assert (some.at(3).waiting, some.at(3).low, some.at(3).high) == (0.5, 0, some.at(2).high)


def test_who_waits_just_as_long_as_the_norm_may_still_be_in_time() -> None:
    assert in_time([(1, False)], 0, LEVEL) == (None, 0, 1)
    assert in_time([(1.01, False)], 0, LEVEL)[0] == 0
    assert in_time([(1, True)], 0, LEVEL)[0] == 1


def test_the_interval_allows_all_that_the_untold_may_have_been() -> None:
    waits: Waits = [(0.5, True), (0.7, True), (3, False), (4, True)]
    share, low, high = in_time(waits, 2, LEVEL)
    assert share == pytest.approx(0.5)
    assert low == in_time([*waits, (9, True), (9, True)], 0, LEVEL)[1]
    assert high == in_time([*waits, (0, True), (0, True)], 0, LEVEL)[2]


@examples(150)
@given(waits=WAITS, untold=st.integers(1, 5))
def test_the_untold_never_make_the_interval_narrower(waits: Waits, untold: int) -> None:
    told = [(time / 20, done) for time, done in waits]
    share, low, high = in_time(told, 0, LEVEL)
    wider = in_time(told, untold, LEVEL)
    assert wider[0] == share
    assert wider[1] <= low
    assert wider[2] >= high


# ── How often the interval covers the truth ────────────────────────────────────────────────────


def covers(waits: Waits, truth: float, untold: int = 0) -> bool:
    _, low, high = in_time(waits, untold, LEVEL)
    return low <= truth <= high


@pytest.mark.parametrize("truth", [0.5, 0.9, 0.98])
@pytest.mark.parametrize("n", [5, 20, 100])
def test_the_share_in_time_is_covered_where_all_is_known(n: int, truth: float) -> None:
    """Exact: the chance of each number in time, where the interval holds the truth."""
    chance = sum(
        comb(n, k) * truth**k * (1 - truth) ** (n - k)
        for k in range(n + 1)
        if covers([(0.5, True)] * k + [(2, True)] * (n - k), truth)
    )
    # A few cases can be in time in few numbers, so that none of their intervals covers just 90%.
    assert chance >= 0.87
    assert n < 100 or chance <= 0.97


@pytest.mark.parametrize("truth", [0.5, 0.9, 0.98])
@pytest.mark.parametrize("n", [5, 20, 100])
def test_the_share_in_time_is_covered_where_some_still_wait(n: int, truth: float) -> None:
    """Each asked at some time in the last two norms, so that of half of them the norm has not passed."""
    rng = Random(f"{n}/{truth}")
    pace = -log(1 - truth)
    runs = 1000
    covered = 0
    for _ in range(runs):
        pairs = [(rng.expovariate(pace), 2 * rng.random()) for _ in range(n)]
        covered += covers([(min(pair), pair[0] <= pair[1]) for pair in pairs], truth)
    assert covered / runs >= 0.87
    assert n < 100 or covered / runs <= 0.97


@pytest.mark.parametrize("truth", [0.5, 0.9, 0.98])
def test_the_share_in_time_is_covered_where_the_times_of_what_came_are_often_untold(
    truth: float,
) -> None:
    rng = Random(f"untold/{truth}")
    pace = -log(1 - truth)
    runs, covered = 500, 0
    for _ in range(runs):
        pairs = [(rng.expovariate(pace), 3 * rng.random()) for _ in range(20)]
        told = [(min(p), p[0] <= p[1]) for p in pairs if p[0] > p[1] or rng.random() < 0.4]
        covered += covers(told, truth, 20 - len(told))
    assert covered / runs >= 0.9
