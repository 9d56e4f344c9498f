"""How sure a score is: the sentences, place by place, from results that are made up here."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from scorecard.compose.charts.chart import Chart
from scorecard.compose.charts.scores import trend_chart
from scorecard.compose.sentences.sureness import Sureness, burst_of, sureness
from scorecard.compose.words import words_in
from scorecard.pipeline import read
from scorecard.render.drawing import draw
from scorecard.score.alike import HeldBurst
from scorecard.score.bursts import Burst
from scorecard.score.company import CompanyResult
from scorecard.score.fragility import Fragility, Influence, Range
from scorecard.score.ranks import Rank
from scorecard.score.trend import TrendPoint
from scorecard.score.would_change import Step, WouldChange
from scorecard.settings import Settings
from tests.conftest import SMALL
from tests.support.build import rubric
from tests.support.observed import a_score

ENGLISH, DUTCH, GERMAN = words_in("en"), words_in("nl"), words_in("de")


@cache
def graded() -> CompanyResult:
    """A real result with grade B, to change."""
    _, scorecard = read(Settings(SMALL, Path("unused")))
    return scorecard.companies["invented-telecom"]


def sure(**changes: Any) -> Sureness:
    return sureness(replace(graded(), **changes), rubric())


def ungraded(**changes: Any) -> Sureness:
    return sure(standing=replace(graded().standing, grade=None), rank=None, **changes)


@pytest.mark.parametrize(
    ("place", "english"),
    [
        (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th"), (11, "11th"), (12, "12th"),
        (13, "13th"), (21, "21st"), (22, "22nd"), (103, "103rd"), (111, "111th"), (112, "112th"),
    ],
)  # fmt: skip
def test_a_place_as_each_language_writes_it(place: int, english: str) -> None:
    assert ENGLISH.ordinal(place) == english
    assert DUTCH.ordinal(place) == f"{place}e"
    assert GERMAN.ordinal(place) == f"{place}."


def test_a_rank_is_a_range_or_one_place() -> None:
    assert ENGLISH.rank(Rank(3, 7, 12)) == "3rd–7th"
    assert ENGLISH.rank(Rank(2, 2, 12)) == "2nd"
    assert DUTCH.rank(Rank(1, 3, 12)) == "1e–3e"


@pytest.mark.parametrize(
    ("rank", "says", "why"),
    [
        (Rank(3, 7, 12), "3rd to 7th of the 12 companies with a grade", "better: 2; surely worse: 5"),
        (Rank(1, 4, 4), "1st to 4th of the 4 companies with a grade", "overlaps all of theirs"),
        (Rank(2, 2, 4), "2nd of the 4 companies with a grade", "wholly above or below its own"),
        (Rank(1, 1, 1), "the only company with a grade", ""),
    ],
)  # fmt: skip
def test_a_rank_is_told_in_words(rank: Rank, says: str, why: str) -> None:
    told = sure(rank=rank)
    assert told.rank
    assert ENGLISH.say(told.rank) == says
    assert bool(why) == bool(told.rank_why)
    assert not told.rank_why or why in ENGLISH.say(told.rank_why)


def fragile(case: Range, contributor: Range | None, source: Range | None) -> Fragility:
    return Fragility(case, contributor, source, 61.0)


ONE = graded().cases.cases[0].judged.case.id
TWO = graded().cases.cases[1].judged.case.id


def test_what_is_left_out_is_named() -> None:
    case, person = Range(58.04, 64.26, ONE, TWO), Range(55.0, 66.0, "ann", "bob")
    source = Range(50.0, 50.04, "register", "published")
    told = sure(fragility=fragile(case, person, source)).left_out
    assert [ENGLISH.say(left.says) for left in told] == [
        "Leaving out any one case, the score lies between 58.0 and 64.3.",
        "Leaving out all cases of any one contributor, the score lies between 55.0 and 66.0.",
        "Leaving out any one kind of source, the score is 50.0.",
        "If every case counted alike, whatever its age and evidence, whoever wrote it: 61.0.",
    ]
    assert told[0].cases
    assert [case.id for case in told[0].cases] == [ONE, TWO]
    assert told[1].names == ("ann", "bob")
    assert told[2].names
    assert [ENGLISH.say(n) for n in told[2].names] == ["cases from registers", "published cases"]


def test_where_each_contributor_wrote_one_case_the_two_are_one_sentence() -> None:
    case, person = Range(58.0, 64.0, ONE, TWO), Range(58.0, 64.0, "ann", "bob")
    told = sure(fragility=fragile(case, person, None)).left_out
    assert [left.cases is not None for left in told] == [True, False]
    assert "any one case, or any one contributor, the score lies" in ENGLISH.say(told[0].says)


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (65.5, 79.0, "the grade would be the same: B."),
        (60.0, 79.0, "not always be B: with the lowest of these scores it is C, with the highest B."),
        (66.0, 81.0, "not always be B: with the lowest of these scores it is C, with the highest A."),
    ],
)  # fmt: skip
def test_whether_the_grade_hangs_on_it(low: float, high: float, says: str) -> None:
    found = Fragility(Range(low, high, ONE, TWO), None, None, 66.0 if "same" in says else 64.9)
    told = sure(fragility=found).grades
    assert told
    assert says in ENGLISH.say(told)


def test_nothing_is_said_of_single_cases_where_the_cases_are_too_few() -> None:
    overall = graded().overall
    assert overall
    few = replace(overall, weight=1.0)
    standing = replace(graded().standing, grade=None, overall=few)
    told = sure(standing=standing, rank=None)
    assert (told.left_out, told.grades, told.influence) == ((), None, ())
    assert told.change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (WouldChange(Step(4, "A"), Step(1, "C")), "4 more flawless cases would raise the grade to A."),
        (WouldChange(Step(1, "A"), None), "1 more flawless case would raise the grade to A."),
        (WouldChange(None, Step(1, "C")), "1 more case in which everything goes wrong would lower it to C."),
        (WouldChange(None, Step(2, "C")), "2 more cases in which everything goes wrong would lower it to C."),
        (WouldChange(None, None), "Not even 1,000 more flawless cases would raise the grade."),
        (WouldChange(None, None), "Not even 1,000 more bad cases would lower the grade."),
    ],
)  # fmt: skip
def test_it_is_told_what_would_change_a_grade(change: WouldChange, says: str) -> None:
    told = [ENGLISH.say(sentence) for sentence in sure(would_change=change).change]
    assert says in told
    assert ("come one by one" in told[-1]) == bool(change.raise_ or change.lower)


def test_above_the_best_grade_and_below_the_worst_there_is_none() -> None:
    none = WouldChange(None, None)
    best = sure(standing=replace(graded().standing, grade="A"), would_change=none)
    worst = sure(standing=replace(graded().standing, grade="E"), would_change=none)
    assert "There is no better grade." in [ENGLISH.say(s) for s in best.change]
    assert "There is no lower grade." in [ENGLISH.say(s) for s in worst.change]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (Step(5, "B"), "5 more flawless cases that tell all that is asked would give it a grade: B."),
        (Step(1, "B"), "1 more flawless case that tells all that is asked would give it a grade: B."),
        (None, "Not even 1,000 more flawless cases would give it a grade."),
    ],
)  # fmt: skip
def test_it_is_told_what_would_give_a_grade(step: Step | None, says: str) -> None:
    told = ungraded(would_change=WouldChange(step, None)).change
    assert ENGLISH.say(told[0]) == says


def test_it_is_told_how_far_others_move_a_score() -> None:
    told = [ENGLISH.say(s) for s in sure(influence=Influence(2.14, 31.0)).influence]
    assert told[0] == "One contributor moves the score by at most 2.1 points."
    assert told[1].startswith(
        "A campaign of 20 invented cases, all at once, would move it by at most 31.0"
    )
    assert "record of at least 30 other cases" in told[2]
    assert len(sure(influence=Influence(None, 31.0)).influence) == 2


@pytest.mark.parametrize(
    ("expected", "says"),
    [(0.2, "hardly any was"), (1.2, "about 1 was"), (2.4, "about 2 were")],
)
def test_a_burst_is_told_and_nobody_is_accused(expected: float, says: str) -> None:
    burst = Burst(date(2026, 3, 3), date(2026, 3, 5), frozenset({TWO, ONE}), expected)
    for flagged in (False, True):
        (told,) = sure(held=(HeldBurst(burst, 0.6, 0.1, flagged),)).bursts
        words = " ".join(ENGLISH.say(sentence) for sentence in told.says)
        assert words.startswith(
            "Between March 3, 2026 and March 5, 2026, or close to it, 2 first-hand"
        )
        assert f"{says} to be expected. Whatever caused it" in words
        assert "at most 5% of the weight" in words
        assert ("editors have been asked to look" in words) == flagged
        assert not {"fake", "campaign", "fraud", "manipul"} & set(words.lower().split())
        assert [case.id for case in told.cases] == sorted([ONE, TWO])


def test_a_case_of_a_burst_says_why_it_weighs_less() -> None:
    held = [HeldBurst(Burst(date.min, date.min, frozenset({ONE}), 0.0), 0, 0, flagged=False)]
    told = burst_of(ONE, held, rubric())
    assert told
    assert "one of 1 cases that began at about the same time" in ENGLISH.say(told)
    assert burst_of(TWO, held, rubric()) is None


# ── The trend ──────────────────────────────────────────────────────────────────────────────────


def month(number: int, score: float, low: float, high: float, grade: str | None) -> TrendPoint:
    """The end of a month, of which the first is that of January 2025."""
    total = a_score(float(score), low, high, 8.0)
    year, index = divmod(number - 1, 12)
    return TrendPoint(date(2025 + year, index + 1, 28), total, grade)


def trend(*points: TrendPoint) -> Chart:
    chart = trend_chart(replace(graded(), trend=points), rubric())
    assert chart
    return chart


BETWEEN = month(2, 60, 50, 70, "C")


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (month(1, 61, 50, 70, "C"), month(3, 66, 60, 72, "B"),
         "No clear change: the interval of March 2025 holds the score of January 2025."),
        (month(1, 61, 50, 64, "C"), month(3, 66, 64.5, 72, "B"), "Higher than then: the two"),
        (month(1, 61, 55, 66, "C"), month(3, 50, 45, 54, "C"), "Lower than then: the two"),
        (month(1, 61, 50, 64, "C"), month(3, 66, 62, 72, "B"), "Higher than then, but not for certain"),
        (month(1, 61, 55, 66, "C"), month(3, 50, 45, 57, "C"), "Lower than then, but not for certain"),
    ],
)  # fmt: skip
def test_a_trend_says_whether_it_is_a_change(
    first: TrendPoint, last: TrendPoint, says: str
) -> None:
    words = ENGLISH.say(trend(first, BETWEEN, last).says)
    assert words.startswith("From 61.0 in January 2025 to ")
    assert says in words
    assert "no grade" not in words


def test_a_trend_counts_the_months_without_a_grade() -> None:
    bare = [month(n, 60, 40, 90, None) for n in (1, 2, 3)]
    assert "In 2 of these 3 months there was no grade." in ENGLISH.say(
        trend(*bare[:2], month(3, 60, 50, 70, "C")).says
    )
    assert "In none of these months was there a grade." in ENGLISH.say(trend(*bare).says)
    assert trend_chart(replace(graded(), trend=tuple(bare[:2])), rubric()) is None


def test_months_without_a_grade_are_hollow_and_dashed() -> None:
    grades = [None, None, "C", "C", None]
    chart = trend(*[month(n, 60, 50, 70, grade) for n, grade in enumerate(grades, 1)])
    drawing = draw(chart, ENGLISH)
    assert [dot.hollow for dot in drawing.dots] == [grade is None for grade in grades]
    assert (drawing.line.count("M"), drawing.line.count("L")) == (1, 1)
    assert (drawing.dashed.count("M"), drawing.dashed.count("L")) == (2, 3)
    assert [name.label for name in drawing.names] == ["A", "B", "C", "D", "E"]
    assert [name.at for name in drawing.names] == sorted(name.at for name in drawing.names)


def test_the_grades_stand_beside_a_trend_only_where_a_month_has_one() -> None:
    bare = [month(n, 60, 50, 70, None) for n in (1, 2, 3)]
    drawing = draw(trend(*bare), ENGLISH)
    assert (drawing.line, drawing.names) == ("", [])
    assert [level.label for level in drawing.levels] == ["0", "25", "50", "75", "100"]
    drawing = draw(trend(*bare, month(4, 60, 50, 70, "C")), ENGLISH)
    assert [level.label for level in drawing.levels] == ["0", "35", "50", "65", "80", "100"]


@pytest.mark.parametrize("count", [3, 5, 12, 13, 15, 24, 60])
def test_months_that_an_axis_names_have_room_and_end_with_the_last(count: int) -> None:
    drawing = draw(trend(*[month(n, 60, 50, 70, "C") for n in range(1, count + 1)]), ENGLISH)
    at = sorted(tick.at for tick in drawing.ticks)
    assert all(after - before >= 69 for before, after in pairwise(at))
    assert at[-1] == drawing.dots[-1].x
    assert len(at) > 1
    assert drawing.left < drawing.dots[0].x < drawing.dots[-1].x < drawing.right
