"""The texts that records are made of, and what all records have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from scorecard.texts import leads_out, little_markdown, seen
from scorecard.values import wrong

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
_COUNTRY = r"^[A-Z]{2}$"
_HANDLE = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$"
_COUNT = r"^[0-9]{1,12}$"
IN_WORDS = {
    SLUG: "small letters, digits and single hyphens",
    LANGUAGE: "a language code, like en or nl",
    _COUNTRY: "a country's two capital letters, like NL",
    _HANDLE: "a pseudonym of letters, digits, - and _, without spaces",
    _COUNT: "a whole number",
}
"""What each pattern asks for."""
LONGEST_SLUG = 64
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.I | re.S)


def _web_address(text: str) -> str:
    if not leads_out(text):
        raise wrong("a web address that starts with https:// or http://")
    return text


def kept_by_windows(name: str) -> bool:
    """Is this the name of a device on Windows, which can have no such file, with or without an ending?"""
    return bool(_OF_WINDOWS.fullmatch(name))


def _name_of_file(slug: str) -> str:
    if kept_by_windows(slug):
        raise wrong("another name: Windows can have no file of this one")
    return slug


def one_line(text: str) -> str:
    """The text; refused where it is blank or has more than one line."""
    if not text.strip() or text.splitlines() != [text]:
        raise wrong("some text in one line")
    return seen(text)


def _rating(text: object) -> object:
    if text not in ("1", "2", "3", "4", "5", 1, 2, 3, 4, 5):
        raise wrong("a whole number from 1 (very little effort) to 5 (very much)")
    return int(str(text))


Slug = Annotated[
    str, StringConstraints(pattern=SLUG, max_length=LONGEST_SLUG), AfterValidator(_name_of_file)
]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(one_line)]
_MARKDOWN = Field(json_schema_extra={"contentMediaType": "text/markdown"})
_LITTLE = AfterValidator(little_markdown)
Note = Annotated[str, StringConstraints(min_length=1, max_length=2000), _LITTLE, _MARKDOWN]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=5000), _LITTLE, _MARKDOWN]
Url = Annotated[Line, AfterValidator(_web_address), Field(json_schema_extra={"format": "uri"})]
Handle = Annotated[str, StringConstraints(pattern=_HANDLE)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]
Rating = Annotated[
    int, BeforeValidator(_rating), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 5})
]
Country = Annotated[str, StringConstraints(pattern=_COUNTRY)]
Count = Annotated[str, StringConstraints(pattern=_COUNT)]


def _(text: str) -> str:
    """A description that pages show as well, marked for the catalogues; the text itself."""
    return text


class Record(BaseModel):
    """A frozen record that knows all its keys: an unknown one is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False
    )


@cache
def schema_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """The model's JSON Schema, which takes a while to make."""
    return model.model_json_schema()
