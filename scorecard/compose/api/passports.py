"""Figures → their passports: address, value then and now, what they are made from, how to make them again."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.compose import page as addresses
from scorecard.compose.api.figures import ApiFigure, ApiThen
from scorecard.compose.figures import (
    Figure,
    case_figures,
    company_figures,
    sector_figures,
)
from scorecard.compose.gathered import Gathered
from scorecard.compose.words import Words
from scorecard.edition import Edition, FrozenOwner
from scorecard.judge.case import JudgedCase
from scorecard.score.company import CompanyResult
from scorecard.score.scorecard import SectorResult


class Passports:
    """Writes the passports of one site's figures, in one language."""

    def __init__(self, gathered: Gathered, words: Words) -> None:
        self.gathered = gathered
        self.words = words

    def company(self, result: CompanyResult) -> list[ApiFigure]:
        """Those of a company."""
        slug = result.company.slug
        then = [
            (edition, edition.companies[was], addresses.company(was))
            for edition in self.gathered.content.editions
            if (was := edition.slug_of(result.company.slugs))
        ]
        inputs = [addresses.table(name, slug) for name in ("cases", "findings", "events")]
        return self._all(addresses.company(slug), slug, company_figures(result), then, inputs)

    def sector(self, result: SectorResult) -> list[ApiFigure]:
        """Those of a sector."""
        slug = result.slug
        page = addresses.sector(slug)
        then = [
            (e, e.sectors[slug], page) for e in self.gathered.content.editions if slug in e.sectors
        ]
        inputs = list(map(addresses.company_json, result.companies))
        return self._all(page, f"sectors/{slug}", sector_figures(result), then, inputs)

    def case(self, judged: JudgedCase) -> list[ApiFigure]:
        """Those of a case; editions hold none of them."""
        id_ = judged.case.id
        inputs = [addresses.case_json(id_)]
        return self._all(addresses.case(id_), id_, case_figures(judged), [], inputs)

    def _all(
        self,
        page: str,
        subject: str,
        figures: Sequence[Figure],
        then: Sequence[tuple[Edition, FrozenOwner, str]],
        inputs: Sequence[str],
    ) -> list[ApiFigure]:
        whole = self.gathered.whole
        as_of = self.gathered.scorecard.as_of.isoformat()
        made_from = [whole(address) for address in (*inputs, addresses.METHOD)]
        return [
            ApiFigure(
                id=one.id,
                name=self.words.say(one.name),
                unit=one.unit,
                value=one.value,
                low=one.low,
                high=one.high,
                cases=one.cases,
                address=whole(addresses.figure(page, one.id)),
                method=self.gathered.content.rubric.version,
                then=[
                    self._then(edition, owner, there, one.id)
                    for edition, owner, there in then
                    if one.id in owner.figures
                ],
                inputs=made_from,
                # As the site's pages call it, wherever this runs: what is published depends on no machine.
                recompute=f"python build.py explain {subject} --as-of {as_of}",
            )
            for one in figures
        ]

    def _then(self, edition: Edition, owner: FrozenOwner, page: str, id_: str) -> ApiThen:
        was = owner.figures[id_]
        site = self.gathered.content.site
        twin = addresses.twin(edition.name, addresses.figure(page, id_))
        return ApiThen(
            edition=edition.name,
            as_of=edition.as_of.isoformat(),
            method=edition.method,
            value=was.value,
            low=was.low,
            high=was.high,
            cases=was.cases,
            address=addresses.whole(site, twin),
        )
