"""`ask-reply`: the letter that asks a company for its side of its cases."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from scorecard.commands.common import (
    as_of_option,
    base_url_option,
    company_named,
    content_option,
    today,
)
from scorecard.compose.letter import Letter, letter, not_yet_asked, notes
from scorecard.compose.words import translated, words_in
from scorecard.errors import UsageError
from scorecard.load.records import nearest
from scorecard.model import Company
from scorecard.pipeline import read
from scorecard.score.cases import WeighedCase
from scorecard.score.company import CompanyResult
from scorecard.settings import Settings

HELP = "Writes the letter that asks a company for its reply to the cases about it."
EXAMPLE = "ask-reply unnamed-provider --eml letter.eml"


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("company", metavar="COMPANY", help="the company's slug")
    parser.add_argument(
        "--case",
        action="append",
        metavar="CASE",
        help="ask about this case; may be repeated. Without it: all without a reply, not asked yet",
    )
    parser.add_argument(
        "--eml", type=Path, metavar="FILE", help="write it as the draft of a mail, and not here"
    )
    parser.add_argument(
        "--language", choices=["en", *translated()], help="of the letter; else the site's first"
    )
    content_option(parser)
    as_of_option(parser, without="today")
    base_url_option(parser)


def run(options: argparse.Namespace) -> int:
    """Prints the letter, or writes the draft; then says what to note in the cases.

    A letter is of the day on which it is written: the newest date in the content may lie so far back
    that the day by which a reply is suggested would be over.
    """
    as_of = options.as_of or today()
    content, scorecard = read(Settings(options.content, Path(), as_of, options.base_url))
    result = company_named(options.company, scorecard)
    if not result:
        hint = nearest(options.company, scorecard.companies)
        raise UsageError(f"There is no company '{options.company}'. {hint}".strip())
    cases = _named(options.case, result) if options.case else not_yet_asked(result)
    if not cases:
        print(
            f"Nothing to ask: every case of {result.company.name} has a reply or was asked about."
        )
        return 0
    words = words_in(options.language or content.site.languages[0])
    written = letter(result, cases, content, scorecard.as_of, words)
    if options.eml:
        _write(options.eml, draft(written, result.company, words.language))
        print(f"The draft is in {options.eml}. {_addressee(result.company)}")
    else:
        print(f"{written.subject}\n\n{written.text}")
    _tell_notes(cases, options.content, scorecard.as_of)
    return 0


def draft(written: Letter, company: Company, language: str) -> EmailMessage:
    """The letter as a mail that is not sent yet: to the company's first published address, from nobody.

    Its headers hold one line each, whatever the company is called.
    """
    mail = EmailMessage(policy=SMTP)
    # What looks like an encoded word would be decoded, and might hold the end of a line.
    mail["Subject"] = written.subject.replace("=?", "= ?")
    if company.contact.email:
        mail["To"] = _address(company.contact.email[0])
    mail["X-Unsent"] = "1"
    mail.set_content(written.text)
    mail["Content-Language"] = language
    return mail


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        raise UsageError(f"'{text}' under the company's contact is no e-mail address.") from None


def _addressee(company: Company) -> str:
    if company.contact.email:
        return f"It is to {company.contact.email[0]}; look who it is from before you send it."
    return "The company's file names no e-mail address: fill in whom it is to."


def _named(asked: Sequence[str], result: CompanyResult) -> list[WeighedCase]:
    """The cases of these names, each once, with or without the company before the name."""
    own = {one.judged.case.slug: one for one in result.cases.cases}
    named = [_within(text.strip("/"), result.company.slugs) for text in asked]
    for name in named:
        if name not in own:
            hint = nearest(name, own)
            raise UsageError(
                f"There is no scored case '{name}' of {result.company.slug}. {hint}".strip()
            )
    return [own[name] for name in dict.fromkeys(named)]


def _within(case: str, homes: Sequence[str]) -> str:
    """The case's own name, without the company's before it, under whichever of its names."""
    company, slash, name = case.partition("/")
    return name if slash and company in homes else case


def _write(path: Path, mail: EmailMessage) -> None:
    try:
        with path.open("xb") as file:
            file.write(mail.as_bytes())
    except FileExistsError:
        raise UsageError(f"{path} is there already; name another file with --eml.") from None


def _tell_notes(cases: Sequence[WeighedCase], content: Path, as_of: date) -> None:
    lines = list(notes(cases, content.as_posix(), as_of))
    if lines:
        print("────────  not part of the letter  ────────")
        print("Once it is sent, add to each case that the company was asked:\n")
        print("\n".join(f"  {line}" for line in lines))
