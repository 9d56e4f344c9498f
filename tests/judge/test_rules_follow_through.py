"""Follow-through, rule by rule. Norms here: solved in 8 weeks, a complaint confirmed in 5 working days.

Monday 4 March 2024; 8 weeks later is Monday 29 April, 5 working days later Monday 11 March.
"""

from __future__ import annotations

import pytest

from tests.support.rows import NOT_APPLICABLE, UNKNOWN, Row, says, worth


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "kept on the day it was due",
            "- {at: 2024-03-04 12:00, event: promise, due: 2024-03-06, kept_at: 2024-03-06 23:00}",
            1,
            (0,),
        ),
        Row(
            "kept before it was due",
            "- {at: 2024-03-04 12:00, event: promise, due: 2024-03-06, kept_at: 2024-03-05}",
            1,
            (0,),
        ),
        Row(
            "late by once the time promised is a half",
            """
            - at: 2024-03-04 12:00
              event: promise
              due: 2024-03-06 12:00
              kept_at: 2024-03-08 12:00
            """,
            1 / 2,
            (0,),
        ),
        Row(
            "late by twice the time promised is a quarter",
            """
            - at: 2024-03-04 12:00
              event: promise
              due: 2024-03-06 12:00
              kept_at: 2024-03-10 12:00
            """,
            1 / 4,
            (0,),
        ),
        Row(
            "a promise for the same hour is measured in days: a day late is a half",
            """
            - at: 2024-03-04 09:00
              event: promise
              due: 2024-03-04 10:00
              kept_at: 2024-03-05 10:00
            """,
            1 / 2,
            (0,),
        ),
        Row(
            "of days the kindest reading counts: one day late of two promised days, to the second",
            "- {at: 2024-03-04, event: promise, due: 2024-03-05, kept_at: 2024-03-07}",
            # Made at 00:00:00 for 23:59:59 of the next day: 172,799 s; done at 00:00:00, 86,401 s late.
            2 ** -(86_401 / 172_799),
            (0,),
        ),
        Row(
            "within so many hours",
            "- {at: 2024-03-04 12:00, event: promise, within: 3 h, kept_at: 2024-03-04 15:00}",
            1,
            (0,),
        ),
        Row(
            "within so many days lasts to the end of the last one",
            "- {at: 2024-03-04 12:00, event: promise, within: 2 days, kept_at: 2024-03-06 18:00}",
            1,
            (0,),
        ),
        Row(
            "working days pass over the weekend",
            """
            - at: 2024-03-04 12:00
              event: promise
              within: 5 working days
              kept_at: 2024-03-11 18:00
            """,
            1,
            (0,),
        ),
        Row("broken", "- {at: 2024-03-04, event: promise, due: 2024-03-06, kept: no}", 0, (0,)),
        Row(
            "broken before it was even due",
            "- {at: 2024-03-04, event: promise, due: 2024-03-20, kept: no}",
            0,
            (0,),
            as_of="2024-03-05",
        ),
        Row("overdue", "- {at: 2024-03-04, event: promise, due: 2024-03-06}", 0, (0,)),
        Row("overdue, made at a time not told", "- {event: promise, due: 2024-03-06}", 0, (0,)),
        Row(
            "still running on the day it is due",
            "- {at: 2024-03-04, event: promise, due: 2024-03-06}",
            NOT_APPLICABLE,
            (0,),
            as_of="2024-03-06",
        ),
        Row("without a term, not kept", "- {at: 2024-03-04, event: promise}", NOT_APPLICABLE, (0,)),
        Row(
            "without a term, kept",
            "- {at: 2024-03-04, event: promise, kept_at: 2024-06-01}",
            1,
            (0,),
        ),
        Row("kept, when is not told", "- {event: promise, due: 2024-03-06, kept: yes}", 1, (0,)),
        Row(
            "kept in a month whose first days were in time",
            "- {at: 2024-03-01, event: promise, due: 2024-03-10, kept_at: 2024-03}",
            1,
            (0,),
        ),
        Row(
            "late, but how long the promise was is not told: left out",
            "- {event: promise, due: 2024-03-06, kept_at: 2024-03-10}",
            NOT_APPLICABLE,
            (0,),
        ),
        Row(
            "to be kept after the day of judgement: still running",
            "- {at: 2024-03-04, event: promise, due: 2024-03-10, kept_at: 2024-03-09}",
            NOT_APPLICABLE,
            (0,),
            as_of="2024-03-08",
        ),
        Row(
            "to be kept, late, after the day of judgement: overdue",
            "- {at: 2024-03-04, event: promise, due: 2024-03-06, kept_at: 2024-03-09}",
            0,
            (0,),
            as_of="2024-03-08",
        ),
        Row(
            "several promises count by their mean; those that fell short are shown",
            """
            - {at: 2024-03-04, event: promise, due: 2024-03-06, kept: yes}
            - {at: 2024-03-05, event: promise, due: 2024-03-06, kept: no}
            - {at: 2024-03-05, event: promise}
            """,
            1 / 2,
            (1,),
        ),
        Row(
            "a term that an automatic confirmation names is no promise",
            "- {at: 2024-03-04, event: acknowledgement, promises_within: 1 h}",
            NOT_APPLICABLE,
        ),
    ],
    ids=says,
)
def test_promises_kept_falls_with_lateness(row: Row) -> None:
    row.holds_for("promises-kept")


CONTACT = "- {at: 2024-03-04, event: contact}\n"
FULL_ANSWER = "- {at: 2024-03-05, event: reply, by: person, answer: full}\n"


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "closed as fully solved",
            CONTACT + "- {at: 2024-03-05, event: closed, solved: full}",
            worth("completely-solved", "full"),
            (1,),
        ),
        Row(
            "closed as partly solved",
            CONTACT + "- {at: 2024-03-05, event: closed, solved: partial}",
            worth("completely-solved", "partial"),
            (1,),
        ),
        Row(
            "closed unsolved",
            CONTACT + "- {at: 2024-03-05, event: closed, solved: none}",
            worth("completely-solved", "none"),
            (1,),
        ),
        Row(
            "solved after a very long time is solved",
            CONTACT + "- {at: 2024-12-01, event: closed, solved: full}",
            worth("completely-solved", "full"),
            (1,),
        ),
        Row(
            "closed twice: the last word counts",
            CONTACT
            + "- {at: 2024-03-05, event: closed, solved: none}\n"
            + "- {at: 2024-04-05, event: closed, solved: full}",
            worth("completely-solved", "full"),
            (2,),
        ),
        Row(
            "closed without the customer's view",
            CONTACT + "- {at: 2024-03-05, event: closed, by: company}",
            UNKNOWN,
            (1,),
        ),
        Row("answered fully, never closed", CONTACT + FULL_ANSWER, UNKNOWN, (0,)),
        Row(
            "answered half, and left open beyond the norm",
            CONTACT + "- {at: 2024-03-05, event: reply, by: person, answer: partial}",
            0,
            (0,),
        ),
        Row("asked again after the full answer", CONTACT + FULL_ANSWER + CONTACT, 0, (0,)),
        Row("open on the last day of the norm", CONTACT, NOT_APPLICABLE, (), as_of="2024-04-29"),
        Row("open one day longer than the norm", CONTACT, 0, (0,), as_of="2024-04-30"),
        Row(
            "closed after the day of judgement",
            CONTACT + "- {at: 2024-08-05, event: closed, solved: full}",
            0,
            (0,),
            as_of="2024-08-04",
        ),
        Row(
            "of a year the kindest day counts",
            "- {at: 2024, event: contact}",
            NOT_APPLICABLE,
            as_of="2025-02-25",
        ),
        Row(
            "of a year that has long passed", "- {at: 2024, event: contact}", 0, (0,), "2025-02-26"
        ),
        Row(
            "a case of a product that was handled well",
            CONTACT + "- {at: 2024-03-05, event: closed, solved: full}",
            worth("completely-solved", "full"),
            (1,),
            keys={"about": "product"},
        ),
        Row("without a contact", "- {at: 2024-03-04, event: charge}", NOT_APPLICABLE),
        Row(
            "without a contact, but with an end",
            "- {event: fix}\n- {event: closed, solved: full}",
            worth("completely-solved", "full"),
            (1,),
        ),
    ],
    ids=says,
)
def test_completely_solved_is_as_the_customer_sees_it(row: Row) -> None:
    row.holds_for("completely-solved")


@pytest.mark.parametrize(
    "row",
    [
        Row("one contact and an answer", CONTACT + FULL_ANSWER, 1, (0,)),
        Row(
            "one more contact for the same thing",
            CONTACT + FULL_ANSWER + "- {at: 2024-03-06, event: contact}\n- {event: reply}",
            1 / 2,
            (2,),
        ),
        Row(
            "two matters, each in one go",
            CONTACT
            + FULL_ANSWER
            + "- {at: 2024-03-06, event: contact, same_matter: no}\n- {event: reply}",
            1,
            (0, 2),
        ),
        Row(
            "an avoidable contact in which the story was told again counts twice",
            CONTACT + "- {event: contact, told_again: yes}\n" + FULL_ANSWER,
            1 / 3,
            (1,),
        ),
        Row("a transfer", CONTACT + "- {event: transfer}\n" + FULL_ANSWER, 1 / 2, (1,)),
        Row(
            "a forced change of channel",
            CONTACT + "- {event: channel-switch, to: email}\n" + FULL_ANSWER,
            1 / 2,
            (1,),
        ),
        Row(
            "advice that did not work",
            CONTACT + "- {event: reply, by: person, answer: full, advice_worked: no}",
            1 / 2,
            (1,),
        ),
        Row(
            "advice that worked",
            CONTACT + "- {event: reply, by: person, answer: full, advice_worked: yes}",
            1,
            (0,),
        ),
        Row(
            "from pillar to post: three detours in two matters",
            CONTACT
            + """\
- {event: transfer}
- {event: transfer}
- {event: contact, same_matter: no}
- {event: channel-switch}
- {event: reply, by: person}
""",
            2 / 5,
            (1, 2, 4),
        ),
        Row("who still waits would have to ask again", CONTACT, 1 / 2, (0,)),
        Row("who waits inside the norm has not had to", CONTACT, 1, (0,), as_of="2024-03-04"),
        Row(
            "confirmations, surveys and time on hold are no detours",
            """
            - {event: contact, waited: 90 min}
            - {event: acknowledgement}
            - {event: reply}
            - {event: survey}
            """,
            1,
            (0,),
        ),
        Row("without a contact", "- {event: charge}", NOT_APPLICABLE),
    ],
    ids=says,
)
def test_in_one_go_is_matters_divided_by_matters_and_detours(row: Row) -> None:
    row.holds_for("in-one-go")


@pytest.mark.parametrize(
    "row",
    [
        Row("lost", CONTACT + "- {at: 2024-03-05, event: lost}", 0, (1,)),
        Row("lost twice", "- {event: lost}\n" + "- {event: lost}", 0, (0, 1)),
        Row(
            "lost after the day of judgement",
            CONTACT + "- {at: 2024-03-05, event: lost}",
            NOT_APPLICABLE,
            as_of="2024-03-04",
        ),
        Row("not lost goes without saying", CONTACT + FULL_ANSWER, NOT_APPLICABLE),
    ],
    ids=says,
)
def test_not_lost_counts_only_what_was_lost(row: Row) -> None:
    row.holds_for("not-lost")


COMPLAINT = "- {at: 2024-03-04, event: contact, asks: complaint}\n"


@pytest.mark.parametrize(
    "row",
    [
        Row("answered by a person", COMPLAINT + FULL_ANSWER, 1, (0,)),
        Row(
            "a person who cannot answer yet has still confirmed it",
            COMPLAINT + "- {event: reply, by: person, answer: none}",
            1,
            (0,),
        ),
        Row("a reply of which no more is known", COMPLAINT + "- {event: reply}", 1, (0,)),
        Row(
            "decided on at once",
            COMPLAINT + "- {event: refund, decision: granted}",
            1,
            (0,),
        ),
        Row(
            "an automatic confirmation and a script confirm nothing",
            COMPLAINT
            + """\
- {event: acknowledgement}
- {event: reply, by: script, answer: partial}
- {event: reply, by: machine}
""",
            0,
            (0,),
        ),
        Row("nobody responded", COMPLAINT, 0, (0,), as_of="2024-03-12"),
        Row("the norm ends today", COMPLAINT, NOT_APPLICABLE, (), as_of="2024-03-11"),
        Row(
            "one of two was heard; the other is shown",
            COMPLAINT
            + FULL_ANSWER
            + "- {at: 2024-03-06, event: contact, asks: complaint, same_matter: no}",
            1 / 2,
            (2,),
        ),
        Row("a question is no complaint", CONTACT, NOT_APPLICABLE),
    ],
    ids=says,
)
def test_complaint_confirmed_wants_a_response_by_somebody(row: Row) -> None:
    row.holds_for("complaint-confirmed")


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "the cause fixed and the customer told",
            "- {event: fix, cause: yes, told: yes}",
            1,
            (0,),
        ),
        Row("the cause fixed in silence", "- {event: fix, cause: yes, told: no}", 1 / 2, (0,)),
        Row("a symptom fixed, and told", "- {event: fix, cause: no, told: yes}", 1 / 2, (0,)),
        Row("a symptom fixed in silence", "- {event: fix, cause: no, told: no}", 0, (0,)),
        Row("what is unknown is left out", "- {event: fix, cause: yes}", 1, (0,)),
        Row("what is unknown is left out here too", "- {event: fix, told: no}", 0, (0,)),
        Row("nothing known", "- {event: contact}\n- {event: fix}", UNKNOWN, (1,)),
        Row("nothing fixed", "- {event: contact}", NOT_APPLICABLE),
    ],
    ids=says,
)
def test_cause_fixed_is_half_the_cause_and_half_the_telling(row: Row) -> None:
    row.holds_for("cause-fixed")


@pytest.mark.parametrize(
    "row",
    [
        Row("it stayed away after the fix", "- {event: contact}\n- {event: fix}", 1, (1,)),
        Row("it came back after the fix", "- {event: fix}\n- {event: recurrence}", 0, (1,)),
        Row("it came back without a fix", "- {event: recurrence}", 0, (0,)),
        Row(
            "it came back and was fixed after all",
            "- {event: fix}\n- {event: recurrence}\n- {event: fix}",
            0,
            (1,),
        ),
        Row("nothing fixed, nothing back", "- {event: contact}", NOT_APPLICABLE),
    ],
    ids=says,
)
def test_no_recurrence_counts_what_came_back(row: Row) -> None:
    row.holds_for("no-recurrence")
