"""The types of `content/site.yaml`, of prose pages, and of all content together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from babel.numbers import is_currency
from pydantic import AfterValidator, Field

from scorecard.model import Case, Company, Language, Line, Record, Slug, Url
from scorecard.rubric import Rubric, Sector, Texts
from scorecard.values import Flag, wrong


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):
        raise wrong("a time zone of the IANA database, like Europe/Amsterdam") from None
    return name


def _currency(code: str) -> str:
    if not is_currency(code):
        raise wrong("a currency of ISO 4217, like EUR")
    return code


class Site(Record):
    """The publication."""

    name: Line
    base_url: Url
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    timezone: Annotated[Line, AfterValidator(_zone)] = "UTC"
    currency: Annotated[Line, AfterValidator(_currency)] = "EUR"
    licence: Line | None = None
    licence_url: Url | None = None
    editors: tuple[Line, ...] = ()
    contact: Line | None = None
    repository: Url | None = None
    tagline: Texts | None = None
    invented: Annotated[Flag, Field(description="yes: every page says that all is invented.")] = (
        False
    )

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True)
class ProsePage:
    """A page that the editors wrote, as Markdown; the first heading is its title."""

    slug: str
    language: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that a site is made from. Cases are in the order of their ids."""

    site: Site
    rubric: Rubric
    sectors: Mapping[Slug, Sector]
    companies: Mapping[Slug, Company]
    cases: tuple[Case, ...]
    pages: tuple[ProsePage, ...]
    digest: str
