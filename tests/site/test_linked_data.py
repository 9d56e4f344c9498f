"""What pages tell search engines, expanded by a JSON-LD processor that the project did not write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from pyld import jsonld

from scorecard.render.linked_data import in_page
from tests.site.reading import load, pages, resolved, tree
from tests.support.one_page import Unbuilt

SCHEMA = "https://schema.org/"
CONTEXT = {
    "@context": {
        "@vocab": SCHEMA,
        **{
            name: {"@type": "@id"}
            for name in ("url", "contentUrl", "sameAs", "license", "mainEntityOfPage")
        },
        **{name: {"@type": f"{SCHEMA}Date"} for name in ("dateModified",)},
    }
}
"""What the processor is given for https://schema.org, so that it asks nobody."""


def _given(url: str, _: object) -> dict[str, Any]:
    assert url.rstrip("/") == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXT}


def told(page: Path | lxml.html.HtmlElement) -> list[Any]:
    """What a page tells, expanded."""
    root = tree(page) if isinstance(page, Path) else page
    found = root.xpath("//script[@type='application/ld+json']/text()")
    return [
        thing
        for text in found
        for thing in jsonld.expand(json.loads(text), {"documentLoader": _given})
    ]


def of(thing: Any, name: str) -> list[Any]:
    """The values of a property."""
    return [value.get("@value", value.get("@id", value)) for value in thing[f"{SCHEMA}{name}"]]


@pytest.mark.parametrize("language", ["", "nl/"])
def test_the_data_page_is_a_dataset(small_site: Path, language: str) -> None:
    (dataset,) = told(small_site / f"{language}data/index.html")
    assert dataset["@type"] == [f"{SCHEMA}Dataset"]
    package = load(small_site / "data/datapackage.json")
    assert of(dataset, "name") == ["A Small Scorecard"]
    assert 50 < len(of(dataset, "description")[0]) < 5000
    assert of(dataset, "url") == [f"https://small.example/score/{language}data/"]
    assert of(dataset, "license") == [package["licenses"][0]["path"]]
    assert of(dataset, "version") == [package["version"]]
    assert of(dataset, "dateModified") == [package["as_of"]]
    assert of(dataset, "isAccessibleForFree") == [True]
    assert of(dataset, "temporalCoverage") == ["2026-01-05/2026-07-20"]
    (creator,) = of(dataset, "creator")
    assert creator["@type"] == [f"{SCHEMA}Organization"]
    assert of(creator, "name") == ["A Small Scorecard"]
    downloads = of(dataset, "distribution")
    assert len(downloads) > 6
    for download in downloads:
        assert download["@type"] == [f"{SCHEMA}DataDownload"]
        assert of(download, "encodingFormat")[0]
        (address,) = of(download, "contentUrl")
        inner = address.removeprefix("https://small.example")
        file = resolved(small_site, small_site / "data/index.html", inner)
        assert file
        assert file[0].is_file(), address
    measured = {of(v, "name")[0]: v for v in of(dataset, "variableMeasured")}
    assert of(measured["score"], "maxValue") == [100]
    assert of(measured["score"], "unitText") == ["punten" if language else "points"]


def test_every_companys_page_names_its_organization(small_site: Path) -> None:
    (company,) = told(small_site / "companies/invented-telecom/index.html")
    assert company["@type"] == [f"{SCHEMA}Organization"]
    assert of(company, "name") == ["Invented Telecom & Sons"]
    assert of(company, "url") == ["https://telecom.example/"]
    assert "https://telecom.example/" in of(company, "sameAs")
    page = "https://small.example/score/companies/invented-telecom/"
    assert of(company, "mainEntityOfPage") == [page]


def test_no_page_tells_of_ratings_or_reviews(small_site: Path) -> None:
    """Scores are no users' ratings, and stars show no interval."""
    things = 0
    for page in pages(small_site):
        for thing in told(page):
            whole = json.dumps(thing)
            assert "ating" not in whole, page
            assert "Review" not in whole, page
            things += 1
    assert things >= 2 * 4


def test_a_name_cannot_end_the_element(small_content: Path) -> None:
    name = '</script><script>alert(1)</script><!-- & – ]]> " \\'
    path = small_content / "companies/invented-telecom.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("name:")]
    path.write_text("\n".join([f"name: {json.dumps(name)}", *lines]) + "\n", "utf-8")
    root = Unbuilt(small_content).page("/companies/invented-telecom/")
    (company,) = told(root)
    assert of(company, "name") == [name]
    assert len(root.xpath("//script[@type='application/ld+json']")) == 1
    assert not root.xpath("//script[not(@src) and not(@type)]")


def test_json_in_a_page_is_still_the_same_json() -> None:
    value = {"a": "</ScRiPt>&<!--\u2028\u2029", "b": [1, None, True, -1.5], "é": "’"}
    text = str(in_page(value))
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")
