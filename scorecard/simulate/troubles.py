"""What can go wrong, and the words for it, from the stock beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from msgspec import Struct

from scorecard.simulate.chance import chance, pick

STOCK = Path(__file__).with_name("stock")
LANGUAGES = ("en", "nl")
_ANYWHERE = 0.12
"""The share of cases that could have happened in any sector."""


class Words(Struct, frozen=True):
    """How one language tells of a trouble. `{thing}`, `{place}`, `{when}`, `{hours}` are left open."""

    things: tuple[str, ...]
    titles: tuple[str, ...]
    said: tuple[str, ...]


class Trouble(Struct, frozen=True):
    """A kind of trouble: what solves it, whether money may be at stake, whether it can be repaired."""

    key: str
    wanted: tuple[str, ...]
    money: bool
    fixable: bool
    words: Mapping[str, Words]


@cache
def stock(name: str) -> Any:
    """A file of the stock, as nested text."""
    text = (STOCK / f"{name}.yaml").read_text("utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506 (makes texts only)


@cache
def troubles(sector: str) -> tuple[Trouble, ...]:
    """The troubles of a sector; none where the stock does not know it."""
    return tuple(_trouble(key, told) for key, told in stock("troubles").get(sector, {}).items())


def _trouble(key: str, told: Mapping[str, Any]) -> Trouble:
    words = {
        language: Words(*(tuple(told[language][part]) for part in ("things", "titles", "said")))
        for language in LANGUAGES
    }
    flags = (told.get("money") == "yes", told.get("fixable") == "yes")
    return Trouble(key, tuple(told["wanted"]), *flags, words)


def some_trouble(rng: Random, sector: str) -> Trouble:
    """One of the sector's troubles, or one that can happen anywhere."""
    own = troubles(sector)
    if own and not chance(rng, _ANYWHERE):
        return pick(rng, own)
    return pick(rng, troubles("anywhere"))
