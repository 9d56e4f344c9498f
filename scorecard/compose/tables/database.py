"""The tables as one SQLite database: typed, with their keys, indexes, views and the codebook."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from scorecard.compose.tables.table import Cell, Column, Table, Type
from scorecard.compose.tables.views import VIEWS
from scorecard.compose.words import Words

CODEBOOK = "codebook"
_TYPES: Mapping[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "datetime": "TEXT",
}
_FORMAT = "PRAGMA page_size = 4096; PRAGMA auto_vacuum = 0; PRAGMA encoding = 'UTF-8'"
"""What a file looks like inside, whatever the machine's SQLite would choose."""
_MADE_BY = slice(96, 100)
"""Where a file names the release of SQLite that wrote it; with a fixed one the bytes do not depend on it."""
_RELEASE = (3_037_000).to_bytes(4, "big")


class Database:
    """A database in memory that is filled table by table. Use it in a `with` statement.

    It begins empty, or with all that is in `begun`, a file that another one finished.
    """

    def __init__(self, tables: Sequence[Table], words: Words, begun: bytes = b"") -> None:
        self._tables = tables
        self._words = words
        self._begun = begun
        self._base = sqlite3.connect(":memory:", isolation_level=None)

    def __enter__(self) -> Self:
        if self._begun:
            self._base.deserialize(self._begun)
            self._base.execute("BEGIN")
            return self
        self._base.executescript(f"{_FORMAT}; ATTACH ':memory:' AS other")
        self._base.execute("BEGIN")
        keys = {table.name: table.key for table in self._tables}
        for table in self._tables:
            self._base.execute(_create(table, keys))
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def add(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        """More rows of a table. Raises sqlite3.IntegrityError where one is not as its columns say."""
        places = ", ".join("?" * len(table.columns))
        self._base.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)  # noqa: S608 - our names

    def join(self, other: bytes, table: Table) -> None:
        """All rows that a table has in another database, a finished file, in the order of its key."""
        self._base.execute("COMMIT")
        self._base.deserialize(other, name="other")
        self._base.execute("BEGIN")
        # Without a condition SQLite would copy the first rows as they lie, and lay the file out otherwise.
        query = f"INSERT INTO main.{table.name} SELECT * FROM other.{table.name} WHERE true"  # noqa: S608 - our names
        self._base.execute(query)

    def finished(self) -> bytes:
        """The whole file, with indexes, views and the codebook. The same tables give the same bytes."""
        if not self._begun:
            self._describe()
        self._base.execute("COMMIT")
        whole = bytearray(self._base.serialize())
        whole[_MADE_BY] = _RELEASE
        return bytes(whole)

    def _describe(self) -> None:
        for table in self._tables:
            for columns in table.indexed:
                name = "_".join((table.name, *columns))
                self._base.execute(f"CREATE INDEX {name} ON {table.name} ({_names(columns)})")
        for view in VIEWS:
            self._base.execute(f"CREATE VIEW {view.name} AS {view.query}")
        self._base.execute(_CODEBOOK)
        places = ", ".join("?" * 10)
        rows = list(_codebook_rows(self._tables, self._words))
        self._base.executemany(f"INSERT INTO {CODEBOOK} VALUES ({places})", rows)  # noqa: S608 - our names


_CODEBOOK = f"""CREATE TABLE {CODEBOOK} (
  "table" TEXT NOT NULL,
  "column" TEXT NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  description TEXT NOT NULL,
  required INTEGER NOT NULL,
  unit TEXT,
  minimum REAL,
  maximum REAL,
  "values" TEXT,
  PRIMARY KEY ("table", "column")
) WITHOUT ROWID"""


def _codebook_rows(tables: Sequence[Table], words: Words) -> Iterator[list[Cell]]:
    """A row for every column, and one with no column for each table and view as a whole."""
    for table in tables:
        about = f"{words.say(table.title)}. {words.say(table.says)}"
        yield [table.name, "", -1, "table", about, 0, None, None, None, None]
        for position, column in enumerate(table.columns):
            yield [
                table.name,
                column.name,
                position,
                column.type,
                described(column, words),
                int(column.required),
                words.say(column.unit) if column.unit else None,
                column.least,
                column.most,
                " ".join(column.among) or None,
            ]
    for view in VIEWS:
        yield [view.name, "", -1, "view", words.say(view.says), 0, None, None, None, None]


def described(column: Column, words: Words) -> str:
    """What a column means, in one text."""
    return " ".join(words.say(sentence) for sentence in column.says)


def _create(table: Table, keys: Mapping[str, Sequence[str]]) -> str:
    lines = [_defined(column) for column in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    for reference in table.refers:
        there = f"{reference.table} ({_names(keys[reference.table])})"
        lines.append(f"FOREIGN KEY ({_names(reference.columns)}) REFERENCES {there}")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table.name} (\n  {body}\n) WITHOUT ROWID"


def _defined(column: Column) -> str:
    """A column's definition: what its cells may be is held by the database as well."""
    name = f'"{column.name}"'
    checks = []
    values = ["0", "1"] if column.type == "boolean" else [_quoted(text) for text in column.among]
    if values:  # IN (…) would look in a list made anew for each row: that took half of all the time
        checks.append(f"({' OR '.join(f'{name} = {value}' for value in values)})")
    if column.least is not None:
        checks.append(f"{name} >= {column.least}")
    if column.most is not None:
        checks.append(f"{name} <= {column.most}")
    parts = [name, _TYPES[column.type]]
    parts += ["NOT NULL"] if column.required else []
    parts += [f"CHECK ({' AND '.join(checks)})"] if checks else []
    return " ".join(parts)


def _names(columns: Iterable[str]) -> str:
    """Columns in a list; quoted, because some have the name of a keyword."""
    return ", ".join(f'"{column}"' for column in columns)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
