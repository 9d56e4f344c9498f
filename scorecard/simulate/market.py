"""The companies of an invented world: their sectors, names, true qualities, and numbers of cases."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from scorecard.simulate.campaign import Skill
from scorecard.simulate.chance import chance, normal, weighted
from scorecard.simulate.names import invent_name
from scorecard.simulate.setting import Quality

FIRST_DAY, LAST_DAY, END = date(2023, 7, 1), date(2026, 6, 23), date(2026, 6, 30)
"""Cases begin from the first to the second of these; what came after `END` is not known."""
_SECTORS: Mapping[str, float] = {
    "telecom": 15, "shops": 18, "supermarkets": 8, "airlines": 8, "public-bodies": 10, "credit-cards": 8,
    "software": 11, "pharmacies": 7, "brokers": 6, "food-and-drink": 9,
}  # fmt: skip
_COUNTRIES: Mapping[str, float] = {"NL": 70, "BE": 10, "DE": 8, "IE": 6, "FR": 6}
_MEAN, _OF_SECTORS, _OF_COMPANIES, _OF_PARTS = 0.6, 0.1, 0.14, 0.1
"""Qualities: the mean of all, and the standard deviations of sectors, of a sector's companies, and of the
three parts of one company's quality."""
_LEAST, _MOST = 0.03, 0.97
_RATIO = 250
"""Few companies have most cases, about as 1 ÷ rank; the busiest has hardly more than so many times the
usual number."""
_OUTAGES, _OUTAGE_FROM, _IN_OUTAGE, _LARGEST_OUTAGE = 0.5, 8, 0.25, 30
"""The share of companies with an outage, of those with at least so many cases; what part of the cases
is about it, at most so many."""
_SKILLS: tuple[Skill, ...] = ("paraphrased", "distinct")
_CAMPAIGNS_FROM = (20, 60)
"""Worlds of so many companies have one campaign, and two."""
_IN_CAMPAIGN, _LARGEST_CAMPAIGN = 0.25, 25
_TARGETS_AMONG = 0.1
"""Campaigns are against companies that many write about: the busiest tenth."""


class Burst(Struct, frozen=True):
    """The last `count` cases of a company are of this burst, which begins on `day`.

    `skill` is that of a campaign, and None of an outage, which is honest.
    """

    day: date
    count: int
    skill: Skill | None


class InventedCompany(Struct, frozen=True):
    """A company with its file, the truth about it, and how many cases there are of it.

    The cases of its `burst`, if it had one, are among these.
    """

    slug: str
    file: Mapping[str, Any]
    quality: Quality
    cases: int
    burst: Burst | None = None

    @property
    def sector(self) -> str:
        """The slug of its sector."""
        return str(self.file["sector"])


def random_for(seed: int, *parts: object) -> Random:
    """A generator of its own for what must not depend on anything else; seeding by text is stable."""
    return Random("/".join(map(str, (seed, *parts))))


def invent_companies(seed: int, companies: int, cases: int) -> tuple[InventedCompany, ...]:
    """So many companies with so many cases between them, at least one each.

    More of either change neither the names nor the qualities of those that are there already.
    """
    counts = _counts(seed, companies, cases)
    slugs: list[str] = []
    invented = [_company(seed, index, count, slugs) for index, count in enumerate(counts)]
    for target, skill in zip(_targets(seed, counts), _SKILLS, strict=False):
        rng = random_for(seed, "campaign", skill)
        burst = Burst(
            _some_day(rng, 90), _size(counts[target], _IN_CAMPAIGN, _LARGEST_CAMPAIGN), skill
        )
        invented[target] = replace(invented[target], burst=burst)
    return tuple(invented)


def _counts(seed: int, companies: int, cases: int) -> list[int]:
    """The cases of each company, which add up: one each, and the rest by drawn weights."""
    drawn = [random_for(seed, i, "size").random() for i in range(companies)]
    weights = [1 / (share + 1 / _RATIO) - 1 / (1 + 1 / _RATIO) for share in drawn]
    total = sum(weights)
    shares = [weight / total * (cases - companies) for weight in weights]
    counts = [math.floor(share) for share in shares]
    by_rest = sorted(range(companies), key=lambda i: (counts[i] - shares[i], i))
    for i in by_rest[: cases - companies - sum(counts)]:
        counts[i] += 1
    return [1 + count for count in counts]


def _company(seed: int, index: int, cases: int, slugs: list[str]) -> InventedCompany:
    """The company at this position; adds its slug, and an earlier one if it has one, to `slugs`."""
    rng = random_for(seed, index)
    sector = weighted(rng, _SECTORS)
    name, slug = _unused_name(rng, sector, slugs)
    file: dict[str, Any] = {"name": name, "sector": sector, "country": weighted(rng, _COUNTRIES)}
    if chance(rng, 0.8):
        file["website"] = f"https://{slug.removeprefix('invented-')}.example/"
    if chance(rng, 0.5):
        file["since"] = str(1950 + int(rng.random() * 74))
    if index and chance(rng, 0.02):
        file["part_of"] = slugs[0]
    if chance(rng, 0.03):
        file["known_as"] = [_unused_name(rng, sector, slugs)[1]]
    if chance(rng, 0.4):
        file["customers"] = str(round(10 ** (3 + 3.5 * rng.random()), -2)).removesuffix(".0")
    quality = _quality(rng, seed, sector)
    burst = None
    if cases >= _OUTAGE_FROM and chance(rng, _OUTAGES):
        burst = Burst(_some_day(rng, 30), _size(cases, _IN_OUTAGE, _LARGEST_OUTAGE), None)
    return InventedCompany(slug, file, quality, cases, burst)


def _unused_name(rng: Random, sector: str, slugs: list[str]) -> tuple[str, str]:
    name, slug = invent_name(rng, sector)
    while slug in slugs:
        name, slug = invent_name(rng, sector)
    slugs.append(slug)
    return name, slug


def _quality(rng: Random, seed: int, sector: str) -> Quality:
    of_sector = normal(random_for(seed, "sector", sector), _MEAN, _OF_SECTORS)
    own = normal(rng, of_sector, _OF_COMPANIES)
    parts = [min(_MOST, max(_LEAST, normal(rng, own, _OF_PARTS))) for _ in range(3)]
    return Quality(*(round(part, 3) for part in parts))


def _some_day(rng: Random, before_end: int) -> date:
    """A day in the last two years, at least so many days before the end."""
    last = END - timedelta(days=before_end)
    return last - timedelta(days=int(rng.random() * 700))


def _size(cases: int, share: float, most: int) -> int:
    return min(most, math.ceil(cases * share))


def _targets(seed: int, counts: Sequence[int]) -> list[int]:
    """The positions of the companies that campaigns are against."""
    number = sum(len(counts) >= least for least in _CAMPAIGNS_FROM)
    by_size = sorted(range(len(counts)), key=lambda i: (-counts[i], i))
    among = by_size[: max(number + 1, int(len(counts) * _TARGETS_AMONG))]
    rng = random_for(seed, "targets")
    return [among.pop(int(rng.random() * len(among))) for _ in range(number)]
