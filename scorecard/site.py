"""The types of `content/site.yaml`, of prose pages, and of all content together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency
from msgspec import Struct
from pydantic import AfterValidator, Field

from scorecard.calibrated import Calibration
from scorecard.edition import Edition
from scorecard.errors import Problem
from scorecard.fields import Language, Line, Record, Slug, Url
from scorecard.model import Case, Company
from scorecard.rubric import Rubric, Sector, Texts
from scorecard.values import Flag, wrong


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise wrong("a time zone of the IANA database, like Europe/Amsterdam") from None
    return name


def _locale(language: str) -> str:
    try:
        Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        raise wrong("a language that is known, like en, nl or pt-BR") from None
    return language


def _each_once(languages: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(languages)) < len(languages):
        raise wrong("each language once")
    return languages


def _base(url: str) -> str:
    if "?" in url or "#" in url:
        raise wrong("a web address without ? and #")
    return url


def _currency(code: str) -> str:
    if not is_currency(code):
        raise wrong("a currency of ISO 4217, like EUR")
    return code


def _reachable(contact: str) -> str:
    if not contact.startswith(("mailto:", "https://", "tel:")) or any(c.isspace() for c in contact):
        raise wrong("a web address, or mailto: or tel: with what follows")
    return contact


class Security(Record):
    """Whom to tell of a hole in the site, for its security.txt."""

    contact: Annotated[
        Line,
        AfterValidator(_reachable),
        Field(description="https://…, mailto:… or tel:…, as RFC 9116 has it."),
    ]
    policy: Annotated[Url | None, Field(description="How reports are dealt with.")] = None


class Site(Record):
    """The publication."""

    name: Line
    base_url: Annotated[Url, AfterValidator(_base)]
    languages: Annotated[
        tuple[Annotated[Language, AfterValidator(_locale)], ...],
        Field(min_length=1),
        AfterValidator(_each_once),
    ]
    timezone: Annotated[Line, AfterValidator(_zone)] = "UTC"
    currency: Annotated[Line, AfterValidator(_currency)] = "EUR"
    licence: Line | None = None
    licence_url: Url | None = None
    editors: tuple[Line, ...] = ()
    contact: Line | None = None
    repository: Url | None = None
    security: Annotated[
        Security | None,
        Field(description="For /.well-known/security.txt; without it there is none."),
    ] = None
    tagline: Texts | None = None
    invented: Annotated[Flag, Field(description="yes: every page says that all is invented.")] = (
        False
    )

    @property
    def authors(self) -> tuple[str, ...]:
        """Whom it is by: its editors, where they are named, else itself."""
        return self.editors or (self.name,)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)


class ProsePage(Struct, frozen=True):
    """A page that the editors wrote, as Markdown; the first heading is its title."""

    slug: str
    language: str
    title: str
    text: str


class Content(Struct, frozen=True):
    """All that a site is made from. Cases are in the order of their ids.

    `manifest` lists the SHA-256 and the name of every file, as the command `sha256sum` does,
    and `digest` is the SHA-256 of that. `calibration` is of this very rubric, or None. `method` is the
    text of the file that the rubric is from. `warnings` is what an editor should look at, though it stops
    nothing. `editions`: the newest first; they are no part of the digest.
    """

    site: Site
    rubric: Rubric
    sectors: Mapping[Slug, Sector]
    companies: Mapping[Slug, Company]
    cases: tuple[Case, ...]
    pages: tuple[ProsePage, ...]
    manifest: str
    digest: str
    calibration: Calibration | None = None
    method: str = ""
    warnings: tuple[Problem, ...] = ()
    editions: tuple[Edition, ...] = ()
