"""Pages, exports and the search → the files of the site: addresses and bytes, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

import plotly

from scorecard.compose import page as addresses
from scorecard.compose.exports import exports
from scorecard.compose.gathered import Gathered
from scorecard.compose.page import Listed, Page
from scorecard.compose.pages.every import Part, pages, parts
from scorecard.compose.pages.search import search_page
from scorecard.compose.tables.downloads import downloads
from scorecard.compose.words import words_in
from scorecard.parallel import Jobs, shared
from scorecard.places import CASE_TEMPLATE, TEMPLATES
from scorecard.publish.archive import published
from scorecard.publish.folder import File, Unread, contents
from scorecard.publish.kept_parts import KeptParts, Outline, Rendered
from scorecard.publish.manners import manners
from scorecard.publish.press import PressSet
from scorecard.publish.search_index import SearchIndex
from scorecard.render.pages import Renderer
from scorecard.render.searchable import searchable

_PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def site_files(
    gathered: Gathered, jobs: Jobs, search: SearchIndex, keep: Path | None = None
) -> Generator[tuple[str, File]]:
    """Every file of the site. The same whoever shares the work, and whatever was kept in `keep`."""
    static = _static_files()
    yield from static.values()
    shards = Shards(gathered, assets(static), keep)
    press = PressSet(gathered)
    listed: list[Listed] = []
    for made in shards.rendered(jobs):
        for file in made.files:
            press.see(*file)
            yield file
        for language, found in made.searchable.items():
            search.add(language, found)
        listed += made.listed
    search.make()
    yield from _exported(gathered, jobs)
    for language in gathered.content.site.languages:
        yield from search.files(language)
        yield from shards.search_page(language, search)
    yield addresses.CASE_TEMPLATE, CASE_TEMPLATE.read_bytes()
    yield addresses.PRESS, press.archive()
    for address, text in manners(gathered, listed):
        yield address, text.encode()
    for edition in gathered.content.editions:
        yield from published(edition)


def edition_files(gathered: Gathered, jobs: Jobs) -> Iterator[tuple[str, bytes]]:
    """What the edition holds that is being made: addresses below its own, and bytes."""
    languages = gathered.content.site.languages
    static = _static_files()
    yield from static.values()
    shards = Shards(gathered, assets(static))
    for made in shards.rendered(jobs):
        for address, file in made.files:
            if addresses.is_frozen(address, languages):
                yield address, contents(file)
    yield from (file for file in _exported(gathered, jobs) if addresses.is_frozen(file[0]))


def _exported(gathered: Gathered, jobs: Jobs) -> Iterator[tuple[str, bytes]]:
    words = words_in(gathered.content.site.languages[0])
    for export in exports(gathered, words, jobs):
        yield export.address, export.text.encode()
    yield from downloads(gathered, words, jobs)


class Shards:
    """All that is to be rendered; each worker has it whole and renders the parts it is asked for."""

    def __init__(
        self, gathered: Gathered, assets: Mapping[str, str], keep: Path | None = None
    ) -> None:
        self.gathered = gathered
        self.assets = assets
        self._kept = KeptParts(gathered, keep) if keep else None
        self._keep = keep
        self._renderers: dict[str, Renderer] = {}

    def rendered(self, jobs: Jobs) -> Iterator[Rendered]:
        """What is made of every part, now or by an earlier build: nobody is asked for what is kept, and that
        is not even read before somebody needs it."""
        kept = {
            part: self._kept.outline(part) if self._kept else None for part in parts(self.gathered)
        }
        missing = [part for part, outline in kept.items() if outline is None]
        made = shared(Shards.render, self, missing, jobs)
        for part, outline in kept.items():
            yield next(made) if outline is None else self._unread(part, outline)
        yield from made  # nothing more; who shared the work may go

    def render(self, part: Part) -> Rendered:
        """Makes a part in every language, and keeps it."""
        made = self._made(part)
        if self._kept:
            self._kept.keep(part, made)
        return made

    def _unread(self, part: Part, outline: Outline) -> Rendered:
        """What is kept of a part; its files are read together, when the first of them is."""

        @cache
        def read() -> list[bytes]:
            kept = self._kept and self._kept.files(part)
            return kept or [contents(file) for _, file in self.render(part).files]

        def nth(at: int) -> bytes:
            return read()[at]

        files: list[tuple[str, File]] = [
            (address, Unread(sha256, partial(nth, at)))
            for at, (address, sha256) in enumerate(outline.files)
        ]
        return Rendered(files, outline.searchable, outline.listed)

    def _made(self, part: Part) -> Rendered:
        content = self.gathered.content
        made = Rendered([], {language: [] for language in content.site.languages}, [])
        for page in pages(self.gathered, part):
            if self.gathered.freeze and not addresses.is_frozen(page.address):
                continue
            for language in content.site.languages:
                texts = self._texts(page, language)
                made.files.extend(self._encoded(texts, language))
                words = self._renderers[language].words
                if found := searchable(page, str(texts[0][1]), words, content):
                    made.searchable[language].append(found)
            if page.listed:
                made.listed.append(Listed(page.address, page.changed))
        return made

    def search_page(self, language: str, search: SearchIndex) -> list[tuple[str, bytes]]:
        """The page for searching, which knows whether the search could be made."""
        page = search_page(self.gathered.scorecard, search.kinds(language))
        return self._encoded(self._texts(page, language), language)

    def _texts(self, page: Page, language: str) -> list[tuple[str, str | bytes]]:
        content, as_of = self.gathered.content, self.gathered.scorecard.as_of
        if language not in self._renderers:
            freeze = self.gathered.freeze
            self._renderers[language] = Renderer(
                language, content, as_of, self.assets, freeze, self._keep
            )
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


def assets(static: Mapping[str, tuple[str, bytes]] | None = None) -> dict[str, str]:
    """The address of each static file by its name."""
    return {name: address for name, (address, _) in (static or _static_files()).items()}


def _static_files() -> Mapping[str, tuple[str, bytes]]:
    """Static files by name, at an address that changes with their content."""
    found = {}
    files = [*sorted((TEMPLATES / "static").iterdir()), _PLOTLY]
    for path in files:
        data = path.read_bytes()
        stem, dot, ending = path.name.partition(".")
        mark = hashlib.sha256(data).hexdigest()[:10]
        found[path.name] = (addresses.static(f"{stem}.{mark}{dot}{ending}"), data)
    return found
