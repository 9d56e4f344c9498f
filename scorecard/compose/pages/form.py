"""The case format → the form that writes it. What each key is comes from the model's own JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from babel.numbers import list_currencies
from msgspec import Struct
from pydantic import TypeAdapter

from scorecard.compose import page as addresses
from scorecard.compose.case_format import Schema, known, resolved
from scorecard.compose.case_format import pattern as pattern_of
from scorecard.compose.host import github
from scorecard.compose.page import Page
from scorecard.compose.pages.form_words import ANSWERS, MESSAGES, PERSONAL, QUESTIONS, STEPS, Step
from scorecard.compose.sentences.story import Who, who
from scorecard.events import KINDS, Event
from scorecard.fields import SLUG, Handle, Language, schema_of
from scorecard.judge.finding import Reason, say
from scorecard.load.on_disk import MAX_BYTES
from scorecard.load.personal.emails import EMAIL
from scorecard.load.personal.numbers import ACCOUNT, CARD, CITIZEN, CUSTOMER
from scorecard.load.personal.sieve import DATES, SIEVE
from scorecard.model import CaseLog
from scorecard.site import Content
from scorecard.texts import WEB_ADDRESS
from scorecard.values import LONGEST_HOURS, UNIT_HOURS

Kind = Literal["line", "text", "lines", "choice", "tick", "flag", "time", "money", "duration"]

PARTS: Mapping[str, tuple[str, ...]] = {
    "case": ("title", "wanted", "amount", "about"),
    "proof": ("source", "evidence", "effort", "summary", "contributor", "language"),
}
"""The parts of the form beside the timeline, and the keys that each asks for."""
EDITORS = {"status", "status_note", "status_date", "reply"}
"""Keys that the editors write."""
CERTAIN = {EMAIL, ACCOUNT, CARD, CITIZEN, CUSTOMER}
"""Personal data that can be no company's own published number or address."""
_NAME = (
    r"\b(?:[Mm]rs?|[Mm]s|[Dd]hr|[Mm]evr|[Mm]w|[Mm]eneer|[Mm]evrouw)\.?"
    r" (?:(?:van|de|der|den|ten|ter) )*[A-Z][a-z]+"
)
_URL = f"^{WEB_ADDRESS}$"


class Field(Struct, frozen=True):
    """One question: the key that it writes, and what an answer may be.

    `most` is the number of characters; `form` the name of the message for what does not fit `pattern`.
    `writes` is what a tick stands for.
    """

    key: str
    kind: Kind
    label: Reason
    help: Reason | None
    required: bool
    options: tuple[tuple[str, Reason], ...] = ()
    most: int | None = None
    pattern: str | None = None
    form: str | None = None
    writes: str = ""


class EventForm(Struct, frozen=True):
    """One kind of event: how it is offered and what it asks."""

    name: str
    who: Who
    step: Step
    fields: tuple[Field, ...]


def form_page(content: Content) -> Page:
    """The page with the form; the editors' own words on contributing stand below it."""
    texts = {text.language: text for text in content.pages if text.slug == "contribute"}
    schema = schema_of(CaseLog)
    order = [key for key in schema["properties"] if key not in EDITORS]
    return Page(
        addresses.CONTRIBUTE,
        "contribute.html",
        {language: text.title for language, text in texts.items()} or say("Contribute"),
        say("Tell what happened between you and a company, step by step."),
        {
            "texts": texts,
            "parts": {name: tuple(_case_fields(keys, schema)) for name, keys in PARTS.items()},
            "common": tuple(_fields(schema_of(Event), schema)),
            "events": event_forms(schema),
            "github": github(content.site),
            "order": order,
            "messages": MESSAGES,
            "looks": list(_looks()),
            "personal": PERSONAL,
            "limits": {
                "hours": LONGEST_HOURS,
                "units": UNIT_HOURS,
                "bytes": MAX_BYTES,
                "slug": SLUG,
            },
            "currencies": sorted(list_currencies()),
        },
        undated=True,
    )


def event_forms(schema: Schema) -> tuple[EventForm, ...]:
    """Every kind of event that the format knows, as it is offered."""
    if KINDS.keys() != STEPS.keys():
        raise KeyError(f"events without words: {KINDS.keys() ^ STEPS.keys()}")
    common = Event.model_fields.keys() | {"event"}
    return tuple(
        EventForm(
            name,
            who(KINDS[name].model_construct()),
            step,
            tuple(_fields(schema["$defs"][KINDS[name].__name__], schema, f"{name}.", common)),
        )
        for name, step in STEPS.items()
    )


def _case_fields(keys: tuple[str, ...], schema: Schema) -> Iterator[Field]:
    for key in keys:
        inner = resolved(schema["properties"][key], schema)
        if "properties" in inner:
            yield from _fields(inner, schema, f"{key}.", prefixed=True)
        else:
            yield _field(key, key, inner, key in schema["required"])


def _fields(
    record: Schema,
    schema: Schema,
    prefix: str = "",
    without: Any = (),
    prefixed: bool = False,
) -> Iterator[Field]:
    for key, value in record["properties"].items():
        if key not in without:
            words = f"{prefix}{key}" if f"{prefix}{key}" in QUESTIONS else key
            written = f"{prefix}{key}" if prefixed else key
            required = key in record.get("required", ())
            yield _field(written, words, resolved(value, schema), required)


def _field(key: str, words: str, value: Schema, required: bool) -> Field:
    question = QUESTIONS[words]
    kind, most, pattern, form = _shape(value)
    values = [str(n) for n in value.get("enum", range(1, value.get("maximum", 0) + 1))]
    options = tuple((v, ANSWERS[words][v]) for v in values) if kind == "choice" else ()
    default = value.get("default")
    if kind == "flag" and default is not None:
        writes = "false" if default else "true"
        return Field(key, "tick", question.label, question.help, False, writes=writes)
    if kind == "choice" and default in values:  # what is left out is this one
        options = (("", ANSWERS[words][default]), *(o for o in options if o[0] != default))
    return Field(key, kind, question.label, question.help, required, options, most, pattern, form)


def _shape(value: Schema) -> tuple[Kind, int | None, str | None, str | None]:
    """What an answer looks like: kind, characters, pattern and message."""
    if kind := known(value):
        return kind, None, pattern_of(value), kind
    if value.get("type") == "array":
        _, most, pattern, form = _shape(value["items"])
        return "lines", most, pattern, form
    if "enum" in value or "maximum" in value:
        return "choice", None, None, None
    if value.get("contentMediaType") == "text/markdown":
        return "text", value["maxLength"], None, None
    if value.get("format") == "uri":
        return "line", value["maxLength"], _URL, "url"
    pattern = value.get("pattern")
    return "line", value.get("maxLength"), pattern, _PATTERNS[pattern] if pattern else None


def _looks() -> Iterator[tuple[str, str, str, bool, bool]]:
    """What personal data look like, the first what a date looks like.

    Name, pattern, flags, whether dates are taken out before one looks, whether there is no doubt.
    """
    yield "", DATES.pattern, "gu", False, False
    for name, pattern, undated in SIEVE:
        flags = "giu" if pattern.flags & re.IGNORECASE else "gu"
        yield name, pattern.pattern, flags, undated, name in CERTAIN
    yield "a name", _NAME, "gu", False, False


_PATTERNS = {
    SLUG: "slug",
    TypeAdapter(Handle).json_schema()["pattern"]: "handle",
    TypeAdapter(Language).json_schema()["pattern"]: "language",
}
