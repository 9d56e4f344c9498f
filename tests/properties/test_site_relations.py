"""What must hold between two sites, everything else equal."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from scorecard.judge.case import JudgedCase
from scorecard.load.content import load_content
from scorecard.model import Case
from scorecard.rubric import DIMENSIONS
from scorecard.score.scorecard import newest_date, score_all
from tests.properties.contents import COMPANIES, SiteOnADay, make_content, published, sites
from tests.properties.stories import Story, stories
from tests.support.build import CASE, content_folder, judge, make_case, rubric, steady, weighed
from tests.support.examples import examples

SOME = examples(40)
NAMES = st.permutations(["a-first", "m-middle", "z-last"])
FILES = {
    "companies/bolt.yaml": "name: Bolt\nsector: telecom\n",
    "companies/coda.yaml": "name: Coda\nsector: shops\n",
    "cases/acme/two.yaml": CASE.replace("answer: full", "answer: partial"),
    "cases/acme/two-and-a-half.yaml": CASE.replace("solved: full", "solved: none"),
    "cases/bolt/one.yaml": CASE.replace("by: person", "by: machine"),
    "cases/coda/one.yaml": CASE.replace(" 09:1", " 12:1"),
}


@SOME
@given(site=sites(), random=st.randoms(use_true_random=False))
def test_the_order_of_cases_changes_no_score(site: SiteOnADay, random: Any) -> None:
    shuffled = list(site.content.cases)
    random.shuffle(shuffled)
    one, other = site.scored(), site.with_cases(shuffled).scored()
    for slug, result in one.companies.items():
        assert other.companies[slug].scores == result.scores
        assert other.companies[slug].overall == result.overall
        assert other.companies[slug].grade == result.grade
        assert other.companies[slug].would_change == result.would_change
        assert other.companies[slug].trend == result.trend
    assert other.sectors == one.sectors


def test_the_order_in_which_the_disk_lists_files_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = content_folder(tmp_path, FILES)
    one = load_content(folder)
    listed = Path.iterdir

    def backwards(path: Path) -> Iterator[Path]:
        return iter(sorted(listed(path), reverse=True))

    monkeypatch.setattr(Path, "iterdir", backwards)
    other = load_content(folder)
    assert other == one
    day = newest_date(one)
    assert published(score_all(other, day)) == published(score_all(one, day))


@SOME
@given(site=sites(), names=NAMES)
def test_the_names_of_companies_change_nothing(site: SiteOnADay, names: list[str]) -> None:
    new = dict(zip(COMPANIES, names, strict=True))
    cases = [c.model_copy(update={"company": new[c.company]}) for c in site.content.cases]
    companies = {new[slug]: company.sector for slug, company in site.content.companies.items()}
    renamed = replace(site, content=make_content(cases, companies)).scored()
    for slug, result in site.scored().companies.items():
        other = renamed.companies[new[slug]]
        assert (other.scores, other.overall, other.grade) == (
            result.scores,
            result.overall,
            result.grade,
        )
        assert (other.rules, other.reply_time) == (result.rules, result.reply_time)


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The machine's own time zone is `zone`."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@SOME
@given(story=stories())
def test_the_time_zone_of_the_machine_changes_no_score_of_a_case(story: Story) -> None:
    with machine_in("Pacific/Kiritimati"):
        far_east = story.scores()
    with machine_in("Pacific/Pago_Pago"):
        assert story.scores() == far_east


def test_the_time_zone_of_the_machine_changes_nothing_of_a_site(tmp_path: Path) -> None:
    text = CASE.replace("2024-03-04 09:00", '"2024-03-03T23:30-08:00"')
    folder = content_folder(tmp_path, {**FILES, "cases/acme/abroad.yaml": text})
    told = []
    for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns"):
        with machine_in(zone):
            content = load_content(folder)
            told.append((newest_date(content), published(score_all(content, newest_date(content)))))
    assert all(one == told[0] for one in told)


WITHDRAWN = {"status": "withdrawn"}


@SOME
@given(site=sites(), data=st.data())
def test_withdrawing_a_case_gives_the_scores_of_a_site_that_never_had_it(
    site: SiteOnADay, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from(range(6))), label="withdrawn")
    cases = list(enumerate(site.content.cases))
    withdrawn = site.with_cases(
        [c.model_copy(update=WITHDRAWN) if i in gone else c for i, c in cases]
    )
    never = site.with_cases([c for i, c in cases if i not in gone])
    assert published(withdrawn.scored()) == published(never.scored())
    assert newest_date(withdrawn.content) == newest_date(never.content)


@SOME
@given(site=sites())
def test_intervals_lie_around_their_scores_between_nought_and_a_hundred(site: SiteOnADay) -> None:
    for result in site.scored().companies.values():
        for score in (*result.scores.values(), result.overall):
            if score is not None:
                assert 0 <= score.low <= score.score <= score.high <= 100
                assert 0 <= score.mean <= 100


# ── One more case ──────────────────────────────────────────────────────────────────────────────

POINTS = st.one_of(st.none(), st.sampled_from([0.0, 50.0, 100.0]), st.floats(0, 100))
LEVELS = ("none", "described", "redacted", "public", "ruling")
DAY = date(2026, 1, 1)


@st.composite
def judged_cases(draw: st.DrawFn, points: st.SearchStrategy[float | None], name: str) -> JudgedCase:
    """A case of any age, evidence and contributor, with any scores."""
    case: Case = make_case(
        f"- {{at: {draw(st.dates(date(2016, 1, 1), DAY))}, event: contact}}",
        slug=name,
        evidence={"level": draw(st.sampled_from(LEVELS))},
        contributor=draw(st.sampled_from([None, "ann", "bob", "cy", "di", "ed"])),
    )
    return judge(case, steady(DAY))._replace(scores={d: draw(points) for d in DIMENSIONS})


def means(judged: list[JudgedCase]) -> list[float | None]:
    """The company's unshrunk means."""
    tallies = weighed(judged, DAY).weighed.totals.tallies
    return [tallies[d].mean for d in DIMENSIONS]


def cases_on_one_side_of_the_cap(data: st.DataObject) -> list[JudgedCase]:
    """Cases of a company that the cap on contributors does not begin to hold with one more.

    The tenth case brings the cap with it, and with it other weights for all the cases before.
    """
    ten = rubric().contributor_cap.from_cases
    few, many = st.integers(0, ten - 2), st.integers(ten, ten + 15)
    count = data.draw(st.one_of(few, many), label="cases")
    return [data.draw(judged_cases(POINTS, f"case-{n}")) for n in range(count)]


@SOME
@given(data=st.data())
def test_a_flawless_case_never_lowers_its_companys_mean(data: st.DataObject) -> None:
    before = cases_on_one_side_of_the_cap(data)
    more = data.draw(judged_cases(st.just(100.0), "more"))
    for mean, then in zip(means(before), means([*before, more]), strict=True):
        assert then is not None
        assert mean is None or then >= mean - 1e-6


@SOME
@given(data=st.data())
def test_a_case_with_every_finding_at_nought_never_raises_its_companys_mean(
    data: st.DataObject,
) -> None:
    before = cases_on_one_side_of_the_cap(data)
    more = data.draw(judged_cases(st.just(0.0), "more"))
    for mean, then in zip(means(before), means([*before, more]), strict=True):
        assert then is not None
        assert mean is None or then <= mean + 1e-6
