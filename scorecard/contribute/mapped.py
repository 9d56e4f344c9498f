"""One row of a table, read through its mapping → the nested text of a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from string import Template
from typing import Any

from scorecard.contribute.mapping import CaseRules, EventRule, TableMapping, listed
from scorecard.contribute.tables import Row
from scorecard.errors import ContentError, Problem

_PARTS = {"Y": r"(?P<Y>\d{4})", "M": r"(?P<M>\d{1,2})", "D": r"(?P<D>\d{1,2})"}


def fields(mapping: TableMapping, table: str, row: Row, record: str) -> dict[str, str]:
    """The row's fields: dates as YYYY-MM-DD, translations made; `table` is its name in messages.

    Raises ContentError where a cell is none of its values, or no date.
    """
    columns, rules = mapping.columns, mapping.rules
    found = {name: row.cells[heading] for name, heading in columns.columns.items()}
    problems: list[Problem] = []
    for name, heading in columns.columns.items():
        text, order, allowed = found[name], columns.dates.get(name), rules.values.get(name)
        day = _iso(text, order) if order and text else text
        if day is None or (allowed is not None and text not in allowed):
            expected = (
                f"a date written {order}" if day is None else f"one of {listed(allowed or ())}"
            )
            problems.append(Problem(table, row.line, 1, heading, f"'{text}'", expected))
        found[name] = day or ""
    if problems:
        raise ContentError(problems)
    found["record"] = record
    for name, translation in rules.tables.items():
        text = found[translation.of]
        other = text if translation.otherwise is None else translation.otherwise
        found[name] = translation.table.get(text, other)
    return found


def case_of(rules: CaseRules, values: Mapping[str, str]) -> dict[str, Any]:
    """The case that the fields' `values` make, as nested text in the order of the rules."""
    case: dict[str, Any] = {}
    for key, part in rules.case.items():
        filled = _filled(part, values) if isinstance(part, str) else _filled_keys(part, values)
        if filled:
            case[key] = filled
    written = [rule.write for rule in rules.timeline if _holds(rule, values)]
    return {**case, "timeline": [_filled_keys(event, values) for event in written]}


def _iso(text: str, order: str) -> str | None:
    """The date as YYYY-MM-DD; None where `text` is none in that order."""
    pattern = re.sub("Y+|M+|D+", lambda part: _PARTS[part[0][0]], re.escape(order))
    match = re.fullmatch(pattern, text)
    try:
        return (
            date(int(match["Y"]), int(match["M"]), int(match["D"])).isoformat() if match else None
        )
    except ValueError:
        return None


def _holds(rule: EventRule, values: Mapping[str, str]) -> bool:
    if any(values[name] not in texts for name, texts in rule.when.items()):
        return False
    ordered, mixed = _dates(rule.in_order, values), _dates(rule.out_of_order, values)
    return ordered == sorted(ordered) and (not mixed or mixed != sorted(mixed))


def _dates(names: tuple[str, ...], values: Mapping[str, str]) -> list[str]:
    return [values[name] for name in names if values[name]]


def _filled_keys(texts: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    filled = {key: _filled(text, values) for key, text in texts.items()}
    return {key: text for key, text in filled.items() if text}


def _filled(text: str, values: Mapping[str, str]) -> str:
    template = Template(text)
    return (
        template.substitute(values)
        if all(values[name] for name in template.get_identifiers())
        else ""
    )
