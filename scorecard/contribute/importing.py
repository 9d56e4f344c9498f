"""A table's rows → case files: everything is read, mapped and checked, and only then written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from scorecard.contribute.case_text import case_text, company_text
from scorecard.contribute.cells import mixed_dates
from scorecard.contribute.grouping import Entry, count_entries, entries, slug_of
from scorecard.contribute.mapped import case_of, fields
from scorecard.contribute.mapping import TableMapping, listed, read_mapping
from scorecard.contribute.tables import Table, read_table
from scorecard.contribute.writing import refuse_outside
from scorecard.errors import ContentError, Problem, ScorecardError, UsageError
from scorecard.load.checks import check_case
from scorecard.load.on_disk import Place, RefusedError, plain_bytes
from scorecard.load.records import nearest, read_record
from scorecard.load.yaml_text import Document, KeyPath
from scorecard.model import CaseLog

_SHOWN = 12


class ImportReport(Struct, frozen=True):
    """What an import did: counts, and the number of each skipped row with the reason.

    A row's number is the one a spreadsheet shows: the headings are row 1. `read` counts rows,
    `entries` what cases could be made of: the rows, or the conversations. Every row is written,
    unchanged or skipped; a conversation is so as a whole, with its first row's number, and of a
    turn that stands there twice the second row is skipped. `companies` counts the company files
    that were missing and are written. Of a dry run: what would have been done.
    """

    read: int
    entries: int
    written: int
    unchanged: int
    skipped: tuple[tuple[int, str], ...]
    companies: int


class _Plan(Struct):
    """What is to be written into `content`, gathered before anything is."""

    mapping: TableMapping
    table: str
    content: Path
    seen: dict[str, Entry] = field(default_factory=dict)
    cases: dict[Path, str] = field(default_factory=dict)
    companies: dict[Path, str] = field(default_factory=dict)
    unchanged: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Adds the entry's case, or the reason why it is skipped. Raises ContentError."""
        slug = slug_of(self.mapping, self.table, entry)
        row = entry.rows[0]
        first = self.seen.setdefault(slug, entry)
        spelling = row.cells[self.mapping.columns.columns["company"]]
        company = self.mapping.company(spelling)
        if first is not entry:
            same = [one.cells for one in first.rows] == [one.cells for one in entry.rows]
            other = "" if same else " by its id, but with other cells"
            self.skipped.append((row.number, f"duplicate of row {first.rows[0].number}{other}"))
        elif company is None:
            self.skipped.append((row.number, f"company not in the mapping: {spelling or '(none)'}"))
        else:
            turns = [fields(self.mapping, self.table, one, entry.record) for one in entry.rows]
            case, rows = case_of(self.mapping.rules, turns)
            if not rows:
                self.skipped.append((row.number, "nothing that the mapping writes as an event"))
                return
            places: dict[KeyPath, Place] = {(): (row.line, 1)}
            places |= {("timeline", i): (entry.rows[at].line, 1) for i, at in enumerate(rows)}
            _refuse_bad_case(Document(self.table, case, places, {}))
            self._add_case(row.number, company, slug, case_text(case))

    def _add_case(self, row: int, company: str, slug: str, text: str) -> None:
        name = f"cases/{company}/{slug}.yaml"
        refuse_outside(self.content, self.content / name)
        there = _there(self.content / name)
        if there is None:
            self.cases[self.content / name] = text
            self._add_company(company)
        elif there == text:
            self.unchanged += 1
        else:
            self.skipped.append((row, f"edited since: {name}"))

    def _add_company(self, slug: str) -> None:
        path = self.content / "companies" / f"{slug}.yaml"
        if path not in self.companies and not os.path.lexists(path):
            refuse_outside(self.content, path)
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
        raise UsageError(f"There is no content folder '{content}'.")
    mapping = read_mapping(mapping_file)
    rows = read_table(table, mapping.columns.sheet)
    _refuse_missing_columns(mapping, rows)
    plan = _planned(mapping, rows, content)
    if not dry_run:
        for path, text in [*plan.companies.items(), *plan.cases.items()]:
            _write(path, text)
    return ImportReport(
        read=len(rows.rows),
        entries=count_entries(mapping, rows),
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
                f"one of its columns: {_columns(table)}",
                nearest(heading, table.headings),
            )
            for path, heading in missing.items()
        )


def _columns(table: Table) -> str:
    more = len(table.headings) - _SHOWN
    return listed(table.headings[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _planned(mapping: TableMapping, table: Table, content: Path) -> _Plan:
    if mixed := [*mixed_dates(mapping, table)]:
        raise ContentError(mixed)
    found, skipped = entries(mapping, table)
    plan = _Plan(mapping, table.name, content, skipped=skipped)
    problems: list[Problem] = []
    for entry in found:
        try:
            plan.add(entry)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(_each_once(problems))
    plan.skipped.sort()
    return plan


def _refuse_bad_case(document: Document) -> None:
    """Holds the case against all that a contributor's case is held against."""
    log, problems = read_record(document, CaseLog, {})
    if log is not None:
        problems = check_case(log, None, document)
    if any(problem.level == "error" for problem in problems):
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
    """What the file holds; nothing that an import writes, where it is no plain file."""
    try:
        return plain_bytes(path).decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except RefusedError:
        return ""


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
