"""YAML text → nested text with positions, or problems. The only code that reads YAML.

Every scalar stays the text it was written as; the model gives it its type. What makes YAML
surprising (aliases, tags, merges, duplicate keys, several documents) is refused while reading, and
so is what makes it dangerous: size and depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from msgspec import Struct
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from scorecard.errors import Code, Level, Problem
from scorecard.load.on_disk import UNSEEN, Place, RefusedError, plain_text

MAX_DEPTH = 20

KeyPath = tuple[str | int, ...]
CONTROL = re.compile(f"[{UNSEEN}]")
_WARY = ("&", "*", "!", "\\", "\r", "\x85", "<<")
"""A text without any of these holds no anchor, alias, tag or merge, and no control character behind an
escape or a line's end: then its nodes need not be asked one by one."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document(Struct, frozen=True):
    """A file's content as nested dicts, lists and text, where each part stands, and its source; one that
    was made and not read has no source.
    """

    name: str
    value: Any
    places: Mapping[KeyPath, Place]
    keys: Mapping[KeyPath, Place]
    text: str = ""

    def at(self, path: KeyPath) -> Place:
        """Line and column, from 1, of the value at `path`, or of its nearest parent."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def texts(self) -> Iterator[tuple[KeyPath, str]]:
        """Every text in the document, with its path, in its order."""
        waiting: list[tuple[KeyPath, Any]] = [((), self.value)]
        while waiting:
            path, value = waiting.pop()
            if isinstance(value, str):
                yield path, value
            elif isinstance(value, (dict, list)):
                inner = value.items() if isinstance(value, dict) else enumerate(value)
                waiting += [((*path, key), item) for key, item in inner][::-1]

    def problem(
        self,
        path: KeyPath,
        found: str,
        expected: str,
        hint: str = "",
        code: Code = "value",
        level: Level = "error",
    ) -> Problem:
        """A problem at `path` of this file."""
        place = self.at(path)
        return Problem(self.name, *place, key_path(path), found, expected, hint, code, level)

    def key_problem(
        self, path: KeyPath, found: str, expected: str, hint: str = "", code: Code = "unknown-key"
    ) -> Problem:
        """A problem with the key itself that `path` ends in."""
        place = self.keys.get(path) or self.at(path)
        return Problem(self.name, *place, key_path(path), found, expected, hint, code)


def key_path(path: KeyPath) -> str:
    """`("timeline", 3, "at")` as people write it: `timeline[3].at`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).lstrip(".")


def read_yaml(path: Path, name: str) -> tuple[Document | None, list[Problem]]:
    """The document in `path` and what is wrong with it; no document where it cannot be read.

    `name` is the file's name in messages.
    Raises OSError where the machine fails; everything else is a Problem.
    """
    try:
        text = plain_text(path)
        reader = _Reader(name, text)
        value = reader.document()
    except RefusedError as refusal:
        why = refusal
    except yaml.MarkedYAMLError as error:
        why = _from_yaml(error, text)
    else:
        places, keys = _Places(reader.marks, 1), _Places(reader.marks, 0)
        return Document(name, value, places, keys, text), reader.problems
    return None, [Problem(name, *why.place, "", why.found, why.expected, why.hint, "yaml")]


def _from_yaml(error: yaml.MarkedYAMLError, text: str) -> RefusedError:
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = (error.problem or "").removeprefix("found ") or "something that is no YAML"
    lines = text.splitlines()
    if mark and mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t":
        return RefusedError("a tab", "spaces", "YAML is indented with spaces only.", place)
    hint = (
        "A text with ': ', '#' or quotes in it must stand in quotes."
        if "mapping" in problem
        else ""
    )
    return RefusedError(f"YAML that cannot be read ({problem})", "valid YAML", hint, place)


class _Places(Mapping[KeyPath, Place]):
    """Where keys (0) or values (1) stand, worked out of the parser's events when somebody asks."""

    def __init__(self, marks: dict[KeyPath, tuple[Any, Any]], which: Literal[0, 1]) -> None:
        self._marks, self._which = marks, which

    def __getitem__(self, path: KeyPath) -> Place:
        mark = self._marks[path][self._which]
        return mark.line + 1, mark.column + 1

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


class _Reader:
    """Walks the parser's events once; gathers what is refused and goes on where it can.

    Nearly all of its time goes by in `mapping`, which therefore asks of most nodes nothing but their kind.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.events: Iterator[Any] = iter(_Loader(text).get_event, None)
        self.wary = any(sign in text for sign in _WARY)
        self.marks: dict[KeyPath, tuple[Any, Any]] = {}
        self.problems: list[Problem] = []

    def document(self) -> Any:
        value: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise RefusedError(
                        "a second document", "one document a file", place=_start(event)
                    )
            elif isinstance(event, NodeEvent):
                self.marks[()] = (event.start_mark, event.start_mark)
                value = self.node(event, ())
        if not isinstance(value, dict):
            found = "no keys at all" if value is None else "a text or a list"
            raise RefusedError(found, "keys and values")
        return value

    def node(self, event: Any, path: KeyPath) -> Any:
        if len(path) > MAX_DEPTH:
            raise RefusedError(f"more than {MAX_DEPTH} levels", "fewer levels", place=_start(event))
        self.refuse_magic(event, path)
        if isinstance(event, MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(path)
        if isinstance(event, AliasEvent):
            return ""
        if CONTROL.search(event.value):
            self.refuse(event, path, "a control character", "text that can be printed")
        return event.value

    def sequence(self, path: KeyPath) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if type(event) is SequenceEndEvent:
                break
            inner = (*path, len(items))
            self.marks[inner] = (event.start_mark, event.start_mark)
            items.append(self.node(event, inner))
        return items

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        wary = self.wary or len(path) >= MAX_DEPTH
        events, marks = self.events, self.marks
        for event in events:
            if type(event) is MappingEndEvent:
                break
            if wary or type(event) is not ScalarEvent or event.value in mapping:
                self.check_key(event, path, mapping)
            key = event.value
            inner = (*path, key)
            node = next(events)
            plain = type(node) is ScalarEvent
            # An empty value, or one on the lines below, is where its key is.
            marks[inner] = (event.start_mark, (node if plain and node.value else event).start_mark)
            value = node.value if plain and not wary else self.node(node, inner)
            mapping.setdefault(key, value)
        return mapping

    def check_key(self, event: Any, path: KeyPath, mapping: dict[str, Any]) -> None:
        if not isinstance(event, ScalarEvent):
            raise RefusedError("a key that is no text", "a plain key", place=_start(event))
        key: str = event.value
        self.refuse_magic(event, (*path, key))
        if key == "<<":
            self.refuse(event, path, "a merge key <<", "the keys themselves")
        if key in mapping:
            self.refuse(event, (*path, key), f"the key '{key}' a second time", "each key once")

    def refuse_magic(self, event: Event, path: KeyPath) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            mark = "*" if isinstance(event, AliasEvent) else "&"
            self.refuse(event, path, f"the anchor or alias {mark}{anchor}", "the value itself")
        if tag:
            self.refuse(event, path, f"the tag {tag}", "the value without it")

    def refuse(self, event: Event, path: KeyPath, found: str, expected: str) -> None:
        place = _start(event)
        self.problems.append(
            Problem(self.name, *place, key_path(path), found, expected, code="yaml")
        )


def _start(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1
