"""What a score hangs on: compared with scoring the company anew, without a case or with more of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scorecard.model import Case
from scorecard.rubric import DIMENSIONS
from scorecard.score import fragility as fragility_module
from scorecard.score.estimate import Others
from scorecard.score.fragility import Influence, Range, fragility, influence
from scorecard.score.observation import Observation
from scorecard.score.rescored import Own, Subject
from scorecard.score.scorecard import Scorecard, score_all
from scorecard.score.tally import add_up
from scorecard.score.would_change import WouldChange, would_change
from tests.properties.contents import SiteOnADay, make_content, sites
from tests.support.build import make_case, rubric
from tests.support.examples import examples
from tests.support.observed import (
    ALONE,
    company,
    overall_of,
    seen,
    standing_of,
    steadily,
    totals_of,
)
from tests.support.rounds import some

CAMPAIGN = rubric().burst_cap.campaign
BETTER = [band.name for band in rubric().grades]
"""From the best grade down."""

POINTS = st.one_of(st.sampled_from([None, 0.0, 50.0, 100.0]), st.floats(0, 100))


@st.composite
def observations(draw: st.DrawFn, least: int = 1, most: int = 16) -> list[Observation]:
    """A company's cases, too few for a burst; often capped, because few people wrote them."""
    return [
        seen(
            f"case-{n}",
            {d: draw(POINTS) for d in DIMENSIONS},
            draw(st.sampled_from([0, 1, 100, 700, 1500])),
            draw(st.sampled_from(["ann", "bob", "cy", "di", "ed", "flo", None])),
            draw(st.sampled_from([0.5, 0.7, 1.0])),
            draw(st.sampled_from(["first-hand", "first-hand", "published", "register"])),
        )
        for n in range(draw(st.integers(least, most)))
    ]


NEIGHBOURS = totals_of(company([seen("n-1", 90), seen("n-2", 70), seen("n-3", 95)]))
OTHERS = Others(NEIGHBOURS, add_up([NEIGHBOURS, totals_of(company(steadily(20, 300, 30)))]))


def has_score(subject: Subject) -> bool:
    return standing_of(subject).overall is not None


# ── With one left out ──────────────────────────────────────────────────────────────────────────


def scored_without(
    own: Sequence[Observation], key: Callable[[Observation], str | None]
) -> dict[str, float]:
    """The overall score without all cases of each key, each time scored anew."""
    found = {}
    for gone in {key(one) for one in own} - {None}:
        left = company([one for one in own if key(one) != gone], others=OTHERS)
        if (score := standing_of(left).overall) is not None:
            found[str(gone)] = score.score
    return found


def is_range_of(told: Range | None, scores: dict[str, float]) -> None:
    if told is None:
        assert not scores
        return
    assert told.low == pytest.approx(min(scores.values()), abs=1e-6)
    assert told.high == pytest.approx(max(scores.values()), abs=1e-6)
    assert scores[told.low_without] == pytest.approx(told.low, abs=1e-6)
    assert scores[told.high_without] == pytest.approx(told.high, abs=1e-6)


@examples(60)
@given(own=observations())
def test_the_ranges_are_those_of_scoring_it_anew_without_each(own: list[Observation]) -> None:
    subject = company(own, others=OTHERS)
    found = fragility(Own(subject))
    assert (found is None) == (not has_score(subject))
    if found is not None:
        is_range_of(found.case, scored_without(own, lambda one: one.case))
        is_range_of(found.contributor, scored_without(own, lambda one: one.contributor))
        is_range_of(found.source, scored_without(own, lambda one: one.source))
        ranges = [r for r in (found.case, found.contributor, found.source) if r]
        assert found.low == min([found.equal_weights, *[r.low for r in ranges]])
        assert found.high == max([found.equal_weights, *[r.high for r in ranges]])


@examples(15)
@given(site=sites())
def test_the_range_of_a_company_on_a_site_is_that_of_the_site_without_each_case(
    site: SiteOnADay,
) -> None:
    for slug, result in site.scored().companies.items():
        told = result.fragility.case if result.fragility else None
        scores = {}
        for case in [case for case in site.content.cases if case.company == slug]:
            rest = site.with_cases([other for other in site.content.cases if other is not case])
            score = rest.scored().companies[slug].overall
            if score is not None and _begun(result.cases.weighed.seen, case):
                scores[case.id] = score.score
        is_range_of(told, scores)


def _begun(own: Sequence[Observation], case: Case) -> bool:
    return any(one.case == case.id for one in own)


def test_who_carries_a_fifth_is_capped_once_another_case_is_left_out() -> None:
    """Three of fifteen are hers, which is just allowed; of fourteen they are more than a fifth."""
    own = [seen(f"ann-{n}", 100, who="ann") for n in range(3)]
    own += [seen(f"{n}", 40) for n in range(11)] + [seen("low", 0)]
    found = fragility(Own(company(own, others=OTHERS)))
    assert found is not None
    is_range_of(found.case, scored_without(own, lambda one: one.case))


def test_the_score_by_equal_weights_is_that_by_hand() -> None:
    own = [seen("new", 100), seen("old", 40, ago=1500, evidence=0.5), seen("far", 70, ago=3000)]
    found = fragility(Own(company(own)))
    assert found is not None
    strength, centre = rubric().shrinkage.strength, rubric().shrinkage.centre
    assert found.equal_weights == pytest.approx((210 + strength * centre) / (3 + strength))


def test_what_is_alone_is_never_left_out() -> None:
    alone = fragility(Own(company([seen("only", 80, who="ann")])))
    assert alone is not None
    assert (alone.case, alone.contributor, alone.source) == (None, None, None)
    nameless = fragility(Own(company([seen("a", 80), seen("b", 60)])))
    assert nameless is not None
    assert nameless.contributor is None
    assert nameless.case is not None
    assert fragility(Own(company([seen("silent", None)]))) is None


def test_of_very_many_cases_the_hardest_pulling_are_among_those_left_out() -> None:
    own = [seen(f"{n}", 50 + n % 40 - 20, ago=n % 7) for n in range(400)]
    own.append(seen("best", 100))
    own.append(seen("worst", 0))
    found = fragility(Own(company(own, others=OTHERS)))
    assert found is not None
    assert found.case is not None
    assert (found.case.low_without, found.case.high_without) == ("acme/best", "acme/worst")


def test_of_very_many_cases_who_alone_tells_of_money_is_left_out_too() -> None:
    def middling(name: str, points: float) -> Observation:
        scores = {"responsiveness": points, "follow_through": 50.0, "refund_friction": None}
        return seen(name, {d: scores[d] for d in DIMENSIONS})

    own = [middling(f"{n}", 10 + 2 * (n % 40)) for n in range(300)]
    own.append(seen("no-money", dict(zip(DIMENSIONS, (68, 65, 0), strict=True))))
    own.append(seen("money", dict(zip(DIMENSIONS, (30, 35, 100), strict=True))))
    found = fragility(Own(company(own)))
    assert found is not None
    assert found.case is not None
    without = overall_of([one for one in own if one.case != "acme/money"])
    assert found.case.low <= without + 1e-6


# ── With more of them ──────────────────────────────────────────────────────────────────────────


def grade_with(own: Sequence[Observation], count: int, points: float) -> str | None:
    more = [seen(f"more-{n}", points, who=f"more-{n}") for n in range(count)]
    return standing_of(company([*own, *more])).grade


def changes(own: Sequence[Observation]) -> WouldChange:
    subject = company(own)
    return would_change(Own(subject), standing_of(subject))


@examples(60)
@given(own=observations(2, 20))
def test_that_many_more_cases_change_the_grade_and_one_fewer_do_not(
    own: list[Observation],
) -> None:
    now = grade_with(own, 0, 0)
    found = changes(own)
    better = BETTER[: BETTER.index(now)] if now else BETTER
    worse = BETTER[BETTER.index(now) + 1 :] if now else []
    for step, points, wanted in ((found.raise_, 100.0, better), (found.lower, 0.0, worse)):
        # As one crowd they might be held; added one by one, as is meant, they are not.
        if step is not None and len(own) + step.cases < 38:
            assert step.to in wanted
            assert grade_with(own, step.cases, points) == step.to
            assert grade_with(own, step.cases - 1, points) not in wanted
    assert now or found.lower is None
    assert now != BETTER[0] or found.raise_ is None
    assert now != BETTER[-1] or found.lower is None


def test_the_fewest_are_told_though_more_of_them_are_worth_less() -> None:
    """Three more give an A; with four more the cap holds her six good ones, and it is a B again."""
    own = [seen(f"{n}", 92, who="ann") for n in range(6)]
    assert [grade_with(own, count, 100.0) for count in range(5)] == ["B", "B", "B", "A", "B"]
    found = changes(own).raise_
    assert found is not None
    assert found.cases == 3


DAY = date(2026, 1, 1)
FLAWLESS = """
- {at: 2026-01-01 09:00, event: contact, channel: phone, asks: refund}
- {at: 2026-01-01 09:01, event: reply, by: person, answer: full, tone: kind}
- {at: 2026-01-01, event: refund, decision: granted, form: money, paid_at: 2026-01-01}
- {at: 2026-01-01, event: closed, solved: full}
"""
POOR = """
- {at: 2025-12-01 09:00, event: contact, channel: phone, asks: refund}
- {at: 2025-12-03 09:00, event: contact, channel: phone, asks: refund}
- {at: 2025-12-20, event: refund, decision: partial, form: voucher, paid_at: 2025-12-24}
- {at: 2025-12-29, event: closed, solved: partial}
"""


def real_cases(timeline: str, count: int, name: str) -> list[Case]:
    return [
        make_case(
            timeline,
            slug=f"{name}-{n}",
            wanted="refund",
            evidence={"level": "public"},
            contributor=f"{name}-{n}",
        )
        for n in range(count)
    ]


def site_with(flawless: int) -> Scorecard:
    cases = [*real_cases(POOR, 12, "poor"), *real_cases(FLAWLESS, flawless, "flawless")]
    return score_all(make_content(cases), DAY)


def test_so_many_real_cases_without_a_fault_raise_the_grade_of_a_real_site() -> None:
    before = site_with(0).companies["acme"]
    assert before.grade
    step = before.would_change.raise_
    assert step is not None
    assert 2 <= step.cases <= 25
    assert site_with(step.cases - 1).companies["acme"].grade == before.grade
    after = site_with(step.cases).companies["acme"]
    assert after.grade == step.to
    assert after.flawless == pytest.approx(step.cases / (12 + step.cases))


# ── How far anybody moves it ───────────────────────────────────────────────────────────────────


def moves(own: Sequence[Observation], others: Others = ALONE) -> Influence:
    subject = company(own, others=others)
    fragile = fragility(Own(subject))
    assert fragile is not None
    return influence(Own(subject), fragile)


@examples(60)
@given(own=observations(2))
def test_no_contributor_moves_a_score_further_than_is_told(own: list[Observation]) -> None:
    assume(has_score(company(own)))
    now = overall_of(own, others=OTHERS)
    told = moves(own, OTHERS).contributor
    real = [abs(score - now) for score in scored_without(own, lambda one: one.contributor).values()]
    assert (told is None) == (not real)
    if told is not None:
        assert told == pytest.approx(max(real), abs=1e-6)


@pytest.mark.parametrize("points", [0.0, 20.0, 50.0, 80.0, 100.0])
@pytest.mark.parametrize("record", [5, 29, 50, 200])
def test_a_campaign_moves_a_score_as_far_as_is_told(record: int, points: float) -> None:
    """As many fabricated cases as the rubric says, all of today, all the worst or all the best."""
    own = steadily(record, 700, points)
    now = overall_of(own)
    real = [
        abs(overall_of([*own, *[seen(f"x-{n}", p, who=f"x-{n}") for n in range(CAMPAIGN)]]) - now)
        for p in (0.0, 100.0)
    ]
    assert moves(own).campaign == pytest.approx(max(real), abs=1e-6)


def test_a_campaign_moves_a_score_as_far_as_is_told_while_the_site_grows() -> None:
    """Many cases of other companies began on the same day, so that the campaign looks like growth."""
    own = steadily(50, 700, 80)
    elsewhere = [
        seen(f"{name}/{n}", ago=ago)
        for name in ("bolt", "coda", "dyno", "echo", "flux")
        for n, ago in enumerate([*range(1, 700, 35), 0, 0, 0, 0, 0])
    ]
    subject = company(own, elsewhere)
    fragile = fragility(Own(subject))
    assert fragile is not None
    told = influence(Own(subject), fragile).campaign
    fabricated = [seen(f"x-{n}", 0, who=f"x-{n}") for n in range(CAMPAIGN)]
    real = overall_of(own, elsewhere) - overall_of([*own, *fabricated], elsewhere)
    assert told >= real - 1e-6


WRITERS = {"each": "x-{}", "one": "x", "nobody": None}


@pytest.mark.parametrize(("years", "within"), some([*product([1, 2, 3], [1, 4, 14])], 3))
def test_twenty_fabricated_cases_move_fifty_honest_ones_by_five_points_at_most(
    years: int, within: int
) -> None:
    """Whatever they say and the honest ones say, whoever writes them, at any time, with any evidence."""
    levels = (min(rubric().evidence.values()), max(rubric().evidence.values()))
    for honest, honest_level in product((5.0, 30.0, 60.0, 80.0, 100.0), levels):
        record = steadily(50, 365 * years - 2, honest, evidence=honest_level)
        now = overall_of(record)
        for points, level, (by, who), ago in product(
            (0.0, 100.0), levels, WRITERS.items(), (within, 180)
        ):
            crowd = [
                seen(f"x-{n}", points, ago - n * within // 20, who and who.format(n), level)
                for n in range(20)
            ]
            moved = overall_of([*record, *crowd]) - now
            assert abs(moved) <= 5, (honest, honest_level, points, level, by, ago)


@pytest.mark.parametrize("seed", range(6))
def test_of_many_cases_those_that_pull_hardest_make_the_range(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record of 150 cases, a quarter by one contributor, and a burst: trying all of them finds no more."""
    rng = Random(seed)
    record = [
        seen(f"{n}", rng.uniform(0, 100), rng.randrange(900), "busy" if n % 4 == 0 else f"p{n}")
        for n in range(150)
    ]
    burst = [seen(f"burst-{n}", 0, 300, f"new-{n}") for n in range(15)]
    subject = company([*record, *burst])
    assert subject.now.bursts
    quick = fragility(Own(subject))
    monkeypatch.setattr(fragility_module, "TRIED", 10_000)
    assert quick == fragility(Own(subject))
