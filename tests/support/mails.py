"""Mails for tests: an invented customer, an invented company, and people who answer by the question."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from scorecard.contribute.mail_thread import Message, read_thread
from scorecard.contribute.questions import Question

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 6, 1)
ME, MY_NAME = "kees.voorbeeld@thuis.example", "Kees Voorbeeld"
THEM, THEIR_NAME = "klantenservice@telecom.example", "Femke Verzonnen"
SUBJECT = "Klacht over modem 4471"
PHONE = "06-12345678"
PERSONAL = (
    ME, MY_NAME, THEM, THEIR_NAME, SUBJECT, PHONE,
    "Kees", "Femke", "4471", "thuis.example", "telecom.example",
)  # fmt: skip


def mail(
    date: str | None,
    body: str,
    by_me: bool = True,
    *,
    headers: str = "",
    number: int | None = None,
    subject: str = SUBJECT,
) -> bytes:
    """One mail as a file holds it. `date` is its header, None for none."""
    sender = f"{MY_NAME} <{ME}>" if by_me else f"{THEIR_NAME} <{THEM}>"
    lines = [f"From: {sender}", f"To: {THEM if by_me else ME}", f"Subject: {subject}"]
    lines += [f"Date: {date}"] if date else []
    lines += [f"Message-ID: <{number}@thuis.example>"] if number is not None else []
    lines += [headers] if headers else []
    if "content-type" not in headers.lower():
        lines += ["Content-Type: text/plain; charset=utf-8"]
    return ("\n".join(lines) + f"\n\n{body}\n").encode()


def mbox(path: Path, *mails: bytes) -> Path:
    """The mails in one mailbox."""
    path.write_bytes(
        b"".join(b"From someone Mon Jan  1 00:00:00 2024\n" + m + b"\n" for m in mails)
    )
    return path


def thread(path: Path) -> tuple[Message, ...]:
    """The messages in a file, as of `TODAY`."""
    return read_thread(path, ZONE, TODAY).messages


def eml(tmp_path: Path, data: bytes) -> Path:
    """One mail in a file."""
    path = tmp_path / "one.eml"
    path.write_bytes(data)
    return path


class Answerer:
    """Answers by how a question begins: always the same, or one after the other from a list.

    Enter for every other question; one that cannot be skipped fails the test. `asked` is every
    question, `told` all that was shown.
    """

    def __init__(self, **answers: str | list[str]) -> None:
        self.answers = {key.replace("_", " ").lower(): value for key, value in answers.items()}
        self.asked: list[str] = []
        self.told = ""

    def ask(self, question: Question) -> str:
        """The answer for this question."""
        self.asked.append(question.text)
        text = " ".join(question.text.replace("–", "").lower().split())
        for key, answer in self.answers.items():
            if text.startswith(key):
                if isinstance(answer, str):
                    return answer
                if answer:
                    return answer.pop(0)
        assert question.optional or question.default, f"no answer to: {question}"
        return ""

    def tell(self, text: str) -> None:
        """Remembers what was shown."""
        self.told += f"{text}\n"
