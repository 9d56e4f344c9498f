"""A dishonest burst: fabricated cases, all damning, against one company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Literal

from msgspec.structs import replace

from scorecard.simulate.cases import tell
from scorecard.simulate.chance import chance, pick
from scorecard.simulate.facets import ending_of, facets_of
from scorecard.simulate.people import newcomer
from scorecard.simulate.setting import Account, Contributor, Quality, Setting
from scorecard.simulate.story import Happening, Story
from scorecard.simulate.telling import evidence_level, known_by
from scorecard.simulate.troubles import some_trouble
from scorecard.simulate.unfolding import plot_of, unfold
from scorecard.simulate.wording import Text, fill_slots, reworded, write_text

Skill = Literal["copied", "paraphrased", "distinct"]
WORST = Quality(0, 0, 0)
DAYS = 4
"""The cases of a campaign begin within so many days."""
DAYS_UNTIL_WRITTEN = 80
"""By then every norm has passed, and all that is claimed can be claimed."""
SHIFT_MINUTES = 45
"""How far a copied story is moved within its day."""
NOBODY = Contributor(None, 0.6)
"""Copies are told as by one, of this diligence, whatever name stands below."""
_FILLERS = {
    "en": ("really", "simply", "just", "honestly", "again"),
    "nl": ("echt", "gewoon", "zomaar", "eerlijk gezegd", "weer"),
}


def campaign(
    rng: Random,
    setting: Setting,
    day: date,
    count: int,
    skill: Skill,
    evidence: str | None = None,
) -> list[Account]:
    """The `count` fabricated cases of a campaign; each claims to begin within four days from `day`.

    'copied': one text and one timeline, with a few words and times changed. 'paraphrased': one story in
    other words, the sentences in another order. 'distinct': stories and texts as different as honest
    ones. All are by newcomers, all outcomes are the worst, and all are told within three months.
    The level of evidence is drawn as for honest cases, or is `evidence`. Of the setting the days on
    which a case may begin and the contributor do not matter. Raises ValueError where `day` lies after
    its `as_of`.
    """
    if skill == "distinct":
        return [_own_story(rng, setting, day, evidence) for _ in range(count)]
    base = _damning(rng, _for_day(setting, day))
    known = known_by(base.in_order(), base.setting.as_of)
    facets, ending = facets_of(known), ending_of(known)
    telling = f"{rng.random()}"
    if skill == "copied":
        copied = write_text(rng, base.plot, facets, ending)
        texts = [_altered(rng, copied, base.plot.language) for _ in range(count)]
    else:
        slots = fill_slots(rng, base.plot)
        texts = [reworded(rng, base.plot, slots, facets[:3], ending) for _ in range(count)]
    return [_again(rng, base, telling, text, evidence) for text in texts]


def _for_day(setting: Setting, day: date) -> Setting:
    """The setting of a case that begins on this day and is told when nothing can be late any more."""
    end = min(setting.as_of, day + timedelta(days=DAYS_UNTIL_WRITTEN))
    return replace(setting, first_day=day, last_day=day, as_of=end, contributor=NOBODY)


def _days_later(rng: Random, day: date, last: date) -> timedelta:
    """Some of the days of a campaign that began on this day, up to the last."""
    return timedelta(days=min((last - day).days, int(rng.random() * DAYS)))


def _damning(rng: Random, setting: Setting) -> Story:
    """A story in which everything goes as badly as can be."""
    while True:
        plot = plot_of(rng, setting, some_trouble(rng, setting.sector))
        story = unfold(rng, WORST, setting, plot)
        if not any(_comfort(happening) for happening in story.happenings):
            return story


def _comfort(happening: Happening) -> bool:
    """Does it say anything good of the company?"""
    return (
        happening.get("decision") in ("granted", "partial")
        or happening.get("justified") == "true"
        or happening.get("solved") in ("full", "partial")
        or happening.get("answer") in ("full", "partial")
        or happening["event"] in ("gesture", "replacement")
        or "kept_at" in happening
    )


def _own_story(rng: Random, setting: Setting, day: date, evidence: str | None) -> Account:
    own = _for_day(setting, day + _days_later(rng, day, setting.as_of))
    return _fabricated(
        tell(_damning(rng, replace(own, contributor=newcomer(rng))), evidence=evidence)
    )


def _again(rng: Random, base: Story, telling: str, text: Text, evidence: str | None) -> Account:
    """The base story once more, moved a little in time, by somebody else, in these words.

    `telling` makes all of them tell the same details, equally exactly.
    """
    setting, writer = base.setting, newcomer(rng)
    shift = _days_later(rng, setting.first_day, setting.as_of)
    shift += timedelta(minutes=int(rng.random() * SHIFT_MINUTES))
    level = evidence or evidence_level(rng, writer.diligence)
    own = replace(setting, contributor=replace(NOBODY, handle=writer.handle))
    happenings = [_moved(happening, shift) for happening in base.happenings]
    story = Story(rng, own, base.course, base.plot, happenings)
    return _fabricated(tell(story, text, level, Random(telling)))


def _fabricated(told: Account) -> Account:
    """The case as its writer's own experience: who makes it up needs no article or register."""
    for case in (told.full, told.told):
        case["source"] = {"kind": "first-hand", "date": case["source"]["date"]}
    return told


def _moved(happening: Mapping[str, object], shift: timedelta) -> Happening:
    return {
        key: value + shift if isinstance(value, datetime) else value
        for key, value in happening.items()
    }


def _altered(rng: Random, text: Text, language: str) -> Text:
    """The text with a few words more or less."""
    title = _alter(rng, text.title, language) if chance(rng, 0.5) else text.title
    return Text(title, _alter(rng, text.summary, language) if text.summary else None)


def _alter(rng: Random, sentences: str, language: str) -> str:
    words = sentences.split(" ")
    for _ in range(1 + int(rng.random() * 2)):
        place = 1 + int(rng.random() * (len(words) - 1))
        if len(words) > 6 and chance(rng, 0.5):
            words.pop(place)
        else:
            words.insert(place, pick(rng, _FILLERS[language]))
    return " ".join(words)
