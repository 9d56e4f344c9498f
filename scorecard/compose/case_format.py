"""The case format's own JSON Schema, read for whoever shows the format: the form and the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter

from scorecard.fields import Record
from scorecard.judge.finding import Reason
from scorecard.values import DurationText, Flag, MoneyText, TimeText

Schema: TypeAlias = Mapping[str, Any]
Known: TypeAlias = Literal["time", "duration", "money", "flag"]
_NOTHING = {"type": "null"}


def meaning(model: type[Record], key: str) -> Reason:
    """What the model says of a key; `_` has marked it for the catalogues."""
    return Reason(model.model_fields[key].description or "", {})


def resolved(value: Schema, schema: Schema) -> dict[str, Any]:
    """The schema of a value without its null and its reference, with its default."""
    arms = value.get("anyOf", ())
    if _NOTHING in arms:
        (inner,) = (arm for arm in arms if arm != _NOTHING)
        return {**resolved(inner, schema), "default": None}
    if "$ref" in value:
        return {**schema["$defs"][value["$ref"].rsplit("/", 1)[1]], **value}
    return dict(value)


def known(value: Schema) -> Known | None:
    """Which of the format's own values a resolved schema describes; None for plain texts and numbers."""
    return _KNOWN.get(_core(value))


def pattern(value: Schema) -> str | None:
    """What a text must look like, if that is told."""
    found = [arm["pattern"] for arm in (value, *value.get("anyOf", ())) if "pattern" in arm]
    return found[0] if found else None


def example(value: Schema) -> str | None:
    """A text that fits, if the schema gives any."""
    return str(value["examples"][0]) if "examples" in value else None


def _core(value: Schema) -> str:
    """What makes two schemas of values the same, whatever is said about them."""
    told = {key: inner for key, inner in value.items() if key in ("type", "anyOf", "pattern")}
    return str(sorted(told.items()))


_KNOWN: dict[str, Known] = {
    _core(TypeAdapter(TimeText).json_schema()): "time",
    _core(TypeAdapter(DurationText).json_schema()): "duration",
    _core(TypeAdapter(MoneyText).json_schema()): "money",
    _core(TypeAdapter(Flag).json_schema()): "flag",
}
