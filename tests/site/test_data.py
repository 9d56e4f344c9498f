"""The data say what the pages say, in the contract's keys, and by hand the same numbers come out."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jsonschema
import plotly.graph_objects
import pytest
import yaml

from scorecard.cli import main
from scorecard.compose.api.types import SCHEMAS
from tests.conftest import ROOT
from tests.site.reading import load, text, tree
from tests.support.build import CASE, CASE_PLACE, content_folder
from tests.support.one_page import Unbuilt
from tests.support.rounds import rounds

PROVIDER = "unnamed-provider/boxes-charged-180-euros-2019"


@pytest.mark.parametrize("kind", ["index", "company", "case"])
def test_every_file_of_the_api_fits_its_published_schema(small_site: Path, kind: str) -> None:
    schema = load(small_site / f"api/v1/schema/{kind}.json")
    folders = {"index": "index.json", "company": "companies/*.json", "case": "cases/*/*.json"}
    files = list((small_site / "api/v1").glob(folders[kind]))
    assert files
    for file in files:
        jsonschema.validate(load(file), schema)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_published_schema_leaves_the_numbers_to_the_method(kind: str) -> None:
    told = json.dumps(SCHEMAS[kind].model_json_schema(), ensure_ascii=False)
    assert not re.findall(r"\d+ ?%", told)


def test_a_company_has_the_contracts_keys(small_site: Path) -> None:
    company = load(small_site / "api/v1/companies/invented-telecom.json")
    assert {
        "slug", "name", "sector", "as_of", "method", "scores", "grade", "ces", "reply_time",
        "flawless", "first_fixes", "fragility", "would_change", "cases", "content_sha256", "rank",
        "influence", "trend", "held",
    } <= company.keys()  # fmt: skip
    assert company["scores"].keys() == {
        "responsiveness",
        "follow_through",
        "refund_friction",
        "overall",
    }
    score = company["scores"]["overall"]
    assert {"score", "low", "high", "mean", "cases", "weight"} == score.keys()
    assert 0 <= score["low"] <= score["score"] <= score["high"] <= 100
    assert company["ces"] == {"score": -37.5, "answers": 8, "yardstick": -15.0}
    assert {"median_hours", "within_norm", "open"} <= company["reply_time"].keys()


def test_a_case_names_for_every_finding_the_events_it_rests_on(small_site: Path) -> None:
    case = load(small_site / "api/v1/cases/invented-telecom/everything.json")
    assert case["status"] == "disputed"
    findings = [f for d in case["scores"].values() for f in d["findings"]]
    assert [finding["rule"] for finding in findings] == list(_weights())
    for finding in findings:
        assert {"rule", "value", "weight", "reason", "events"} <= finding.keys()
        assert finding["reason"].endswith(".")
        assert all(0 <= event < 22 for event in finding["events"])
        assert (finding["value"] is None) == (finding["state"] != "judged")


def test_a_withdrawn_case_has_no_scores_and_no_findings(small_site: Path) -> None:
    case = load(small_site / "api/v1/cases/invented-telecom/withdrawn.json")
    assert case["status"] == "withdrawn"
    for dimension in case["scores"].values():
        assert dimension == {"score": None, "findings": []}


def _weights() -> dict[str, float]:
    rubric = yaml.load((ROOT / "content/rubric.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only
    return {rule["id"]: float(rule["weight"]) for rule in rubric["rules"]}


def test_every_case_score_is_redone_from_the_findings_csv_and_the_rubric(real_site: Path) -> None:
    weights = _weights()
    sums: dict[tuple[str, str], list[float]] = {}
    for row in csv.DictReader(io.StringIO((real_site / "data/findings.csv").read_text("utf-8"))):
        if row["value"]:
            total = sums.setdefault((row["case"], row["dimension"]), [0.0, 0.0])
            total[0] += weights[row["rule"]] * float(row["value"])
            total[1] += weights[row["rule"]]
    compared = 0
    for row in csv.DictReader(io.StringIO((real_site / "data/cases.csv").read_text("utf-8"))):
        for dimension in ("responsiveness", "follow_through", "refund_friction"):
            found = sums.get((row["case"], dimension))
            assert bool(row[dimension]) == bool(found)
            if found:
                assert float(row[dimension]) == pytest.approx(100 * found[0] / found[1], abs=0.05)
                compared += 1
    assert compared > rounds(60, 6000)


def test_every_company_mean_is_redone_from_the_cases_csv(real_site: Path) -> None:
    sums: dict[tuple[str, str], list[float]] = {}
    for row in csv.DictReader(io.StringIO((real_site / "data/cases.csv").read_text("utf-8"))):
        for dimension in ("responsiveness", "follow_through", "refund_friction"):
            if row[dimension]:
                total = sums.setdefault((row["company"], dimension), [0.0, 0.0])
                total[0] += float(row["weight"]) * float(row[dimension])
                total[1] += float(row["weight"])
    for row in csv.DictReader(io.StringIO((real_site / "data/scores.csv").read_text("utf-8"))):
        if row["dimension"] != "overall" and row["mean"]:
            total = sums[row["company"], row["dimension"]]
            assert float(row["mean"]) == pytest.approx(total[0] / total[1], abs=0.05), row


def test_the_provider_of_the_article_says_the_same_everywhere(
    real_site: Path, real_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Page, JSON, `explain` and rubric.yaml agree, finding by finding."""
    case = load(real_site / f"api/v1/cases/{PROVIDER}.json")
    assert main(["explain", PROVIDER, "--content", str(real_content)]) == 0
    told = capsys.readouterr().out
    page = tree(real_site / f"cases/{PROVIDER}/index.html")
    weights = _weights()
    for dimension, result in case["scores"].items():
        known = [f for f in result["findings"] if f["value"] is not None]
        total = sum(weights[f["rule"]] for f in known)
        by_hand = 100 * sum(weights[f["rule"]] * f["value"] for f in known) / total
        assert result["score"] == pytest.approx(by_hand, abs=0.02)
        assert f"= {result['score']:.2f}" in told
        shown = page.xpath(f"string(//h3[@id='{dimension}'])").rpartition(": ")[2]
        assert float(shown) == pytest.approx(result["score"], abs=0.051)
        for finding in result["findings"]:
            assert finding["weight"] == weights[finding["rule"]]
            row = page.xpath(f"//tr[@id='rule-{finding['rule']}']")[0]
            assert finding["reason"] in row.text_content()
            assert [int(n) for n in row.xpath("td[last()]/a/text()")] == finding["events"]
            line = next(x for x in told.splitlines() if x.split()[:1] == [finding["rule"]])
            assert finding["reason"] in line
            if finding["value"] is not None:
                assert f"{finding['value']:.4f} × {finding['weight']:g}" in line


def test_a_finding_that_is_not_quite_nought_is_nowhere_told_as_nought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = CASE.replace("2024-03-04 09:10", "2024-03-06 12:10").replace(
        "2024-03-04 09:15", "2024-03-06 12:15"
    )
    content = content_folder(tmp_path, {CASE_PLACE: late})
    findings = Unbuilt(content).api["cases/acme/one.json"]["scores"]["responsiveness"]["findings"]
    (value,) = [found["value"] for found in findings if found["rule"] == "answered-in-time"]
    assert value == 0.0001
    assert main(["explain", "acme/one", "--content", str(content)]) == 0
    (line,) = [
        x for x in capsys.readouterr().out.splitlines() if x.split()[:1] == ["answered-in-time"]
    ]
    assert "0.0001 × " in line


def test_every_chart_is_a_figure_that_plotly_accepts(small_site: Path, real_site: Path) -> None:
    figures = [*(small_site / "charts").glob("*/*.json"), *(real_site / "charts").glob("*/*.json")]
    assert len(figures) > rounds(30, 50)
    for file in figures:
        plotly.graph_objects.Figure(load(file), skip_invalid=False)


def test_every_chart_has_its_picture_and_its_numbers(small_site: Path) -> None:
    figures = list((small_site / "charts").glob("*/*.json"))
    assert figures
    for file in figures:
        picture = ElementTree.fromstring(file.with_suffix(".svg").read_text("utf-8"))  # noqa: S314 - our own picture
        words = " ".join(picture.itertext())
        assert "A Small Scorecard" in words
        assert "CC BY 4.0" in words
        assert "July 20, 2026" in words
        rows = list(csv.reader(io.StringIO(file.with_suffix(".csv").read_text("utf-8"))))
        assert len(rows) > 1
        page = tree(file.with_suffix("") / "index.html")
        assert len(page.xpath("//table[@class='numbers']/tbody/tr")) == len(rows) - 1


def test_picture_and_figure_draw_the_same_numbers(small_site: Path) -> None:
    figure = load(small_site / "charts/invented-telecom/promises.json")
    page = tree(small_site / "charts/invented-telecom/promises/index.html")
    values = page.xpath("//svg//*[@class='value']/text()")
    drawn = [value.split(" · ")[0] for value in values]
    assert [str(x) for x in figure["data"][0]["x"][::-1]] == drawn


def test_the_register_says_its_caveat_on_its_pages(real_site: Path) -> None:
    assert "reached the US financial regulator" in text(real_site / "companies/equifax/index.html")
    one = next((real_site / "cases/equifax").iterdir())
    assert "reached the US financial regulator" in text(one / "index.html")
    assert "Consumer Complaint Database" in text(one / "index.html")
