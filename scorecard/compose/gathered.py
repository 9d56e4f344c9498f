"""What pages and data files are made from: the content, its scores, and what many of them share."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import CaseRow, case_rows, rows_of
from scorecard.compose.charts.chart import Chart
from scorecard.compose.charts.company import company_charts
from scorecard.compose.charts.scores import (
    effort_chart,
    field_chart,
    sector_chart,
    strip_chart,
    trend_chart,
)
from scorecard.edition import Freeze
from scorecard.model import Case
from scorecard.score.scorecard import Scorecard
from scorecard.site import Content


class Gathered:
    """Content and scores, with their rules by id, their cases by company, and the charts of each owner.

    `sums`: the SHA-256 of every file of the content, by its name. `made`: what data files begin with, to say
    what they were made from. `shared_owners`: the owners of charts that are no companies. `freeze`: the
    edition that is being made of them, if one is.
    """

    def __init__(
        self, content: Content, scorecard: Scorecard, freeze: Freeze | None = None
    ) -> None:
        self.content = content
        self.freeze = freeze
        self.scorecard = scorecard
        self.rules = {rule.id: rule for rule in content.rubric.rules}
        self.rows = case_rows(content, scorecard)
        listed = (line.split("  ", 1) for line in content.manifest.splitlines())
        self.sums = {place: sum_ for sum_, place in listed}
        self.made: dict[str, Any] = {
            "as_of": scorecard.as_of.isoformat(),
            "method": content.rubric.version,
            "content_sha256": content.digest,
        }
        self.shared_owners = (addresses.FIELD, *map(addresses.sector_owner, scorecard.sectors))
        self._charts: dict[str, list[Chart]] = {}

    def again(self, scorecard: Scorecard, company: str, cases: Iterable[Case]) -> Gathered:
        """The same where only one company has other cases now: what its own pages are made from."""
        now = copy(self)
        now.scorecard = scorecard
        now.rows = self.rows | {company: rows_of(scorecard.companies[company], cases)}
        now._charts = {}
        return now

    @property
    def every_row(self) -> list[CaseRow]:
        """The cases of all companies, company by company."""
        return [row for rows in self.rows.values() for row in rows]

    def charts(self, owner: str) -> list[Chart]:
        """The charts of a company, of a sector or of the whole field, made when they are first asked for."""
        if owner not in self._charts:
            self._charts[owner] = [chart for chart in self._made(owner) if chart]
        return self._charts[owner]

    def _made(self, owner: str) -> list[Chart | None]:
        scorecard, rubric = self.scorecard, self.content.rubric
        if owner == addresses.FIELD:
            return [field_chart(scorecard, rubric)]
        if slug := addresses.sector_of(owner):
            sector = scorecard.sectors[slug]
            return [
                sector_chart(sector, scorecard, rubric),
                strip_chart(sector, scorecard, rubric),
                effort_chart(sector, scorecard, self.content),
            ]
        result = scorecard.companies[owner]
        return [*company_charts(result, scorecard, rubric), trend_chart(result, rubric)]

    def whole(self, address: str) -> str:
        """An address as a whole web address: in the edition that is being made, where that holds it."""
        return addresses.whole(self.content.site, address, self.freeze)
