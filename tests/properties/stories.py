"""Hypothesis strategies that write case logs as a contributor might: every event, every key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from scorecard.events import Channel
from scorecard.judge.case import judge_case
from scorecard.model import Case
from scorecard.rubric import DIMENSIONS
from tests.support.build import make_case, steady

Scores = tuple[float | None, ...]

NO_SUMMER_TIME = ZoneInfo("UTC")  # every hour that a story names exists
_START = datetime(2024, 1, 1)
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_FLAG = st.sampled_from(["yes", "no"])
_CHANNEL = st.sampled_from([channel.value for channel in Channel])
_MONEY = st.integers(0, 20000).map(lambda cents: f"{cents / 100:.2f} EUR")
_DURATION = st.builds(
    "{} {}".format,
    st.integers(1, 40),
    st.sampled_from(["min", "h", "days", "working days", "weeks"]),
)
_GAP = st.one_of(
    st.integers(0, 600).map(lambda n: n * _MINUTE),
    st.integers(0, 5).map(lambda n: n * _DAY),
    st.integers(0, 60 * 24).map(lambda n: n * 60 * _MINUTE),
)

EXACT, DAY, MONTH = "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y-%m"
KNOWN = (EXACT, DAY)
ANY = (EXACT, DAY, MONTH, None)


class Happening(Struct, frozen=True):
    """One event: its keys, the true moment, and how exactly the log tells it (None: not at all)."""

    keys: Mapping[str, Any]
    moment: datetime
    told: str | None

    def log(self) -> dict[str, Any]:
        """The event as it is written."""
        return {**({"at": f"{self.moment:{self.told}}"} if self.told else {}), **self.keys}


class Story(Struct, frozen=True):
    """A case log and the day on which it is judged."""

    happenings: tuple[Happening, ...]
    keys: Mapping[str, Any]
    as_of: date
    country: str | None = None
    sector: str = "telecom"

    def case(self) -> Case:
        """The case, through the reader's types."""
        return make_case([h.log() for h in self.happenings], NO_SUMMER_TIME, **self.keys)

    def scores(self) -> Scores:
        """Its three scores; None where it has none."""
        judged = judge_case(self.case(), steady(self.as_of, self.sector, self.country))
        return tuple(judged.scores[d] if judged else None for d in DIMENSIONS)

    def put(self, index: int, *happenings: Happening) -> Story:
        """The same story with these happenings before position `index`."""
        now = (*self.happenings[:index], *happenings, *self.happenings[index:])
        return replace(self, happenings=now)

    def swap(self, index: int, happening: Happening) -> Story:
        """The same story with another happening at position `index`."""
        now = (*self.happenings[:index], happening, *self.happenings[index + 1 :])
        return replace(self, happenings=now)

    def __repr__(self) -> str:
        lines = [f"\n  - {h.log()}" for h in self.happenings]
        return (
            f"{dict(self.keys)} {self.sector} {self.country} as of {self.as_of}{''.join(lines)}\n"
        )


def _event(name: str, **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"event": st.just(name)}, optional=optional)


_CONTACT = _event(
    "contact",
    channel=_CHANNEL,
    reached=_FLAG,
    asks=st.sampled_from(["answer", "refund", "complaint", "callback"]),
    same_matter=_FLAG,
    told_again=_FLAG,
    waited=_DURATION,
)
_REPLY = _event(
    "reply",
    channel=_CHANNEL,
    by=st.sampled_from(["person", "expert", "script", "machine"]),
    answer=st.sampled_from(["full", "partial", "none"]),
    tone=st.sampled_from(["kind", "neutral", "rude"]),
    advice_worked=_FLAG,
)
_ACKNOWLEDGEMENT = _event("acknowledgement", channel=_CHANNEL, promises_within=_DURATION)
_SURVEY = _event("survey")
_TRANSFER = _event("transfer", to=st.just("another desk"))
_SWITCH = _event("channel-switch", to=_CHANNEL)
_RECURRENCE = _event("recurrence")
_LOST = _event("lost")
_NAMED = {
    "contact": _CONTACT,
    "reply": _REPLY,
    "acknowledgement": _ACKNOWLEDGEMENT,
    "survey": _SURVEY,
    "transfer": _TRANSFER,
    "channel-switch": _SWITCH,
    "recurrence": _RECURRENCE,
    "lost": _LOST,
    "charge": _event(
        "charge", amount=_MONEY, due_to_customer_error=_FLAG, warned=_FLAG, justified=_FLAG
    ),
    "replacement": _event("replacement", asked_for_return=_FLAG, free=_FLAG),
    "gesture": _event("gesture", amount=_MONEY, what=st.just("flowers")),
    "fix": _event("fix", cause=_FLAG, told=_FLAG),
    "chargeback": _event("chargeback", amount=_MONEY),
    "escalation": _event(
        "escalation",
        to=st.sampled_from(["regulator", "ombudsman", "court", "media", "disputes-body"]),
        ruling=st.sampled_from(["customer", "company", "settled"]),
    ),
    "closed": _event(
        "closed",
        solved=st.sampled_from(["full", "partial", "none"]),
        by=st.sampled_from(["customer", "company"]),
    ),
}
_OFTEN = ("contact", "contact", "contact", "reply", "reply", "promise", "refund", "refund")
_EVERY = (*_OFTEN, *_NAMED)
_FORM = st.sampled_from(["money", "set-off", "voucher"])


@st.composite
def _later(draw: st.DrawFn, moment: datetime, told: Sequence[str | None]) -> str:
    precision = draw(st.sampled_from([t for t in told if t]))
    return f"{moment + draw(_GAP):{precision}}"


@st.composite
def promises(draw: st.DrawFn, moment: datetime, told: Sequence[str | None] = ANY) -> dict[str, Any]:
    """A promise that was made at `moment`: due, kept, both or neither."""
    promise: dict[str, Any] = {"event": "promise"}
    match draw(st.sampled_from(["due", "within", ""])):
        case "due":
            promise["due"] = draw(_later(moment, told))
        case "within":
            promise["within"] = draw(_DURATION)
    match draw(st.sampled_from(["kept_at", "kept", ""])):
        case "kept_at":
            promise["kept_at"] = draw(_later(moment, told))
        case "kept":
            promise["kept"] = draw(_FLAG)
    return promise


@st.composite
def refunds(draw: st.DrawFn, moment: datetime, told: Sequence[str | None] = ANY) -> dict[str, Any]:
    """A decision on money at `moment`: granted and paid, awaited, or refused."""
    decision = draw(st.sampled_from(["granted", "partial", "refused"]))
    refund: dict[str, Any] = {"event": "refund", "decision": decision}
    if decision == "refused":
        return refund | draw(st.fixed_dictionaries({}, optional={"justified": _FLAG}))
    refund |= draw(st.fixed_dictionaries({}, optional={"amount": _MONEY, "form": _FORM}))
    match draw(st.sampled_from(["paid_at", "paid", ""])):
        case "paid_at":
            refund["paid_at"] = draw(_later(moment, told))
        case "paid":
            refund["paid"] = draw(_FLAG)
    return refund


@st.composite
def _happening(
    draw: st.DrawFn, moment: datetime, told: Sequence[str | None], names: Sequence[str]
) -> Happening:
    kinds = [_NAMED[name] for name in names if name in _NAMED]
    if "promise" in names:
        kinds.append(promises(moment, told))
    if "refund" in names:
        kinds.append(refunds(moment, told))
    return Happening(draw(st.one_of(kinds)), moment, draw(st.sampled_from(told)))


@st.composite
def stories(
    draw: st.DrawFn, told: Sequence[str | None] = ANY, having: Sequence[str] = _EVERY
) -> Story:
    """A valid case log of one to eight events in order, with times as exact as `told` allows.

    One of its events is one of `having`. It is judged on any day from that event on.
    """
    moment = _START
    happenings = []
    count = draw(st.integers(1, 8))
    fixed = draw(st.integers(0, count - 1))
    for index in range(count):
        moment += draw(_GAP)
        names = having if index == fixed else _EVERY
        happenings.append(draw(_happening(moment, told, names)))
    keys = draw(_keys(moment))
    as_of = (happenings[fixed].moment + draw(st.integers(0, 400)) * _DAY).date()
    country = draw(st.sampled_from([None, "NL"]))
    sector = draw(st.sampled_from(["telecom", "credit-cards"]))
    return Story(tuple(happenings), keys, as_of, country, sector)


def _keys(last: datetime) -> st.SearchStrategy[dict[str, Any]]:
    """What a case log says besides its timeline, as far as scores look at it."""
    date = st.integers(0, 90).map(lambda n: f"{last + n * _DAY:%Y-%m-%d}")
    source = st.fixed_dictionaries({"kind": st.just("first-hand")}, optional={"date": date})
    wanted = st.sampled_from(["answer", "refund", "replacement", "cancellation"])
    return st.fixed_dictionaries({"wanted": wanted, "source": source}, optional={"amount": _MONEY})


@st.composite
def places(draw: st.DrawFn, story: Story, first: int = 0) -> tuple[int, datetime]:
    """A position from `first` on at which something more can have happened, and when.

    It has happened by the day of judgement.
    """
    moments = [h.moment for h in story.happenings]
    evening = datetime.combine(story.as_of, time(23, 59))
    last = max(first, sum(moment <= evening for moment in moments))
    index = draw(st.integers(first, last))
    after = moments[index - 1] if index else moments[0]
    before = min(evening, moments[index] if index < len(moments) else after + 60 * _DAY)
    return index, after + draw(st.integers(0, max(0, (before - after) // _MINUTE))) * _MINUTE


def first_contact(story: Story) -> int | None:
    """The position of the first contact."""
    names = [h.keys["event"] for h in story.happenings]
    return names.index("contact") if "contact" in names else None


def nowhere_higher(after: Scores, before: Scores) -> bool:
    """Is no score higher than it was? A score that came or went is no higher one."""
    return all(a is None or b is None or a <= b + 1e-9 for a, b in zip(after, before, strict=True))


SILENT = st.one_of(_ACKNOWLEDGEMENT, _SURVEY)
AVOIDABLE = st.fixed_dictionaries(
    {"event": st.just("contact"), "same_matter": st.just("yes")},
    optional={"channel": _CHANNEL, "reached": _FLAG, "told_again": _FLAG},
)
TRANSFER, SWITCH, RECURRENCE, LOST, DURATION = _TRANSFER, _SWITCH, _RECURRENCE, _LOST, _DURATION
GAP = _GAP
