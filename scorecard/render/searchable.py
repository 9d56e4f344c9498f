"""Pages → what the search knows of them: a title, and the words that tell a page from the others.

Of a case these are the words that people wrote, and those for what few cases have. Sentences that
the site makes for nearly every case ('Made contact by phone.') are left out: whoever searches for
them would find everything, and the search takes longer with the square of what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from scorecard.compose import page as addresses
from scorecard.compose import vocabulary
from scorecard.compose.page import Kind, Page
from scorecard.compose.sentences.story import sentences
from scorecard.compose.words import Words
from scorecard.events import (
    AnyEvent,
    Charge,
    Chargeback,
    Escalation,
    Gesture,
    Lost,
    Promise,
    Recurrence,
    Refund,
    Replacement,
    Transfer,
)
from scorecard.model import Case, Company
from scorecard.render.markdown import contributed
from scorecard.score.company import CompanyResult
from scorecard.score.scorecard import SectorResult
from scorecard.site import Content

_TELLING = (Charge, Chargeback, Escalation, Gesture, Lost, Recurrence, Refund, Replacement)
"""Events that few cases have, so that their sentences are worth finding."""


class Searchable(Struct, frozen=True):
    """One page in one language. `text` is plain; of a page to be read as a whole it is its HTML.

    `meta` is shown with what is found: a company's `grade`, a case's `company`, and the `language`
    of its own text where that is not the page's.
    """

    kind: Kind
    address: str
    title: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)


def searchable(page: Page, html: str, words: Words, content: Content) -> Searchable | None:
    """What the search knows of a page that was rendered as `html`; None where it leaves it out."""
    data = page.data
    if page.found_as is None:
        return None
    if page.found_as == "case":
        return _case(data["case"], data["company"], words, content)
    if page.found_as == "company":
        return _company(data["result"], data["sector"], data["parent"], words)
    title = words.say(page.title)
    if page.found_as == "sector":
        names = (content.companies[slug].name for slug in data["sector"].companies)
        return Searchable("sector", page.address, title, " · ".join(names) or title)
    main = html[html.index("<main") : html.index("</main>")] + "</main>"
    return Searchable("page", page.address, title, main.replace("</dt><dd>", "</dt> <dd>"))


def _company(
    result: CompanyResult, sector: SectorResult, parent: Company | None, words: Words
) -> Searchable:
    company = result.company
    names = [words.say(sector.sector.name), *(old.replace("-", " ") for old in company.known_as)]
    names += [parent.name] if parent else []
    grade = {"grade": result.grade} if result.grade else {}
    address = addresses.company(company.slug)
    return Searchable("company", address, company.name, " · ".join(names), grade)


def _case(case: Case, company: Company, words: Words, content: Content) -> Searchable:
    own = case.language or content.site.languages[0]
    meta = {"company": company.name} | ({"language": own} if own != words.language else {})
    text = " ".join(_story(case, words)).replace("___", " ")  # Pagefind takes orders after ___
    return Searchable("case", addresses.case(case.id), case.title, text, meta)


def _story(case: Case, words: Words) -> Iterator[str]:
    yield _sentence(words.say(vocabulary.WANTED[case.wanted]))
    if case.summary:
        yield _plain(case.summary)
    for event in case.timeline:
        yield from _event(event, words)
    if case.reply and case.reply.text:
        yield _plain(case.reply.text)


def _event(event: AnyEvent, words: Words) -> Iterator[str]:
    if isinstance(event, _TELLING):
        yield from (words.say(sentence) for sentence in sentences(event))
    elif isinstance(event, Promise) and event.what:
        yield _sentence(event.what)
    elif isinstance(event, Transfer) and event.to:
        yield _sentence(event.to)
    if event.note:
        yield _plain(event.note)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _plain(markdown: str) -> str:
    return contributed(markdown).striptags()
