"""One page of a content's site, or its figures alone, for a test that looks at nothing else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html

from scorecard import kept
from scorecard.compose.exports import exports
from scorecard.compose.gathered import Gathered
from scorecard.compose.pages import Part, pages
from scorecard.compose.words import words_in
from scorecard.pipeline import read
from scorecard.publish.files import assets
from scorecard.render.pages import Renderer
from scorecard.settings import Settings


def one_page(content: Path, address: str, language: str = "en") -> lxml.html.HtmlElement:
    """The page at an address that belongs to no company and no case, parsed."""
    loaded, scorecard = read(Settings(content, content))
    gathered = Gathered(loaded, scorecard)
    page = next(page for page in pages(gathered, Part()) if page.address == address)
    renderer = Renderer(language, loaded, scorecard.as_of, assets(), keep=kept.FOLDER)
    return lxml.html.document_fromstring(renderer.render(page))


def api(content: Path, as_of: str | None = None) -> dict[str, Any]:
    """The files of the API, by their addresses in it."""
    day = date.fromisoformat(as_of) if as_of else None
    gathered = Gathered(*read(Settings(content, content, day)))
    words = words_in(gathered.content.site.languages[0])
    return {
        export.address.removeprefix("/api/v1/"): json.loads(export.text)
        for export in exports(gathered, words, 1)
        if export.address.startswith("/api/v1/")
    }
