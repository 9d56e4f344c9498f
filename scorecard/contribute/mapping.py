"""How a table's rows become cases: the mapping's files and the few functions they can name.

A mapping is three files in content/mappings/, so that tables of one register share what they can:

    <table>.yaml       its columns: which heading is which field, how its dates are written
    <cases>.yaml       what a row says: the values it may hold, the case and its events
    <companies>.yaml   which spellings are one company, and that company's name and sector

What a mapping can say is told, with an example, in docs/import.md. There is nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Template
from typing import Annotated, Literal, TypeVar

from msgspec import Struct
from pydantic import Field, StringConstraints

from scorecard.errors import ContentError, Problem, UsageError
from scorecard.fields import Country, Line, Record, Slug
from scorecard.load.records import nearest, read_record
from scorecard.load.yaml_text import Document, KeyPath, read_yaml

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.yaml$")]
DateOrder = Literal[
    "YYYY-MM-DD", "M/D/YYYY", "D/M/YYYY", "M-D-YYYY", "D-M-YYYY", "M.D.YYYY", "D.M.YYYY"
]
Currency = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|\$[a-z][a-z_]*)$")]
R = TypeVar("R", bound=Record)


class Words(Record):
    """A table's words for yes and for no, whatever their capitals."""

    yes: Annotated[tuple[str, ...], Field(min_length=1)]
    no: Annotated[tuple[str, ...], Field(min_length=1)]


class Group(Record):
    """Rows that are turns of conversations, one conversation a case."""

    by: Annotated[FieldName, Field(description="Names the conversation; the case's id.")]
    order: Annotated[FieldName, Field(description="Numbers or times by which its turns follow.")]


class Columns(Record):
    """A table's shape: one file for each way in which a register's tables come."""

    prefix: Annotated[Slug, Field(description="Starts the id of every case.")]
    id: Annotated[
        Line | None, Field(description="The heading of the record's number; none: the row's hash.")
    ] = None
    cases: Annotated[FileName, Field(description="The file of case rules, beside this one.")]
    companies: Annotated[FileName, Field(description="The file of companies, beside this one.")]
    sheet: Annotated[
        Line | None, Field(description="Of an XLSX workbook; none: its first sheet.")
    ] = None
    columns: Annotated[dict[FieldName, Line], Field(description="Field: the column's heading.")]
    group: Annotated[Group | None, Field(description="None: each row is a case.")] = None
    lower: tuple[FieldName, ...] = Field((), description="Fields put in small letters.")
    dates: dict[FieldName, DateOrder] = Field({}, description="Field: how it is written.")
    money: dict[FieldName, Currency] = Field(
        {}, description="Field: the currency of its numbers, or the $field that holds it."
    )
    yes_no: dict[FieldName, Words] = Field({}, description="Field: what becomes true and false.")


class Translation(Record):
    """A new field, made from another: `table` says of which text comes which."""

    of: FieldName
    table: dict[str, str]
    otherwise: Annotated[
        str | None, Field(description="For texts that are not in the table; none: the text itself.")
    ] = None


class EventRule(Record):
    """An event and when it is written: all conditions must hold. Without any, always."""

    write: dict[str, str]
    when: dict[FieldName, tuple[str, ...]] = Field({}, description="Each is one of these texts.")
    in_order: Annotated[
        tuple[FieldName, ...], Field(description="These dates follow each other, or are equal.")
    ] = ()
    out_of_order: Annotated[tuple[FieldName, ...], Field(description="These dates do not.")] = ()


class CaseRules(Record):
    """What a row says: shared by all tables of a register."""

    values: dict[FieldName, tuple[str, ...]] = Field({}, description="All that a field may be.")
    tables: dict[FieldName, Translation] = Field({}, description="The new fields, in order.")
    case: Annotated[dict[str, str | dict[str, str]], Field(description="All but the timeline.")]
    timeline: Annotated[tuple[EventRule, ...], Field(min_length=1)]


class CompanyEntry(Record):
    """A company and the other spellings of its name in the tables."""

    name: Line
    sector: Slug
    spellings: tuple[Line, ...] = ()


class CompanyNames(Record):
    """The companies of a register. Rows of others are skipped."""

    country: Country | None = None
    companies: dict[Slug, CompanyEntry]


class TableMapping(Struct, frozen=True):
    """A whole mapping: its three files, its companies by spelling, and where its keys stand."""

    document: Document
    columns: Columns
    rules: CaseRules
    names: CompanyNames
    by_spelling: Mapping[str, str]

    def company(self, spelling: str) -> str | None:
        """The slug of the company of this `spelling`, whatever its capitals and punctuation."""
        return self.by_spelling.get(_letters(spelling))


def read_mapping(path: Path) -> TableMapping:
    """The mapping in `path` and the two files it names, or ContentError with all that is wrong."""
    if not path.is_file():
        raise UsageError(f"There is no mapping {path}.")
    document, columns = _read(path, Columns)
    for key in ("cases", "companies"):
        if not (path.parent / getattr(columns, key)).is_file():
            found = f"'{getattr(columns, key)}', which is not there"
            raise ContentError([document.problem((key,), found, "a file beside the mapping")])
    rules_document, rules = _read(path.parent / columns.cases, CaseRules)
    names_document, names = _read(path.parent / columns.companies, CompanyNames)
    by_spelling, problems = _by_spelling(names, names_document)
    known = {*columns.columns, "record"}
    problems += _unknown_names(document, _read_fields(columns), known)
    if columns.group and columns.id:
        found = "'id' as well as 'group'"
        problems.append(document.key_problem(("id",), found, "one of them: a group has its own id"))
    problems += _unknown_names(rules_document, _named_fields(rules), known | {*rules.tables})
    if problems:
        raise ContentError(problems)
    return TableMapping(document, columns, rules, names, by_spelling)


def _read(path: Path, model: type[R]) -> tuple[Document, R]:
    document, problems = read_yaml(path, path.as_posix())
    if document is not None:
        record, more = read_record(document, model, {})
        problems = [*problems, *more]
        if record is not None and not problems:
            return document, record
    raise ContentError(problems)


def _by_spelling(names: CompanyNames, document: Document) -> tuple[dict[str, str], list[Problem]]:
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for slug, entry in names.companies.items():
        for spelling in (entry.name, *entry.spellings):
            other = found.setdefault(_letters(spelling), slug)
            if other != slug:
                path: KeyPath = ("companies", slug)
                what = f"'{spelling}', which is also {other}"
                problems.append(document.problem(path, what, "each spelling under one company"))
    return found, problems


def _letters(spelling: str) -> str:
    folded = unicodedata.normalize("NFKC", spelling).casefold()
    return " ".join("".join(c for c in folded if c.isalnum() or c.isspace()).split())


def _read_fields(columns: Columns) -> Iterator[tuple[KeyPath, str]]:
    """Every field that says how a column is read, with its place, and the one that must be there."""
    yield ("columns",), "company"
    for key in ("dates", "money", "yes_no"):
        yield from (((key, name), name) for name in getattr(columns, key))
    for name, currency in columns.money.items():
        if currency.startswith("$"):
            yield ("money", name), currency[1:]
    yield from ((("lower", index), name) for index, name in enumerate(columns.lower))
    if columns.group:
        yield ("group", "by"), columns.group.by
        yield ("group", "order"), columns.group.order


def _named_fields(rules: CaseRules) -> Iterator[tuple[KeyPath, str]]:
    """Every field that the rules name, with its place; `$` for text that cannot be filled in."""
    for name in rules.values:
        yield ("values", name), name
    for name, translation in rules.tables.items():
        yield ("tables", name, "of"), translation.of
    for key, part in rules.case.items():
        for text in [part] if isinstance(part, str) else part.values():
            yield from ((("case", key), name) for name in _placeholders(text))
    for index, rule in enumerate(rules.timeline):
        path: KeyPath = ("timeline", index)
        names = [*rule.when, *rule.in_order, *rule.out_of_order]
        names += [name for text in rule.write.values() for name in _placeholders(text)]
        yield from ((path, name) for name in names)


def _placeholders(text: str) -> list[str]:
    return Template(text).get_identifiers() if Template(text).is_valid() else ["$"]


def _unknown_names(
    document: Document, named: Iterator[tuple[KeyPath, str]], known: set[str]
) -> list[Problem]:
    return [
        document.problem(
            path, f"the field '{name}'", f"one of {listed(sorted(known))}", nearest(name, known)
        )
        for path, name in named
        if name not in known
    ]


def listed(names: Iterable[str]) -> str:
    """The texts in quotes, for messages."""
    return ", ".join(f"'{name}'" for name in names)
