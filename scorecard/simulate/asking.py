"""Asking: over which channel, when, and how many tries it takes to get through."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.chance import around, how_many, pick, weighted
from scorecard.simulate.story import Story
from scorecard.simulate.worktime import customer_acts, open_at, some_moment

WRITTEN = frozenset({"email", "form", "app", "portal", "social", "letter", "sms"})


class Ask(Struct, frozen=True):
    """One question over one channel.

    `slowness` stretches the company's time: below 1 where it knows of the matter. Without `tries` the
    customer gets through at once. At most `most_chases` times the customer asks again when nothing
    comes. Where `advice_fails` the answer is advice that does not work.
    """

    channel: str
    asks: str | None = None
    new_matter: bool = False
    told_again: bool = False
    slowness: float = 1.0
    most_chases: int = assumed.MOST_CHASES
    tries: bool = True
    advice_fails: bool = False


def begin(story: Story) -> tuple[datetime, str]:
    """When the customer first does something about it, and over which channel.

    That is on one of the setting's days, so that nobody begins by calling where there are only days on
    which nobody picks up.
    """
    usual = assumed.FIRST_CHANNELS_IN.get(story.setting.sector, assumed.FIRST_CHANNELS)
    channel = weighted(story.rng, usual)
    first, last = story.setting.first_day, story.setting.last_day
    day = first + timedelta(days=int(story.rng.random() * ((last - first).days + 1)))
    if channel in assumed.IN_OPENING_HOURS:
        while day.weekday() >= 5 and day > first:
            day -= timedelta(days=1)
        if day.weekday() >= 5:
            channel = "email"
    opening = channel in assumed.IN_OPENING_HOURS
    return some_moment(story.rng, day, in_opening_hours=opening), channel


def get_through(story: Story, start: datetime, ask: Ask) -> datetime:
    """The tries until one is through; the moment of that one."""
    moment, new = start, "false" if ask.new_matter else None
    failed = assumed.FAILED_TRIES.along(story.course.responsiveness)
    for _ in range(how_many(story.rng, failed, assumed.MOST_FAILED) if ask.tries else 0):
        channel = _busy_channel(story, ask.channel, moment)
        moment = when(story, moment, channel)
        waited = f"{pick(story.rng, assumed.MINUTES_ON_HOLD)} min"
        held = channel in ("phone", "chat") and story.chance(assumed.ON_HOLD)
        story.happens(
            "contact",
            moment,
            channel=channel,
            reached="false",
            same_matter=new,
            waited=waited if held else None,
        )
        new = None
        moment += timedelta(minutes=round(around(story.rng, *assumed.MINUTES_UNTIL_NEXT_TRY)))
    moment = when(story, moment, ask.channel)
    story.happens(
        "contact",
        moment,
        channel=ask.channel,
        asks=ask.asks,
        same_matter=new,
        told_again="true" if ask.told_again else None,
    )
    return moment


def _busy_channel(story: Story, wanted: str, moment: datetime) -> str:
    """Where somebody fails who wants to use this channel; at night not at a closed desk."""
    channel = wanted
    if wanted not in assumed.BUSY_CHANNELS:
        channel = weighted(story.rng, assumed.BUSY_CHANNELS)
    if channel in assumed.IN_OPENING_HOURS and not open_at(moment):
        channel = weighted(story.rng, assumed.BUSY_AT_NIGHT)
    return channel


def when(story: Story, moment: datetime, channel: str) -> datetime:
    """When the customer gets round to it, over this channel."""
    return customer_acts(story.rng, moment, in_opening_hours=channel in assumed.IN_OPENING_HOURS)
