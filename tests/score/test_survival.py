"""Kaplan–Meier equals lifelines, with ties and with those who still wait."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from scorecard.score.survival import kaplan_meier

WAITS = st.lists(st.tuples(st.integers(0, 40).map(float), st.booleans()), min_size=1, max_size=60)


@given(WAITS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_curve_and_its_interval_are_those_of_lifelines(waits: list[tuple[float, bool]]) -> None:
    curve = kaplan_meier(waits, 0.9)
    oracle = KaplanMeierFitter(alpha=0.1).fit([t for t, _ in waits], [done for _, done in waits])
    low, high = (
        oracle.confidence_interval_survival_function_[f"KM_estimate_{end}_0.9"]
        for end in ("lower", "upper")
    )
    for step in curve.steps:
        assert step.waiting == pytest.approx(oracle.predict(step.time), abs=1e-9)
        if 0 < step.waiting < 1:
            assert step.low == pytest.approx(low[step.time], abs=1e-9)
            assert step.high == pytest.approx(high[step.time], abs=1e-9)
    assert len(curve.censored) == sum(not done for _, done in waits)


@given(WAITS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_the_median_is_that_of_lifelines(waits: list[tuple[float, bool]]) -> None:
    median = kaplan_meier(waits, 0.9).median
    oracle = KaplanMeierFitter().fit([t for t, _ in waits], [done for _, done in waits])
    share = oracle.survival_function_["KM_estimate"]
    below = share[share <= 0.5 + 1e-9]
    assert median == (None if below.empty else below.index[0])


def test_open_questions_never_vanish() -> None:
    answered = kaplan_meier([(1, True), (2, True)], 0.9)
    waiting = kaplan_meier([(1, True), (2, True), (9, False), (9, False), (9, False)], 0.9)
    assert answered.median == 1
    assert waiting.median is None
    assert waiting.at(5).waiting == pytest.approx(0.6)


def test_the_median_of_an_even_number_is_not_a_step_late() -> None:
    for n in range(2, 200, 2):
        assert kaplan_meier([(float(i), True) for i in range(1, n + 1)], 0.9).median == n / 2
