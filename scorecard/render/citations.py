"""Citations → text in six formats. Whatever strangers wrote stays a text in each of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from babel import Locale
from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.pages.citation import Citation
from scorecard.compose.words import Words, words_in
from scorecard.texts import plain

_BIBTEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{c: f"\\{c}" for c in "#$%&_"},
    }
)
"""A brace that is only escaped still counts for BibTeX, which looks for pairs before TeX reads them."""
_WIKI = str.maketrans({c: f"&#{ord(c)};" for c in "{}[]|<>"})
_WIKI_RUNS = re.compile(r"&(?=#?\w+;)|''+|~~~+|__+|:(?=//)")
"""What means something to MediaWiki only together: entities, italics, signatures, switches, addresses."""


class Format(Struct, frozen=True):
    """A format of citations: its name, and the ending of its file if it has one."""

    name: str
    write: Callable[[Citation], str]
    ending: str | None = None


def apa(citation: Citation) -> str:
    """APA, 7th edition: a page of a website by a group. The site's name is not said twice."""
    words: Words = words_in(citation.language)
    authors = [plain(author) for author in citation.authors]
    last = [f"& {authors[-1]}"] if len(authors) > 1 else authors
    parts = [", ".join([*authors[:-1], *last]), f"({words.day_after_year(citation.day)})"]
    parts.append(plain(citation.title))
    if plain(citation.site) not in (*authors, plain(citation.title)):
        parts.append(plain(citation.site))
    return " ".join([*(_ended(part) for part in parts), citation.url])


def bibtex(citation: Citation) -> str:
    """BibTeX, in UTF-8: readable by BibTeX and by BibLaTeX."""
    fields = {
        "author": " and ".join(f"{{{_bibtex(author)}}}" for author in citation.authors),
        "title": f"{{{_bibtex(citation.title)}}}",
        "howpublished": _bibtex(citation.site),
        "year": f"{citation.day.year}",
        "date": citation.day.isoformat(),
        "url": citation.url,
        "note": _bibtex(citation.note),
        "langid": _babel(citation.language),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{citation.key},", *lines, "}", ""])


def ris(citation: Citation) -> str:
    """RIS: one tag a line, each line ended as the format asks."""
    return "".join(f"{tag}  - {plain(value)}\r\n" for tag, value in _ris(citation))


def csl_json(citation: Citation) -> str:
    """CSL-JSON, which Zotero, Pandoc and citeproc read."""
    day = citation.day
    item = {
        "id": citation.key,
        "type": "webpage",
        "title": plain(citation.title),
        "author": [{"literal": plain(author)} for author in citation.authors],
        "container-title": plain(citation.site),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": citation.url,
        "language": citation.language,
        "note": plain(citation.note),
    }
    lines = (f"  {_json(name)}: {_json(value)}" for name, value in item.items())
    return "[{\n" + ",\n".join(lines) + "\n}]\n"


def wikipedia(citation: Citation, own: str) -> str:
    """A reference for the Wikipedia in Dutch (`own` is "nl") or English, on one line.

    Without the day on which it was looked at, which only the one who cites knows.
    """
    name, url, title, author, work, day, language = _TEMPLATES[own]
    fields = {url: _wiki_url(citation.url), title: _wiki(citation.title)}
    for number, one in enumerate(citation.authors, 1):
        fields[author if number == 1 else f"{author}{number}"] = _wiki(one)
    fields |= {work: _wiki(citation.site), day: citation.day.isoformat()}
    if citation.language != own:
        fields[language] = citation.language
    return "{{" + " ".join([name, *(f"|{key}={value}" for key, value in fields.items())]) + "}}"


_TEMPLATES = {
    "nl": ("Citeer web", "url", "titel", "auteur", "werk", "datum", "taal"),
    "en": ("cite web", "url", "title", "author", "website", "date", "language"),
}
FORMATS = (
    Format("APA", apa),
    Format("BibTeX", bibtex, "bib"),
    Format("RIS", ris, "ris"),
    Format("CSL-JSON", csl_json, "csl.json"),
    Format("Wikipedia, {{Citeer web}}", partial(wikipedia, own="nl")),
    Format("Wikipedia, {{cite web}}", partial(wikipedia, own="en")),
)
"""The first stands open on a page; the others open one at a time."""


def citation_files(address: str, citation: Citation) -> Iterator[tuple[str, str]]:
    """The citation of the page at `address` as files, for reference managers: addresses and texts."""
    for one in FORMATS:
        if one.ending:
            yield addresses.citation_file(address, one.ending), one.write(citation)


def _ended(part: str) -> str:
    return part if part.endswith((".", "!", "?")) else f"{part}."


def _bibtex(text: str) -> str:
    return plain(text).translate(_BIBTEX)


@cache
def _babel(language: str) -> str:
    """The language as LaTeX calls it: by its English name, where it has one."""
    return (Locale.parse(language, sep="-").get_language_name("en") or language).lower()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ris(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    for author in citation.authors:
        yield "AU", author
    yield "TI", citation.title
    yield "T2", citation.site
    yield "PY", f"{citation.day.year}"
    yield "DA", f"{citation.day:%Y/%m/%d}"
    yield "UR", citation.url
    yield "LA", citation.language
    yield "N1", citation.note
    yield "ER", ""


def _wiki(text: str) -> str:
    """A value of a template: what MediaWiki would read as more than text is written as entities."""
    quiet = _WIKI_RUNS.sub(lambda run: "".join(f"&#{ord(c)};" for c in run[0]), plain(text))
    return quiet.translate(_WIKI)


def _wiki_url(url: str) -> str:
    return url.replace("[", "%5B").replace("]", "%5D").replace("'", "%27")
