"""Broken, huge and hostile files are read as far as they go, or refused in one message."""

from __future__ import annotations

import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from scorecard.contribute.mail_file import MOST_BYTES, MOST_MESSAGES
from scorecard.contribute.mail_quotes import shown, split_quotations
from scorecard.contribute.mail_text import body_text
from scorecard.errors import UsageError
from tests.support.mails import THEM, eml, mail, mbox, thread

FIRST = "Mon, 3 Feb 2025 09:12:00 +0000"


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
