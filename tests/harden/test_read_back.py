"""What strangers wrote, read back from every format by a strict parser: the same text, and nothing else."""

from __future__ import annotations

import csv
import html
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import html5lib
import pytest
from lxml import etree
from lxml import html as lxml_html

from tests.harden.conftest import Hostile
from tests.support.cells import as_written

_STRICT = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes(), parse_constant=lambda name: pytest.fail(f"{path}: {name}"))


def _plain(text: str) -> str:
    return " ".join(text.split())


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def test_every_file_of_a_machines_format_is_sound(hostile: Hostile) -> None:
    kinds = {"json": 0, "xml": 0, "svg": 0}
    for ending in kinds:
        for path in hostile.site.rglob(f"*.{ending}"):
            _json(path) if ending == "json" else etree.parse(path, _STRICT)
            kinds[ending] += 1
    assert min(kinds.values()) > 3, kinds


def test_cases_are_read_back_from_json_html_csv_and_the_database(hostile: Hostile) -> None:
    site = hostile.site
    titles = {row["case"]: as_written(row["title"]) for row in _rows(site / "data/cases.csv")}
    events: dict[str, list[dict[str, str]]] = {}
    for row in _rows(site / "data/events.csv"):
        events.setdefault(row["case"], []).append(row)
    with closing(sqlite3.connect(site / "data/scorecard.sqlite")) as base:
        stored = dict(base.execute('SELECT "case", title FROM cases'))
        notes = base.execute('SELECT "case", position, note FROM events').fetchall()
    written = {(name, int(position)): note for name, position, note in notes}
    for name, case in hostile.told.cases.items():
        given = case["title"]
        assert titles[name] == stored[name] == given
        told = _json(site / f"api/v1/cases/{name}.json")
        assert told["title"] == given
        assert told["status_note"] == case["status_note"]
        page = (site / f"cases/{name}/index.html").read_text("utf-8")
        root = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False)
        assert _plain(root.xpath("string(//h1)")) == _plain(given)
        for position, event in enumerate(case["timeline"]):
            row = events[name][position]
            assert as_written(row["note"]) == written[name, position] == event["note"]
            for key in ("what", "to"):
                assert as_written(row[key]) == event.get(key, "")


def test_companies_are_read_back_from_every_format(hostile: Hostile) -> None:
    site, names = hostile.site, hostile.told.companies
    for slug, name in names.items():
        assert _json(site / f"api/v1/companies/{slug}.json")["name"] == name
        linked = lxml_html.parse(str(site / f"companies/{slug}/index.html")).xpath(
            "//script[@type='application/ld+json']/text()"
        )
        assert any(name in _texts(json.loads(one)) for one in linked)
        oembed = _json(site / f"oembed/{slug}.json")
        frame = lxml_html.fromstring(oembed["html"])
        assert frame.tag == "iframe"
        assert len(frame) == 0
        assert _plain(name) in _plain(frame.get("title") or "")
        badge = etree.parse(site / f"badge/{slug}.svg", _STRICT)
        assert _plain(name) in _plain(badge.findtext("{*}title") or "")
        feed = etree.parse(site / f"companies/{slug}/feed.xml", _STRICT)
        assert _plain(name) in _plain(feed.findtext("{*}title") or "")
        assert _json(site / f"companies/{slug}/citation.csl.json")[0]["type"] == "webpage"
    rows = {row["company"]: row for row in _rows(site / "data/companies.csv")}
    assert {slug: as_written(rows[slug]["name"]) for slug in names} == names


def test_charts_hand_plotly_the_names_as_text(hostile: Hostile) -> None:
    found = set()
    for path in (hostile.site / "charts").rglob("*.json"):
        for text in _texts(_json(path)["data"]):
            if "<extra>" not in text:
                assert not {"<", "$"} & set(text), path
                found.add(_plain(html.unescape(text)))
    names = {_plain(name) for name in hostile.told.companies.values()}
    assert len(names & found) >= len(names) // 2


def _texts(told: Any) -> set[str]:
    """Every text in it."""
    if isinstance(told, str):
        return {told}
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return {text for one in inner for text in _texts(one)}
