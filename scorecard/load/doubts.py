"""What an editor should look at though it stops nothing: warnings, about a case and about cases together.

Only of cases that somebody tells: a register or an article cannot be asked for what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

from scorecard.errors import Problem
from scorecard.events import Closed, Contact, Promise, Refund, Reply
from scorecard.load.on_disk import Place
from scorecard.load.yaml_text import Document
from scorecard.model import Case
from scorecard.values import Time

LONG = timedelta(days=2 * 365)
"""A case that is open for longer has perhaps been settled without anybody saying so."""
NEAR = timedelta(days=60)
"""The same story is told within this time."""
ALIKE = 88
"""Of 100: from here on two texts are likely the same story."""
_LEAST_TEXT = 60
_MOST_TEXT = 600
_TIMED = (Contact, Reply, Promise, Refund)


class Outline(NamedTuple):
    """What is asked of a case beside others, and where it stands: the name of its file, its title and its
    timeline in it. `ended`: it is closed, or withdrawn.
    """

    company: str
    kind: str
    words: str
    begin: datetime
    last: Time | None
    ended: bool
    file: str
    title: Place
    timeline: Place

    @classmethod
    def of(cls, case: Case, document: Document) -> Outline:
        """The case of a document."""
        return cls(
            case.company,
            case.source.kind,
            _words(case),
            _begin(case),
            case.last_time,
            not case.scored or any(isinstance(event, Closed) for event in case.timeline),
            document.name,
            document.at(("title",)),
            document.at(("timeline",)),
        )


def doubts(case: Case, document: Document) -> Iterator[Problem]:
    """What is doubtful in one case: nothing to show for it, or times too coarse to be measured."""
    if case.source.kind != "first-hand":
        return
    if case.evidence.level == "none":
        yield document.problem(
            ("evidence",),
            "no evidence",
            "what there is to show for it, if only described",
            "Without any a case weighs least.",
            "evidence",
            "warning",
        )
    coarse = [
        index
        for index, event in enumerate(case.timeline)
        if isinstance(event, _TIMED) and (event.at is None or event.at.coarse)
    ]
    if coarse:
        at = case.timeline[coarse[0]].at
        told = "One event is told" if len(coarse) == 1 else f"{len(coarse)} events are told"
        yield document.problem(
            ("timeline", coarse[0], "at"),
            f"'{at.text}'" if at else "no time",
            "the day, and of a message the hour",
            f"{told} so; how long an answer took cannot be measured then.",
            "coarse-dates",
            "warning",
        )


def doubts_together(told: Sequence[Outline]) -> Iterator[Problem]:
    """What is doubtful in cases beside each other: open for very long, or told twice."""
    newest = max((one.last.last for one in told if one.last), default=None)
    if newest:
        yield from _long_open((one for one in told if one.kind == "first-hand"), newest)
    for _, own in groupby((one for one in told if one.kind != "register"), lambda one: one.company):
        yield from _twice(list(own))


def _long_open(told: Iterable[Outline], newest: datetime) -> Iterator[Problem]:
    for one in told:
        if one.last and not one.ended and newest - one.last.last > LONG:
            yield Problem(
                one.file,
                *one.timeline,
                "timeline",
                f"an open case whose last event is of '{one.last.text}'",
                "news of it, or the event 'closed'",
                "It counts as unanswered until then.",
                "long-open",
                "warning",
            )


def _twice(told: Sequence[Outline]) -> Iterator[Problem]:
    """Cases of one company that are close in time and in text; each beside one earlier case."""
    texts = [one.words for one in told]
    order = sorted(range(len(told)), key=lambda i: (told[i].begin, told[i].file))
    start = 0
    for place, index in enumerate(order):
        while told[index].begin - told[order[start]].begin > NEAR:
            start += 1
        if len(texts[index]) < _LEAST_TEXT:
            continue
        earlier = {other: texts[other] for other in order[start:place]}
        found = process.extractOne(texts[index], earlier, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if found:
            _, alike, other = found
            twin = told[other]
            yield Problem(
                told[index].file,
                *told[index].title,
                "title",
                f"nearly the same story as {twin.file}:{twin.title[0]} ({alike:.0f}% alike)",
                "each story once",
                "If they are two, let their texts say how they differ.",
                "duplicate",
                "warning",
            )


def _begin(case: Case) -> datetime:
    """When it began, as far as told; those without a time stand together at the end of all times."""
    times = [event.at.first for event in case.timeline if event.at]
    return min(times) if times else datetime.max - NEAR


def _words(case: Case) -> str:
    """The words of a case in the order of the alphabet, so that their order does not matter."""
    return " ".join(sorted(utils.default_process(case.own_words).split()))[:_MOST_TEXT]
