"""A company's overall score, its grade and how firm they are, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum, sqrt

from scorecard.commands.explain_steps import leaning, solved_limits
from scorecard.commands.terminal import heading, paragraph, points, table
from scorecard.compose.derivation import Together, Weighing, together
from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score
from scorecard.score.fragility import Range
from scorecard.score.limits import LEFT, Component, Joined
from scorecard.score.scorecard import Scorecard
from scorecard.score.tally import APART
from scorecard.score.would_change import MOST_ADDED, Step


def overall(result: CompanyResult, rubric: Rubric) -> Iterator[str]:
    """The overall score, and its limits from those of the dimensions."""
    yield from heading("7  Overall")
    total = result.overall
    if total is None:
        yield "  no score"
        return
    known = [(d, s) for d in DIMENSIONS if (s := result.scores[d])]
    shares = " + ".join(f"{rubric.overall[d]:g}" for d, _ in known)
    scores = " + ".join(f"{rubric.overall[d]:g} × {s.score:.4f}" for d, s in known)
    yield f"  overall = ({scores}) / ({shares}) = {total.score:.4f}"
    means = " + ".join(f"{rubric.overall[d]:g} × {s.mean:.4f}" for d, s in known)
    yield f"  mean = ({means}) / ({shares}) = {total.mean:.4f}"
    yield from _joined(result, total, rubric)
    yield ""
    yield from solved_limits(total)


def _joined(result: CompanyResult, total: Score, rubric: Rubric) -> Iterator[str]:
    told = total.ground.told
    if not isinstance(told, Joined) or len(told.parts) < 2:
        yield ""
        yield from paragraph(
            "One dimension has a score, so the limits are those of that dimension."
        )
        return
    names = [d for d in DIMENSIONS if result.scores[d]]
    parts = list(zip(names, told.parts, strict=True))
    yield ""
    yield from paragraph(
        "Its limits are made like those of a dimension, with another e(T). Where the whole is T, a dimension "
        "is its mean + (T − mean) × takes, and e(T) = √(Σ (share × e)² + 2 × Σ r × share × e × other share × "
        "other e), each e at what the dimension then is, but at least "
        f"{sqrt(LEFT):g} × √Σ (share × e)². The less a dimension is known, and the more the "
        "others err with it, the more it takes of what the whole is off: a × (a + Σ r × other a) / "
        "(Σ a² + 2 × Σ r × a × other a) / share, where a = share × e(score)."
    )
    yield ""
    yield from table(
        ["", "share", "mean", "e(score)", "takes"],
        [
            [
                d,
                f"{part.share:.6f}",
                points(part.sampled.mean),
                points(part.sampled.error(score.score)),
                f"{part.takes:.6f}",
            ]
            for d, part in parts
            if (score := result.scores[d])
        ],
        left=(0,),
    )
    yield from _together(together(result, rubric), rubric)
    yield ""
    low, high = (end - total.mean for end in (total.limits.low, total.limits.high))
    yield from table(
        ["", "at the low limit", "e", "at the high limit", "e"],
        [[d, *_at(part, low), *_at(part, high)] for d, part in parts],
        left=(0,),
    )
    yield ""
    yield from paragraph(
        f"The centre is {total.ground.towards:.4f} and the pull {total.ground.pull:.6f} (in the place of "
        f"{rubric.shrinkage.strength:g} / n): the means of the dimensions' own, by the shares."
    )


def _at(part: Component, off: float) -> list[str]:
    true = part.true(off)
    return [points(true), points(part.sampled.error(true))]


def _together(pairs: Sequence[Together], rubric: Rubric) -> Iterator[str]:
    yield ""
    strength = rubric.interval.cases * APART
    yield from paragraph(
        "r: how two dimensions x and y go together in the cases that have both scores. Product: "
        "Σw·(x − mean x)·(y − mean y); spread: √(Σw·(x − mean x)² × Σw·(y − mean y)²); of others, from the "
        f"sums over companies. Each correlation is (product + {strength:g} × the one above) / (spread + "
        f"{strength:g}). It counts as far as the same cases carry both: Σw² of those, divided by "
        "√(Σw² of those with x × Σw² of those with y)."
    )
    granted = rubric.interval.correlation
    for pair in pairs:
        yield ""
        yield f"  {pair.pair[0]} and {pair.pair[1]}"
        yield from leaning(["product", "spread", "correlation"], pair.steps, granted, 4)
        yield f"  r = {pair.steps[-1].value:.6f} × {pair.shared:.6f} = {pair.correlation:.6f}"


def grade(result: CompanyResult, cases: Sequence[Weighing], rubric: Rubric) -> Iterator[str]:
    """The known share, and what stands between the score and a grade."""
    yield from heading("8  The grade")
    asked = fsum(one.weight * one.seen.asked for one in cases)
    known = fsum(one.weight * one.seen.known for one in cases)
    ratio = f"{known:.7f} / {asked:.7f}" if asked else "nothing is asked"
    yield f"  known = Σw·known / Σw·asked = {ratio} = {result.known:.4f}"
    total, least = result.overall, rubric.too_few
    if total:
        width = total.high - total.low
        yield ""
        yield from table(
            ["a grade takes", "", "here", ""],
            [
                _demand(
                    "weight, at least", least.weight, total.weight, least.weight <= total.weight
                ),
                _demand("interval, at most", least.width, width, width <= least.width),
                _demand("known, at least", least.known, result.known, least.known <= result.known),
            ],
            left=(0, 3),
        )
    bands = ", ".join(f"{b.name} from {b.at_least:g}" for b in rubric.grades)
    yield ""
    yield from paragraph(f"Bands: {bands}.")
    yield f"  grade: {result.grade or 'none'}"


def _demand(what: str, limit: float, here: float, met: bool) -> list[str]:
    return [what, f"{limit:g}", points(here), "met" if met else "not met"]


def rank(result: CompanyResult, scorecard: Scorecard) -> Iterator[str]:
    """The places that the interval leaves possible, and whom it is surely behind and ahead of."""
    yield from heading("9  The rank in its sector")
    place, total = result.rank, result.overall
    if place is None or total is None:
        yield "  none: only companies with a grade have one"
        return
    yield from paragraph(
        f"From place {place.best} to place {place.worst} of {place.of}: behind those whose interval lies "
        f"wholly above {total.high:.4f}, ahead of those whose interval lies wholly below {total.low:.4f}."
    )
    yield ""
    field = [
        (other.company.slug, other.overall)
        for other in scorecard.companies.values()
        if other.grade and other.overall and other.company.sector == result.company.sector
    ]
    yield from table(
        ["score", "low", "high", "company", ""],
        [
            [points(s.score), points(s.low), points(s.high), slug, _beside(s, total)]
            for slug, s in sorted(field, key=lambda one: -one[1].score)
        ],
        left=(3, 4),
    )


def _beside(other: Score, own: Score) -> str:
    if other is own:
        return "itself"
    return "above" if other.low > own.high else "below" if other.high < own.low else ""


def robustness(result: CompanyResult, rubric: Rubric) -> Iterator[str]:
    """How the score hangs on single cases, people and sources, and what would move it."""
    yield from heading("10  How firm it is")
    if result.fragility is None or result.overall is None:
        yield "  nothing to try without a score"
        return
    found = result.fragility
    yield f"  The overall score is {result.overall.score:.4f}. Left out, one at a time:"
    yield ""
    rows = [
        row
        for name, one in (
            ("one case", found.case),
            ("one contributor", found.contributor),
            ("one kind of source", found.source),
        )
        for row in _range(name, one)
    ]
    rows.append(["all weights equal", points(found.equal_weights), ""])
    yield from table(["", "overall", "without"], rows, left=(0, 2))
    yield ""
    change = result.would_change
    best, worst = rubric.grades[0].name, rubric.grades[-1].name
    yield f"  A better grade: {_step(change.raise_, 'flawless', result.grade == best)}."
    yield f"  A worse grade:  {_step(change.lower, 'bad', result.grade in (None, worst))}."
    moved = result.influence
    if moved:
        one = "none is named" if moved.contributor is None else f"{moved.contributor:.4f} points"
        yield f"  The contributor who matters most moves the score by: {one}."
        yield (
            f"  {rubric.burst_cap.campaign} fabricated cases at once would move it by: "
            f"{moved.campaign:.4f} points."
        )
    yield from _bursts(result)


def _range(name: str, one: Range | None) -> list[list[str]]:
    if one is None:
        return [[name, "–", "there is no other"]]
    return [
        [f"{name}, lowest", points(one.low), one.low_without],
        [f"{name}, highest", points(one.high), one.high_without],
    ]


def _step(step: Step | None, kind: str, last: bool) -> str:
    if step is None:
        return "there is none" if last else f"not within {MOST_ADDED} {kind} cases"
    few = f"1 more {kind} case of full weight gives"
    more = f"{step.cases} more {kind} cases of full weight give"
    return f"{few if step.cases == 1 else more} {step.to}"


def _bursts(result: CompanyResult) -> Iterator[str]:
    if not result.held:
        yield "  No burst of cases is held back."
    for held in result.held:
        burst = held.burst
        yield from paragraph(
            f"Held back: the burst from {burst.start} to {burst.end}, {len(burst.cases)} cases where "
            f"{burst.expected:.2f} were to be expected; {held.alike:.0%} of them have a near-duplicate among "
            f"the others, and {held.one_sided:.0%} lie on one side of nine in ten of the company's other "
            f"cases{', so editors should look' if held.flagged else ''}."
        )
