"""Doing what was asked: detours, promises, fixes, and how it ends."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.answering import ask_again
from scorecard.simulate.asking import Ask
from scorecard.simulate.chance import around, how_many, pick, weighted
from scorecard.simulate.story import Happening, Story
from scorecard.simulate.wording import promised, some_words
from scorecard.simulate.worktime import (
    CLOSES,
    OPENS,
    after_working_hours,
    company_acts,
    next_opening,
)


def handle(story: Story, start: datetime, channel: str) -> datetime:
    """What the company does about it after the first answer, or silence; when that is over."""
    moment = start
    detours = assumed.DETOURS.at(story.course.follow_through)
    for _ in range(how_many(story.rng, detours, assumed.MOST_DETOURS)):
        moment = _detour(story, moment, channel)
    for _ in range(how_many(story.rng, assumed.PROMISES, assumed.MOST_PROMISES)):
        moment = _promise(story, moment, channel)
    if not story.plot.about_money and story.follows(assumed.FIXED):
        moment = _fix(story, moment, channel)
    return moment


def _detour(story: Story, start: datetime, channel: str) -> datetime:
    """One way of not being helped in one go; when the customer is back where it began."""
    rng, retold = story.rng, story.follows(assumed.TOLD_AGAIN)
    moment = company_acts(rng, start, 0.1 + rng.random())
    match weighted(rng, assumed.DETOUR_KINDS):
        case "transfer":
            story.happens("transfer", moment, to=some_words(rng, story.plot.language, "desks"))
            return ask_again(story, moment, Ask(channel, told_again=retold))
        case "switch":
            other = pick(rng, [c for c in ("email", "phone", "form", "app") if c != channel])
            story.happens("channel-switch", moment, to=other)
            return ask_again(story, moment, Ask(other, told_again=retold))
        case "advice":
            tried = moment + timedelta(days=around(rng, *assumed.DAYS_TRYING_ADVICE))
            return ask_again(story, tried, Ask(channel, told_again=retold, advice_fails=True))
        case _:
            later = after_working_hours(moment, around(rng, *assumed.HOURS_UNTIL_FOUND_LOST))
            asked = ask_again(story, later, Ask(channel, told_again=True))
            story.happens("lost", asked + timedelta(minutes=2))
            return asked + timedelta(minutes=10)


def _promise(story: Story, start: datetime, channel: str) -> datetime:
    """A promise and what becomes of it; when that is known."""
    rng = story.rng
    promise = _promised(story, company_acts(rng, start, 0.1 + rng.random() * 2))
    made: datetime = promise["at"]
    due: datetime = promise["due"]
    if story.follows(assumed.KEPT_IN_TIME):
        in_time = next_opening(made + (due - made) * (0.15 + 0.8 * rng.random()))
        promise["kept_at"] = min(due, in_time)
    elif story.follows(assumed.KEPT_LATE):
        late = (due - made) * around(rng, *assumed.LATE_STRETCHES)
        promise["kept_at"] = next_opening(due + max(late, timedelta(days=1)))
    elif story.chance(assumed.ASKS_AFTER_BROKEN):
        again = due + timedelta(days=around(rng, *assumed.DAYS_UNTIL_BROKEN_ASKED))
        retold = story.follows(assumed.TOLD_AGAIN)
        return ask_again(story, again, Ask(channel, told_again=retold))
    known: datetime = promise.get("kept_at", due)
    return known


def _promised(story: Story, made: datetime) -> Happening:
    """A promise for a working day, which is named or told as a number of days."""
    days = pick(story.rng, assumed.PROMISED_DAYS)
    day = datetime.combine(made.date() + timedelta(days=days), time(OPENS))
    due = next_opening(day)
    length = f"{days} day{'s' if days > 1 else ''}"
    as_length = due == day and story.chance(assumed.PROMISED_AS_LENGTH)
    return story.happens(
        "promise",
        made,
        what=promised(story.rng, story.plot),
        due=due.replace(hour=CLOSES),
        within=length if as_length else None,
    )


def _fix(story: Story, start: datetime, channel: str) -> datetime:
    """A fix, and perhaps the same trouble once more; when the customer has told of that."""
    rng = story.rng
    fixed = company_acts(rng, start, around(rng, *assumed.HOURS_UNTIL_FIXED))
    story.happens(
        "fix",
        fixed,
        cause="true" if story.follows(assumed.CAUSE_FIXED) else "false",
        told="true" if story.follows(assumed.CAUSE_TOLD) else "false",
    )
    if not story.follows(assumed.COMES_BACK):
        return fixed
    back = fixed + timedelta(days=1 + around(rng, *assumed.DAYS_UNTIL_BACK))
    back = back.replace(hour=8 + int(rng.random() * 12))
    story.happens("recurrence", back)
    return ask_again(story, back + timedelta(hours=1), Ask(channel))


def close(story: Story, start: datetime) -> datetime:
    """How the customer sees the end; when that is, or from when on it just stays open."""
    course, rng = story.course, story.rng
    solved = _solved(story)
    if solved == "none" and story.chance(assumed.NEVER_CLOSED):
        return start
    days = assumed.DAYS_UNTIL_CLOSED.along(course.follow_through)
    moment = next_opening(start + timedelta(days=around(rng, days, assumed.CLOSING_SPREAD)))
    moment += timedelta(minutes=int(rng.random() * 400))
    by = "company" if story.chance(assumed.CLOSED_BY_COMPANY) else "customer"
    story.happens("closed", moment, solved=solved, by=by)
    return moment


def _solved(story: Story) -> str:
    quality = story.course.follow_through
    partly = assumed.SOLVED_PARTLY.at(quality) + assumed.PARTLY_BETWEEN * quality * (1 - quality)
    fully = assumed.SOLVED_FULLY.at(quality) * (1 - partly / 2)
    weights = {"full": fully, "partial": partly, "none": max(0.0, 1 - fully - partly)}
    solved = weighted(story.rng, weights)
    if solved == "full" and story.plot.about_money and _money_missing(story):
        return "partial" if story.chance(assumed.HALF_WITHOUT_MONEY) else "full"
    return solved


def _money_missing(story: Story) -> bool:
    return not any("paid_at" in h or h["event"] == "replacement" for h in story.happenings)
