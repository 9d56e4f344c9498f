"""The page with the downloads and their codebook."""

from __future__ import annotations

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages.linked_data import dataset
from scorecard.compose.tables.codebook import tables
from scorecard.compose.tables.data_package import DEFUSED
from scorecard.compose.tables.table import TYPES
from scorecard.compose.tables.views import VIEWS
from scorecard.judge.finding import say
from scorecard.rubric import DIMENSIONS


def data_page(gathered: Gathered) -> Page:
    """Downloads and their description."""
    described = tables(gathered.content.rubric)
    return Page(
        addresses.DATA,
        "data.html",
        say("Data"),
        say("Every figure of this site as CSV, SQLite and JSON, with a codebook."),
        {
            "tables": described,
            "rows": _rows(gathered),
            "types": TYPES,
            "views": VIEWS,
            "defused": DEFUSED,
            "linked": dataset(gathered, described),
        },
        gathered.scorecard.as_of,
        "page",
    )


def _rows(gathered: Gathered) -> dict[str, int]:
    """How many rows each table has."""
    rows = gathered.every_row
    judged = [row.weighed.judged for row in rows if row.weighed]
    companies = len(gathered.scorecard.companies)
    return {
        "companies": companies,
        "rules": len(gathered.content.rubric.rules),
        "scores": companies * (len(DIMENSIONS) + 1),
        "cases": len(rows),
        "findings": sum(len(case.findings) for case in judged),
        "events": sum(len(case.case.timeline) for case in judged),
    }
