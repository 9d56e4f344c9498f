"""What a story is told of and by whom: the truth about a company, a contributor, the frame."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct


class Quality(Struct, frozen=True):
    """How well a company really serves people, each part from 0 (never) to 1 (always).

    `responsiveness`, `follow_through` and `refunds` each drive mostly the case score of their own
    dimension, `responsiveness`, `follow_through` and `refund_friction`, whose mean over many cases
    rises with it. Raises ValueError outside 0…1.
    """

    responsiveness: float
    follow_through: float
    refunds: float

    def __post_init__(self) -> None:
        for part in self.__struct_fields__:
            if not 0 <= getattr(self, part) <= 1:
                raise ValueError(f"{part} must lie in 0…1")


class Contributor(Struct, frozen=True):
    """Who writes a case down. `handle` is a pseudonym, or None where the case names nobody.

    `diligence`, 0…1, decides how exact the dates are, how good the evidence, and how much of the
    details is told at all. It has nothing to do with how the case went. Raises ValueError outside 0…1.
    """

    handle: str | None
    diligence: float

    def __post_init__(self) -> None:
        if not 0 <= self.diligence <= 1:
            raise ValueError("diligence must lie in 0…1")


class Setting(Struct, frozen=True):
    """The frame of a story.

    `company` is a slug, `sector` one of `sectors.yaml`, `country` ISO 3166 or None. The first of
    `languages` is the site's own, of which a case says nothing; each is 'en' or 'nl'. A case begins
    from `first_day` up to and including `last_day`. The contributor wrote down what had happened up
    to and including `as_of`; nothing later is in the file. Raises ValueError where the three days are
    not in this order.
    """

    company: str
    sector: str
    country: str | None
    languages: tuple[str, ...]
    first_day: date
    last_day: date
    as_of: date
    contributor: Contributor

    def __post_init__(self) -> None:
        if not self.first_day <= self.last_day <= self.as_of:
            raise ValueError("first_day, last_day and as_of must be in this order")
        if not self.languages or not set(self.languages) <= {"en", "nl"}:
            raise ValueError("the stock of words is in 'en' and 'nl'")


class Account(Struct, frozen=True):
    """One story twice, as nested text: what `case_text` writes and `CaseLog` accepts.

    `full` is all that happened, to its end, with every time exact to the minute; it may reach beyond
    `Setting.as_of`. `told` is what the contributor wrote: what had happened by then, as exactly and
    as completely as this contributor tells it.
    """

    full: dict[str, Any]
    told: dict[str, Any]
