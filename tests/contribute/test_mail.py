"""A file of mails becomes a thread: who, when, by a machine or not, and nothing twice."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from scorecard.contribute.mail_dates import quoted_time
from scorecard.contribute.mail_quotes import split_quotations
from scorecard.contribute.mail_text import body_text
from scorecard.contribute.mail_thread import machine_header
from tests.support.mails import ME, MY_NAME, THEM, TODAY, ZONE, eml, mail, mbox, thread

FIRST, SECOND = "Mon, 3 Feb 2025 09:12:00 +0000", "Tue, 4 Feb 2025 08:00:00 -0500"


def times(path: Path) -> list[str]:
    return [message.at for message in thread(path)]


def parsed(headers: str) -> EmailMessage:
    return message_from_bytes(f"From: x@y.example\n{headers}\n\ntext".encode(), policy=default)


def test_mails_are_in_local_time_and_in_its_order(tmp_path: Path) -> None:
    box = mbox(tmp_path / "t.mbox", mail(SECOND, "Later.", False), mail(FIRST, "First of all."))
    found = thread(box)
    assert [(m.at, m.sender, m.text) for m in found] == [
        ("2025-02-03 10:12", ME, "First of all."),
        ("2025-02-04 14:00", THEM, "Later."),
    ]


def test_a_mail_that_stands_there_twice_is_one(tmp_path: Path) -> None:
    twice = [mail(FIRST, "Hello.", number=1), mail(FIRST, "Hello.", number=1)]
    other = mail(FIRST, "Hello.", number=2)
    assert len(thread(mbox(tmp_path / "t.mbox", *twice, other))) == 2


def test_without_a_usable_date_the_servers_count_and_else_nothing(tmp_path: Path) -> None:
    received = "Received: from a by b; Mon, 3 Feb 2025 10:20:00 +0000\n" \
        "Received: from c by a; Mon, 3 Feb 2025 10:15:00 +0000"  # fmt: skip
    for wrong in ("Fri, 31 Dec 2099 10:00:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000", "soon", ""):
        assert times(eml(tmp_path, mail(wrong, "x", headers=received))) == ["2025-02-03 11:15"]
        assert times(eml(tmp_path, mail(wrong, "x"))) == [""]
    assert times(eml(tmp_path, mail(None, "x"))) == [""]


def test_a_mail_without_a_date_stays_behind_the_one_before_it(tmp_path: Path) -> None:
    box = mbox(
        tmp_path / "t.mbox",
        mail(SECOND, "Two, which is later"),
        mail(None, "Three, undated"),
        mail(FIRST, "One"),
    )
    assert [m.text[:3] for m in thread(box)] == ["One", "Two", "Thr"]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ("Auto-Submitted: auto-replied (vacation)", "Auto-Submitted"),
        ("Auto-Submitted: no", ""),
        ("Precedence: bulk", "Precedence"),
        ("Precedence: auto_reply", "Precedence"),
        ("Precedence: first-class", ""),
        ("X-Auto-Response-Suppress: All", "X-Auto-Response-Suppress"),
        ("X-Autoreply: yes", "X-Autoreply"),
        ("List-Unsubscribe: <https://x.example>", "List-Unsubscribe"),
        ("X-Mailer: something", ""),
    ],
)
def test_machines_are_known_by_their_headers(headers: str, found: str) -> None:
    assert machine_header(parsed(headers)) == found


def test_words_only_make_guesses(tmp_path: Path) -> None:
    for subject, automatic, survey in (
        ("Automatic reply: your question", True, False),
        ("Ontvangstbevestiging", True, False),
        ("Doe mee aan onze enquête", False, True),
        ("Short survey", False, True),
        ("About your router", False, False),
    ):
        [found] = thread(eml(tmp_path, mail(FIRST, "Text.", False, subject=subject)))
        assert (found.seems_automatic, found.seems_survey) == (automatic, survey), subject
        assert not found.sent_by_machine


@pytest.mark.parametrize(
    ("line", "dutch", "expected"),
    [
        ("On Mon, 3 Feb 2025 at 10:12 X wrote:", False, "2025-02-03 10:12"),
        ("On Mon, Feb 3, 2025 at 1:05 PM X wrote:", False, "2025-02-03 13:05"),
        ("On Mon, Feb 3, 2025 at 12:05 a.m. X wrote:", False, "2025-02-03 00:05"),
        ("On 3 Feb 2025, at 10:12, X wrote:", False, "2025-02-03 10:12"),
        ("On 2025-02-03 10:12, X wrote:", False, "2025-02-03 10:12"),
        ("Op ma 3 feb. 2025 om 10:12 schreef X:", True, "2025-02-03 10:12"),
        ("Op 3 maart 2025 heeft X het volgende geschreven:", True, "2025-03-03"),
        ("Op 3-2-2025 om 10:12 schreef X:", True, "2025-02-03 10:12"),
        ("On 13/2/2025 10:12, X wrote:", False, "2025-02-13 10:12"),
        ("Mon, 3 Feb 2025 10:12:11 -0500", False, "2025-02-03 16:12"),
        ("On 3/2/2025 10:12, X wrote:", False, ""),  # March or February
        ("On Monday, X wrote:", False, ""),
        ("On 31 Feb 2025 at 10:12 X wrote:", False, ""),
        ("On 3 Feb 2025 at 25:12 X wrote:", False, ""),
        ("On 3 Feb 2099 at 10:12 X wrote:", False, ""),
        ("On 3 Feb 2025 and 4 Feb 2025 X wrote:", False, ""),
        ("Op 30 maart 2025 om 02:30 schreef X:", True, "2025-03-30"),  # an hour that was not
    ],
)
def test_dates_of_quotations_are_read_only_where_they_are_certain(
    line: str, dutch: bool, expected: str
) -> None:
    assert quoted_time(line, dutch, ZONE, TODAY) == expected


QUOTING = f"""\
Still broken, and now it rains.

Op di 4 feb. 2025 om 14:00 schreef Femke Verzonnen
<{THEM}>:
> We have looked at it with great care.
>
> Met vriendelijke groet,
> Femke
>
> On Mon, 3 Feb 2025 at 10:12 {MY_NAME} <{ME}> wrote:
>> The modem that you sent me is broken.
>> --
>> Kees
> And this we add below.

Met vriendelijke groet,
Kees Voorbeeld
06-12345678
"""
OUTLOOK = f"""\
It is not solved.

________________________________
Van: Femke Verzonnen <{THEM}>
Verzonden: dinsdag 4 februari 2025 14:00
Aan: Kees
Onderwerp: RE: modem

We have looked at it with great care.

-----Original Message-----
From: {MY_NAME} <{ME}>
Sent: Monday, February 3, 2025 10:12 AM
To: Service
Subject: modem

The modem that you sent me is broken.
"""


@pytest.mark.parametrize("body", [QUOTING, OUTLOOK], ids=["marked", "outlook"])
def test_one_mail_that_quotes_a_thread_is_a_thread(tmp_path: Path, body: str) -> None:
    found = thread(eml(tmp_path, mail("Wed, 5 Feb 2025 09:00:00 +0100", body)))
    assert [(m.at, m.sender, m.quoted) for m in found] == [
        ("2025-02-03 10:12", ME, True),
        ("2025-02-04 14:00", THEM, True),
        ("2025-02-05 09:00", ME, False),
    ]
    assert found[0].text == "The modem that you sent me is broken."
    assert found[1].text.startswith("We have looked at it with great care.")
    assert found[2].text in ("Still broken, and now it rains.", "It is not solved.")


def test_what_is_quoted_and_there_as_well_is_not_told_twice(tmp_path: Path) -> None:
    box = mbox(
        tmp_path / "t.mbox",
        mail(FIRST, "The modem that you sent me is broken.\n-- \nKees"),
        mail("Wed, 5 Feb 2025 09:00:00 +0100", QUOTING),
    )
    assert [m.quoted for m in thread(box)] == [False, True, False]


def test_a_quotation_whose_date_is_uncertain_is_kept_without_one(tmp_path: Path) -> None:
    body = "New.\n\nOn 3/2/2025 10:12, Femke wrote:\n> An answer that was long enough.\n"
    first, second = thread(eml(tmp_path, mail("Wed, 5 Mar 2025 09:00:00 +0100", body)))
    assert (first.at, first.sender, first.quoted) == ("", "", True)
    assert second.text == "New."


def test_a_quoted_sender_is_known_by_a_name_that_sent_a_mail(tmp_path: Path) -> None:
    for name, sender in ((MY_NAME, ME), ("Kees", "")):
        body = f"New.\n\nOn 3 Feb 2025 at 10:12 {name} wrote:\n> Please mend what you sold me.\n"
        quoted, _ = thread(eml(tmp_path, mail("Wed, 5 Mar 2025 09:00:00 +0100", body)))
        assert (quoted.sender, quoted.at) == (sender, "2025-02-03 10:12")


def test_answers_below_quoted_lines_belong_to_the_one_who_answers() -> None:
    text = "On 3 Feb 2025 at 10:12 X wrote:\n> Is it on?\nYes.\n> Is it green?\nNo.\n"
    own, quoted = split_quotations(text)
    assert own.text == "Yes.\nNo."
    assert quoted.text == "Is it on?\nIs it green?"


def test_html_is_read_as_text_and_its_quotations_are_found(tmp_path: Path) -> None:
    html = (
        "<html><head><style>p {color: red}</style><script>alert(1)</script></head><body>"
        "<p>Caf&eacute; &amp; more</p><div>On 3 Feb 2025 at 10:12 X wrote:<br></div>"
        "<blockquote><p>The modem that you sent is broken.</p></blockquote></body></html>"
    )
    headers = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8"
    first, second = thread(eml(tmp_path, mail(SECOND, html, headers=headers)))
    assert first.text == "The modem that you sent is broken."
    assert second.text == "Café & more"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Type: text/plain; charset=windows-1252", "Café – ‘goed’".encode("cp1252")),
        ("Content-Type: text/plain", "Café – ‘goed’".encode("cp1252")),
        ("Content-Type: text/plain; charset=utf-8", "Café – ‘goed’".encode("cp1252")),
        ("Content-Type: text/plain; charset=no-such", "Café – ‘goed’".encode()),
        ("Content-Type: text/plain; charset=utf-16", "Café – ‘goed’".encode("utf-16")),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
            b"Caf=C3=A9 =E2=80=93 =E2=80=98goed=E2=80=99",
        ),
    ],
)
def test_texts_are_read_whatever_their_encoding(headers: str, body: bytes) -> None:
    data = f"From: a@b.example\n{headers}\n\n".encode() + body
    message = message_from_bytes(data, policy=default)
    assert body_text(message).strip() == "Café – ‘goed’"


def test_mails_attached_to_a_mail_are_mails_of_the_thread(tmp_path: Path) -> None:
    inner = mail(FIRST, "The first.").decode()
    body = f"--x\nContent-Type: text/plain\n\nSee there.\n--x\nContent-Type: message/rfc822\n\n{inner}\n--x--"
    headers = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x"
    found = thread(eml(tmp_path, mail(SECOND, body, False, headers=headers)))
    assert [(m.text, m.sender) for m in found] == [("The first.", ME), ("See there.", THEM)]
