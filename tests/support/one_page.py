"""Single pages of a content's site, or its figures alone, for a test that looks at nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import lxml.html

from scorecard import kept
from scorecard.compose.exports import exports
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages.every import Part, pages, parts
from scorecard.compose.tables.downloads import downloads
from scorecard.compose.words import words_in
from scorecard.pipeline import read
from scorecard.publish.files import assets
from scorecard.render.pages import Renderer
from scorecard.settings import Settings


class Unbuilt:
    """The site of a content as it is now, of which only what is asked for is made."""

    def __init__(self, content: Path, as_of: str | None = None) -> None:
        day = date.fromisoformat(as_of) if as_of else None
        self.gathered = Gathered(*read(Settings(content, content, day)))
        self._renderers: dict[str, Renderer] = {}

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page by its address, not yet rendered."""
        every = parts(self.gathered)
        return {page.address: page for part in every for page in pages(self.gathered, part)}

    def text(self, address: str, language: str = "en") -> str:
        """What is rendered of the page at an address."""
        if language not in self._renderers:
            content, as_of = self.gathered.content, self.gathered.scorecard.as_of
            self._renderers[language] = Renderer(
                language, content, as_of, assets(), keep=kept.FOLDER
            )
        return self._renderers[language].render(self.pages[address])

    def page(self, address: str, language: str = "en") -> lxml.html.HtmlElement:
        """The same, parsed."""
        return lxml.html.document_fromstring(self.text(address, language))

    @cached_property
    def api(self) -> dict[str, Any]:
        """The files of the API, by their addresses in it."""
        words = words_in(self.gathered.content.site.languages[0])
        return {
            export.address.removeprefix("/api/v1/"): json.loads(export.text)
            for export in exports(self.gathered, words, 1)
            if export.address.startswith("/api/v1/")
        }

    def write_data(self, folder: Path) -> Path:
        """Writes the API and the tables, at their addresses in a folder."""
        words = words_in(self.gathered.content.site.languages[0])
        texts = ((e.address, e.text.encode()) for e in exports(self.gathered, words, 1))
        for address, data in chain(texts, downloads(self.gathered, words, 1)):
            path = folder / address.lstrip("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder


def one_page(content: Path, address: str, language: str = "en") -> lxml.html.HtmlElement:
    """The page at an address that belongs to no company and no case, parsed."""
    site = Unbuilt(content)
    site.pages = {page.address: page for page in pages(site.gathered, Part())}
    return site.page(address, language)


def api(content: Path, as_of: str | None = None) -> dict[str, Any]:
    """The files of the API, by their addresses in it."""
    return Unbuilt(content, as_of).api
