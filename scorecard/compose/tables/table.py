"""What a published table is: its columns, keys and words. The tables themselves: `codebook.py`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

from scorecard.judge.finding import Reason, say

Type: TypeAlias = Literal["string", "integer", "number", "boolean", "date", "datetime"]
"""As Table Schema names them."""
Cell: TypeAlias = str | float | int | date | None

TYPES: dict[Type, Reason] = {
    "string": say("text"),
    "integer": say("whole number"),
    "number": say("number"),
    "boolean": say("true or false"),
    "date": say("date"),
    "datetime": say("date and time"),
}
"""The types as people read them."""


class Column(Struct, frozen=True):
    """A column. `says` are the sentences that describe it.

    Its cells lie in `least`…`most`, are one of `among`, and fit `pattern`, as far as these are told; a
    `required` one is never empty. `example`: one that could be there.
    """

    name: str
    type: Type
    says: tuple[Reason, ...]
    required: bool = False
    unit: Reason | None = None
    least: float | None = None
    most: float | None = None
    among: tuple[str, ...] = ()
    pattern: str | None = None
    example: str | None = None

    @property
    def free(self) -> bool:
        """May its text be whatever its writer liked?"""
        return self.type == "string" and not self.among and not self.pattern


class Reference(Struct, frozen=True):
    """The cells of `columns` are found in a row of another table, in the columns of its key."""

    columns: tuple[str, ...]
    table: str


class Table(Struct, frozen=True):
    """A table. `key` names the columns that tell its rows apart, `label` the one that names a row.

    `indexed`: what a database should find quickly beside its key. `by_company`: each company has its own.
    """

    name: str
    title: Reason
    says: Reason
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[Reference, ...] = ()
    indexed: tuple[tuple[str, ...], ...] = ()
    label: str | None = None
    by_company: bool = True


def named(tables: Iterable[Table], name: str) -> Table:
    """The table of this name."""
    return next(table for table in tables if table.name == name)
