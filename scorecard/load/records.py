"""Nested text → a typed record of the model, or a Problem for each thing that does not fit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scorecard.errors import Problem
from scorecard.fields import IN_WORDS
from scorecard.load.yaml_text import CONTROL, Document, KeyPath

R = TypeVar("R", bound=BaseModel)


def read_record(
    document: Document, model: type[R], context: Mapping[str, Any]
) -> tuple[R | None, list[Problem]]:
    """The document as a `model`, or every place where it is none. `context` holds the `zone`."""
    unseen = [] if document.text else [*_unseen(document)]
    try:
        record = model.model_validate(document.value, context=dict(context))
        return (None if unseen else record), unseen
    except ValidationError as error:
        details = [d for d in error.errors(include_url=False) if not _is_echo(d)]
        return None, [*unseen, *(_problem(document, model, detail) for detail in details)]


def _unseen(document: Document) -> Iterator[Problem]:
    """What the YAML reader refuses in a file, in a document that was made of something else."""
    for path, text in document.texts():
        if CONTROL.search(text):
            yield document.problem(path, "a control character", "text that can be printed")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word nearest to `word`, or nothing."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f"Did you mean '{folded[close[0]]}'?" if close else ""


def _is_echo(detail: ErrorDetails) -> bool:
    """Does it only repeat that the items of a list have errors of their own?"""
    return detail["type"] == "too_short" and len(detail["input"]) > 0


def _problem(document: Document, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    path, kinds = _follow(document.value, model, detail["loc"])
    found = shown(detail["input"])
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "missing":
        return document.problem(path, "nothing", f"the key '{path[-1]}'", code="missing-key")
    if kind == "extra_forbidden":
        known = sorted({name for model_ in kinds for name in model_.model_fields})
        hint = nearest(str(path[-1]), known)
        return document.key_problem(
            path, f"the unknown key '{path[-1]}'", f"one of {', '.join(known)}", hint
        )
    if kind == "union_tag_not_found":
        return _nameless(document, path, detail["input"])
    if kind == "union_tag_invalid":
        path, found = (*path, "event"), shown(context["tag"])
        names = re.findall(r"'([^']+)'", context["expected_tags"])
        return document.problem(
            path, found, f"one of {', '.join(names)}", nearest(context["tag"], names)
        )
    if kind in ("literal_error", "enum"):
        names = re.findall(r"'([^']+)'", context["expected"])
        return document.problem(
            path, found, f"one of {', '.join(names)}", nearest(found.strip("'"), names)
        )
    return document.problem(path, found, _expected(kind, context), context.get("hint", ""))


def _nameless(document: Document, path: KeyPath, event: Any) -> Problem:
    """An event without the key 'event', or with that key misspelt."""
    expected = "the key 'event' with the event's name"
    close = difflib.get_close_matches("event", event, n=1) if isinstance(event, dict) else []
    if not close:
        return document.problem((*path, "event"), "nothing", expected, code="missing-key")
    found = f"the unknown key '{close[0]}'"
    return document.key_problem((*path, close[0]), found, expected, "Did you mean 'event'?")


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "wrong":
        return str(context["expected"])
    if kind == "string_pattern_mismatch":
        return IN_WORDS.get(context["pattern"], f"text like {context['pattern']}")
    return {
        "string_type": "text",
        "tuple_type": "a list, each item after '- '",
        "dict_type": "keys and values",
        "model_type": "keys and values",
        "model_attributes_type": "keys and values",
        "string_too_long": f"at most {context.get('max_length')} characters",
        "string_too_short": "some text",
        "too_short": f"at least {context.get('min_length')} item",
        "int_parsing": "a whole number",
        "int_parsing_size": "a smaller number",
        "int_type": "a whole number",
        "float_parsing": "a number",
        "float_type": "a number",
        "finite_number": "a number",
        "greater_than": f"more than {context.get('gt')}",
        "greater_than_equal": f"at least {context.get('ge')}",
        "less_than_equal": f"at most {context.get('le')}",
        "less_than": f"less than {context.get('lt')}",
    }.get(kind, kind.replace("_", " "))


def _follow(
    value: Any, model: type[BaseModel], loc: tuple[int | str, ...]
) -> tuple[KeyPath, list[type[BaseModel]]]:
    """The path of keys that pydantic's `loc` means, and the models that hold the last key.

    `loc` also names the branch of a union (the event's name) where it went through one.
    """
    path: KeyPath = ()
    kinds: list[Any] = [model]
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        places = range(len(value)) if isinstance(value, list) else ()
        inside = part in (value if isinstance(value, dict) else places)
        if part == "[key]" and not inside:  # what follows says what the key itself should have been
            break
        if not inside and not last:
            kinds = [k for k in kinds if _tag(k) in (None, part)] or kinds
            continue
        if not inside and isinstance(value, str):
            continue
        path = (*path, part)
        if last:
            break
        value = value[part]
        kinds = [kind for k in kinds for kind in _inner(k, part)]
    return path, [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]


def _tag(kind: Any) -> str | None:
    field = getattr(kind, "model_fields", {}).get("event")
    return (
        get_args(field.annotation)[0] if field and get_origin(field.annotation) is Literal else None
    )


def _inner(kind: Any, part: int | str) -> list[Any]:
    fields = getattr(kind, "model_fields", None)
    if fields is not None:
        return _unwrapped(fields[part].annotation) if part in fields else []
    arguments = [a for a in get_args(kind) if a is not Ellipsis]
    return _unwrapped(arguments[-1]) if arguments else []


def _unwrapped(kind: Any) -> list[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        return _unwrapped(get_args(kind)[0])
    if origin in (Union, UnionType):
        return [
            inner for arm in get_args(kind) if arm is not type(None) for inner in _unwrapped(arm)
        ]
    return [kind]


def shown(value: Any) -> str:
    """What was found, in a few words."""
    if isinstance(value, str):
        text = value if len(value) <= 60 else value[:59] + "…"
        return f"'{text}'" if value else "nothing"
    return "a list" if isinstance(value, (list, tuple)) else "keys and values"
