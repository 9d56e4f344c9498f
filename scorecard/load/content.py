"""A content folder → Content, or every problem in it. Reads files; writes nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Set
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
from scorecard.load.intake import Intake, yaml_files
from scorecard.load.on_disk import RefusedError, listed, plain_bytes
from scorecard.load.privacy import personal_data
from scorecard.load.prose import prose_pages
from scorecard.load.records import nearest
from scorecard.model import Company, CompanyFile
from scorecard.places import COMMAND, STANDARD_RUBRIC
from scorecard.rubric import Rubric, Sector
from scorecard.site import Content, Site

_FOLDERS = {"companies", "cases", "pages", EDITIONS, "mappings"}
_KNOWN = {"site.yaml", "rubric.yaml", "sectors.yaml", CALIBRATION, *_FOLDERS}

MOST_CALIBRATED = 1 << 20
"""Bytes of the calibration: thirty times what `calibrate` writes."""

R = TypeVar("R", bound=BaseModel)


class Sectors(RootModel[dict[Slug, Sector]]):
    """`content/sectors.yaml`."""


@no_collecting()
def load_content(folder: Path, jobs: int = 1, keep: Path | None = None) -> Content:
    """All content in `folder`, read by so many processes, but for the cases that are kept in `keep`. Raises
    ContentError with every problem of every file.

    Raises UsageError where there is no such folder, OSError where the machine fails.
    """
    if not folder.is_dir():
        raise UsageError(
            f"There is no content folder '{folder}'. A new site begins with: {COMMAND} init DIR"
        )
    intake = Intake(folder.resolve())
    folder = intake.folder
    sound = set(_sound(intake))
    site = _required(intake, "site.yaml", sound, Site)
    if site is not None:
        intake.zone = site.zone
    rubric = _rubric(intake, sound)
    sectors = _required(intake, "sectors.yaml", sound, Sectors)
    companies = (
        _companies(intake, sectors.root if sectors else None) if "companies" in sound else {}
    )
    cases = read_cases(intake, companies, jobs, keep) if "cases" in sound else ()
    intake.tell(doubts_together(intake.outlines))
    languages = site.languages if site else ()
    pages = tuple(prose_pages(intake, languages)) if "pages" in sound else ()
    calibration = _calibration(intake, rubric, sound) if rubric else None
    editions = load_editions(intake) if EDITIONS in sound else ()
    if "mappings" in sound:
        list(yaml_files(intake, folder / "mappings"))  # only `import` reads them
    intake.problems += intake.untold()
    manifest = intake.manifest()
    errors = any(problem.level == "error" for problem in intake.problems)
    if errors or site is None or rubric is None or sectors is None:
        raise ContentError(intake.problems)
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
        tuple(sorted(intake.problems)),
        editions,
    )


def _required(intake: Intake, name: str, sound: Set[str], model: type[R]) -> R | None:
    path = intake.folder / name
    if not os.path.lexists(path):
        hint = f"'{COMMAND} init DIR' makes a folder with all that is needed."
        intake.refuse(path, "no such file", "the file", hint)
        return None
    return intake.record(intake.document(path), model) if name in sound else None


def _rubric(intake: Intake, sound: Set[str]) -> Rubric | None:
    """The folder's own method; a folder that has none is judged by the project's."""
    path = _rubric_file(intake.folder)
    if path != STANDARD_RUBRIC and path.name not in sound:
        return None
    document = intake.document(path, "rubric.yaml" if path == STANDARD_RUBRIC else None)
    rubric = intake.record(document, Rubric)
    if rubric is not None and document is not None:
        intake.tell(check_rubric(rubric, document))
    return rubric


def _rubric_file(folder: Path) -> Path:
    own = folder / "rubric.yaml"
    return own if os.path.lexists(own) else STANDARD_RUBRIC


def _calibration(intake: Intake, rubric: Rubric, sound: Set[str]) -> Calibration | None:
    """What was measured of this rubric: by the folder's own file, or the project's; None if of another."""
    path = intake.folder / CALIBRATION
    own = os.path.lexists(path)
    path = path if own else STANDARD_RUBRIC.with_name(CALIBRATION)
    if not path.is_file() or (own and path.name not in sound):
        return None
    try:
        text = plain_bytes(path, MOST_CALIBRATED)
        found = Calibration.model_validate_json(text)
    except (ValidationError, RefusedError):
        if own:
            intake.refuse(path, "something else", "what 'calibrate' wrote", "Run it again.")
        return None
    if found.rubric != digest_of(rubric):
        return None
    intake.sums[CALIBRATION] = hashlib.sha256(text).hexdigest()
    return found


def _companies(intake: Intake, sectors: dict[str, Sector] | None) -> dict[str, Company | None]:
    """Companies by slug; None for one whose file has problems, so that its cases are not doubted."""
    companies: dict[str, Company | None] = {}
    for path in yaml_files(intake, intake.folder / "companies"):
        document = intake.document(path)
        record = intake.record(document, CompanyFile)
        if document is not None:
            intake.tell(personal_data(document, record))
        companies[path.stem] = Company.of(record, path.stem) if record else None
        if record and document and sectors is not None and record.sector not in sectors:
            hint = nearest(record.sector, sectors)
            found, expected = f"'{record.sector}'", "a sector of sectors.yaml"
            intake.tell([document.problem(("sector",), found, expected, hint, "reference")])
    for slug, company in companies.items():
        if company:
            path = intake.folder / "companies" / f"{slug}.yaml"
            intake.tell(check_company(company, companies, intake.name(path)))
    return companies


def _sound(intake: Intake) -> Iterator[str]:
    """The names of what lies in the content folder and belongs there; the rest is refused."""
    for path in listed(intake.folder, intake.refuse, "both"):
        if path.name not in _KNOWN:
            hint = nearest(path.name, sorted(_KNOWN))
            intake.refuse(path, f"'{path.name}'", f"one of {', '.join(sorted(_KNOWN))}", hint)
        elif path.is_dir() != (path.name in _FOLDERS):
            found, expected = ("a folder", "a file") if path.is_dir() else ("a file", "a folder")
            intake.refuse(path, found, expected)
        else:
            yield path.name
