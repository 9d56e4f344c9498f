"""What `explain` prints is enough to redo the scores with a calculator."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
import yaml

from scorecard.cli import main
from tests.conftest import ROOT, SMALL
from tests.support.build import content_folder, read
from tests.support.capped import capped_content

METHOD: dict[str, Any] = yaml.safe_load((ROOT / "content/rubric.yaml").read_text("utf-8"))
SHARES: dict[str, float] = METHOD["overall"]
PULL = METHOD["shrinkage"]["strength"]
NUMBER = r"−?-?\d+(?:\.\d+)?"


class Told:
    """The text of `explain`, by its sections."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts = re.split(r"\n\n(.+)\n─+\n", f"\n{text}")
        self.sections = dict(zip(parts[1::2], parts[2::2], strict=True))

    def section(self, word: str) -> str:
        return next(text for title, text in self.sections.items() if word in title)

    def rows(self, word: str, columns: int) -> Iterator[list[str]]:
        """The lines of a section that look like rows of cases: as many words, the first a number or date."""
        for line in self.section(word).splitlines():
            cells = line.split()
            if len(cells) >= columns and re.fullmatch(r"\d{4}-\d\d-\d\d|\d\.\d{7}|no", cells[0]):
                yield cells


def numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in re.findall(NUMBER, text)]


def line_of(text: str, start: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip().startswith(start))


@pytest.fixture
def explained(capsys: pytest.CaptureFixture[str]) -> Any:
    def explain(what: str, content: Path, *options: str) -> Told:
        assert main(["explain", what, "--content", str(content), *options]) == 0
        return Told(capsys.readouterr().out)

    return explain


@pytest.fixture
def capped(tmp_path: Path) -> Path:
    """One company with a busy contributor and a burst."""
    return capped_content(tmp_path)


@pytest.mark.parametrize("company", ["invented-telecom", "invented-air", "invented-silent"])
def test_mean_score_and_overall_follow_from_the_cases_it_prints(
    company: str, explained: Any
) -> None:
    told = explained(company, SMALL)
    _redo(told)


def test_a_company_with_caps_is_redone_too(capped: Path, explained: Any) -> None:
    told = explained("acme", capped)
    _redo(told)
    marks = {cells[-2] for cells in told.rows("What each case weighs", 8)}
    assert {"b", "c"} <= marks


def _redo(told: Told) -> None:
    cases = [cells for cells in told.rows("What each case scores", 7) if len(cells) == 7]
    assert cases
    parts = []
    for place, dimension in enumerate(SHARES, start=1):
        section = told.section(f"({dimension})")
        own = [(float(c[0]), float(c[place])) for c in cases if c[place] != "–"]
        if not own:
            assert "no score" in section
            continue
        weight, points = sum(w for w, _ in own), sum(w * x for w, x in own)
        top, bottom, mean = numbers(line_of(section, "mean = "))
        assert (top, bottom) == pytest.approx((points, weight), rel=1e-5)
        assert mean == pytest.approx(points / weight, abs=1e-3)
        centre = _centre(section)
        score = numbers(line_of(section, f"{dimension} = "))[-1]
        assert score == pytest.approx((points + PULL * centre) / (weight + PULL), abs=1e-3)
        parts.append((SHARES[dimension], score, mean))
    total, overall_mean = (
        numbers(line_of(told.section("Overall"), start))[-1] for start in ("overall = ", "mean = ")
    )
    whole = sum(share for share, _, _ in parts)
    assert total == pytest.approx(sum(s * x for s, x, _ in parts) / whole, abs=1e-3)
    assert overall_mean == pytest.approx(sum(s * m for s, _, m in parts) / whole, abs=1e-3)


def _centre(section: str) -> float:
    towards = numbers(line_of(section, "taken for granted"))[-1]
    for whom in ("all other companies", "others of its sector"):
        points, weight, printed = numbers(line_of(section, whom))
        towards = (points + PULL * towards) / (weight + PULL)
        assert printed == pytest.approx(towards, abs=1e-3)
    return towards


def test_weights_follow_from_the_months_and_the_evidence_it_prints(explained: Any) -> None:
    told = explained("invented-telecom", SMALL)
    rows = list(told.rows("What each case weighs", 8))
    assert len(rows) == 8
    for _, months, recency, _, evidence, base, weight, _ in rows:
        fresh = 2 ** (-float(months) / METHOD["recency"]["half_life_months"])
        assert float(recency) == pytest.approx(fresh, abs=1e-5)
        assert float(base) == pytest.approx(fresh * float(evidence), abs=1e-5)
        assert weight == base
    assert "No cap changes a weight" in told.text


def test_caps_say_what_they_are_made_of(capped: Path, explained: Any) -> None:
    told = explained("acme", capped)
    text = " ".join(told.section("What each case weighs").split())
    rows = list(told.rows("What each case weighs", 8))
    weights = {cells[-1]: float(cells[6]) for cells in rows}
    outside = sum(weight for case, weight in weights.items() if not case.startswith("burst"))
    busy = re.search(rf"busy-bee: 12 cases, weight ({NUMBER}), held to ({NUMBER})", text)
    assert busy
    assert float(busy[2]) == pytest.approx(0.2 * outside, abs=1e-4)
    burst = re.search(rf"burst from 2024-11-12 .*? weight ({NUMBER}), held to ({NUMBER})", text)
    assert burst
    assert 0 < float(burst[2]) <= 0.05 / 0.95 * outside + 1e-4
    held = sum(weight for case, weight in weights.items() if case.startswith("burst"))
    assert held == pytest.approx(float(burst[2]), abs=1e-4)
    assert "Held back: the burst from 2024-11-12" in told.text


def check_limits(section: str, error_of: Callable[[float], float], pull: float) -> int:
    """Each limit solves what it says; how many there were that do not lie at the end of the scale."""
    mean = numbers(line_of(section, "mean = "))[-1]
    solved = 0
    for name, side in (("low ", 1), ("high ", -1)):
        cells = line_of(section, name)
        if "end of the scale" in cells:
            assert numbers(cells)[0] in (0, 100)
            continue
        true, error, spent, z = numbers(cells)[:4]
        assert error == pytest.approx(error_of(true), rel=2e-3, abs=1e-3)
        assert true + side * z * error == pytest.approx(mean, abs=0.02)
        assert z == pytest.approx(NormalDist().inv_cdf(1 - spent), abs=2e-3)
        centre = centre_of(section)
        above = NormalDist().cdf(pull * (centre - true) / error)
        chance = 1 - METHOD["interval"]["level"]
        assert spent == pytest.approx(chance * (above if side > 0 else 1 - above), abs=2e-4)
        solved += 1
    return solved


def centre_of(section: str) -> float:
    flat = " ".join(section.split())
    if "The centre is" in flat:
        return numbers(flat.split("The centre is")[1])[0]
    return numbers(line_of(section.split("pulled\n")[1], "others of its sector"))[-1]


def error_of_dimension(section: str) -> Callable[[float], float]:
    n = numbers(line_of(section, "n = "))[2]
    dispersion = numbers(section.split("dispersion\n")[1].split("\n\n")[0])[-1]

    def error(true: float) -> float:
        room = true * (100 - true) * (true / 100) ** METHOD["interval"]["tilt"]
        return sqrt(dispersion / n * room)

    return error


@pytest.mark.parametrize("company", ["invented-telecom", "acme"])
def test_every_limit_solves_what_it_says(company: str, capped: Path, explained: Any) -> None:
    told = explained(company, SMALL if company != "acme" else capped)
    solved = 0
    for dimension in SHARES:
        section = told.section(f"({dimension})")
        n = numbers(line_of(section, "n = "))[2]
        solved += check_limits(section, error_of_dimension(section), PULL / n)
    assert solved >= 4


@pytest.mark.parametrize("company", ["invented-telecom", "acme"])
def test_the_overall_limits_follow_from_the_dimensions(
    company: str, capped: Path, explained: Any
) -> None:
    told = explained(company, SMALL if company != "acme" else capped)
    section = told.section("Overall")
    mean = numbers(line_of(section, "mean = "))[-1]
    pairs = re.findall(rf"  (\w+) and (\w+)\n(?:.*\n)+?  r = .* = ({NUMBER})\n", section)
    assert len(pairs) == 3
    both = {(a, b): float(r) for a, b, r in pairs} | {(b, a): float(r) for a, b, r in pairs}
    parts = {d: numbers(line_of(section, f"{d}  ")) for d in SHARES}
    errors = {d: error_of_dimension(told.section(f"({d})")) for d in SHARES}

    def joined(of: Mapping[str, float]) -> float:
        products = sum(2 * float(r) * of[a] * of[b] for a, b, r in pairs)
        return sum(x * x for x in of.values()) + products

    off = {d: share * error for d, (share, _, error, _) in parts.items()}
    for d, (share, _, error, takes) in parts.items():
        own = off[d] * (off[d] + sum(both[d, o] * off[o] for o in off if o != d))
        assert takes == pytest.approx(own / joined(off) / share, abs=1e-4)
        score = numbers(line_of(told.section(f"({d})"), f"{d} = "))[-1]
        assert error == pytest.approx(errors[d](score), rel=1e-3)

    def error_of(true: float) -> float:
        each = {}
        for d, (share, middle, _, takes) in parts.items():
            at = middle + (true - mean) * takes
            each[d] = share * errors[d](min(100, max(0, at)))
        return sqrt(joined(each))

    pull = numbers(" ".join(section.split()).split("and the pull")[1])[0]
    assert check_limits(section, error_of, pull) == 2
    score, low, high = numbers(line_of(section, "Stretched"))
    assert low <= score <= high


def test_a_company_is_explained_by_an_old_name_too(explained: Any) -> None:
    assert explained("invented-phone", SMALL).text == explained("invented-telecom", SMALL).text


def test_the_grade_comes_with_its_reasons(explained: Any) -> None:
    told = explained("invented-telecom", SMALL)
    grade = told.section("The grade")
    assert grade.count("  met") == 3
    assert "grade: B" in grade
    asked, known = (
        sum(float(c[0]) * float(c[i]) for c in told.rows("What each case scores", 7))
        for i in (4, 5)
    )
    assert numbers(line_of(grade, "known = "))[-1] == pytest.approx(known / asked, abs=1e-4)
    few = explained("invented-air", SMALL)
    assert "not met" in few.section("The grade")
    assert "grade: none" in few.text
    assert "only companies with a grade have one" in few.section("The rank")


def test_it_tells_how_firm_the_score_is(explained: Any) -> None:
    firm = explained("invented-telecom", SMALL).section("How firm it is")
    assert "invented-telecom/everything" in firm
    assert re.search(r"A better grade: \d+ more flawless cases? of full weight gives? A\.", firm)
    assert re.search(r"A worse grade: +\d+ more bad cases? of full weight gives? C\.", firm)
    assert "20 fabricated cases at once would move it by:" in firm


def test_the_best_and_the_worst_grade_are_told_from_their_bands_not_from_the_files_order(
    tmp_path: Path, explained: Any
) -> None:
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    written = read((ROOT / "content/rubric.yaml").read_text("utf-8"))
    for name, at_least, grade in (("A", 10, "A better grade: "), ("E", 99, "A worse grade:  ")):
        low, high = ("F", "A") if name == "A" else ("E", "D")
        bands = [{"name": low, "at_least": 0}, {"name": high, "at_least": at_least}]
        method = yaml.safe_dump({**written, "grades": bands}, sort_keys=False)
        (content / "rubric.yaml").write_text(method, "utf-8")
        firm = explained("invented-telecom", content).section("How firm it is")
        assert f"{grade}there is none." in firm
        assert firm.count("there is none.") == 1


def test_a_company_without_a_scored_case_is_explained_too(tmp_path: Path, explained: Any) -> None:
    survey = (
        "title: T\nwanted: answer\nsource: {kind: first-hand}\ntimeline:\n  - {event: survey}\n"
    )
    told = explained("acme", content_folder(tmp_path, {"cases/acme/one.yaml": survey}))
    assert told.text.count("no score: no case that weighs anything has one") == 3
    assert "nothing to try without a score" in told.text


def test_it_is_no_wider_than_it_needs_to_be(capped: Path, explained: Any) -> None:
    for told in (explained("acme", capped), explained("invented-telecom", SMALL)):
        assert max(map(len, told.text.splitlines())) <= 110


def test_a_case_is_explained_rule_by_rule(explained: Any) -> None:
    told = explained("invented-telecom/everything", SMALL, "--language", "nl")
    for dimension in SHARES:
        section = told.section(f"({dimension})")
        products = re.findall(rf"^  [a-z-]+ +({NUMBER}) × ({NUMBER}) ", section, re.M)
        total = sum(float(weight) for _, weight in products)
        score = 100 * sum(float(value) * float(weight) for value, weight in products) / total
        assert numbers(line_of(section, f"{dimension} = "))[-1] == pytest.approx(score, abs=0.02)
    weight = told.section("What it weighs")
    base = numbers(line_of(weight, "base = 0"))
    assert base[0] * base[1] == pytest.approx(base[2], abs=1e-6)
    assert "Wilde" in told.text or "Vroeg" in told.text


def test_a_case_that_a_cap_holds_says_so(capped: Path, explained: Any) -> None:
    assert "held by the cap on bursts" in explained("acme/burst-1", capped).text
    assert "held by the cap on one contributor" in explained("acme/record-1", capped).text
