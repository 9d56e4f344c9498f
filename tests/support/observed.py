"""Companies made of observations: cases of which only what counts is told.

`seen()` is a case that scores alike in every dimension, `company()` some of them as one company on a site
of its own, with all that its score is made with. Days are counted back from `DAY`. A case is one of
acme's, unless its name tells another company: 'bolt/one'.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec.structs import replace

from scorecard.rubric import DIMENSIONS, Dimension, Rubric
from scorecard.score.bursts import Arrivals
from scorecard.score.estimate import Ground, Others, Score
from scorecard.score.limits import Limits, Sampled
from scorecard.score.observation import Observation, rule_weights
from scorecard.score.rescored import Subject
from scorecard.score.standing import Standing, standing
from scorecard.score.tally import Totals, add_up
from scorecard.score.weighed import weigh
from tests.support.build import make_company, rubric

DAY = date(2026, 1, 1)
TODAY = DAY.toordinal()
NOBODY = add_up([])
ALONE = Others(NOBODY, NOBODY)
"""A company that is compared with nobody is pulled towards the middle of the scale."""
Source = Literal["first-hand", "published", "register"]
Points = float | None | Mapping[Dimension, float | None]


def seen(
    name: str,
    points: Points = 50.0,
    ago: int = 0,
    who: str | None = None,
    evidence: float = 1.0,
    source: Source = "first-hand",
) -> Observation:
    """A case that began and ended so many days ago; `points` are of all dimensions, or of each."""
    day = TODAY - ago
    scores = points if isinstance(points, Mapping) else dict.fromkeys(DIMENSIONS, points)
    asked = sum(rule_weights(rubric()))
    case = name if "/" in name else f"acme/{name}"
    return Observation(case, who, source, (day, day), day, evidence, scores, asked, asked)


def of_month(one: Observation) -> Observation:
    """The same case, but of when it began it tells only the month."""
    assert one.began
    day = date.fromordinal(one.began[0])
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return replace(one, began=(day.replace(day=1).toordinal(), last.toordinal()))


def of_year(one: Observation) -> Observation:
    """The same case, but of when it began it tells only the year."""
    assert one.began
    year = date.fromordinal(one.began[0]).year
    return replace(one, began=(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()))


def steadily(
    count: int,
    over: int,
    points: Points = 50.0,
    since: int = 1,
    name: str = "steady",
    evidence: float = 1.0,
) -> list[Observation]:
    """So many cases, evenly over so many days up to `since` days ago, each by somebody else."""
    return [
        seen(
            f"{name}-{n}",
            points,
            since + n * over // count,
            f"{name}-{n}".replace("/", "-"),
            evidence,
        )
        for n in range(count)
    ]


def company(
    observations: Sequence[Observation],
    elsewhere: Iterable[Observation] = (),
    others: Others = ALONE,
    method: Rubric | None = None,
) -> Subject:
    """One company; `elsewhere` are cases of other companies, as far as it counts when they came."""
    by = method or rubric()
    arrivals = Arrivals.of([*observations, *elsewhere])
    return Subject(weigh(make_company(), observations, by, arrivals, DAY), others, by, arrivals)


def standing_of(subject: Subject) -> Standing:
    """Its scores and its grade."""
    return standing(subject.now, subject.others, subject.rubric)


def overall_of(
    observations: Sequence[Observation],
    elsewhere: Iterable[Observation] = (),
    others: Others = ALONE,
) -> float:
    """The overall score of a company with these cases."""
    score = standing_of(company(observations, elsewhere, others)).overall
    assert score is not None
    return score.score


def totals_of(subject: Subject) -> Totals:
    """What its cases add up to."""
    return subject.now.totals


def share_of(subject: Subject, who: str) -> float:
    """What one contributor carries of the company's weight, 0…1."""
    own = zip(subject.now.seen, subject.now.weights, strict=True)
    return sum(w for one, w in own if one.contributor == who) / sum(subject.now.weights)


class _Given(Ground, frozen=True):
    given: Limits

    def limits(self) -> Limits:
        return self.given


def a_score(score: float, low: float, high: float, weight: float = 9.0) -> Score:
    """A published score with these limits, whatever it was made from."""
    sampled = Sampled(score, 0.35, weight, 0.3)
    return Score(score, 9, weight, _Given(sampled, 50.0, 0.0, 0.9, Limits(low, high)))
