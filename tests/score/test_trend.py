"""The trend says of each month's end just what scoring that day anew says.

It does not judge every case on every day: what holds for ever, or reads the same before and after, is
taken over. So it is compared with scoring everything on each of the days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scorecard.model import Case
from scorecard.score.scorecard import score_all
from scorecard.score.standing import Standing
from scorecard.score.trend import TrendPoint, month_ends
from scorecard.site import Content
from tests.properties.contents import SiteOnADay, make_content, sites
from tests.properties.stories import ANY, stories
from tests.support.build import make_case, rubric
from tests.support.examples import examples

YEAR = "%Y"
ONE_MONTH = rubric().model_copy(update={"trend": rubric().trend.model_copy(update={"months": 1})})
"""The same method; a trend of its own is not what is asked of a day that is scored anew."""
NORMS = {"acme": "telecom", "bolt": "public-bodies"}
"""A working day for an answer, and eight weeks."""


@pytest.mark.parametrize(
    ("as_of", "ends"),
    [
        ("2024-03-15", ["2023-12-31", "2024-01-31", "2024-02-29"]),
        ("2024-02-29", ["2023-12-31", "2024-01-31", "2024-02-29"]),
        ("2024-02-28", ["2023-11-30", "2023-12-31", "2024-01-31"]),
        ("2025-03-01", ["2024-12-31", "2025-01-31", "2025-02-28"]),
        ("2025-12-31", ["2025-10-31", "2025-11-30", "2025-12-31"]),
        ("2026-01-01", ["2025-10-31", "2025-11-30", "2025-12-31"]),
    ],
)
def test_the_last_month_ends_by_hand(as_of: str, ends: list[str]) -> None:
    found = month_ends(date.fromisoformat(as_of), 3)
    assert [day.isoformat() for day in found] == ends


def test_a_trend_is_as_long_as_the_method_says() -> None:
    months = rubric().trend.months
    assert len(month_ends(date(2026, 6, 15), months)) == months
    case = make_case("- {at: 2016-01-04, event: reply, tone: kind}")
    trend = score_all(make_content([case]), date(2026, 6, 15)).companies["acme"].trend
    assert [point.as_of for point in trend] == month_ends(date(2026, 6, 15), months)


def same(told: TrendPoint, anew: Standing) -> None:
    """Equal, but for what a wait that lasted for years leaves of its value."""
    one, other = told.overall, anew.overall
    assert other is not None
    assert told.grade == anew.grade
    assert one.cases == other.cases
    assert one.weight == pytest.approx(other.weight)
    assert one.score == pytest.approx(other.score, abs=1e-6)
    assert one.mean == pytest.approx(other.mean, abs=1e-6)
    assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-4)


def is_as_scored_anew(content: Content, as_of: date, days: Sequence[date]) -> None:
    """Every company's trend, at those of the month's ends."""
    told = score_all(content, as_of)
    alone = replace(content, rubric=ONE_MONTH)
    for day in days:
        anew = score_all(alone, day)
        for slug, result in told.companies.items():
            point = next((point for point in result.trend if point.as_of == day), None)
            standing = anew.companies[slug].standing
            assert (point is None) == (standing.overall is None), (slug, day)
            if point is not None:
                same(point, standing)


def every_month(as_of: date) -> list[date]:
    return month_ends(as_of, rubric().trend.months)


@examples(40)
@given(site=sites())
def test_every_point_of_a_sites_trend_is_that_day_scored_anew(site: SiteOnADay) -> None:
    """Six cases at most, with open waits, promises, refunds; a story begins in January 2024."""
    since = [day for day in every_month(site.as_of) if day >= date(2024, 1, 1)]
    is_as_scored_anew(site.content, site.as_of, since)


@st.composite
def coarse_cases(draw: st.DrawFn) -> list[Case]:
    """Cases of which even the year may be all that is told, at companies with short and long norms."""
    cases = []
    for n in range(draw(st.integers(1, 2))):
        story = draw(stories((*ANY, YEAR)))
        company = draw(st.sampled_from(sorted(NORMS)))
        cases.append(
            replace(story, keys={**story.keys, "company": company, "slug": f"c{n}"}).case()
        )
    return cases


@examples(40)
@given(cases=coarse_cases(), as_of=st.dates(date(2024, 2, 1), date(2026, 3, 31)))
def test_coarse_times_and_long_norms_change_nothing_of_that(cases: list[Case], as_of: date) -> None:
    since = [day for day in every_month(as_of) if day >= date(2024, 1, 1)]
    is_as_scored_anew(make_content(cases, NORMS), as_of, since)


# Each begins in 2024 and is looked back at from 10 February 2026.
AWKWARD = {
    "an open wait gets worse and worse": "- {at: 2024-10-31 15:00, event: contact, channel: phone}",
    "a promise runs, and is broken": """
        - {at: 2024-03-04 09:00, event: contact, channel: email}
        - {at: 2024-03-05, event: promise, due: 2024-06-15}""",
    "a promise is kept late": """
        - {at: 2024-03-04 09:00, event: contact, channel: email}
        - {at: 2024-03-05, event: promise, within: 4 weeks, kept_at: 2024-08-02}""",
    "a promise of which only the month is told": """
        - {at: 2024-03, event: contact, channel: email}
        - {at: 2024-04, event: promise, due: 2024-09, kept_at: 2024-12}""",
    "money is asked for and comes a year later": """
        - {at: 2024-03-04, event: contact, asks: refund}
        - {at: 2024-04-01, event: refund, decision: granted, paid_at: 2025-05-05}""",
    "money never comes": """
        - {at: 2024-03, event: contact, asks: refund}
        - {at: 2024-04-01, event: refund, decision: granted}""",
    "a question of which only the year is told": "- {at: 2024, event: contact, asks: refund}",
    "an answer without a time before one with": """
        - {at: 2024-03-04, event: contact, channel: email}
        - {event: reply, by: person}
        - {at: 2025-07-01, event: contact, channel: email}""",
    "a first contact without a time": """
        - {event: contact, channel: phone}
        - {at: 2025-03-01, event: reply, by: person}""",
    "a complaint that nobody confirms": "- {at: 2024-03-04, event: contact, asks: complaint}",
    "a case that a survey outlives": """
        - {at: 2024-03-04, event: contact, channel: email}
        - {at: 2025-09-09, event: survey}""",
    "a promise is broken where all else was bad already": """
        - {at: 2024-03-04, event: fix}
        - {at: 2024-03-05, event: recurrence}
        - {at: 2024-03-06, event: promise, due: 2024-09-15}""",
    "nothing of it is dated": "- {event: contact}\n- {event: reply, by: person, tone: rude}",
}


@pytest.mark.parametrize("company", sorted(NORMS))
@pytest.mark.parametrize("says", AWKWARD)
def test_awkward_cases_read_on_each_day_as_they_read_then(says: str, company: str) -> None:
    timeline = AWKWARD[says].replace("        - {", "- {")
    case = make_case(timeline, company=company)
    as_of = date(2026, 2, 10)
    is_as_scored_anew(make_content([case], NORMS), as_of, every_month(as_of))


def test_a_matter_that_is_timed_only_later_changes_what_lies_between() -> None:
    """In October the call counts ½, in November 0; in January the e-mail, in time, brings it to ½."""
    case = make_case(
        """
        - {at: 2024-10-31 15:00, event: contact, channel: phone}
        - {at: 2024, event: contact, channel: email, same_matter: no}
        - {at: 2024-10-31 16:00, event: closed, solved: none}
        """,
        company="bolt",
    )
    as_of = date(2025, 2, 10)
    is_as_scored_anew(make_content([case], NORMS), as_of, every_month(as_of))


def test_a_company_that_once_had_no_score_has_no_point_then() -> None:
    case = make_case("- {at: 2026-02-02, event: reply, tone: kind}")
    trend = score_all(make_content([case]), date(2026, 4, 10)).companies["acme"].trend
    assert [point.as_of.isoformat() for point in trend] == ["2026-02-28", "2026-03-31"]
