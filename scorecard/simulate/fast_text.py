"""`case_text` for cases by the thousand: the same bytes, several times as fast.

The emitter of PyYAML decides how each text must be quoted; here its decisions on short texts, which
come back again and again, are kept, and the collections around them are written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from scorecard.contribute.case_text import case_text

_PLAIN = re.compile(r"\d{4}-\d\d(?:-\d\d)?|[0-9]+\.[0-9]{2} [A-Z]{3}")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_LIST = {"x": ["x"]}
_LISTED = "x: [x]\n"
_HEAD = case_text(_LIST).removesuffix(_LISTED)


def fast_case_text(case: Mapping[str, Any]) -> str:
    """The file of a case, as `case_text` would write it; every text in it must be of one line."""
    scalars = {key: value for key, value in case.items() if isinstance(value, str)}
    lines = iter(case_text(scalars | _LIST).removeprefix(_HEAD).splitlines(keepends=True))
    parts = [next(lines) if key in scalars else _nested(key, value) for key, value in case.items()]
    return _HEAD + "".join(parts)


def _nested(key: str, value: Any) -> str:
    if key == "timeline":
        return "timeline:\n" + "".join(f"  - {_mapping(event)}\n" for event in value)
    if any(isinstance(inner, list) for inner in value.values()):
        inner = "".join(f"  {name}: {_any(what)}\n" for name, what in value.items())
        return f"{key}:\n{inner}"
    return f"{key}: {_mapping(value)}\n"


def _mapping(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join([f"{key}: {_inside(text)}" for key, text in texts.items()]) + "}"


def _any(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join([_inside(text) for text in value]) + "]"
    return _outside(value)


def _inside(text: str) -> str:
    """A text inside {} or []."""
    if _MINUTE.fullmatch(text):
        return f"'{text}'"
    return text if _PLAIN.fullmatch(text) else _quoted_inside(text)


@lru_cache(maxsize=20_000)
def _quoted_inside(text: str) -> str:
    return case_text({"x": [text]}).removeprefix(f"{_HEAD}x: [").removesuffix("]\n")


@lru_cache(maxsize=1_000)
def _outside(text: str) -> str:
    return case_text({"y": text} | _LIST).removeprefix(f"{_HEAD}y: ").removesuffix(f"\n{_LISTED}")
