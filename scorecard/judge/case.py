"""A case → its findings and its three scores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from scorecard.events import Closed, Event, Refund, Reply
from scorecard.judge import follow_through, refund_friction, responsiveness
from scorecard.judge.finding import Finding
from scorecard.judge.reading import Reading, as_known
from scorecard.model import Case
from scorecard.rubric import Dimension, Rubric
from scorecard.standards import Standards

Rule = Callable[[Reading], Finding]

RULES: Mapping[str, Rule] = {
    "reached": responsiveness.reached,
    "answered-in-time": responsiveness.answered_in_time,
    "answered-at-all": responsiveness.answered_at_all,
    "no-chasing": responsiveness.no_chasing,
    "tone": responsiveness.tone,
    "promises-kept": follow_through.promises_kept,
    "completely-solved": follow_through.completely_solved,
    "in-one-go": follow_through.in_one_go,
    "not-lost": follow_through.not_lost,
    "complaint-confirmed": follow_through.complaint_confirmed,
    "cause-fixed": follow_through.cause_fixed,
    "no-recurrence": follow_through.no_recurrence,
    "money-back-in-time": refund_friction.money_back_in_time,
    "money-as-money": refund_friction.money_as_money,
    "whole-amount": refund_friction.whole_amount,
    "asked-once": refund_friction.asked_once,
    "no-undue-refusal": refund_friction.no_undue_refusal,
    "no-unfair-charge": refund_friction.no_unfair_charge,
    "no-force-needed": refund_friction.no_force_needed,
}


def _answers(event: type[Event], key: str) -> frozenset[str]:
    """The words that a key of an event can have, which is a `Literal[…]`, or that or None."""
    parts = get_args(event.model_fields[key].annotation)
    words = (word for part in parts for word in get_args(part) or (part,))
    return frozenset(word for word in words if isinstance(word, str))


VALUES: Mapping[str, frozenset[str]] = {
    "tone": _answers(Reply, "tone"),
    "completely-solved": _answers(Closed, "solved"),
    "money-as-money": _answers(Refund, "form") | {"replacement"},
    "whole-amount": _answers(Refund, "decision"),
    "no-unfair-charge": frozenset({"unjustified", "unwarned", "fair"}),
}
"""The answers that a rule looks up in the rubric's `values`."""


def misfits(rubric: Rubric) -> list[str]:
    """Where the rubric's rules and the code's do not match, in sentences."""
    found = [f"no rule '{rule}' in the code" for rule in {r.id for r in rubric.rules} - set(RULES)]
    found += [
        f"rule '{rule.id}' without the values {', '.join(sorted(missing))}"
        for rule in rubric.rules
        if (missing := VALUES.get(rule.id, frozenset()) - set(rule.values))
    ]
    return sorted(found)


class JudgedCase(NamedTuple):
    """A case, all its findings in the rubric's order, and its score in each dimension.

    A score lies in 0…100; None where no finding of the dimension has a value. `passing`: the places of
    the rules that asked what day it is; the other findings stay as they are while nothing more happens.
    """

    case: Case
    reading: Reading
    findings: tuple[Finding, ...]
    scores: Mapping[Dimension, float | None]
    passing: tuple[int, ...]

    @property
    def lasting(self) -> bool:
        """Did no rule ask what day it is? Then the findings stay as they are on every later day."""
        return not self.passing

    @property
    def flawless(self) -> bool:
        """Did something get a value, and nothing less than 1?"""
        return any(f.value is not None for f in self.findings) and not any(
            f.flaw for f in self.findings
        )


def judge_case(case: Case, standards: Standards) -> JudgedCase | None:
    """The case judged by the standards, as known on their day; None if it had not begun."""
    known = as_known(case, standards.now)
    if known is None:
        return None
    reading = Reading(known, standards)
    findings, passing = [], []
    for place, rule in enumerate(standards.rubric.rules):
        reading.timeless = True
        findings.append(RULES[rule.id](reading))
        if not reading.timeless:
            passing.append(place)
    scores = {dimension: _score(findings, of_it) for dimension, of_it in standards.weights.items()}
    return JudgedCase(known, reading, tuple(findings), scores, tuple(passing))


def judge_again(before: JudgedCase, standards: Standards) -> JudgedCase:
    """The same case on another day, by which no more and no less of it had happened.

    Only the rules are asked again that asked what day it is.
    """
    if before.lasting:
        return before
    reading, findings = before.reading.on(standards), list(before.findings)
    scores, rules = dict(before.scores), standards.rubric.rules
    changed = set()
    for place in before.passing:
        findings[place] = RULES[rules[place].id](reading)
        if findings[place].value != before.findings[place].value:
            changed.add(rules[place].dimension)
    for dimension in changed:
        scores[dimension] = _score(findings, standards.weights[dimension])
    return JudgedCase(before.case, reading, tuple(findings), scores, before.passing)


def _score(findings: Sequence[Finding], weights: Iterable[tuple[int, float]]) -> float | None:
    """100 × the weighted mean of the findings that have a value; `weights` by their places."""
    weighed = [
        (weight, value) for place, weight in weights if (value := findings[place].value) is not None
    ]
    if not weighed:
        return None
    total = sum(weight for weight, _ in weighed)
    return 100 * sum(weight * value for weight, value in weighed) / total
