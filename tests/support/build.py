"""Cases, standards and content folders for tests, through the real reader's types.

The method is always the repository's own `content/rubric.yaml`. `standards()` measures by it as it
stands; `steady()` by the same rules and weights, with norms and a working week that stand here, so
that an editor who changes a norm breaks no test of how norms are applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel

from scorecard.errors import Problem
from scorecard.events import Channel
from scorecard.judge.case import JudgedCase, judge_case
from scorecard.judge.finding import Finding
from scorecard.load.content import Sectors
from scorecard.load.records import read_record
from scorecard.load.yaml_text import read_yaml
from scorecard.model import Case, Company
from scorecard.places import STANDARD_RUBRIC
from scorecard.rubric import Norms, Rubric, Sector, WorkingWeek
from scorecard.score.bursts import Arrivals
from scorecard.score.cases import CompanyCases, WeighedCase
from scorecard.score.observation import observe, rule_weights
from scorecard.score.weighed import weigh
from scorecard.standards import Standards
from scorecard.values import parse_duration

CONTENT = STANDARD_RUBRIC.parent
R = TypeVar("R", bound=BaseModel)
ZONE = ZoneInfo("Europe/Amsterdam")

# Norms of `steady()`: working days of eight hours, Monday to Friday.
REPLY_NORMS = {"default": "8 h", "phone": "1 h", "letter": "10 working days"}
SOLVED, CONFIRMED, MONEY_BACK = "8 weeks", "5 working days", "14 days"


def read(text: str) -> Any:
    """YAML as the project reads it: every scalar stays the text it was written as."""
    return yaml.load(dedent(text), Loader=yaml.CBaseLoader)  # noqa: S506 (makes texts only)


def make_case(
    timeline: str | Sequence[Mapping[str, Any]], zone: ZoneInfo = ZONE, **keys: Any
) -> Case:
    """A case with this timeline (YAML or events) and these keys; what a case must have is filled in."""
    log = {
        "title": "A case",
        "wanted": "answer",
        "source": {"kind": "first-hand"},
        "company": "acme",
        "slug": "one",
        "timeline": read(timeline) if isinstance(timeline, str) else list(timeline),
    }
    return Case.model_validate({**log, **keys}, context={"zone": zone})


@cache
def rubric() -> Rubric:
    """The method of the repository."""
    return _read(STANDARD_RUBRIC, Rubric)


@cache
def sectors() -> dict[str, Sector]:
    """The sectors of the repository."""
    return _read(STANDARD_RUBRIC.with_name("sectors.yaml"), Sectors).root


def _read(path: Path, model: type[R]) -> R:
    document, problems = read_yaml(path, path.name)
    assert document is not None, problems
    record, problems = read_record(document, model, {"zone": ZONE})
    assert record is not None, problems
    return record


def make_company(
    slug: str = "acme", sector: str = "telecom", country: str | None = None
) -> Company:
    """A company of which nothing more is known."""
    return Company(slug=slug, name=slug.title(), sector=sector, country=country)


def standards(
    as_of: str = "2024-12-31", sector: str = "telecom", country: str | None = None
) -> Standards:
    """The repository's method and sector, as they stand."""
    company = make_company(sector=sector, country=country)
    return Standards(rubric(), sectors()[sector], company, date.fromisoformat(as_of))


@cache
def steady(
    as_of: str | date = "2024-12-31", sector: str = "telecom", country: str | None = None
) -> Standards:
    """The repository's rules and weights, with the norms and the working week of this module."""
    week = WorkingWeek(days=("mon", "tue", "wed", "thu", "fri"), opens=time(9), closes=time(17))
    reply: dict[Any, Any] = {
        key if key == "default" else Channel(key): parse_duration(text)
        for key, text in REPLY_NORMS.items()
    }
    norms = Norms(
        reply=reply,
        solved=parse_duration(SOLVED),
        complaint_confirmed=parse_duration(CONFIRMED),
        money_back=parse_duration(MONEY_BACK),
    )
    method = rubric().model_copy(update={"working_week": week})
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    company = make_company(sector=sector, country=country)
    return Standards(method, Sector(name={"en": "Steady"}, norms=norms), company, day)


def judge(case: Case, by: Standards) -> JudgedCase:
    """The case judged; it must have begun."""
    judged = judge_case(case, by)
    assert judged is not None, "The case had not begun."
    return judged


def weighed(judged: Sequence[JudgedCase], as_of: date) -> CompanyCases:
    """The judged cases as those of one company on a site of its own."""
    seen = [observe(one, rubric(), rule_weights(rubric())) for one in judged]
    now = weigh(make_company(), seen, rubric(), Arrivals.of(seen), as_of)
    cases = [WeighedCase(j, weight) for j, weight in zip(judged, now.weights, strict=True)]
    return CompanyCases(now.company, tuple(cases), now)


def weights(cases: Sequence[Case], as_of: date) -> list[float]:
    """What the cases of one company weigh."""
    by = standards(as_of.isoformat())
    return list(weighed([judge(case, by) for case in cases], as_of).weighed.weights)


def finding(rule: str, case: Case, by: Standards) -> Finding:
    """What one rule answers."""
    return next(f for f in judge(case, by).findings if f.rule == rule)


# ── Content folders ────────────────────────────────────────────────────────────────────────────

SITE = """\
name: Test
base_url: https://test.example/
languages: [en]
timezone: Europe/Amsterdam
"""
SECTORS = "telecom: {name: Telecom}\nshops: {name: Shops}\n"
COMPANY = "name: Acme\nsector: telecom\n"
CASE = """\
title: A call that was answered
wanted: answer
source: {kind: first-hand}
timeline:
  - {at: 2024-03-04 09:00, event: contact, channel: phone}
  - {at: 2024-03-04 09:10, event: reply, by: person, answer: full}
  - {at: 2024-03-04 09:15, event: closed, solved: full}
"""
CASE_PLACE = "cases/acme/one.yaml"


def content_folder(where: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A small sound content folder in `where`, with `files` put over it; judged by the real method."""
    folder = where / "content"
    sound = {
        "site.yaml": SITE,
        "sectors.yaml": SECTORS,
        "companies/acme.yaml": COMPANY,
        CASE_PLACE: CASE,
    }
    for name, text in {**sound, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return folder


def told(problems: Iterable[Problem]) -> str:
    """All problems as a person reads them."""
    return "\n".join(str(problem) for problem in problems)
