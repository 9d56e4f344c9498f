"""The same scores as of each month's end.

A case judged today reads the same on every earlier day on which all of it had happened, unless a rule
looked at the calendar. When all of it is surely over, waiting only ever makes it worse, so that one which
already read then as it does later did so all the time between. All others are judged again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from scorecard.judge.case import JudgedCase, judge_case
from scorecard.model import Case, Company
from scorecard.parallel import Jobs, in_parts, shared
from scorecard.rubric import DIMENSIONS, Rubric, Sector
from scorecard.score.estimate import Score
from scorecard.score.observation import Observation, observe, rule_weights
from scorecard.score.standing import snapshot, standing
from scorecard.standards import Standards, standards_for

_NOTHING = 1e-9
"""Points by which a judgement may change without having changed: what is left of a long wait."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
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


def trends(
    companies: Mapping[str, Company],
    sectors: Mapping[str, Sector],
    cases: Mapping[str, Sequence[Case]],
    today: Mapping[str, Sequence[JudgedCase]],
    rubric: Rubric,
    as_of: date,
    jobs: Jobs = 1,
) -> dict[str, list[TrendPoint]]:
    """The trend of every company; months in which it had no score are left out.

    `cases` are all that are scored, `today` the same ones judged on `as_of` (less those not yet begun).
    """
    days = month_ends(as_of, rubric.trend.months)
    known = _LookBack(companies, sectors, cases, today, rubric, days)
    slugs = list(companies)
    parts = in_parts(slugs)
    seen = dict(zip(slugs, chain(*shared(_looked_back, known, parts, jobs)), strict=True))
    points: dict[str, list[TrendPoint]] = {slug: [] for slug in companies}
    for of_day in shared(_on, (known, seen), range(len(days)), jobs if len(parts) > 1 else 1):
        for slug, point in of_day.items():
            points[slug].append(point)
    return points


@dataclass(frozen=True, slots=True)
class _LookBack:
    """What the trend is made from."""

    companies: Mapping[str, Company]
    sectors: Mapping[str, Sector]
    cases: Mapping[str, Sequence[Case]]
    today: Mapping[str, Sequence[JudgedCase]]
    rubric: Rubric
    days: Sequence[date]


Seen = list[list[Observation]]
"""For each day a company's observations."""


def _looked_back(known: _LookBack, slugs: Sequence[str]) -> list[Seen]:
    """What the cases of these companies said on each day."""
    weights = rule_weights(known.rubric)
    found = []
    for slug in slugs:
        company = known.companies[slug]
        sector = known.sectors[company.sector]
        past = _Past(
            [standards_for(known.rubric, sector, company, day) for day in known.days], weights
        )
        today = {judged.case.slug: judged for judged in known.today[slug]}
        rows = [past.of(case, today[case.slug]) for case in known.cases[slug] if case.slug in today]
        found.append([[one for row in rows if (one := row[i])] for i in range(len(known.days))])
    return found


def _on(look_back_and_seen: tuple[_LookBack, Mapping[str, Seen]], i: int) -> dict[str, TrendPoint]:
    """The companies that had a score on the day with this number."""
    known, seen = look_back_and_seen
    day = known.days[i]
    own = {slug: days[i] for slug, days in seen.items()}
    then = snapshot(known.companies, own, known.rubric, day)
    found = {}
    for slug, company in known.companies.items():
        result = standing(then.companies[slug], then.others(company), known.rubric)
        if result.overall:
            found[slug] = TrendPoint(day, result.overall, result.grade)
    return found


@dataclass(frozen=True, slots=True)
class _Past:
    """The days, the earliest first, on which the cases of a company are looked back at."""

    days: Sequence[Standards]
    weights: Sequence[float]

    def of(self, case: Case, today: JudgedCase) -> list[Observation | None]:
        """The case as an observation on each day; None before it had begun."""
        last = len(self.days) - 1
        over = _happened(case) if today.lasting else _surely_over(case)
        before = sum(standards.as_of < over for standards in self.days)
        found = [self.judged(case, i) for i in range(before)]
        if today.lasting:
            return found + [observe(today, self.days[0].rubric, self.weights)] * (last + 1 - before)
        ends = {i: self.judged(case, i) for i in (before, last) if i <= last}
        return found + self.between(case, before, last, ends)

    def between(
        self, case: Case, first: int, last: int, known: dict[int, Observation | None]
    ) -> list[Observation | None]:
        """From the first day to the last: judged at the ends, and between only where these differ."""
        if first > last:
            return []
        if first == last:
            return [known[first]]
        if _same(known[first], known[last]):
            return [known[last]] * (last - first + 1)
        middle = (first + last) // 2
        for i in (middle, middle + 1):
            if i not in known:
                known[i] = self.judged(case, i)
        return self.between(case, first, middle, known) + self.between(
            case, middle + 1, last, known
        )

    def judged(self, case: Case, day: int) -> Observation | None:
        """The case judged as it was known on that day."""
        standards = self.days[day]
        found = judge_case(case, standards)
        return observe(found, standards.rubric, self.weights) if found else None


def _same(one: Observation | None, other: Observation | None) -> bool:
    """Do two judgements of a case that was over by then agree?"""
    if one is None or other is None:
        return one is other
    if (one.asked, one.known) != (other.asked, other.known):
        return False
    pairs = [(one.scores[d], other.scores[d]) for d in DIMENSIONS]
    return all(a is b if a is None or b is None else abs(a - b) < _NOTHING for a, b in pairs)


def _happened(case: Case) -> date:
    """The first day on which all of the case may have happened, as far as it is told."""
    return max((time.first.date() for time in case.times), default=date.min)


def _surely_over(case: Case) -> date:
    """The first day by which all of it has happened, as far as it is told: coarse times are past as well."""
    return max((time.last.date() for time in case.times), default=date.min)
