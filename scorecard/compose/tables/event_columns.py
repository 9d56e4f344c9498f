"""The columns and rows of the table of events, from the event model: each key of it is a column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from scorecard.compose.case_format import (
    Schema,
    example,
    known,
    meaning,
    pattern,
    resolved,
)
from scorecard.compose.tables.table import Cell, Column
from scorecard.events import KINDS, Event
from scorecard.fields import schema_of
from scorecard.judge.finding import Reason, say
from scorecard.model import Case, CaseLog
from scorecard.values import Money, Time

COMMON = ("at", "note")
"""The keys that every event has."""
WRITTEN = ("note", "what")
"""What people wrote in their own words: no edition keeps it for ever."""


class _Use(NamedTuple):
    """A key as some kinds of event use it."""

    kinds: list[str]
    says: Reason
    value: dict[str, Any]


def event_columns() -> Iterator[Column]:
    """A column for each key of the model, in the order of its first use; `note` is the last."""
    uses = _uses()
    yield Column("event", "string", (say("What happened."),), required=True, among=tuple(KINDS))
    yield from _columns("at", uses["at"])
    for name, words in (
        ("earliest", say("The first moment that the time can mean, in the site's time zone.")),
        ("latest", say("The last moment that the time can mean, in the site's time zone.")),
    ):
        yield Column(name, "datetime", (words,))
    for key, used in uses.items():
        if key not in COMMON:
            yield from _columns(key, used)
    yield from _columns("note", uses["note"])


def _uses() -> dict[str, list[_Use]]:
    """How the kinds of event use each key: those that mean the same by it together."""
    schema = schema_of(CaseLog)
    found: dict[str, list[_Use]] = {}
    for name, kind in KINDS.items():
        for key, raw in schema["$defs"][kind.__name__]["properties"].items():
            if key == "event":
                continue
            value = resolved(raw, schema)
            says = meaning(kind, key)
            uses = found.setdefault(key, [])
            same = next((u for u in uses if u.says == says and _alike(u.value, value)), None)
            if same:
                same.kinds.append(name)
            else:
                uses.append(_Use([name], says, value))
    return found


def _alike(one: Schema, other: Schema) -> bool:
    return all(one.get(key) == other.get(key) for key in ("type", "anyOf", "pattern", "enum"))


def _columns(key: str, uses: list[_Use]) -> Iterator[Column]:
    kinds = {known(use.value) for use in uses}
    closed = all("enum" in use.value for use in uses)
    says = tuple(_meaning(key, use, values=not closed) for use in uses)
    if kinds == {"money"}:
        yield Column(key, "number", says, unit=say("in the currency beside it"), least=0)
        currency = (say("The currency of {key}, by ISO 4217.", key=key),)
        yield Column(f"{key}_currency", "string", currency, pattern="^[A-Z]{3}$", example="EUR")
    elif kinds == {"flag"}:
        yield Column(key, "boolean", says)
    elif closed:
        among = dict.fromkeys(value for use in uses for value in use.value["enum"])
        yield Column(key, "string", says, among=tuple(among))
    else:
        patterns = {pattern(use.value) for use in uses}
        shape = patterns.pop() if len(patterns) == 1 else None
        shown = example(uses[0].value) if shape else None
        yield Column(key, "string", says, pattern=shape, example=shown)


def _meaning(key: str, use: _Use, values: bool) -> Reason:
    """What a key means, and in which kinds of event; with its values where the column has others too."""
    if key in COMMON:
        return use.says
    kinds, among = ", ".join(use.kinds), ", ".join(use.value.get("enum", ()))
    if values and among:
        return say("{events} – {meaning} ({values})", events=kinds, meaning=use.says, values=among)
    return say("{events} – {meaning}", events=kinds, meaning=use.says)


_Put = tuple[int, str, Callable[[Any], Cell]]


class EventRows:
    """Makes the rows of the table; what each kind of event fills is prepared once.

    In those of an edition (`frozen`) nothing stands that people wrote in their own words.
    """

    def __init__(self, columns: tuple[Column, ...], frozen: bool = False) -> None:
        self._frozen = frozen
        self._places = {column.name: place for place, column in enumerate(columns)}
        self._plans: Mapping[type[Event], list[_Put]] = {
            kind: list(self._plan(kind)) for kind in KINDS.values()
        }

    def of(self, case: Case) -> Iterator[list[Cell]]:
        """The timeline of a case, an event a row."""
        for position, event in enumerate(case.timeline):
            row: list[Cell] = [None] * len(self._places)
            row[:3] = case.id, case.company, position
            for place, key, written in self._plans[type(event)]:
                value = getattr(event, key)
                if value is not None:
                    row[place] = written(value)
            yield row

    def _plan(self, kind: type[Event]) -> Iterator[_Put]:
        for key in kind.model_fields:
            if self._frozen and key in WRITTEN:
                continue
            yield self._places[key], key, _written
            if key == "at":
                yield self._places["earliest"], key, _earliest
                yield self._places["latest"], key, _latest
            elif f"{key}_currency" in self._places:
                yield self._places[f"{key}_currency"], key, _currency


def _written(value: Any) -> Cell:
    if isinstance(value, Money):
        return float(value.amount)
    if isinstance(value, bool):
        return value
    return str(getattr(value, "text", value))


def _earliest(time: Time) -> str:
    return time.first.isoformat(timespec="seconds")


def _latest(time: Time) -> str:
    return time.last.isoformat(timespec="seconds")


def _currency(money: Money) -> str:
    return money.currency
