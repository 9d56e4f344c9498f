"""What a company's data do not show is said when that holds of them, and only then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from scorecard.compose.sentences.caveats import caveats
from scorecard.compose.words import words_in
from scorecard.pipeline import read
from scorecard.settings import Settings
from tests.site.reading import tree
from tests.support.build import content_folder

DAY = "2026-06-30"
FIRST_HAND = "source: {kind: first-hand}"
REGISTER = "source: {kind: register, title: The Register}"
ARTICLE = "source: {kind: published, title: An article}"
SHOWN = "evidence: {level: public}"
REPLIED = "reply: {asked: 2026-06-01, at: 2026-06-02, by: care, text: Sorry.}"


def case(source: str = FIRST_HAND, *keys: str, day: str = "2026-06-15") -> str:
    return "\n".join(
        [
            "title: T",
            "wanted: answer",
            source,
            *keys,
            "timeline:",
            f"  - {{at: {day} 10:00, event: contact, channel: email, asks: answer}}",
            f"  - {{at: {day} 11:00, event: reply, by: person, answer: full, tone: kind}}",
            f"  - {{at: {day} 12:00, event: closed, solved: full, by: customer}}",
            "",
        ]
    )


def said(where: Path, cases: Sequence[str], as_of: str = DAY) -> str:
    """The sentences of a company with these cases."""
    files: dict[str, str | bytes] = {f"cases/acme/{n}.yaml": text for n, text in enumerate(cases)}
    folder = content_folder(where, files)
    (folder / "cases/acme/one.yaml").unlink()
    content, scorecard = read(Settings(folder, Path(), date.fromisoformat(as_of)))
    told = caveats(scorecard.companies["acme"], scorecard.as_of, content.rubric)
    return "\n".join(words_in("en").say(sentence) for sentence in told)


def test_every_company_with_cases_is_no_sample(tmp_path: Path) -> None:
    assert "no sample of all customers" in said(tmp_path, [case()])


def test_without_a_case_nothing_else_is_said(tmp_path: Path) -> None:
    assert said(tmp_path, []).startswith("There is no case yet")
    assert "\n" not in said(tmp_path / "again", [])


@pytest.mark.parametrize(("registers", "others"), [(0, 3), (1, 2), (2, 2), (2, 1), (3, 0)])
def test_registers_are_named_when_more_than_half_of_the_weight_is_theirs(
    registers: int, others: int, tmp_path: Path
) -> None:
    """All of these cases weigh the same."""
    told = said(tmp_path, [case(REGISTER, SHOWN)] * registers + [case(ARTICLE, SHOWN)] * others)
    assert ("from registers" in told) == (registers > others)
    assert ("from one source: The Register." in told) == (registers > others)
    assert ("from one source: An article." in told) == (others > registers)


def test_it_is_weight_that_counts_and_not_the_number_of_cases(tmp_path: Path) -> None:
    old = [case(REGISTER, SHOWN, day="2020-06-15")] * 3
    assert "from registers" not in said(tmp_path, [*old, case(ARTICLE, SHOWN)])


@pytest.mark.parametrize(
    ("signed", "few"),
    [(["a", "a", "b"], True), (["a", "b", "c", "d"], True), (["a", "b", "c", "d", "e"], False)],
)
def test_few_people_are_counted_where_all_of_them_signed(
    signed: list[str], few: bool, tmp_path: Path
) -> None:
    cases = [case(FIRST_HAND, f"contributor: {name}") for name in signed]
    told = said(tmp_path / "signed", cases)
    assert (f"is all from {len(set(signed))} people." in told) == few
    assert "is all from" not in said(tmp_path / "unsigned", [*cases, case()])


def test_evidence_that_nobody_has_seen_is_said(tmp_path: Path) -> None:
    assert "nobody has seen evidence" in said(tmp_path / "a", [case()])
    assert "nobody has seen evidence" not in said(tmp_path / "b", [case(FIRST_HAND, SHOWN)])


def test_a_company_of_which_nothing_new_is_told_may_have_changed(tmp_path: Path) -> None:
    for number, (day, old) in enumerate(
        [("2026-06-15", False), ("2027-06-15", False), ("2027-06-16", True)]
    ):
        told = said(tmp_path / str(number), [case()], as_of=day)
        assert ("may have changed since" in told) == old, day


def test_it_is_said_whose_side_is_told(tmp_path: Path) -> None:
    asked = "reply: {asked: 2026-06-01}"
    told = [
        said(tmp_path / str(n), cases)
        for n, cases in enumerate(
            [
                [case(), case()],
                [case(FIRST_HAND, asked), case()],
                [case(FIRST_HAND, REPLIED), case()],
            ]
        )
    ]
    assert ["was not asked for its side" in one for one in told] == [True, False, False]
    assert ["side of 1 case and has not given it" in one for one in told] == [False, True, False]


def test_disputed_cases_are_counted(tmp_path: Path) -> None:
    disputed = "status: disputed\nstatus_note: N\nstatus_date: 2026-06-20"
    assert "1 case is disputed." in said(tmp_path / "a", [case(FIRST_HAND, disputed), case()])
    assert "disputed" not in said(tmp_path / "b", [case()])


def test_no_grade_is_said_with_its_reason_when_there_is_none(small_site: Path) -> None:
    for slug, graded in (("invented-telecom", True), ("invented-silent", False)):
        root = tree(small_site / "companies" / slug / "index.html")
        said_there = root.xpath("string(//ul[@class='limits'])")
        assert ("There is no grade." in said_there) != graded


def test_a_company_page_has_the_sentences_in_both_languages_to_copy(small_site: Path) -> None:
    for site, own in ((small_site, "en"), (small_site / "nl", "nl")):
        root = tree(site / "companies/invented-telecom/index.html")
        texts = [c.text_content() for c in root.xpath("//div[contains(@class, 'saying')]//code")]
        lead = root.xpath("string(//section[@class='verdict']//p[@class='lead'])")
        assert lead in texts[:2]
        assert any("gets grade B for its customer service" in t for t in texts[:2])
        assert any("krijgt label B voor de klantenservice" in t for t in texts[:2])
        marked = root.xpath("//div[contains(@class, 'saying')]//code/@lang")
        assert set(marked) == {"en", "nl"} - {own}
