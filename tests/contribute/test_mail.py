"""A file of mails becomes a thread: who, when, by a machine or not, and nothing twice."""

from __future__ import annotations

import time
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scorecard.contribute.mail_dates import quoted_time
from scorecard.contribute.mail_file import MOST_BYTES, MOST_MESSAGES
from scorecard.contribute.mail_quotes import shown, split_quotations
from scorecard.contribute.mail_text import body_text
from scorecard.contribute.mail_thread import Message, machine_header, read_thread
from scorecard.errors import UsageError
from tests.support.mails import ME, MY_NAME, THEM, mail, mbox

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 6, 1)
FIRST, SECOND = "Mon, 3 Feb 2025 09:12:00 +0000", "Tue, 4 Feb 2025 08:00:00 -0500"


def thread(path: Path) -> tuple[Message, ...]:
    return read_thread(path, ZONE, TODAY).messages


def eml(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "one.eml"
    path.write_bytes(data)
    return path


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


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n\n",
        b"Dear diary, today nothing happened.\n",
        b"title: x\nwanted: refund\n",
        b"\x00\x01\x02" * 5000,
        "From: x@y.example\n\ntext".encode("utf-16"),
        b"From someone Mon Jan  1 00:00:00 2024\n",
        b"From someone Mon Jan  1 00:00:00 2024\n\nno headers\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        b"PK\x03\x04" + b"x" * 600,
    ],
)
def test_what_is_no_mail_is_refused_in_one_message(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UsageError) as refusal:
        thread(eml(tmp_path, data))
    assert "one.eml" in str(refusal.value)
    assert ".mbox" in str(refusal.value)


@pytest.mark.parametrize(
    "data",
    [
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="x\n\n--x\nbroken',
        b"From: a@b.example\nContent-Type: multipart/mixed\n\nno boundary",
        b'From: a@b.example\nContent-Type: text/plain; charset="\x00"\n\ntext',
        b"From: a@b.example\nContent-Transfer-Encoding: base64\n\n!!!not base64!!!",
        b"From: =?utf-8?B?!!!?= <a@b.example>\nDate: Mon, 99 Foo 20255 99:99:99 +9999\n\ntext",
        b"From: a@b.example\nDate: =?x?y?z?=\nSubject: =?utf-8?Q?=FF=FE?=\n\ntext",
        b"From: " + b"a@b.example, " * 5000 + b"\n\ntext",
        b'From: a@b.example\nContent-Disposition: ;;;="\nContent-Type: ;=\n\ntext',
        b"From: a@b.example\nSubject: a\n injected\nBcc: c@d.example\n\ntext",
        b"From: \xe9\xe8 <a@b.example>\nSubject: \xff\xfe\n\n\xff\xfe text",
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(tmp_path: Path, data: bytes) -> None:
    [message] = thread(eml(tmp_path, data))
    assert message.sender == "a@b.example"
    assert (message.subject + message.who).isprintable()


def test_a_mail_nested_too_deep_is_refused_or_read(tmp_path: Path) -> None:
    data = b"From: a@b.example\n" + b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode() for n in range(2000)
    )
    with pytest.raises(UsageError, match="no e-mail that can be read"):
        thread(eml(tmp_path, data))


def test_sizes_and_numbers_have_limits_that_are_told(tmp_path: Path) -> None:
    large = tmp_path / "large.eml"
    with large.open("wb") as file:
        file.write(mail(FIRST, "x"))
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UsageError, match=f"at most {MOST_BYTES:,} are read"):
        thread(large)
    many = [mail(FIRST, f"Mail number {n} about it.") for n in range(MOST_MESSAGES + 1)]
    with pytest.raises(UsageError, match=f"at most {MOST_MESSAGES} are read"):
        thread(mbox(tmp_path / "many.mbox", *many))
    quotes = "\n".join(
        f"On 3 Feb 2025 at 10:{n % 60:02} X wrote:\nQuotation number {n}, which is another one.\n"
        for n in range(MOST_MESSAGES + 1)
    )
    with pytest.raises(UsageError, match=f"at most {MOST_MESSAGES} are read"):
        thread(eml(tmp_path, mail(FIRST, quotes)))


def test_two_hundred_html_mails_that_quote_all_before_them_are_read_quickly(tmp_path: Path) -> None:
    headers = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8"
    quoted, mails = "", []
    for n in range(MOST_MESSAGES):
        date = f"{n % 28 + 1} Feb {2000 + n // 28} at 10:12"
        text = f"<p>This is mail number {n}, and it is not short.</p>"
        mails.append(mail(date.replace(" at", "") + ":00 +0100", text + quoted, headers=headers))
        quoted = f"<div>On {date} X wrote:</div><blockquote>{text}{quoted}</blockquote>"
    begun = time.perf_counter()
    found = thread(mbox(tmp_path / "t.mbox", *mails))
    assert time.perf_counter() - begun < 20
    assert [m.text for m in found] == [
        f"This is mail number {n}, and it is not short." for n in range(MOST_MESSAGES)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "On " + "a " * 8000 + "\n" + "On b\n" * 20_000,
        "From: x\n" * 20_000,
        ">" * 200_000,
        "> " * 100_000,
        "schreef " * 30_000,
        "sent from my " * 20_000,
        "<" * 200_000,
        "<a" * 200_000,
        "<!--" * 100_000,
        "<div>x" * 50_000,
        "<blockquote>" * 50_000,
        "&" * 200_000,
    ],
    ids=[
        "on",
        "from",
        "marks",
        "spaced-marks",
        "schreef",
        "sent-from",
        *["angles", "tags", "comments", "blocks", "depth", "entities"],
    ],
)
def test_hostile_texts_cost_no_time(text: str) -> None:
    begun = time.perf_counter()
    assert split_quotations(text)
    headers = "From: a@b.example\nContent-Type: text/html\n\n"
    body_text(message_from_bytes((headers + text).encode(), policy=default))
    assert time.perf_counter() - begun < 5


def test_what_is_shown_is_short_and_cannot_command_a_terminal(tmp_path: Path) -> None:
    body = "\x1b[2Jred\x07\u202e\n" + "\n".join(f"line {n}" * 40 for n in range(40))
    [message] = thread(eml(tmp_path, mail(FIRST, body, subject="=?utf-8?Q?=1B[2J?= hi")))
    lines = shown(message.text).splitlines()
    assert len(lines) == 16
    assert lines[-1] == "… and 26 more lines"
    assert all(line.isprintable() and len(line) <= 100 for line in [*lines, message.subject])


def test_one_html_mail_that_quotes_150_others_is_a_thread(tmp_path: Path) -> None:
    html = ""
    for n in range(150):
        intro = f"<div>On {n % 28 + 1} Feb {2000 + n // 28} at 10:12 X &lt;{THEM}&gt; wrote:</div>"
        text = f"<p>This is mail number {n}, and it is not short.</p>"
        html = f"{intro}<blockquote>{text}{html}</blockquote>"
    headers = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8"
    found = thread(eml(tmp_path, mail(FIRST, f"<p>Enough.</p>{html}", headers=headers)))
    numbers = [f"This is mail number {n}, and it is not short." for n in range(150)]
    assert [m.text for m in found] == [*numbers, "Enough."]
    assert all(m.at and m.sender for m in found)
