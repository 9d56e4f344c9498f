"""A question for each key of the model: its words, what may be answered, what Enter means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from scorecard.events import Event
from scorecard.fields import schema_of

TRUTHS = ("yes", "no")


class Question(Struct, frozen=True):
    """What is asked. `allowed` is every right answer, empty where the answer is free.

    `default` is the answer that Enter gives; where it is empty and the question `optional`, Enter
    leaves the key out. `enter` says in words what leaving it out means. `about` is a hint, or the
    form that an answer has. `told`: the allowed answers have been shown and explained already.
    """

    text: str
    about: str = ""
    allowed: tuple[str, ...] = ()
    default: str = ""
    optional: bool = False
    enter: str = "skip"
    told: bool = False


def field_question(model: type[BaseModel], key: str, default: str = "") -> Question:
    """The question for one key of a record, made from the model's own type and description."""
    whole = schema_of(model)
    part = whole["properties"][key]
    label = key.replace("_", " ").capitalize()
    description = part.get("description", "")
    meant = part.get("default")
    return Question(
        text=f"{label} – {description}" if description else label,
        about=_form(part),
        allowed=_allowed(part, whole.get("$defs", {})),
        default=default,
        optional=key not in whole.get("required", ()),
        enter="skip" if meant in (None, []) else _text(meant),
    )


def keys_of(kind: type[Event]) -> list[str]:
    """The keys to ask for an event: its time first, its own keys, and its note last."""
    own = [key for key in kind.model_fields if key not in ("at", "note", "event")]
    return ["at", *own, "note"]


def needless(key: str, event: Mapping[str, Any]) -> bool:
    """Is there nothing to ask, because of what the event's other keys say already?"""
    instead = {"within": "due", "kept": "kept_at", "paid": "paid_at"}
    if instead.get(key) in event:
        return True
    if event["event"] != "refund":
        return False
    if event.get("decision") == "refused":
        return key in ("amount", "form", "paid_at", "paid")
    return key == "justified"


def completed(text: str, allowed: tuple[str, ...]) -> str:
    """The allowed answer that `text` is the beginning of, or else the text itself."""
    low = text.casefold()
    if low in allowed:
        return low
    begun = [word for word in allowed if low and word.startswith(low)]
    return begun[0] if len(begun) == 1 else text


def as_written(truth: str) -> str:
    """A yes or no as it is written into a file."""
    return {"yes": "true", "no": "false"}.get(truth, truth)


def _text(value: Any) -> str:
    return {True: "yes", False: "no"}.get(value, str(value))


def _allowed(part: Mapping[str, Any], shared: Mapping[str, Any]) -> tuple[str, ...]:
    """The values that a part of a schema lists, of its references and alternatives too."""
    if "$ref" in part:
        return _allowed(shared[part["$ref"].rpartition("/")[2]], shared)
    if "enum" in part:
        return tuple(part["enum"])
    if part.get("type") == "integer" and part.get("maximum", 99) < 10:
        return tuple(str(n) for n in range(part["minimum"], part["maximum"] + 1))
    if part.get("examples"):
        return ()
    return tuple(word for one in part.get("anyOf", ()) for word in _allowed(one, shared))


def _form(part: Mapping[str, Any]) -> str:
    """How an answer is written, for the types that say so."""
    for one in (part, *part.get("anyOf", ())):
        if one.get("examples"):
            return "like " + ", or ".join(map(str, one["examples"]))
    if part.get("type") == "array":
        return "several with a comma between them"
    return ""
