"""Invents cases: one at a time, as they come to a company that serves people so well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.chance import around, chance
from scorecard.simulate.facets import ending_of, facets_of
from scorecard.simulate.setting import Account, Quality, Setting
from scorecard.simulate.story import Happening, Story, euros
from scorecard.simulate.telling import (
    aftermath,
    effort_of,
    evidence_of,
    exactly,
    known_by,
    roughly,
    source_of,
)
from scorecard.simulate.troubles import some_trouble
from scorecard.simulate.unfolding import plot_of, unfold
from scorecard.simulate.wording import Text, write_text


def invent_case(rng: Random, quality: Quality, setting: Setting) -> Account:
    """A case of a company of this quality: how it went, and how it is told.

    The same state of `rng` gives the same case.
    """
    plot = plot_of(rng, setting, some_trouble(rng, setting.sector))
    return tell(unfold(rng, quality, setting, plot))


def tell(
    story: Story,
    text: Text | None = None,
    evidence: str | None = None,
    telling: Random | None = None,
) -> Account:
    """The story in full and as its contributor tells it.

    In these words and with evidence of this level, where they are given. `telling` decides how exactly
    each event is told; equal ones tell equal stories alike.
    """
    rng, plot, diligence = story.rng, story.plot, story.setting.contributor.diligence
    happenings = story.in_order()
    known = known_by(happenings, story.setting.as_of)
    text = text or write_text(rng, plot, facets_of(known), ending_of(known))
    effort, written = effort_of(story), _written_on(story, known)
    timeline = roughly(telling or rng, known, diligence, plot.language, written)
    head = _head(story, text, evidence_of(story, timeline, evidence), source_of(story, written))
    told = head | {"timeline": timeline}
    if chance(rng, assumed.TOLD_EFFORT.at(diligence)):
        told["effort"] = effort
    told |= aftermath(story, written)
    return Account(head | {"timeline": exactly(happenings), "effort": effort}, told)


def _written_on(story: Story, known: Sequence[Happening]) -> date:
    """The day on which the contributor wrote it, once all that is told had happened."""
    moments = [
        m for h in known for key in ("at", "kept_at", "paid_at", "ruled_at") if (m := h.get(key))
    ]
    days = round(around(story.rng, *assumed.DAYS_UNTIL_WRITTEN))
    last: date = max(moments).date()
    return min(last + timedelta(days=days), story.setting.as_of)


def _head(
    story: Story, text: Text, evidence: dict[str, Any], source: dict[str, str]
) -> dict[str, Any]:
    """The keys of a case before its timeline, in the order of the format."""
    plot, setting = story.plot, story.setting
    keys: dict[str, Any] = {
        "title": text.title,
        "language": plot.language if plot.language != setting.languages[0] else None,
        "about": "product" if plot.product else None,
        "wanted": plot.wanted,
        "amount": None if plot.amount is None else euros(plot.amount),
        "source": source,
        "evidence": evidence,
        "contributor": setting.contributor.handle,
        "summary": text.summary,
    }
    return {key: value for key, value in keys.items() if value is not None}
