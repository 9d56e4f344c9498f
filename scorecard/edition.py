"""The types of editions: what a site said on the day that it was frozen, as later builds read it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from scorecard.fields import LONGEST_SLUG

FOLDER = "editions"
"""Where the archives lie in the content, and below which address they are published."""
NAME = rf"(?=.{{1,{LONGEST_SLUG}}}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*"
"""What an edition can be called, like 2026-Q3: never like a file, as its folder lies beside its archive."""
FORMAT = 1
"""Of the archives: how the record and the JSON in them are read. Archives of old formats stay readable."""
RECORD, SUMS, MANIFEST = "edition.json", "SHA256SUMS", "content.sha256"
"""In an archive: what the edition is; the SHA-256 of its files; those of the content it was made from."""


class Freeze(Struct, frozen=True):
    """What makes a build an edition: its name, and the commit that its content is from, if there is one."""

    name: str
    commit: str | None = None


class FrozenFigure(Struct, frozen=True):
    """A figure as it was published: a number, a word like a grade, or None. `cases` it rested on."""

    value: float | str | None
    low: float | None = None
    high: float | None = None
    cases: int | None = None


class FrozenCase(Struct, frozen=True):
    """A case as it counted. Its scores are points, 0…100; `asked` and `replied` are times as it told them."""

    title: str
    status: str
    weight: float | None
    scores: Mapping[str, float | None]
    asked: str | None
    replied: str | None


class FrozenOwner(Struct, frozen=True):
    """A company or a sector as it was: its figures by their ids, and of a company its cases by theirs."""

    name: str
    figures: Mapping[str, FrozenFigure]
    cases: Mapping[str, FrozenCase] = field(default_factory=dict)


class Edition(Struct, frozen=True):
    """A frozen site. `sha256` is of the archive, `content_sha256` of the content it was made from."""

    name: str
    as_of: date
    method: str
    content_sha256: str
    commit: str | None
    sha256: str
    archive: Path
    addresses: frozenset[str]
    companies: Mapping[str, FrozenOwner]
    sectors: Mapping[str, FrozenOwner]

    def slug_of(self, slugs: Iterable[str]) -> str | None:
        """By which of its names, today's and older ones, the edition knows a company."""
        return next((slug for slug in slugs if slug in self.companies), None)


def address_of(place: str) -> str:
    """The address at which a file of an archive stands, below its edition's own."""
    return "/" + place.removesuffix("index.html")
