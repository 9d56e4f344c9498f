"""What a rule answers: a value, or why there is none, in one sentence, with its events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, NamedTuple, Union

from scorecard.values import Duration, Money, Time

State = Literal["judged", "not-applicable", "unknown"]
Value = Union["Reason", Mapping[str, str], str, int, float, Money, Time, Duration, date]
"""A mapping is a text that the editors gave in each language."""


class Reason(NamedTuple):
    """A sentence that is not yet in any language: an English template and what fills it.

    `plural` is the template for other counts than one of `values["n"]`. Names in the template that
    end in `_hours` are working hours, in `_days` days; the one who renders it words them.
    """

    text: str
    values: Mapping[str, Value]
    plural: str | None = None


class Finding(NamedTuple):
    """The answer of one rule to one case.

    `value` lies in 0…1 where `state` is 'judged' and is None otherwise. `events` are positions in
    the case's timeline, from 0.
    """

    rule: str
    state: State
    value: float | None
    reason: Reason
    events: tuple[int, ...]

    @property
    def flaw(self) -> bool:
        """Was something short of perfect?"""
        return self.value is not None and self.value < 1


def say(text: str, **values: Value) -> Reason:
    """A sentence to be translated."""
    return Reason(text, values)


def say_n(singular: str, plural: str, n: int, **values: Value) -> Reason:
    """A sentence to be translated, by the count `n`."""
    return Reason(singular, {"n": n, **values}, plural)


def judged(rule: str, value: float, reason: Reason, events: Iterable[int]) -> Finding:
    """A finding with a value, held to 0…1."""
    return Finding(rule, "judged", min(1.0, max(0.0, value)), reason, tuple(sorted(set(events))))


def not_applicable(rule: str, reason: Reason, events: Iterable[int] = ()) -> Finding:
    """The question does not arise in this case, or not yet."""
    return Finding(rule, "not-applicable", None, reason, tuple(sorted(set(events))))


def unknown(rule: str, reason: Reason, events: Iterable[int] = ()) -> Finding:
    """The question arises, and the case does not tell."""
    return Finding(rule, "unknown", None, reason, tuple(sorted(set(events))))


def halving(beyond: float, norm: float) -> float:
    """1 up to the norm, then half for every further norm; `beyond` is what exceeds it."""
    return 1.0 if beyond <= 0 else float(2 ** -min(beyond / norm, 1000))
