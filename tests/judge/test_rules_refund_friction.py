"""Refund friction, rule by rule. The norm for money here: 14 days. Monday 4 March 2024.

Asked on the day 4 March: the money is due at the end of 18 March.
"""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.model import CaseLog
from scorecard.values import parse_duration
from tests.support.build import finding, judge, make_case, make_company, rubric, steady
from tests.support.rows import NOT_APPLICABLE, UNKNOWN, Row, says, worth

ASK = "- {at: 2024-03-04, event: contact, asks: refund}\n"
REFUND = {"wanted": "refund"}
NEW = {"wanted": "replacement"}
STAKE = {"wanted": "refund", "amount": "180.00 EUR"}
GRANTED = "- {event: refund, decision: granted}\n"


@pytest.mark.parametrize(
    "rule",
    [rule.id for rule in rubric().rules_of("refund_friction")],
)
def test_without_money_at_stake_there_is_no_refund_score(rule: str) -> None:
    case = make_case(
        """
        - {at: 2024-03-04, event: contact, asks: complaint}
        - {at: 2024-03-05, event: escalation, to: regulator}
        - {at: 2024-03-06, event: gesture, amount: 10.00 EUR}
        """
    )
    assert finding(rule, case, steady()).state == "not-applicable"
    assert judge(case, steady()).scores["refund_friction"] is None


@pytest.mark.parametrize(
    ("keys", "timeline"),
    [
        ({"amount": "1.00 EUR"}, "- {event: contact}"),
        ({"wanted": "refund"}, "- {event: contact}"),
        ({"wanted": "replacement"}, "- {event: contact}"),
        ({}, "- {event: contact, asks: refund}"),
        ({}, "- {event: contact}\n- {event: charge}"),
        ({}, "- {event: contact}\n- {event: refund, decision: refused}"),
        ({}, "- {event: contact}\n- {event: chargeback}"),
    ],
)
def test_money_is_at_stake_where_the_case_speaks_of_it(keys: dict[str, Any], timeline: str) -> None:
    case = make_case(timeline, **keys)
    said = [f.reason.text for f in judge(case, steady()).findings]
    assert "No money was at stake and no replacement was asked for." not in said


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "there on the last day of the norm",
            ASK + "- {event: refund, decision: granted, paid_at: 2024-03-18 23:00}",
            1,
            (0, 1),
        ),
        Row(
            "one norm late is a half",
            ASK + "- {event: refund, decision: granted, paid_at: 2024-04-01 23:59:59}",
            1 / 2,
            (0, 1),
        ),
        Row(
            "two norms late is a quarter",
            ASK + "- {event: refund, decision: granted, paid_at: 2024-04-15 23:59:59}",
            1 / 4,
            (0, 1),
        ),
        Row(
            "of a day the kindest moment counts: it came as the day began",
            ASK + "- {event: refund, decision: granted, paid_at: 2024-04-01}",
            2 ** -((13 * 86_400 + 1) / (14 * 86_400)),
            (0, 1),
        ),
        Row(
            "money granted and never seen counts as long as it has lasted",
            ASK + GRANTED,
            1 / 2,
            (0,),
            as_of="2024-04-01",
        ),
        Row("no decision at all counts the same", ASK, 1 / 2, (0,), as_of="2024-04-01"),
        Row("inside the norm the time so far is in time", ASK, 1, (0,), as_of="2024-03-18"),
        Row(
            "paid after the day of judgement is not paid yet",
            ASK + "- {event: refund, decision: granted, paid_at: 2024-08-01}",
            1 / 2,
            (0,),
            as_of="2024-04-01",
        ),
        Row(
            "paid, when is not told",
            ASK + "- {event: refund, decision: granted, paid: yes}",
            UNKNOWN,
            (0, 1),
        ),
        Row(
            "asked at a time not told",
            "- {event: contact, asks: refund}\n"
            "- {event: refund, decision: granted, paid_at: 2024-03-18}",
            UNKNOWN,
            (0,),
        ),
        Row(
            "asked and paid in one month tells too little",
            "- {at: 2024-03, event: contact, asks: refund}\n"
            "- {event: refund, decision: granted, paid_at: 2024-03-30}",
            UNKNOWN,
            (0,),
        ),
        Row(
            "asked some day in March, paid on 10 April: ten days at the kindest",
            "- {at: 2024-03, event: contact, asks: refund}\n"
            "- {event: refund, decision: granted, paid_at: 2024-04-10}",
            1,
            (0, 1),
        ),
        Row(
            "it runs from the first time that money was asked for",
            """
            - {at: 2024-01-01, event: contact, asks: complaint}
            - {at: 2024-03-04, event: contact, asks: refund}
            - {at: 2024-03-30, event: contact, asks: refund}
            - {event: refund, decision: granted, paid_at: 2024-04-01 23:59:59}
            """,
            1 / 2,
            (1, 3),
        ),
        Row(
            "the time of a promise that was kept is not counted",
            ASK
            + """\
- {at: 2024-03-05, event: promise, due: 2024-04-01, kept_at: 2024-04-01 23:59:59}
- {event: refund, decision: granted, paid_at: 2024-04-01 23:59:59}
""",
            1,
            (0, 2),
        ),
        Row(
            "the time of a broken promise is",
            ASK
            + """\
- {at: 2024-03-05, event: promise, due: 2024-03-20, kept_at: 2024-04-01 23:59:59}
- {event: refund, decision: granted, paid_at: 2024-04-01 23:59:59}
""",
            1 / 2,
            (0, 2),
        ),
        pytest.param(
            Row(
                "the time of a promise that was kept within the term is not counted either",
                ASK
                + """\
- {at: 2024-03-04 23:59:59, event: promise, due: 2024-03-18, kept_at: 2024-03-18 23:59:59}
- {event: refund, decision: granted, paid_at: 2024-04-01 23:59:59}
""",
                1,
                (0, 2),
            ),
        ),
        pytest.param(
            Row(
                "paid in parts, it is there when the last of it is",
                ASK
                + """\
- {event: refund, decision: partial, paid_at: 2024-04-01 23:59:59}
- {event: refund, decision: partial, paid_at: 2024-03-06}
""",
                1 / 2,
                (0, 1),
            ),
        ),
        Row(
            "rightly refused",
            ASK + "- {event: refund, decision: refused, justified: yes}",
            NOT_APPLICABLE,
        ),
        Row(
            "wrongly refused counts as long as it has lasted",
            ASK + "- {event: refund, decision: refused, justified: no}",
            1 / 2,
            (0,),
            as_of="2024-04-01",
        ),
        Row(
            "a new product that was wanted is what is waited for",
            "- {at: 2024-03-04, event: contact}\n- {at: 2024-04-01 23:59:59, event: replacement}",
            1 / 2,
            (0, 1),
            keys=NEW,
        ),
        Row(
            "a new product is no money",
            ASK + "- {at: 2024-03-05, event: replacement}",
            1 / 2,
            (0,),
            as_of="2024-04-01",
        ),
        Row(
            "nobody asked",
            "- {at: 2024-03-04, event: contact}\n- {event: charge}",
            NOT_APPLICABLE,
        ),
        Row(
            "an unauthorised payment is due back the next working day by law",
            "- {at: 2024-03-01, event: charge, justified: no}\n"
            + ASK
            + "- {event: refund, decision: granted, paid_at: 2024-03-06 23:59:59}",
            1 / 2,
            (1, 2),
            sector="credit-cards",
            country="NL",
        ),
        Row(
            "that law does not hold elsewhere",
            "- {at: 2024-03-01, event: charge, justified: no}\n"
            + ASK
            + "- {event: refund, decision: granted, paid_at: 2024-03-06 23:59:59}",
            1,
            (1, 2),
            sector="credit-cards",
            country="US",
        ),
        Row(
            "nor where the country is unknown",
            "- {at: 2024-03-01, event: charge, justified: no}\n"
            + ASK
            + "- {event: refund, decision: granted, paid_at: 2024-03-06 23:59:59}",
            1,
            (1, 2),
            sector="credit-cards",
        ),
        Row(
            "a cancelled flight is due back in seven days by law",
            ASK + "- {event: refund, decision: granted, paid_at: 2024-03-18 23:59:59}",
            1 / 2,
            (0, 1),
            sector="airlines",
        ),
    ],
    ids=says,
)
def test_money_back_in_time_halves_with_every_term_too_late(row: Row) -> None:
    row.holds_for("money-back-in-time")


def test_a_withdrawal_has_the_term_of_the_law_where_the_law_holds() -> None:
    case: CaseLog = make_case("- {event: contact}", wanted="cancellation")
    by = steady(country="NL")
    _, law = by.money_back_term(case)
    assert law is not None
    assert law.id == "withdrawal"
    assert steady(country="US").money_back_term(case) == (parse_duration("14 days"), None)


def test_of_two_terms_of_law_the_shorter_one_holds() -> None:
    case = make_case(
        "- {event: contact, asks: refund}\n- {event: charge, justified: no}", wanted="cancellation"
    )
    by = steady(sector="credit-cards", country="NL")
    both = [
        t.id
        for t in by.rubric.legal_terms
        if t.holds_for(case, make_company(sector="credit-cards", country="NL"))
    ]
    assert both == ["withdrawal", "unauthorised-payment"]
    _, law = by.money_back_term(case)
    assert law is not None
    assert law.id == "unauthorised-payment"


FORM = "money-as-money"


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "money is money",
            "- {event: refund, decision: granted, form: money}",
            worth(FORM, "money"),
            (0,),
        ),
        Row(
            "set off against bills",
            "- {event: refund, decision: granted, form: set-off}",
            worth(FORM, "set-off"),
            (0,),
        ),
        Row(
            "a voucher",
            "- {event: refund, decision: partial, form: voucher}",
            worth(FORM, "voucher"),
            (0,),
        ),
        Row(
            "part in money and part as a voucher is their mean; the voucher is shown",
            "- {event: refund, decision: partial, form: money}\n"
            "- {event: refund, decision: partial, form: voucher}",
            (worth(FORM, "money") + worth(FORM, "voucher")) / 2,
            (1,),
        ),
        Row(
            "a free new product that was wanted",
            "- {event: contact}\n- {event: replacement, free: yes}",
            worth(FORM, "replacement"),
            (1,),
            keys=NEW,
        ),
        Row(
            "a new product at a price",
            "- {event: replacement, free: no}",
            0,
            (0,),
            keys=NEW,
        ),
        Row(
            "a new product where money was wanted says nothing",
            "- {event: replacement, free: yes}",
            NOT_APPLICABLE,
            keys=REFUND,
        ),
        Row("in what form is not told", GRANTED, UNKNOWN),
        Row("refused", "- {event: refund, decision: refused}", NOT_APPLICABLE),
    ],
    ids=says,
)
def test_money_as_money_is_by_the_form(row: Row) -> None:
    row.holds_for("money-as-money")


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "all of it",
            "- {event: refund, decision: granted, amount: 180.00 EUR}",
            1,
            (0,),
            keys=STAKE,
        ),
        Row(
            "half of it, whatever it is called",
            "- {event: refund, decision: granted, amount: 90.00 EUR}",
            1 / 2,
            (0,),
            keys=STAKE,
        ),
        Row(
            "in parts that add up",
            "- {event: refund, decision: partial, amount: 60.00 EUR}\n"
            "- {event: refund, decision: partial, amount: 75.00 EUR}",
            135 / 180,
            (0, 1),
            keys=STAKE,
        ),
        Row(
            "more than was at stake is all of it",
            "- {event: refund, decision: granted, amount: 500.00 EUR}",
            1,
            (0,),
            keys=STAKE,
        ),
        Row(
            "of what was charged without reason, where the case names no amount",
            """
            - {event: charge, amount: 40.00 EUR, justified: no}
            - {event: charge, amount: 60.00 EUR, justified: no}
            - {event: charge, amount: 900.00 EUR, justified: yes}
            - {event: refund, decision: partial, amount: 25.00 EUR}
            """,
            1 / 4,
            (3,),
        ),
        Row(
            "in another currency it goes by the decision",
            "- {event: refund, decision: partial, amount: 180.00 USD}",
            worth("whole-amount", "partial"),
            (0,),
            keys=STAKE,
        ),
        Row(
            "with amounts unknown it goes by the decision: granted",
            GRANTED,
            worth("whole-amount", "granted"),
            (0,),
            keys=STAKE,
        ),
        Row(
            "with amounts unknown it goes by the decision: partly",
            "- {event: refund, decision: partial}",
            worth("whole-amount", "partial"),
            (0,),
        ),
        Row(
            "nothing at stake after all goes by the decision",
            "- {event: refund, decision: granted, amount: 5.00 EUR}",
            worth("whole-amount", "granted"),
            (0,),
            keys={"amount": "0.00 EUR"},
        ),
        Row(
            "refused",
            "- {event: refund, decision: refused}",
            worth("whole-amount", "refused"),
            (0,),
        ),
        Row(
            "refused first and granted later",
            "- {event: refund, decision: refused}\n" + GRANTED,
            worth("whole-amount", "granted"),
            (1,),
        ),
        Row(
            "rightly refused",
            "- {event: refund, decision: refused, justified: yes}",
            NOT_APPLICABLE,
        ),
        Row(
            "a new product that was wanted",
            "- {event: replacement}",
            1,
            (0,),
            keys=NEW,
        ),
        Row("no decision, long after the term", ASK, 0, (0,), as_of="2024-03-19"),
        Row("no decision within the term", ASK, NOT_APPLICABLE, (), as_of="2024-03-18"),
    ],
    ids=says,
)
def test_whole_amount_is_the_share_that_was_granted(row: Row) -> None:
    row.holds_for("whole-amount")


@pytest.mark.parametrize(
    "row",
    [
        Row("asked once", ASK + GRANTED, 1, (0,)),
        Row(
            "asked three times before the decision",
            ASK + "- {event: contact}\n- {event: contact, asks: refund}\n" + GRANTED,
            1 / 3,
            (1, 2),
        ),
        Row("contacts after the decision do not count", ASK + GRANTED + ASK, 1, (0,)),
        Row(
            "a refusal is a decision too",
            ASK + "- {event: refund, decision: refused}\n" + ASK,
            1,
            (0,),
        ),
        Row(
            "another matter does not count",
            ASK + "- {event: contact, same_matter: no}\n" + GRANTED,
            1,
            (0,),
        ),
        Row("no decision after the term is one more", ASK, 1 / 2, (0,), as_of="2024-03-19"),
        Row("no decision within the term is none", ASK, 1, (0,), as_of="2024-03-18"),
        Row(
            "asked twice and still none after the term",
            ASK + "- {at: 2024-03-10, event: contact}",
            1 / 3,
            (1,),
        ),
        Row(
            "the product that was wanted is the decision",
            "- {event: contact}\n- {event: replacement}\n- {event: contact}",
            1,
            (0,),
            keys=NEW,
        ),
        Row("nobody asked", "- {event: charge}", NOT_APPLICABLE),
    ],
    ids=says,
)
def test_asked_once_is_one_divided_by_the_times_asked(row: Row) -> None:
    row.holds_for("asked-once")


@pytest.mark.parametrize(
    "row",
    [
        Row("granted", GRANTED, 1, (0,)),
        Row(
            "refused without right", "- {event: refund, decision: refused, justified: no}", 0, (0,)
        ),
        Row("refused with right", "- {event: refund, decision: refused, justified: yes}", 1, (0,)),
        Row(
            "whether it was right is not told",
            "- {event: refund, decision: refused}",
            UNKNOWN,
            (0,),
        ),
        Row(
            "refused without right and granted later was still refused",
            "- {event: refund, decision: refused, justified: no}\n" + GRANTED,
            0,
            (0,),
        ),
        Row("nothing decided", ASK, NOT_APPLICABLE),
    ],
    ids=says,
)
def test_no_undue_refusal_counts_refusals_of_what_was_due(row: Row) -> None:
    row.holds_for("no-undue-refusal")


FAIR = "no-unfair-charge"


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "without a reason",
            "- {event: charge, justified: no, warned: yes}",
            worth(FAIR, "unjustified"),
            (0,),
        ),
        Row(
            "without a warning",
            "- {event: charge, justified: yes, warned: no}",
            worth(FAIR, "unwarned"),
            (0,),
        ),
        Row(
            "with both", "- {event: charge, justified: yes, warned: yes}", worth(FAIR, "fair"), (0,)
        ),
        Row(
            "the worst one counts and is shown",
            """
            - {event: charge, justified: yes, warned: yes}
            - {event: charge, warned: no}
            - {event: charge, justified: no}
            - {event: charge}
            """,
            worth(FAIR, "unjustified"),
            (2,),
        ),
        Row("whether it was fair is not told", "- {event: charge}", UNKNOWN, (0,)),
        Row("nothing charged", ASK, NOT_APPLICABLE),
    ],
    ids=says,
)
def test_no_unfair_charge_goes_by_the_worst_charge(row: Row) -> None:
    row.holds_for("no-unfair-charge")


@pytest.mark.parametrize(
    "row",
    [
        Row("decided on freely", GRANTED, 1, (0,)),
        Row("forced back through the bank", "- {event: chargeback}\n" + GRANTED, 0, (0,)),
        Row(
            "taken to a regulator",
            ASK + "- {event: escalation, to: regulator}\n" + GRANTED,
            0,
            (1,),
        ),
        Row(
            "taken to court, and lost by the company",
            "- {event: escalation, to: court, ruling: customer}",
            0,
            (0,),
            keys=REFUND,
        ),
        Row(
            "taken to court, and won by the company",
            "- {event: escalation, to: court, ruling: company}\n" + GRANTED,
            1,
            (1,),
        ),
        Row(
            "won by the company, with nothing decided",
            "- {event: escalation, to: court, ruling: company}",
            NOT_APPLICABLE,
            keys=REFUND,
        ),
        Row("nothing decided", ASK, NOT_APPLICABLE),
    ],
    ids=says,
)
def test_no_force_needed_counts_chargebacks_and_escalations(row: Row) -> None:
    row.holds_for("no-force-needed")
