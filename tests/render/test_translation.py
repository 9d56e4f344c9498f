"""Every text of the site is there in every language: nothing untranslated, stale or half filled in.

`make messages` brings new texts into the catalogues and takes old ones out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, TypeAlias

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from tests.support.build import read, rubric, sectors

ROOT = Path(__file__).resolve().parents[2]
SITE: dict[str, Any] = read((ROOT / "content" / "site.yaml").read_text("utf-8"))
LANGUAGES: tuple[str, ...] = tuple(SITE["languages"])
TRANSLATED = tuple(language for language in LANGUAGES if language != "en")

Texts: TypeAlias = tuple[str, ...]  # a text, or its singular and plural


@cache
def asked_for() -> Catalog:
    """What the code and the templates ask for, found as `make messages` finds it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel's own
    keywords = parse_keywords(re.findall(r" -k (\S+)", (ROOT / "Makefile").read_text("utf-8")))
    catalog = Catalog()
    for folder in ("scorecard", "templates"):
        found = extract_from_dir(ROOT / folder, methods, options, keywords)
        for name, line, text, _comments, context in found:
            catalog.add(text, None, [(f"{folder}/{name}", line)], context=context)
    return catalog


@cache
def catalogue(language: str) -> Catalog:
    path = ROOT / "locale" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(catalog: Catalog) -> dict[Texts, Message]:
    return {texts(message.id): message for message in catalog if message.id}


def texts(text: Any) -> Texts:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language: str) -> None:
    known = messages(catalogue(language))
    missing = [
        f"{message.locations[0][0]}: {text[0]}"
        for text, message in messages(asked_for()).items()
        if text not in known or not all(texts(known[text].string))
    ]
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_stale(language: str) -> None:
    asked = messages(asked_for())
    stale = [text[0] for text in messages(catalogue(language)) if text not in asked]
    assert stale == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str) -> None:
    known = messages(catalogue(language))
    assert [text[0] for text, message in known.items() if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_count_has_all_the_forms_of_the_language(language: str) -> None:
    forms = get_plural(language)
    catalog = catalogue(language)
    assert (catalog.num_plurals, catalog.plural_expr) == (forms.num_plurals, forms.plural_expr)
    for text, message in messages(catalog).items():
        expected = forms.num_plurals if len(text) > 1 else 1
        assert len(texts(message.string)) == expected, text[0]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_what_its_text_does(language: str) -> None:
    for text, message in messages(catalogue(language)).items():
        translated = texts(message.string)
        originals = (text[0], *[text[-1]] * (len(translated) - 1))
        for original, translation in zip(originals, translated, strict=True):
            if translation:  # that one is missing, another test tells
                assert _placeholders(translation) == _placeholders(original), original


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_percent_sign_of_a_template_is_a_placeholder(language: str) -> None:
    """Templates fill every text with `%`, so that a bare sign would break the page."""
    for text, message in messages(catalogue(language)).items():
        if any(name.startswith("templates/") for name, _ in message.locations):
            for each in (*text, *texts(message.string)):
                assert "%" not in re.sub(r"%\(\w+\)s|%%", "", each), each


def _placeholders(text: str) -> set[str]:
    named = set(re.findall(r"%\(\w+\)s", text))
    return named | {f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_no_sentence_of_the_code_escapes_the_extraction() -> None:
    """`say` and `say_n` are called with literal texts, which the extraction has found."""
    found = {text for ids in messages(asked_for()) for text in ids}
    calls = [call for path in (ROOT / "scorecard").rglob("*.py") for call in _say_calls(path)]
    assert calls
    for place, arguments in calls:
        for argument in arguments:
            assert isinstance(argument, ast.Constant), f"{place}: not a literal text"
            assert argument.value in found, place


def _say_calls(path: Path) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            count = {"say": 1, "say_n": 2}.get(node.func.id, 0)
            if count:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[:count]


def test_the_method_and_the_sectors_are_told_in_every_language() -> None:
    dumped = {
        "rubric.yaml": rubric().model_dump(),
        "sectors.yaml": {slug: sector.model_dump() for slug, sector in sectors().items()},
        "site.yaml": SITE,
    }
    told = [found for name, values in dumped.items() for found in _in_languages(values, name)]
    assert len(told) > 100
    for place, text in told:
        assert sorted(text) == sorted(LANGUAGES), place
        assert all(words.strip() for words in text.values()), place


def _in_languages(values: Any, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every mapping from languages to words below `values`, and where it stands."""
    if isinstance(values, dict) and values and set(values) <= {"en", *LANGUAGES}:
        yield place, values
    elif isinstance(values, (dict, list, tuple)):
        items = values.items() if isinstance(values, dict) else enumerate(values)
        for key, value in items:
            yield from _in_languages(value, f"{place}: {key}")


def test_every_prose_page_is_there_in_every_language() -> None:
    pages = {path.name for path in (ROOT / "content" / "pages").glob("*.md")}
    slugs = {name.split(".")[0] for name in pages}
    assert pages == {f"{slug}.{language}.md" for slug in slugs for language in LANGUAGES}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_prose_page_has_the_same_parts_and_links_in_every_language(language: str) -> None:
    pages = sorted((ROOT / "content" / "pages").glob("*.en.md"))
    assert pages
    for path in pages:
        other = path.with_name(path.name.replace(".en.", f".{language}."))
        assert _outline(other) == _outline(path), other.name


def _outline(path: Path) -> tuple[list[str], list[str]]:
    text = path.read_text("utf-8")
    return re.findall(r"^#+(?= )", text, re.M), re.findall(r"\]\((\S+?)(?:#\S*)?\)", text)
