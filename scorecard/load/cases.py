"""The folder `cases/` → every case in it, read in parts by as many processes as may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scorecard.collecting import no_collecting
from scorecard.load.checks import check_case
from scorecard.load.doubts import Outline, doubts
from scorecard.load.intake import Intake, yaml_files
from scorecard.load.on_disk import listed
from scorecard.load.privacy import personal_data
from scorecard.load.records import nearest
from scorecard.model import Case, CaseLog, Company
from scorecard.parallel import in_parts, shared
from scorecard.site import Site

PART = 200
"""So many files are one part of the work: fewer are read sooner than a process has started."""
_UNTOLD = {"title": "", "summary": None, "contributor": None}
"""What nobody is to read any more of a case that is withdrawn."""

Companies = Mapping[str, Company | None]


class _File(NamedTuple):
    """A case's file, and the slug of the company that it is about."""

    path: Path
    company: str


def read_cases(intake: Intake, companies: Companies, jobs: int) -> tuple[Case, ...]:
    """Every case, in the order of the ids; the same whatever the number of `jobs`."""
    parts = in_parts(list(_files(intake, companies)), PART)
    needed = (Intake(intake.folder, intake.zone), companies)
    cases: list[Case] = []
    for read, own in shared(_read, needed, parts, jobs):
        cases += read
        intake.add(own)
    return tuple(cases)


def read_case(path: Path, content: Path, site: Site, companies: Companies) -> Case | None:
    """The one case in a file of the folder `content`, with nothing else read; None where there is none of a
    company that is known, or what it says cannot be used. Raises OSError where the machine fails.
    """
    intake = Intake(content.resolve(), site.zone)
    cases = intake.folder / "cases"
    home = cases / path.parent.name
    slug = _old_names(companies).get(home.name, home.name)
    if slug not in companies or home not in listed(cases, intake.refuse, "folders"):
        return None
    file = _File(home / path.name, slug)
    if file.path not in yaml_files(intake, home):
        return None
    case = _case(intake, file, companies[slug])
    return None if any(problem.level == "error" for problem in intake.problems) else case


def _old_names(companies: Companies) -> dict[str, str]:
    """Which company is meant by a name that is no longer its own."""
    return {name: slug for slug, each in companies.items() if each for name in each.known_as}


def _files(intake: Intake, companies: Companies) -> Iterator[_File]:
    """The files in their order. Those of a renamed company may stay where they are."""
    old = _old_names(companies)
    folder = intake.folder / "cases"
    for home in listed(folder, intake.refuse, "folders"):
        slug = old.get(home.name, home.name)
        if slug not in companies:
            hint = nearest(home.name, [*companies, *old])
            expected = (
                f"a company that is in companies/; a new one needs companies/{home.name}.yaml"
            )
            intake.refuse(home, f"the company '{home.name}'", expected, hint)
        for path in yaml_files(intake, home):
            yield _File(path, slug)


@no_collecting()
def _read(needed: tuple[Intake, Companies], files: Sequence[_File]) -> tuple[list[Case], Intake]:
    """The cases in some files, and what was met in them."""
    empty, companies = needed
    intake = Intake(empty.folder, empty.zone)
    cases = [_case(intake, file, companies.get(file.company)) for file in files]
    return [case for case in cases if case is not None], intake


def _case(intake: Intake, file: _File, company: Company | None) -> Case | None:
    document = intake.document(file.path)
    if document is None:
        return None
    log = intake.record(document, CaseLog)
    if log is None:
        intake.tell(personal_data(document, company))
        return None
    case = Case.of(log, file.company, file.path.stem, file.path.parent.name)
    intake.tell(check_case(log, company, document))
    intake.tell(doubts(case, document))
    intake.outlines.append(Outline.of(case, document))
    return case if case.scored else case.model_copy(update=_UNTOLD)
