"""The columns that tables share, each worded once; a key of the content is as its model describes it."""

from __future__ import annotations

from msgspec.structs import replace

from scorecard.compose.case_format import meaning, resolved
from scorecard.compose.case_format import pattern as pattern_of
from scorecard.compose.tables.event_columns import event_columns
from scorecard.compose.tables.table import Column, Type
from scorecard.fields import SLUG, Record, schema_of
from scorecard.judge.finding import Reason, say
from scorecard.rubric import DIMENSIONS

_CASE = f"{SLUG[:-1]}/{SLUG[1:]}"


def key(model: type[Record], key: str, named: str = "", required: bool = False) -> Column:
    """A key of the content, as its model describes it."""
    schema = schema_of(model)
    value = resolved(schema["properties"][key], schema)
    return Column(
        named or key,
        "string",
        (meaning(model, key),),
        required,
        among=tuple(value.get("enum", ())),
        pattern=pattern_of(value),
    )


def company() -> Column:
    """The company that a row is about."""
    return text("company", say("The company, as the address of its page names it."), True, SLUG)


def case() -> Column:
    """The case that a row is about."""
    return text("case", say("The case, as the address of its page names it."), True, _CASE)


def dimension() -> Column:
    """The dimension of a rule."""
    says = (say("The dimension that the rule belongs to."),)
    return Column("dimension", "string", says, required=True, among=DIMENSIONS)


def rule() -> Column:
    """The rule that a row is about."""
    return text("rule", say("The rule, as the method names it."), True, SLUG)


def text(
    name: str,
    says: Reason,
    required: bool = False,
    pattern: str | None = None,
    example: str | None = None,
) -> Column:
    """A text; one without `pattern` may begin with anything."""
    return Column(name, "string", (says,), required, pattern=pattern, example=example)


def time(name: str, says: Reason) -> Column:
    """A time as exact as it was told, written like the events' own."""
    at = next(column for column in event_columns() if column.name == "at")
    return replace(at, name=name, says=(says,))


def day(name: str, says: Reason) -> Column:
    """A day."""
    return Column(name, "date", (says,))


def made(name: str, type_: Type, says: Reason) -> Column:
    """What a row was made by; never empty."""
    return Column(name, type_, (says,), required=True)


def points(name: str, says: Reason) -> Column:
    """Points of a score, 0 to 100."""
    return Column(name, "number", (says,), unit=say("points"), least=0, most=100)


def share(name: str, says: Reason, required: bool = False) -> Column:
    """A share, 0 to 1."""
    return Column(name, "number", (says,), required, say("share"), least=0, most=1)


def number(name: str, says: Reason, required: bool = False) -> Column:
    """A number, not negative."""
    return Column(name, "number", (says,), required, least=0)


def weight(name: str, *says: Reason, most: float | None = None, required: bool = False) -> Column:
    """A weight, counted in full cases."""
    return Column(name, "number", says, required, say("full cases"), least=0, most=most)
