"""What the search knows: every page that is to be found, in each language, and nothing else."""

from __future__ import annotations

import base64
import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pagefind_bin
import pytest

from scorecard.cli import main
from scorecard.compose.page import Kind
from scorecard.publish.search_index import SearchIndex
from scorecard.render.searchable import Searchable
from tests.conftest import SMALL
from tests.site.reading import pages, tree

KINDS = ["page", "company", "case", "sector"]


def known(site: Path, language: str = "en", kind: str = "*") -> dict[str, Any]:
    """What the index of a language knows of each address."""
    folder = site / ("" if language == "en" else language) / "search"
    found = {}
    for path in folder.glob(f"{kind}/fragment/*.pf_fragment"):
        told = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[told["url"]] = told
    return found


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_language_has_an_index_of_its_own_for_every_kind(
    small_site: Path, language: str
) -> None:
    folder = small_site / ("" if language == "en" else language) / "search"
    for kind in KINDS:
        entry = json.loads((folder / kind / "pagefind-entry.json").read_text())
        assert list(entry["languages"]) == [language]
        assert entry["languages"][language]["page_count"] == len(known(small_site, language, kind))
    assert {told["url"] for told in known(small_site, language, "company").values()} == {
        "/companies/invented-air/",
        "/companies/invented-silent/",
        "/companies/invented-telecom/",
    }
    assert (folder / "page" / f"wasm.{language}.pagefind").is_file()
    assert len(list(folder.rglob("*.js"))) == 2


def test_what_is_found_is_what_can_be_read(small_site: Path) -> None:
    """The sitemap but for lists, the form, charts and a withdrawn case; no old address, embed or 404."""
    sitemap = (small_site / "sitemap.xml").read_text("utf-8")
    base = "https://small.example/score"
    listed = {url.split("</loc>")[0].removeprefix(base) for url in sitemap.split("<loc>")[1:]}
    english = {url for url in listed if not url.startswith("/nl/")}
    unfound = {"/", "/changes/", "/compare/", "/contribute/", "/cases/invented-telecom/withdrawn/"}
    charts = {address for address in english if address.startswith("/charts/")}
    assert set(known(small_site)) == english - unfound - charts
    assert set(known(small_site)) == set(known(small_site, "nl"))


def test_a_case_is_found_by_what_people_wrote_and_what_few_cases_have(small_site: Path) -> None:
    told = known(small_site)["/cases/invented-telecom/everything/"]
    assert told["meta"] == {
        "title": "Every event there is",
        "company": "Invented Telecom & Sons",
        "language": "nl",
    }
    for words in [
        "Money back. Dit is verzonnen, met een link.",
        "Another department.",
        "A call back.",
        "Went to a disputes body.",
        "a bunch of flowers",
        "Een klacht.",
        "We are invented too.",
    ]:
        assert words in told["content"]
    assert "Made contact" not in told["content"]
    dutch = known(small_site, "nl")["/cases/invented-telecom/everything/"]
    assert "language" not in dutch["meta"]
    assert dutch["content"].startswith("Geld terug.")


def test_a_company_is_found_by_its_names_and_its_sector(small_site: Path) -> None:
    told = known(small_site)["/companies/invented-telecom/"]
    assert told["meta"] == {"title": "Invented Telecom & Sons", "grade": "B"}
    assert told["content"] == "Telecom · invented phone"
    dutch = known(small_site, "nl")["/companies/invented-air/"]
    assert dutch["content"] == "Luchtvaart · Invented Telecom & Sons"


def test_of_a_page_the_sentences_are_found_with_the_headings_above_them(small_site: Path) -> None:
    told = known(small_site)["/methodology/"]
    assert told["meta"]["title"] == "Methodology"
    assert "once in" in told["content"]
    assert "Σwx" not in told["content"]
    assert {"caps", "interval", "grade"} <= {anchor["id"] for anchor in told["anchors"]}


def test_nobody_gives_orders_to_the_index(small_content: Path, build: Callable[..., Path]) -> None:
    path = small_content / "cases/invented-air/no-dates.yaml"
    text = (
        path.read_text("utf-8")
        + "summary: first ___PAGEFIND_WEIGHT___10 ___PAGEFIND_ANCHOR___h1:0:x last\n"
    )
    path.write_text(text, "utf-8")
    told = known(build(small_content, whole=True))["/cases/invented-air/no-dates/"]
    assert "first PAGEFIND_WEIGHT 10 PAGEFIND_ANCHOR h1:0:x last" in told["content"]
    assert told["anchors"] == []


def test_the_search_stays_out_of_search_engines_and_is_linked_from_every_page(
    small_site: Path,
) -> None:
    assert "/search/" not in (small_site / "sitemap.xml").read_text("utf-8")
    for page in pages(small_site):
        root = tree(page)
        own = page.parent.name == "search"
        embed = page.parent.parent.name == "embed"
        moved = bool(root.xpath("//*[@data-moved]"))
        hidden = own or embed or moved or page.parent.name in ("styleguide", "withdrawn")
        assert bool(root.xpath("//meta[@name='robots'][@content='noindex']")) == hidden, page
        loaded = [s for s in root.xpath("//script/@src") if "search" in s or "pagefind" in s]
        assert len(loaded) == own, page
        if not embed and not root.xpath("//meta[@http-equiv='refresh']"):
            assert root.xpath("//nav//a[text()='Search' or text()='Zoeken']"), page


def test_without_script_the_page_says_what_to_do_and_shows_no_empty_box(small_site: Path) -> None:
    root = tree(small_site / "search/index.html")
    assert root.xpath("//form/@hidden")
    said = root.xpath("string(//p[contains(@class, 'scriptless')])")
    assert "takes a script" in said
    links = root.xpath("//main//section//a/@href")
    assert links[0] == "../"
    assert "../sectors/telecom/" in links
    assert "../sectors/empty/" not in links


def program(folder: Path, script: str) -> Path:
    path = folder / "pagefind"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_a_search_that_cannot_be_made_ends_no_build(
    small_site: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """What else can go wrong with the program: tests/publish/test_search_program.py."""
    told = base64.b64encode(b'{"payload": {"type": "Error", "message": "no room"}}').decode()
    path = program(tmp_path, f"head -c 1 >/dev/null; printf '{told},'; exec sleep 60")
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: path)
    check_a_site_without_search("Pagefind says: no room", small_site, tmp_path, capsys)


def test_a_search_that_the_machine_killed_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = program(tmp_path, "kill -9 $$")
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: path)
    assert main(["build", "--content", str(SMALL), "--out", str(tmp_path / "site")]) == 3
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("Pagefind was killed")
    assert line.endswith("then run this again. There is no site.")


def test_a_machine_that_pagefind_is_not_made_for_gets_a_site_without_search(
    small_site: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    check_a_site_without_search("pagefind-bin is not installed", small_site, tmp_path, capsys)


def check_a_site_without_search(
    reason: str, small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "site"
    assert main(["build", "--content", str(SMALL), "--out", str(out), "--jobs", "1"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if "no search" in line]
    assert len(said) == 1
    assert said[0].startswith("The site has no search: ")
    assert reason in said[0]
    for language in ("", "nl"):
        page = out / language / "search" / "index.html"
        assert [path for path in page.parent.rglob("*") if path.is_file()] == [page]
        root = tree(page)
        assert not root.xpath("//form | //script")
        assert root.xpath("//p[@class='notice']")
        assert root.xpath("//main//a/@href")[0] == "../"
    assert rest(out) == rest(small_site)


def rest(site: Path) -> dict[str, bytes]:
    """All files of a site that are not of the search."""
    names = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    return {str(name): (site / name).read_bytes() for name in names if "search" not in name.parts}


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    """Enough of them that the order of Pagefind's own tables would show."""
    kinds: list[Kind] = ["case", "company", "sector"]
    some = [
        Searchable(
            kind,
            f"/{kind}/{n}/",
            f"Title {n}",
            f"some words, {n * n}, {kind}s",
            {"company": f"C{n % 7}"},
        )
        for kind in kinds
        for n in range(60)
    ]
    some += [Searchable("page", "/a/", "A", "<main><h1>A</h1><h2 id=b>B</h2><p>Text</p></main>")]
    made = []
    for _ in range(4):
        with SearchIndex(("en", "nl")) as index:
            files: dict[str, bytes] = {}
            for language in ("en", "nl"):
                index.add(language, some)
                assert index.kinds(language) == ("page", "company", "case", "sector")
            index.make()
            for language in ("en", "nl"):
                files |= dict(index.files(language))
            assert index.trouble is None
        made.append(files)
    assert len(made[0]) > 360
    assert all(files == made[0] for files in made)
    assert list(made[0]) == list(made[1])
