"""What describes the downloads to programs: Data Package v2, and the words that Datasette shows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from scorecard.compose import page as addresses
from scorecard.compose.gathered import Gathered
from scorecard.compose.tables.csv_text import LINE_END
from scorecard.compose.tables.database import CODEBOOK, described
from scorecard.compose.tables.table import Column, Table
from scorecard.compose.tables.views import VIEWS
from scorecard.compose.words import Words
from scorecard.judge.finding import say
from scorecard.site import Site

_PROFILES = "https://datapackage.org/profiles/2.0/"
_NO_NAME = re.compile(r"[^a-z0-9._-]+")
_NO_LICENCE_NAME = re.compile(r"[^A-Za-z0-9._-]+")
DIALECT = {
    "$schema": f"{_PROFILES}tabledialect.json",
    "delimiter": ",",
    "lineTerminator": LINE_END,
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "skipInitialSpace": False,
}
ABOUT = say(
    "Companies by how they handle their customers, from dated case logs: scores with intervals, cases, "
    "findings, events, and the method."
)
DEFUSED = say(
    "In the CSV files an apostrophe stands before each =, +, - or @ that begins a text, or a part of it "
    "after a semicolon, tab or line break, also where only spaces and quotation marks stand between, so that "
    "no spreadsheet takes it for a formula. Take that one apostrophe away for the text as it was written; "
    "SQLite and JSON hold it so."
)


class File(NamedTuple):
    """A file of the package: its address and content; a table where it is one."""

    address: str
    content: bytes
    table: Table | None = None


class Described:
    """Says what the downloads of a site are, in one language; of a frozen one where it is frozen."""

    def __init__(
        self,
        gathered: Gathered,
        tables: Sequence[Table],
        words: Words,
    ) -> None:
        self._gathered = gathered
        self._whole = gathered.whole
        self._tables = tables
        self._words = words
        self._site = gathered.content.site
        self._schemas: dict[str, dict[str, Any]] = {}

    def package(self, files: Sequence[File], company: str | None = None) -> str:
        """The data package of the site, or of a company, with the files that it has."""
        own = self._gathered.content.companies[company] if company else None
        site = self._site
        name = company or _NO_NAME.sub("-", site.name.casefold()).strip("-") or "scorecard"
        about = self._words.say(ABOUT)
        package: dict[str, Any] = {
            "$schema": f"{_PROFILES}datapackage.json",
            "name": name,
            "title": f"{own.name} · {site.name}" if own else site.name,
            "description": f"{about} {self._words.say(DEFUSED)}",
            "homepage": self._whole(addresses.company(company) if company else addresses.DATA),
            "version": version(self._gathered),
            "created": f"{self._gathered.made['as_of']}T00:00:00Z",
            **self._gathered.made,
            **({"licenses": [licence]} if (licence := _licence(site)) else {}),
            "contributors": [{"title": name, "roles": ["editor"]} for name in site.authors],
            "sources": self._sources(company),
            "resources": [self._resource(file, files) for file in files],
        }
        return _json(package, indent=None if company else 1)

    def datasette(self) -> str:
        """Titles, licence, source and the meaning of every column, as Datasette reads them."""
        say_ = self._words.say
        site = self._site
        told: dict[str, Any] = {
            table.name: {
                "title": say_(table.title),
                "description": say_(table.says),
                "columns": {c.name: described(c, self._words) for c in table.columns},
                **({"label_column": table.label} if table.label else {}),
            }
            for table in self._tables
        }
        told |= {v.name: {"title": say_(v.title), "description": say_(v.says)} for v in VIEWS}
        codebook = {"title": say("Codebook"), "description": say("What every column means.")}
        told[CODEBOOK] = {name: say_(text) for name, text in codebook.items()}
        base = {
            "title": site.name,
            "description": say_(ABOUT),
            "source": site.name,
            "source_url": self._whole(addresses.DATA),
            **({"license": site.licence} if site.licence else {}),
            **({"license_url": site.licence_url} if site.licence_url else {}),
        }
        return _json({**base, "databases": {"scorecard": {**base, "tables": told}}})

    def _resource(self, file: File, files: Iterable[File]) -> dict[str, Any]:
        name, _, ending = file.address.rpartition("/")[2].rpartition(".")
        resource: dict[str, Any] = {
            "name": file.table.name if file.table else f"{name}-{ending}",
            "path": f"{name}.{ending}",
            "format": ending,
            "mediatype": MEDIA[ending],
            "bytes": len(file.content),
            "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        }
        if ending != "sqlite":
            resource["encoding"] = "utf-8"
        if file.table:
            here = {other.table.name for other in files if other.table}
            resource |= {
                "type": "table",
                "title": self._words.say(file.table.title),
                "description": self._words.say(file.table.says),
                "dialect": DIALECT,
                "schema": self._schema(file.table, here),
            }
        return resource

    def _schema(self, table: Table, here: set[str]) -> dict[str, Any]:
        """The table's schema; it refers only to tables that are in the package."""
        if table.name not in self._schemas:
            self._schemas[table.name] = {
                "$schema": f"{_PROFILES}tableschema.json",
                "fields": [self._field(column) for column in table.columns],
                "primaryKey": list(table.key),
                "missingValues": [""],
            }
        keys = {t.name: t.key for t in self._tables}
        references = [
            {
                "fields": list(reference.columns),
                "reference": {
                    "resource": "" if reference.table == table.name else reference.table,
                    "fields": list(keys[reference.table]),
                },
            }
            for reference in table.refers
            if reference.table in here
        ]
        return {**self._schemas[table.name], "foreignKeys": references}

    def _field(self, column: Column) -> dict[str, Any]:
        told = {
            "required": column.required or None,
            "minimum": column.least,
            "maximum": column.most,
            "enum": list(column.among) or None,
            "pattern": column.pattern,
        }
        constraints = {name: value for name, value in told.items() if value is not None}
        return {
            "name": column.name,
            "type": column.type,
            "description": described(column, self._words),
            **({"example": column.example} if column.example else {}),
            **({"unit": self._words.say(column.unit)} if column.unit else {}),
            **({"constraints": constraints} if constraints else {}),
        }

    def _sources(self, company: str | None) -> list[dict[str, str]]:
        """The site, and the registers that cases were taken from."""
        rows = self._gathered.rows[company] if company else self._gathered.every_row
        name = self._site.name
        found = {name: {"title": name, "path": self._whole(addresses.FRONT)}}
        for source in (row.case.source for row in rows):
            if source.kind == "register" and source.title:
                by = f"{source.title} ({source.author})" if source.author else source.title
                found.setdefault(by, {"title": by})
        return list(found.values())


MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "yaml": "application/yaml",
}


def version(gathered: Gathered) -> str:
    """The data's version: the day that they stand for, written as Semantic Versioning wants it."""
    day = gathered.scorecard.as_of
    return f"{day.year}.{day.month}.{day.day}"


def _licence(site: Site) -> dict[str, str] | None:
    if not site.licence:
        return None
    name = {"name": _NO_LICENCE_NAME.sub("-", site.licence), "title": site.licence}
    return name | ({"path": site.licence_url} if site.licence_url else {})


def _json(value: Mapping[str, Any], indent: int | None = 1) -> str:
    """As text; without an indent in one line, which takes a tenth of the time."""
    return json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
