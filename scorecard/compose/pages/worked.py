"""What the methodology page shows beside the rubric: answers in words, and cases worked out in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum
from typing import Literal

from msgspec import Struct

from scorecard.compose.case_rows import findings_of, praised
from scorecard.compose.derivation import Weighing, weighings
from scorecard.compose.sentences.story import Moment, moments
from scorecard.judge.case import JudgedCase
from scorecard.judge.finding import Finding, Reason, say
from scorecard.model import Case
from scorecard.rubric import Dimension, Rubric, Rule
from scorecard.score.cases import WeighedCase
from scorecard.score.company import CompanyResult
from scorecard.score.scorecard import Scorecard

Kind = Literal["money", "well"]
_Found = tuple[WeighedCase, CompanyResult]

ANSWERS: Mapping[str, Mapping[str, Reason]] = {
    "tone": {"kind": say("kind"), "neutral": say("neutral"), "rude": say("rude")},
    "completely-solved": {
        "full": say("completely solved"),
        "partial": say("partly solved"),
        "none": say("not solved"),
    },
    "money-as-money": {
        "money": say("as money"),
        "set-off": say("set off against bills"),
        "voucher": say("as a voucher"),
        "replacement": say("a free replacement that was wanted"),
    },
    "whole-amount": {
        "granted": say("granted, amounts unknown"),
        "partial": say("granted in part, amounts unknown"),
        "refused": say("refused"),
    },
    "no-unfair-charge": {
        "unjustified": say("charged without good reason"),
        "unwarned": say("charged without a warning"),
        "fair": say("charged with good reason and after a warning"),
    },
}
"""The answers to which the rubric gives values, in words, by rule."""


class Product(Struct, frozen=True):
    """A finding with a value: `value`, 0…1, × the rule's weight."""

    rule: Rule
    finding: Finding
    value: float

    @property
    def product(self) -> float:
        """Weight × value."""
        return self.rule.weight * self.value


class Sum(Struct, frozen=True):
    """One dimension of a case: its products, and how many more rules have no value.

    `score`, 0…100, is 100 × the sum of the products ÷ the sum of their weights; None without any.
    """

    dimension: Dimension
    products: tuple[Product, ...]
    idle: int
    score: float | None

    @property
    def weight(self) -> float:
        """The weights added up."""
        return fsum(one.rule.weight for one in self.products)

    @property
    def total(self) -> float:
        """The products added up."""
        return fsum(one.product for one in self.products)


class Worked(Struct, frozen=True):
    """A case worked out. `kind`: why it was chosen."""

    kind: Kind
    case: Case
    moments: tuple[Moment, ...]
    sums: tuple[Sum, ...]
    weighing: Weighing


def worked_examples(scorecard: Scorecard, rubric: Rubric) -> list[Worked]:
    """Two cases worked out: one about money that fell short, one without a fault; fewer where none fits.

    Of those that fit, the case that answers the most rules; first-hand and published ones go before those
    of a register, and undisputed ones before disputed ones.
    """
    every = [(case, r) for r in scorecard.companies.values() for case in r.cases.scored]
    chosen: dict[Kind, _Found | None] = {
        "money": _best(every, _money_fell_short),
        "well": _best(every, lambda weighed: praised(weighed.judged)),
    }
    return [_worked(kind, *found, rubric) for kind, found in chosen.items() if found]


def _best(cases: Iterable[_Found], fits: Callable[[WeighedCase], bool]) -> _Found | None:
    return min(
        ((case, result) for case, result in cases if fits(case)),
        key=lambda found: _order(found[0]),
        default=None,
    )


def _order(weighed: WeighedCase) -> tuple[bool, bool, int, str]:
    case, findings = weighed.judged.case, weighed.judged.findings
    judged = sum(finding.value is not None for finding in findings)
    return case.source.kind == "register", case.status == "disputed", -judged, case.id


def _money_fell_short(weighed: WeighedCase) -> bool:
    judged = weighed.judged
    return judged.scores["refund_friction"] is not None and not judged.flawless


def _worked(kind: Kind, weighed: WeighedCase, result: CompanyResult, rubric: Rubric) -> Worked:
    judged = weighed.judged
    return Worked(
        kind,
        judged.case,
        tuple(moments(judged.case)),
        tuple(_sum(judged, d, asked) for d, asked in findings_of(judged, rubric).items()),
        next(one for one in weighings(result, rubric) if one.case is weighed),
    )


def _sum(judged: JudgedCase, dimension: Dimension, asked: Sequence[tuple[Rule, Finding]]) -> Sum:
    products = tuple(
        Product(rule, finding, finding.value)
        for rule, finding in asked
        if finding.value is not None
    )
    idle = len(asked) - len(products)
    return Sum(dimension, products, idle, judged.scores[dimension])
