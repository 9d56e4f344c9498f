"""The page for searching. Which kinds can be searched is known when all other pages are made."""

from __future__ import annotations

from collections.abc import Sequence

from scorecard.compose import page as addresses
from scorecard.compose.page import Kind, Page
from scorecard.judge.finding import say
from scorecard.score.scorecard import Scorecard


def search_page(scorecard: Scorecard, kinds: Sequence[Kind]) -> Page:
    """The search through the indexes of these kinds; without any it says that there is none."""
    return Page(
        addresses.SEARCH,
        "search.html",
        say("Search"),
        say("Companies, cases, sectors and pages, by the words in them."),
        {"kinds": kinds, "sectors_with": scorecard.sectors_with},
    )
