"""Responsiveness, rule by rule. Monday 4 March 2024; work is from nine to five, Monday to Friday.

Norms here: e-mail 8 working hours, phone 1, letter 80.
"""

from __future__ import annotations

import pytest

from tests.support.rows import NOT_APPLICABLE, UNKNOWN, Row, says, worth


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "a customer who gets through at once was reached",
            "- {at: 2024-03-04 09:00, event: contact, channel: phone}",
            1,
            (0,),
        ),
        Row(
            "one busy tone before getting through halves it, and is what is shown",
            """
            - {at: 2024-03-04 09:00, event: contact, channel: phone, reached: no}
            - {at: 2024-03-04 09:05, event: contact, channel: phone}
            """,
            1 / 2,
            (0,),
        ),
        Row(
            "two failed attempts leave a third",
            """
            - {at: 2024-03-04 09:00, event: contact, channel: phone, reached: no}
            - {at: 2024-03-04 09:05, event: contact, channel: phone, reached: no}
            - {at: 2024-03-04 09:10, event: contact, channel: phone}
            """,
            1 / 3,
            (0, 1),
        ),
        Row(
            "who has not got through yet counts as if the next try would",
            "- {at: 2024-03-04 09:00, event: contact, channel: phone, reached: no}",
            1 / 2,
            (0,),
        ),
        Row(
            "being cut off later in the same matter counts as well",
            """
            - {at: 2024-03-04 09:00, event: contact, channel: phone}
            - {at: 2024-03-04 09:05, event: contact, channel: phone, reached: no}
            """,
            1 / 2,
            (1,),
        ),
        Row(
            "a failed attempt in one of two matters leaves two thirds",
            """
            - {at: 2024-03-04 09:00, event: contact, reached: no}
            - {at: 2024-03-04 09:05, event: contact}
            - {at: 2024-03-05 09:00, event: contact, same_matter: no}
            """,
            2 / 3,
            (0,),
        ),
        Row(
            "attempts after the day of judgement have not happened yet",
            """
            - {at: 2024-03-04 09:00, event: contact}
            - {at: 2024-03-06 09:00, event: contact, reached: no}
            """,
            1,
            (0,),
            as_of="2024-03-05",
        ),
        Row(
            "without a contact the question does not arise",
            "- {at: 2024-03-04, event: charge}",
            NOT_APPLICABLE,
        ),
    ],
    ids=says,
)
def test_reached_is_matters_divided_by_tries(row: Row) -> None:
    row.holds_for("reached")


# An e-mail on Monday at nine; each further working day is one norm of eight hours.
MAIL = "- {at: 2024-03-04 09:00, event: contact, channel: email}\n"
WEDNESDAY_ANSWER = "- {at: 2024-03-06 09:00, event: reply, by: person, answer: full}\n"


@pytest.mark.parametrize(
    "row",
    [
        Row(
            "an answer within the norm is in time",
            MAIL + "- {at: 2024-03-04 15:00, event: reply, by: person, answer: full}",
            1,
            (0, 1),
        ),
        Row(
            "an answer exactly at the norm is in time",
            MAIL + "- {at: 2024-03-05 09:00, event: reply, by: expert, answer: partial}",
            1,
            (0, 1),
        ),
        Row("one norm late is worth a half", MAIL + WEDNESDAY_ANSWER, 1 / 2, (0, 1)),
        Row(
            "two norms late is worth a quarter",
            MAIL + "- {at: 2024-03-07 09:00, event: reply, by: person, answer: full}",
            1 / 4,
            (0, 1),
        ),
        Row(
            "nights and weekends do not count: Friday at four to Monday at ten is two hours",
            """
            - {at: 2024-03-01 16:00, event: contact, channel: email}
            - {at: 2024-03-04 10:00, event: reply, by: person, answer: full}
            """,
            1,
            (0, 1),
        ),
        Row(
            "a call has the norm of a call: two hours late of one is a quarter",
            """
            - {at: 2024-03-04 16:00, event: contact, channel: phone}
            - {at: 2024-03-05 11:00, event: reply, by: person, answer: full}
            """,
            1 / 4,
            (0, 1),
        ),
        Row(
            "a letter has the norm of a letter: ten working days",
            """
            - {at: 2024-03-04 09:00, event: contact, channel: letter}
            - {at: 2024-03-18 09:00, event: reply, channel: letter, by: person, answer: full}
            """,
            1,
            (0, 1),
        ),
        Row(
            "a channel without its own norm, and no channel at all, has the default",
            """
            - {at: 2024-03-04 09:00, event: contact, channel: portal}
            - {at: 2024-03-04 09:00, event: contact, same_matter: no}
            - {at: 2024-03-06 09:00, event: reply, by: person, answer: full}
            """,
            1 / 2,
            (0, 1, 2),
        ),
        Row(
            "a confirmation, a transfer and another channel do not stop the clock",
            MAIL
            + """\
- {at: 2024-03-04 09:01, event: acknowledgement, channel: email}
- {at: 2024-03-04 10:00, event: transfer, to: another desk}
- {at: 2024-03-04 11:00, event: channel-switch, to: portal}
"""
            + WEDNESDAY_ANSWER,
            1 / 2,
            (0, 4),
        ),
        Row(
            "a script's half answer and a machine's are no answer",
            MAIL
            + """\
- {at: 2024-03-04 09:01, event: reply, by: machine, answer: partial}
- {at: 2024-03-04 09:02, event: reply, by: script, answer: partial}
- {at: 2024-03-04 09:03, event: reply, by: machine}
"""
            + WEDNESDAY_ANSWER,
            1 / 2,
            (0, 4),
        ),
        Row(
            "a machine that answers fully has answered",
            MAIL + "- {at: 2024-03-04 09:01, event: reply, by: machine, answer: full}",
            1,
            (0, 1),
        ),
        Row(
            "a script that answers fully has answered",
            MAIL + "- {at: 2024-03-04 09:01, event: reply, by: script, answer: full}",
            1,
            (0, 1),
        ),
        Row(
            "a person's reply that answers nothing is no answer",
            MAIL
            + "- {at: 2024-03-04 10:00, event: reply, by: person, answer: none}\n"
            + WEDNESDAY_ANSWER,
            1 / 2,
            (0, 2),
        ),
        Row(
            "money decided on is an answer",
            MAIL + "- {at: 2024-03-04 10:00, event: refund, decision: granted}",
            1,
            (0, 1),
        ),
        Row(
            "a new product is an answer",
            MAIL + "- {at: 2024-03-04 10:00, event: replacement}",
            1,
            (0, 1),
        ),
        Row(
            "a matter closed as solved was answered",
            MAIL + "- {at: 2024-03-06 09:00, event: closed, solved: partial}",
            1 / 2,
            (0, 1),
        ),
        Row(
            "a matter closed unsolved was not: the clock runs to the day of judgement",
            MAIL + "- {at: 2024-03-04 10:00, event: closed, solved: none}",
            1 / 4,
            (0,),
            as_of="2024-03-06",
        ),
        Row(
            "a promise that was kept stops the clock while it ran",
            MAIL
            + """\
- {at: 2024-03-04 09:00, event: promise, due: 2024-03-06 09:00, kept_at: 2024-03-06 09:00}
- {at: 2024-03-06 17:00, event: reply, by: person, answer: full}
""",
            1,
            (0, 2),
        ),
        Row(
            "a promise that was kept stops it until it was kept and no longer",
            MAIL
            + """\
- {at: 2024-03-04 09:00, event: promise, due: 2024-03-08, kept_at: 2024-03-05 09:00}
- {at: 2024-03-07 09:00, event: reply, by: person, answer: full}
""",
            1 / 2,
            (0, 2),
        ),
        Row(
            "a promise kept, no time known, stops it until it was due",
            MAIL
            + """\
- {at: 2024-03-04 09:00, event: promise, due: 2024-03-05 09:00, kept: yes}
- {at: 2024-03-07 09:00, event: reply, by: person, answer: full}
""",
            1 / 2,
            (0, 2),
        ),
        Row(
            "a broken promise does not stop the clock",
            MAIL
            + "- {at: 2024-03-04 09:00, event: promise, due: 2024-03-05, kept: no}\n"
            + WEDNESDAY_ANSWER,
            1 / 2,
            (0, 2),
        ),
        Row(
            "a promise that was kept late does not stop the clock",
            MAIL
            + """\
- {at: 2024-03-04 09:00, event: promise, due: 2024-03-05 09:00, kept_at: 2024-03-06 09:00}
"""
            + WEDNESDAY_ANSWER,
            1 / 2,
            (0, 2),
        ),
        Row(
            "an overdue promise does not stop the clock",
            MAIL + "- {at: 2024-03-04 09:00, event: promise, due: 2024-03-05}\n" + WEDNESDAY_ANSWER,
            1 / 2,
            (0, 2),
        ),
        Row(
            "while a promise still runs, silence is not too long yet",
            MAIL + "- {at: 2024-03-04 09:00, event: promise, due: 2024-03-20}",
            1,
            (0,),
            as_of="2024-03-19",
        ),
        Row(
            "a matter counts by its longest wait",
            MAIL
            + """\
- {at: 2024-03-04 10:00, event: reply, by: person, answer: partial}
- {at: 2024-03-05 09:00, event: contact, channel: email}
- {at: 2024-03-07 09:00, event: reply, by: person, answer: full}
""",
            1 / 2,
            (2, 3),
        ),
        Row(
            "asking again does not start the clock anew",
            MAIL + "- {at: 2024-03-05 17:00, event: contact, channel: email}\n" + WEDNESDAY_ANSWER,
            1 / 2,
            (0, 2),
        ),
        Row(
            "several matters count by their mean",
            MAIL
            + """\
- {at: 2024-03-06 09:00, event: reply, by: person, answer: full}
- {at: 2024-03-07 09:00, event: contact, channel: email, same_matter: no}
- {at: 2024-03-07 10:00, event: reply, by: person, answer: full}
""",
            (1 / 2 + 1) / 2,
            (0, 1, 2, 3),
        ),
        Row(
            "no answer yet counts as long as it has lasted: three days are two norms too many",
            MAIL,
            1 / 4,
            (0,),
            as_of="2024-03-06",
        ),
        Row(
            "no answer yet within the norm: the time so far is in time",
            MAIL,
            1,
            (0,),
            as_of="2024-03-04",
        ),
        Row(
            "an answer after the day of judgement has not come yet",
            MAIL + "- {at: 2024-03-11 09:00, event: reply, by: person, answer: full}",
            1 / 4,
            (0,),
            as_of="2024-03-06",
        ),
        Row(
            "of days the kindest hours count: Monday evening to Thursday morning is two days",
            """
            - {at: 2024-03-04, event: contact, channel: email}
            - {at: 2024-03-07, event: reply, by: person, answer: full}
            """,
            1 / 2,
            (0, 1),
        ),
        Row(
            "an answer on the same day may have come at once",
            """
            - {at: 2024-03-04, event: contact, channel: phone}
            - {at: 2024-03-04, event: reply, by: person, answer: full}
            """,
            1,
            (0, 1),
        ),
        Row(
            "of a month the kindest day counts: the last of March to 4 April is three days",
            """
            - {at: 2024-03, event: contact, channel: email}
            - {at: 2024-04-04, event: reply, by: person, answer: full}
            """,
            1 / 4,
            (0, 1),
        ),
        Row(
            "within one month nothing can be measured, and nothing is guessed",
            """
            - {at: 2024-03, event: contact, channel: email}
            - {at: 2024-03-28, event: reply, by: person, answer: full}
            """,
            UNKNOWN,
        ),
        Row(
            "a contact without a time cannot be measured",
            """
            - {event: contact, channel: email}
            - {at: 2024-03-28, event: reply, by: person, answer: full}
            """,
            UNKNOWN,
        ),
        Row(
            "an answer without a time cannot be measured",
            MAIL + "- {event: reply, by: person, answer: full}",
            UNKNOWN,
        ),
        Row(
            "a matter that cannot be measured leaves the others as they are",
            MAIL
            + WEDNESDAY_ANSWER
            + """\
- {event: contact, channel: email, same_matter: no}
- {event: reply, by: person, answer: full}
""",
            1 / 2,
            (0, 1),
        ),
        Row(
            "without a contact the question does not arise",
            "- {at: 2024-03-04, event: reply, by: person}",
            NOT_APPLICABLE,
        ),
    ],
    ids=says,
)
def test_answered_in_time_halves_with_every_norm_too_late(row: Row) -> None:
    row.holds_for("answered-in-time")


@pytest.mark.parametrize(
    "row",
    [
        Row("a matter with an answer was answered", MAIL + WEDNESDAY_ANSWER, 1, (0, 1)),
        Row("silence beyond the norm is no answer", MAIL, 0, (0,), as_of="2024-03-06"),
        Row(
            "an open matter inside the norm is not judged yet",
            MAIL,
            NOT_APPLICABLE,
            as_of="2024-03-04",
        ),
        Row(
            "an open matter inside the norm leaves the answered one as it is",
            MAIL
            + WEDNESDAY_ANSWER
            + "- {at: 2024-03-06 10:00, event: contact, channel: email, same_matter: no}",
            1,
            (0, 1),
            as_of="2024-03-06",
        ),
        Row(
            "one silence of two matters is a half, and is what is shown",
            MAIL
            + WEDNESDAY_ANSWER
            + "- {at: 2024-03-06 10:00, event: contact, channel: email, same_matter: no}",
            1 / 2,
            (2,),
        ),
        Row(
            "one answer answers all that is open before it",
            MAIL
            + "- {at: 2024-03-05 09:00, event: contact, channel: email, same_matter: no}\n"
            + WEDNESDAY_ANSWER,
            1,
            (0, 1, 2),
        ),
        Row(
            "confirmations, surveys, scripts, transfers and empty replies are no answer",
            MAIL
            + """\
- {at: 2024-03-04 09:01, event: acknowledgement}
- {at: 2024-03-04 09:02, event: survey}
- {at: 2024-03-04 09:03, event: reply, by: script, answer: partial}
- {at: 2024-03-04 09:04, event: reply, by: machine, answer: none}
- {at: 2024-03-04 09:05, event: transfer}
- {at: 2024-03-04 09:06, event: reply, by: person, answer: none}
- {at: 2024-03-04 09:07, event: closed, solved: none}
""",
            0,
            (0,),
        ),
        Row(
            "a reply of which no more is known is an answer",
            MAIL + "- {at: 2024-04-04, event: reply}",
            1,
            (0, 1),
        ),
        Row(
            "an answer needs no time to count",
            "- {event: contact}\n- {event: reply, by: person, answer: full}",
            1,
            (0, 1),
        ),
        Row(
            "an answer after the day of judgement has not come yet",
            MAIL + WEDNESDAY_ANSWER,
            0,
            (0,),
            as_of="2024-03-05",
        ),
        Row(
            "of a month the kindest day counts, which is not over",
            "- {at: 2024-12, event: contact, channel: email}",
            NOT_APPLICABLE,
            as_of="2024-12-30",
        ),
        Row(
            "a contact without a time lies before what follows it",
            """
            - {event: contact, channel: email}
            - {at: 2024-03-04, event: reply, by: person, answer: none}
            """,
            0,
            (0,),
            as_of="2024-03-08",
        ),
        Row(
            "a contact without a time lies before its source",
            "- {event: contact, channel: email}",
            0,
            (0,),
            as_of="2024-03-08",
            keys={"source": {"kind": "published", "date": "2024-03-04"}},
        ),
        Row(
            "a contact without any time may have been today",
            "- {event: contact, channel: email}",
            NOT_APPLICABLE,
        ),
        Row(
            "without a contact the question does not arise",
            "- {at: 2024-03-04, event: charge}",
            NOT_APPLICABLE,
        ),
    ],
    ids=says,
)
def test_answered_at_all_is_the_share_of_matters_with_an_answer(row: Row) -> None:
    row.holds_for("answered-at-all")


@pytest.mark.parametrize(
    "row",
    [
        Row("asking once is enough", MAIL + WEDNESDAY_ANSWER, 1, (0,)),
        Row(
            "asking twice before the answer halves it",
            MAIL + "- {at: 2024-03-05 09:00, event: contact}\n" + WEDNESDAY_ANSWER,
            1 / 2,
            (1,),
        ),
        Row(
            "three times is a third",
            MAIL
            + "- {at: 2024-03-05 09:00, event: contact}\n"
            + "- {at: 2024-03-05 10:00, event: contact}\n"
            + WEDNESDAY_ANSWER,
            1 / 3,
            (1, 2),
        ),
        Row(
            "a confirmation in between changes nothing",
            MAIL
            + "- {at: 2024-03-04 09:01, event: acknowledgement}\n"
            + "- {at: 2024-03-05 09:00, event: contact}\n"
            + WEDNESDAY_ANSWER,
            1 / 2,
            (2,),
        ),
        Row(
            "a further question after the answer is no chasing",
            MAIL + WEDNESDAY_ANSWER + "- {at: 2024-03-06 10:00, event: contact}\n"
            "- {at: 2024-03-06 11:00, event: reply, by: person}",
            1,
            (0,),
        ),
        Row(
            "another matter is no chasing",
            MAIL + "- {at: 2024-03-05 09:00, event: contact, same_matter: no}\n" + WEDNESDAY_ANSWER,
            1,
            (0, 1),
        ),
        Row(
            "trying again after a busy tone is no chasing",
            """
            - {at: 2024-03-04 09:00, event: contact, reached: no}
            - {at: 2024-03-04 09:05, event: contact}
            - {at: 2024-03-04 09:10, event: reply, by: person}
            """,
            1,
            (0,),
        ),
        Row(
            "trying again in vain while an answer is awaited is chasing",
            MAIL + "- {at: 2024-03-05 09:00, event: contact, reached: no}\n" + WEDNESDAY_ANSWER,
            1 / 2,
            (1,),
        ),
        Row(
            "who still waits beyond the norm would have to ask again",
            MAIL,
            1 / 2,
            (0,),
            as_of="2024-03-06",
        ),
        Row(
            "who still waits inside the norm has not had to yet", MAIL, 1, (0,), as_of="2024-03-04"
        ),
        Row(
            "chased, and still waiting, is a third",
            MAIL + "- {at: 2024-03-07 09:00, event: contact}",
            1 / 3,
            (0, 1),
        ),
        Row(
            "without a contact the question does not arise",
            "- {at: 2024-03-04, event: charge}",
            NOT_APPLICABLE,
        ),
    ],
    ids=says,
)
def test_no_chasing_is_matters_divided_by_times_asked(row: Row) -> None:
    row.holds_for("no-chasing")


@pytest.mark.parametrize(
    "row",
    [
        Row("a kind reply", "- {event: reply, tone: kind}", worth("tone", "kind"), (0,)),
        Row("a neutral reply", "- {event: reply, tone: neutral}", worth("tone", "neutral"), (0,)),
        Row("a rude reply", "- {event: reply, tone: rude}", worth("tone", "rude"), (0,)),
        Row(
            "the mean of those recorded; the rude one is what is shown",
            """
            - {event: reply, tone: kind}
            - {event: reply}
            - {event: reply, tone: rude}
            """,
            (worth("tone", "kind") + worth("tone", "rude")) / 2,
            (2,),
        ),
        Row("no tone recorded", "- {event: reply, by: person}", NOT_APPLICABLE),
        Row("no reply at all", "- {event: contact}", NOT_APPLICABLE),
    ],
    ids=says,
)
def test_tone_is_the_mean_over_replies_whose_tone_is_recorded(row: Row) -> None:
    row.holds_for("tone")
