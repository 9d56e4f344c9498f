"""The tables as files: CSVs of the site and of each company, one SQLite database, and what describes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from scorecard.compose import page as addresses
from scorecard.compose.codebook import tables
from scorecard.compose.csv_text import csv_headings, csv_rows
from scorecard.compose.data_package import Described, File
from scorecard.compose.database import Database
from scorecard.compose.gathered import Gathered
from scorecard.compose.table_rows import Rows, TableRows
from scorecard.compose.tables import Table
from scorecard.compose.words import Words


def downloads(gathered: Gathered, words: Words) -> Iterator[tuple[str, bytes]]:
    """Every file of tables: addresses and bytes. Texts of the method are in the language of `words`.

    Each row is made once: a company's part of a table is a part of the site's.
    """
    described = tables(gathered.content.rubric)
    say = Described(gathered, described, words)
    made = TableRows(gathered, {table.name: table for table in described}, words)
    parts: dict[str, list[str]] = defaultdict(list)
    shared = {table.name: made.of_site(table.name) for table in described if not table.by_company}
    begun = _begun(described, words, {"rules": shared["rules"]})
    with Database(described, words) as database:
        for table in described:
            if rows := shared.get(table.name):
                database.add(table, rows)
                parts[table.name].append(csv_rows(table.columns, rows))
        for company in made.companies():
            files = []
            of_company = made.of_company(company)
            family = {company, gathered.content.companies[company].part_of}
            with Database(described, words, begun) as own:
                for table in described:
                    if table.name == "companies":
                        own.add(table, [row for row in shared["companies"] if row[0] in family])
                    if table.by_company:
                        rows = of_company[table.name]
                        own.add(table, rows)
                        database.add(table, rows)
                        text = csv_rows(table.columns, rows)
                        parts[table.name].append(text)
                        whole = (csv_headings(table.columns) + text).encode()
                        files.append(File(addresses.table(table.name, company), whole, table))
                files.append(File(addresses.database(company), own.finished()))
            yield from ((file.address, file.content) for file in files)
            yield addresses.data_package(company), say.package(files, company).encode()
        base = database.finished()
    files = [
        File(
            addresses.table(table.name),
            "".join([csv_headings(table.columns), *parts.pop(table.name, ())]).encode(),
            table,
        )
        for table in described
    ]
    files.append(File(addresses.database(), base))
    files.append(File(addresses.METHOD, gathered.content.method.encode()))
    yield from ((file.address, file.content) for file in files)
    yield addresses.data_package(), say.package(files).encode()
    yield addresses.DATABASE_WORDS, say.datasette().encode()


def _begun(described: Sequence[Table], words: Words, shared: Mapping[str, Rows]) -> bytes:
    """What the database of every company begins with: the empty tables, described, and what all share."""
    with Database(described, words) as database:
        for table in described:
            database.add(table, shared.get(table.name, ()))
        return database.finished()
