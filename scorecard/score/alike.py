"""Is a burst a campaign? Near-duplicates tell, and one-sidedness.

People hit by the same outage write in the same words of the same thing, but each tells what happened
to them: some were helped well, some badly. A campaign tells one story over and over under many names,
or many stories that all end as badly (or as well) as can be, beside a record that does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import quantiles

from msgspec import Struct
from rapidfuzz import fuzz, utils

from scorecard.judge.case import JudgedCase
from scorecard.rubric import Rubric
from scorecard.score.bursts import Burst
from scorecard.score.cases import CompanyCases
from scorecard.score.observation import Observation

_MOST = 200
"""So many cases of a burst are compared, each with each."""
_TELLING = 4
"""Findings with a value from which on it says something that two cases have all of them in common."""


class HeldBurst(Struct, frozen=True):
    """A burst, held to its share of the weight.

    `alike`: the share, 0…1, of its cases that have a near-duplicate among the others. `one_sided`: the
    share that score below nine in ten of the company's other cases, or above, whichever is more.
    `flagged`: so much of either that editors should look.
    """

    burst: Burst
    alike: float
    one_sided: float
    flagged: bool


def held_bursts(cases: CompanyCases, rubric: Rubric) -> list[HeldBurst]:
    """A company's bursts, and which of them look like a campaign."""
    cap = rubric.burst_cap
    found = []
    for burst in cases.weighed.bursts:
        inside = [case.judged for case in cases.cases if case.judged.case.id in burst.cases]
        alike = share_alike(inside, cap.similar)
        lopsided = share_one_sided(cases.weighed.seen, burst, rubric)
        flagged = alike >= cap.alike or lopsided >= cap.one_sided
        found.append(HeldBurst(burst, alike, lopsided, flagged))
    return found


def share_one_sided(seen: Sequence[Observation], burst: Burst, rubric: Rubric) -> float:
    """The share of the burst's cases, 0…1, that lie beyond nine in ten of the others, on one side."""
    known = [(one.case, p) for one in seen if (p := one.points(rubric)) is not None]
    inside = [p for case, p in known if case in burst.cases]
    others = [p for case, p in known if case not in burst.cases]
    if not inside or len(others) < 2:
        return 0.0
    tenths = quantiles(others, n=10, method="inclusive")
    below, above = sum(p < tenths[0] for p in inside), sum(p > tenths[-1] for p in inside)
    return max(below, above) / len(inside)


def share_alike(cases: Sequence[JudgedCase], similar: float) -> float:
    """The share of the cases, 0…1, that have a near-duplicate among the others; of many, the first."""
    looked = cases[:_MOST]
    texts = [utils.default_process(judged.case.own_words) for judged in looked]
    findings = [_findings(judged) for judged in looked]
    doubled: set[int] = set()
    for i, j in combinations(range(len(looked)), 2):
        if {i, j} <= doubled:
            continue
        same = bool(findings[i]) and findings[i] == findings[j]
        if same or fuzz.token_sort_ratio(texts[i], texts[j], score_cutoff=100 * similar):
            doubled |= {i, j}
    return len(doubled) / len(looked) if looked else 0.0


def _findings(judged: JudgedCase) -> tuple[float | None, ...]:
    """What the rules found, where it is much; empty where it is too little to compare."""
    values = tuple(finding.value for finding in judged.findings)
    return values if sum(value is not None for value in values) >= _TELLING else ()
