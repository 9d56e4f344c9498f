"""Everything that is published about a company on one day."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from scorecard.model import Company
from scorecard.rubric import Dimension
from scorecard.score.alike import HeldBurst
from scorecard.score.cases import CompanyCases
from scorecard.score.costs import Costs, Effort
from scorecard.score.durations import MoneyBack, ReplyTime
from scorecard.score.estimate import Others, Score
from scorecard.score.fragility import Fragility, Influence
from scorecard.score.ranks import Rank
from scorecard.score.rule_results import RuleResult
from scorecard.score.standing import Standing
from scorecard.score.trend import TrendPoint
from scorecard.score.would_change import WouldChange


class Details(Struct, frozen=True):
    """What is published about a company besides its scores: its rules, its waits, how firm its score is."""

    rules: tuple[RuleResult, ...]
    reply_time: ReplyTime | None
    money_back: MoneyBack | None
    effort: Effort
    flawless: float | None
    costs: Costs
    fragility: Fragility | None
    would_change: WouldChange
    influence: Influence | None
    held: tuple[HeldBurst, ...]


class CompanyResult(Details, frozen=True):
    """Everything that is published about a company on one day. `rank` is among its sector's graded ones."""

    cases: CompanyCases
    others: Others
    standing: Standing
    rank: Rank | None
    trend: tuple[TrendPoint, ...]

    @property
    def company(self) -> Company:
        """The company."""
        return self.cases.company

    @property
    def scores(self) -> Mapping[Dimension, Score | None]:
        """Its score in each dimension."""
        return self.standing.scores

    @property
    def overall(self) -> Score | None:
        """Its overall score."""
        return self.standing.overall

    @property
    def grade(self) -> str | None:
        """Its grade; None where the cases are too few, or tell too little."""
        return self.standing.grade

    @property
    def known(self) -> float:
        """How much of what the rules ask is known, 0…1."""
        return self.standing.known
