"""Sums of cases: exact in any order, with spreads and correlations that are not biased by few cases."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from scorecard.rubric import DIMENSIONS
from scorecard.score.observation import Observation
from scorecard.score.tally import PAIRS, Pair, Spread, Tally, Totals, add_up, room, total
from tests.support.build import rubric
from tests.support.examples import examples
from tests.support.observed import NOBODY, seen
from tests.support.rounds import some

TILT = rubric().interval.tilt
POINTS = st.one_of(st.none(), st.sampled_from([0.0, 50.0, 100.0]), st.floats(0, 100))
WEIGHTS = st.one_of(st.just(1.0), st.floats(1e-6, 1))


@st.composite
def cases(draw: st.DrawFn, most: int = 9) -> list[tuple[Observation, float]]:
    """The cases of one company and their weights."""
    told = draw(st.lists(st.tuples(POINTS, POINTS, POINTS, WEIGHTS), max_size=most))
    return [
        (seen(f"{i}", dict(zip(DIMENSIONS, row[:3], strict=True))), row[3])
        for i, row in enumerate(told)
    ]


def adding_up(company: list[tuple[Observation, float]]) -> Totals:
    return total([one for one, _ in company], [weight for _, weight in company], TILT)


@examples(100)
@given(company=cases(), shuffled=st.randoms(use_true_random=False))
def test_the_order_of_a_companys_cases_changes_nothing(
    company: list[tuple[Observation, float]], shuffled: Any
) -> None:
    other = list(company)
    shuffled.shuffle(other)
    assert adding_up(other) == adding_up(company)


@examples(100)
@given(companies=st.lists(cases(5), min_size=1, max_size=6), data=st.data())
def test_a_site_without_one_company_is_exactly_the_others_added_up(
    companies: list[list[tuple[Observation, float]]], data: st.DataObject
) -> None:
    all_ = [adding_up(company) for company in companies]
    gone = data.draw(st.integers(0, len(all_) - 1), label="without")
    order = data.draw(st.permutations(all_), label="order")
    others = add_up(order) - all_[gone]
    assert others == add_up([own for i, own in enumerate(all_) if i != gone])
    for parts in (others.tallies, others.spreads, others.pairs):
        assert all(isinstance(n, int) for part in parts.values() for n in astuple(part))
    if len(all_) == 1:
        assert others == NOBODY


@examples(100)
@given(told=st.lists(st.tuples(st.floats(0, 100), WEIGHTS), min_size=1, max_size=40))
def test_mean_and_deviations_are_those_of_numpy(told: list[tuple[float, float]]) -> None:
    points, weights = (np.array(column) for column in zip(*told, strict=True))
    tally = Tally.of(points.tolist(), weights.tolist())
    mean = np.average(points, weights=weights)
    assert tally.mean == pytest.approx(mean, abs=1e-5)
    assert tally.deviations == pytest.approx((weights * (points - mean) ** 2).sum(), abs=1e-4)
    assert tally.full_cases == pytest.approx(weights.sum())
    if weights.min() > 1e-3:
        assert tally.alike_cases == pytest.approx(weights.sum() ** 2 / (weights**2).sum(), rel=1e-4)


def test_a_company_without_weight_has_no_mean() -> None:
    assert Tally().mean is None
    assert Tally.of([50, 60], [0, 0]).mean is None
    assert (Tally().alike_cases, Tally().deviations) == (0, 0)


def test_with_more_cases_of_the_centre_the_mean_moves_towards_it_by_hand() -> None:
    # (100 + 0.5 × 40 + 4 × 20) ÷ (1 + 0.5 + 4).
    assert Tally.of([100, 40], [1, 0.5]).towards(20, 4) == pytest.approx(200 / 5.5)
    assert Tally().towards(20, 4) == 20


# ── How much cases differ ──────────────────────────────────────────────────────────────────────


def test_the_room_to_differ_is_the_variance_of_cases_at_both_ends() -> None:
    assert room(50, 0) == np.var([0, 100])
    assert room(20, 0) == np.var([0, 0, 0, 0, 100])
    assert room(0, 0.3) == room(100, 0.3) == 0
    assert room(50, 1) == room(50, 0) / 2


def test_the_spread_of_equal_weights_is_the_sample_variance_by_hand() -> None:
    points = [10.0, 20, 60, 70]
    spread = Spread.of(Tally.of(points, [1] * 4), 0)
    assert spread.within / 1e12 == pytest.approx(3 * np.var(points, ddof=1))
    # Of the mean's square, the mean's own error is taken away again.
    most = 40 * 60 + np.var(points, ddof=1) / 4
    assert spread.room / 1e12 == pytest.approx(3 * most)


def test_one_case_tells_nothing_of_how_cases_differ() -> None:
    assert Spread.of(Tally.of([30], [1]), TILT) == Spread()
    assert Spread.of(Tally.of([30, 80], [1, 0]), TILT) == Spread()
    assert Spread.of(Tally(), TILT) == Spread()


@pytest.mark.parametrize("weighed", ["alike", "unequally"])
@pytest.mark.parametrize("dispersion", some([0.1, 0.35, 0.7], 2))
@pytest.mark.parametrize("cases", some([2, 3, 8], 2))
def test_few_cases_tell_the_dispersion_without_bias(
    cases: int, dispersion: float, weighed: str
) -> None:
    """Companies of several qualities, each with few beta-distributed cases, added up."""
    rng = np.random.default_rng(cases)
    spreads = Spread()
    for mean in (0.1, 0.3, 0.5, 0.8, 0.95):
        shape = 1 / dispersion - 1
        drawn = 100 * rng.beta(mean * shape, (1 - mean) * shape, size=(1500, cases))
        for points in drawn.tolist():
            weights = (
                rng.uniform(0.2, 1, cases).tolist() if weighed == "unequally" else [1.0] * cases
            )
            spreads += Spread.of(Tally.of(points, weights), 0)
    # Means of 7500 companies: a standard error of at most 0.02 of it.
    assert spreads.within / spreads.room == pytest.approx(dispersion, rel=0.06)


@pytest.mark.parametrize("tilt", [0.0, 0.3])
def test_with_the_tilt_the_dispersion_is_of_the_tilted_room(tilt: float) -> None:
    """Many cases of each company, so that its mean is nearly its truth."""
    rng = np.random.default_rng(4)
    spreads = Spread()
    for mean in (10, 30, 50, 80, 95):
        variance = 0.35 * room(mean, tilt)
        shape = mean * (100 - mean) / variance - 1
        points = 100 * rng.beta(mean / 100 * shape, (1 - mean / 100) * shape, size=20000)
        spreads += Spread.of(Tally.of(points.tolist(), [1.0] * len(points)), tilt)
    assert spreads.within / spreads.room == pytest.approx(0.35, rel=0.03)


def test_a_dispersion_leans_on_what_is_taken_for_granted_by_hand() -> None:
    # Two cases of variance 200 (one beyond the first) in a room of 20 × 80 + 100, and four more at mid-scale.
    spread = Spread.of(Tally.of([10, 30], [1, 1]), 0)
    assert spread.towards(0.35, 4) == pytest.approx((200 + 10000 * 0.35) / (1700 + 10000))
    assert Spread().towards(0.35, 4) == 0.35
    assert Spread.of(Tally.of([0, 100] * 50, [1] * 100), 0).towards(0.9, 4) <= 1


# ── How dimensions go together ─────────────────────────────────────────────────────────────────


def pairs_of(first: list[float], second: list[float], weights: list[float]) -> Pair:
    observations = [
        seen(f"{i}", dict(zip(DIMENSIONS, (a, b, None), strict=True)))
        for i, (a, b) in enumerate(zip(first, second, strict=True))
    ]
    return total(observations, weights, TILT).pairs[PAIRS[0]]


@pytest.mark.parametrize("correlation", [-0.8, 0.0, 0.4, 0.95])
def test_the_correlation_of_many_cases_is_that_of_numpy(correlation: float) -> None:
    rng = np.random.default_rng(1)
    points = rng.multivariate_normal(
        [50, 60], [[100, 100 * correlation], [100 * correlation, 100]], 3000
    )
    first, second = np.clip(points, 0, 100).T
    pair = pairs_of(first.tolist(), second.tolist(), [1.0] * 3000)
    measured = np.corrcoef(first, second)[0, 1]
    assert pair.towards(0, 1e-9) == pytest.approx(measured, abs=1e-6)
    assert pair.towards(0.3, rubric().interval.cases) == pytest.approx(measured, abs=0.02)
    assert pair.shared == pytest.approx(3000 * 10**24)


def test_weights_count_in_the_correlation_as_in_numpys() -> None:
    rng = np.random.default_rng(2)
    first, second = rng.uniform(0, 100, (2, 400))
    weights = rng.uniform(0.05, 1, 400)
    cov = np.cov(first, second, aweights=weights)
    pair = pairs_of(first.tolist(), second.tolist(), weights.tolist())
    expected = cov[0, 1] / (cov[0, 0] * cov[1, 1]) ** 0.5
    assert pair.towards(0, 1e-9) == pytest.approx(expected, abs=1e-6)


@examples(100)
@given(companies=st.lists(cases(6), min_size=1, max_size=5), granted=st.floats(-1, 1))
def test_a_correlation_never_leaves_its_scale(
    companies: list[list[tuple[Observation, float]]], granted: float
) -> None:
    everyone = add_up(adding_up(company) for company in companies)
    for pair in everyone.pairs.values():
        assert -1 - 1e-9 <= pair.towards(granted, 4) <= 1 + 1e-9
    for spread in everyone.spreads.values():
        assert 0 <= spread.towards(0.35, 4) <= 1


def test_companies_that_differ_make_no_correlation_of_their_cases() -> None:
    """In each the two go apart; the better company is better at both, and that is not asked."""
    rng = random.Random(1)
    both = NOBODY
    for base in (20.0, 70.0):
        steps = [rng.uniform(-10, 10) for _ in range(300)]
        observations = [
            seen(f"{i}", dict(zip(DIMENSIONS, (base + step, base - step, None), strict=True)))
            for i, step in enumerate(steps)
        ]
        both = add_up([both, total(observations, [1.0] * 300, TILT)])
    assert both.pairs[PAIRS[0]].towards(0, 1e-9) == pytest.approx(-1)
