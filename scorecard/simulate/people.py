"""Who writes cases down: most people once, a few of them often, some without a pseudonym."""

from __future__ import annotations

from functools import cache
from random import Random

from scorecard.simulate.chance import chance, leaning, pick
from scorecard.simulate.setting import Contributor

_FIRST = (
    "amber", "blue", "brave", "calm", "clever", "copper", "crimson", "dapper", "early", "fern",
    "gentle", "golden", "grey", "hazel", "humble", "icy", "ivory", "jolly", "keen", "late",
    "lilac", "lucky", "mellow", "misty", "navy", "noble", "olive", "patient", "plain", "proud",
    "quiet", "rapid", "rosy", "rusty", "salty", "silver", "sober", "stout", "sunny", "swift",
    "tidy", "velvet", "violet", "warm", "wild", "witty",
)  # fmt: skip
_SECOND = (
    "acorn", "badger", "beetle", "birch", "bittern", "cedar", "clover", "crane", "cricket",
    "dune", "egret", "falcon", "finch", "fjord", "gull", "harbour", "hare", "heron", "ibis",
    "juniper", "kettle", "lantern", "lapwing", "larch", "magpie", "maple", "marmot", "meadow",
    "newt", "oriole", "otter", "pebble", "plover", "quail", "raven", "reed", "robin", "sparrow",
    "stork", "thistle", "tulip", "vole", "walnut", "weasel", "willow", "windmill", "wren",
)  # fmt: skip
_NAMELESS = 0.1
_REGULARS, _BY_A_REGULAR = 400, 0.25
"""How many people write often, and their share of all cases."""
_ACTIVITY = 2.5
"""How unequally the regulars write: the higher the more come from a few of them."""
_DILIGENCE, _OF_REGULARS, _FIRMNESS = 0.5, 0.75, 3.0
"""The mean diligence of people in general and of regulars, and how alike they are."""


def newcomer(rng: Random) -> Contributor:
    """Somebody who writes for the first time, as a rule under a pseudonym of their own."""
    diligence = leaning(rng, _DILIGENCE, _FIRMNESS)
    if chance(rng, _NAMELESS):
        return Contributor(None, diligence)
    return Contributor(_handle(rng), diligence)


def _handle(rng: Random) -> str:
    return f"{pick(rng, _FIRST)}-{pick(rng, _SECOND)}-{int(rng.random() * 10_000)}"


@cache
def regulars(seed: int) -> tuple[Contributor, ...]:
    """Those who write often in the world of this seed, the busiest first."""
    rng = Random(f"{seed}/regulars")
    return tuple(
        Contributor(_handle(rng), leaning(rng, _OF_REGULARS, _FIRMNESS)) for _ in range(_REGULARS)
    )


def somebody(rng: Random, seed: int) -> Contributor:
    """Who writes the next case down."""
    if not chance(rng, _BY_A_REGULAR):
        return newcomer(rng)
    everybody = regulars(seed)
    return everybody[int(len(everybody) * rng.random() ** _ACTIVITY)]
