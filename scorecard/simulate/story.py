"""A story while it unfolds: its frame, how the company's quality fell out in it, its events."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from msgspec import Struct, field
from msgspec.structs import astuple

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.assumptions import Ends
from scorecard.simulate.chance import chance, leaning
from scorecard.simulate.setting import Quality, Setting
from scorecard.simulate.troubles import Trouble

Happening = dict[str, Any]
"""An event of a case with its keys. Moments are `datetime`s here, everything else is text already."""


class Plot(Struct, frozen=True):
    """What the case is about. `amount` is in euros; None where no money is at stake.

    Those whom one outage hit share its `place` and its `hours`; else they are None.
    """

    trouble: Trouble
    wanted: str
    amount: float | None
    language: str
    product: bool = False
    place: str | None = None
    hours: int | None = None

    @property
    def about_money(self) -> bool:
        """Is the money itself, or a new product, what the customer wants?"""
        return self.wanted in ("refund", "replacement")


class Story(Struct):
    """What has happened so far. `course` is the company's quality as it fell out in this case."""

    rng: Random
    setting: Setting
    course: Quality
    plot: Plot
    happenings: list[Happening] = field(default_factory=list)

    def happens(self, event: str, at: datetime, **keys: Any) -> Happening:
        """Adds an event; keys that are None are left out."""
        told = {key: value for key, value in keys.items() if value is not None}
        self.happenings.append({"at": at, "event": event, **told})
        return self.happenings[-1]

    def chance(self, probability: float) -> bool:
        """Does it happen, with this probability?"""
        return chance(self.rng, probability)

    def responsive(self, ends: Ends) -> bool:
        """Does it happen, with the probability at this responsiveness?"""
        return self.chance(ends.at(self.course.responsiveness))

    def follows(self, ends: Ends) -> bool:
        """Does it happen, with the probability at this follow-through?"""
        return self.chance(ends.at(self.course.follow_through))

    def refunds(self, ends: Ends) -> bool:
        """Does it happen, with the probability at this way of giving money back?"""
        return self.chance(ends.at(self.course.refunds))

    def in_order(self) -> list[Happening]:
        """The events in order of time; those of one minute as they were added."""
        return sorted(self.happenings, key=lambda happening: happening["at"])


def fallen_out(rng: Random, quality: Quality) -> Quality:
    """A company's quality as it falls out in one case: often near one of the ends."""
    return Quality(*(leaning(rng, part, assumed.FIRMNESS) for part in astuple(quality)))


def euros(amount: float) -> str:
    """An amount as the format wants it."""
    return f"{amount:.2f} EUR"
