"""`explain`: the whole derivation of a score, in the terminal."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from scorecard.commands.common import as_of_option, company_named, content_option
from scorecard.commands.explain_company import company, how_weighed
from scorecard.commands.explain_sector import sector
from scorecard.commands.terminal import WIDTH, heading, paragraph, table, weight
from scorecard.compose.charts.chart import DIMENSION_NAMES
from scorecard.compose.derivation import weighings
from scorecard.compose.figures import Figure, case_figures, company_figures, sector_figures
from scorecard.compose.sentences.story import moments
from scorecard.compose.words import Words, translated, words_in
from scorecard.errors import UsageError
from scorecard.judge.case import JudgedCase
from scorecard.load.records import nearest
from scorecard.pipeline import read
from scorecard.rounding import SHARES, share
from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.cases import WeighedCase
from scorecard.score.company import CompanyResult
from scorecard.settings import Settings

HELP = "Tells how the scores of a company, a case or a sector came about."
EXAMPLE = "explain unnamed-provider/boxes-charged-180-euros-2019"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument(
        "what",
        metavar="COMPANY|CASE|SECTOR",
        help="a company, <company>/<case>, or sectors/<sector>",
    )
    content_option(parser)
    as_of_option(parser)
    parser.add_argument(
        "--language", default="en", choices=["en", *translated()], help="of the reasons"
    )


def run(options: argparse.Namespace) -> int:
    """Explains the company or case."""
    content, scorecard = read(Settings(options.content, Path(), options.as_of))
    words = words_in(options.language)
    what = options.what.strip("/")
    sectors = {f"sectors/{slug}": found for slug, found in scorecard.sectors.items()}
    cases = {
        case.judged.case.id: (case, r)
        for r in scorecard.companies.values()
        for case in r.cases.cases
    }
    if what in sectors:
        way, figures = sector(sectors[what], scorecard, words), sector_figures(sectors[what])
    elif result := company_named(what, scorecard):
        way, figures = company(result, content.rubric, scorecard, words), company_figures(result)
    elif what in cases:
        case, result = cases[what]
        way, figures = _case(case, result, content.rubric, words), case_figures(case.judged)
    else:
        hint = nearest(what, [*scorecard.companies, *cases, *sectors])
        raise UsageError(f"There is no company, sector or scored case '{what}'. {hint}".strip())
    print("\n".join([*way, *_published(figures, words)]))
    return 0


def _case(case: WeighedCase, result: CompanyResult, rubric: Rubric, words: Words) -> Iterator[str]:
    """The way from a case's events to its three scores and its weight, line by line."""
    judged = case.judged
    yield judged.case.title
    yield f"{result.company.name}, {judged.case.id}"
    yield from heading("What happened")
    for moment in moments(judged.case):
        told = " ".join(words.say(sentence) for sentence in moment.sentences)
        when = moment.at.text if moment.at else "no date"
        start = f"  [{moment.position:>2}]  {when:<17}  {moment.who:<8}  "
        yield from textwrap.wrap(
            told, WIDTH, initial_indent=start, subsequent_indent=" " * len(start)
        )
    for dimension in DIMENSIONS:
        yield from heading(f"{DIMENSION_NAMES[dimension].text} ({dimension})")
        yield from _findings(judged, dimension, rubric, words)
    yield from heading("What it weighs among the company's cases")
    yield from _weight(case, result, rubric)


def _findings(
    judged: JudgedCase, dimension: Dimension, rubric: Rubric, words: Words
) -> Iterator[str]:
    total = summed = 0.0
    for rule, finding in zip(rubric.rules, judged.findings, strict=True):
        if rule.dimension != dimension:
            continue
        events = ", ".join(map(str, finding.events))
        told = words.say(finding.reason) + (f"  [{events}]" if events else "")
        if finding.value is None:
            sum_ = finding.state.replace("-", " ")
        else:
            sum_ = f"{share(finding.value):.{SHARES}f} × {rule.weight:g}"
            total += rule.weight
            summed += rule.weight * finding.value
        yield f"  {rule.id:<20}  {sum_:<14}  {told}"
    score = judged.scores[dimension]
    if score is None:
        yield "  no score: nothing has a value"
    else:
        yield f"  {dimension} = 100 × {summed:.4f} / {total:g} = {score:.2f}"


def _weight(case: WeighedCase, result: CompanyResult, rubric: Rubric) -> Iterator[str]:
    one = next(w for w in weighings(result, rubric) if w.case is case)
    yield from paragraph(how_weighed(rubric))
    yield ""
    half = rubric.recency.half_life_months
    level = case.judged.case.evidence.level
    if one.days is None:
        yield f"  recency = {one.recency:g}, without a date"
    else:
        yield (
            f"  recency = 2^(−{one.months:.4f} / {half:g}) = {one.recency:.7f}: "
            f"its last event was on {one.last}, {one.days} days before {result.cases.weighed.as_of}"
        )
    yield f"  base = {one.recency:.7f} × {one.evidence:g} (evidence: {level}) = {weight(one.base)}"
    if one.held:
        yield f"  w = {weight(one.weight)}: held by the cap on {_HELD[one.held]}; see 'explain COMPANY'"
    else:
        yield f"  w = {weight(one.weight)}"


_HELD = {"contributor": "one contributor's share", "burst": "bursts of cases"}


def _published(figures: Sequence[Figure], words: Words) -> Iterator[str]:
    """A line for every published figure, to the digits of the API: what it is, its address on the page, its
    value, its interval, its cases, its unit.
    """
    yield from heading("Every figure that is published")
    rows = [
        (
            words.say(one.name),
            f"#{one.id}",
            *("–" if v is None else str(v) for v in (one.value, one.low, one.high, one.cases)),
            one.unit,
        )
        for one in figures
    ]
    headings = ["figure", "address", "value", "low", "high", "cases", "unit"]
    yield from table(headings, rows, left=[0, 1, 6])
