"""JSON within a page. The only place that writes any."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from scorecard.compose.pages.linked_data import Link
from scorecard.compose.words import Words
from scorecard.judge.finding import Reason

_ENDING = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
"""What could end a script's element, begin a comment in it, or be no line within JavaScript."""


def as_json(value: Any) -> str:
    """A value as JSON: in an attribute it is escaped as any text is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def in_page(value: Any) -> Markup:
    """A value as JSON that may stand in a script's element, whatever its texts are."""
    return Markup(as_json(value).translate(_ENDING))  # noqa: S704  # nothing in it can be markup any more


def worded(told: Any, words: Words, absolute: Callable[[str], str]) -> Any:
    """What is told, with its sentences in the language of `words` and its links as whole addresses."""
    if isinstance(told, Link):
        return absolute(told.address)
    if isinstance(told, Reason):
        return words.say(told)
    if isinstance(told, Mapping):
        return {key: worded(value, words, absolute) for key, value in told.items()}
    if isinstance(told, Sequence) and not isinstance(told, str):
        if told and all(isinstance(part, Reason) for part in told):
            return " ".join(words.say(sentence) for sentence in told)
        return [worded(part, words, absolute) for part in told]
    return told
