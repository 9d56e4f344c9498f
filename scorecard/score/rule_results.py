"""What each rule found over a company's cases, and what it costs the company."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from scorecard.rubric import DIMENSIONS, Rubric
from scorecard.score.cases import CompanyCases

DEAR = 0.05
"""Points below which a cost is not worth a line: it would be rounded to 0.0."""
WELL = 0.9
"""The mean value from which a rule is something that a company does well."""


class RuleResult(Struct, frozen=True):
    """One rule over a company's cases.

    `mean`: its weighted mean value, 0…1. `points`: what it costs the unshrunk overall score, 0…100.
    `cases` have a value, `short` of them one below 1.
    """

    rule: str
    mean: float
    points: float
    cases: int
    short: int


class _Sum(Struct):
    """One rule, added up: weights, weight × value, points lost, cases with a value, cases below 1."""

    weight: float = 0.0
    valued: float = 0.0
    lost: float = 0.0
    cases: int = 0
    short: int = 0


def rule_results(cases: CompanyCases, rubric: Rubric) -> list[RuleResult]:
    """Each rule that has a value anywhere, in the rubric's order.

    Within a dimension the costs add up to what its mean lacks to 100, times the dimension's share.
    """
    sums = [_Sum() for _ in rubric.rules]
    rules = [
        (rule.dimension, rule.weight, found) for rule, found in zip(rubric.rules, sums, strict=True)
    ]
    for case in cases.cases:
        weight = case.weight
        if not weight:
            continue
        asked = dict.fromkeys(DIMENSIONS, 0.0)
        known = [
            (dimension, share, found, value)
            for (dimension, share, found), finding in zip(rules, case.judged.findings, strict=True)
            if (value := finding.value) is not None
        ]
        for dimension, share, _, _ in known:
            asked[dimension] += share
        for dimension, share, found, value in known:
            found.weight += weight
            found.valued += weight * value
            found.lost += weight * share * (1 - value) / asked[dimension]
            found.cases += 1
            found.short += value < 1
    tallies = cases.weighed.totals.tallies
    shares = sum(rubric.overall[d] for d in DIMENSIONS if tallies[d].weight)
    return [
        RuleResult(
            rule.id,
            found.valued / found.weight,
            100
            * (rubric.overall[rule.dimension] / shares)
            * found.lost
            / tallies[rule.dimension].full_cases,
            found.cases,
            found.short,
        )
        for rule, found in zip(rubric.rules, sums, strict=True)
        # What faded for a century still weighs something here, but nothing in the totals' whole numbers.
        if found.weight and tallies[rule.dimension].weight
    ]


def first_fixes(rules: Sequence[RuleResult]) -> list[RuleResult]:
    """The rules that cost the company points, the dearest first."""
    return sorted((r for r in rules if r.points >= DEAR), key=lambda r: (-r.points, r.rule))


def strengths(rules: Sequence[RuleResult]) -> list[RuleResult]:
    """The rules it does best, the best and the most asked first."""
    return sorted((r for r in rules if r.mean >= WELL), key=lambda r: (-r.mean, -r.cases, r.rule))
