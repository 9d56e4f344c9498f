"""How the tests read a built site: with libraries that the project does not write it with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html


def pages(site: Path) -> Iterator[Path]:
    """Every page of the site."""
    return (path for path in sorted(site.rglob("*.html")))


def whole_pages(site: Path) -> Iterator[Path]:
    """Every page that stands on its own: without those made for another page's frame."""
    return (path for path in pages(site) if "embed" not in path.relative_to(site).parts)


def tree(path: Path) -> lxml.html.HtmlElement:
    """The page, parsed."""
    return lxml.html.document_fromstring(
        path.read_bytes().decode("utf-8").encode("utf-8"), parser=_PARSER
    )


_PARSER = lxml.html.HTMLParser(encoding="utf-8")


def text(path: Path) -> str:
    """The page's visible words in one line."""
    return " ".join(tree(path).body.text_content().split())


def load(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text("utf-8"))


def broken_links(site: Path) -> list[str]:
    """Every link of the site to an address or an anchor that is not there."""
    anchors: dict[Path, set[str]] = {}
    links: set[tuple[Path, Path, str]] = set()
    for page in pages(site):
        root = tree(page)
        anchors[page] = set(root.xpath("//@id"))
        for url in root.xpath("//@href | //@src | //@data-figure | //@data-explore"):
            target = resolved(site, page, str(url))
            if target:
                links.add((page, *target))
    return sorted(
        f"{page.relative_to(site)} → {target.relative_to(site)}#{anchor}"
        for page, target, anchor in links
        if not target.is_file()
        or (anchor not in ("", "embed") and anchor not in anchors.get(target, set()))
    )


def resolved(site: Path, page: Path, url: str) -> tuple[Path, str] | None:
    """The file and anchor that a link of a page leads to; None where it leads out of the site."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page, parts.fragment
    path = unquote(parts.path)
    if path.startswith("/"):
        target = site / path.removeprefix("/score").lstrip("/")
    else:
        target = Path((page.parent / path).resolve())
    return (
        target / "index.html" if path.endswith("/") or target.is_dir() else target
    ), parts.fragment


def bytes_of(site: Path) -> dict[str, bytes]:
    """The files of a site by name."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def digest(site: Path) -> str:
    """One hash of the names and bytes of all files of a site."""
    whole = hashlib.sha256()
    for path in sorted(p for p in site.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(site)}\0".encode() + path.read_bytes() + b"\0")
    return whole.hexdigest()


def scores(index: Any) -> dict[str, Any]:
    """Each company's scores, grade and known share, from the API's index."""
    return {c["slug"]: {k: c[k] for k in ("scores", "grade", "known")} for c in index["companies"]}
