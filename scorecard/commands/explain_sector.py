"""A sector's derivation in the terminal: its means from its companies' sums, its effort from answers."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.commands.terminal import heading, paragraph, points, table, weight
from scorecard.compose.charts.chart import DIMENSION_NAMES
from scorecard.compose.words import Words
from scorecard.rubric import DIMENSIONS, Dimension
from scorecard.score.scorecard import Scorecard, SectorResult


def sector(result: SectorResult, scorecard: Scorecard, words: Words) -> Iterator[str]:
    """The way from the companies' sums to the sector's figures, line by line."""
    yield f"{words.say(result.sector.name)}, as of {scorecard.as_of}"
    for dimension in DIMENSIONS:
        yield from heading(f"{DIMENSION_NAMES[dimension].text} ({dimension})")
        yield from _mean(result, scorecard, dimension)
    yield from heading("Customer Effort Score")
    yield from _effort(result)


def _mean(result: SectorResult, scorecard: Scorecard, dimension: Dimension) -> Iterator[str]:
    mean = result.means[dimension]
    if mean is None:
        yield "  no mean: no case that weighs anything has a score"
        return
    sums = {
        slug: scorecard.companies[slug].cases.weighed.totals.tallies[dimension]
        for slug in result.companies
    }
    rows = [
        (slug, weight(tally.full_cases), points(tally.mean), weight(tally.full_cases * tally.mean))
        for slug, tally in sums.items()
        if tally.mean is not None
    ]
    yield from table(["company", "Σw", "mean", "Σw × mean"], rows, left=[0])
    full = sum(tally.full_cases for tally in sums.values())
    total = sum(tally.full_cases * (tally.mean or 0) for tally in sums.values())
    yield f"  mean = {weight(total)} / {weight(full)} = {points(mean)}"


def _effort(result: SectorResult) -> Iterator[str]:
    effort = result.effort
    counts = ", ".join(f"{count} × {answer}" for answer, count in enumerate(effort.counts, start=1))
    yield from paragraph(
        "The share that answers 1 or 2, very little or little effort, less the share that answers "
        f"4 or 5: {effort.answers} answers: {counts}."
    )
    if effort.score is None:
        yield "  no score: too few answers"
        return
    little, much = sum(effort.counts[:2]), sum(effort.counts[3:])
    yield f"  CES = 100 × ({little} − {much}) / {effort.answers} = {effort.score:.1f}"
