"""A whole invented world: companies, and who tells what of them, outages and campaigns among it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Literal

from msgspec import Struct

from scorecard.simulate.assumptions import Length
from scorecard.simulate.campaign import campaign
from scorecard.simulate.cases import invent_case
from scorecard.simulate.chance import around, chance
from scorecard.simulate.crowds import outage
from scorecard.simulate.market import (
    END,
    FIRST_DAY,
    LAST_DAY,
    Burst,
    InventedCompany,
    invent_companies,
    random_for,
)
from scorecard.simulate.people import regulars, somebody
from scorecard.simulate.setting import Account, Contributor, Setting
from scorecard.simulate.troubles import LANGUAGES

_ABANDONED, _ABANDONED_DAYS = 0.06, Length(25, 0.8)
"""The share of cases written down while they went on and never taken up again, and how far they are told."""

Origin = Literal["ordinary", "outage", "campaign"]


class InventedCase(Struct, frozen=True):
    """A case with its place, and what it was: ordinary, of an outage, or of a campaign."""

    company: str
    slug: str
    told: Account
    origin: Origin

    @property
    def id(self) -> str:
        """`<company>/<slug>`."""
        return f"{self.company}/{self.slug}"


class World(Struct, frozen=True):
    """Companies. Their cases are invented when they are asked for, the same every time."""

    seed: int
    companies: tuple[InventedCompany, ...]

    def cases(self) -> Iterator[InventedCase]:
        """All cases, company by company."""
        for index in range(len(self.companies)):
            yield from self.cases_of(index)

    def cases_of(self, index: int) -> Iterator[InventedCase]:
        """The cases of the company at this position: ordinary ones first, then those of its burst."""
        company = self.companies[index]
        burst = company.burst
        ordinary = company.cases - (burst.count if burst else 0)
        for number in range(1, ordinary + 1):
            rng = random_for(self.seed, index, number)
            told = invent_case(rng, company.quality, _setting(rng, self.seed, company))
            yield _case(company, number, told, "ordinary")
        if burst is None:
            return
        origin: Origin = "campaign" if burst.skill else "outage"
        rng = random_for(self.seed, index, origin)
        for number, told in enumerate(_burst(rng, self.seed, company, burst), ordinary + 1):
            yield _case(company, number, told, origin)


def invent_world(seed: int, companies: int, cases: int) -> World:
    """A world of so many companies with so many cases between them.

    Raises ValueError for less than one company, or fewer cases than companies.
    """
    if not 1 <= companies <= cases:
        raise ValueError("there must be a company at least, and a case for each")
    return World(seed, invent_companies(seed, companies, cases))


def _setting(rng: Random, seed: int, company: InventedCompany) -> Setting:
    begins = FIRST_DAY + timedelta(days=int(rng.random() * ((LAST_DAY - FIRST_DAY).days + 1)))
    end = END
    if chance(rng, _ABANDONED):
        end = min(END, begins + timedelta(days=round(around(rng, *_ABANDONED_DAYS))))
    return _frame(company, begins, end, somebody(rng, seed))


def _frame(company: InventedCompany, begins: date, end: date, writer: Contributor) -> Setting:
    country = company.file.get("country")
    return Setting(company.slug, company.sector, country, LANGUAGES, begins, begins, end, writer)


def _burst(rng: Random, seed: int, company: InventedCompany, burst: Burst) -> list[Account]:
    setting = _frame(company, burst.day, END, somebody(rng, seed))
    if burst.skill:
        return campaign(rng, setting, burst.day, burst.count, burst.skill)
    return outage(rng, company.quality, setting, burst.day, burst.count, regulars(seed))


def _case(company: InventedCompany, number: int, told: Account, origin: Origin) -> InventedCase:
    began = told.full["timeline"][0]["at"][:4]
    return InventedCase(company.slug, f"{told.told['wanted']}-{began}-{number}", told, origin)
