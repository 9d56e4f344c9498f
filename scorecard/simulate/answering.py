"""Being answered: confirmations, empty replies, chasing, the answer, or silence."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.asking import WRITTEN, Ask, get_through, when
from scorecard.simulate.chance import around, how_many, pick, weighted
from scorecard.simulate.story import Story
from scorecard.simulate.worktime import after_working_hours, company_acts


def ask_and_wait(story: Story, start: datetime, ask: Ask) -> datetime:
    """A question from the first try to the answer, or to giving up."""
    return await_answer(story, get_through(story, start, ask), ask)


def ask_again(story: Story, start: datetime, ask: Ask) -> datetime:
    """One more contact about the same matter: the company knows of it by now, and is sooner."""
    again = replace(ask, tries=False, slowness=assumed.SOONER, most_chases=0)
    return ask_and_wait(story, start, again)


def await_answer(
    story: Story, asked: datetime, ask: Ask, settled: datetime | None = None
) -> datetime:
    """What comes after a contact that got through: the moment of the answer, or of giving up.

    `settled` is when something else than a reply answers it, such as a decision on the money.
    """
    if ask.channel in WRITTEN and story.chance(assumed.CONFIRMED):
        story.happens(
            "acknowledgement",
            asked + timedelta(minutes=1 + int(story.rng.random() * 4)),
            channel=ask.channel,
            promises_within=pick(story.rng, assumed.CONFIRMED_WITHIN),
        )
    answer = _answer_time(story, asked, ask)
    end = min((moment for moment in (answer, settled) if moment), default=None)
    last = _chase(story, asked, ask, end)
    if answer is not None and answer == end:
        _reply(story, answer, ask)
    return max(end or last, last)


def _answer_time(story: Story, asked: datetime, ask: Ask) -> datetime | None:
    """When the answer comes; None for never."""
    if story.responsive(assumed.NEVER_ANSWERED):
        return None
    usual = _slow_sector(story).get(ask.channel, assumed.USUAL_HOURS[ask.channel])
    median = usual * ask.slowness * assumed.WAIT_IN_NORMS.along(story.course.responsiveness)
    hours = around(story.rng, median, assumed.WAIT_SPREAD)
    if hours > assumed.LONGEST_WAIT:
        return None
    least = assumed.LEAST_HOURS.get(ask.channel, assumed.LEAST_HOURS_ELSE)
    return company_acts(story.rng, asked, max(hours, least))


def _slow_sector(story: Story) -> assumed.Weights:
    """The hours that are usual in this sector and nowhere else, by channel."""
    return assumed.USUAL_HOURS_IN.get(story.setting.sector, {})


def _chase(story: Story, asked: datetime, ask: Ask, end: datetime | None) -> datetime:
    """Asks again until the answer comes or patience ends; when the customer last did so."""
    channel, moment, emptied = ask.channel, asked, False
    persistence = 1 + how_many(story.rng, assumed.PERSISTENCE - 1, assumed.MOST_CHASES - 1)
    for _ in range(min(persistence, ask.most_chases)):
        patience = _patience(story, channel)
        until = after_working_hours(moment, around(story.rng, patience, assumed.PATIENCE_SPREAD))
        if not emptied and story.responsive(assumed.EMPTY_REPLY):
            emptied = _empty_reply(story, moment, channel, min(until, end or until))
        if story.chance(assumed.OTHER_CHANNEL):
            channel = "phone" if ask.channel != "phone" else "email"
        again = when(story, until, channel)
        if end and again >= end:
            break
        moment = again
        _asked_again(story, moment, channel)
    return moment


def _patience(story: Story, channel: str) -> float:
    if channel in _slow_sector(story):
        return assumed.PATIENCE_SLOW_SECTOR
    return assumed.PATIENCE.get(channel, assumed.PATIENCE_ELSE)


def _asked_again(story: Story, moment: datetime, channel: str) -> None:
    fails = channel in assumed.BUSY_CHANNELS and story.responsive(assumed.CHASE_FAILS)
    retold = story.follows(assumed.TOLD_AGAIN) and story.chance(assumed.RETOLD_WHEN_CHASING)
    story.happens(
        "contact",
        moment,
        channel=channel,
        reached="false" if fails else None,
        told_again="true" if retold and not fails else None,
    )


def _empty_reply(story: Story, start: datetime, channel: str, before: datetime) -> bool:
    """A reply that answers nothing, if there is time for it."""
    soonest, latest = assumed.EMPTY_REPLY_HOURS
    moment = company_acts(story.rng, start, soonest + story.rng.random() * (latest - soonest))
    if moment >= before:
        return False
    by = weighted(story.rng, assumed.EMPTY_BY)
    story.happens("reply", moment, channel=channel, by=by, answer="none", tone=_tone(story, by))
    return True


def _tone(story: Story, by: str) -> str | None:
    """How it was said; a machine has no tone."""
    if by == "machine":
        return None
    if story.responsive(assumed.RUDE):
        return "rude"
    return "kind" if story.responsive(assumed.KIND) else "neutral"


def _reply(story: Story, moment: datetime, ask: Ask) -> None:
    full = story.responsive(assumed.FULL_ANSWER)
    by = "person"
    if story.responsive(assumed.BY_EXPERT):
        by = "expert"
    elif full and story.responsive(assumed.BY_MACHINE):
        by = "machine"
    story.happens(
        "reply",
        moment,
        channel=ask.channel,
        by=by,
        answer="full" if full else "partial",
        tone=_tone(story, by),
        advice_worked="false" if ask.advice_fails else None,
    )
