"""A whole small site scored by hand: three companies in two sectors, and what a day knows.

A case in which only the tone of replies is known scores what the rubric gives the tone: kind 100,
rude 0, one of each 50; it weighs 1 where its evidence is public and its last event is of today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from scorecard.load.content import load_content
from scorecard.model import Case
from scorecard.rubric import Rubric
from scorecard.score.scorecard import Scorecard, newest_date, score_all
from tests.properties.contents import make_content, published
from tests.support.build import CASE, content_folder, make_case, rubric
from tests.support.rows import worth

DAY = date(2024, 3, 4)
KIND = "- {at: 2024-03-04, event: reply, tone: kind}\n"
RUDE = "- {at: 2024-03-04, event: reply, tone: rude}\n"
TONES = (worth("tone", "kind"), worth("tone", "rude"))


def case(company: str, timeline: str, slug: str = "one", **keys: Any) -> Case:
    return make_case(
        timeline, company=company, slug=slug, **{"evidence": {"level": "public"}, **keys}
    )


def scored(cases: Sequence[Case], day: date = DAY) -> Scorecard:
    return score_all(make_content(cases), day)


def responsiveness(card: Scorecard, company: str) -> float:
    score = card.companies[company].scores["responsiveness"]
    assert score is not None
    return score.score


def as_worked_out() -> Rubric:
    """The method with what the sums below were worked out for: kind 1, rude 0, strength 4, centre 50."""
    tone = {"kind": 1.0, "rude": 0.0}
    rules = tuple(
        rule.model_copy(update={"values": {**rule.values, **tone}}) if rule.id == "tone" else rule
        for rule in rubric().rules
    )
    shrinkage = rubric().shrinkage.model_copy(update={"strength": 4.0, "centre": 50.0})
    return rubric().model_copy(update={"rules": rules, "shrinkage": shrinkage})


def test_three_companies_are_pulled_towards_their_sectors_as_worked_out_by_hand() -> None:
    acme = [case("acme", KIND), case("acme", KIND, "two")]  # telecom: 100, 100
    bolt = [case("bolt", KIND + RUDE)]  # telecom: 50
    coda = [case("coda", RUDE)]  # shops: 0
    card = score_all(replace(make_content([*acme, *bolt, *coda]), rubric=as_worked_out()), DAY)
    # acme: all others have 50 and 0: (50 + 0 + 4 × 50) ÷ (2 + 4) = 41.67;
    # its sector without it has 50: (50 + 4 × 41.67) ÷ 5 = 43.33; (200 + 4 × 43.33) ÷ 6 = 62.22.
    assert responsiveness(card, "acme") == pytest.approx(62.2222, abs=1e-4)
    # bolt: all others have 100, 100, 0: (200 + 200) ÷ 7 = 57.14;
    # its sector without it has 100, 100: (200 + 4 × 57.14) ÷ 6 = 71.43; (50 + 4 × 71.43) ÷ 5.
    assert responsiveness(card, "bolt") == pytest.approx(67.1429, abs=1e-4)
    # coda: all others have 100, 100, 50: (250 + 200) ÷ 7 = 64.29;
    # its sector without it has nothing, and is as all others; (0 + 4 × 64.29) ÷ 5.
    assert responsiveness(card, "coda") == pytest.approx(51.4286, abs=1e-4)
    assert card.sectors["telecom"].means["responsiveness"] == pytest.approx(250 / 3)
    assert card.sectors["telecom"].companies == ("acme", "bolt")


def test_a_company_without_cases_has_no_score_no_grade_and_moves_nobody() -> None:
    card = scored([case("acme", KIND)])
    empty = card.companies["bolt"]
    assert (empty.overall, empty.grade, empty.flawless, empty.reply_time) == (None,) * 4
    assert set(empty.scores.values()) == {None}


def test_the_share_without_a_fault_is_of_the_cases_that_have_a_score() -> None:
    survey = "- {at: 2024-03-04, event: survey}"
    cases = [case("acme", KIND), case("acme", RUDE, "two"), case("acme", survey, "three")]
    assert scored(cases).companies["acme"].flawless == 0.5


def test_the_effort_of_a_sector_is_of_all_its_companies() -> None:
    answers = [("acme", 1), ("acme", 2), ("acme", 5), ("bolt", 3), ("bolt", 1)]
    cases = [case(c, KIND, f"c{n}", effort=str(e)) for n, (c, e) in enumerate(answers)]
    card = scored(cases)
    assert card.companies["acme"].effort.score is None
    assert card.companies["acme"].effort.answers == 3
    # Three of five say little, one much: 60 − 20.
    assert card.sectors["telecom"].effort.score == pytest.approx(40)


def test_a_contributor_with_most_cases_carries_a_fifth() -> None:
    rude = [case("acme", RUDE, f"r{n}", contributor="ann") for n in range(8)]
    kind = [case("acme", KIND, f"k{n}") for n in range(8)]
    tally = scored([*rude, *kind]).companies["acme"].cases.weighed.totals.tallies["responsiveness"]
    # Eight others weigh 1 each: ann's eight together weigh 2, a fifth of ten.
    assert tally.full_cases == pytest.approx(10)
    assert tally.mean == pytest.approx(100 * (0.8 * TONES[0] + 0.2 * TONES[1]))


PHONE = "- {at: 2024-03-04 09:00, event: contact, channel: phone}\n"


def test_what_cases_cost_their_customers_is_added_up() -> None:
    unpaid = case("acme", PHONE + PHONE + PHONE, "a", amount="180.00 EUR")
    paid = case(
        "acme",
        PHONE + "- {event: refund, decision: granted, paid: yes}",
        "b",
        amount="20.00 EUR",
    )
    dollars = case("acme", PHONE, "c", amount="5.00 USD")
    costs = scored([unpaid, paid, dollars]).companies["acme"].costs
    assert costs.avoidable_contacts == 2
    assert {currency: str(sum_) for currency, sum_ in costs.at_stake.items()} == {
        "EUR": "180.00",
        "USD": "5.00",
    }


# ── The day ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("timeline", "keys", "newest"),
    [
        (KIND, {}, "2024-03-04"),
        ("- {at: 2024, event: contact}", {}, "2024-01-01"),
        ("- {at: 2024-03, event: contact}", {}, "2024-03-01"),
        ("- {at: 2024-03-04, event: promise, due: 2030-01-01}", {}, "2024-03-04"),
        ("- {at: 2024-03-04, event: promise, kept_at: 2024-04-01}", {}, "2024-04-01"),
        (
            "- {at: 2024-03-04, event: refund, decision: granted, paid_at: 2024-05-01}",
            {},
            "2024-05-01",
        ),
        (KIND, {"source": {"kind": "published", "date": "2024-06-01"}}, "2024-06-01"),
        (KIND, {"reply": {"asked": "2024-03-05", "at": "2024-07-01"}}, "2024-07-01"),
        (KIND, {"status": "corrected", "status_date": "2024-08-01"}, "2024-08-01"),
    ],
)
def test_the_newest_date_is_the_newest_thing_that_happened(
    timeline: str, keys: dict[str, Any], newest: str
) -> None:
    old = case("bolt", "- {at: 2019-01-01, event: contact}")
    content = make_content([old, case("acme", timeline, **keys)])
    assert newest_date(content) == date.fromisoformat(newest)


def test_a_site_without_any_date_stands_for_the_day_of_its_method() -> None:
    undated = case("acme", "- {event: contact}")
    withdrawn = case("acme", KIND, "two", status="withdrawn", status_date="2030-01-01")
    day = rubric().history[-1].date.first.date()
    assert newest_date(make_content([])) == day
    assert newest_date(make_content([undated, withdrawn])) == day


def test_on_an_earlier_day_only_what_had_begun_is_scored() -> None:
    cases = [case("acme", KIND), case("acme", RUDE.replace("03-04", "03-05"), "two")]
    before, after = scored(cases, date(2024, 3, 4)), scored(cases, date(2024, 3, 5))
    assert len(before.companies["acme"].cases.cases) == 1
    assert len(after.companies["acme"].cases.cases) == 2
    assert published(before) == published(scored(cases[:1], date(2024, 3, 4)))


def test_a_withdrawn_case_in_a_folder_scores_as_if_its_file_had_never_been(tmp_path: Path) -> None:
    withdrawn = (
        CASE.replace("09:10", "14:10").replace("09:15", "14:15").replace("2024", "2025")
        + "status: withdrawn\nstatus_note: The customer asked for it.\nstatus_date: 2026-01-01\n"
    )
    without = load_content(content_folder(tmp_path / "without"))
    with_it = load_content(content_folder(tmp_path / "with", {"cases/acme/gone.yaml": withdrawn}))
    assert [c.slug for c in with_it.cases] == ["gone", "one"]
    day = newest_date(with_it)
    assert day == newest_date(without)
    assert published(score_all(with_it, day)) == published(score_all(without, day))
