"""How one case unfolds, from the first event to the last."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.answering import ask_and_wait
from scorecard.simulate.asking import Ask, begin
from scorecard.simulate.chance import around, chance, pick, weighted
from scorecard.simulate.handling import close, handle
from scorecard.simulate.money import ask_for_money, charge, escalate
from scorecard.simulate.setting import Quality, Setting
from scorecard.simulate.story import Plot, Story, euros, fallen_out
from scorecard.simulate.troubles import Trouble
from scorecard.simulate.wording import some_words
from scorecard.simulate.worktime import company_acts, next_opening


def plot_of(rng: Random, setting: Setting, trouble: Trouble) -> Plot:
    """What a case about this trouble is about."""
    wanted = pick(rng, trouble.wanted)
    at_stake = trouble.money and chance(rng, assumed.MONEY_AT_STAKE)
    money = wanted in ("refund", "replacement") or at_stake
    amount = max(assumed.LEAST_AMOUNT, round(around(rng, *assumed.AMOUNT) * 20) / 20)
    product = trouble.fixable and chance(rng, assumed.ABOUT_PRODUCT)
    language = pick(rng, setting.languages)
    return Plot(trouble, wanted, amount if money else None, language, product)


def unfold(rng: Random, quality: Quality, setting: Setting, plot: Plot) -> Story:
    """A whole story of this plot: what was wanted first, then the money, further questions, the end."""
    story = Story(rng, setting, fallen_out(rng, quality), plot)
    start, channel = begin(story)
    moment = _main_matter(story, charge(story, start), channel)
    moment = handle(story, moment, channel)
    if plot.amount is not None and not plot.about_money:
        later = moment + timedelta(days=around(rng, *assumed.DAYS_UNTIL_MONEY_MATTER))
        moment = ask_for_money(story, later, Ask(channel, asks="refund", new_matter=True))
    elif plot.amount is None and story.follows(assumed.ESCALATED_WITHOUT_MONEY):
        moment = escalate(story, moment)
    _end(story, moment)
    return story


def _main_matter(story: Story, start: datetime, channel: str) -> datetime:
    """The question that the case began with; when it is answered, or given up."""
    if story.plot.about_money:
        return ask_for_money(story, start, Ask(channel, asks="refund"))
    asks = pick(story.rng, ("answer", "answer", None, "callback"))
    return ask_and_wait(story, start, Ask(channel, asks=asks))


def _end(story: Story, start: datetime) -> None:
    """Further questions, how it was closed, and what came after."""
    afterwards: list[str] = []
    moment = start
    for asks, likely in assumed.MORE_MATTERS:
        if not story.responsive(likely):
            break
        if story.responsive(assumed.MATTER_AFTER_THE_END):
            afterwards.append(asks)
        else:
            moment = _further_matter(story, moment, asks)
    if story.follows(assumed.GESTURES):
        _gesture(story, moment)
    moment = close(story, moment)
    if story.chance(assumed.SURVEYED):
        story.happens("survey", company_acts(story.rng, moment, 2 + 10 * story.rng.random()))
    for asks in afterwards:
        moment = _further_matter(story, moment, asks)


def _further_matter(story: Story, start: datetime, asks: str) -> datetime:
    channel = weighted(story.rng, assumed.MATTER_CHANNELS)
    later = start + timedelta(days=around(story.rng, *assumed.DAYS_UNTIL_NEXT_MATTER))
    return ask_and_wait(story, later, Ask(channel, asks=asks, new_matter=True))


def _gesture(story: Story, start: datetime) -> None:
    moment = next_opening(start) + timedelta(minutes=5)
    if story.chance(assumed.GESTURE_IN_MONEY):
        amount = euros(pick(story.rng, assumed.GESTURE_AMOUNTS))
        story.happens("gesture", moment, amount=amount)
    else:
        story.happens("gesture", moment, what=some_words(story.rng, story.plot.language, "gifts"))
