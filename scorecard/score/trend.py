"""The same scores as of each month's end.

While nothing more of a case happens, only those rules are asked again that looked at the calendar. When
all of it is surely over, waiting only ever makes it worse, so that one which already read then as it does
later did so all the time between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from msgspec import Struct

from scorecard.judge.case import JudgedCase, judge_again, judge_case
from scorecard.model import Case, Company
from scorecard.parallel import Jobs, in_parts, shared
from scorecard.rubric import DIMENSIONS, Rubric, Sector
from scorecard.score.estimate import Score
from scorecard.score.observation import Observation, observe, rule_weights
from scorecard.score.standing import snapshot, standing
from scorecard.standards import Standards

_NOTHING = 1e-9
"""Points by which a judgement may change without having changed: what is left of a long wait."""


class TrendPoint(Struct, frozen=True):
    """What a company's page would have said on that day, of the cases that are known now."""

    as_of: date
    overall: Score
    grade: str | None


def month_ends(as_of: date, count: int) -> list[date]:
    """The last `count` month's ends up to `as_of`, the earliest first."""
    ends = []
    day = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    for _ in range(count):
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return ends[::-1]


class LookBack(Struct, frozen=True):
    """What trends are made from: the companies, all cases that are scored, `today` the same judged on the day
    of the scores (less those not yet begun), and the `days` to look at."""

    companies: Mapping[str, Company]
    sectors: Mapping[str, Sector]
    cases: Mapping[str, Sequence[Case]]
    today: Mapping[str, Sequence[JudgedCase]]
    rubric: Rubric
    days: Sequence[date]


def trends(known: LookBack, jobs: Jobs = 1) -> dict[str, list[TrendPoint]]:
    """The trend of every company; days on which it had no score are left out."""
    slugs = list(known.companies)
    parts = in_parts(slugs)
    seen = dict(zip(slugs, chain(*shared(_looked_back, known, parts, jobs)), strict=True))
    points: dict[str, list[TrendPoint]] = {slug: [] for slug in slugs}
    days = range(len(known.days))
    for of_day in shared(_on, (known, seen), days, jobs if len(parts) > 1 else 1):
        for slug, point in of_day.items():
            points[slug].append(point)
    return points


Seen = list[list[Observation]]
"""For each day a company's observations."""


def _looked_back(known: LookBack, slugs: Sequence[str]) -> list[Seen]:
    """What the cases of these companies said on each day."""
    weights = rule_weights(known.rubric)
    found = []
    for slug in slugs:
        company = known.companies[slug]
        sector = known.sectors[company.sector]
        days = [Standards(known.rubric, sector, company, day) for day in known.days]
        today = {judged.case.slug: judged for judged in known.today[slug]}
        rows = [
            _Past(case, today[case.slug], days, weights).row()
            for case in known.cases[slug]
            if case.slug in today
        ]
        found.append([[one for row in rows if (one := row[i])] for i in range(len(known.days))])
    return found


def _on(look_back_and_seen: tuple[LookBack, Mapping[str, Seen]], i: int) -> dict[str, TrendPoint]:
    """The companies that had a score on the day with this number."""
    known, seen = look_back_and_seen
    day = known.days[i]
    own = {slug: days[i] for slug, days in seen.items()}
    then = snapshot(known.companies, own, known.rubric, day)
    found = {}
    for slug, cases in then.companies.items():
        result = standing(cases, then.others[slug], known.rubric)
        if result.overall:
            found[slug] = TrendPoint(day, result.overall, result.grade)
    return found


class _Past:
    """What one case said on each of the days, the earliest first."""

    def __init__(
        self, case: Case, today: JudgedCase, days: Sequence[Standards], weights: Sequence[float]
    ) -> None:
        self.days = days
        self._case = case
        self._weights = weights
        self._times = sorted(time.first for time in case.times)
        self._judged: dict[int, JudgedCase | None] = {
            self._happened(today.reading.standards): today
        }

    def row(self) -> list[Observation | None]:
        """The case as an observation on each day; None before it had begun."""
        over = max((time.last.date() for time in self._case.times), default=date.min)
        before = sum(standards.as_of < over for standards in self.days)
        return [self._on(i) for i in range(before)] + self._between(before, len(self.days) - 1, {})

    def _between(
        self, first: int, last: int, known: dict[int, Observation | None]
    ) -> list[Observation | None]:
        """From the first day to the last, all after it was over: judged only where the ends differ."""
        if first > last:
            return []
        for i in (first, last):
            if i not in known:
                known[i] = self._on(i)
        if _same(known[first], known[last]):
            return [known[last]] * (last - first + 1)
        middle = (first + last) // 2
        return self._between(first, middle, known) + self._between(middle + 1, last, known)

    def _on(self, day: int) -> Observation | None:
        """The case judged as it was known on that day."""
        standards = self.days[day]
        happened = self._happened(standards)
        if happened not in self._judged:
            self._judged[happened] = judge_case(self._case, standards)
        elif before := self._judged[happened]:
            self._judged[happened] = judge_again(before, standards)
        found = self._judged[happened]
        return observe(found, standards.rubric, self._weights) if found else None

    def _happened(self, standards: Standards) -> int:
        """How many of its times had begun: while these are as many, the same is known of it."""
        return bisect_right(self._times, standards.now)


def _same(one: Observation | None, other: Observation | None) -> bool:
    """Do two judgements of a case that was over by then agree?"""
    if one is None or other is None:
        return one is other
    if (one.asked, one.known) != (other.asked, other.known):
        return False
    pairs = [(one.scores[d], other.scores[d]) for d in DIMENSIONS]
    return all(a is b if a is None or b is None else abs(a - b) < _NOTHING for a, b in pairs)
