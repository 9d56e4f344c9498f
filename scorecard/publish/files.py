"""Pages, exports and the search → the files of the site: addresses and bytes, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import plotly

from scorecard.compose import page as addresses
from scorecard.compose.downloads import downloads
from scorecard.compose.exports import exports
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Page
from scorecard.compose.pages import pages
from scorecard.compose.search import search_page
from scorecard.compose.words import words_in
from scorecard.parallel import shared
from scorecard.publish.archive import published
from scorecard.publish.manners import manners
from scorecard.publish.press import PressSet
from scorecard.publish.search_index import SearchIndex
from scorecard.render.pages import TEMPLATES, Renderer
from scorecard.render.searchable import Searchable, searchable

SHARD = 200
_CASE_TEMPLATE = TEMPLATES.parent / "docs" / "case-template.yaml"
_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made of some pages: their files, and what the search is to know of them."""

    files: list[tuple[str, bytes]]
    searchable: list[Searchable]


def site_files(gathered: Gathered, jobs: int, search: SearchIndex) -> Iterator[tuple[str, bytes]]:
    """Every file of the site; nothing of it is kept. The same whatever the number of `jobs`."""
    static = dict(_static_files())
    yield from static.values()
    every = list(pages(gathered))
    shards = Shards(gathered, every, {name: address for name, (address, _) in static.items()})
    press = PressSet(gathered)
    for language, parts in groupby(shards.rendered(jobs), lambda pair: pair[0]):
        for _, part in parts:
            for file in part.files:
                press.see(*file)
                yield file
            search.add(language, part.searchable)
        yield from search.files(language)
        yield from shards.search_page(language, search)
    yield from _exported(gathered, jobs)
    yield addresses.CASE_TEMPLATE, _CASE_TEMPLATE.read_bytes()
    yield addresses.PRESS, press.archive()
    for address, text in manners(gathered, every):
        yield address, text.encode()
    for edition in gathered.content.editions:
        yield from published(edition)


def edition_files(gathered: Gathered, jobs: int) -> Iterator[tuple[str, bytes]]:
    """What the edition holds that is being made: addresses below its own, and bytes."""
    languages = gathered.content.site.languages
    static = dict(_static_files())
    yield from static.values()
    held = [page for page in pages(gathered) if addresses.is_frozen(page.address)]
    shards = Shards(gathered, held, {name: address for name, (address, _) in static.items()})
    for _, part in shards.rendered(jobs):
        yield from (file for file in part.files if addresses.is_frozen(file[0], languages))
    yield from (file for file in _exported(gathered, jobs) if addresses.is_frozen(file[0]))


def _exported(gathered: Gathered, jobs: int) -> Iterator[tuple[str, bytes]]:
    words = words_in(gathered.content.site.languages[0])
    for export in exports(gathered, words, jobs):
        yield export.address, export.text.encode()
    yield from downloads(gathered, words, jobs)


class Shards:
    """All that is to be rendered; each worker has it whole and renders the parts it is asked for."""

    def __init__(
        self, gathered: Gathered, pages: Sequence[Page], assets: Mapping[str, str]
    ) -> None:
        self.gathered = gathered
        self.pages = pages
        self.assets = assets
        self._renderers: dict[str, Renderer] = {}

    def parts(self) -> list[tuple[str, int, int]]:
        """Language, first page and the one after the last, for each part."""
        return [
            (language, start, min(start + SHARD, len(self.pages)))
            for language in self.gathered.content.site.languages
            for start in range(0, len(self.pages), SHARD)
        ]

    def rendered(self, jobs: int) -> Iterator[tuple[str, Rendered]]:
        """What is made of every part, by so many processes, with its language."""
        parts = self.parts()
        done = shared(Shards.render, self, parts, jobs)
        yield from zip((part[0] for part in parts), done, strict=True)

    def render(self, part: tuple[str, int, int]) -> Rendered:
        """What is made of a part."""
        language, start, stop = part
        made = Rendered([], [])
        for page in self.pages[start:stop]:
            texts = self._texts(page, language)
            made.files.extend(self._encoded(texts, language))
            words = self._renderers[language].words
            if found := searchable(page, str(texts[0][1]), words, self.gathered.content):
                made.searchable.append(found)
        return made

    def search_page(self, language: str, search: SearchIndex) -> list[tuple[str, bytes]]:
        """The page for searching, which knows whether the search could be made."""
        page = search_page(self.gathered.scorecard, search.kinds(language))
        return self._encoded(self._texts(page, language), language)

    def _texts(self, page: Page, language: str) -> list[tuple[str, str | bytes]]:
        content, as_of = self.gathered.content, self.gathered.scorecard.as_of
        if language not in self._renderers:
            freeze = self.gathered.freeze
            self._renderers[language] = Renderer(language, content, as_of, self.assets, freeze)
        return list(self._renderers[language].files(page))

    def _encoded(
        self, texts: list[tuple[str, str | bytes]], language: str
    ) -> list[tuple[str, bytes]]:
        languages = self.gathered.content.site.languages
        return [
            (
                addresses.in_language(address, language, languages),
                text.encode() if isinstance(text, str) else text,
            )
            for address, text in texts
        ]


def _static_files() -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Static files by name, at an address that changes with their content."""
    files = [*sorted((TEMPLATES / "static").iterdir()), _PLOTLY]
    for path in files:
        data = path.read_bytes()
        stem, dot, ending = path.name.partition(".")
        mark = hashlib.sha256(data).hexdigest()[:10]
        yield path.name, (f"/static/{stem}.{mark}{dot}{ending}", data)
