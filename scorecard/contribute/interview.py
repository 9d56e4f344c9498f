"""The questions that make a case, one after the other, and what becomes of the answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from pydantic import BaseModel

from scorecard.contribute.answers import Judge
from scorecard.contribute.desk import Desk, slug_of
from scorecard.contribute.mail_interview import own_addresses, thread_events
from scorecard.contribute.mail_thread import Thread
from scorecard.contribute.person import Person, agree, ask, choose
from scorecard.contribute.questions import Question, field_question
from scorecard.contribute.timeline import EventText, ask_events
from scorecard.errors import UsageError
from scorecard.fields import Record, Slug
from scorecard.load.yaml_text import KeyPath
from scorecard.model import CaseLog, Company, CompanyFile, Evidence, Source
from scorecard.values import parse_time

INTRODUCTION = """\
This makes a case: what happened between you and one company, event by event.
Enter takes the answer in brackets. What you do not know you leave out: unknown is never counted as bad.
Never write names of people (yours neither), addresses, phone numbers, or numbers of accounts, orders
or customers. Write [removed] instead. Nothing is written before the end."""


class _Address(Record):
    """A file's own name."""

    address: Slug


class Draft(Struct, frozen=True):
    """A case as its keys' texts, and its company; `company_file` holds the keys of a new one."""

    company: str
    case: dict[str, Any]
    company_file: dict[str, Any] = field(default_factory=dict)


def interview(
    person: Person, desk: Desk, today: date, company: str = "", thread: Thread | None = None
) -> Draft:
    """Asks everything. Raises UsageError where `company` is none, or the answers end."""
    person.tell(INTRODUCTION)
    judge = Judge(desk.site.zone, today)
    slug, new = (_given(desk, company), {}) if company else _ask_company(person, desk, judge)
    judge = replace(judge, company=desk.companies.get(slug))
    mine: tuple[str, ...] = ()
    if thread is not None:
        mine = own_addresses(person, thread)
        judge = replace(judge, names=thread.names(mine))
    case: dict[str, Any] = {
        key: _ask_key(person, judge, key) for key in ("wanted", "amount", "about")
    }
    case["timeline"] = _timeline(person, judge, thread, mine)
    for key in ("title", "summary", "effort"):
        case[key] = _ask_key(person, judge, key)
    if case["effort"]:
        case["effort"] = int(case["effort"])
    case["evidence"] = _evidence(person, judge)
    case["source"] = _source(person, judge)
    case["contributor"] = _ask_key(person, judge, "contributor")
    language = replace(field_question(CaseLog, "language"), enter=desk.site.languages[0])
    case["language"] = _ask(person, judge, CaseLog, ("language",), language)
    return Draft(slug, {key: case[key] for key in CaseLog.model_fields if case.get(key)}, new)


def ask_address(person: Person, desk: Desk, draft: Draft) -> str:
    """The name of the case's file, none that is there; proposed from what was wanted and the year."""
    judge = Judge(desk.site.zone, date.max)
    folder = desk.folder / "cases" / draft.company
    times = [parse_time(e["at"], judge.zone) for e in draft.case["timeline"] if "at" in e]
    year = f"-{times[0].first.year}" if times else ""
    base = f"{draft.case['wanted']}{year}"
    names = (base if n == 1 else f"{base}-{n}" for n in range(1, 100_000))
    default = next(name for name in names if not (folder / f"{name}.yaml").exists())
    question = Question(
        "What shall the case's address be?",
        f"{draft.company}/…; small letters, digits and hyphens; it never changes",
        default=default,
    )
    while True:
        slug = _ask(person, judge, _Address, ("address",), question)
        if not (folder / f"{slug}.yaml").exists():
            return slug
        person.tell(f"There is a case '{slug}' already. It stays as it is.")


def _given(desk: Desk, text: str) -> str:
    if found := desk.company(text):
        return found.slug
    near = desk.nearest(text)
    hint = f" Did you mean '{near.slug}'?" if near else ""
    raise UsageError(
        f"There is no company '{text}' in {desk.folder.name}/companies.{hint} "
        "Without --company you can add one."
    )


def _ask_company(person: Person, desk: Desk, judge: Judge) -> tuple[str, dict[str, Any]]:
    """The slug of a company that is there, or that of a new one with the keys of its file."""
    while True:
        text = _ask(person, judge, CompanyFile, ("name",), _WHICH)
        if found := desk.company(text):
            return _told(person, found)
        near = desk.nearest(text)
        if near and agree(person, f"Do you mean {near.name} ({near.slug})?", True):
            return _told(person, near)
        if agree(person, f"{text} is not here yet. Shall it be added?", True):
            return _new_company(person, desk, judge, text)


_WHICH = Question("Which company is it about?", "its name, or its address here")


def _told(person: Person, company: Company) -> tuple[str, dict[str, Any]]:
    person.tell(f"The company is {company.name} ({company.slug}).")
    return company.slug, {}


def _new_company(
    person: Person, desk: Desk, judge: Judge, typed: str
) -> tuple[str, dict[str, Any]]:
    name = _ask(person, judge, CompanyFile, ("name",), field_question(CompanyFile, "name", typed))
    question = replace(field_question(CompanyFile, "sector"), allowed=tuple(desk.sectors))
    sector = choose(person, question)
    slug = slug_of(name)
    taken = desk.company(slug)
    if taken:
        person.tell(f"The address '{slug}' belongs to {taken.name}.")
    address = Question(
        "What shall the company's address be?",
        "small letters, digits and hyphens; it never changes",
        default="" if taken else slug,
    )
    while True:
        slug = _ask(person, judge, _Address, ("address",), address)
        if desk.company(slug) is None:
            return slug, {"name": name, "sector": sector}
        person.tell(f"There is a company '{slug}' already.")


def _timeline(
    person: Person, judge: Judge, thread: Thread | None, mine: tuple[str, ...]
) -> list[EventText]:
    timeline = thread_events(person, judge, thread, mine) if thread else []
    if thread is not None:
        person.tell("\nThose were the mails. Now what is not in them: calls, letters, money.")
    first = "What else happened?" if timeline else "What happened first?"
    return ask_events(person, judge, timeline, first)


def _evidence(person: Person, judge: Judge) -> dict[str, Any]:
    level = _ask_part(person, judge, "evidence", Evidence, "level")
    if level in ("", "none"):
        return {}
    lists = {key: _ask_list(person, judge, key) for key in ("items", "urls")}
    return {"level": level, **{key: found for key, found in lists.items() if found}}


def _source(person: Person, judge: Judge) -> dict[str, Any]:
    kind = _ask_part(person, judge, "source", Source, "kind", "first-hand")
    if kind == "first-hand":
        return {"kind": kind}
    keys = [key for key in Source.model_fields if key != "kind"]
    rest = {key: _ask_part(person, judge, "source", Source, key) for key in keys}
    return {"kind": kind, **{key: text for key, text in rest.items() if text}}


def _ask_key(person: Person, judge: Judge, key: str) -> str:
    return _ask(person, judge, CaseLog, (key,), field_question(CaseLog, key))


def _ask_part(
    person: Person, judge: Judge, part: str, model: type[BaseModel], key: str, default: str = ""
) -> str:
    return _ask(person, judge, CaseLog, (part, key), field_question(model, key, default))


def _ask(
    person: Person, judge: Judge, model: type[BaseModel], path: KeyPath, question: Question
) -> str:
    return ask(person, question, lambda text: judge.problems(model, _nested(path, text), path))


def _ask_list(person: Person, judge: Judge, key: str) -> list[str]:
    path = ("evidence", key)
    text = ask(
        person,
        field_question(Evidence, key),
        lambda given: judge.problems(CaseLog, _nested(path, _listed(given)), path),
    )
    return _listed(text)


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _nested(path: KeyPath, value: Any) -> Any:
    for key in reversed(path):
        value = {key: value}
    return value
