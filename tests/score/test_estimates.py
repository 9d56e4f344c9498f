"""From totals to a published score: shrinking by hand, limits of the whole against simulation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from scorecard.rubric import DIMENSIONS, Dimension
from scorecard.score.estimate import Others, Score, centres, err_together, estimate, overall
from scorecard.score.limits import Joined, Limits, Sampled, joined, limits
from scorecard.score.observation import Observation
from scorecard.score.scorecard import score_all
from scorecard.score.tally import PAIRS, Totals, add_up, total
from tests.properties.contents import make_content
from tests.support.build import make_case, rubric
from tests.support.examples import examples
from tests.support.observed import ALONE, seen
from tests.support.rounds import some

SHARES = np.array([rubric().overall[d] for d in DIMENSIONS])
ANY_POINTS = st.one_of(st.none(), st.sampled_from([0.0, 50.0, 100.0]), st.floats(0, 100))
COMPANIES = st.lists(st.tuples(*[ANY_POINTS] * 3, st.floats(0.01, 1)), min_size=1, max_size=12)
Drawn = list[tuple[float | None, float | None, float | None, float]]


def adding_up(cases: Drawn) -> Totals:
    observations = [seen(f"{i}", scores(case[:3])) for i, case in enumerate(cases)]
    return total(observations, [case[3] for case in cases], rubric().interval.tilt)


def scores(points: tuple[float | None, ...]) -> Mapping[Dimension, float | None]:
    return dict(zip(DIMENSIONS, points, strict=True))


def whole(own: Totals, others: Others = ALONE) -> tuple[dict[Dimension, Score | None], Score]:
    each = {d: estimate(own, others, d, rubric()) for d in DIMENSIONS}
    score = overall(each, own, others, 9, 9.0, rubric())
    assert score is not None
    return each, score


def even(score: Score) -> Limits:
    return limits(score.ground.told, rubric().interval.level, 50.0, 0.0)


def width(found: Limits) -> float:
    return found.high - found.low


# ── The score ──────────────────────────────────────────────────────────────────────────────────


def test_a_score_leans_on_its_sector_and_that_on_everyone_by_hand() -> None:
    method = rubric().model_copy(
        update={"shrinkage": rubric().shrinkage.model_copy(update={"strength": 4, "centre": 50})}
    )
    own = adding_up([(90, 80, None, 1), (70, 80, None, 0.5)])
    sector = adding_up([(40, None, None, 1)])
    others = Others(sector, add_up([sector, adding_up([(60, None, None, 1)])]))
    found = estimate(own, others, "responsiveness", method)
    assert found is not None
    # Everyone: (100 + 4 × 50) ÷ 6 = 50; the sector: (40 + 4 × 50) ÷ 5 = 48; own: 90 + 35 over 1.5.
    assert centres(others, method)["responsiveness"] == pytest.approx(48)
    assert found.score == pytest.approx((125 + 4 * 48) / 5.5)
    assert found.mean == pytest.approx(125 / 1.5)
    assert found.cases == 2
    assert found.weight == pytest.approx(1.5)
    assert estimate(own, others, "refund_friction", method) is None


def test_the_whole_is_of_the_dimensions_that_have_a_score() -> None:
    each, score = whole(adding_up([(100, 0, None, 1)] * 3))
    first, second = each["responsiveness"], each["follow_through"]
    assert first is not None
    assert second is not None
    a, b = (rubric().overall[d] for d in DIMENSIONS[:2])
    assert score.score == pytest.approx((a * first.score + b * second.score) / (a + b))
    assert score.mean == pytest.approx(100 * a / (a + b))


def test_without_any_score_there_is_no_whole() -> None:
    own = adding_up([(None, None, None, 1)])
    assert overall(dict.fromkeys(DIMENSIONS), own, ALONE, 0, 0.0, rubric()) is None


@examples(80)
@given(cases=COMPANIES, near=COMPANIES, far=COMPANIES)
def test_every_published_score_lies_within_its_limits_on_the_scale(
    cases: Drawn, near: Drawn, far: Drawn
) -> None:
    sector = adding_up(near)
    others = Others(sector, add_up([sector, adding_up(far)]))
    own = adding_up(cases)
    each = {d: estimate(own, others, d, rubric()) for d in DIMENSIONS}
    for score in (*each.values(), overall(each, own, others, 1, 1.0, rubric())):
        if score is not None:
            assert 0 <= score.low <= score.score <= score.high <= 100
            assert score.limits.low - 1e-6 <= score.mean <= score.limits.high + 1e-6
            assert score.low <= score.limits.low
            assert score.limits.high <= score.high


@examples(60)
@given(cases=COMPANIES, size=st.sampled_from([0.5, 0.1, 0.01]))
def test_cases_that_all_weigh_half_as_much_tell_just_as_much(cases: Drawn, size: float) -> None:
    """What the limits look at is how many cases of equal weight would tell as much (Kish)."""
    full_weight = adding_up([(*case[:3], 1.0) for case in cases])
    light = adding_up([(*case[:3], size) for case in cases])
    for dimension in DIMENSIONS:
        full, part = (estimate(own, ALONE, dimension, rubric()) for own in (full_weight, light))
        assert (full is None) == (part is None)
        if full is not None and part is not None:
            for one, other in ((full.limits, part.limits), (even(full), even(part))):
                assert one.low == pytest.approx(other.low, abs=1e-4)
                assert one.high == pytest.approx(other.high, abs=1e-4)


def test_unequal_weights_tell_less_than_equal_ones() -> None:
    points = [20.0, 40, 60, 80] * 3
    equal = adding_up([(p, p, p, 1.0) for p in points])
    unequal = adding_up([(p, p, p, 1.0 if i < 4 else 0.05) for i, p in enumerate(points)])
    one, other = (estimate(own, ALONE, "responsiveness", rubric()) for own in (equal, unequal))
    assert one is not None
    assert other is not None
    assert width(even(other)) > 1.3 * width(even(one))


def test_a_company_whose_cases_are_all_alike_has_closer_limits() -> None:
    alike, apart = (
        adding_up([(50, 50, 50, 1)] * 30),
        adding_up([(0, 0, 0, 1), (100,) * 3 + (1,)] * 15),
    )
    one, other = (estimate(own, ALONE, "responsiveness", rubric()) for own in (alike, apart))
    assert one is not None
    assert other is not None
    assert one.mean == other.mean == 50
    assert width(even(one)) < 0.5 * width(even(other))


# ── The limits of the whole ────────────────────────────────────────────────────────────────────


def drawn(cases: int, correlation: float, seed: int = 1) -> NDArray[np.float64]:
    """Cases with three scores that go together so far; nearly all lie within the scale."""
    rng = np.random.default_rng(seed)
    together = np.full((3, 3), correlation) + (1 - correlation) * np.eye(3)
    spread = np.diag([12.0, 9.0, 15.0])
    points = rng.multivariate_normal([55, 60, 45], spread @ together @ spread, size=cases)
    return np.clip(points, 0, 100)


def of_points(points: NDArray[np.float64], shared: bool = True) -> Totals:
    """Their totals: with all three scores in one case, or each score in a case of its own."""
    observations: list[Observation] = []
    for i, row in enumerate(points.tolist()):
        if shared:
            observations.append(seen(f"{i}", scores(tuple(row))))
        else:
            observations += [seen(f"{i}/{d}", {**dict.fromkeys(DIMENSIONS), d: p})
                             for d, p in zip(DIMENSIONS, row, strict=True)]  # fmt: skip
    return total(observations, [1.0] * len(observations), rubric().interval.tilt)


@pytest.mark.parametrize("correlation", [-0.3, 0.0, 0.5, 0.9])
def test_the_limits_of_the_whole_are_those_of_many_such_companies(correlation: float) -> None:
    """A bootstrap: companies of as many cases are drawn from these, and their means compared."""
    points = drawn(1500, correlation)
    _, score = whole(of_points(points))
    rng = np.random.default_rng(2)
    means = [
        (points[rng.integers(0, len(points), len(points))] @ SHARES).mean() for _ in range(1500)
    ]
    low, high = np.quantile(means, [0.05, 0.95])
    assert width(even(score)) == pytest.approx(high - low, rel=0.09)
    found = even(score)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.09 * (high - low))


@pytest.mark.parametrize("correlation", [0.0, 0.9])
def test_dimensions_that_share_no_case_do_not_err_together(correlation: float) -> None:
    points = drawn(1500, correlation)
    own = of_points(points, shared=False)
    assert [err_together(own, ALONE, pair, rubric()) for pair in PAIRS] == [0, 0, 0]
    _, score = whole(own)
    error = np.sqrt((SHARES**2 * points.var(axis=0, ddof=1)).sum() / len(points))
    assert width(even(score)) == pytest.approx(2 * 1.645 * error, rel=0.03)


def test_dimensions_err_together_as_far_as_they_share_cases() -> None:
    """300 cases have both scores, and as many again have one of the two: half of each is shared."""
    points = drawn(900, 0.6)
    observations = [
        seen(f"{i}", scores((a if i < 600 else None, b if i < 300 or i >= 600 else None, None)))
        for i, (a, b, _) in enumerate(points.tolist())
    ]
    own = total(observations, [1.0] * 900, rubric().interval.tilt)
    pair = (DIMENSIONS[0], DIMENSIONS[1])
    measured = np.corrcoef(points[:300, 0], points[:300, 1])[0, 1]
    assert err_together(own, ALONE, pair, rubric()) == pytest.approx(measured / 2, abs=0.02)


@examples(60)
@given(cases=COMPANIES, near=COMPANIES)
def test_a_whole_of_one_dimension_has_just_its_score_and_limits(cases: Drawn, near: Drawn) -> None:
    others = Others(adding_up(near), adding_up(near))
    own = adding_up([(case[0], None, None, case[3]) for case in cases])
    alone = estimate(own, others, "responsiveness", rubric())
    score = overall({"responsiveness": alone}, own, others, 1, 1.0, rubric())
    assert (alone is None) == (score is None)
    if alone is not None and score is not None:
        for name in ("score", "mean", "low", "high"):
            assert getattr(score, name) == pytest.approx(getattr(alone, name), abs=1e-4)


@examples(60)
@given(cases=COMPANIES)
def test_what_the_dimensions_are_off_adds_up_to_what_the_whole_is_off(cases: Drawn) -> None:
    own = adding_up(cases)
    each = {d: estimate(own, ALONE, d, rubric()) for d in DIMENSIONS}
    score = overall(each, own, ALONE, 1, 1.0, rubric())
    if score is None:
        return
    told = score.ground.told
    assert isinstance(told, Joined)
    assert sum(part.share * part.takes for part in told.parts) == pytest.approx(1, abs=1e-9)


def test_an_uncertain_dimension_takes_more_of_what_the_whole_is_off() -> None:
    """By hand: errors that are independent take by their squares, and those that go together also by r."""
    told = [Sampled(50, 0.36, 9, 0.0), Sampled(50, 0.36, 36, 0.0)]  # errors of 10 and of 5 points
    apart = joined([0.5, 0.5], told, [50, 50], [0.0])
    assert [part.takes for part in apart.parts] == pytest.approx([2 * 4 / 5, 2 * 1 / 5])
    assert apart.error(50) == pytest.approx((25 + 6.25) ** 0.5)
    alike = joined([0.5, 0.5], told, [50, 50], [0.5])
    # Errors of 2 and 1, that go half together: 4 + 1 of the first, 1 + 1 of the second, 7 in all.
    assert [part.takes for part in alike.parts] == pytest.approx([2 * 5 / 7, 2 * 2 / 7])
    assert alike.error(50) == pytest.approx((25 + 6.25 + 2 * 0.5 * 12.5) ** 0.5)
    # 7 points below its mean, the whole has 10 of them from the first part and 4 from the second.
    first, second = told[0].error(40) / 2, told[1].error(46) / 2
    together = first**2 + second**2 + 2 * 0.5 * first * second
    assert alike.error(43) == pytest.approx(together**0.5)


def world(
    level: float, correlation: float, cases: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Beta-distributed cases of a company near this level, whose dimensions go together (a copula)."""
    from scipy.stats import beta, norm

    latent = rng.multivariate_normal(
        np.zeros(3), np.full((3, 3), correlation) + (1 - correlation) * np.eye(3), size=cases
    )
    truths = truths_near(level) / 100
    interval = rubric().interval
    spread = 1 / (interval.dispersion * truths**interval.tilt) - 1
    points = beta.ppf(norm.cdf(latent), truths * spread, (1 - truths) * spread)
    return np.asarray(100 * points)


def truths_near(level: float) -> NDArray[np.float64]:
    return np.asarray([level, level + 6, level - 6])


@pytest.mark.parametrize(
    ("cases", "level", "correlation"),
    some(list(product([3, 10, 50], [12.0, 50.0, 88.0], [0.0, 0.6])), 4),
)
def test_the_whole_is_covered_as_often_as_its_dimensions(
    cases: int, level: float, correlation: float
) -> None:
    """Beside 30 other companies, from which a company with three cases learns what cases are like."""
    rng = np.random.default_rng(cases)
    site = add_up(of_points(world(q, correlation, 12, rng)) for q in np.linspace(10, 90, 30))
    truths = truths_near(level)
    runs, held = 500, np.zeros(4)
    for _ in range(runs):
        each, score = whole(of_points(world(level, correlation, cases, rng)), Others(site, site))
        shown = [*each.values(), score]
        held += [
            one is not None and one.low <= true <= one.high
            for one, true in zip(shown, [*truths, truths @ SHARES], strict=True)
        ]
    *dimensions, overall_ = held / runs
    # Three cases of this world all lie at one end more often than a normal error has it.
    three_errors = 3 * (0.9 * 0.1 / runs) ** 0.5
    assert np.mean(dimensions) == pytest.approx(
        0.9, abs=three_errors + (0.05 if cases == 3 else 0.01)
    )
    assert overall_ == pytest.approx(np.mean(dimensions), abs=0.04)


# ── At the edges ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("centre", [0, 100])
@pytest.mark.parametrize("points", [0.0, 100.0])
def test_where_the_best_guess_is_an_end_of_the_scale_the_whole_is_no_surer_than_its_parts(
    centre: float, points: float
) -> None:
    method = rubric().model_copy(
        update={"shrinkage": rubric().shrinkage.model_copy(update={"centre": centre})}
    )
    own = adding_up([(points, points, points, 1.0)])
    each = {d: estimate(own, ALONE, d, method) for d in DIMENSIONS}
    score = overall(each, own, ALONE, 1, 1.0, method)
    assert score is not None
    alone = each["responsiveness"]
    assert alone is not None
    assert width(score.limits) > 0.5 * width(alone.limits) > 5


@examples(60)
@given(
    cases=COMPANIES,
    correlation=st.floats(-0.5, 1),
    weight=st.sampled_from([1.0, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15]),
)
def test_however_light_the_cases_and_however_they_go_together_there_is_an_interval(
    cases: Drawn, correlation: float, weight: float
) -> None:
    method = rubric().model_copy(
        update={"interval": rubric().interval.model_copy(update={"correlation": correlation})}
    )
    own = adding_up([(*case[:3], case[3] * weight) for case in cases])
    each = {d: estimate(own, ALONE, d, method) for d in DIMENSIONS}
    score = overall(each, own, ALONE, 1, 1.0, method)
    assert (score is None) == all(one is None for one in each.values())
    if score is not None:
        widths = [width(one.limits) for one in each.values() if one]
        assert width(score.limits) > 0.05 * min(widths)


def test_a_case_of_forty_years_ago_breaks_nothing() -> None:
    old = make_case("- {at: 1984-05-04, event: reply, by: person}", slug="old")
    new = make_case("- {at: 2026-06-01, event: reply, by: person}", slug="new", company="bolt")
    card = score_all(
        make_content([old, new], {"acme": "telecom", "bolt": "telecom"}), date(2026, 6, 1)
    )
    assert card.companies["acme"].grade is None
