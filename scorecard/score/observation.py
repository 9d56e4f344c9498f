"""What the scores take from a judged case. Trend, fragility and simulations all work on these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from scorecard.judge.case import JudgedCase
from scorecard.rubric import Dimension, Rubric


class Observation(Struct, frozen=True):
    """One case, as far as it counts. Days are ordinals (1 is the first of January of the year 1).

    `began`: the first time that says something of the company, as its first and last day; `ended`: the
    last day of the last such time. `evidence`, 0…1, is what its level of evidence weighs. `scores` are
    points 0…100, None where the case says nothing of a dimension. `asked` is the weight of the rules
    that apply to it, `known` that of those which it answers.
    """

    case: str
    contributor: str | None
    source: Literal["first-hand", "published", "register"]
    began: tuple[int, int] | None
    ended: int | None
    evidence: float
    scores: Mapping[Dimension, float | None]
    asked: float
    known: float

    @property
    def scored(self) -> bool:
        """Does it have a score in any dimension?"""
        return any(score is not None for score in self.scores.values())

    def points(self, rubric: Rubric) -> float | None:
        """Its own overall score, points 0…100, over the dimensions that it has."""
        known = [(rubric.overall[d], s) for d, s in self.scores.items() if s is not None]
        shares = sum(share for share, _ in known)
        return sum(share * score for share, score in known) / shares if shares else None


def observe(judged: JudgedCase, rubric: Rubric, rule_weights: Sequence[float]) -> Observation:
    """A judged case as an observation; `rule_weights` are those of the rubric's rules in its order."""
    case = judged.case
    level = case.evidence.level
    first, last = case.span
    asked = known = 0.0
    for finding, weight in zip(judged.findings, rule_weights, strict=True):
        if finding.state != "not-applicable":
            asked += weight
            if finding.value is not None:
                known += weight
    return Observation(
        case.id,
        case.contributor,
        case.source.kind,
        (first.first.toordinal(), first.last.toordinal()) if first else None,
        last.last.toordinal() if last else None,
        rubric.evidence[level],
        judged.scores,
        asked,
        known,
    )


def rule_weights(rubric: Rubric) -> list[float]:
    """What each rule weighs in the overall score of a case, in the rubric's order."""
    return [rule.weight * rubric.overall[rule.dimension] for rule in rubric.rules]


def invented(count: int, day: int, points: float, rubric: Rubric) -> list[Observation]:
    """Cases that nobody wrote, to see what they would change: first-hand, of that day, by nobody known.

    They have the best evidence, score `points` in every dimension and tell all that is asked.
    """
    asked = sum(rule_weights(rubric))
    scores: dict[Dimension, float | None] = dict.fromkeys(rubric.overall, points)
    began = (day, day)
    return [
        Observation(f"/{i}", None, "first-hand", began, day, 1.0, scores, asked, asked)
        for i in range(count)
    ]
