"""Our pages of companies and cases, taken apart again: the data from which other generators make such pages.

All that costs us the judging and scoring is ready-made there: titles, texts, tables, lists and charts, in
their order. Sentences without markup become the Markdown of the page, the rest its data.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement
from msgspec import Struct

_PAGES = ("companies/*/index.html", "cases/*/*/index.html")
_LEAVES = {"p", "summary", "figcaption", "caption", "h4", "label", "pre", "form", "blockquote"}
_SKIPPED = {"script", "template", "dialog"}

Block = dict[str, Any]


class Page(Struct, frozen=True):
    """A page of ours: its address from the site's folder, its bytes, its data and its Markdown."""

    address: str
    size: int
    data: dict[str, Any]
    markdown: str


def pages(site: Path, languages: list[str], jobs: int) -> list[Page]:
    """Every page of a company or a case in a site that we built, by address."""
    folders = [site, *(site / language for language in languages[1:])]
    files = sorted(path for folder in folders for glob in _PAGES for path in folder.glob(glob))
    with ProcessPoolExecutor(jobs) as processes:
        return list(processes.map(partial(_page, site), files, chunksize=50))


def _page(site: Path, file: Path) -> Page:
    told = file.read_bytes()
    whole: Any = html.document_fromstring(told.decode())
    main: HtmlElement = whole.get_element_by_id("main")
    address = file.parent.relative_to(site).as_posix()
    prose: list[str] = []
    sections: list[dict[str, Any]] = [{"id": "", "title": "", "level": 1, "blocks": []}]
    for kind, element in _found(main):
        if kind == "heading":
            sections.append(
                {
                    "id": element.get("id", ""),
                    "title": _inner(element),
                    "level": int(element.tag[1]),
                    "blocks": [],
                }
            )
        elif kind == "p" and not len(element) and not element.get("class"):
            prose.append(" ".join(element.text_content().split()))
        else:
            sections[-1]["blocks"].append(_block(kind, element))
    [title] = whole.iter("title")
    alternates = whole.xpath("//link[@rel='alternate'][@hreflang]")
    data = {
        "title": title.text_content(),
        "heading": next((h.text_content() for h in main.iter("h1")), ""),
        "lang": whole.get("lang"),
        "up": "../" * (address.count("/") + 1),
        "alternates": [{"lang": a.get("hreflang"), "url": a.get("href")} for a in alternates],
        "sections": sections,
    }
    return Page(address, len(told), data, _markdown(prose))


def _found(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """What a page consists of, in its order: headings, and what stands below them."""
    for child in element.iterchildren(tag=etree.Element):
        tag = str(child.tag)
        if tag in _SKIPPED or tag == "h1":
            continue
        if tag in ("h2", "h3"):
            yield "heading", child
        elif tag in ("table", "dl", "svg") or tag in _LEAVES:
            yield tag, child
        elif tag in ("ul", "ol") and not child.xpath(".//p | .//div | .//svg"):
            yield "list", child
        elif not len(child):
            if (child.text or "").strip():
                yield "p", child
        elif any((one.tail or "").strip() for one in child) or (child.text or "").strip():
            yield "p", child
        else:
            yield from _found(child)


def _block(kind: str, element: HtmlElement) -> Block:
    block: Block = {"kind": kind, "class": element.get("class", "")}
    if kind == "table":
        block["head"] = [_cell(cell) for cell in element.xpath("./thead/tr/*")]
        block["rows"] = [
            {"id": row.get("id", ""), "cells": [_cell(cell) for cell in row]}
            for row in element.xpath("./tbody/tr")
        ]
    elif kind == "dl":
        terms, told = list(element.iter("dt")), list(element.iter("dd"))
        block["pairs"] = [
            {"term": _inner(t), "told": _inner(d)} for t, d in zip(terms, told, strict=False)
        ]
    elif kind == "list":
        block["ordered"] = element.tag == "ol"
        block["items"] = [_inner(item) for item in element.iter("li")]
    elif kind == "svg":
        block["html"] = html.tostring(element, method="xml", encoding="unicode", with_tail=False)
    else:
        block["kind"] = "text"
        block["tag"] = str(element.tag) if element.tag in _LEAVES else "div"
        block["html"] = _inner(element)
    return block


def _cell(cell: HtmlElement) -> dict[str, str]:
    return {
        "tag": str(cell.tag),
        "class": cell.get("class", ""),
        "label": cell.get("data-label", ""),
        "html": _inner(cell),
    }


def _inner(element: HtmlElement) -> str:
    """What stands in an element, as HTML on one line."""
    inside = "".join(html.tostring(child, encoding="unicode") for child in element)
    return " ".join((escape(element.text or "", quote=False) + inside).split())


def _markdown(paragraphs: list[str]) -> str:
    """Paragraphs of plain text as Markdown, in which nothing else is markup."""
    marked = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#+-!|~&"})
    return "\n\n".join(text.translate(marked) for text in paragraphs if text) + "\n"
