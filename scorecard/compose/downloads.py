"""The tables as files: CSVs of the site and of each company, one SQLite database, and what describes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scorecard.compose import page as addresses
from scorecard.compose.codebook import tables
from scorecard.compose.csv_text import csv_headings, csv_rows
from scorecard.compose.data_package import Described, File
from scorecard.compose.database import Database
from scorecard.compose.gathered import Gathered
from scorecard.compose.table_rows import TableRows
from scorecard.compose.words import Words


def downloads(gathered: Gathered, words: Words) -> Iterator[tuple[str, bytes]]:
    """Every file of tables: addresses and bytes. Texts of the method are in the language of `words`.

    Each row is made once: a company's part of a table is a part of the site's.
    """
    described = tables(gathered.content.rubric)
    say = Described(gathered, described, words)
    made = TableRows(gathered, {table.name: table for table in described}, words)
    parts: dict[str, list[str]] = defaultdict(list)
    with Database(described, words) as database:
        for table in described:
            if not table.by_company:
                rows = made.of_site(table.name)
                database.add(table, rows)
                parts[table.name].append(csv_rows(table.columns, rows))
        for company in made.companies():
            files = []
            of_company = made.of_company(company)
            for table in described:
                if table.by_company:
                    rows = of_company[table.name]
                    database.add(table, rows)
                    text = csv_rows(table.columns, rows)
                    parts[table.name].append(text)
                    whole = (csv_headings(table.columns) + text).encode()
                    files.append(File(addresses.table(table.name, company), whole, table))
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
    files.append(File(addresses.DATABASE, base))
    files.append(File(addresses.METHOD, gathered.content.method.encode()))
    yield from ((file.address, file.content) for file in files)
    yield addresses.data_package(), say.package(files).encode()
    yield addresses.DATABASE_WORDS, say.datasette().encode()
