"""The tables as files: CSVs of the site and of each company, one SQLite database, and what describes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from msgspec import Struct

from scorecard.collecting import no_collecting
from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.tables.codebook import tables
from scorecard.compose.tables.csv_text import csv_headings, csv_rows
from scorecard.compose.tables.data_package import Described, File
from scorecard.compose.tables.database import Database
from scorecard.compose.tables.rows import Rows, TableRows
from scorecard.compose.tables.table import Table, named
from scorecard.compose.words import Words, words_in
from scorecard.parallel import Jobs, in_parts, shared

_WIDE = "events"
"""The rows of this table come into the site's database from the companies' own, in the order of its key:
handing over forty cells for each takes six times as long."""


class _Own(NamedTuple):
    """The files of a company, and the rows that the site's database is given as well."""

    files: list[File]
    package: File
    rows: dict[str, Rows]


class _Needed(Struct, frozen=True):
    """What the files of companies are made from. `begun`: what the database of each begins with."""

    gathered: Gathered
    language: str
    companies: Rows
    begun: bytes


def downloads(gathered: Gathered, words: Words, jobs: Jobs) -> Iterator[tuple[str, bytes]]:
    """Every file of tables: addresses and bytes. Texts of the method are in the language of `words`.

    Each row is made once: a company's part of a table is a part of the site's. The same whoever
    shares the work.
    """
    described = tables(gathered.content.rubric)
    made = TableRows(gathered, described, words)
    of_site = {table.name: made.of_site(table.name) for table in described if not table.by_company}
    begun = _begun(described, words, {"rules": of_site["rules"]})
    needed = _Needed(gathered, words.language, of_site["companies"], begun)
    parts: dict[str, list[bytes]] = defaultdict(list)
    for table in described:
        parts[table.name].append(csv_headings(table.columns).encode())
    with Database(described, words) as database:
        for table in described:
            if rows := of_site.get(table.name):
                database.add(table, rows)
                parts[table.name].append(csv_rows(table.columns, rows).encode())
        done = shared(_of_companies, needed, in_parts(made.companies()), jobs)
        for own in chain.from_iterable(done):
            for file in own.files:
                if file.table is None:
                    database.join(file.content, named(described, _WIDE))
                else:
                    database.add(file.table, own.rows.get(file.table.name, ()))
                    parts[file.table.name].append(file.content[len(parts[file.table.name][0]) :])
            yield from ((file.address, file.content) for file in (*own.files, own.package))
        base = database.finished()
    files = [
        File(addresses.table(table.name), b"".join(parts.pop(table.name)), table)
        for table in described
    ]
    files.append(File(addresses.database(), base))
    files.append(File(addresses.METHOD, gathered.content.method.encode()))
    yield from ((file.address, file.content) for file in files)
    say = Described(gathered, described, words)
    yield addresses.data_package(), say.package(files).encode()
    yield addresses.DATABASE_WORDS, say.datasette().encode()


@no_collecting()
def _of_companies(needed: _Needed, companies: Sequence[str]) -> list[_Own]:
    """The files of these companies."""
    gathered, words = needed.gathered, words_in(needed.language)
    described = tables(gathered.content.rubric)
    made = TableRows(gathered, described, words)
    say = Described(gathered, described, words)
    return [_of_company(needed, company, described, made, say) for company in companies]


def _of_company(
    needed: _Needed, company: str, described: Sequence[Table], made: TableRows, say: Described
) -> _Own:
    rows = made.of_company(company)
    family = {company, needed.gathered.content.companies[company].part_of}
    files = []
    with Database(described, words_in(needed.language), needed.begun) as database:
        for table in described:
            if table.name == "companies":
                database.add(table, [row for row in needed.companies if row[0] in family])
            if table.by_company:
                database.add(table, rows[table.name])
                text = csv_headings(table.columns) + csv_rows(table.columns, rows[table.name])
                files.append(File(addresses.table(table.name, company), text.encode(), table))
        files.append(File(addresses.database(company), database.finished()))
    package = File(addresses.data_package(company), say.package(files, company).encode())
    return _Own(files, package, {name: own for name, own in rows.items() if name != _WIDE})


def _begun(described: Sequence[Table], words: Words, shared: Mapping[str, Rows]) -> bytes:
    """What the database of every company begins with: the empty tables, described, and what all share."""
    with Database(described, words) as database:
        for table in described:
            database.add(table, shared.get(table.name, ()))
        return database.finished()
