"""A title, a summary and notes for a story, put together from the stock's parts of sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from msgspec import Struct

from scorecard.simulate.chance import chance, pick, shuffled, weighted
from scorecard.simulate.story import Plot
from scorecard.simulate.troubles import stock

_MOST_TITLE = 120
_COURSE_SENTENCES = {0: 25, 1: 50, 2: 25}
_TAIL, _SUMMARY, _CIRCUMSTANCE, _ENDING = 0.35, 0.92, 0.35, 0.7
"""How often a title has a tail, a case a summary, a summary a remark on the side and an ending."""
_FAILED = {"phone": "busy", "chat": "busy", "in-person": "shut"}


class Text(Struct, frozen=True):
    """The words of a case. No `summary` where the contributor wrote none."""

    title: str
    summary: str | None


def words(language: str) -> Any:
    """The stock of a language."""
    return stock(f"words.{language}")


def write_text(rng: Random, plot: Plot, facets: Sequence[str], ending: str) -> Text:
    """A title and a summary that tell of this plot, of some of the facets, and of the ending."""
    said, stocked = plot.trouble.words[plot.language], words(plot.language)
    slots = fill_slots(rng, plot)
    title = _filled(pick(rng, said.titles), slots)
    tails = [tail for facet in (*facets, ending) for tail in stocked["tails"].get(facet, ())]
    if tails and chance(rng, _TAIL):
        title = f"{title}, {pick(rng, tails)}"
    if not chance(rng, _SUMMARY):
        return Text(title[:_MOST_TITLE], None)
    opening = _filled(pick(rng, said.said), slots)
    known = [facet for facet in facets if facet in stocked["course"]]
    course = shuffled(rng, known)[: weighted(rng, _COURSE_SENTENCES)]
    sentences = [opening, *(pick(rng, stocked["course"][facet]) for facet in course)]
    if chance(rng, _CIRCUMSTANCE):
        sentences.insert(1, pick(rng, stocked["circumstances"]))
    if chance(rng, _ENDING):
        sentences.append(pick(rng, stocked["ending"][ending]))
    return Text(title[:_MOST_TITLE], " ".join(sentences))


def reworded(
    rng: Random, plot: Plot, slots: Mapping[str, str], facets: Sequence[str], ending: str
) -> Text:
    """All of this in other words, and the sentences in any order."""
    said, stocked = plot.trouble.words[plot.language], words(plot.language)
    title = _filled(pick(rng, said.titles), slots)
    sentences = [
        _filled(pick(rng, said.said), slots),
        *(pick(rng, stocked["course"][f]) for f in facets if f in stocked["course"]),
        pick(rng, stocked["ending"][ending]),
    ]
    return Text(title[:_MOST_TITLE], " ".join(shuffled(rng, sentences)))


def fill_slots(rng: Random, plot: Plot) -> dict[str, str]:
    """What stands for the slots in the words of a trouble."""
    stocked = words(plot.language)
    return {
        "thing": pick(rng, plot.trouble.words[plot.language].things),
        "place": plot.place or pick(rng, stocked["places"]),
        "when": pick(rng, stocked["when"]),
        "hours": str(plot.hours or 4),
    }


def _filled(text: str, slots: Mapping[str, str]) -> str:
    filled = text.format(**slots)
    return re.sub(r"^\W*\w", lambda first: first[0].upper(), filled)


def note_for(rng: Random, language: str, event: dict[str, Any]) -> str | None:
    """A remark beside an event; None where the stock has none for it."""
    kind = event["event"]
    if event.get("reached") == "false":
        kind = _FAILED.get(event["channel"], "down")
    elif event.get("answer") == "none":
        kind = "none"
    notes = words(language)["notes"].get(kind)
    return pick(rng, notes) if notes else None


def some_words(rng: Random, language: str, what: str) -> str:
    """One of the stock's words of this sort: desks, gifts, items, roles, replies …"""
    chosen: str = pick(rng, words(language)[what])
    return chosen


def promised(rng: Random, plot: Plot) -> str:
    """What the company says that it will do."""
    stocked = words(plot.language)["promised"]
    chosen: str = pick(rng, [*stocked["any"], *stocked.get(plot.wanted, ())])
    return chosen
