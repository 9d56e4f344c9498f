"""One row of a table, or the turns of a conversation, read through a mapping → a case's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Template
from typing import Any

from scorecard.contribute.cells import read_cell
from scorecard.contribute.mapping import CaseRules, EventRule, TableMapping, listed
from scorecard.contribute.tables import Row
from scorecard.errors import ContentError, Problem

_DAY = len("2024-02-03")


def fields(mapping: TableMapping, table: str, row: Row, record: str) -> dict[str, str]:
    """The row's fields, each as a case writes it, translations made; `table` is for messages.

    Raises ContentError where a cell is none of its values, or not what its column holds.
    """
    columns, rules = mapping.columns, mapping.rules
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, heading in columns.columns.items():
        found[name], expected = read_cell(name, row.cells[heading], columns, row.cells)
        allowed = rules.values.get(name)
        if expected is None and allowed is not None and found[name] not in allowed:
            expected = f"one of {listed(allowed)}"
        if expected is not None:
            cell = f"'{row.cells[heading]}'"
            problems.append(Problem(table, row.line, 1, heading, cell, expected))
    if problems:
        raise ContentError(problems)
    found["record"] = record
    for name, translation in rules.tables.items():
        text = found[translation.of]
        other = text if translation.otherwise is None else translation.otherwise
        found[name] = translation.table.get(text, other)
    return found


def case_of(
    rules: CaseRules, turns: Sequence[Mapping[str, str]]
) -> tuple[dict[str, Any], list[int]]:
    """The case that the rows' fields make, as nested text in the order of the rules, and for each
    event of its timeline the position of its row.

    Each row gives its own events. The case's own keys take every field from the first row that
    has it.
    """
    values = {name: next((v[name] for v in turns if v[name]), "") for name in turns[0]}
    case: dict[str, Any] = {}
    for key, part in rules.case.items():
        filled = _filled(part, values) if isinstance(part, str) else _filled_keys(part, values)
        if filled:
            case[key] = filled
    written = [
        (position, _filled_keys(rule.write, turn))
        for position, turn in enumerate(turns)
        for rule in rules.timeline
        if _holds(rule, turn)
    ]
    return {**case, "timeline": [event for _, event in written]}, [at for at, _ in written]


def _holds(rule: EventRule, values: Mapping[str, str]) -> bool:
    if any(values[name] not in texts for name, texts in rule.when.items()):
        return False
    ordered, mixed = _dates(rule.in_order, values), _dates(rule.out_of_order, values)
    return ordered == sorted(ordered) and (not mixed or mixed != sorted(mixed))


def _dates(names: tuple[str, ...], values: Mapping[str, str]) -> list[str]:
    """The dates that there are, to the minute only if all of them are."""
    dates = [values[name] for name in names if values[name]]
    days = any(len(text) <= _DAY for text in dates)
    return [text[:_DAY] for text in dates] if days else dates


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
