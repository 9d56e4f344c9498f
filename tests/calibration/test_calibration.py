"""A small calibration: every table is filled, and a broken interval would show."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any, get_args

import pytest

from scorecard.calibrated import FILE, Calibration, Coverage, Crowd, PredictionError, digest_of
from scorecard.calibration import coverage as covering
from scorecard.calibration.coverage import ENDS, OVERALL, SIZES, WEIGHTS, What, coverage
from scorecard.calibration.pools import (
    COMPANY,
    LEVELS,
    Pool,
    draw,
    even,
    kindness,
    make_pool,
    truth,
)
from scorecard.calibration.run import Effort, calibrate
from scorecard.calibration.shrinkage import LATER, split_by_time
from scorecard.commands.calibrate import tables
from scorecard.rubric import DIMENSIONS, Rubric
from tests.support.build import CONTENT, rubric
from tests.support.observed import seen, steadily

SMALL = Effort(pool=25, runs=1, crowds=3, market=4, each=12)
REAL = [("telecom", steadily(12, 400, 70)), ("shops", steadily(9, 400, 30)), ("shops", [])]
WHATS: tuple[What, ...] = (*DIMENSIONS, OVERALL)
CROWDS = get_args(Crowd.model_fields["what"].annotation)


def small(jobs: int = 2, seed: int = 7) -> Calibration:
    return calibrate(rubric(), REAL, seed, SMALL, jobs)


@pytest.fixture(scope="module")
def found() -> Calibration:
    return small()


# ── What is in it ──────────────────────────────────────────────────────────────────────────────


def test_it_says_of_which_method_and_how_it_was_made(found: Calibration) -> None:
    assert (found.method, found.rubric) == (rubric().version, digest_of(rubric()))
    assert (found.seed, found.runs, found.level) == (7, SMALL.runs, rubric().interval.level)


def test_coverage_has_every_dimension_weight_size_and_end_once(found: Calibration) -> None:
    rows = [(row.what, row.weights, row.cases, row.end) for row in found.coverage]
    assert rows == [(w, x, n, e) for w in WHATS for x in WEIGHTS for n in SIZES for e in ENDS]
    for row in found.coverage:
        assert 0 <= row.lowest <= row.covered <= row.highest <= 100
        assert 0 < row.width <= 100


def test_errors_are_of_the_market_the_extremes_and_the_register(found: Calibration) -> None:
    sources = get_args(PredictionError.model_fields["data"].annotation)
    assert {row.data for row in found.errors} == set(sources)
    assert {row.what for row in found.errors} == set(DIMENSIONS)
    assert len({(row.data, row.what, row.cases) for row in found.errors}) == len(found.errors)
    assert all(row.raw >= 0 and row.shrunk >= 0 and row.companies > 0 for row in found.errors)


def test_every_crowd_and_every_quality_has_its_row(found: Calibration) -> None:
    assert [row.what for row in found.crowds] == list(CROWDS)
    levels = [level for end in LEVELS.values() for level in end]
    assert [(row.quality, row.what) for row in found.kindness] == [
        (level, dimension) for level in levels for dimension in DIMENSIONS
    ]


def test_the_same_seed_gives_the_same_tables_however_many_work_on_them(found: Calibration) -> None:
    assert small(jobs=1) == found


def test_it_can_be_kept_and_read_again(found: Calibration) -> None:
    assert Calibration.model_validate_json(found.model_dump_json()) == found


def test_the_printed_tables_hold_every_figure(found: Calibration) -> None:
    text = "\n".join(tables(found))
    assert text.count(" cases  ") == len(WHATS) * len(WEIGHTS) * len(SIZES)
    for row in found.coverage:
        assert f"{row.end:>6} {row.covered:5.1f} [{row.lowest:4.1f}–{row.highest:4.1f}]" in text
    for error in found.errors:
        assert f"{error.cases:>3}: {error.raw:5.1f} → {error.shrunk:5.1f}" in text
    for crowd in found.crowds:
        assert f"{crowd.what:<12} {crowd.added} on {crowd.cases}" in text
    assert sum(text.count(f"{k.truth:5.1f}: {k.points:+4.1f}") >= 1 for k in found.kindness) == len(
        found.kindness
    )


def test_the_printed_errors_of_a_dimension_stand_on_one_line(found: Calibration) -> None:
    for dimension in DIMENSIONS:
        lines = [line for line in tables(found) if line.startswith(f"  market      {dimension} ")]
        assert len(lines) == 1


# ── Is it right? ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def pools() -> list[Pool]:
    """A bad, a middling and a good company."""
    return [make_pool(even(level), 180, rubric(), f"test/{level}") for level in (0.1, 0.5, 0.9)]


@pytest.fixture
def few_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "SIZES", (3, 10, 30))


@pytest.mark.usefixtures("few_sizes")
@pytest.mark.parametrize("what", WHATS)
def test_intervals_of_invented_companies_hold_the_truth_nearly_as_often_as_they_say(
    pools: list[Pool], what: What
) -> None:
    """120 samples of each company: a standard error of 2.7 percent points, of which three are allowed."""
    rows = coverage(pools, rubric(), 120, 3, what)
    assert len(rows) == 2 * 3 * 3
    for row in rows:
        assert 87 - 8.2 <= row.covered <= min(93 + 8.2, 99.9), row
    assert sum(row.covered for row in rows) / len(rows) == pytest.approx(90, abs=4)


@pytest.mark.usefixtures("few_sizes")
def test_intervals_that_are_too_short_are_seen(pools: list[Pool]) -> None:
    """The same with a level of 0.6: a table that could not tell the two would be worth nothing."""
    brave = rubric().model_copy(
        update={"interval": rubric().interval.model_copy(update={"level": 0.6})}
    )
    rows = coverage(pools, brave, 40, 3, "responsiveness")
    assert sum(row.covered for row in rows) / len(rows) < 75


def test_the_truth_is_the_mean_of_the_pool_and_samples_have_it(pools: list[Pool]) -> None:
    pool, rng = pools[1], Random(1)
    told = pool.with_score("responsiveness")
    sample = draw(told, 4000, rng, None)
    drawn = [
        score for one in sample.observations if (score := one.scores["responsiveness"]) is not None
    ]
    true = truth(pool.observations, "responsiveness")
    assert len(drawn) == 4000
    assert sum(drawn) / 4000 == pytest.approx(true, abs=1.5)
    assert sample.base == (1.0,) * 4000
    assert len({one.case for one in sample.observations}) == 4000
    weighed = draw(told, 300, rng, [0.5, 0.25])
    assert set(weighed.base) == {0.5, 0.25}
    assert len({one.contributor for one in weighed.observations}) < 300


def test_better_companies_have_better_truths(pools: list[Pool]) -> None:
    for dimension in DIMENSIONS:
        truths = [truth(pool.observations, dimension) for pool in pools]
        assert truths == sorted(truths)
        assert truths[2] - truths[0] > 20
    assert all(-20 < row.points < 20 for pool in pools for row in kindness(pool))


def test_the_split_by_time_is_that_by_hand() -> None:
    """One company, alone: three first cases predict the mean of the six that follow."""
    strength, centre = rubric().shrinkage.strength, rubric().shrinkage.centre
    early = [seen(f"early-{n}", points, 400 - n) for n, points in enumerate([90, 60, 30])]
    later = [seen(f"later-{n}", 40, 100 - n) for n in range(LATER + 1)]
    rows = split_by_time([("telecom", [*later, *early])], rubric())
    three = next(row for row in rows if row.cases == 3 and row.what == "responsiveness")
    assert (three.data, three.companies) == ("register", 1)
    assert three.raw == pytest.approx(60 - 40)
    assert three.shrunk == pytest.approx((180 + strength * centre) / (3 + strength) - 40, abs=0.01)
    assert {row.cases for row in rows} == {1, 2, 3}  # after ten first cases none are left


# ── Of which method ────────────────────────────────────────────────────────────────────────────


def changed(part: str, **values: Any) -> Rubric:
    return rubric().model_copy(update={part: getattr(rubric(), part).model_copy(update=values)})


def rules_with(values: Mapping[str, Any]) -> Rubric:
    first, *rest = rubric().rules
    return rubric().model_copy(update={"rules": (first.model_copy(update=values), *rest)})


@pytest.mark.parametrize(
    "other",
    [
        changed("shrinkage", strength=5.0),
        changed("interval", dispersion=0.36),
        changed("interval", level=0.95),
        changed("burst_cap", windows=(3, 7, 14)),
        changed("contributor_cap", share=0.25),
        changed("recency", half_life_months=12.0),
        changed("too_few", width=41.0),
        changed("norms", solved=rubric().norms.money_back),
        rules_with({"weight": 2.5}),
        rules_with({"values": {"kind": 0.9}}),
        rubric().model_copy(update={"evidence": {**rubric().evidence, "none": 0.4}}),
        rubric().model_copy(update={"overall": {**rubric().overall, "responsiveness": 0.36}}),
        rubric().model_copy(update={"legal_terms": rubric().legal_terms[1:]}),
        rubric().model_copy(update={"grades": rubric().grades[1:]}),
        rubric().model_copy(update={"rules": rubric().rules[1:]}),
    ],
)
def test_another_number_is_another_method(other: Rubric) -> None:
    assert digest_of(other) != digest_of(rubric())


@pytest.mark.parametrize(
    "other",
    [
        *[
            rules_with({key: {"en": "Other words"}})
            for key in ("question", "name", "why", "remedy")
        ],
        rules_with({"scale": {"en": "Other words"}}),
        rubric().model_copy(update={"history": rubric().history[:1]}),
        rubric().model_copy(update={"version": "99"}),
        rubric().model_copy(
            update={
                "legal_terms": tuple(
                    term.model_copy(update={"meaning": {"en": "Other words"}})
                    for term in rubric().legal_terms
                )
            }
        ),
    ],
)
def test_other_words_are_the_same_method(other: Rubric) -> None:
    assert digest_of(other) == digest_of(rubric())


def test_rows_refuse_what_they_do_not_know() -> None:
    row = {"what": "overall", "weights": "equal", "cases": 3, "end": "low"}
    figures = {"covered": 90.0, "lowest": 89.0, "highest": 91.0, "width": 50.0}
    assert Coverage.model_validate({**row, **figures}).covered == 90
    with pytest.raises(ValueError, match="end"):
        Coverage.model_validate({**row, **figures, "end": "top"})
    assert COMPANY.sector == "telecom"


def test_what_the_methodology_page_shows_was_measured_of_this_rubric() -> None:
    """A changed number in rubric.yaml takes `make calibrate`, or the page tells of another method."""
    kept = Calibration.model_validate_json((CONTENT / FILE).read_bytes())
    assert kept.rubric == digest_of(rubric())
    assert kept.method == rubric().version
