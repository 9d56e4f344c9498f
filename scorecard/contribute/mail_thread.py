"""Mails → one thread of messages in the order of time: who sent each, when, and what it said.

Nothing of it is ever written into a case: it is shown to the person who answers the questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from scorecard.contribute.mail_dates import header_time, quoted_time
from scorecard.contribute.mail_file import raw, raws, read_mails, refuse_many
from scorecard.contribute.mail_quotes import Quotation, split_quotations
from scorecard.contribute.mail_text import body_text

_ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w.-]{1,190}")
_AUTOMATIC = re.compile(
    r"automatic reply|auto(?:matic)?[- ]?(?:reply|response)|automatisch (?:antwoord|bericht)|out of office"
    r"|ontvangstbevestiging|ontvangst bevestig|acknowledge?ment of receipt|we(?:'ve| have) received your"
    r"|(?:is|hebben|goed) ontvangen|afwezig",
    re.I,
)
_SURVEY = re.compile(r"survey|enqu[eê]te|hoe tevreden|how satisfied|how did we do|rate your", re.I)
_SAME = 60
_LEAST_SAME = 20


class Message(Struct, frozen=True):
    """One mail. `at` is local time of the site, or a day, or empty where nothing certain gives it.

    `sent_by_machine` says which header tells that; `seems_automatic` and `seems_survey` are guesses by
    its words; `bounced` is a report of a mail that did not arrive. `quoted`: known only from a quotation,
    where `sender` may be empty and `who` is what stands there.
    """

    sender: str
    who: str
    at: str
    subject: str
    text: str
    sent_by_machine: str = ""
    seems_automatic: bool = False
    seems_survey: bool = False
    bounced: bool = False
    quoted: bool = False


class Thread(Struct, frozen=True):
    """The messages, the oldest first; and how many mails of the file could not be read."""

    messages: tuple[Message, ...]
    unreadable: int = 0

    @property
    def senders(self) -> tuple[str, ...]:
        """Every address that sent one, in the order of the thread."""
        return tuple(dict.fromkeys(m.sender for m in self.messages if m.sender))

    def names(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """The names, of two words or more, under which these addresses sent."""
        named = [m.who for m in self.messages if m.sender in addresses and not m.quoted]
        return tuple(dict.fromkeys(who for who in named if " " in who and "@" not in who))


def read_thread(path: Path, zone: ZoneInfo, today: date) -> Thread:
    """The thread in a file. Raises UsageError where the file cannot be read as mails."""
    mails, unreadable = read_mails(path)
    messages = thread_of(mails, zone, today)
    refuse_many(path, len(messages))
    return Thread(tuple(messages), unreadable)


def thread_of(mails: Iterable[EmailMessage], zone: ZoneInfo, today: date) -> list[Message]:
    """The mails and what they quote, each once, in the order of time.

    A message without a time keeps its place behind the one before it.
    """
    sent: dict[str, tuple[Message, list[Quotation]]] = {}
    for number, mail in enumerate(mails):
        known_by = raw(mail, "message-id") or f"number {number}"
        if known_by not in sent:
            sent[known_by] = _message(mail, zone, today)
    messages = _in_order([message for message, _ in sent.values()])
    known = _Known()
    named: dict[str, str] = {}
    for message in messages:
        known.add(message)
        if " " in message.who:
            named.setdefault(message.who, message.sender)
    for message, quotations in sent.values():
        place = messages.index(message)
        for quotation in quotations:
            earlier = _quoted(quotation, named, zone, today)
            if earlier.text and not known.has(earlier):
                known.add(earlier)
                messages.insert(place, earlier)
    return _in_order(messages)


def machine_header(message: EmailMessage) -> str:
    """The header that says that a machine sent the mail; empty without one."""
    if raw(message, "auto-submitted").partition(";")[0].strip().lower() not in ("", "no"):
        return "Auto-Submitted"
    if raw(message, "precedence").lower() in ("bulk", "auto_reply", "auto-reply", "junk", "list"):
        return "Precedence"
    others = (
        "X-Auto-Response-Suppress X-Autoreply X-Autorespond X-Auto-Reply "
        "List-Id List-Unsubscribe List-Post"
    )
    return next((name for name in others.split() if raw(message, name.lower())), "")


def _message(mail: EmailMessage, zone: ZoneInfo, today: date) -> tuple[Message, list[Quotation]]:
    name, address = (getaddresses([raw(mail, "from")]) or [("", "")])[0]
    found = _ADDRESS.search(address or raw(mail, "from"))
    received = [text.rpartition(";")[2].strip() for text in reversed(raws(mail, "received"))]
    parts = split_quotations(body_text(mail))
    subject, text = raw(mail, "subject"), parts[0].text
    words = f"{subject}\n{text[:1500]}"
    message = Message(
        sender=found[0].casefold() if found else "",
        who=name,
        at=header_time([*raws(mail, "date"), *received], zone, today),
        subject=subject,
        text=text,
        sent_by_machine=machine_header(mail),
        seems_automatic=bool(_AUTOMATIC.search(words)),
        seems_survey=bool(_SURVEY.search(words)),
        bounced=mail.get_content_type() == "multipart/report"
        or (bool(found) and address.casefold().startswith(("mailer-daemon@", "postmaster@"))),
    )
    return message, parts[1:]


def _quoted(part: Quotation, named: Mapping[str, str], zone: ZoneInfo, today: date) -> Message:
    """A quoted mail; its sender is known by the address, or by a full name that sent a mail here."""
    found = _ADDRESS.search(part.who)
    senders = {sender for name, sender in named.items() if name in part.who}
    text = part.text
    return Message(
        sender=found[0].casefold() if found else senders.pop() if len(senders) == 1 else "",
        who=part.who,
        at=quoted_time(part.when, part.dutch, zone, today),
        subject="",
        text=text,
        seems_automatic=bool(_AUTOMATIC.search(text[:1500])),
        seems_survey=bool(_SURVEY.search(text[:1500])),
        quoted=True,
    )


def _in_order(messages: list[Message]) -> list[Message]:
    latest = ""
    keyed = []
    for message in messages:
        latest = message.at or latest
        keyed.append((latest, message))
    return [message for _, message in sorted(keyed, key=lambda pair: pair[0])]


class _Known:
    """Tells whether a mail is there already: by its first words, or as sent in the same minute."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._seen: set[str] = set()
        self._times: set[str] = set()

    def add(self, message: Message) -> None:
        words = _letters(message.text)
        self._words.append(words)
        self._seen |= {words, f"{words} {message.at}"}
        self._times.add(message.at)

    def has(self, message: Message) -> bool:
        words = _letters(message.text)
        if len(words) < _LEAST_SAME:
            same_minute = " " in message.at and message.at in self._times
            return same_minute or f"{words} {message.at}" in self._seen
        return words in self._seen or any(
            len(other) >= _LEAST_SAME and (words.startswith(other) or other.startswith(words))
            for other in self._words
        )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text[: 4 * _SAME]).casefold()[:_SAME]
