"""One company's cases have changed → it is scored anew beside all others as they were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter

from msgspec.structs import asdict, replace

from scorecard.judge.case import JudgedCase, judge_case
from scorecard.model import Case
from scorecard.score.bursts import Arrivals
from scorecard.score.cases import CompanyCases
from scorecard.score.company import CompanyResult
from scorecard.score.observation import Observation, observe, rule_weights
from scorecard.score.scorecard import Scorecard, details
from scorecard.score.standing import standing
from scorecard.score.weighed import weigh
from scorecard.site import Content
from scorecard.standards import Standards


def scored_again(
    scorecard: Scorecard, slug: str, cases: Iterable[Case], content: Content, as_of: date
) -> Scorecard:
    """The scorecard in which a company has these cases, on the day `as_of`.

    Its scores are those of a scorecard in which only its own cases have changed. What is to be found anew
    beside them stays as it was: ranks, trends, sectors, and all other companies.
    """
    old, rubric = scorecard.companies[slug], content.rubric
    before = {
        one.judged.case.id: (one.judged, seen)
        for one, seen in zip(old.cases.cases, old.cases.weighed.seen, strict=True)
    }
    standards = Standards(rubric, content.sectors[old.company.sector], old.company, as_of)
    weights = rule_weights(rubric)
    own: list[tuple[JudgedCase, Observation]] = []
    for case in cases:
        known = before.get(case.id)
        if known and known[0].case is case and as_of == scorecard.as_of:
            own.append(known)
        elif case.scored and (judged := judge_case(case, standards)):
            own.append((judged, observe(judged, rubric, weights)))
    seen = [one for _, one in own]
    arrivals = _arrivals(scorecard, old, seen)
    weighed = weigh(old.company, seen, rubric, arrivals, as_of)
    mine = CompanyCases.of((judged for judged, _ in own), weighed)
    now = standing(weighed, old.others, rubric)
    told = details(mine, now, old.others, arrivals, rubric)
    changed = replace(old, **asdict(told), cases=mine, standing=now)
    companies = {**scorecard.companies, slug: changed}
    return replace(scorecard, as_of=as_of, companies=companies, arrivals=arrivals)


def _arrivals(scorecard: Scorecard, old: CompanyResult, seen: Sequence[Observation]) -> Arrivals:
    """When the cases of all companies began, with these for the company's own."""
    told = attrgetter("source", "began", "contributor")
    if sorted(map(repr, map(told, seen))) == sorted(map(repr, map(told, old.cases.weighed.seen))):
        return scorecard.arrivals
    others = (
        one
        for result in scorecard.companies.values()
        if result is not old
        for one in result.cases.weighed.seen
    )
    return Arrivals.of([*others, *seen])
