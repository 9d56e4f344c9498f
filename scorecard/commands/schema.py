"""`schema`: the JSON Schemas of every file in the content, for editors that check as you type."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pydantic import BaseModel

from scorecard.contribute.mapping import CaseRules, Columns, CompanyNames
from scorecard.fields import schema_of
from scorecard.load.content import Sectors
from scorecard.model import CaseLog, CompanyFile
from scorecard.rubric import Rubric
from scorecard.site import Site

HELP = "Writes the JSON Schemas of every file in the content."
EXAMPLE = "schema --out schema"

SCHEMAS: dict[str, type[BaseModel]] = {
    "case": CaseLog,
    "company": CompanyFile,
    "site": Site,
    "sectors": Sectors,
    "rubric": Rubric,
    "mapping": Columns,
    "mapping-cases": CaseRules,
    "mapping-companies": CompanyNames,
}


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument(
        "--out", type=Path, default=Path("schema"), metavar="DIR", help="the folder"
    )


def run(options: argparse.Namespace) -> int:
    """Writes them and tells where."""
    options.out.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        path = options.out / f"{name}.schema.json"
        path.write_text(schema_text(name), "utf-8")
    print(f"{len(SCHEMAS)} schemas in {options.out}/")
    return 0


def schema_text(name: str) -> str:
    """The schema of a kind of file."""
    schema = schema_of(SCHEMAS[name])
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
