"""What must hold between two sites made of the same cases, everything else equal."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scorecard.judge.case import judge_case
from scorecard.model import Case
from scorecard.rubric import DIMENSIONS
from scorecard.score.company import CompanyResult
from scorecard.score.scorecard import Scorecard, newest_date, score_all
from scorecard.site import Content, Site
from tests.properties.stories import Story, stories
from tests.support.build import make_case, make_company, rubric, sectors, standards
from tests.support.examples import examples

SOME = examples(40)
AS_OF = date(2026, 1, 1)
TWO = {"acme": "telecom", "zenith": "telecom", "other": "shops"}
SITE = Site(name="x", base_url="https://x.example", languages=("en",))

PERFECT = make_case(
    """
    - {at: 2025-12-01 10:00, event: contact, channel: email, asks: refund}
    - {at: 2025-12-01 11:00, event: reply, by: person, answer: full, tone: kind}
    - {at: 2025-12-01 11:00, event: refund, decision: granted, form: money, paid_at: 2025-12-02}
    - {at: 2025-12-03, event: closed, solved: full}
    """,
    amount="10.00 EUR",
    slug="added",
)

WORST = make_case(
    """
    - {at: 2025-12-01, event: promise, what: an answer, kept: no}
    - {at: 2025-12-02, event: transfer}
    - {at: 2025-12-03, event: lost}
    - {at: 2025-12-04, event: recurrence}
    - {at: 2025-12-05, event: closed, solved: none}
    """,
    slug="added",
)


def content(cases: Sequence[Case], companies: dict[str, str] | None = None) -> Content:
    made = {slug: make_company(slug, sector) for slug, sector in (companies or TWO).items()}
    return Content(SITE, rubric(), sectors(), made, tuple(cases), (), "")


def placed(told: Sequence[Story], names: Sequence[str] = tuple(TWO)) -> list[Case]:
    """The stories as cases of these companies, in turn."""
    return [
        story.case().model_copy(update={"company": names[i % len(names)], "slug": f"c{i}"})
        for i, story in enumerate(told)
    ]


def figures(result: CompanyResult) -> Any:
    return (
        result.scores,
        result.overall,
        result.grade,
        result.flawless,
        result.effort,
        result.costs,
    )


def site_figures(scorecard: Scorecard) -> dict[str, Any]:
    return {slug: figures(result) for slug, result in scorecard.companies.items()}


SEVERAL = st.lists(stories(), min_size=1, max_size=6)


@SOME
@given(SEVERAL)
def test_scores_and_intervals_lie_in_0_to_100(told: list[Story]) -> None:
    for result in score_all(content(placed(told)), AS_OF).companies.values():
        for score in [*result.scores.values(), result.overall]:
            if score:
                assert 0 <= score.low <= score.score <= score.high <= 100
                assert 0 <= score.mean <= 100
                assert score.weight >= 0


@SOME
@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(told: list[Story], random: Any) -> None:
    cases = placed(told)
    shuffled = list(cases)
    random.shuffle(shuffled)
    assert site_figures(score_all(content(cases), AS_OF)) == site_figures(
        score_all(content(shuffled), AS_OF)
    )


@SOME
@given(SEVERAL)
def test_the_names_of_companies_change_nothing(told: list[Story]) -> None:
    new = {"acme": "zz", "zenith": "aa", "other": "mm"}
    renamed = {new[slug]: sector for slug, sector in TWO.items()}
    before = score_all(content(placed(told)), AS_OF)
    after = score_all(content(placed(told, tuple(new.values())), renamed), AS_OF)
    for slug, result in before.companies.items():
        assert figures(result) == figures(after.companies[new[slug]])


@SOME
@given(SEVERAL, st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"]))
def test_the_time_zone_of_the_machine_changes_nothing(told: list[Story], zone: str) -> None:
    here = site_figures(score_all(content(placed(told)), AS_OF))
    old = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        assert site_figures(score_all(content(placed(told)), AS_OF)) == here
    finally:
        os.environ.pop("TZ") if old is None else os.environ.update(TZ=old)
        time.tzset()


@SOME
@given(SEVERAL, st.integers(0, 5))
def test_a_withdrawn_case_is_as_if_it_had_never_been(told: list[Story], which: int) -> None:
    cases = placed(told)
    index = which % len(cases)
    without = [case for i, case in enumerate(cases) if i != index]
    withdrawn = [
        case.model_copy(update={"status": "withdrawn"}) if i == index else case
        for i, case in enumerate(cases)
    ]
    assert newest_date(content(withdrawn)) == newest_date(content(without))
    assert site_figures(score_all(content(withdrawn), AS_OF)) == site_figures(
        score_all(content(without), AS_OF)
    )


@SOME
@given(SEVERAL)
def test_a_case_with_every_finding_1_never_lowers_the_mean(told: list[Story]) -> None:
    judged = judge_case(PERFECT, standards("2026-01-01"))
    assert judged is not None
    assert judged.flawless
    cases = placed(told, ("acme",))
    assert not _any_mean_moves(cases, PERFECT, down=True)


@SOME
@given(SEVERAL)
def test_a_case_with_every_finding_0_never_raises_the_mean(told: list[Story]) -> None:
    judged = judge_case(WORST, standards("2026-01-01"))
    assert judged is not None
    assert {f.value for f in judged.findings} == {None, 0}
    assert judged.scores["follow_through"] == 0
    assert not _any_mean_moves(placed(told, ("acme",)), WORST, down=False)


def _any_mean_moves(cases: list[Case], added: Case, *, down: bool) -> bool:
    before = score_all(content(cases), AS_OF).companies["acme"].scores
    after = score_all(content([*cases, added]), AS_OF).companies["acme"].scores
    moves = []
    for dimension in DIMENSIONS:
        one, other = before[dimension], after[dimension]
        if one and other:
            moves.append(other.mean - one.mean if not down else one.mean - other.mean)
    return any(move > 1e-6 for move in moves)
