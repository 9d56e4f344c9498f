"""What is new, as single dated entries: changed figures, new cases, replies, statuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from msgspec import Struct

from scorecard.compose import page as addresses
from scorecard.compose.changes import OwnerChange, Step
from scorecard.compose.figures import frozen_company
from scorecard.compose.gathered import Gathered
from scorecard.compose.vocabulary import STATUS
from scorecard.judge.finding import Reason, say, say_n
from scorecard.model import Case

MOST, OF_A_STEP = 50, 20
"""So many entries stand in a feed, and of what changed from one edition on, so that cases have room too."""


class Entry(Struct, frozen=True):
    """Something new about a company. Its address is also what it is known by, so it never changes.

    `says` is somebody's own words where it is a text, in their `language`.
    """

    company: str
    address: str
    day: date
    title: Reason
    says: Reason | str
    language: str | None = None


class News:
    """All that is new, the newest first."""

    def __init__(self, gathered: Gathered, steps: Iterable[Step]) -> None:
        self.gathered = gathered
        self._cases = _newest_first(self._of_cases())
        self._all = _newest_first([*_figures(steps), *self._cases])
        self._by_company: dict[str, list[Entry]] = {}
        for entry in self._all:
            self._by_company.setdefault(entry.company, []).append(entry)

    def of_cases(self) -> list[Entry]:
        """The newest cases, replies and statuses."""
        return self._cases[:MOST]

    def newest(self, company: str | None = None) -> list[Entry]:
        """The newest of everything, of all companies or of one."""
        return (self._all if company is None else self._by_company.get(company, []))[:MOST]

    def _of_cases(self) -> Iterator[Entry]:
        """New cases, replies and statuses, by the dates that the cases tell; nothing of the future."""
        content, as_of = self.gathered.content, self.gathered.scorecard.as_of
        for slug, rows in self.gathered.rows.items():
            name = content.companies[slug].name
            known = frozen_company(content, slug)
            new = (row for row in rows if row.last and not (known and row.case.id in known.cases))
            for row in islice((row for row in new if row.weighed), MOST):
                if row.last:
                    yield _case(row.case, name, min(row.last, as_of))
            for row in rows:
                yield from _reply(row.case, name, as_of)
                yield from _status(row.case, name, as_of)


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.day, entry.address), reverse=True)


def step_anchor(step: Step, change: OwnerChange) -> str:
    """Where a company's change stands on the page of changes; the same while the step grows and after."""
    return f"since-{step.before.name}-{change.slug}"


def headline(change: OwnerChange) -> Reason:
    """What a company's change comes to, in one sentence; of a score only where it has a grade."""
    name = {"company": str(change.name)}
    if not change.address:
        return say("{company}: no longer on this site", **name)
    was, now = (side.figures["fig-grade"].value if side else None for side in change.sides)
    if change.regraded:
        if was and now:
            return say("{company}: grade {now}, was {was}", now=str(now), was=str(was), **name)
        if now:
            return say("{company}: grade {now}, had none", now=str(now), **name)
        return say("{company}: no grade, was {was}", was=str(was), **name)
    if scores := change.graded_scores:
        before, after = scores
        if before.value != after.value and isinstance(before.value, float):
            return say(
                "{company}: {score} of 100 (between {low} and {high}), was {score_before}",
                score=after.value or 0.0,
                low=after.low or 0.0,
                high=after.high or 0.0,
                score_before=before.value,
                **name,
            )
    if change.cases:
        return say_n(
            "{company}: {n} case changed", "{company}: {n} cases changed", len(change.cases), **name
        )
    n = len(change.figures)
    return say_n("{company}: {n} figure changed", "{company}: {n} figures changed", n, **name)


def _figures(steps: Iterable[Step]) -> Iterator[Entry]:
    for step in steps:
        for change in [change for change in step.listed if change.news][:OF_A_STEP]:
            address = f"{addresses.CHANGES}#{step_anchor(step, change)}"
            says = say_n(
                "Since edition {edition}: {n} figure shows another value, {cases}.",
                "Since edition {edition}: {n} figures show another value, {cases}.",
                len(change.shown),
                edition=str(step.before.name),
                cases=say_n("{n} case changed", "{n} cases changed", len(change.cases)),
            )
            yield Entry(change.slug, address, step.after.as_of, headline(change), says)


def _case(case: Case, company: str, day: date) -> Entry:
    title = say("{company}: a new case", company=company)
    return Entry(case.company, addresses.case(case.id), day, title, case.title, case.language)


def _reply(case: Case, company: str, as_of: date) -> Iterator[Entry]:
    reply = case.reply
    if reply and reply.text and reply.at and (day := reply.at.first.date()) <= as_of:
        title = say("{company} replied to a case", company=company)
        address = f"{addresses.case(case.id)}#reply"
        yield Entry(case.company, address, day, title, case.title, case.language)


def _status(case: Case, company: str, as_of: date) -> Iterator[Entry]:
    time = case.status_date
    if case.status != "published" and time and (day := time.first.date()) <= as_of:
        title = say(
            "{company}: the status of a case is {status}",
            company=company,
            status=STATUS[case.status],
        )
        address = f"{addresses.case(case.id)}#status"
        yield Entry(
            case.company, address, day, title, case.title or say("A withdrawn case"), case.language
        )
