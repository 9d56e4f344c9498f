"""What a record must be beyond its shape: each check reads as the sentence that it enforces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import get_args

from scorecard.errors import Problem
from scorecard.events import AnyEvent, Promise, Refund
from scorecard.load.privacy import personal_data
from scorecard.load.yaml_text import Document
from scorecard.model import CaseLog, Company, EvidenceLevel
from scorecard.rubric import DIMENSIONS, WORKING_DAY, WORKING_DAYS, Rubric
from scorecard.values import Time


def check_case(log: CaseLog, company: Company | None, document: Document) -> list[Problem]:
    """Every problem of a case that its keys one by one do not show."""
    problems = [*_status(log, document), *_order(log, document), *_reply(log, document)]
    for index, event in enumerate(log.timeline):
        if isinstance(event, Promise):
            problems += _promise(event, index, document)
        elif isinstance(event, Refund):
            problems += _refund(event, index, document)
    return problems + personal_data(document, company)


def _before(one: Time, other: Time) -> bool:
    """Does `one` lie before `other` by every reading of both?"""
    return one.last < other.first


def _order(log: CaseLog, document: Document) -> Iterator[Problem]:
    latest: datetime | None = None
    text = ""
    for index, event in enumerate(log.timeline):
        if event.at is None:
            continue
        if latest is not None and event.at.last < latest:
            yield document.problem(
                ("timeline", index, "at"),
                f"'{event.at.text}', which lies before '{text}' above it",
                "events in the order of time",
                "Move the event up, or mend its date.",
                "contradiction",
            )
        if latest is None or event.at.first > latest:
            latest, text = event.at.first, event.at.text


def _promise(promise: Promise, index: int, document: Document) -> Iterator[Problem]:
    path = ("timeline", index)
    for key, what in (("kept_at", "kept"), ("due", "due")):
        time: Time | None = getattr(promise, key)
        if time and promise.at and _before(time, promise.at):
            yield document.problem(
                (*path, key),
                f"'{time.text}': {what} before it was made ('{promise.at.text}')",
                "a time after the promise was made",
                code="contradiction",
            )
    yield from _only_one(promise, index, document, "due", "within")
    yield from _only_one(promise, index, document, "kept_at", "kept")


def _refund(refund: Refund, index: int, document: Document) -> Iterator[Problem]:
    path = ("timeline", index)
    if refund.paid_at and refund.at and _before(refund.paid_at, refund.at):
        yield document.problem(
            (*path, "paid_at"),
            f"'{refund.paid_at.text}': paid before it was decided ('{refund.at.text}')",
            "a time after the decision",
            code="contradiction",
        )
    if refund.decision == "refused" and (refund.paid_at or refund.paid):
        yield document.problem(
            (*path, "decision"),
            "'refused', but paid",
            "granted or partial",
            code="contradiction",
        )
    if refund.decision != "refused" and refund.justified is not None:
        yield document.key_problem(
            (*path, "justified"),
            "'justified' of what was not refused",
            "it only with 'refused'",
            code="contradiction",
        )
    yield from _only_one(refund, index, document, "paid_at", "paid")


def _only_one(
    event: AnyEvent, index: int, document: Document, one: str, other: str
) -> Iterator[Problem]:
    if getattr(event, one) is not None and getattr(event, other) is not None:
        yield document.key_problem(
            ("timeline", index, other),
            f"both '{one}' and '{other}'",
            "only one of the two",
            code="contradiction",
        )


def _status(log: CaseLog, document: Document) -> Iterator[Problem]:
    if log.status == "published":
        return
    for key in ("status_note", "status_date"):
        if getattr(log, key) is None:
            yield document.problem(
                (key,),
                "nothing",
                f"the key '{key}', because the status is '{log.status}'",
                code="missing-key",
            )


def _reply(log: CaseLog, document: Document) -> Iterator[Problem]:
    reply = log.reply
    if reply and reply.asked and reply.at and _before(reply.at, reply.asked):
        yield document.problem(
            ("reply", "at"),
            f"'{reply.at.text}': replied before it was asked",
            "a time after 'asked'",
            code="contradiction",
        )
    if reply and reply.text and reply.at is None:
        yield document.problem(
            ("reply", "at"),
            "nothing",
            "the key 'at': when the company replied",
            code="missing-key",
        )


def check_company(
    company: Company, companies: Mapping[str, Company | None], name: str
) -> Iterator[Problem]:
    """An old address belongs to one company only, and a parent company exists."""
    others = [c for c in companies.values() if c and c.slug < company.slug]
    for old in company.known_as:
        if any(old in other.known_as for other in others):
            yield _reference(name, "known_as", f"'{old}', as another company has", "it once")
        if old in companies:
            yield _reference(
                name, "known_as", f"'{old}', which is a company", "an address no longer in use"
            )
    parent = companies.get(company.part_of or "")
    if company.part_of == company.slug or (parent and parent.part_of == company.slug):
        yield _reference(
            name, "part_of", f"'{company.part_of}'", "a company that is not part of it"
        )
    if company.part_of and company.part_of not in companies:
        yield _reference(name, "part_of", f"'{company.part_of}'", "a company in companies/")


def _reference(name: str, key: str, found: str, expected: str) -> Problem:
    return Problem(name, 1, 1, key, found, expected, code="reference")


def check_rubric(rubric: Rubric, document: Document) -> Iterator[Problem]:
    """The rubric is whole: three shares that make 1, rules once each, a default norm each."""
    if set(rubric.overall) != set(DIMENSIONS) or abs(sum(rubric.overall.values()) - 1) > 1e-9:
        yield document.problem(
            ("overall",), "other shares", "the three dimensions' shares, together 1"
        )
    seen: set[str] = set()
    for index, rule in enumerate(rubric.rules):
        if rule.id in seen:
            yield document.problem(("rules", index, "id"), f"'{rule.id}' again", "each rule once")
        seen.add(rule.id)
    norms = rubric.norms
    if "default" not in norms.reply or not (
        norms.solved and norms.complaint_confirmed and norms.money_back
    ):
        yield document.problem(
            ("norms",), "a norm missing", "reply.default, solved, complaint_confirmed, money_back"
        )
    levels = sorted(get_args(EvidenceLevel))
    if sorted(rubric.evidence) != levels:
        yield document.problem(("evidence",), "other levels", ", ".join(levels))
    for bands in ("grades", "friction"):
        if not any(band.at_least == 0 for band in getattr(rubric, bands)):
            yield document.problem((bands,), "no lowest band", "a band with at_least: 0")
    week = rubric.working_week
    if not week.days or week.hours_a_day <= 0:
        yield document.problem(
            ("working_week",), "no working hours", "days, and closes after opens"
        )
    elif (week.hours_a_day, len(week.weekdays)) != (WORKING_DAY, WORKING_DAYS):
        yield document.problem(
            ("working_week",),
            f"{week.hours_a_day:g} hours on {len(week.weekdays)} days",
            f"{WORKING_DAY} hours on {WORKING_DAYS} days",
            "Judged by it, but told as elsewhere: pages call so many hours a working day or week.",
            level="warning",
        )
    lasting = [*norms.reply.values(), norms.solved, norms.complaint_confirmed, norms.money_back]
    if any(norm is not None and norm.hours <= 0 for norm in lasting):
        yield document.problem(("norms",), "a norm of no time", "norms longer than 0")
    if rubric.version != rubric.history[-1].version:
        yield document.problem(
            ("version",), f"'{rubric.version}'", "the version of the history's last entry"
        )
