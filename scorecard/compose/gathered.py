"""What pages and data files are made from: the content, its scores, and what many of them share."""

from __future__ import annotations

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import case_rows
from scorecard.compose.chart import Chart
from scorecard.compose.charts import company_charts
from scorecard.compose.score_charts import (
    effort_chart,
    field_chart,
    sector_chart,
    strip_chart,
    trend_chart,
)
from scorecard.edition import Freeze
from scorecard.score.scorecard import Scorecard
from scorecard.site import Content


class Gathered:
    """Content and scores, with their rules by id, their cases by company, the SHA-256 of
    every file of the content by its name, and all charts by owner.

    `freeze`: the edition that is being made of them, if one is.
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
        self.charts: dict[str, list[Chart]] = {}
        for slug, result in scorecard.companies.items():
            self.charts[slug] = company_charts(result, scorecard, content.rubric)
            if trend := trend_chart(result, content.rubric):
                self.charts[slug].append(trend)
        for slug, sector in scorecard.sectors.items():
            of_sector = [
                sector_chart(sector, scorecard, content.rubric),
                strip_chart(sector, scorecard, content.rubric),
                effort_chart(sector, scorecard, content),
            ]
            self.charts[f"sector--{slug}"] = [chart for chart in of_sector if chart]
        field = field_chart(scorecard, content.rubric)
        self.charts[addresses.FIELD] = [field] if field else []

    def whole(self, address: str) -> str:
        """An address as a whole web address: in the edition that is being made, where that holds it."""
        return addresses.whole(self.content.site, address, self.freeze)
