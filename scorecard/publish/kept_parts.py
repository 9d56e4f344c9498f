"""Rendered parts of a site, kept from build to build: their files, and apart from these an outline.

The outline is a tenth of it, and mostly enough: a file that the site's folder holds already need not be read.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.msgpack import decode, encode

from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Listed
from scorecard.compose.pages.every import Part, ingredients, shared_ingredients
from scorecard.kept import Kept
from scorecard.made_of import code
from scorecard.publish.folder import File, contents, sha256
from scorecard.render.searchable import Searchable


class Rendered(Struct, frozen=True):
    """What was made of a part: its files, what the search is to know of it by language, and which of its
    pages the sitemap names."""

    files: list[tuple[str, File]]
    searchable: dict[str, list[Searchable]]
    listed: list[Listed]


class Outline(Struct, frozen=True):
    """The same, with the SHA-256 of each file instead of what it holds."""

    files: list[tuple[str, bytes]]
    searchable: dict[str, list[Searchable]]
    listed: list[Listed]


class KeptParts:
    """The parts of one site, in the folder `keep`. Of the site's own pages, which depend on everything,
    nothing is kept."""

    def __init__(self, gathered: Gathered, keep: Path) -> None:
        made_by = [code(), shared_ingredients(gathered)]
        self._gathered = gathered
        self._outlines = Kept("outlines", made_by, keep)
        self._files = Kept("pages", made_by, keep)

    def outline(self, part: Part) -> Outline | None:
        """The outline of what is kept of a part."""
        made_of = ingredients(self._gathered, part)
        kept = self._outlines.known(made_of) if made_of else None
        return decode(kept, type=Outline) if kept else None

    def files(self, part: Part) -> list[bytes] | None:
        """What the files of an outline hold, in its order; None where that was lost or damaged."""
        kept = self._files.known(ingredients(self._gathered, part))
        return decode(kept, type=list[bytes]) if kept else None

    def keep(self, part: Part, made: Rendered) -> None:
        """Keeps what was made of a part, the outline last: where that is, all of it has been."""
        if made_of := ingredients(self._gathered, part):
            sums = [(address, sha256(file)) for address, file in made.files]
            self._files.keep(made_of, encode([contents(file) for _, file in made.files]))
            self._outlines.keep(made_of, encode(Outline(sums, made.searchable, made.listed)))
