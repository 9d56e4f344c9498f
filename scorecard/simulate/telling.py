"""What a contributor makes of a story: what was known by then, as exactly as this one tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from scorecard.simulate import assumptions as assumed
from scorecard.simulate.chance import around, chance, normal, pick, weighted
from scorecard.simulate.story import Happening, Story
from scorecard.simulate.wording import note_for, some_words, words

_MINUTE, _DAY, _MONTH = "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m"
_FORMS = {"minute": _MINUTE, "day": _DAY, "month": _MONTH}
_DONE = {"kept_at": "kept", "paid_at": "paid"}
_DETAILS = {
    "contact": ("waited",),
    "reply": ("by", "answer", "tone"),
    "promise": ("what",),
    "transfer": ("to",),
    "charge": ("warned", "due_to_customer_error"),
    "refund": ("amount",),
    "replacement": ("asked_for_return",),
    "fix": ("told",),
    "closed": ("by",),
}


def known_by(happenings: Sequence[Happening], day: date) -> list[Happening]:
    """What had happened by the end of the day; what was done or ruled later is not known yet."""
    now = datetime.combine(day, time(23, 59))
    known = []
    for happening in happenings:
        if happening["at"] > now:
            continue
        late = {key for key in (*_DONE, "ruled_at") if key in happening and happening[key] > now}
        if "ruled_at" in late:
            late |= {"ruling"}
        known.append({key: value for key, value in happening.items() if key not in late})
    return known


def exactly(happenings: Sequence[Happening]) -> list[dict[str, str]]:
    """The events with every time to the minute."""
    return [_written(happening, _MINUTE) for happening in happenings]


def _written(happening: Mapping[str, Any], form: str | None) -> dict[str, str]:
    """An event with its times in this form; a due time is a day at least, or told as a length."""
    written = {}
    for key, value in happening.items():
        if not isinstance(value, datetime):
            written[key] = value
        elif key == "due" and "within" not in happening:
            written[key] = value.strftime(_MINUTE if form == _MINUTE else _DAY)
        elif key not in ("due", "ruled_at") and form is not None:
            written[key] = value.strftime(form)
    return written


def roughly(
    rng: Random, happenings: Sequence[Happening], diligence: float, language: str, end: date
) -> list[dict[str, str]]:
    """The events as a contributor of this diligence writes them, in this language, on the day `end`."""
    weights = {form: ends.at(diligence) for form, ends in assumed.COARSE.items()}
    events = []
    for position, happening in enumerate(happenings):
        exactness = weighted(rng, weights)
        if position == 0 and exactness == "none":
            exactness = "day"
        event = _written(happening, _FORMS.get(exactness))
        _tell_what_was_done(rng, happening, event, end)
        _leave_out(rng, event, assumed.TOLD_DETAIL.at(diligence))
        note = note_for(rng, language, event)
        if note and chance(rng, assumed.TOLD_NOTE.at(diligence)):
            event["note"] = note
        events.append(event)
    return events


def _tell_what_was_done(
    rng: Random, happening: Happening, event: dict[str, str], end: date
) -> None:
    """Where the time is not told, whether it was; of what was never done, sometimes so in words."""
    done, due = happening.get("kept_at"), happening.get("due")
    if event["event"] == "promise":
        if done and "kept_at" not in event:
            event["kept"] = "true" if due and done <= due else "false"
        elif not done and due and due.date() < end and chance(rng, assumed.TOLD_BROKEN):
            event["kept"] = "false"
    if event["event"] == "refund" and "paid_at" in happening and "paid_at" not in event:
        event["paid"] = "true"


def _leave_out(rng: Random, event: dict[str, str], told: float) -> None:
    """Leaves details out, each told with this probability; what was no answer is always told as such."""
    if event.get("answer") == "none" or event.get("by") == "machine":
        return
    for key in _DETAILS.get(event["event"], ()):
        if key in event and not chance(rng, told):
            del event[key]


def effort_of(story: Story) -> str:
    """The customer's own answer, 1 very little … 5 very much: the worse it went the more."""
    course = story.course
    quality = (course.responsiveness + 2 * course.follow_through + course.refunds) / 4
    worst, best = assumed.EFFORT_AT_WORST, assumed.EFFORT_AT_BEST
    effort = normal(story.rng, worst + (best - worst) * quality, assumed.EFFORT_DEVIATION)
    return str(min(5, max(1, round(effort))))


def evidence_level(rng: Random, diligence: float) -> str:
    """How well a contributor of this diligence documents a case."""
    return weighted(rng, {name: ends.at(diligence) for name, ends in assumed.EVIDENCE.items()})


def evidence_of(
    story: Story, timeline: Sequence[Mapping[str, str]], level: str | None
) -> dict[str, Any]:
    """What there is to show for it; of this level if one is given."""
    rng, diligence = story.rng, story.setting.contributor.diligence
    drawn = evidence_level(rng, diligence)
    if any("ruling" in event for event in timeline) and chance(rng, diligence):
        drawn = "ruling"
    level = level or drawn
    evidence: dict[str, Any] = {"level": level}
    if level != "none":
        count = 1 + int(rng.random() * 3)
        items = [some_words(rng, story.plot.language, "items") for _ in range(count)]
        evidence["items"] = list(dict.fromkeys(items))
    if level in ("public", "ruling"):
        evidence["urls"] = [f"https://proof.example/{story.plot.trouble.key}/{_number(rng)}"]
    return evidence


def _number(rng: Random) -> str:
    return f"{int(rng.random() * 1e6):06d}"


def source_of(story: Story, written: date) -> dict[str, str]:
    """Where the case comes from; mostly from whom it happened to."""
    rng, language = story.rng, story.plot.language
    kind = weighted(rng, assumed.SOURCES)
    source = {"kind": kind, "date": written.isoformat()}
    if kind == "published":
        source["title"] = some_words(rng, language, "headlines")
        source["author"] = some_words(rng, language, "magazine")
        source["url"] = f"https://paper.example/{_number(rng)}"
    elif kind == "register":
        source["record"] = f"{written.year}-{_number(rng)}"
    return source


def aftermath(story: Story, written: date) -> dict[str, Any]:
    """What editors and the company add to a case once it is there, up to the setting's `as_of`."""
    rng, language, end = story.rng, story.plot.language, story.setting.as_of
    added: dict[str, Any] = {}
    asked = written + timedelta(days=round(around(rng, *assumed.DAYS_UNTIL_COMPANY_ASKED)))
    replied = asked + timedelta(days=round(around(rng, *assumed.DAYS_UNTIL_COMPANY_REPLIES)))
    status = weighted(rng, assumed.STATUSES)
    if status != "published" and asked <= end:
        note = pick(rng, words(language)["status_notes"][status])
        added |= {"status": status, "status_note": note, "status_date": asked.isoformat()}
    if chance(rng, assumed.COMPANY_ASKED) and asked <= end and status != "withdrawn":
        added["reply"] = {"asked": asked.isoformat()}
        if replied <= end and story.responsive(assumed.COMPANY_REPLIES):
            added["reply"] |= {
                "at": replied.isoformat(),
                "by": some_words(rng, language, "roles"),
                "text": some_words(rng, language, "replies"),
            }
    return added
