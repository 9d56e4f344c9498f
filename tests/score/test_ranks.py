"""Ranks as ranges: by hand, and against a count of who surely is ahead."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scorecard.score.estimate import Score
from scorecard.score.ranks import Rank, ranks
from tests.support.examples import examples
from tests.support.observed import a_score

ENDS = st.one_of(st.integers(0, 10).map(float), st.floats(0, 100))
INTERVALS = st.lists(st.tuples(ENDS, ENDS).map(sorted), min_size=1, max_size=12)


def between(low: float, high: float) -> Score:
    return a_score((low + high) / 2, low, high)


def of(*intervals: tuple[float, float]) -> list[tuple[int, int]]:
    found = ranks({f"{i}": between(*ends) for i, ends in enumerate(intervals)})
    assert all(rank.of == len(intervals) for rank in found.values())
    return [(rank.best, rank.worst) for rank in found.values()]


def test_intervals_apart_are_places_and_intervals_that_meet_are_ranges() -> None:
    assert of((80, 90), (60, 70), (40, 50)) == [(1, 1), (2, 2), (3, 3)]
    assert of((80, 90), (60, 85), (40, 50)) == [(1, 2), (1, 2), (3, 3)]
    assert of((0, 100), (60, 70), (40, 50)) == [(1, 3), (1, 2), (2, 3)]


def test_one_company_is_the_first_of_one() -> None:
    assert ranks({"only": between(20, 90)}) == {"only": Rank(1, 1, 1)}
    assert ranks({}) == {}


def test_equal_companies_share_all_their_places() -> None:
    assert of((40, 60), (40, 60), (40, 60)) == [(1, 3)] * 3
    # Where the one's best is just the other's worst, neither is surely ahead.
    assert of((40, 60), (60, 80)) == [(1, 2), (1, 2)]
    assert of((50, 50), (50, 50)) == [(1, 2), (1, 2)]


@examples(100)
@given(intervals=INTERVALS)
def test_a_rank_counts_who_is_surely_ahead_and_surely_behind(
    intervals: list[list[float]],
) -> None:
    found = ranks({f"{i}": between(*ends) for i, ends in enumerate(intervals)})
    for i, (low, high) in enumerate(intervals):
        rank = found[f"{i}"]
        assert rank.best == 1 + sum(other > high for other, _ in intervals)
        assert rank.worst == len(intervals) - sum(other < low for _, other in intervals)
        assert 1 <= rank.best <= rank.worst <= rank.of == len(intervals)


@examples(100)
@given(intervals=INTERVALS, data=st.data())
def test_the_true_order_is_possible_where_the_intervals_hold_the_truth(
    intervals: list[list[float]], data: st.DataObject
) -> None:
    truths = [data.draw(st.floats(low, high), label="truth") for low, high in intervals]
    found = ranks({f"{i}": between(*ends) for i, ends in enumerate(intervals)})
    for i, truth in enumerate(truths):
        first = 1 + sum(other > truth for other in truths)
        last = sum(other >= truth for other in truths)
        assert found[f"{i}"].best <= first <= last <= found[f"{i}"].worst
