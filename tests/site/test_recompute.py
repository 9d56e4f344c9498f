"""Every published score again, from the published tables and rubric.yaml alone, as a reader would.

Nothing of the project computes here: the method is written down a second time, in plain sums. (The
project's own code only writes the sites that are redone.)
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from itertools import combinations
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
import yaml
from msgspec import Struct, field

from scorecard.cli import main
from tests.conftest import ROOT, made_once
from tests.site.reading import load
from tests.support.capped import capped_content
from tests.support.one_page import Unbuilt
from tests.support.rounds import rounds

METHOD: dict[str, Any] = yaml.safe_load((ROOT / "content/rubric.yaml").read_text("utf-8"))
"""The file that every site publishes at /data/rubric.yaml; see the last test."""
SHARES: dict[str, float] = METHOD["overall"]
PAIRS = list(combinations(SHARES, 2))
STRENGTH, FIXED = METHOD["shrinkage"]["strength"], METHOD["shrinkage"]["centre"]
INTERVAL, TOO_FEW = METHOD["interval"], METHOD["too_few"]
NORMAL = NormalDist()
CLOSE = 0.011
"""Points: the tables are rounded to 0.01."""

Row = Mapping[str, str]
Sums = dict[tuple[str, ...], float]


def table(site: Path, name: str) -> Iterator[Row]:
    with (site / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


class Company(Struct, dict=True):
    """A company's rows, and what follows from them."""

    sector: str = ""
    as_of: date = date.min
    cases: dict[str, Row] = field(default_factory=dict)
    findings: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def base(self, case: str) -> float:
        """Recency × evidence."""
        row, recency = self.cases[case], METHOD["recency"]
        fresh = recency["undated"]
        if row["recency_from"]:
            days = max(0, (self.as_of - date.fromisoformat(row["recency_from"])).days)
            fresh = 0.5 ** (days / (365.25 / 12) / recency["half_life_months"])
        return float(fresh * METHOD["evidence"][row["evidence"]])

    @cached_property
    def weights(self) -> dict[str, float]:
        """The weight of each case: its base, as far as the caps leave it."""
        weights = {case: self.base(case) for case in self.cases}
        most = None
        if len(weights) >= METHOD["contributor_cap"]["from_cases"]:
            most = self._most(weights)
            self._hold(weights, lambda case: not self.cases[case]["burst"], most, {})
        self._hold_bursts(weights)
        if most is not None:
            record = self._carried(weights, lambda case: not self.cases[case]["burst"])
            self._hold(weights, lambda case: bool(self.cases[case]["burst"]), most, record)
        return weights

    def _carried(
        self, weights: Mapping[str, float], among: Callable[[str], bool]
    ) -> dict[str, float]:
        """What each contributor carries of these cases; a case without one stands for itself."""
        carried: dict[str, float] = defaultdict(float)
        for case, row in self.cases.items():
            if among(case):
                carried[row["contributor"] or case] += weights[case]
        return carried

    def _most(self, weights: Mapping[str, float]) -> float:
        """What one contributor may carry, by what all carry of the record."""
        carried = self._carried(weights, lambda case: not self.cases[case]["burst"])
        heaviest = sorted(carried.values(), reverse=True)
        share, whole = METHOD["contributor_cap"]["share"], sum(heaviest)
        few = next(n for n in range(1000) if (n + 1) * share >= 1)
        if len(heaviest) < few:
            return float(share * min(whole, TOO_FEW["weight"]))
        cap = whole
        for _ in range(3000):  # to where it is that share of what it leaves
            cap = share * sum(min(cap, weight) for weight in heaviest)
        cases = sum(not row["burst"] for row in self.cases.values())
        if cap >= whole / cases / 2:
            return float(cap)
        return float(max(cap, min(share * whole, heaviest[few - 1])))

    def _hold(
        self,
        weights: dict[str, float],
        among: Callable[[str], bool],
        most: float,
        already: Mapping[str, float],
    ) -> None:
        """No contributor carries more of these cases than what is left of the most."""
        carried = self._carried(weights, among)
        for case, row in self.cases.items():
            who = row["contributor"] or case
            left = max(0.0, most - already.get(who, 0.0))
            if among(case) and carried[who] > left:
                weights[case] *= left / carried[who]

    def _hold_bursts(self, weights: dict[str, float]) -> None:
        """In no dimension is a burst more than its share of what is outside of bursts."""
        bursts: dict[str, list[str]] = defaultdict(list)
        for case, row in self.cases.items():
            if row["burst"]:
                bursts[row["burst"]].append(case)
        outside = [case for case, row in self.cases.items() if not row["burst"]]
        share = METHOD["burst_cap"]["share"]
        record = {d: sum(weights[c] for c in outside if c in self.points[d]) for d in SHARES}
        for own in bursts.values():
            for case in own:
                if any(case in self.points[d] and not record[d] for d in SHARES):
                    weights[case] = 0.0
            held = {d: sum(weights[c] for c in own if c in self.points[d]) for d in SHARES}
            most = [record[d] * share / (1 - share) / held[d] for d in SHARES if held[d]]
            for case in own:
                weights[case] *= min([1.0, *most])

    @cached_property
    def points(self) -> dict[str, dict[str, float]]:
        """By dimension and case: 100 × the weighted mean of the findings that have a value."""
        found: dict[str, dict[str, float]] = {d: {} for d in SHARES}
        for case in self.cases:
            for d in SHARES:
                told = [f for f in self.findings[case] if f["dimension"] == d and f["value"]]
                if told:
                    total = sum(float(f["rule_weight"]) for f in told)
                    got = sum(float(f["rule_weight"]) * float(f["value"]) for f in told)
                    found[d][case] = 100 * got / total
        return found

    @cached_property
    def sums(self) -> Sums:
        """All that adds up over companies."""
        bag: Sums = defaultdict(float)
        for d in SHARES:
            told = [(self.weights[c], x) for c, x in self.points[d].items()]
            bag[d, "w"] = sum(w for w, _ in told)
            bag[d, "wx"] = sum(w * x for w, x in told)
            bag[d, "ww"] = sum(w * w for w, _ in told)
            if not told:
                continue
            mean, n = mean_of(bag, d), bag[d, "w"] ** 2 / bag[d, "ww"]
            if n > 1 + 1e-9:
                spread = n * sum(w * (x - mean) ** 2 for w, x in told) / bag[d, "w"]
                bag[d, "variance"] = spread
                bag[d, "room"] = (n - 1) * room(mean) + spread / n * tilted(mean)
        for a, b in PAIRS:
            for c in self.points[a].keys() & self.points[b].keys():
                w = self.weights[c]
                x, y = self.points[a][c] - mean_of(bag, a), self.points[b][c] - mean_of(bag, b)
                parts = {"xy": w * x * y, "xx": w * x * x, "yy": w * y * y, "ww": w * w}
                for name, part in parts.items():
                    bag[a, b, name] += part
        return bag

    @property
    def known(self) -> float:
        """The share of what the rules ask that is known."""
        asked = known = 0.0
        for case, findings in self.findings.items():
            for f in findings:
                part = self.weights[case] * float(f["rule_weight"]) * SHARES[f["dimension"]]
                asked += part * (f["state"] != "not-applicable")
                known += part * bool(f["value"])
        return known / asked if asked else 0.0


def mean_of(bag: Sums, d: str) -> float:
    return min(100.0, bag[d, "wx"] / bag[d, "w"])


def tilted(mean: float) -> float:
    return float((mean / 100) ** INTERVAL["tilt"])


def room(mean: float) -> float:
    return mean * (100 - mean) * tilted(mean)


class Redone(Struct, frozen=True, dict=True):
    """What is compared, in points; and what the limits were made from."""

    score: float
    mean: float
    low: float
    high: float
    weight: float
    error: Callable[[float], float]
    towards: float
    pull: float


def dimension(own: Sums, others: list[Sums], d: str) -> Redone:
    """A score and its interval; `others` are everyone and the sector, without the company."""
    towards, dispersion = FIXED, INTERVAL["dispersion"]
    unit = INTERVAL["cases"] * 2500
    for bag in others:
        towards = (bag[d, "wx"] + STRENGTH * towards) / (bag[d, "w"] + STRENGTH)
    for bag in [*others, own]:
        variance = bag[d, "variance"] + unit * dispersion
        dispersion = min(1, variance / (bag[d, "room"] + unit))
    weight = own[d, "w"]
    n = weight**2 / own[d, "ww"]
    score = (own[d, "wx"] + STRENGTH * towards) / (weight + STRENGTH)

    def error(true: float) -> float:
        return sqrt(dispersion / n * room(true))

    return redone(score, mean_of(own, d), weight, error, towards, STRENGTH / n)


def redone(
    score: float,
    mean: float,
    weight: float,
    error: Callable[[float], float],
    towards: float,
    pull: float,
) -> Redone:
    low, high = (limit(side, mean, error, towards, pull) for side in (1, -1))
    low, high = min(low, score), max(high, score)
    return Redone(score, mean, low, high, weight, error, towards, pull)


def limit(
    side: int, mean: float, error: Callable[[float], float], towards: float, pull: float
) -> float:
    """By halving: the true score from which the mean is only just not too unlikely."""

    def allows(true: float) -> bool:
        if not error(true):
            return mean == true
        above = NORMAL.cdf(pull * (towards - true) / error(true))
        spent = (1 - INTERVAL["level"]) * (above if side > 0 else 1 - above)
        return side * (mean - true) <= -error(true) * NORMAL.inv_cdf(max(spent, 1e-9))

    inside, outside = mean, 0.0 if side > 0 else 100.0
    if allows(outside):
        return outside
    for _ in range(50):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if allows(middle) else (inside, middle)
    return inside


def overall(own: Sums, others: list[Sums], parts: Mapping[str, Redone], weight: float) -> Redone:
    """The weighted mean of the dimensions; where it is off, each of them takes its part of that."""
    whole = sum(SHARES[d] for d in parts)
    shares = {d: SHARES[d] / whole for d in parts}
    unit = INTERVAL["cases"] * 625

    def together(a: str, b: str) -> float:
        if a == b:
            return 1.0
        a, b = (a, b) if (a, b) in PAIRS else (b, a)
        correlation = INTERVAL["correlation"]
        for bag in [*others, own]:
            spread = sqrt(bag[a, b, "xx"] * bag[a, b, "yy"])
            correlation = (bag[a, b, "xy"] + unit * correlation) / (spread + unit)
        return float(correlation * own[a, b, "ww"] / sqrt(own[a, "ww"] * own[b, "ww"]))

    r = {(a, b): together(a, b) for a in parts for b in parts}

    off = {d: shares[d] * part.error(part.score) for d, part in parts.items()}
    takes = {a: sum(r[a, b] * off[a] * off[b] for b in off) for a in off}
    whole_takes = sum(takes.values())
    mean = sum(shares[d] * part.mean for d, part in parts.items())

    def error(true: float) -> float:
        e = {}
        for d, part in parts.items():
            slope = takes[d] / whole_takes / shares[d] if whole_takes > 1e-9 else 1.0
            at = part.mean + (true - mean) * slope
            e[d] = shares[d] * part.error(min(100, max(0, at)))
        square = sum(r[a, b] * e[a] * e[b] for a in e for b in e)
        return sqrt(max(square, sum(x * x for x in e.values()) / 100))

    score, towards, pull = (
        sum(shares[d] * getattr(part, name) for d, part in parts.items())
        for name in ("score", "towards", "pull")
    )
    return redone(score, mean, weight, error, towards, pull)


def grade(total: Redone | None, known: float) -> str:
    if total is None or total.weight < TOO_FEW["weight"] or known < TOO_FEW["known"]:
        return ""
    if total.high - total.low > TOO_FEW["width"]:
        return ""
    return str(next(b["name"] for b in METHOD["grades"] if total.score >= b["at_least"]))


class Again:
    """A whole site, redone."""

    def __init__(self, site: Path) -> None:
        self.published = {(r["company"], r["dimension"]): r for r in table(site, "scores")}
        self.companies = {
            slug: Company(r["sector"], date.fromisoformat(r["as_of"]))
            for (slug, _), r in self.published.items()
        }
        for row in table(site, "cases"):
            if row["weight"]:  # a withdrawn case has none
                self.companies[row["company"]].cases[row["case"]] = row
        for row in table(site, "findings"):
            self.companies[row["company"]].findings[row["case"]].append(row)

    @cached_property
    def scores(self) -> dict[tuple[str, str], Redone]:
        found: dict[tuple[str, str], Redone] = {}
        everyone = added(company.sums for company in self.companies.values())
        sectors = {
            name: added(c.sums for c in self.companies.values() if c.sector == name)
            for name in {company.sector for company in self.companies.values()}
        }
        for slug, company in self.companies.items():
            others = [less(bag, company.sums) for bag in (everyone, sectors[company.sector])]
            parts = {d: dimension(company.sums, others, d) for d in SHARES if company.points[d]}
            found |= {(slug, d): part for d, part in parts.items()}
            if parts:
                scored = {c for points in company.points.values() for c in points}
                weight = sum(company.weights[c] for c in scored)
                found[slug, "overall"] = overall(company.sums, others, parts, weight)
        return found


def added(bags: Iterator[Sums]) -> Sums:
    whole: Sums = defaultdict(float)
    for bag in bags:
        for key, value in bag.items():
            whole[key] += value
    return whole


def less(whole: Sums, part: Sums) -> Sums:
    left = {key: value - part.get(key, 0.0) for key, value in whole.items()}
    return defaultdict(float, {k: v if abs(v) > 1e-9 else 0.0 for k, v in left.items()})


@pytest.fixture(scope="session")
def capped_site(shared: Path) -> Path:
    """A site on which both caps hold cases."""
    return _built(shared, "capped", lambda folder: capped_content(folder.parent))


@pytest.fixture(scope="session")
def invented_site(shared: Path) -> Path:
    """A site of an invented world: more companies and sectors, and all that a case can tell."""

    def write(folder: Path) -> None:
        companies, cases = rounds(12, 25), rounds(120, 300)
        size = ["--seed", "3", "--companies", str(companies), "--cases", str(cases)]
        assert main(["demo", str(folder), *size]) == 0

    return _built(shared, "invented", write)


def _built(shared: Path, name: str, write: Callable[[Path], object]) -> Path:
    """The data of the site of a content folder, made by whichever of the test processes comes first."""
    content = shared / f"{name}-of" / "content"

    def make() -> None:
        write(content)
        Unbuilt(content).write_data(shared / f"data-{name}")

    made_once(content.parent, make)
    return shared / f"data-{name}"


@cache
def again(site: Path) -> Again:
    return Again(site)


@pytest.fixture(params=["small_site", "capped_site", "invented_site"])
def site(request: pytest.FixtureRequest) -> Path:
    return Path(request.getfixturevalue(request.param))


def test_the_weight_of_every_case_is_redone(site: Path) -> None:
    compared = capped = 0
    for company in again(site).companies.values():
        for case, row in company.cases.items():
            assert float(row["base_weight"]) == pytest.approx(company.base(case), abs=1e-8), case
            assert float(row["weight"]) == pytest.approx(company.weights[case], abs=1e-8), case
            compared += 1
            capped += row["weight"] != row["base_weight"]
    assert compared > capped


def test_cases_of_a_burst_and_of_a_busy_contributor_are_held(capped_site: Path) -> None:
    company = again(capped_site).companies["acme"]
    held = {c for c, r in company.cases.items() if float(r["weight"]) < float(r["base_weight"])}
    burst = {c for c, r in company.cases.items() if r["burst"]}
    busy = {c for c, r in company.cases.items() if r["contributor"] == "busy-bee"}
    assert len(burst) == 10
    assert held == burst | busy


def test_every_case_score_is_redone(site: Path) -> None:
    for company in again(site).companies.values():
        for case, row in company.cases.items():
            for d in SHARES:
                assert bool(row[d]) == (case in company.points[d]), (case, d)
                if row[d]:
                    assert float(row[d]) == pytest.approx(company.points[d][case], abs=CLOSE)


def test_every_company_score_is_redone_with_its_interval(site: Path) -> None:
    redone, published = again(site).scores, again(site).published
    assert len(published) == 4 * len(again(site).companies)
    for key, row in published.items():
        assert bool(row["score"]) == (key in redone), key
        if row["score"]:
            found = redone[key]
            for name in ("score", "mean", "low", "high", "weight"):
                assert float(row[name]) == pytest.approx(getattr(found, name), abs=CLOSE), key


def test_every_centre_is_redone_from_the_row(site: Path) -> None:
    for key, row in again(site).published.items():
        if row["score"] and row["centre"]:
            weight, mean, towards = (float(row[k]) for k in ("weight", "mean", "centre"))
            redone = (weight * mean + STRENGTH * towards) / (weight + STRENGTH)
            assert float(row["score"]) == pytest.approx(redone, abs=CLOSE), key


def test_the_known_share_and_the_grade_are_redone(site: Path) -> None:
    for (slug, what), row in again(site).published.items():
        known = again(site).companies[slug].known
        assert float(row["known"]) == pytest.approx(known, abs=0.0002), slug
        if what == "overall":
            assert row["grade"] == grade(again(site).scores.get((slug, what)), known), slug


def test_there_are_companies_with_a_grade_and_without(
    small_site: Path, invented_site: Path
) -> None:
    for site in (small_site, invented_site):
        grades = {r["grade"] for (_, what), r in again(site).published.items() if what == "overall"}
        assert "" in grades
        assert len(grades) > 1


def test_the_api_says_the_same(site: Path) -> None:
    for company in load(site / "api/v1/index.json")["companies"]:
        for what, score in company["scores"].items():
            row = again(site).published[company["slug"], what]
            assert bool(score) == bool(row["score"])
            for name in ("score", "low", "high", "mean", "cases", "weight") if score else ():
                assert score[name] == float(row[name]), (company["slug"], what, name)
            if score:
                found = again(site).scores[company["slug"], what]
                assert score["score"] == pytest.approx(found.score, abs=CLOSE)
        assert (company["grade"] or "") == again(site).published[company["slug"], "overall"][
            "grade"
        ]


def test_every_row_says_of_which_day_and_by_which_method_it_is(site: Path) -> None:
    index = load(site / "api/v1/index.json")
    said = {(row["as_of"], row["method"]) for row in again(site).published.values()}
    assert said == {(index["as_of"], METHOD["version"])}


def test_the_method_is_published_with_the_tables(site: Path) -> None:
    assert yaml.safe_load((site / "data/rubric.yaml").read_text("utf-8")) == METHOD
