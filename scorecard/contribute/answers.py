"""What is wrong with an answer, in the words that `check` has for it in a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import BaseModel

from scorecard.errors import Problem
from scorecard.load.checks import check_case
from scorecard.load.privacy import personal_data
from scorecard.load.records import nearest, read_record, shown
from scorecard.load.yaml_text import Document, KeyPath, key_path
from scorecard.model import CaseLog, Company
from scorecard.values import parse_time


class Judge(Struct, frozen=True):
    """What answers are held against: the site's time zone, the day, and the company it is about.

    `names` are the customer's own, as far as a mail thread shows them: no answer may hold one.
    """

    zone: ZoneInfo
    today: date
    company: Company | None = None
    names: tuple[str, ...] = ()

    def problems(self, model: type[BaseModel], values: Any, path: KeyPath) -> list[Problem]:
        """What is wrong with the value at `path` of a record that may still miss other keys."""
        document = Document("", values, {}, {})
        _, found = read_record(document, model, {"zone": self.zone})
        found += personal_data(document, self.company)
        found += [_named(name, path) for name in self.names if _holds(values, name)]
        key = key_path(path)
        sure = [problem for problem in found if problem.level == "error"]
        return [p for p in sure if p.key == key or p.key.startswith(f"{key}[")]

    def event_problems(self, event: Mapping[str, str], key: str) -> list[Problem]:
        """What is wrong with one key of an event, by itself and beside the keys answered so far."""
        path = ("timeline", 0, key)
        values = {**_LEAST, "timeline": [dict(event)]}
        if found := self.problems(CaseLog, values, path):
            return found
        if key == "at":
            begins = parse_time(event[key], self.zone).first
            if begins > datetime.combine(self.today, time.max):
                return [_problem(event[key], "a time that is not in the future", path)]
        document = Document("", values, {}, {})
        log, _ = read_record(document, CaseLog, {"zone": self.zone})
        if log is None:
            return []
        found = check_case(log, self.company, document)
        return [problem for problem in found if problem.key == key_path(path)]


_LEAST = {"title": "-", "wanted": "answer", "source": {"kind": "first-hand"}}


def wrong_choice(text: str, allowed: Collection[str]) -> list[Problem]:
    """What is wrong with an answer that must be one of these words."""
    if text in allowed:
        return []
    return [_problem(text, f"one of {', '.join(allowed)}", (), nearest(text, allowed))]


def _problem(text: str, expected: str, path: KeyPath, hint: str = "") -> Problem:
    return Problem("", 1, 1, key_path(path), shown(text), expected, hint)


def _named(name: str, path: KeyPath) -> Problem:
    expected = "no personal data"
    return Problem(
        "", 1, 1, key_path(path), f"your own name ('{name[:3]}…')", expected, "Leave it out."
    )


def _holds(values: Any, name: str) -> bool:
    if isinstance(values, dict):
        return any(_holds(value, name) for value in values.values())
    if isinstance(values, list):
        return any(_holds(value, name) for value in values)
    return name.casefold() in str(values).casefold()
