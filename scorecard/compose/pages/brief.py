"""A company in the few words that an embed, a badge and a card have room for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.sentences.verdict import verdict
from scorecard.judge.finding import Reason, say, say_n
from scorecard.model import Company
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import Score, enough_cases

FIGURE = "fig-overall"
"""Where the score of an embed, a badge and a card stands on the company's page."""


class Brief(Struct, frozen=True):
    """What can be said in brief, as honest as the whole page: never a score without its interval.

    `score` is None where the cases are too few to tell one; `missing` says what there is none of. `edition`
    is the newest that the company is in.
    """

    company: Company
    verdict: Reason
    grade: str | None
    score: Score | None
    missing: Reason | None
    cases: Reason
    scores: tuple[tuple[str, Score], ...]
    edition: str | None

    @property
    def address(self) -> str:
        """Where its figure stands."""
        return addresses.figure(addresses.company(self.company.slug), FIGURE)

    @property
    def figures(self) -> Reason | None:
        """The score with its interval."""
        score = self.score
        if score is None:
            return None
        return say("{score} ({low}–{high})", score=score.score, low=score.low, high=score.high)


def brief(gathered: Gathered, result: CompanyResult) -> Brief:
    """The company in brief."""
    rubric = gathered.content.rubric
    overall = result.overall
    enough = enough_cases(overall, rubric)
    few = say("Too few cases") if overall else say("No score yet")
    return Brief(
        result.company,
        verdict(result, gathered.scorecard.as_of, rubric),
        result.grade,
        overall if enough else None,
        None if result.grade else say("No grade") if enough else few,
        say_n("{n} case", "{n} cases", overall.cases if overall else len(result.cases.cases)),
        tuple((d, s) for d, s in result.scores.items() if s) if enough else (),
        next(
            (e.name for e in gathered.content.editions if result.company.slug in e.companies), None
        ),
    )


def embeds(told: Brief) -> Iterator[Page]:
    """The company's score for an iframe, at its old addresses too."""
    title = say("{company}: customer service", company=told.company.name)
    for slug in told.company.slugs:
        yield Page(addresses.embed(slug), "embed.html", title, told.verdict, {"brief": told})
