"""One page of a content's site, for a test that looks at no other: nothing else is made."""

from __future__ import annotations

from pathlib import Path

import lxml.html

from scorecard import kept
from scorecard.compose.gathered import Gathered
from scorecard.compose.pages import Part, pages
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
