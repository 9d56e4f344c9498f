"""A content folder → Content, or every problem in it. Reads files; writes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, RootModel, ValidationError

from scorecard.calibrated import FILE as CALIBRATION
from scorecard.calibrated import Calibration, digest_of
from scorecard.collecting import no_collecting
from scorecard.edition import FOLDER as EDITIONS
from scorecard.errors import ContentError, UsageError
from scorecard.fields import Slug
from scorecard.load.cases import read_cases
from scorecard.load.checks import check_company, check_rubric
from scorecard.load.doubts import doubts_together
from scorecard.load.editions import load_editions
from scorecard.load.privacy import personal_data
from scorecard.load.prose import prose_pages
from scorecard.load.reading import Reading, yaml_files
from scorecard.load.records import nearest
from scorecard.model import Company, CompanyFile
from scorecard.places import STANDARD_RUBRIC
from scorecard.rubric import Rubric, Sector
from scorecard.site import Content, Site

_FOLDERS = {"companies", "cases", "pages", EDITIONS, "mappings"}
_KNOWN = {"site.yaml", "rubric.yaml", "sectors.yaml", CALIBRATION, *_FOLDERS}

R = TypeVar("R", bound=BaseModel)


class Sectors(RootModel[dict[Slug, Sector]]):
    """`content/sectors.yaml`."""


@no_collecting()
def load_content(folder: Path, jobs: int = 1) -> Content:
    """All content in `folder`, read by so many processes. Raises ContentError with every problem of every
    file.

    Raises UsageError where there is no such folder, OSError where the machine fails.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no content folder '{folder}'.")
    reading = Reading(folder.resolve())
    folder = reading.folder
    _refuse_strays(reading)
    site = _required(reading, folder / "site.yaml", Site)
    if site is not None:
        reading.zone = site.zone
    rubric = _rubric(reading)
    sectors = _required(reading, folder / "sectors.yaml", Sectors)
    companies = _companies(reading, sectors.root if sectors else None)
    cases = read_cases(reading, companies, jobs)
    reading.problems += doubts_together(reading.told)
    pages = tuple(prose_pages(reading))
    calibration = _calibration(reading, rubric) if rubric else None
    editions, spoilt = load_editions(folder / EDITIONS, folder.name)
    reading.problems += spoilt
    manifest = reading.manifest()
    errors = any(problem.level == "error" for problem in reading.problems)
    if errors or site is None or rubric is None or sectors is None:
        raise ContentError(reading.problems)
    return Content(
        site,
        rubric,
        sectors.root,
        {slug: company for slug, company in companies.items() if company},
        cases,
        pages,
        manifest,
        hashlib.sha256(manifest.encode()).hexdigest(),
        calibration,
        _rubric_file(folder).read_text("utf-8"),
        tuple(sorted(reading.problems)),
        editions,
    )


def _required(reading: Reading, path: Path, model: type[R]) -> R | None:
    if not path.exists() and not path.is_symlink():
        reading.refuse(
            path, "no such file", "the file", "See the description of the content folder."
        )
        return None
    return reading.record(reading.document(path), model)


def _rubric(reading: Reading) -> Rubric | None:
    """The folder's own method; a folder that has none is judged by the project's."""
    path = _rubric_file(reading.folder)
    document = reading.document(path, "rubric.yaml" if path == STANDARD_RUBRIC else None)
    rubric = reading.record(document, Rubric)
    if rubric is not None and document is not None:
        reading.problems += check_rubric(rubric, document)
    return rubric


def _rubric_file(folder: Path) -> Path:
    own = folder / "rubric.yaml"
    return own if own.exists() or own.is_symlink() else STANDARD_RUBRIC


def _calibration(reading: Reading, rubric: Rubric) -> Calibration | None:
    """What was measured of this rubric: by the folder's own file, or the project's; None if of another."""
    path = reading.folder / CALIBRATION
    own = path.exists() or path.is_symlink()
    path = path if own else STANDARD_RUBRIC.with_name(CALIBRATION)
    if not path.is_file():
        return None
    text = path.read_bytes()
    try:
        found = Calibration.model_validate_json(text)
    except ValidationError:
        if own:
            reading.refuse(path, "something else", "what 'calibrate' wrote", "Run it again.")
        return None
    if found.rubric != digest_of(rubric):
        return None
    reading.sums[CALIBRATION] = hashlib.sha256(text).hexdigest()
    return found


def _companies(reading: Reading, sectors: dict[str, Sector] | None) -> dict[str, Company | None]:
    """Companies by slug; None for one whose file has problems, so that its cases are not doubted."""
    companies: dict[str, Company | None] = {}
    for path in yaml_files(reading, reading.folder / "companies"):
        document = reading.document(path)
        record = reading.record(document, CompanyFile)
        if document is not None:
            reading.problems += personal_data(document, record)
        companies[path.stem] = (
            Company.model_construct(**record.__dict__, slug=path.stem) if record else None
        )
        if record and document and sectors is not None and record.sector not in sectors:
            hint = nearest(record.sector, sectors)
            reading.problems.append(
                document.problem(
                    ("sector",), f"'{record.sector}'", "a sector of sectors.yaml", hint, "reference"
                )
            )
    for slug, company in companies.items():
        if company:
            path = reading.folder / "companies" / f"{slug}.yaml"
            reading.problems += check_company(company, companies, reading.name(path))
    return companies


def _refuse_strays(reading: Reading) -> None:
    for path in sorted(reading.folder.iterdir()):
        if path.name.startswith(".") or path.name.endswith("~"):
            continue
        if path.is_symlink() and path.name in _FOLDERS:
            reading.refuse(path, "a symbolic link", "the folder itself")
        elif path.name not in _KNOWN:
            hint = nearest(path.name, sorted(_KNOWN))
            reading.refuse(path, f"'{path.name}'", f"one of {', '.join(sorted(_KNOWN))}", hint)
