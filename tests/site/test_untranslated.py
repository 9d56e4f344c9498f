"""Not one text of the site stands outside the catalogues.

Every page is rendered with a catalogue that puts each text between ⟦ and ⟧. What is left outside must be
the contributors' and editors' own words, a date, a figure, or the name of a file or a language.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from babel.dates import get_month_names

from scorecard.compose.gathered import Gathered
from scorecard.compose.pages.every import pages as pages_of
from scorecard.compose.pages.every import parts
from scorecard.compose.words import Words
from scorecard.pipeline import read
from scorecard.render import pages
from scorecard.render.citations import FORMATS
from scorecard.settings import Settings
from tests.conftest import ROOT, SMALL
from tests.site.reading import tree

NAMES = {"PNG", "SVG", "CSV", "JSON", "English", "Nederlands", "EUR", "JSON (Plotly", "index"}
NAMES |= {"Engels", *(format_.name for format_ in FORMATS)}
FILES = re.compile(r"#fig-[\w-]+|https?:[^\s⟧]+|[\w/]+\.(csv|json|yaml|sqlite)\b")
READ_ALOUD = (
    "//@aria-label | //@title | //@placeholder | //@alt | //meta[@name='description']/@content"
)


class Marking(gettext.NullTranslations):
    """Says of each text that it was asked for."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, lxml.html.HtmlElement]]:
    """Every page of the small site, in Dutch, its texts marked."""
    content, scorecard = read(Settings(SMALL, tmp_path_factory.mktemp("unused")))
    gathered = Gathered(content, scorecard)
    found = [page for part in parts(gathered) for page in pages_of(gathered, part)]
    assets = {path.name: f"/static/{path.name}" for path in (ROOT / "templates/static").iterdir()}
    assets["plotly.min.js"] = "/static/plotly.min.js"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "words_in", lambda language: Words(language, Marking()))
        renderer = pages.Renderer("nl", content, scorecard.as_of, assets)
        plain = lxml.html.HTMLParser(encoding="utf-8")
        return [
            (p.address, lxml.html.document_fromstring(renderer.render(p).encode(), parser=plain))
            for p in found
        ]


def own_words() -> str:
    """What contributors and editors wrote, in one line."""
    files = [*SMALL.rglob("*.yaml"), *SMALL.rglob("*.md"), ROOT / "content" / "rubric.yaml"]
    return " ".join(" ".join(path.read_text("utf-8").split()) for path in files)


def outside(text: str) -> Iterator[str]:
    """The parts of a text that no catalogue was asked for, without dates, figures and marks."""
    text = FILES.sub("\n", re.sub(r"⟦[^⟦⟧]*…", "\n", text))
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "\n", text)) != text:
        text = shorter
    months = "|".join({*get_month_names("wide", locale="nl").values(),
                       *get_month_names("abbreviated", locale="nl").values()})  # fmt: skip
    text = re.sub(rf"\b({months})\b", "\n", text)
    for part in re.split(r"[\n·›]", text):
        words = " ".join(part.split()).strip(" .,:;()–−%€0123456789")
        if re.search(r"[^\W\d_]{2}", words):
            yield words


def told(page: lxml.html.HtmlElement) -> Iterator[str]:
    """Every text of the page that somebody sees or hears."""
    for node in page.xpath(
        "//body//text()[not(ancestor::code or ancestor::dt[parent::dl[@class='terms']])]"
    ):
        if not node.getparent().xpath("ancestor-or-self::*[contains(@class, 'prose')]"):
            yield str(node)
    yield from map(str, page.xpath(READ_ALOUD))


def test_every_text_of_every_page_went_through_the_catalogue(
    rendered: list[tuple[str, lxml.html.HtmlElement]],
) -> None:
    own = own_words()
    left = {
        f"{address}: {words}"
        for address, page in rendered
        for text in told(page)
        for words in outside(text)
        if words not in own and words not in NAMES
    }
    assert left == set()
    assert len(rendered) > 30


def test_a_text_of_the_template_itself_would_be_found(small_site: Path) -> None:
    """In a page whose texts are not marked nearly all of them are outside."""
    found = [words for text in told(tree(small_site / "index.html")) for words in outside(text)]
    assert len(found) > 20
