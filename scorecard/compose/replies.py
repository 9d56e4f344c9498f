"""The clock of the replies that a company was asked for: one case's, and all of a company's together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from scorecard.model import Case
from scorecard.score.survival import kaplan_meier

_LEVEL = 0.9
"""Of the curve's intervals, of which nothing is told: a median is the same at every level."""


class Clock(Struct, frozen=True):
    """Calendar days from the day a company was asked to its reply, or to the day of the scores."""

    days: int
    answered: bool


class Replies(Struct, frozen=True):
    """How a company deals with being asked for its reply.

    `asked`: about how many cases; `answered`: how many of these; `unasked`: replies to cases about which
    it was not asked, as far as is told. `median`: days until half had an answer, those who wait still
    included; None while more than half wait. `longest`: days of the longest wait that is not over.
    """

    asked: int
    answered: int
    unasked: int
    median: float | None
    longest: int | None


def heard(case: Case) -> bool:
    """Has the company told its side of the case?"""
    return bool(case.reply and case.reply.text)


def asked_or_heard(case: Case) -> bool:
    """Was the company asked for its side of the case, or has it told it unasked?"""
    return heard(case) or bool(case.reply and case.reply.asked)


def clock(case: Case, as_of: date) -> Clock | None:
    """The clock of a case; None where the company was not asked by that day.

    Of a coarse time the first day counts.
    """
    reply = case.reply
    if not reply or not reply.asked or (asked := reply.asked.first.date()) > as_of:
        return None
    if reply.at and reply.at.first.date() <= as_of:
        return Clock((reply.at.first.date() - asked).days, True)
    return Clock((as_of - asked).days, False)


def replies(cases: Iterable[Case], as_of: date) -> Replies:
    """The clocks of many cases together; withdrawn ones do not count."""
    scored = [case for case in cases if case.scored]
    clocks = [one for case in scored if (one := clock(case, as_of))]
    unasked = sum(heard(c) and not (c.reply and c.reply.asked) for c in scored)
    waiting = [one.days for one in clocks if not one.answered]
    curve = kaplan_meier([(float(one.days), one.answered) for one in clocks], _LEVEL)
    return Replies(
        len(clocks),
        len(clocks) - len(waiting),
        unasked,
        curve.median if clocks else None,
        max(waiting, default=None),
    )
