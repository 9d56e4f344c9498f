"""`new`: asks its questions one by one and writes a valid case."""

from __future__ import annotations

import argparse
import sys
from io import TextIOWrapper
from pathlib import Path

from scorecard.commands.check import check_paths
from scorecard.commands.common import content_option, counted, today
from scorecard.commands.terminal import paragraph
from scorecard.contribute.case_text import case_text, company_text
from scorecard.contribute.desk import Desk, open_desk
from scorecard.contribute.interview import Draft, ask_address, interview
from scorecard.contribute.mail_file import MOST_BYTES, MOST_MESSAGES
from scorecard.contribute.mail_text import printable_line
from scorecard.contribute.mail_thread import Thread, read_thread
from scorecard.contribute.person import agree
from scorecard.contribute.questions import Question
from scorecard.contribute.writing import new_files
from scorecard.errors import ContentError, UsageError

HELP = "Asks what happened, question by question, and writes a valid case."
EXAMPLE = "new --from thread.mbox"


class Terminal:
    """Somebody at the keyboard, or a file of answers, one a line."""

    def ask(self, question: Question) -> str:
        """Shows a question and reads a line. Raises UsageError where there is none left."""
        enter = question.default or (question.enter if question.optional else "")
        print(f"\n{question.text}" + (f"  [{enter}]" if enter else ""))
        for more in ("" if question.told else " · ".join(question.allowed), question.about):
            if more:
                print("\n".join(paragraph(more)))
        print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            raise UsageError("Stopped. Nothing was written.")
        return printable_line(line).strip()

    def tell(self, text: str) -> None:
        """Shows text."""
        print(text)


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    content_option(parser)
    parser.add_argument("--company", default="", metavar="SLUG", help="the company it is about")
    parser.add_argument(
        "--from",
        dest="thread",
        type=Path,
        metavar="FILE",
        help="drafts the timeline from a mail thread, .eml or .mbox, of at most "
        f"{MOST_MESSAGES} mails and {MOST_BYTES // 1024 // 1024} MB; nothing personal is taken over",
    )


def run(options: argparse.Namespace) -> int:
    """Asks, shows the case, writes it, checks it, and says what to do next."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # what a terminal cannot show is no reason to stop
    desk = open_desk(options.content)
    person = Terminal()
    day = today()
    thread = read_thread(options.thread, desk.site.zone, day) if options.thread else None
    if thread:
        _tell_of(thread)
    draft = interview(person, desk, day, options.company, thread)
    text = case_text(draft.case)
    print(f"\n{text}")
    about = "Read it once more. Does it name anybody? Is it what happened, and no more?"
    if not agree(person, "Shall it be written?", True, about):
        raise UsageError("Nothing was written.")
    slug = ask_address(person, desk, draft)
    _write(desk, draft, slug, text)
    return 0


def _tell_of(thread: Thread) -> None:
    quoted = sum(message.quoted for message in thread.messages)
    lost = thread.unreadable
    print(
        f"Read {counted(len(thread.messages), 'mail')}"
        + (f", {quoted:,} of them from quotations" if quoted else "")
        + (f"; {lost:,} could not be read" if lost else "")
        + ".\n"
    )


def _write(desk: Desk, draft: Draft, slug: str, text: str) -> None:
    """Writes the case, and its company where that is new; checks them as `check` does."""
    case = desk.folder / "cases" / draft.company / f"{slug}.yaml"
    texts = {case: text}
    if draft.company_file:
        company = desk.folder / "companies" / f"{draft.company}.yaml"
        texts = {company: company_text(draft.company_file), **texts}
    with new_files(desk.folder, texts):
        problems, told = check_paths(desk.folder, list(texts))
        if any(problem.level == "error" for problem in problems):
            raise ContentError(problems)
    for path in texts:
        print(f"Wrote {_name(desk, path)}")
    print(told)
    for doubt in problems:
        print(f"To look at: {doubt}")
    print(
        "Next: send it in. With git, commit it and open a pull request. Without, open the project's page, "
        f"choose Add file, Create new file, name it {_name(desk, case)}, and paste the text above."
    )


def _name(desk: Desk, path: Path) -> str:
    return f"{desk.folder.name}/{path.relative_to(desk.folder).as_posix()}"
