"""How long people wait: for a human answer, and for their money. Who still waits is never dropped."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from scorecard.judge.money import MoneyWait, asked_at, money_wait, rightly_refused, settled
from scorecard.judge.reading import Reading, by_human
from scorecard.score.cases import CompanyCases
from scorecard.score.survival import Survival, kaplan_meier

_BEFORE = math.nextafter(1, 0)


class ReplyTime(Struct, frozen=True):
    """Time to a human answer, in working hours, with those who still wait.

    `within_norm` is the share answered within the norm of its channel, 0…1, with its interval; None
    where of nobody it is known, as nobody was answered and no norm has passed. `open`: how many have
    no answer at all yet. `untold`: how many more cannot be timed; only the interval counts with them.
    """

    hours: Survival
    within_norm: float | None
    within_low: float
    within_high: float
    open: int
    untold: int


class MoneyBack(Struct, frozen=True):
    """Days from asking for the money (or the wanted new product) to its being there, all days counted.

    `within_term` is the share that came within the term of its case, 0…1, with its interval: the
    legal term or the norm, and the time of a kept promise is not counted. None where of nobody it is
    known, as nothing came and no term has passed. `open`: how many still wait. `untold`: how many more
    cannot be timed; only the interval counts with them.
    """

    days: Survival
    within_term: float | None
    within_low: float
    within_high: float
    open: int
    untold: int


def reply_time(cases: CompanyCases, level: float) -> ReplyTime | None:
    """Kaplan–Meier over each first contact of a wait; None where nothing is timed.

    Who was answered by a machine is counted as still waiting then.
    """
    waits = [
        (case.judged, wait) for case in cases.cases for wait in case.judged.reading.first_waits
    ]
    timed = [(j, wait, wait.hours) for j, wait in waits if wait.hours is not None]
    if not timed:
        return None
    answered = [
        wait.answer is not None and by_human(judged.reading.timeline[wait.answer])
        for judged, wait, _ in timed
    ]
    hours = kaplan_meier(zip((h for _, _, h in timed), answered, strict=True), level)
    norms = list(zip((h / wait.norm for _, wait, h in timed), answered, strict=True))
    still = sum(wait.answer is None for _, wait, _ in timed)
    untold = len(waits) - len(timed)
    return ReplyTime(hours, *in_time(norms, untold, level), still, untold)


def money_back(cases: CompanyCases, level: float) -> MoneyBack | None:
    """Kaplan–Meier over the cases in which money was asked for; None where none of them is timed.

    The days are those that `money_back_in_time` names in its reasons, and `within_term` asks of a case
    what that rule does; the two speak of the same cases. Money that is granted and not there, not
    decided on, or refused without its being told that this was right, is awaited still, up to the day of
    judgement. Money that was rightly refused was not due: its case is left out.

    Untold are money or a question for it of which the time is not known well enough, and what the
    customer calls solved without telling of money. They are neither there nor awaited: to count what
    came as awaited would say that it did not, and to count it as there would guess when.
    """
    readings = [case.judged.reading for case in cases.cases]
    asks = [(r, ask) for r in readings if (ask := asked_at(r)) is not None]
    due = [(reading, ask) for reading, ask in asks if not rightly_refused(reading)]
    waits = [wait for reading, ask in due if (wait := _timed(reading, ask))]
    if not waits:
        return None
    days = kaplan_meier([(wait.taken, wait.there is not None) for wait in waits], level)
    terms = [(1 + wait.late / wait.term, wait.there is not None) for wait in waits]
    untold = len(due) - len(waits)
    still = sum(wait.there is None for wait in waits)
    return MoneyBack(days, *in_time(terms, untold, level), still, untold)


def _timed(reading: Reading, ask: int) -> MoneyWait | None:
    wait = money_wait(reading, ask)
    return None if wait and wait.there is None and settled(reading) else wait


def in_time(
    waits: Sequence[tuple[float, bool]], untold: int, level: float
) -> tuple[float | None, float, float]:
    """The share that was over within its norm, with its interval, 0…1; `waits` are in norms.

    Who waits just as long as the norm may still be in time. The share is of those that are timed; None
    where of none it is known. Time is told of those who wait but often not of those who no longer do,
    so that the share may be far off; the interval holds whether all the `untold` were in time or none
    (worst-case bounds: Manski, American Economic Review 80, 1990).
    """
    timed = [(_BEFORE if time == 1 and not done else time, done) for time, done in waits]
    curve = kaplan_meier(timed, level)
    share = 1 - curve.at(1).waiting if curve.known(1) else None
    curves = [curve]
    if untold:
        curves += [kaplan_meier([*timed, *[(t, True)] * untold], level) for t in (0.0, math.inf)]
    ends = [curve.at(1) for curve in curves]
    return share, 1 - max(end.high for end in ends), 1 - min(end.low for end in ends)
