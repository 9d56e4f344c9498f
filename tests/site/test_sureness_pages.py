"""What the scores say of their own sureness stands on the pages and in the data, and is the same."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import html5lib
import jsonschema
import plotly.graph_objects
import pytest

from scorecard.compose.sentences.sureness import sureness
from scorecard.compose.words import words_in
from scorecard.score.company import CompanyResult
from scorecard.score.scorecard import Scorecard
from scorecard.site import Content
from tests.site.reading import load, resolved, text, tree

Scores = tuple[Content, Scorecard]


def companies(scores: Scores) -> list[CompanyResult]:
    return list(scores[1].companies.values())


def api(site: Path, result: CompanyResult) -> dict[str, Any]:
    found: dict[str, Any] = load(site / f"api/v1/companies/{result.company.slug}.json")
    return found


def page(site: Path, result: CompanyResult, language: str) -> Path:
    folder = site if language == "en" else site / language
    return folder / "companies" / result.company.slug / "index.html"


def near(value: float | None, points: float | None) -> bool:
    """As it is published: to the hundredth, and never a false 0 or 100."""
    if value is None or points is None:
        return value is points is None
    return abs(value - points) <= 0.0101 and (value in (0, 100)) <= (round(points, 6) in (0, 100))


def test_the_invented_world_has_what_these_tests_look_at(demo_scores: Scores) -> None:
    results = companies(demo_scores)
    ranks = [result.rank for result in results if result.rank]
    assert any(result.held for result in results)
    assert {rank.of > 1 for rank in ranks} == {True, False}
    assert any(not result.grade for result in results)
    assert any(point.grade is None for result in results for point in result.trend)


@pytest.mark.parametrize("kind", ["index", "companies/*"])
def test_the_data_of_the_invented_world_fit_their_schemas(demo_site: Path, kind: str) -> None:
    name = "index" if kind == "index" else "company"
    schema = load(demo_site / f"api/v1/schema/{name}.json")
    files = list((demo_site / "api/v1").glob(f"{kind}.json"))
    assert files
    for file in files:
        jsonschema.validate(load(file), schema)


def test_the_schema_names_its_keys_as_the_data_do(small_site: Path) -> None:
    schema = load(small_site / "api/v1/schema/company.json")["$defs"]
    assert schema["ApiWouldChange"]["properties"].keys() == {"raise", "lower"}
    assert schema["ApiScore"]["properties"].keys() == {
        "score", "low", "high", "mean", "cases", "weight",
    }  # fmt: skip


def test_fragility_and_influence_in_the_data_are_those_of_the_score(
    demo_site: Path, demo_scores: Scores
) -> None:
    for result in companies(demo_scores):
        data, fragile = api(demo_site, result), result.fragility
        assert bool(data["fragility"]) == bool(fragile) == bool(data["influence"])
        if fragile and result.influence:
            told = data["fragility"]
            ranges = zip(
                ("one_case", "one_contributor", "one_source_kind"),
                (fragile.case, fragile.contributor, fragile.source),
                strict=True,
            )
            for key, found in ranges:
                assert (told[key] is None) == (found is None)
                if found:
                    assert near(told[key]["low"], found.low)
                    assert near(told[key]["high"], found.high)
                    assert told[key]["lowest_without"] == found.low_without
                    assert told[key]["highest_without"] == found.high_without
            assert near(told["equal_weights"], fragile.equal_weights)
            assert (near(told["low"], fragile.low), near(told["high"], fragile.high)) == (
                True,
                True,
            )
            influence = data["influence"]
            assert near(influence["one_contributor"], result.influence.contributor)
            assert near(influence["campaign"], result.influence.campaign)
            assert influence["campaign_cases"] == demo_scores[0].rubric.burst_cap.campaign


def test_the_other_keys_in_the_data_are_those_of_the_score(
    demo_site: Path, demo_scores: Scores
) -> None:
    index = {c["slug"]: c for c in load(demo_site / "api/v1/index.json")["companies"]}
    for result in companies(demo_scores):
        data, rank = api(demo_site, result), result.rank
        told = rank and {"best": rank.best, "worst": rank.worst, "of": rank.of}
        assert data["rank"] == index[result.company.slug]["rank"] == told
        steps = {"raise": result.would_change.raise_, "lower": result.would_change.lower}
        assert data["would_change"] == {
            key: step and {"cases": step.cases, "to": step.to} for key, step in steps.items()
        }
        assert [
            (point["as_of"], point["grade"], point["cases"]) for point in data["trend"]
        ] == [
            (p.as_of.isoformat(), p.grade, p.overall.cases) for p in result.trend
        ]  # fmt: skip
        assert [(h["start"], h["end"], h["cases"], h["flagged"]) for h in data["held"]] == [
            (h.burst.start.isoformat(), h.burst.end.isoformat(), sorted(h.burst.cases), h.flagged)
            for h in result.held
        ]
        for key in {"score", "low", "high", "mean"}:
            for point, found in zip(data["trend"], result.trend, strict=True):
                assert near(point[key], getattr(found.overall, key))


def test_the_last_month_of_the_trend_is_today_where_the_month_ends_today(
    demo_site: Path, demo_scores: Scores
) -> None:
    compared = 0
    for result in companies(demo_scores):
        data = api(demo_site, result)
        if data["trend"] and data["trend"][-1]["as_of"] == data["as_of"]:
            last = {k: v for k, v in data["trend"][-1].items() if k not in ("as_of", "grade")}
            assert last == data["scores"]["overall"]
            compared += 1
    assert compared


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_company_page_says_how_sure_its_score_is(
    demo_site: Path, demo_scores: Scores, language: str
) -> None:
    words = words_in(language)
    for result in companies(demo_scores):
        told = text(page(demo_site, result, language))
        sure = sureness(result, demo_scores[0].rubric)
        sentences = [*sure.change, *sure.influence, *(left.says for left in sure.left_out)]
        sentences += [says for burst in sure.bursts for says in burst.says]
        sentences += [says for says in (sure.rank, sure.rank_why, sure.grades) if says]
        for sentence in sentences:
            assert " ".join(words.say(sentence).split()) in told
        if result.rank and result.rank.of > 1:
            assert words.ordinal(result.rank.worst) in told


def test_each_case_that_a_range_hangs_on_and_each_held_one_is_a_link_away(
    demo_site: Path, demo_scores: Scores
) -> None:
    held = 0
    for result in companies(demo_scores):
        root = tree(page(demo_site, result, "en"))
        links = {
            link.removeprefix("../../cases/").rstrip("/")
            for link in root.xpath("//section[@aria-labelledby='sure']//a/@href")
        }
        for burst in result.held:
            assert burst.burst.cases <= links
            held += len(burst.burst.cases)
        for left in sureness(result, demo_scores[0].rubric).left_out:
            assert {case.id for case in left.cases or ()} <= links
    assert held


def test_a_case_says_that_it_is_in_a_burst(demo_site: Path, demo_scores: Scores) -> None:
    for result in companies(demo_scores):
        held = frozenset().union(*(h.burst.cases for h in result.held))
        for case in result.cases.cases:
            id_ = case.judged.case.id
            said = "began at about the same time" in text(demo_site / f"cases/{id_}/index.html")
            assert said == (id_ in held)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_tables_show_the_rank_of_whom_has_a_grade(
    demo_site: Path, demo_scores: Scores, language: str
) -> None:
    words, folder = words_in(language), demo_site if language == "en" else demo_site / language
    pages = [tree(folder / "index.html")]
    sectors = demo_scores[1].sectors.values()
    pages += [tree(folder / f"sectors/{s.slug}/index.html") for s in sectors if s.companies]
    seen = 0
    for result in companies(demo_scores):
        for root in pages:
            way = f"//tr[th/a[contains(@href, '/{result.company.slug}/')]]/td[@class='wide']"
            for cell in root.xpath(way):
                told = " ".join(cell.text_content().split())
                seen += 1
                if result.rank is None:
                    assert told == "–"
                elif result.rank.of > 1:
                    assert told.startswith(words.rank(result.rank))
                    assert told.endswith(str(result.rank.of))
    assert seen > len(companies(demo_scores))


def test_the_trend_is_the_same_numbers_in_every_form(demo_site: Path, demo_scores: Scores) -> None:
    drawn = 0
    for result in companies(demo_scores):
        base = demo_site / "charts" / result.company.slug / "trend"
        assert base.with_suffix(".csv").exists() == (len(result.trend) >= 3)
        if len(result.trend) < 3:
            continue
        points = api(demo_site, result)["trend"]
        rows = list(csv.DictReader(io.StringIO(base.with_suffix(".csv").read_text("utf-8"))))
        assert list(rows[0]) == ["month_end", "score", "low", "high", "cases", "grade"]
        keys = ("as_of", "score", "low", "high", "cases", "grade")
        assert [list(row.values()) for row in rows] == [
            ["" if point[key] is None else str(point[key]) for key in keys] for point in points
        ]
        data = load(base.with_suffix(".json"))
        figure = plotly.graph_objects.Figure(data, skip_invalid=False)
        marks = figure.data[-1]
        assert list(marks.x) == [point["as_of"] for point in points]
        assert list(marks.y) == pytest.approx([point["score"] for point in points], abs=0.0101)
        open_ = [point["grade"] is None for point in points]
        assert [symbol == "circle-open" for symbol in marks.marker.symbol] == open_
        picture = ElementTree.fromstring(base.with_suffix(".svg").read_text("utf-8"))  # noqa: S314 - our own picture
        circles = [e.get("class") for e in picture.iter() if e.tag.endswith("circle")]
        assert circles == ["hollow" if bare else "dot" for bare in open_]
        drawn += 1
    assert drawn


def test_no_page_of_a_company_is_broken(demo_site: Path, demo_scores: Scores) -> None:
    for result in companies(demo_scores):
        for language in ("en", "nl"):
            one = page(demo_site, result, language)
            parser = html5lib.HTMLParser(strict=False)
            parser.parse(one.read_text("utf-8"))
            assert not parser.errors, (one, parser.errors[:3])
            root = tree(one)
            ids = root.xpath("//@id")
            assert len(ids) == len(set(ids)), one
            for url in root.xpath("//main//a/@href"):
                target = resolved(demo_site, one, str(url))
                assert not target or target[0].is_file(), (one, url)
