"""The judged cases of one company → everything that is published about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.events import Refund
from scorecard.judge.case import JudgedCase
from scorecard.judge.finding import Finding
from scorecard.judge.reading import Wait, by_human
from scorecard.model import Company
from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.estimate import Score
from scorecard.score.survival import Survival, kaplan_meier
from scorecard.score.tally import Tally


@dataclass(frozen=True, slots=True)
class WeighedCase:
    """A judged case and its weight among its company's, 0…1."""

    judged: JudgedCase
    weight: float


@dataclass(frozen=True, slots=True)
class CompanyCases:
    """A company's scored cases, weighed, and their tally in each dimension."""

    company: Company
    cases: tuple[WeighedCase, ...]
    tallies: Mapping[Dimension, Tally]

    @property
    def scored(self) -> tuple[WeighedCase, ...]:
        """The cases that have a score in any dimension."""
        return tuple(c for c in self.cases if any(s is not None for s in c.judged.scores.values()))


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule over a company's cases.

    `mean`: its weighted mean value, 0…1. `points`: what it costs the unshrunk overall score, 0…100.
    `cases` have a value, `short` of them one below 1.
    """

    rule: str
    mean: float
    points: float
    cases: int
    short: int


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """Time to a human answer, in working hours, with those who still wait.

    `within_norm` is the share answered within the norm of its channel, 0…1, with its interval.
    """

    hours: Survival
    within_norm: float
    within_low: float
    within_high: float
    open: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What the cases cost the customers: avoidable contacts, working hours waited, money at stake."""

    avoidable_contacts: int
    waited_hours: float
    at_stake: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Effort:
    """The Customer Effort Score: % answering 1–2 minus % answering 4–5; None for too few answers."""

    score: float | None
    answers: int
    counts: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class CompanyResult:
    """Everything that is published about a company on one day."""

    cases: CompanyCases
    scores: Mapping[Dimension, Score | None]
    overall: Score | None
    grade: str | None
    rules: Mapping[str, RuleResult]
    reply_time: ReplyTime | None
    effort: Effort
    flawless: float | None
    costs: Costs
    known: float

    @property
    def company(self) -> Company:
        """The company."""
        return self.cases.company

    @property
    def first_fixes(self) -> list[RuleResult]:
        """The rules that cost it points, the dearest first."""
        dear = [r for r in self.rules.values() if r.points >= 0.05]
        return sorted(dear, key=lambda r: (-r.points, r.rule))

    @property
    def strengths(self) -> list[RuleResult]:
        """The rules it does best, at 0.9 or better, the best and the most asked first."""
        good = [r for r in self.rules.values() if r.mean >= 0.9]
        return sorted(good, key=lambda r: (-r.mean, -r.cases, r.rule))


def tally_company(company: Company, cases: Sequence[WeighedCase]) -> CompanyCases:
    """The company's cases with their tallies."""
    tallies = {d: Tally() for d in DIMENSIONS}
    for case in cases:
        for dimension, score in case.judged.scores.items():
            if score is not None:
                tallies[dimension] += Tally.of(score, case.weight)
    return CompanyCases(company, tuple(cases), tallies)


def known_share(cases: CompanyCases, rubric: Rubric) -> float:
    """How much of what the rules ask is known, 0…1: unknown answers count, inapplicable ones do not.

    Weighed by the cases, the rules and the dimensions, as the scores are.
    """
    known = asked = 0.0
    weights = {rule.id: rule.weight * rubric.overall[rule.dimension] for rule in rubric.rules}
    for case in cases.cases:
        for finding in case.judged.findings:
            weight = case.weight * weights[finding.rule]
            known += weight * (finding.state == "judged")
            asked += weight * (finding.state != "not-applicable")
    return known / asked if asked else 0.0


def rule_results(cases: CompanyCases, rubric: Rubric) -> dict[str, RuleResult]:
    """Each rule's mean and what it costs the overall score.

    Within a dimension the costs add up to what its mean lacks to 100, times the dimension's share.
    """
    shares = {d: rubric.overall[d] for d in DIMENSIONS if cases.tallies[d].weight}
    results = {}
    for rule in rubric.rules:
        weight = lost = valued = 0.0
        count = short = 0
        total = cases.tallies[rule.dimension].full_cases
        for case in cases.cases:
            value = _value(case.judged.findings, rule.id)
            if value is None or not case.weight:
                continue
            weight += case.weight
            valued += case.weight * value
            count += 1
            short += value < 1
            lost += (
                case.weight
                * rule.weight
                * (1 - value)
                / _asked(case.judged, rubric, rule.dimension)
            )
        if weight and total:
            share = shares[rule.dimension] / sum(shares.values())
            points = 100 * share * lost / total
            results[rule.id] = RuleResult(rule.id, valued / weight, points, count, short)
    return results


def _value(findings: Sequence[Finding], rule: str) -> float | None:
    return next(f.value for f in findings if f.rule == rule)


def _asked(case: JudgedCase, rubric: Rubric, dimension: Dimension) -> float:
    """The weights of the dimension's rules that have a value in the case."""
    return sum(
        rule.weight
        for rule in rubric.rules_of(dimension)
        if _value(case.findings, rule.id) is not None
    )


def reply_time(cases: CompanyCases, level: float) -> ReplyTime | None:
    """Kaplan–Meier over each first contact of a wait; None where nothing is timed."""
    waits = [(case.judged, wait) for case in cases.cases for wait in _first_waits(case.judged)]
    timed = [(j, wait, wait.hours) for j, wait in waits if wait.hours is not None]
    if not timed:
        return None
    answered = [
        wait.answer is not None and by_human(judged.reading.timeline[wait.answer])
        for judged, wait, _ in timed
    ]
    hours = kaplan_meier(zip((h for _, _, h in timed), answered, strict=True), level)
    in_norms = kaplan_meier(
        zip((h / wait.norm for _, wait, h in timed), answered, strict=True), level
    )
    norm = in_norms.at(1.0)
    still = sum(wait.answer is None for _, wait, _ in timed)
    return ReplyTime(hours, 1 - norm.waiting, 1 - norm.high, 1 - norm.low, still)


def _first_waits(judged: JudgedCase) -> list[Wait]:
    """The waits without those that only repeat an open question."""
    firsts: dict[tuple[int, int | None], Wait] = {}
    matter_of = {i: n for n, matter in enumerate(judged.reading.matters) for i in matter}
    for wait in judged.reading.waits:
        firsts.setdefault((matter_of[wait.contact], wait.answer), wait)
    return list(firsts.values())


def costs(cases: CompanyCases) -> Costs:
    """What these cases cost the customers, added up."""
    readings = [case.judged.reading for case in cases.cases]
    stakes: dict[str, Decimal] = {}
    for reading in readings:
        money = reading.case.amount
        paid = any(isinstance(e, Refund) and (e.paid_at or e.paid) for e in reading.timeline)
        if money and not paid:
            stakes[money.currency] = stakes.get(money.currency, Decimal(0)) + money.amount
    return Costs(
        sum(len(reading.avoidable) for reading in readings),
        sum(wait.hours or 0.0 for case in cases.cases for wait in _first_waits(case.judged)),
        dict(sorted(stakes.items())),
    )


def effort(answers: Sequence[int], least: int) -> Effort:
    """The Customer Effort Score of these answers, −100…100."""
    counts = [answers.count(n) for n in range(1, 6)]
    score = None
    if len(answers) >= least:
        score = 100 * (counts[0] + counts[1] - counts[3] - counts[4]) / len(answers)
    return Effort(score, len(answers), (counts[0], counts[1], counts[2], counts[3], counts[4]))
