"""Timelines that once broke a relation, found by Hypothesis or by hand, each as small as it gets.

The second telling of each may score no higher than the first.
"""

from __future__ import annotations

from typing import Any

import pytest

from scorecard.rubric import DIMENSIONS
from tests.properties.stories import Scores, nowhere_higher
from tests.support.build import judge, make_case, steady

REFUND = {"wanted": "refund"}


def scores(timeline: str, as_of: str, keys: dict[str, Any]) -> Scores:
    judged = judge(make_case(timeline, **keys), steady(as_of))
    return tuple(judged.scores[d] for d in DIMENSIONS)


def contacts(count: int, keys: str) -> str:
    """So many contacts on the morning of Monday 4 March 2024, a minute apart."""
    return "".join(
        f"- {{at: 2024-03-04 08:{n:02}, event: contact, {keys}}}\n" for n in range(count)
    )


MAIL = "- {at: 2024-03-04 09:00, event: contact, channel: email}\n"
ASK = "- {at: 2024-03-04, event: contact, asks: refund}\n"


@pytest.mark.parametrize(
    ("first", "second", "as_of", "keys"),
    [
        pytest.param(
            "- {event: contact, channel: phone}",
            "- {event: contact, channel: phone}\n- {at: 2024-03-01, event: survey}",
            "2024-03-04",
            {},
            id="a survey does not date the contact before it",
        ),
        pytest.param(
            "- {event: contact, channel: phone}\n- {at: 2024-03-01, event: survey}",
            "- {event: contact, channel: phone}",
            "2024-03-04",
            {},
            id="nor does its absence",
        ),
        pytest.param(
            ASK.replace("refund", "answer") + "- {event: reply, by: person}",
            ASK.replace("refund", "answer")
            + "- {event: reply, by: person}\n- {at: 2024-03-18, event: contact}",
            "2024-03-19",
            REFUND,
            id="asking again does not begin the wait for money anew",
        ),
        pytest.param(
            MAIL
            + "- {at: 2024-03-04, event: promise, due: 2024-03-04, kept: yes}\n"
            + "- {at: 2024-03-05, event: contact}",
            MAIL + "- {at: 2024-03-05, event: contact}",
            "2024-03-05",
            {},
            id="a kept promise takes no fault away that others weigh more without",
        ),
        pytest.param(
            ASK
            + "- {event: refund, decision: partial, paid_at: 2024-03-05}\n"
            + "- {event: refund, decision: partial, paid_at: 2024-06-05}",
            ASK
            + "- {event: refund, decision: partial, paid_at: 2024-03-05}\n"
            + "- {event: refund, decision: partial}",
            "2024-12-31",
            REFUND,
            id="the second part of the money never is not better than late",
        ),
        pytest.param(
            "- {at: 2024-03-04, event: contact}\n- {at: 2024-03-04, event: replacement}\n"
            "- {event: refund, decision: granted, paid_at: 2024-06-05}",
            "- {at: 2024-03-04, event: contact}\n- {at: 2024-03-04, event: replacement}\n"
            "- {event: refund, decision: granted}",
            "2024-12-31",
            {"wanted": "replacement"},
            id="money that never came beside a new product is not better than late",
        ),
        pytest.param(
            contacts(6, "channel: email, reached: no") + MAIL,
            contacts(6, "channel: email, reached: no")
            + MAIL
            + "- {at: 2024-03-04 15:50, event: contact, channel: phone}",
            "2024-03-04",
            {},
            id="a call about an e-mail that is not overdue raises nothing",
        ),
        pytest.param(
            contacts(6, "asks: refund")
            + "- {at: 2024-03-10, event: promise, due: 2024-03-25, kept: yes}",
            contacts(6, "asks: refund"),
            "2024-03-19",
            REFUND,
            id="a kept promise lowers no refund score",
        ),
        pytest.param(
            MAIL.replace("2024", "2023")
            + MAIL.replace("email", "email, same_matter: no")
            + "- {at: 2024-03-04 09:00, event: promise, due: 2024-03-06, kept: yes}",
            MAIL.replace("2024", "2023") + MAIL.replace("email", "email, same_matter: no"),
            "2024-03-05",
            {},
            id="a kept promise lowers no responsiveness",
        ),
    ],
)
def test_what_once_scored_higher_does_so_no_more(
    first: str, second: str, as_of: str, keys: dict[str, Any]
) -> None:
    assert nowhere_higher(scores(second, as_of, keys), scores(first, as_of, keys))


def test_a_survey_tells_nothing_of_what_was_known_on_a_day() -> None:
    known = MAIL + "- {event: contact}\n%s- {at: 2024-03-11, event: contact}"
    survey = "- {at: 2024-03-05, event: survey}\n"
    day = "2024-03-08"
    assert scores(known % survey, day, {}) == scores(known % "", day, {})
