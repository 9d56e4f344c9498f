"""`explain`: the whole derivation of a score, in the terminal."""

from __future__ import annotations

import argparse
from pathlib import Path

from scorecard.commands.common import as_of_option, content_option
from scorecard.compose.story import moments
from scorecard.compose.verdict import verdict, why_no_grade
from scorecard.compose.words import Words, translated, words_in
from scorecard.errors import UsageError
from scorecard.load.records import nearest
from scorecard.pipeline import Settings, read
from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.company import CompanyResult, WeighedCase
from scorecard.score.scorecard import Scorecard

HELP = "Tells how a company's or a case's scores came about."
EXAMPLE = "explain unnamed-provider/boxes-charged-180-euros-2019"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("what", metavar="COMPANY|CASE", help="a company, or <company>/<case>")
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
    result = scorecard.companies.get(what)
    if result:
        _company(result, content.rubric, scorecard, words)
        return 0
    cases = {
        case.judged.case.id: (case, r)
        for r in scorecard.companies.values()
        for case in r.cases.cases
    }
    if what not in cases:
        hint = nearest(what, [*scorecard.companies, *cases])
        raise UsageError(f"There is no company or scored case '{what}'. {hint}".strip())
    _case(*cases[what], content.rubric, words)
    return 0


def _case(case: WeighedCase, result: CompanyResult, rubric: Rubric, words: Words) -> None:
    judged = case.judged
    print(f"{judged.case.title}\n{result.company.name}, {judged.case.id}\n")
    for moment in moments(judged.case):
        told = " ".join(words.say(sentence) for sentence in moment.sentences)
        when = moment.at.text if moment.at else "no date"
        print(f"  [{moment.position:>2}] {when:<17} {moment.who:<8} {told}")
    by_rule = {finding.rule: finding for finding in judged.findings}
    for dimension in DIMENSIONS:
        print(f"\n{dimension}")
        total = summed = 0.0
        for rule in rubric.rules_of(dimension):
            finding = by_rule[rule.id]
            events = ", ".join(map(str, finding.events))
            told = words.say(finding.reason) + (f"  [{events}]" if events else "")
            if finding.value is None:
                print(f"  {rule.id:<20} {finding.state:>14}   {told}")
                continue
            print(f"  {rule.id:<20} {finding.value:7.4f} × {rule.weight:<4g}   {told}")
            total += rule.weight
            summed += rule.weight * finding.value
        score = judged.scores[dimension]
        if score is None:
            print("  no score: nothing has a value")
        else:
            print(f"  = 100 × {summed:.4f} / {total:g} = {score:.2f}")
    print(f"\nweight among the company's cases: {case.weight:.4f}")


def _company(result: CompanyResult, rubric: Rubric, scorecard: Scorecard, words: Words) -> None:
    print(words.say(verdict(result, scorecard.as_of, rubric)))
    if not result.grade:
        print(words.say(why_no_grade(result, rubric)))
    for dimension in DIMENSIONS:
        score = result.scores[dimension]
        print(f"\n{dimension}")
        if score is None:
            print("  no score")
            continue
        for case in result.cases.cases:
            points = case.judged.scores[dimension]
            if points is not None:
                print(f"  {points:6.2f} × {case.weight:.4f}   {case.judged.case.id}")
        strength = rubric.shrinkage.strength
        towards = (score.score * (score.weight + strength) - score.mean * score.weight) / strength
        print(f"  mean {score.mean:.2f} over a weight of {score.weight:.4f}")
        print(
            f"  = ({score.weight:.4f} × {score.mean:.2f} + {strength:g} × {towards:.2f}) "
            f"/ ({score.weight:.4f} + {strength:g}) = {score.score:.2f}  ({score.low:.2f}–{score.high:.2f})"
        )
    if result.overall:
        parts = [(rubric.overall[d], s.score) for d in DIMENSIONS if (s := result.scores[d])]
        sum_ = " + ".join(f"{share:g} × {points:.2f}" for share, points in parts)
        shares = " + ".join(f"{share:g}" for share, _ in parts)
        print(f"\noverall = ({sum_}) / ({shares}) = {result.overall.score:.2f}")
        print(f"grade: {result.grade or 'none'}")
