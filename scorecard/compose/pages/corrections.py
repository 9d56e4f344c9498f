"""The log of corrections: every case that is disputed, was corrected or was withdrawn."""

from __future__ import annotations

from collections import Counter
from datetime import date

from scorecard.compose import page as addresses
from scorecard.compose.case_rows import CaseRow
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.judge.finding import say

MARKS = ("disputed", "corrected", "withdrawn")
"""What a case can be besides published."""


def corrections_page(gathered: Gathered) -> Page:
    """The log, the newest mark first; of the same day in the order of the cases' ids."""
    as_of = gathered.scorecard.as_of
    marked = [row for row in gathered.every_row if row.case.status in MARKS]
    marked.sort(key=lambda row: row.case.id)
    marked.sort(key=_marked_on, reverse=True)
    counts = Counter[str](row.case.status for row in marked)
    return Page(
        addresses.CORRECTIONS,
        "corrections.html",
        say("Corrections"),
        say(
            "Every case that is disputed, was corrected or was withdrawn, with the day and the reason."
        ),
        {"marked": marked, "counts": [(mark, counts[mark]) for mark in MARKS]},
        min(max(map(_marked_on, marked), default=as_of), as_of),
        "page",
    )


def _marked_on(row: CaseRow) -> date:
    return row.case.status_date.first.date() if row.case.status_date else date.min
