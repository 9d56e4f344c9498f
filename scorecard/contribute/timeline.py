"""The timeline of a new case: its events asked one by one, each put where its time belongs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from scorecard.contribute.answers import Judge
from scorecard.contribute.person import Person, ask, choose
from scorecard.contribute.questions import (
    TRUTHS,
    Question,
    as_written,
    field_question,
    keys_of,
    needless,
)
from scorecard.events import KINDS, Event
from scorecard.values import parse_time

EventText = dict[str, str]
"""An event as its keys' texts."""


def placed(timeline: list[EventText], event: EventText, zone: ZoneInfo) -> list[EventText]:
    """The timeline with one more event, behind all that began no later; without a time, at the end."""
    place = len(timeline)
    if "at" in event:
        begins = parse_time(event["at"], zone).first
        later = (
            index
            for index, other in enumerate(timeline)
            if "at" in other and parse_time(other["at"], zone).first > begins
        )
        place = next(later, place)
    return [*timeline[:place], event, *timeline[place:]]


def ask_event(
    person: Person,
    judge: Judge,
    name: str,
    known: Mapping[str, str] | None = None,
    skip: Collection[str] = (),
    defaults: Mapping[str, str] | None = None,
) -> EventText:
    """An event of this name: what is `known` is not asked, nor what is to `skip`."""
    kind = KINDS[name]
    event = {"event": name, **(known or {})}
    for key in keys_of(kind):
        if key not in event and key not in skip and not needless(key, event):
            _ask_key(person, judge, kind, event, key, (defaults or {}).get(key, ""))
    order = ["at", "event", *keys_of(kind)]
    return {key: event[key] for key in dict.fromkeys(order) if key in event}


def ask_events(
    person: Person, judge: Judge, timeline: list[EventText], first: str
) -> list[EventText]:
    """Asks what happened, event by event, until 'done'; there is one event at least."""
    person.tell("\n".join(f"  {name:<16} {_meaning(kind)}" for name, kind in KINDS.items()))
    text = first
    while True:
        allowed = (*KINDS, "done") if timeline else tuple(KINDS)
        about = "one of the words above" + (", or done" if timeline else "")
        name = choose(person, Question(text, about, allowed, "done" if timeline else "", told=True))
        if name == "done":
            return timeline
        timeline = placed(timeline, ask_event(person, judge, name), judge.zone)
        text = "What happened next?"


def _ask_key(
    person: Person, judge: Judge, kind: type[Event], event: EventText, key: str, default: str = ""
) -> None:
    question = field_question(kind, key, default)
    given = ask(person, question, lambda text: judge.event_problems({**event, key: text}, key))
    if given:
        event[key] = as_written(given) if question.allowed == TRUTHS else given


def _meaning(kind: type[Event]) -> str:
    return (kind.__doc__ or "").partition("\n")[0]
