"""The letter that asks a company for its side of some cases, and what to note once it is sent."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.charts.chart import DIMENSION_NAMES
from scorecard.compose.host import form_url
from scorecard.compose.replies import asked_or_heard
from scorecard.compose.sentences.verdict import verdict
from scorecard.compose.words import Words
from scorecard.judge.case import JudgedCase
from scorecard.judge.finding import Reason, say, say_n
from scorecard.rubric import DIMENSIONS
from scorecard.score.cases import WeighedCase
from scorecard.score.company import CompanyResult
from scorecard.score.estimate import enough_cases
from scorecard.site import Content
from scorecard.texts import plain

DAYS = 14
"""In how many days an answer is suggested."""
FINDINGS = 3
"""So many findings of a case are told, those that cost it most; its page has all."""
_WIDTH = 76


class Letter(Struct, frozen=True):
    """A letter: its subject in one line, and its text in lines no wider than a mail likes."""

    subject: str
    text: str


def not_yet_asked(result: CompanyResult) -> list[WeighedCase]:
    """The company's scored cases without a reply about which it was not asked, in the order of their ids."""
    open_ = [one for one in result.cases.cases if not asked_or_heard(one.judged.case)]
    return sorted(open_, key=lambda one: one.judged.case.id)


def letter(
    result: CompanyResult, cases: Sequence[WeighedCase], content: Content, as_of: date, words: Words
) -> Letter:
    """The letter about these cases, as of the day on which it is sent."""
    desk = _Desk(result, content, as_of, words)
    subject = say_n(
        "{company}: your reply to {n} case on {site}",
        "{company}: your reply to {n} cases on {site}",
        len(cases),
        company=result.company.name,
        site=content.site.name,
    )
    blocks = [*desk.opening(len(cases))]
    for number, one in enumerate(cases, 1):
        blocks.append(desk.case(number, one.judged))
    blocks += [*desk.standing(), *desk.how(), *desk.until(), desk.signature()]
    return Letter(plain(words.say(subject)), "\n\n".join(blocks) + "\n")


def notes(cases: Sequence[WeighedCase], content_folder: str, as_of: date) -> Iterator[str]:
    """What to add to each case's file once the letter is sent; nothing where it has a `reply` already."""
    for one in cases:
        case = one.judged.case
        if case.reply is None:
            yield f"{content_folder}/cases/{case.id}.yaml"
            yield f"reply: {{asked: {as_of.isoformat()}}}"


class _Desk:
    """Writes the parts of a letter: what all of them need is here once."""

    def __init__(self, result: CompanyResult, content: Content, as_of: date, words: Words) -> None:
        self.result = result
        self.content = content
        self.site = content.site
        self.as_of = as_of
        self.words = words

    def opening(self, count: int) -> Iterator[str]:
        yield self._said(say("To {company},", company=self.result.company.name))
        yield self._said(
            say_n(
                "{site} publishes how companies treat people who need help, from dated case logs that "
                "anyone can read. We ask you for your side of {n} case, to publish it beside the case.",
                "{site} publishes how companies treat people who need help, from dated case logs that "
                "anyone can read. We ask you for your side of {n} cases, to publish it beside each.",
                count,
                site=self.site.name,
            )
        )

    def case(self, number: int, judged: JudgedCase) -> str:
        """A case: title, address, when it was, its scores, and what cost it most."""
        case = judged.case
        lines = [f"{number}. {plain(case.title)}", f"   {self._address(addresses.case(case.id))}"]
        lines += [self._indented(self.words.say(told)) for told in self._told(judged)]
        costly = sorted(
            (
                (rule.weight * (1 - finding.value), rule, finding)
                for rule, finding in zip(self.content.rubric.rules, judged.findings, strict=True)
                if finding.value is not None and finding.flaw
            ),
            key=lambda one: (-one[0], one[1].id),
        )
        if not costly:
            lines.append(self._indented(self.words.say(say("No fault was found."))))
        for _, rule, finding in costly[:FINDINGS]:
            found = f"{self.words.say(rule.name)}: {self.words.say(finding.reason)}"
            lines.append(self._indented(f"- {plain(found)}", "     "))
        return "\n".join(lines)

    def _told(self, judged: JudgedCase) -> Iterator[Reason]:
        first, last = judged.case.span
        if first and last and first.text != last.text:
            yield say("From {first} to {last}.", first=first, last=last)
        elif first:
            yield say("On {first}.", first=first)
        for dimension in DIMENSIONS:
            score = judged.scores[dimension]
            name = DIMENSION_NAMES[dimension]
            if score is None:
                yield say("{dimension}: no score.", dimension=name)
            else:
                yield say("{dimension}: {score} of 100.", dimension=name, score=score)

    def standing(self) -> Iterator[str]:
        """The company's own page, and its scores with their intervals."""
        yield self._said(say("All your cases together, and how the scores came about:"))
        yield f"   {self._address(addresses.company(self.result.company.slug))}"
        yield self._said(verdict(self.result, self.as_of, self.content.rubric))
        scores = [
            say(
                "{dimension}: {score} of 100, between {low} and {high}.",
                dimension=DIMENSION_NAMES[d],
                score=score.score,
                low=score.low,
                high=score.high,
            )
            for d in DIMENSIONS
            if (score := self.result.scores[d])
        ]
        if scores and enough_cases(self.result.overall, self.content.rubric):
            yield "\n".join(self._indented(self.words.say(score)) for score in scores)

    def how(self) -> Iterator[str]:
        """How to reply, what becomes of it, and what cannot be done."""
        if form := form_url(self.site, "company-reply"):
            yield self._said(say("Answer this letter, or use this form, once for each case:"))
            yield f"   {form}"
        else:
            yield self._said(say("Answer this letter, and say which case you mean."))
        yield self._said(
            say(
                "Your reply is published beside the case, word for word and whole, with its date and the "
                "role of who replies. It may have 5,000 characters. Please name no person, neither your "
                "customer nor your staff, and no order or customer number."
            )
        )
        yield self._said(
            say(
                "A reply does not change a score by itself, for scores follow from events. Is an event "
                "missing or wrong, such as a payment that was made? Tell us its date and what shows it: "
                "the case is then corrected, and says so. A case about another company, or that is not "
                "true, is withdrawn; its address then says why."
            )
        )
        yield self._said(
            say(
                "A case cannot be taken away for money, nor a score be changed for it: nothing on this "
                "site is for sale."
            )
        )

    def until(self) -> Iterator[str]:
        """The suggested day."""
        yield self._said(
            say(
                "We suggest that you reply by {due}. That is a suggestion: a later reply is published "
                "just the same. Until it is there, the page says that you were asked on {asked}, and for "
                "how many days there has been no reply.",
                due=self.as_of + timedelta(days=DAYS),
                asked=self.as_of,
            )
        )

    def signature(self) -> str:
        """Who asks, and how they are reached."""
        lines = [*self.site.editors, self.site.name, self._address(addresses.FRONT)]
        if self.site.contact:
            lines.append(self.site.contact)
        return "\n".join(plain(line) for line in dict.fromkeys(lines))

    def _said(self, text: Reason) -> str:
        return textwrap.fill(
            plain(self.words.say(text)), _WIDTH, break_long_words=False, break_on_hyphens=False
        )

    def _indented(self, text: str, further: str = "   ") -> str:
        return textwrap.fill(
            plain(text),
            _WIDTH,
            initial_indent="   ",
            subsequent_indent=further,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _address(self, address: str) -> str:
        """A page as a whole web address, in the letter's language where the site has it."""
        languages = self.site.languages
        language = self.words.language if self.words.language in languages else languages[0]
        return addresses.whole_in(self.site, address, language)
