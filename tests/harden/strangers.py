"""A content folder in which strangers wrote their worst into every field that takes it.

The reader itself says which field takes what: where it has a problem, the field is given back its harmless
text, and the try counts as stopped there.
"""

from __future__ import annotations

import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from msgspec import Struct, field
from pydantic import BaseModel

from scorecard.errors import Problem
from scorecard.load.checks import check_case, check_rubric
from scorecard.load.content import Sectors
from scorecard.load.intake import Intake
from scorecard.load.privacy import personal_data
from scorecard.load.records import read_record
from scorecard.load.yaml_text import read_yaml
from scorecard.model import CaseLog, Company, CompanyFile
from scorecard.places import STANDARD_RUBRIC
from scorecard.rubric import Rubric
from scorecard.site import Site
from scorecard.texts import LONGEST_PAGE, MOST_SIGNS_OF_PAGE, too_many_signs, unseen
from tests.support.build import read

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
MOST_COMPANIES = 40
SECTORS = 8
_URL = "https://a.example/"
_CASE = """\
title: Harmless
wanted: refund
amount: 180.00 EUR
language: en
source: {kind: published, title: t, author: a, date: 2026-06-30, url: "https://a.example/", licence: l,
  record: r}
evidence: {level: public, items: [i, j], urls: ["https://a.example/", "https://a.example/"]}
contributor: somebody
summary: s
timeline:
- {at: 2026-06-01 09:30, event: contact, channel: phone, asks: refund, note: n}
- {at: 2026-06-01 11:05, event: transfer, to: a department, note: n}
- {at: 2026-06-02 10:00, event: promise, what: a call, due: 2026-06-03, note: n}
- {at: 2026-06-09 10:00, event: reply, channel: email, by: person, answer: partial, note: n}
- {at: 2026-06-10, event: refund, decision: granted, amount: 90.00 EUR, paid_at: 2026-06-20, note: n}
- {at: 2026-06-21, event: gesture, what: flowers, note: n}
- {at: 2026-06-22, event: closed, solved: partial, note: n}
effort: 4
status: disputed
status_note: n
status_date: 2026-07-10
reply: {asked: 2026-07-08, at: 2026-07-09, by: care, text: t}
"""
_COMPANY = """\
{name: Acme, sector: one, country: NL, website: 'https://a.example/',
contact: {phone: [p], address: [a], urls: ['https://a.example/']}}
"""
_SITE = """\
{name: Test, tagline: {en: t}, base_url: 'https://test.example/score/', languages: [en], licence: l,
licence_url: 'https://a.example/', editors: [a, b, c], contact: 'https://a.example/', repository: 'https://github.com/a/x',
security: {contact: 'https://a.example/'}}
"""
_KEPT = {
    "kind",
    "at",
    "event",
    "wanted",
    "language",
    "languages",
    "base_url",
    "sector",
    "status",
    "level",
}
"""Keys whose values choose among the words of the format: no text of anybody's can stand there."""

Place = tuple[str | int, ...]
Wrong = Callable[[Path], list[Problem]]


class Strangers(Struct):
    """What came of the spells, by field: how many pages hold, and how many the reader refused."""

    passed: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    companies: dict[str, str] = field(default_factory=dict)


def write(folder: Path, spells: Sequence[str]) -> Strangers:
    """A whole content folder with a case for each spell, which stands in every field of it."""
    told = Strangers()
    companies = max(1, min(MOST_COMPANIES, len(spells) // 20))
    _write(folder / "site.yaml", read(_SITE), _turning(spells), told, _plain(Site))
    sectors: dict[str, Any] = {
        f"s-{n}": {"name": {"en": "One"}, "ces": "0"} for n in range(SECTORS)
    }
    _write(folder / "sectors.yaml", sectors, _turning(spells), told, _plain(Sectors))
    method = yaml.load(STANDARD_RUBRIC.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    _write(folder / "rubric.yaml", method, _turning(spells), told, _of_rubric)
    names = _joined(spells)
    for number in range(companies):
        record = {**read(_COMPANY), "sector": f"s-{number % SECTORS}"}
        path = folder / "companies" / f"c-{number}.yaml"
        written = _write(path, record, names, told, _plain(CompanyFile))
        told.companies[path.stem] = written["name"]
    for number, spell in enumerate(spells):
        company = f"c-{number % companies}"
        path = folder / "cases" / company / f"n-{number}.yaml"
        told.cases[f"{company}/{path.stem}"] = _write(
            path, read(_CASE), iter([spell] * 100), told, _of_case
        )
    pages = folder / "pages"
    pages.mkdir()
    for page, own in zip(
        ("about", "contribute", "journalists", "more"), _paged(spells), strict=False
    ):
        (pages / f"{page}.en.md").write_text(_page(own), "utf-8")
        told.passed["pages"] += len(own)
    return told


def _write(
    path: Path, record: dict[str, Any], spells: Iterator[str], told: Strangers, wrong: Wrong
) -> dict[str, Any]:
    """The record with a spell in every leaf that takes one, as it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    hostile = copy.deepcopy(record)
    tried = list(_leaves(record))
    for place in tried:
        _put(hostile, place, _fitting(next(spells), _get(record, place)))
    left = dict.fromkeys(tried)
    for _ in range(8):
        written = json.dumps(hostile, ensure_ascii=False)
        written = written.replace("\x85", "\\u0085")  # as it is it ends a line of YAML
        path.write_text(written, "utf-8", "surrogatepass")
        problems = wrong(path)
        if not problems:
            break
        for place in _blamed(problems, list(left)):
            _put(hostile, place, _get(record, place))
            del left[place]
            told.stopped[_named(place)] += 1
    else:
        raise AssertionError([str(problem) for problem in problems])
    told.passed.update(_named(place) for place in left)
    return hostile


def _fitting(spell: str, harmless: str) -> str:
    """A field for an address is tried with one that begins as it must."""
    return _URL + spell.replace(" ", "%20") if harmless == _URL else spell


def _leaves(record: Any, place: Place = ()) -> Iterator[Place]:
    items = record.items() if isinstance(record, dict) else enumerate(record)
    for key, value in items:
        if isinstance(value, (dict, list)):
            if key not in _KEPT:
                yield from _leaves(value, (*place, key))
        elif key not in _KEPT:
            yield (*place, key)


def _get(record: Any, place: Place) -> Any:
    for key in place:
        record = record[key]
    return record


def _put(record: Any, place: Place, value: Any) -> None:
    _get(record, place[:-1])[place[-1]] = value


def _blamed(problems: Sequence[Problem], left: Sequence[Place]) -> list[Place]:
    """The fields that the problems are of; all where one is of the whole file."""
    keys = [problem.key for problem in problems]
    blamed = [
        p for p in left if any(_dotted(p).startswith(k) or k.startswith(_dotted(p)) for k in keys)
    ]
    return blamed or list(left)


def _dotted(place: Place) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place).lstrip(".")


def _named(place: Place) -> str:
    return re.sub(r"\[\d+\]", "", _dotted(place))


def _plain(model: type[BaseModel]) -> Wrong:
    def wrong(path: Path) -> list[Problem]:
        document, problems = read_yaml(path, path.name)
        if document is None or problems:
            return problems
        _, problems = read_record(document, model, {"zone": ZoneInfo("UTC")})
        return problems or list(personal_data(document, None))

    return wrong


def _of_rubric(path: Path) -> list[Problem]:
    document, problems = read_yaml(path, path.name)
    assert document is not None, problems
    record, wrong = read_record(document, Rubric, {"zone": ZoneInfo("UTC")})
    return [*problems, *wrong] or (list(check_rubric(record, document)) if record else [])


def _of_case(path: Path) -> list[Problem]:
    intake = Intake(path.parent, ZoneInfo("UTC"))
    document = intake.document(path)
    log = intake.record(document, CaseLog)
    if intake.problems or log is None or document is None:
        return intake.problems
    company = Company.of(CompanyFile(name="c", sector="s"), "c")
    return check_case(log, company, document)


def _turning(spells: Sequence[str]) -> Iterator[str]:
    return (spells[n * 7 % len(spells)] for n in count())


def _joined(spells: Sequence[str], most: int = 300) -> Iterator[str]:
    """The spells in turn, as many together as one line takes."""
    turn = _turning(spells)
    line = next(turn)
    for spell in turn:
        if len(line) + len(spell) + 3 > most:
            yield line
            line = spell
        else:
            line += f" · {spell}"


def _page(own: Sequence[str]) -> str:
    return f"# {own[0]}\n\n" + "\n\n".join(own)


def _paged(spells: Sequence[str]) -> Iterator[list[str]]:
    """The spells that a page takes, as many as one may hold."""
    page: list[str] = []
    for spell in spells:
        if unseen(spell) or CONTROLS.search(spell):
            continue
        text = _page([*page, spell])
        if page and (too_many_signs(text, MOST_SIGNS_OF_PAGE) or len(text) > LONGEST_PAGE):
            yield page
            page = []
        page.append(spell)
    yield page
