"""Settings and cases that the tests of the simulation share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from random import Random
from typing import Any

from scorecard.model import Case
from scorecard.simulate.cases import invent_case
from scorecard.simulate.setting import Account, Contributor, Quality, Setting
from tests.support.build import make_case

AS_OF = date(2026, 6, 30)
SECTORS = (
    "telecom", "supermarkets", "public-bodies", "airlines", "credit-cards", "pharmacies", "brokers",
    "shops", "software", "food-and-drink",
)  # fmt: skip


def setting(
    sector: str = "telecom",
    as_of: date = AS_OF,
    diligence: float = 0.5,
    first_day: date = date(2023, 7, 1),
    last_day: date | None = None,
) -> Setting:
    """Three years of cases in this sector."""
    writer = Contributor("blue-heron", diligence)
    last = last_day or min(as_of, date(2026, 5, 1))
    return Setting("acme", sector, "NL", ("en", "nl"), first_day, last, as_of, writer)


def invented(number: int, quality: float = 0.5, **keys: Any) -> Account:
    """A case of a company that is equally good at everything; another one for each number."""
    sector = SECTORS[number % len(SECTORS)]
    diligence = keys.pop("diligence", number % 11 / 10)
    frame = setting(sector, diligence=diligence, **keys)
    rng = Random(f"{quality}/{number}")
    return invent_case(rng, Quality(quality, quality, quality), frame)


def as_case(log: dict[str, Any]) -> Case:
    """The invented log through the reader's types."""
    return make_case(log["timeline"], **{k: v for k, v in log.items() if k != "timeline"})


def alike(cases: Iterable[Account]) -> list[float]:
    """How alike the words of each pair are, title and summary, 0…1, the least alike first."""
    texts = [words(told).split() for told in cases]
    pairs = combinations(texts, 2)
    return sorted(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs)


def words(told: Account) -> str:
    """Title and summary."""
    return f"{told.told['title']} {told.told.get('summary', '')}"
