"""What `serve` shows of changed cases before the site is built anew: the pages that the build will make."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scorecard import kept
from scorecard.compose.gathered import Gathered
from scorecard.compose.pages.every import Part
from scorecard.pipeline import read
from scorecard.preview import Preview
from scorecard.publish.files import Shards, assets
from scorecard.publish.folder import contents
from scorecard.score.again import scored_again
from scorecard.settings import Settings

FLIGHT = "/cases/invented-air/flight/"
AIR = "/companies/invented-air/"
CASES, OWN = Part("invented-air", 0, 3), Part("invented-air")


@pytest.fixture
def flight(bilingual_content: Path) -> Path:
    return bilingual_content / "cases/invented-air/flight.yaml"


@pytest.fixture
def wanted(bilingual_content: Path, tmp_path: Path) -> Settings:
    return Settings(bilingual_content, tmp_path / "site", keep=kept.FOLDER)


def preview_of(wanted: Settings) -> Preview:
    return Preview(wanted, *read(wanted))


def built(wanted: Settings, part: Part) -> dict[str, bytes]:
    """What a build makes of a part of the site."""
    made = Shards(Gathered(*read(wanted)), assets(), wanted.keep).render(part)
    return {address: contents(file) for address, file in made.files}


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("change", ["tone: rude", "tone: neutral"])
def test_it_shows_a_case_as_a_build_makes_it(wanted: Settings, flight: Path, change: str) -> None:
    preview, before = preview_of(wanted), built(wanted, CASES)
    rewrite(flight, "tone: kind", change)
    rewrite(flight, "paid back late", "paid back very late")
    assert preview.take([flight])
    after = built(wanted, CASES)
    for address in (FLIGHT, f"/nl{FLIGHT}"):
        assert preview.page(address) == after[address] != before[address]


def test_it_shows_a_company_as_a_build_makes_it(wanted: Settings, flight: Path) -> None:
    preview = preview_of(wanted)
    rewrite(flight, "paid back late", "paid back very late")
    assert preview.take([flight])
    after = built(wanted, OWN)
    for address in (AIR, f"/nl{AIR}"):
        assert preview.page(address) == after[address]
        assert b"paid back very late" in after[address]


def test_a_new_case_has_a_page_and_a_place_in_its_companys_list(
    wanted: Settings, flight: Path
) -> None:
    preview = preview_of(wanted)
    new = flight.with_name("another-flight.yaml")
    new.write_text(flight.read_text("utf-8").replace("paid back late", "never paid back"), "utf-8")
    assert preview.take([new])
    page = preview.page("/cases/invented-air/another-flight/")
    assert page
    assert b"never paid back" in page
    assert b"never paid back" in (preview.page(AIR) or b"")
    assert page == built(wanted, CASES)["/cases/invented-air/another-flight/"]


def test_an_event_on_a_later_day_is_the_new_day(wanted: Settings, flight: Path) -> None:
    preview = preview_of(wanted)
    later = "  - {at: 2031-02-03, event: reply, by: person, tone: rude}\n"
    flight.write_text(flight.read_text("utf-8") + later, "utf-8")
    assert read(wanted)[1].as_of == date(2031, 2, 3)
    assert preview.take([flight])
    assert preview.page(FLIGHT) == built(wanted, CASES)[FLIGHT]


def test_several_changes_are_seen_together(
    wanted: Settings, flight: Path, bilingual_content: Path
) -> None:
    preview = preview_of(wanted)
    other = bilingual_content / "cases/invented-telecom/answered-1.yaml"
    rewrite(flight, "paid back late", "paid back first")
    assert preview.take([flight])
    rewrite(flight, "paid back first", "paid back second")
    rewrite(other, "title: ", "title: Now ")
    assert preview.take([flight, other])
    assert b"paid back second" in (preview.page(FLIGHT) or b"")
    assert b"paid back second" in (preview.page(AIR) or b"")
    assert preview.page("/cases/invented-telecom/answered-1/")


def test_a_case_that_cannot_be_scored_leaves_nothing_behind(
    wanted: Settings, flight: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = preview_of(wanted)
    other = flight.with_name("no-dates.yaml")
    rewrite(flight, "paid back late", "paid back first")
    with monkeypatch.context() as patch:
        patch.setattr("scorecard.preview.scored_again", None)
        with pytest.raises(TypeError):
            preview.take([flight])
    rewrite(other, "title: ", "title: Now ")
    assert preview.take([other])
    assert b"paid back first" not in (preview.page(AIR) or b"paid back first")


def test_only_pages_that_have_changed_are_its_own(wanted: Settings, flight: Path) -> None:
    preview = preview_of(wanted)
    assert preview.page(FLIGHT) is None
    assert preview.take([flight])
    assert preview.page(FLIGHT)
    for other in (
        "/",
        "/companies/invented-telecom/",
        "/cases/invented-air/no-dates/",
        "/nothing/",
    ):
        assert preview.page(other) is None


def _broken(path: Path) -> Path:
    path.write_text("title: [", "utf-8")
    return path


def _wrong(path: Path) -> Path:
    rewrite(path, "answer: full", "answer: fully")
    return path


def _gone(path: Path) -> Path:
    path.unlink()
    return path


@pytest.mark.parametrize(
    "change",
    [
        _broken,
        _wrong,
        _gone,
        lambda path: path.parents[2] / "companies/invented-air.yaml",
        lambda path: path.rename(path.with_suffix(".yml")),
        lambda path: path.parents[2] / "site.yaml",
    ],
)
def test_what_it_cannot_show_is_left_to_the_build(
    wanted: Settings, flight: Path, change: object
) -> None:
    preview = preview_of(wanted)
    assert callable(change)
    assert not preview.take([change(flight)])
    assert preview.page(FLIGHT) is None


def test_a_company_scored_again_has_the_scores_of_all_scored_anew(
    wanted: Settings, flight: Path
) -> None:
    content, before = read(wanted)
    rewrite(flight, "at: 2026-03-02, event: contact", "at: 2026-03-01, event: contact")
    rewrite(flight, "tone: kind", "tone: rude")
    after, whole = read(wanted)
    own = [case for case in after.cases if case.company == "invented-air"]
    again = scored_again(before, "invented-air", own, content, before.as_of)
    assert again.companies["invented-air"].standing == whole.companies["invented-air"].standing
    assert again.companies["invented-air"].standing != before.companies["invented-air"].standing
    assert again.companies["invented-air"].rules == whole.companies["invented-air"].rules
    assert again.arrivals == whole.arrivals
    assert again.companies["invented-telecom"] is before.companies["invented-telecom"]
