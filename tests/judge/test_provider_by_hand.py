"""The provider's boxes (source 004), judged by hand and by the machine: they agree.

The timeline, with the positions that the findings name (the case file tells the rest):

 0 promise, 30 April 2019, no day told, kept on 1 July   6 contact, e-mail, no time, told again
 1 promise, 28 June 21:10, for the 29th, kept 1 July     7 acknowledgement, e-mail, no time
 2 charge, 2019, no warning, not justified               8 contact, phone, 2019
 3 contact, phone, 2019, asks the money back             9 reply, person, full, 2019
 4 reply, person, partial, kind, 2019                   10 refund, granted, 180 euros, set-off, 2019
 5 channel switch to e-mail, 2019                       11 contact, phone, 2019, a new matter: complaint

So there are two matters: 3, 6 and 8 (the money), and 11 (the complaint). The case is open.
"""

from __future__ import annotations

from datetime import date

import pytest

from scorecard.judge.case import JudgedCase
from scorecard.load.content import load_content
from scorecard.rubric import Dimension
from scorecard.standards import Standards
from tests.support.build import CONTENT, judge

CASE = "unnamed-provider/boxes-charged-180-euros-2019"
# Each rule: its value, the positions it rests on.
BY_HAND: dict[str, tuple[float | str, tuple[int, ...]]] = {
    # Four contacts (3, 6, 8, 11), none of which failed: 2 matters ÷ (2 + 0).
    "reached": (1, (3, 6, 8, 11)),
    # 3 and 8 with their answers 4 and 9 are 'some time in 2019': nothing to measure. 6 has no time.
    # Only 11 can be measured: no answer, at the kindest since the last second of 2019. That is more
    # than six years of working hours against one hour: halved a thousand times over, which is 0.
    "answered-in-time": (0, (11,)),
    # The money was answered (4), the complaint never: 1 of 2.
    "answered-at-all": (1 / 2, (11,)),
    # 6 followed an answer; 8 did not (7 is automatic): asked again once. 11 is overdue: once more.
    # 2 matters ÷ (2 + 1 + 1).
    "no-chasing": (1 / 2, (8, 11)),
    # 4 was kind; of 9 nothing is told.
    "tone": (1, (4,)),
    # 0 names no day and was kept: 1. 1 was promised at 28 June 21:10 for, at the kindest,
    # 29 June 23:59:59: a stretch of 26 h 49 min 59 s = 96,599 s. It came, at the kindest, at
    # 1 July 00:00:00: 24 h 1 s = 86,401 s late. 2^−(86,401 ÷ 96,599) = 0.538. The mean of the two.
    "promises-kept": ((1 + 2 ** -(86_401 / 96_599)) / 2, (1,)),
    # Open, no full answer after the last contact (11), and long beyond eight weeks.
    "completely-solved": (0, (3,)),
    # Detours: 6 and 8 (the same matter again), 6 once more (told again), 5 (another channel): four.
    # 11 still waits: one more. 2 matters ÷ (2 + 4 + 1).
    "in-one-go": (2 / 7, (5, 6, 8, 11)),
    "not-lost": ("not-applicable", ()),
    # Nobody responded to 11.
    "complaint-confirmed": (0, (11,)),
    "cause-fixed": ("not-applicable", ()),
    "no-recurrence": ("not-applicable", ()),
    # Asked in 2019, at the kindest on 31 December; granted, never seen. Due on 14 January 2020, and
    # 2,240 days late on 3 March 2026: 160 terms of 14 days. 2^−160 is nothing.
    "money-back-in-time": (0, (3,)),
    # Set off: ½.
    "money-as-money": (1 / 2, (10,)),
    # 180 of 180 euros.
    "whole-amount": (1, (10,)),
    # Asked at 3, again at 6 and 8 before the decision at 10: one of three.
    "asked-once": (1 / 3, (6, 8)),
    # The one decision was no refusal.
    "no-undue-refusal": (1, (10,)),
    # The charge was not justified (and unwarned, which is less bad).
    "no-unfair-charge": (0, (2,)),
    # It was decided on without a bank, a regulator or a court.
    "no-force-needed": (1, (10,)),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> JudgedCase:
    folder = tmp_path_factory.mktemp("provider")
    files = ("site", "sectors", "rubric", "companies/unnamed-provider", f"cases/{CASE}")
    for file in (f"{name}.yaml" for name in files):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes((CONTENT / file).read_bytes())
    content = load_content(folder)
    [case] = content.cases
    company = content.companies[case.company]
    sector = content.sectors[company.sector]
    return judge(case, Standards(content.rubric, sector, company, date(2026, 3, 3)))


@pytest.mark.parametrize("rule", BY_HAND)
def test_each_finding_is_what_a_reader_of_the_article_works_out(
    rule: str, judged: JudgedCase
) -> None:
    found = next(f for f in judged.findings if f.rule == rule)
    value, events = BY_HAND[rule]
    if isinstance(value, str):
        assert (found.state, found.value) == (value, None)
    else:
        assert found.value == pytest.approx(value, abs=1e-12)
    assert found.events == events


def test_no_rule_was_left_out_by_hand(judged: JudgedCase) -> None:
    assert [f.rule for f in judged.findings] == list(BY_HAND)


@pytest.mark.parametrize(
    ("dimension", "score"),
    [
        # Weights 2, 4, 4, 2, 1:  (2×1 + 4×0 + 4×½ + 2×½ + 1×1) ÷ 13 = 6 ÷ 13
        ("responsiveness", 46.15),
        # Weights 3, 5, 3, 1:  (3×0.769 + 5×0 + 3×2/7 + 1×0) ÷ 12 = 3.1640 ÷ 12
        ("follow_through", 26.37),
        # Weights 4, 3, 3, 3, 2, 3, 1:  (4×0 + 3×½ + 3×1 + 3×⅓ + 2×1 + 3×0 + 1×1) ÷ 19 = 8.5 ÷ 19
        ("refund_friction", 44.74),
    ],
)
def test_each_score_is_the_weighted_mean_of_its_findings(
    dimension: Dimension, score: float, judged: JudgedCase
) -> None:
    assert judged.scores[dimension] == pytest.approx(score, abs=0.005)


def test_the_providers_case_is_not_flawless(judged: JudgedCase) -> None:
    assert not judged.flawless
