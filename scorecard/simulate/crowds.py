"""An honest burst: an outage makes many people write of one company within days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from scorecard.simulate.assumptions import Length
from scorecard.simulate.cases import tell
from scorecard.simulate.chance import around, chance, pick
from scorecard.simulate.people import newcomer
from scorecard.simulate.setting import Account, Contributor, Quality, Setting
from scorecard.simulate.troubles import troubles
from scorecard.simulate.unfolding import plot_of, unfold
from scorecard.simulate.wording import words

DAYS_UNTIL_ASKED, LATEST = Length(0.8, 0.9), 5
"""Half of those whom an outage hit ask about it within a day, all within five."""
ESTABLISHED = 0.15
"""The share of those who have written before, or will."""
WRITTEN_WHILE_HOT, HOT_DAYS = 0.4, Length(12, 0.5)
"""The share who write while it is going on, and never come back to tell how it ended."""


def outage(
    rng: Random,
    quality: Quality,
    setting: Setting,
    day: date,
    count: int,
    established: Sequence[Contributor] = (),
) -> list[Account]:
    """The cases of `count` people whom an outage on this day hit; each begins within five days.

    They share what happened, where and for how long, and nothing else. Most contributors are new; the
    others are drawn from `established`, or are the setting's own. `day` may not lie after the
    setting's `as_of`; its `first_day` and `last_day` do not matter. Raises ValueError.
    """
    if day > setting.as_of:
        raise ValueError("the outage must not lie after as_of")
    around_here = [pick(rng, range(len(words("en")["places"]))) for _ in range(2)]
    hours = 3 + int(rng.random() * 30)
    return [
        _one(rng, quality, setting, day, (pick(rng, around_here), hours), established)
        for _ in range(count)
    ]


def _one(
    rng: Random,
    quality: Quality,
    setting: Setting,
    day: date,
    where: tuple[int, int],
    established: Sequence[Contributor],
) -> Account:
    begins = min(
        day + timedelta(days=min(LATEST, int(around(rng, *DAYS_UNTIL_ASKED)))), setting.as_of
    )
    end = setting.as_of
    if chance(rng, WRITTEN_WHILE_HOT):
        end = min(end, begins + timedelta(days=round(around(rng, *HOT_DAYS))))
    known = established or (setting.contributor,)
    writer = pick(rng, known) if chance(rng, ESTABLISHED) else newcomer(rng)
    own = replace(setting, first_day=begins, last_day=begins, as_of=end, contributor=writer)
    plot = plot_of(rng, own, troubles("outage")[0])
    place, hours = where
    plot = replace(plot, place=words(plot.language)["places"][place], hours=hours)
    return tell(unfold(rng, quality, own, plot))
