"""A table's rows → case files: everything is read, mapped and checked, and only then written."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from scorecard.contribute.case_text import case_text, company_text
from scorecard.contribute.mapped import case_of, fields
from scorecard.contribute.mapping import TableMapping, listed, read_mapping
from scorecard.contribute.tables import Row, Table, read_table
from scorecard.errors import ContentError, Problem, ScorecardError, UsageError
from scorecard.fields import SLUG
from scorecard.load.checks import check_case
from scorecard.load.records import read_record
from scorecard.load.yaml_text import Document
from scorecard.model import Case, CaseLog

HASH_LENGTH = 10
"""Hexadecimal digits of the SHA-256 that names a row without a number of its own."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: counts of rows, and each skipped row's number with the reason.

    A row's number is the one a spreadsheet shows: the headings are row 1. Every row that was read
    is written, unchanged or skipped. `companies` counts the company files that were missing and
    are written. Of a dry run: what would have been done.
    """

    read: int
    written: int
    unchanged: int
    skipped: tuple[tuple[int, str], ...]
    companies: int


@dataclass(slots=True)
class _Plan:
    """What is to be written into `content`, gathered before anything is."""

    mapping: TableMapping
    table: str
    content: Path
    seen: dict[str, Row] = field(default_factory=dict)
    cases: dict[Path, str] = field(default_factory=dict)
    companies: dict[Path, str] = field(default_factory=dict)
    unchanged: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Adds the row's case, or the reason why it is skipped. Raises ContentError."""
        record, slug = _named(self.mapping, self.table, row)
        first = self.seen.setdefault(slug, row)
        spelling = row.cells[self.mapping.columns.columns["company"]]
        company = self.mapping.company(spelling)
        if first is not row:
            other = "" if first.cells == row.cells else " by its id, but with other cells"
            self.skipped.append((row.number, f"duplicate of row {first.number}{other}"))
        elif company is None:
            self.skipped.append((row.number, f"company not in the mapping: {spelling or '(none)'}"))
        else:
            values = fields(self.mapping, self.table, row, record)
            case = case_of(self.mapping.rules, values)
            _refuse_bad_case(Document(self.table, case, {(): (row.line, 1)}, {}), company, slug)
            self._add_case(row, company, slug, case_text(case))

    def _add_case(self, row: Row, company: str, slug: str, text: str) -> None:
        name = f"cases/{company}/{slug}.yaml"
        there = _there(self.content / name)
        if there is None:
            self.cases[self.content / name] = text
            self._add_company(company)
        elif there == text:
            self.unchanged += 1
        else:
            self.skipped.append((row.number, f"edited since: {name}"))

    def _add_company(self, slug: str) -> None:
        path = self.content / "companies" / f"{slug}.yaml"
        if path not in self.companies and not path.exists():
            names = self.mapping.names
            company = names.companies[slug].model_dump(exclude={"spellings"})
            if names.country:
                company["country"] = names.country
            self.companies[path] = company_text(company)


def import_table(
    table: Path, mapping_file: Path, content: Path, *, dry_run: bool = False
) -> ImportReport:
    """Writes a case into `content` for every row of `table` that is not there yet.

    A case that is there is never touched, whatever its file says now; a company is written only
    where its file is missing. With `dry_run` nothing is written at all.

    Raises ContentError with every mistake in table and mapping, UsageError where a file is missing
    or of a kind that is not read, ScorecardError where the disk fails; of the first two nothing has
    been written.
    """
    if not content.is_dir():
        raise UsageError(f"There is no content folder {content}.")
    mapping = read_mapping(mapping_file)
    rows = read_table(table, mapping.columns.sheet)
    _refuse_missing_columns(mapping, rows)
    plan = _planned(mapping, rows, content)
    if not dry_run:
        for path, text in [*plan.companies.items(), *plan.cases.items()]:
            _write(path, text)
    return ImportReport(
        read=len(rows.rows),
        written=len(plan.cases),
        unchanged=plan.unchanged,
        skipped=tuple(plan.skipped),
        companies=len(plan.companies),
    )


def _refuse_missing_columns(mapping: TableMapping, table: Table) -> None:
    named: dict[tuple[str, ...], str] = {
        ("columns", name): heading for name, heading in mapping.columns.columns.items()
    }
    if mapping.columns.id is not None:
        named["id",] = mapping.columns.id
    missing = {path: heading for path, heading in named.items() if heading not in table.headings}
    if missing:
        raise ContentError(
            mapping.document.problem(
                path,
                f"the column '{heading}', which {table.name} does not have",
                f"one of its columns: {listed(table.headings)}",
                _nearest(heading, table.headings),
            )
            for path, heading in missing.items()
        )


def _nearest(heading: str, headings: Iterable[str]) -> str:
    folded = {known.casefold(): known for known in headings}
    close = difflib.get_close_matches(heading.casefold(), folded, n=1)
    return f"Did you mean '{folded[close[0]]}'?" if close else ""


def _planned(mapping: TableMapping, table: Table, content: Path) -> _Plan:
    plan = _Plan(mapping, table.name, content)
    problems: list[Problem] = []
    for row in table.rows:
        try:
            plan.add(row)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(_each_once(problems))
    return plan


def _named(mapping: TableMapping, table: str, row: Row) -> tuple[str, str]:
    """The record's name and its case's slug: from the register's own number, which is for good,
    or else from a hash of all the row's cells, whatever the order of the columns."""
    prefix, heading = mapping.columns.prefix, mapping.columns.id
    if heading is None:
        cells = json.dumps(row.cells, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(cells.encode()).hexdigest()[:HASH_LENGTH]
        return f"row {digest}", f"{prefix}-{digest}"
    record = row.cells[heading]
    slug = f"{prefix}-{record.lower()}"
    if len(slug) > 64 or not re.fullmatch(SLUG, slug):
        expected = (
            f"a number of letters, digits and single hyphens, at most {63 - len(prefix)} long"
        )
        raise ContentError([Problem(table, row.line, 1, heading, f"'{record}'", expected)])
    return record, slug


def _refuse_bad_case(document: Document, company: str, slug: str) -> None:
    """Holds the case against all that a contributor's case is held against."""
    log, problems = read_record(document, CaseLog, {})
    if log is not None:
        case = Case.model_construct(**log.__dict__, company=company, slug=slug)
        problems = check_case(case, None, document)
    if problems:
        raise ContentError(problems)


def _each_once(problems: Iterable[Problem]) -> list[Problem]:
    """Each mistake at its first place only, saying how many more there are of it."""
    first: dict[tuple[str, str, str], Problem] = {}
    more: dict[tuple[str, str, str], int] = {}
    for problem in problems:
        what = (problem.key, problem.found, problem.expected)
        more[what] = more.get(what, -1) + 1
        first.setdefault(what, problem)
    return [
        replace(problem, hint=f"{problem.hint} The same in {more[what]:,} more rows.".strip())
        if more[what]
        else problem
        for what, problem in first.items()
    ]


def _there(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None


def _write(path: Path, text: str) -> None:
    """The whole file or none of it, also when the machine stops halfway."""
    unfinished = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(text.encode())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ScorecardError(
            f"{path} cannot be written: {error.strerror}. Import again to write the rest."
        ) from error
