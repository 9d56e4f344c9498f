"""Hypothesis strategies that make whole sites: some companies in two sectors, with their cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from scorecard.model import Case
from scorecard.score.scorecard import Scorecard, score_all
from scorecard.site import Content, Site
from tests.properties.stories import stories
from tests.support.build import make_company, rubric, sectors

COMPANIES = ("acme", "bolt", "coda")
SECTORS = {"acme": "telecom", "bolt": "telecom", "coda": "shops"}


@st.composite
def _cases(draw: st.DrawFn, slug: str) -> Case:
    keys: dict[str, Any] = {"company": draw(st.sampled_from(COMPANIES)), "slug": slug}
    levels = st.sampled_from(["none", "described", "redacted", "public", "ruling"])
    optional = {
        "evidence": st.builds(dict, level=levels),
        "contributor": st.sampled_from(["ann", "bob"]),
        "effort": st.integers(1, 5).map(str),
    }
    keys |= draw(st.fixed_dictionaries({}, optional=optional))
    story = draw(stories())
    return replace(story, keys={**story.keys, **keys}).case()


class SiteOnADay(Struct, frozen=True):
    """A site's content and the day on which it is scored."""

    content: Content
    as_of: date

    def scored(self) -> Scorecard:
        """Everything that the site says of its companies."""
        return score_all(self.content, self.as_of)

    def with_cases(self, cases: Sequence[Case]) -> SiteOnADay:
        """The same site with other cases."""
        return replace(self, content=replace(self.content, cases=tuple(cases)))


def make_content(
    cases: Sequence[Case], companies: Mapping[str, str] = SECTORS, timezone: str = "UTC"
) -> Content:
    """A site by the repository's method with these companies (and their sectors) and cases."""
    return Content(
        Site(name="Test", base_url="https://test.example/", languages=("en",), timezone=timezone),
        rubric(),
        sectors(),
        {slug: make_company(slug, sector) for slug, sector in companies.items()},
        tuple(cases),
        (),
        "",
        "",
    )


@st.composite
def sites(draw: st.DrawFn) -> SiteOnADay:
    """A site of up to six cases, judged in 2024 or 2025."""
    cases = [draw(_cases(f"case-{n}")) for n in range(draw(st.integers(0, 6)))]
    day = draw(st.dates(date(2024, 1, 1), date(2025, 12, 31)))
    return SiteOnADay(make_content(cases), day)


def published(card: Scorecard) -> dict[str, Any]:
    """What a site says of its companies and sectors, without the objects that it was made from."""
    return {
        "companies": {
            slug: (
                result.scores,
                result.overall,
                result.grade,
                result.rules,
                result.reply_time,
                result.money_back,
                result.rank,
                result.fragility,
                result.would_change,
                result.influence,
                result.trend,
                result.held,
                result.effort,
                result.flawless,
                result.costs,
                [(c.judged.case.id, c.weight, c.judged.scores) for c in result.cases.cases],
            )
            for slug, result in card.companies.items()
        },
        "sectors": card.sectors,
        "as_of": card.as_of,
    }
