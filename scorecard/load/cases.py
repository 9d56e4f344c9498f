"""The folder `cases/` → every case in it, read in parts by as many processes as may be, or kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scorecard.collecting import no_collecting
from scorecard.load.checks import check_case
from scorecard.load.doubts import Outline, doubts
from scorecard.load.intake import MOST_TOLD, Intake, yaml_files
from scorecard.load.kept_cases import AsRead, KeptCases
from scorecard.load.on_disk import RefusedError, listed, plain_bytes
from scorecard.load.privacy import personal_data
from scorecard.load.records import nearest
from scorecard.load.yaml_text import Document
from scorecard.model import Case, CaseLog, Company
from scorecard.parallel import in_parts, shared
from scorecard.site import Site

PART = 200
"""So many files are one part of the work: fewer are read sooner than a process has started. No more of one
company are kept as one piece."""
_UNTOLD = {"title": "", "summary": None, "contributor": None}
"""What nobody is to read any more of a case that is withdrawn."""

Companies = Mapping[str, Company | None]


class _File(NamedTuple):
    """A case's file, and the slug of the company that it is about."""

    path: Path
    company: str


class _Needed(NamedTuple):
    """What the files are read with: the folder, the companies, and what is kept of earlier readings."""

    folder: Path
    zone: ZoneInfo
    companies: Companies
    kept: KeptCases | None

    @property
    def intake(self) -> Intake:
        """An empty one."""
        return Intake(self.folder, self.zone)


class _Read(NamedTuple):
    """The cases in some files, and what was met in them."""

    cases: list[Case]
    intake: Intake


def read_cases(
    intake: Intake, companies: Companies, jobs: int, keep: Path | None = None
) -> tuple[Case, ...]:
    """Every case, in the order of the ids; the same whatever the number of `jobs`, and whatever was kept in
    the folder `keep`."""
    kept = KeptCases(intake, keep) if keep else None
    needed = _Needed(intake.folder, intake.zone, companies, kept)
    pieces = list(_pieces(intake, companies))
    known = [_known(needed, piece) for piece in pieces]
    missing = [piece for piece, read in zip(pieces, known, strict=True) if read is None]
    made = chain.from_iterable(shared(_read, needed, list(_parts(missing)), jobs))
    cases: list[Case] = []
    for read in known:
        own = next(made) if read is None else read
        cases += own.cases
        intake.add(own.intake)
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
    case = _case(intake, file, companies[slug], intake.document(file.path))
    return None if any(problem.level == "error" for problem in intake.problems) else case


def _old_names(companies: Companies) -> dict[str, str]:
    """Which company is meant by a name that is no longer its own."""
    return {name: slug for slug, each in companies.items() if each for name in each.known_as}


def _pieces(intake: Intake, companies: Companies) -> Iterator[Sequence[_File]]:
    """The files in their order, some of one folder at a time. Those of a renamed company may stay where they
    are."""
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
        yield from in_parts([_File(path, slug) for path in yaml_files(intake, home)], PART)


def _parts(pieces: Sequence[Sequence[_File]]) -> Iterator[list[Sequence[_File]]]:
    """The pieces in their order, so many at a time that they have PART files or more."""
    part: list[Sequence[_File]] = []
    for piece in pieces:
        part.append(piece)
        if sum(map(len, part)) >= PART:
            yield part
            part = []
    if part:
        yield part


def _known(needed: _Needed, files: Sequence[_File]) -> _Read | None:
    """The cases of a piece of which something is kept."""
    if not needed.kept:
        return None
    try:
        sums = {needed.intake.place(file.path): _sum(file.path) for file in files}
    except RefusedError:
        return None
    kept = needed.kept.known(needed.companies.get(files[0].company), sums)
    return _of_piece(needed, files, kept)[0] if kept else None


@no_collecting()
def _read(needed: _Needed, pieces: Sequence[Sequence[_File]]) -> list[_Read]:
    """The cases of each piece, which are kept then."""
    return [_read_piece(needed, piece) for piece in pieces]


def _read_piece(needed: _Needed, files: Sequence[_File]) -> _Read:
    read, to_keep = _of_piece(needed, files, [None] * len(files))
    if needed.kept and len(read.intake.sums) == len(files):
        company = needed.companies.get(files[0].company)
        needed.kept.keep(company, read.intake.sums, to_keep)
    return read


def _of_piece(
    needed: _Needed, files: Sequence[_File], kept: Sequence[AsRead | None]
) -> tuple[_Read, list[AsRead | None]]:
    """The cases in some files, read where they are not kept; and what may be kept of each."""
    read = _Read([], needed.intake)
    to_keep: list[AsRead | None] = []
    company = needed.companies.get(files[0].company)
    for file, known in zip(files, kept, strict=True):
        own = needed.intake
        if known is None:
            document = own.document(file.path)
            case = _case(own, file, company, document)
            to_keep.append(_as_read(own, case, document))
        else:
            case = _case_again(own, file, known)
        read.intake.add(own)
        if case:
            read.cases.append(case)
    return read, to_keep


def _as_read(intake: Intake, case: Case | None, document: Document | None) -> AsRead | None:
    """What may be kept of a file: nothing of one with mistakes, or of a withdrawn case."""
    sound = all(problem.level == "warning" for problem in intake.problems)
    all_told = len(intake.problems) < MOST_TOLD
    if document is None or case is None or not (case.scored and sound and all_told):
        return None
    [sha256] = intake.sums.values()
    return AsRead(sha256, document.value, intake.problems, intake.outlines[0])


def _case_again(intake: Intake, file: _File, known: AsRead) -> Case:
    intake.sums[intake.place(file.path)] = known.sha256
    intake.tell(known.problems)
    intake.outlines.append(known.outline)
    return _case_of(CaseLog.model_validate(known.value, context={"zone": intake.zone}), file)


def _sum(path: Path) -> str:
    return hashlib.sha256(plain_bytes(path)).hexdigest()


def _case(
    intake: Intake, file: _File, company: Company | None, document: Document | None
) -> Case | None:
    if document is None:
        return None
    log = intake.record(document, CaseLog)
    if log is None:
        intake.tell(personal_data(document, company))
        return None
    case = _case_of(log, file)
    intake.tell(check_case(log, company, document))
    intake.tell(doubts(case, document))
    intake.outlines.append(Outline.of(case, document))
    return case if case.scored else case.model_copy(update=_UNTOLD)


def _case_of(log: CaseLog, file: _File) -> Case:
    return Case.of(log, file.company, file.path.stem, file.path.parent.name)
