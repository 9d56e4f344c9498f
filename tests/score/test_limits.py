"""The limits of one mean: against Wilson's interval, against a search over the whole scale, by simulation."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from scorecard.score.limits import Limits, Sampled, limits
from scorecard.score.tally import room
from tests.support.build import rubric
from tests.support.examples import examples
from tests.support.rounds import some

LEVEL = 0.9
DISPERSION = 0.35
POINTS = st.one_of(
    st.floats(0, 100), st.sampled_from([0.0, 1e-9, 0.01, 5.0, 50.0, 95.0, 99.99, 100.0])
)
CASES = st.one_of(st.sampled_from([1.0, 3.0, 10.0, 1e5]), st.floats(1, 300))
TILTS = st.sampled_from([0.0, 0.3, 0.5])
CENTRES = (0.0, 50.0, 100.0)
"""A company may be anywhere, and its sector as far from it as the scale is long."""


def sampled(mean: float, cases: float, tilt: float = 0.0, dispersion: float = 1.0) -> Sampled:
    """The mean of so many alike cases that use this share of the room they have to differ."""
    return Sampled(mean, dispersion, cases, tilt)


def pull_of(cases: float) -> float:
    return rubric().shrinkage.strength / cases


# ── As Wilson has it ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("level", [0.8, 0.9, 0.99])
@pytest.mark.parametrize("cases", [1, 2, 3, 10, 30, 300])
def test_of_cases_that_are_all_good_or_all_bad_the_limits_are_wilsons(
    cases: int, level: float
) -> None:
    """Such cases use all the room there is; with nobody to lean on and no tilt they are a proportion."""
    from scipy.stats import binomtest

    for good in {0, 1, cases // 3, cases // 2, cases - 1, cases}:
        wilson = binomtest(good, cases).proportion_ci(level, method="wilson")
        found = limits(sampled(100 * good / cases, cases), level, 50.0, 0.0)
        assert found.low == pytest.approx(100 * wilson.low, abs=1e-5)
        assert found.high == pytest.approx(100 * wilson.high, abs=1e-5)


@pytest.mark.parametrize("mean", [0.0, 100.0])
@pytest.mark.parametrize("tilt", [0.0, 0.3])
@pytest.mark.parametrize("pull", [0.0, 0.04])
def test_at_an_end_of_the_scale_many_cases_leave_little_open(
    mean: float, tilt: float, pull: float
) -> None:
    found = limits(sampled(mean, 100, tilt), LEVEL, 50.0, pull)
    assert found.low - 1e-9 <= mean <= found.high + 1e-9
    assert found.high - found.low < 7


# ── As a search over the whole scale has it ────────────────────────────────────────────────────

SCALE = np.linspace(0, 100, 10001)


def possible(one: Sampled, level: float, towards: float, pull: float) -> NDArray[np.bool_]:
    """Which true values of the scale do not make the mean too unlikely, asked one by one."""
    from scipy.stats import norm

    error = np.sqrt(one.dispersion / one.cases * SCALE * (100 - SCALE) * (SCALE / 100) ** one.tilt)
    with np.errstate(divide="ignore", invalid="ignore"):
        above = norm.cdf(pull * (towards - SCALE) / error)
    above[error == 0] = towards > SCALE[error == 0]
    spent = (1 - level) * (above if pull else np.full_like(above, 0.5))
    farthest_above = -norm.ppf(np.maximum(spent, 1e-9)) * error
    farthest_below = -norm.ppf(np.maximum(1 - level - spent, 1e-9)) * error
    beyond = one.mean - SCALE
    return np.asarray((beyond <= farthest_above + 1e-9) & (-beyond <= farthest_below + 1e-9))


@examples(80)
@given(
    mean=POINTS,
    cases=CASES,
    tilt=TILTS,
    dispersion=st.sampled_from([0.01, 0.2, 0.35, 1.0]),
    towards=POINTS,
    pulled=st.booleans(),
    level=st.sampled_from([0.8, 0.9, 0.95]),
)
def test_the_limits_hold_just_the_values_that_a_search_over_the_scale_leaves_possible(
    mean: float,
    cases: float,
    tilt: float,
    dispersion: float,
    towards: float,
    pulled: bool,
    level: float,
) -> None:
    one = sampled(mean, cases, tilt, dispersion)
    pull = pull_of(cases) if pulled else 0.0
    found = limits(one, level, towards, pull)
    left = SCALE[possible(one, level, towards, pull)]
    if len(left):
        step = SCALE[1]
        assert found.low == pytest.approx(left[0], abs=1.01 * step)
        assert found.high == pytest.approx(left[-1], abs=1.01 * step)
        assert len(left) == round((left[-1] - left[0]) / step) + 1, "the possible values have a gap"


@examples(150)
@given(mean=POINTS, cases=CASES, tilt=TILTS, towards=POINTS, dispersion=st.floats(0, 1))
def test_the_limits_lie_on_the_scale_and_around_the_mean(
    mean: float, cases: float, tilt: float, towards: float, dispersion: float
) -> None:
    for pull in (0.0, pull_of(cases)):
        found = limits(sampled(mean, cases, tilt, dispersion), LEVEL, towards, pull)
        assert 0 <= found.low <= mean + 1e-6
        assert mean - 1e-6 <= found.high <= 100


@examples(150)
@given(mean=POINTS, cases=CASES, times=st.floats(1, 50), tilt=TILTS, towards=POINTS)
def test_more_cases_with_the_same_mean_never_widen_the_limits(
    mean: float, cases: float, times: float, tilt: float, towards: float
) -> None:
    for pulled in (False, True):
        few, many = (
            limits(
                sampled(mean, n, tilt, DISPERSION), LEVEL, towards, pull_of(n) if pulled else 0.0
            )
            for n in (cases, cases * times)
        )
        assert width(many) <= width(few) + 1e-5


def width(found: Limits) -> float:
    return found.high - found.low


@examples(100)
@given(mean=POINTS, cases=CASES, tilt=TILTS, towards=POINTS)
def test_a_higher_level_leaves_more_possible(
    mean: float, cases: float, tilt: float, towards: float
) -> None:
    one = sampled(mean, cases, tilt, DISPERSION)
    inner, outer = (limits(one, level, towards, pull_of(cases)) for level in (0.8, 0.95))
    assert outer.low <= inner.low + 1e-5
    assert outer.high >= inner.high - 1e-5


def test_limits_that_lean_on_others_are_shorter_where_the_company_is_like_them() -> None:
    one = sampled(60, 3, 0.3, DISPERSION)
    assert width(limits(one, LEVEL, 60, pull_of(3))) < width(limits(one, LEVEL, 60, 0.0)) - 1


# ── By simulation ──────────────────────────────────────────────────────────────────────────────

RUNS = 1000


def covered(true: float, cases: int, towards: float, means: NDArray[np.float64]) -> float:
    """How often, percent, the limits of these means hold the true value."""
    held = 0
    for mean in means:
        found = limits(sampled(float(mean), cases, 0.3, DISPERSION), LEVEL, towards, pull_of(cases))
        held += found.low <= true <= found.high
    return 100 * held / len(means)


@pytest.mark.parametrize("cases", [3, 10, 100])
@pytest.mark.parametrize("true", some([5.0, 20.0, 50.0, 80.0, 95.0], 3))
def test_the_limits_hold_the_truth_as_often_as_they_say_however_far_the_others_are(
    true: float, cases: int
) -> None:
    """Means with the very error that is taken for granted; what falls off the scale lies at its end."""
    rng = np.random.default_rng(int(true) + cases)
    error = sqrt(DISPERSION / cases * room(true, 0.3))
    means = true + error * rng.standard_normal(RUNS)
    on_scale = (means >= 0) & (means <= 100)
    for towards in CENTRES:
        found = covered(true, cases, towards, np.clip(means, 0, 100))
        # Three standard errors of a share of 0.9 of 1000. At an end of the scale all means beyond it are
        # one and the same, and for some truths that one is covered as a whole.
        assert found >= 90 - 3
        assert found <= 90 + 3 or not on_scale.all()


@pytest.mark.parametrize("true", some([20.0, 50.0, 80.0], 2))
@pytest.mark.parametrize("cases", [10, 30, 100])
def test_real_shapes_of_cases_are_covered_as_well(true: float, cases: int) -> None:
    """Cases between 0 and 100 that pile up at the ends: beta-distributed, with the same variance."""
    from scipy.stats import beta

    rng = np.random.default_rng(int(true) + cases)
    mean = true / 100
    spread = mean * (1 - mean) / (DISPERSION * room(true, 0.3) / 1e4) - 1
    drawn = beta.rvs(mean * spread, (1 - mean) * spread, size=(RUNS, cases), random_state=rng)
    for towards in CENTRES:
        assert covered(true, cases, towards, 100 * drawn.mean(axis=1)) == pytest.approx(90, abs=4)
