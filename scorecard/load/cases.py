"""The folder `cases/` → every case in it, read in parts by as many processes as may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scorecard.collecting import no_collecting
from scorecard.load.checks import check_case
from scorecard.load.doubts import Told, doubts
from scorecard.load.on_disk import listed
from scorecard.load.privacy import personal_data
from scorecard.load.reading import Reading, yaml_files
from scorecard.load.records import nearest
from scorecard.model import Case, CaseLog, Company
from scorecard.parallel import in_parts, shared

PART = 200
"""So many files are one part of the work: fewer are read sooner than a process has started."""
_UNTOLD = {"title": "", "summary": None, "contributor": None}
"""What nobody is to read any more of a case that is withdrawn."""

Companies = Mapping[str, Company | None]


class _File(NamedTuple):
    """A case's file, and the slug of the company that it is about."""

    path: Path
    company: str


def read_cases(reading: Reading, companies: Companies, jobs: int) -> tuple[Case, ...]:
    """Every case, in the order of the ids; the same whatever the number of `jobs`."""
    parts = in_parts(list(_files(reading, companies)), PART)
    needed = (Reading(reading.folder, reading.zone), companies)
    cases: list[Case] = []
    for read, own in shared(_read, needed, parts, jobs):
        cases += read
        reading.add(own)
    return tuple(cases)


def _files(reading: Reading, companies: Companies) -> Iterator[_File]:
    """The files in their order. Those of a renamed company may stay where they are."""
    old = {name: slug for slug, each in companies.items() if each for name in each.known_as}
    folder = reading.folder / "cases"
    for home in listed(folder, reading.refuse, "folders"):
        slug = old.get(home.name, home.name)
        if slug not in companies:
            hint = nearest(home.name, [*companies, *old])
            reading.refuse(
                home, f"the company '{home.name}'", "a company that is in companies/", hint
            )
        for path in yaml_files(reading, home):
            yield _File(path, slug)


@no_collecting()
def _read(needed: tuple[Reading, Companies], files: Sequence[_File]) -> tuple[list[Case], Reading]:
    """The cases in some files, and what was met in them."""
    empty, companies = needed
    reading = Reading(empty.folder, empty.zone)
    cases = [_case(reading, file, companies.get(file.company)) for file in files]
    return [case for case in cases if case is not None], reading


def _case(reading: Reading, file: _File, company: Company | None) -> Case | None:
    document = reading.document(file.path)
    if document is None:
        return None
    log = reading.record(document, CaseLog)
    if log is None:
        reading.tell(personal_data(document, company))
        return None
    case = Case.model_construct(
        **log.__dict__, company=file.company, slug=file.path.stem, home=file.path.parent.name
    )
    reading.tell(check_case(case, company, document))
    reading.tell(doubts(case, document))
    reading.told.append(Told.of(case, document))
    return case if case.scored else case.model_copy(update=_UNTOLD)
