"""What a new case is written into: the site's own settings, its sectors and its companies."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import BaseModel

from scorecard.errors import ContentError, Problem, UsageError
from scorecard.fields import LONGEST_SLUG, Slug
from scorecard.load.content import Sectors
from scorecard.load.records import read_record
from scorecard.load.yaml_text import read_yaml
from scorecard.model import Company, CompanyFile
from scorecard.rubric import Sector
from scorecard.site import Site

R = TypeVar("R", bound=BaseModel)


class Desk(Struct, frozen=True):
    """A content folder, as far as somebody who writes a case needs it."""

    folder: Path
    site: Site
    sectors: Mapping[Slug, Sector]
    companies: Mapping[Slug, Company]

    def company(self, text: str) -> Company | None:
        """The company with this slug, earlier slug or name."""
        low = text.casefold()
        for company in self.companies.values():
            if low in (company.slug, company.name.casefold(), *company.known_as):
                return company
        return None

    def nearest(self, text: str) -> Company | None:
        """The company whose slug or name looks most like this text."""
        named = {c.name.casefold(): c for c in self.companies.values()}
        named |= {c.slug: c for c in self.companies.values()}
        close = difflib.get_close_matches(text.casefold(), named, n=1, cutoff=0.7)
        return named[close[0]] if close else None


def open_desk(folder: Path) -> Desk:
    """Reads the content folder, without its cases.

    Raises UsageError where there is none, ContentError where its settings cannot be read; a company
    whose own file cannot be read is not among the companies.
    """
    if not (folder / "site.yaml").is_file():
        raise UsageError(f"There is no content folder '{folder}': it would hold a site.yaml.")
    folder = folder.resolve()
    problems: list[Problem] = []
    site = _read(folder, "site.yaml", Site, problems)
    sectors = _read(folder, "sectors.yaml", Sectors, problems)
    if site is None or sectors is None:
        raise ContentError(problems)
    companies: dict[Slug, Company] = {}
    for path in sorted((folder / "companies").glob("*.yaml")):
        if record := _read(folder, f"companies/{path.name}", CompanyFile, [], site.zone):
            companies[path.stem] = Company.of(record, path.stem)
    return Desk(folder, site, sectors.root, companies)


def slug_of(name: str, longest: int = LONGEST_SLUG) -> str:
    """The address that a name suggests: its letters without accents, its digits, and hyphens.

    One of more than the `longest` number of characters is cut, behind a whole word where there is one.
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
    if len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def _read(
    folder: Path, name: str, model: type[R], problems: list[Problem], zone: ZoneInfo | None = None
) -> R | None:
    path = folder / name
    if not path.is_file():
        problems.append(Problem(f"{folder.name}/{name}", 1, 1, "", "no such file", "the file"))
        return None
    document, found = read_yaml(path, f"{folder.name}/{name}")
    problems += found
    if document is None:
        return None
    record, wrong = read_record(document, model, {"zone": zone or ZoneInfo("UTC")})
    problems += wrong
    return record
