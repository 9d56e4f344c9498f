"""Bursts: a crowd of newcomers is found beside a record, and what comes by chance or to all is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import inf
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scorecard.judge.case import JudgedCase
from scorecard.score.bursts import Arrivals, find_bursts, log_tail
from scorecard.score.observation import Observation
from tests.support.build import judge, make_case, rubric, standards, weighed
from tests.support.examples import examples
from tests.support.observed import DAY, TODAY, Source, of_month, of_year, overall_of, seen, steadily

CAP = rubric().burst_cap
TWO_YEARS = 730


def bursts(own: Sequence[Observation], elsewhere: Sequence[Observation] = ()) -> list[set[str]]:
    """The cases of each burst of a company, the clearest first."""
    found = find_bursts(own, Arrivals.of([*own, *elsewhere]), CAP)
    return [set(burst.cases) for burst in found]


def crowd(count: int, ago: int, within: int, who: str | None = "new-{}") -> list[Observation]:
    """So many newcomers within so many days, the first so many days ago."""
    return [
        seen(f"crowd-{n}", 0, ago - n * within // count, who and who.format(n))
        for n in range(count)
    ]


def moved_to(company: str, one: Observation) -> Observation:
    """The same case, of another company and by another contributor."""
    name = one.case.replace("acme", company)
    return replace(one, case=name, contributor=name.replace("/", "-"))


def ids(observations: Sequence[Observation]) -> set[str]:
    return {one.case for one in observations}


RECORD = steadily(50, TWO_YEARS)


# ── The chance of so many ──────────────────────────────────────────────────────────────────────


@examples(100)
@given(count=st.integers(1, 500), expected=st.floats(1e-6, 500))
def test_the_chance_of_so_many_is_that_of_scipy(count: int, expected: float) -> None:
    from scipy.stats import poisson

    found, chance = log_tail(count, expected), float(poisson.logsf(count - 1, expected))
    if count <= expected:
        assert found == 0  # nobody is surprised by what was to be expected
    elif chance == -inf:
        assert -inf < found < -600  # where scipy gives up
    else:
        assert found == pytest.approx(chance, rel=1e-6, abs=1e-9)


# ── What is none ───────────────────────────────────────────────────────────────────────────────


def by_chance(rng: Random, count: int, over: int) -> list[Observation]:
    """Cases of which each may begin on any of the days."""
    return [seen(f"{n}", 50, 1 + rng.randrange(over), f"who-{n}") for n in range(count)]


@pytest.mark.parametrize("told", ["exactly", "roughly"])
def test_histories_by_chance_hardly_ever_have_one(told: str) -> None:
    """50 to 300 cases over one to three years; of some contributors the month or the year is told."""
    found = 0
    for run in range(200):
        rng = Random(run)
        own = by_chance(rng, rng.choice([50, 100, 200, 300]), 365 * rng.choice([1, 2, 3]))
        if told == "roughly":
            tellings: list[Callable[[Observation], Observation]] = [of_month, of_month, of_year]
            own = [rng.choice(tellings)(one) if rng.random() < 0.4 else one for one in own]
        found += bool(bursts(own))
    assert found <= 4


@pytest.mark.parametrize(("count", "over"), [(50, 365), (120, 365), (300, 1000), (60, 60)])
def test_an_even_history_has_no_burst(count: int, over: int) -> None:
    assert bursts(steadily(count, over)) == []


def test_an_even_history_of_which_some_cases_tell_only_the_year_has_no_burst() -> None:
    """Twenty cases a year; of nine of those of one year only the year is told."""
    own = steadily(100, 5 * 365)
    year = [o for o in own if o.began and date.fromordinal(o.began[0]).year == 2023]
    assert len(year) == 20
    vague = ids(year[:9])
    assert bursts([of_year(one) if one.case in vague else one for one in own]) == []


@pytest.mark.parametrize("short", [0, 5, 7, 20, 29])
def test_too_short_a_record_is_none_to_measure_by(short: int) -> None:
    assert bursts([*steadily(short, TWO_YEARS), *crowd(20, 300, 3)]) == []
    assert bursts([*steadily(30, TWO_YEARS), *crowd(20, 300, 3)]) != []


def test_fewer_than_a_bursts_cases_are_none() -> None:
    assert bursts([*RECORD, *crowd(CAP.cases - 3, 300, 1)]) == []


def test_what_comes_to_all_companies_alike_is_no_burst_of_one() -> None:
    others = [
        moved_to(name, one)
        for name in ("bolt", "coda", "dyno", "echo")
        for one in [*RECORD, *crowd(20, 300, 3)]
    ]
    assert bursts([*RECORD, *crowd(20, 300, 3)], others) == []
    assert bursts([*RECORD, *crowd(20, 300, 3)], others[:50]) != []


@pytest.mark.parametrize("source", ["published", "register"])
def test_what_was_published_is_in_none(source: Source) -> None:
    printed = [replace(one, source=source) for one in crowd(20, 300, 3)]
    assert bursts([*RECORD, *printed]) == []


def test_who_wrote_before_is_in_none() -> None:
    regulars = [seen(f"before-{n}", 50, 320 + 20 * n, f"new-{n}") for n in range(20)]
    assert bursts([*RECORD, *regulars, *crowd(20, 300, 3)]) == []
    # Also where it was of another company.
    elsewhere = [replace(one, case=one.case.replace("acme", "bolt")) for one in regulars]
    assert bursts([*RECORD, *crowd(20, 300, 3)], elsewhere) == []
    (found,) = bursts([*RECORD, *crowd(20, 300, 3)], elsewhere[:5])
    assert ids(crowd(20, 300, 3)[5:]) <= found
    assert not found & ids(crowd(20, 300, 3)[:5])


def test_without_dated_cases_there_is_no_burst() -> None:
    assert bursts([]) == []
    undated = [replace(one, began=None, ended=None) for one in steadily(60, 60)]
    assert bursts(undated) == []
    assert Arrivals.of(undated) == Arrivals.of([])
    assert Arrivals.of([]).between(0, 10**6) == 0


# ── What is one ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["new-{}", "one", None])
@pytest.mark.parametrize("ago", [3, 40, 300, 700])
@pytest.mark.parametrize("within", [1, 3, 10, 25])
def test_a_crowd_beside_a_record_is_found_with_all_its_members(
    within: int, ago: int, who: str | None
) -> None:
    """Twenty within days or weeks, beside fifty over two years; of those at most the nearest with it."""
    many = crowd(20, ago + 22, within, who)
    found = bursts([*RECORD, *many])
    assert len(found) == 1
    assert ids(many) <= found[0]
    assert len(found[0]) <= 20 + 3 * (within + 14) * 50 // TWO_YEARS


@pytest.mark.parametrize(
    ("telling", "vague"),
    [(of_month, 10), (of_month, 20)],
)
def test_a_crowd_is_found_though_it_tells_only_the_month(
    telling: Callable[[Observation], Observation], vague: int
) -> None:
    many = crowd(20, 110, 3)
    many = [*map(telling, many[:vague]), *many[vague:]]
    (found,) = bursts([*RECORD, *many])
    assert ids(many) <= found


def test_two_crowds_are_two_bursts() -> None:
    first = crowd(20, 600, 3)
    second = [replace(o, case=f"{o.case}-2") for o in crowd(12, 200, 3, "newer-{}")]
    found = bursts([*RECORD, *first, *second])
    assert len(found) == 2
    assert ids(first) <= found[0]
    assert ids(second) <= found[1]
    assert not found[0] & found[1]


def test_a_burst_says_when_it_was_and_how_many_were_to_be_expected() -> None:
    own = [*RECORD, *crowd(20, 300, 3)]
    (burst,) = find_bursts(own, Arrivals.of(own), CAP)
    assert TODAY - 300 <= burst.start.toordinal() <= burst.end.toordinal() <= TODAY - 300 + 6
    assert 0 < burst.expected < 1


# ── Ways around it ─────────────────────────────────────────────────────────────────────────────


def move(many: Sequence[Observation], elsewhere: Sequence[Observation] = ()) -> float:
    """How far these cases move a company of which fifty honest cases score 80."""
    record = steadily(50, TWO_YEARS, 80)
    with_them = overall_of([*record, *many], elsewhere)
    return abs(with_them - overall_of(record, elsewhere))


def undated(count: int) -> list[Observation]:
    return [replace(one, began=None, ended=None) for one in crowd(count, 300, 1)]


@pytest.mark.xfail(strict=True, reason="a crowd that does not tell when it began is not held")
def test_a_crowd_that_tells_no_time_moves_no_more_than_one_that_does() -> None:
    assert move(undated(20)) <= 5


@pytest.mark.xfail(strict=True, reason="a crowd that does not tell when it began is not held")
@pytest.mark.parametrize("years", [1, 2])
def test_a_crowd_that_tells_only_the_year_moves_no_more_than_one_that_tells_the_day(
    years: int,
) -> None:
    many = crowd(20, 300, 1) if years == 1 else [*crowd(10, 300, 1), *crowd(20, 600, 1)[10:]]
    assert move([of_year(one) for one in many]) <= 5


def test_a_survey_before_each_of_a_crowds_cases_changes_no_weight() -> None:
    """Fifty cases over two years, and twenty of one week by others; each of these may tell of a survey."""

    def told(name: str, day: date, survey: date | None) -> JudgedCase:
        first = f"- {{at: {survey}, event: survey}}\n" if survey else ""
        timeline = f"{first}- {{at: {day}, event: contact, channel: phone}}"
        return judge(make_case(timeline, slug=name, contributor=name), standards("2026-01-01"))

    record = [told(f"r{n}", date(2024, 1, 1) + timedelta(14 * n), None) for n in range(50)]
    days = [date(2025, 9, 1) + timedelta(n // 4) for n in range(20)]
    crowd_ = [told(f"c{n}", day, None) for n, day in enumerate(days)]
    chatty = [
        told(f"c{n}", day, date(2024, 1, 1) + timedelta(30 * n)) for n, day in enumerate(days)
    ]
    without, with_them = (weighed([*record, *more], DAY).weighed for more in (crowd_, chatty))
    assert len(without.bursts) == 1
    assert with_them.weights == pytest.approx(without.weights)


@pytest.mark.xfail(
    strict=True, reason="each of two crowds makes the other look like growth of the site"
)
def test_a_crowd_against_two_companies_at_once_moves_no_more_than_one_against_one() -> None:
    """The site has 200 honest cases: 50 of either company and 100 of others."""
    rest = [moved_to(name, one) for name in ("bolt", "coda", "dyno") for one in RECORD]
    other = [moved_to("bolt", one) for one in crowd(20, 300, 1)]
    assert move(crowd(20, 300, 1), rest) <= 5
    assert move(crowd(20, 300, 1), [*rest, *other]) <= 5


def test_arrivals_count_first_hand_cases_and_each_contributors_first() -> None:
    own = [
        seen("a", ago=10, who="ann"),
        seen("b", ago=5, who="ann"),
        seen("c", ago=7, who="bob", source="published"),
        replace(seen("d", ago=40, who="cy"), began=(TODAY - 40, TODAY - 12)),
    ]
    arrivals = Arrivals.of(own)
    assert list(np.array(arrivals.days) - TODAY) == [-40, -10, -5]
    assert arrivals.between(TODAY - 10, TODAY - 5) == 2
    # Of a coarse time the last day counts: by then they had written.
    assert arrivals.first == {"ann": TODAY - 10, "cy": TODAY - 12}
    assert arrivals.newcomer(own[1], TODAY - 10)
    assert not arrivals.newcomer(own[1], TODAY - 9)
    assert arrivals.newcomer(own[2], TODAY)  # what he told of was in the papers
