"""How much a company's score hangs on single cases, people and sources, and how far one can move it."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum

from msgspec import Struct
from msgspec.structs import replace

from scorecard.score.bursts import find_bursts
from scorecard.score.observation import Observation, invented
from scorecard.score.rescored import Own

TRIED = 30
"""Where caps hold, each case left out is weighing all anew; so of more than thrice as many, those that pull
hardest on either side and those that carry the most are tried."""


class Range(Struct, frozen=True):
    """The lowest and the highest overall score, points, and what was left out for each."""

    low: float
    high: float
    low_without: str
    high_without: str


class Fragility(Struct, frozen=True):
    """The overall score with one case, one contributor or one kind of source left out, or unweighed.

    None where there is no second one, so that nothing would be left. Points.
    """

    case: Range | None
    contributor: Range | None
    source: Range | None
    equal_weights: float

    @property
    def low(self) -> float:
        """The lowest of all."""
        ranges = [r.low for r in (self.case, self.contributor, self.source) if r]
        return min([*ranges, self.equal_weights])

    @property
    def high(self) -> float:
        """The highest of all."""
        ranges = [r.high for r in (self.case, self.contributor, self.source) if r]
        return max([*ranges, self.equal_weights])


class Influence(Struct, frozen=True):
    """How far the overall score moves, points: without the one contributor who matters most, and by a
    campaign of as many fabricated cases as the rubric says, all at once, from new contributors."""

    contributor: float | None
    campaign: float


def fragility(rescored: Own) -> Fragility | None:
    """The company's fragility; None without a score."""
    equal = rescored.score(rescored.sums([1.0] * len(rescored.seen)))
    if equal is None:
        return None
    return Fragility(
        _without_each(rescored, equal, lambda one: one.case),
        _without_each(rescored, equal, lambda one: one.contributor),
        _without_each(rescored, equal, lambda one: one.source),
        equal,
    )


def _without_each(
    rescored: Own, mean: float, key: Callable[[Observation], str | None]
) -> Range | None:
    """The range of the score with all observations of one key left out."""
    groups: dict[str, list[int]] = {}
    for i, one in enumerate(rescored.seen):
        if (name := key(one)) is not None:
            groups.setdefault(name, []).append(i)
    names = list(groups)
    if len(names) > 3 * TRIED and not rescored.free:
        names = _hardest(groups, rescored, mean)
    found = [
        (score, name) for name in names if (score := rescored.without(groups[name])) is not None
    ]
    if not found:
        return None
    low, high = min(found), max(found)
    return Range(low[0], high[0], low[1], high[1])


def _hardest(groups: dict[str, list[int]], rescored: Own, mean: float) -> list[str]:
    """The names whose observations pull the hardest, on either side, and those that carry the most."""
    pulls = {
        name: fsum(
            rescored.base[i] * (points - mean)
            for i in own
            if (points := rescored.seen[i].points(rescored.rubric)) is not None
        )
        for name, own in groups.items()
    }
    weights = {name: fsum([rescored.base[i] for i in own]) for name, own in groups.items()}
    names = sorted(pulls, key=lambda name: (pulls[name], name))
    heaviest = sorted(weights, key=lambda name: (-weights[name], name))
    return sorted({*names[:TRIED], *names[-TRIED:], *heaviest[:TRIED]})


def influence(rescored: Own, fragile: Fragility) -> Influence:
    """How far one contributor and a campaign move a company that has a score."""
    company, rubric = rescored.company, rescored.rubric
    cap, today = rubric.burst_cap, company.now.as_of.toordinal()
    now = rescored.score(rescored.sums_now) or 0.0
    arrivals = replace(company.arrivals, added=(today,) * cap.campaign)
    added = invented(cap.campaign, today, 0.0, rubric)
    bursts = find_bursts([*company.now.seen, *added], arrivals, cap)
    campaign = rescored.and_more(added, bursts)
    weights = campaign.caps.hold(campaign.base)
    theirs, sums = sum(weights[-cap.campaign :]), campaign.sums(weights)
    scores = [campaign.score([(w, wx + theirs * points) for w, wx in sums]) for points in (0, 100)]
    moved = [abs((now if after is None else after) - now) for after in scores]
    one = fragile.contributor
    return Influence(max(abs(one.low - now), abs(one.high - now)) if one else None, max(moved))
