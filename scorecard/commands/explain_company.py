"""A company's derivation in the terminal: every case, every sum, every limit, to redo by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.commands.common import counted
from scorecard.commands.explain_overall import grade, overall, rank, robustness
from scorecard.commands.explain_steps import leaning, solved_limits
from scorecard.commands.terminal import heading, paragraph, points, table, terms, weight
from scorecard.compose.charts.chart import DIMENSION_NAMES
from scorecard.compose.derivation import (
    Cap,
    Caps,
    Weighing,
    caps,
    dispersed,
    pulled,
    weighings,
)
from scorecard.compose.sentences.verdict import verdict, why_no_grade
from scorecard.compose.words import Words
from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score
from scorecard.score.scorecard import Scorecard
from scorecard.score.tally import ROOM, UNIT
from scorecard.score.weights import DAYS_A_MONTH, MUCH, PersonCap


def company(
    result: CompanyResult, rubric: Rubric, scorecard: Scorecard, words: Words
) -> Iterator[str]:
    """The whole way from a company's cases to its grade, line by line."""
    yield from paragraph(words.say(verdict(result, scorecard.as_of, rubric)), "")
    if not result.grade:
        yield from paragraph(words.say(why_no_grade(result, rubric)), "")
    yield (
        f"Sector {result.company.sector}, as of {scorecard.as_of}, "
        f"by version {rubric.version} of the method."
    )
    cases = weighings(result, rubric)
    yield from _weights(cases, rubric)
    yield from _caps(cases, result, rubric)
    yield from _points(cases)
    yield from _formulas(rubric)
    for number, dimension in enumerate(DIMENSIONS, start=4):
        yield from heading(f"{number}  {DIMENSION_NAMES[dimension].text} ({dimension})")
        score = result.scores[dimension]
        if score is None:
            yield "  no score: no case that weighs anything has one"
            continue
        yield from _score(result, dimension, score, rubric)
        yield from _interval(result, dimension, score, rubric)
    yield from overall(result, rubric)
    yield from grade(result, cases, rubric)
    yield from rank(result, scorecard)
    yield from robustness(result, rubric)


def how_weighed(rubric: Rubric) -> str:
    """How a case's weight before the caps is made."""
    return (
        f"base = recency × evidence; recency = 2^(−months / {rubric.recency.half_life_months:g}), or "
        f"{rubric.recency.undated:g} without a date; months = days since the last event / {DAYS_A_MONTH:g}. "
        "w is what the caps leave of it, in full cases."
    )


def _weights(cases: Sequence[Weighing], rubric: Rubric) -> Iterator[str]:
    yield from heading("1  What each case weighs")
    yield from paragraph(how_weighed(rubric))
    yield ""
    marks = {"": "", "contributor": "c", "burst": "b"}
    yield from table(
        ["last event", "months", "recency", "evidence", "", "base", "w", "", "case"],
        [
            [
                one.last.isoformat() if one.last else "no date",
                points(one.months),
                f"{one.recency:.7f}",
                one.case.judged.case.evidence.level,
                f"{one.evidence:g}",
                weight(one.base),
                weight(one.weight),
                marks[one.held],
                one.case.judged.case.slug,
            ]
            for one in cases
        ],
        left=(3, 8),
    )


def _caps(cases: Sequence[Weighing], result: CompanyResult, rubric: Rubric) -> Iterator[str]:
    yield ""
    found, cap = caps(cases, result.cases.weighed.bursts, rubric), rubric.contributor_cap
    if found.most and any(isinstance(one.whom, str) for one in found.held):
        yield from paragraph(_most(found, found.most, rubric))
    for one in found.held:
        yield from paragraph(_cap(one, rubric))
    if not found.held and found.most is None:
        yield f"  No cap changes a weight: there are fewer than {cap.from_cases} cases."
    elif not found.held:
        yield (
            f"  No cap changes a weight: no contributor carries more than {cap.share:g} of the whole, "
            f"no burst more than {rubric.burst_cap.share:g}."
        )


def _most(found: Caps, most: PersonCap, rubric: Rubric) -> str:
    share = f"{rubric.contributor_cap.share:g}"
    why = {
        "share": f"{share} × {weight(found.after)}, which the record weighs with the cap",
        "few": f"what the last of those who carry much may carry, at most {share} × {weight(found.before)}, "
        "which the record weighed before: the others carry so little that the cap would be less than "
        f"{MUCH:g} of an average case",
        "fewer": f"{share} × {weight(min(found.before, rubric.too_few.weight))}, as there are too few "
        "contributors: of what the record weighed before, at most of what a grade takes",
    }[most.rule]
    return f"The most that one contributor may carry is {weight(most.most)}: {why}."


def _cap(cap: Cap, rubric: Rubric) -> str:
    one = counted(cap.cases, "case")
    held = f"weight {weight(cap.before)}, held to {weight(cap.after)}"
    low, high = cap.factors
    times = f"w = base × {high:.7f}" if high - low < 1e-9 else f"w = base × {low:.7f} to {high:.7f}"
    if isinstance(cap.whom, str):
        return f"c  {cap.whom}: {one}, {held}; {times}."
    share, burst = rubric.burst_cap.share, cap.whom
    return (
        f"b  burst from {burst.start} to {burst.end}: {one} by newcomers where {burst.expected:.2f} were to "
        f"be expected, {held}, so that in no dimension it is more than {share:g} of the whole; a case that "
        "would be the only ground for a score weighs nothing, and who wrote of the record as well carries "
        f"no more than others in all; {times}."
    )


def _points(cases: Sequence[Weighing]) -> Iterator[str]:
    yield from heading("2  What each case scores")
    yield from paragraph(
        "Three scores x of 0 to 100 ('explain COMPANY/CASE' shows them rule by rule); the weight of the "
        "rules that apply to the case, each times its dimension's share; and of those that it answers."
    )
    yield ""
    yield from table(
        ["w", *DIMENSIONS, "asked", "known", "case"],
        [
            [
                weight(one.weight),
                *(points(one.seen.scores[d]) for d in DIMENSIONS),
                points(one.seen.asked),
                points(one.seen.known),
                one.case.judged.case.slug,
            ]
            for one in cases
        ],
        left=(6,),
    )


def _formulas(rubric: Rubric) -> Iterator[str]:
    interval, pull = rubric.interval, f"{rubric.shrinkage.strength:g}"
    tilt, strength = f"{interval.tilt:g}", f"{interval.cases * ROOM:g}"
    chance = f"{1 - interval.level:g}"[:6]
    yield from heading("3  From cases to a score: the same for all three")
    yield from terms(
        [
            ("mean", "Σw·x / Σw"),
            (
                "score",
                f"(Σw·x + {pull} × centre) / (Σw + {pull}). The centre is made like it from the others of "
                f"the sector, pulled to all other companies, and these to {rubric.shrinkage.centre:g}; "
                "all without the company itself.",
            ),
            ("n", "(Σw)² / Σw²: so many cases of equal weight would tell as much."),
            (
                "room(m)",
                f"m × (100 − m) × (m / 100)^{tilt}: how much cases with the mean m can differ.",
            ),
            ("variance", "n × (Σw·x² / Σw − mean²); of others, the sum over companies."),
            (
                "room",
                f"(n − 1) × room(mean) + variance / n × (mean / 100)^{tilt}; of others, the sum "
                "over companies.",
            ),
            (
                "dispersion",
                f"(variance + {strength} × the dispersion above) / (room + {strength}), at most 1.",
            ),
            (
                "e(T)",
                "√(dispersion / n × room(T)): the standard error of the mean if the true score is T.",
            ),
            (
                "limits",
                "The T for which T + z × e(T) is the mean (low limit), or T − z × e(T) (high one); "
                "z is the normal quantile of 1 − spent.",
            ),
            (
                "spent",
                f"Of a chance of error of {chance} the low limit spends {chance} × Φ({pull} / n × (centre − "
                f"T) / e(T)): the more, the further T lies below the centre. The high one spends {chance} × "
                "(1 − Φ(…)).",
            ),
        ]
    )


def _score(
    result: CompanyResult, dimension: Dimension, score: Score, rubric: Rubric
) -> Iterator[str]:
    steps = pulled(result, dimension, rubric)
    own = steps[-1]
    yield f"  cases with a score: {score.cases} of {len(result.cases.cases)}"
    yield f"  mean = {own.top:.7f} / {weight(own.bottom)} = {score.mean:.4f}"
    yield ""
    heads = ["Σw·x", "Σw", "pulled"]
    yield from leaning(heads, steps, rubric.shrinkage.centre, 7)
    yield ""
    centre = steps[1].value
    yield (
        f"  {dimension} = ({own.top:.7f} + {own.strength:g} × {centre:.6f}) / "
        f"({weight(own.bottom)} + {own.strength:g}) = {score.score:.4f}"
    )


def _interval(
    result: CompanyResult, dimension: Dimension, score: Score, rubric: Rubric
) -> Iterator[str]:
    tally = result.cases.weighed.totals.tallies[dimension]
    squared = tally.weights_squared / UNIT**2
    yield ""
    yield (
        f"  n = {weight(tally.full_cases)}² / {squared:.9f} = {tally.alike_cases:.6f};  "
        f"Σw·x² = {tally.squares / UNIT:.6f}"
    )
    yield ""
    steps = dispersed(result, dimension, rubric)
    heads = ["variance", "room", "dispersion"]
    yield from leaning(heads, steps, rubric.interval.dispersion, 4)
    yield ""
    yield from solved_limits(score)
