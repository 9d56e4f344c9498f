"""A file with mails → the mails in it, as the standard library reads them, and nothing broken."""

from __future__ import annotations

import contextlib
import email
import mailbox
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path
from typing import Any

from scorecard.contribute.mail_text import printable_line
from scorecard.errors import UsageError

MOST_BYTES = 25 * 1024 * 1024
MOST_MESSAGES = 200
LONGEST_HEADER = 20_000
"""Characters; what stands after them is not looked at."""
_OUTLOOK = b"\xd0\xcf\x11\xe0"
_ADVICE = "Save the mail, or the thread, as .eml or .mbox from your mail program."


def read_mails(path: Path) -> tuple[list[EmailMessage], int]:
    """The mails in the file, those attached to them included, and how many could not be read.

    Raises UsageError where the file is not there, too large, holds too many mails or none.
    """
    if (path / "mbox").is_file():  # how macOS exports a mailbox: as a folder
        path = path / "mbox"
    start = _start(path)
    if start.startswith(b"From "):
        refuse_many(path, _count(path))
        with contextlib.closing(mailbox.mbox(path, create=False)) as box:
            found = [_whole(box, key) for key in box.iterkeys()]
    else:
        with path.open("rb") as file:
            # Some programs put something before the headers.
            content = start.removeprefix(b"\xef\xbb\xbf").lstrip()
            found = [_parsed(file, len(start) - len(content))]
    read = [mail for mail in found if mail is not None and raw(mail, "from")]
    if not read:
        raise UsageError(f"'{path.name}' holds no e-mail that can be read. {_ADVICE}")
    mails = [mail for outer in read for mail in _with_attached(outer)]
    refuse_many(path, len(mails))
    return mails, len(found) - len(read)


def raw(message: Message, name: str) -> str:
    """A header as one line of text, decoded as far as that goes; empty where it is missing."""
    return next(iter(raws(message, name)), "")


def raws(message: Message, name: str) -> list[str]:
    """A header's values where it may stand more than once.

    They are taken as they were sent: the parser of the headers themselves fails on broken ones.
    """
    sent = [str(v)[:LONGEST_HEADER] for key, v in message.raw_items() if key.lower() == name]
    return [printable_line(_decoded(value)).strip() for value in sent]


def refuse_many(path: Path, count: int) -> None:
    """Raises UsageError where there are more mails than anybody would answer questions about."""
    if count > MOST_MESSAGES:
        raise UsageError(
            f"'{path.name}' holds {count:,} mails; at most {MOST_MESSAGES} are read. "
            "Save only the thread that is about this matter."
        )


def _start(path: Path) -> bytes:
    if not path.is_file():
        raise UsageError(f"There is no file '{path}'.")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise UsageError(
            f"'{path.name}' has {size:,} bytes; at most {MOST_BYTES:,} are read. "
            "Save the thread without its attachments, or fewer mails."
        )
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(_OUTLOOK):
        raise UsageError(f"'{path.name}' is a file of Outlook's own (.msg). {_ADVICE}")
    return start


def _count(path: Path) -> int:
    """How many mails there may be, before any of them is taken down."""
    with path.open("rb") as file:
        return sum(line.startswith(b"From ") for line in file)


def _parsed(file: Any, skipped: int = 0) -> EmailMessage | None:
    """One mail; None where the library fails on it."""
    try:
        file.seek(file.tell() + skipped)
        message = email.message_from_binary_file(file, policy=default)
        for part in message.walk():  # headers are parsed when they are asked for
            part.get_content_type(), part.get_content_disposition(), part.get_content_charset()
    except Exception:  # noqa: BLE001 - the library raises errors of many kinds on broken mails
        return None
    return message


def _whole(box: mailbox.mbox, key: Any) -> EmailMessage | None:
    with box.get_file(key) as file:
        return _parsed(file)


def _with_attached(message: EmailMessage) -> Iterator[EmailMessage]:
    """The mail, and before it the mails that it forwards as attachments."""
    for part in message.walk():
        if part is not message and raw(part, "from"):
            yield part
    yield message


def _decoded(value: str) -> str:
    text = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(" ".join(text.split()))))
    except (MessageError, ValueError, LookupError, TypeError):
        return text
