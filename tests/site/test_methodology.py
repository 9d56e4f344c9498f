"""The methodology page tells the whole method, in each language, and works it out on real cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from tests.conftest import ROOT
from tests.site.reading import load, tree
from tests.support.one_page import one_page

RUBRIC = (ROOT / "content/rubric.yaml").read_text("utf-8")
METHOD: dict[str, Any] = yaml.load(RUBRIC, Loader=yaml.BaseLoader)  # noqa: S506 (makes texts only)
LANGUAGES = ["en", "nl"]
PLACES = {"en": "methodology/index.html", "nl": "nl/methodology/index.html"}
RULES = METHOD["rules"]


def page(site: Path, language: str) -> lxml.html.HtmlElement:
    return tree(site / PLACES[language])


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


def number(text: str) -> float:
    return float(re.sub(r"[^\d.,−]", "", text).replace(",", "."))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_every_text_of_a_rule_is_there(
    rule: dict[str, Any], language: str, small_site: Path
) -> None:
    section = page(small_site, language).get_element_by_id(f"rule-{rule['id']}")
    told = said(section)
    for key in ("name", "question", "scale", "why"):
        assert " ".join(rule[key][language].split()) in told, key
    assert rule["id"] in told
    assert re.search(rf"(weight|gewicht) {rule['weight']}\b", told)
    if "source" in rule:
        assert rule["source"]["title"] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_of_a_rule_stands_in_a_table_with_its_answer_in_words(
    language: str, small_site: Path
) -> None:
    valued = [rule for rule in RULES if "values" in rule]
    assert len(valued) == 5
    for rule in valued:
        section = page(small_site, language).get_element_by_id(f"rule-{rule['id']}")
        rows = {said(row[0]): said(row[1]) for row in section.xpath(".//table/tbody/tr")}
        assert [number(value) for value in rows.values()] == [
            float(value) for value in rule["values"].values()
        ]
        assert all(answer and answer not in ("set-off", "unwarned") for answer in rows)


def test_a_method_of_ones_own_shows_its_own_values_and_no_calibration_of_another(
    small_content: Path,
) -> None:
    changed = RUBRIC.replace("values: {kind: 1,", "values: {splendid: 1, kind: 1,")
    assert changed != RUBRIC
    (small_content / "rubric.yaml").write_text(changed, "utf-8")
    root = one_page(small_content, "/methodology/")
    assert "splendid" in said(root.get_element_by_id("rule-tone"))
    assert not root.xpath("//*[@id='calibration'] | //a[@href='#calibration']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_norms_law_bands_and_limits_are_there(language: str, small_site: Path) -> None:
    root = page(small_site, language)
    told = said(root.body)
    for term in METHOD["legal_terms"]:
        assert term["meaning"][language] in told
        assert root.xpath(f"//a[@href='{term['source']['url']}']")
    for band in METHOD["grades"]:
        assert re.search(rf"{band['name']} (from|vanaf) {band['at_least']}\b", told)
    worth = root.xpath("//h3[@id='weight']/following::table[1]/tbody/tr/td")
    assert [number(said(cell)) for cell in worth] == [float(v) for v in METHOD["evidence"].values()]
    for number_ in ("half_life_months", "undated"):
        assert METHOD["recency"][number_].replace(".", "." if language == "en" else ",") in told
    for place in ("caps", "score", "interval", "grade", "beside", "coarse"):
        assert root.get_element_by_id(place) is not None


def test_the_formulas_hold_the_numbers_of_the_method(small_site: Path) -> None:
    told = said(page(small_site, "en").body)
    strength, tilt = METHOD["shrinkage"]["strength"], METHOD["interval"]["tilt"]
    assert f"score = (Σwx + {strength} × c) ÷ (Σw + {strength})" in told
    assert f"(T ÷ 100){tilt}" in told
    assert "within 3, 7, 14 or 31 days" in told
    assert "less often than once in 1,000" in told
    assert "at least 30 other cases" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_version_says_what_it_changed(language: str, small_site: Path) -> None:
    root = page(small_site, language)
    terms = root.xpath("//dl[preceding-sibling::h2[1][@id='versions']]/*")
    versions = METHOD["history"][::-1]
    assert len(terms) == 2 * len(versions)
    for version, term, changed in zip(versions, terms[::2], terms[1::2], strict=True):
        assert said(term).startswith(f"{version['version']}, ")
        assert said(changed) == " ".join(version["changed"][language].split())


def examples(root: Any) -> Iterator[Any]:
    yield from root.xpath("//section[starts-with(@id, 'example-')]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_cases_are_worked_out_to_the_scores_that_their_pages_show(
    language: str, small_site: Path
) -> None:
    found = list(examples(page(small_site, language)))
    assert [one.get("id") for one in found] == ["example-money", "example-well"]
    for one in found:
        link = one.xpath(".//h3/a/@href")[0]
        case = load(small_site / f"api/v1/cases/{link.split('cases/')[1].strip('/')}.json")
        for name, dimension in case["scores"].items():
            told = one.xpath(f".//*[contains(@aria-labelledby, '{one.get('id')}-{name}')]")
            if dimension["score"] is None:
                assert not told
                continue
            _redo(told[0], dimension)


def _redo(section: Any, dimension: dict[str, Any]) -> None:
    rows = section.xpath(".//tbody/tr")
    findings = [f for f in dimension["findings"] if f["value"] is not None]
    assert len(rows) == len(findings)
    weights = products = 0.0
    for row, finding in zip(rows, findings, strict=True):
        value, weight, product = (number(said(cell)) for cell in row.xpath("td[@class='num']"))
        assert value == pytest.approx(finding["value"], abs=1e-4)
        assert weight == finding["weight"]
        assert product == pytest.approx(value * weight, abs=1e-3)
        assert [int(said(a)) for a in row.xpath("td/a")] == finding["events"]
        weights, products = weights + weight, products + product
    assert [number(said(c)) for c in section.xpath(".//tfoot//td")[2:]] == [
        pytest.approx(weights),
        pytest.approx(products, abs=1e-3),
    ]
    shown = number(said(section.xpath("following-sibling::p[1]/strong")[0]))
    assert shown == pytest.approx(100 * products / weights, abs=0.06)
    assert shown == pytest.approx(dimension["score"], abs=0.06)


def test_an_example_tells_every_event_and_the_weight(small_site: Path) -> None:
    for one in examples(page(small_site, "en")):
        events = one.xpath(".//table[1]/tbody")[0].xpath("tr")
        assert [int(said(row[0])) for row in events] == list(range(len(events)))
        assert all(re.search(r"[a-z]{3}.*\.", said(row[3])) for row in events)
        weight = re.search(r"it weighs ([\d.]+) × ([\d.]+) = ([\d.]+)", said(one))
        assert weight
        assert float(weight[1]) * float(weight[2]) == pytest.approx(float(weight[3]), abs=1e-3)


def test_the_money_example_fell_short_and_the_other_did_not(small_site: Path) -> None:
    money, well = examples(page(small_site, "en"))
    assert "100.0" in said(well)
    values = [number(said(c)) for c in well.xpath(".//td[@data-label='Value']")]
    assert values
    assert set(values) == {1.0}
    values = [number(said(c)) for c in money.xpath(".//td[@data-label='Value']")]
    assert min(values) < 1


def test_people_go_before_a_register_and_more_answers_before_fewer(
    small_content: Path,
) -> None:
    """The fullest case is disputed, so it is passed over until it is not."""

    def chosen() -> str:
        money = next(examples(one_page(small_content, "/methodology/")))
        return str(money.xpath(".//h3/a/@href")[0]).split("cases/")[1]

    assert chosen() == "invented-air/flight/"
    fullest = small_content / "cases/invented-telecom/everything.yaml"
    text = fullest.read_text("utf-8").replace("status: disputed", "status: corrected")
    fullest.write_text(text, "utf-8")
    assert chosen() == "invented-telecom/everything/"
    fullest.write_text(text.replace("kind: published", "kind: register"), "utf-8")
    assert chosen() == "invented-air/flight/"


def test_without_a_case_there_is_no_example_and_no_gap(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yaml").write_text(
        "name: X\nbase_url: https://x.example\nlanguages: [en, nl]\n"
    )
    (content / "sectors.yaml").write_text("shops: {name: Shops}\n")
    root = one_page(content, "/methodology/")
    assert not list(examples(root))
    assert not root.xpath("//*[@id='examples'] | //a[@href='#examples']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_lead_to_every_part(language: str, small_site: Path) -> None:
    root = page(small_site, language)
    linked = set(root.xpath("//nav[@class='contents']//a/@href"))
    parts = {f"#{i}" for i in root.xpath("//main/h2/@id | //main/h3/@id | //main/section[h2]/@id")}
    assert linked == parts
