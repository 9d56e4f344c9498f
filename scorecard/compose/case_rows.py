"""Cases in lists: a company's own, those that fell short of a rule, and a case's findings by dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from scorecard.judge.case import JudgedCase
from scorecard.judge.finding import Finding
from scorecard.model import Case
from scorecard.rubric import DIMENSIONS, Dimension, Rubric, Rule
from scorecard.score.cases import WeighedCase
from scorecard.score.company import CompanyResult
from scorecard.score.rule_results import RuleResult, first_fixes
from scorecard.score.scorecard import Scorecard
from scorecard.site import Content


class Fix(Struct, frozen=True):
    """A rule that costs a company points, and the cases in which it fell short, worst first."""

    rule: Rule
    result: RuleResult
    cases: tuple[tuple[Case, Finding], ...]


class CaseRow(Struct, frozen=True):
    """A case in a list; `weighed` is None where it is withdrawn and so not scored."""

    case: Case
    weighed: WeighedCase | None

    @property
    def weight(self) -> float | None:
        """What it weighs among its company's, 0…1."""
        return self.weighed.weight if self.weighed else None

    @property
    def scores(self) -> Mapping[Dimension, float | None]:
        """Its three scores, 0…100."""
        return self.weighed.judged.scores if self.weighed else dict.fromkeys(DIMENSIONS)

    @property
    def last(self) -> date | None:
        """The day of its last event, as far as it is told."""
        time = self.case.last_time
        return time.first.date() if time else None

    def changed(self, as_of: date) -> date:
        """The newest day of what its page tells: today where something of it is still waited for."""
        if self.weighed and not self.weighed.judged.lasting:
            return as_of
        return max((day for day in self.case.dates if day <= as_of), default=as_of)


def case_rows(content: Content, scorecard: Scorecard) -> dict[str, list[CaseRow]]:
    """The cases of every company, newest first; those that had not begun are not there."""
    cases: dict[str, list[Case]] = {slug: [] for slug in scorecard.companies}
    for case in content.cases:
        cases[case.company].append(case)
    return {slug: rows_of(result, cases[slug]) for slug, result in scorecard.companies.items()}


def rows_of(result: CompanyResult, cases: Iterable[Case]) -> list[CaseRow]:
    """The cases of one company, newest first; those that had not begun are not there."""
    weighed = {case.judged.case.id: case for case in result.cases.cases}
    rows: list[CaseRow] = []
    for case in cases:
        known = weighed.get(case.id)
        if known or not case.scored:
            rows.append(CaseRow(known.judged.case if known else case, known))
    rows.sort(key=lambda row: (row.last or date.min, row.case.id), reverse=True)
    return rows


def praised(judged: JudgedCase) -> bool:
    """Was it handled without one fault, and solved as the customer sees it?"""
    solved = any(f.rule == "completely-solved" and f.value == 1 for f in judged.findings)
    return judged.flawless and solved


def findings_of(
    judged: JudgedCase, rubric: Rubric
) -> dict[Dimension, Sequence[tuple[Rule, Finding]]]:
    """Every rule of each dimension, in the method's order, with what it found."""
    by_rule = {finding.rule: finding for finding in judged.findings}
    return {d: [(rule, by_rule[rule.id]) for rule in rubric.rules_of(d)] for d in DIMENSIONS}


def fixes(result: CompanyResult, rules: Mapping[str, Rule]) -> list[Fix]:
    """What a company should fix first: the rules that cost it most, each with where it fell short."""
    return [
        Fix(rules[one.rule], one, _short(result, one.rule)) for one in first_fixes(result.rules)
    ]


def _short(result: CompanyResult, rule: str) -> tuple[tuple[Case, Finding], ...]:
    short = [
        (case.judged.case, finding)
        for case in result.cases.cases
        for finding in case.judged.findings
        if finding.rule == rule and finding.flaw
    ]
    return tuple(sorted(short, key=lambda found: (found[1].value or 0.0, found[0].id)))
