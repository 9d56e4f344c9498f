"""One spoilt file after the other is read and judged in a process that has little room and little time."""

from __future__ import annotations

import json
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from scorecard.errors import Problem
from scorecard.judge.case import judge_case, misfits
from scorecard.load.cases import _case, _File
from scorecard.load.checks import check_rubric
from scorecard.load.content import Sectors
from scorecard.load.doubts import doubts_together
from scorecard.load.intake import Intake
from scorecard.load.privacy import personal_data
from scorecard.model import Case, CompanyFile
from scorecard.rubric import Rubric, Sector
from scorecard.site import Site
from scorecard.standards import Standards
from tests.load.test_everything import EVERYTHING
from tests.support.build import make_case, make_company, read, rubric, standards

MOST_BYTES = 256 << 20
"""More than this no file may take, beyond what reading a sound one takes."""
MOST_SECONDS = 1.0
"""Of one core, for one file; the clock of a shared machine would tell what others do."""
_SLOW = "longer than"
_PATIENCE = 600
"""Seconds of the clock after which a process that says nothing is given up."""

File = tuple[str, bytes]
"""Its kind and its bytes."""


class Outcome(Struct):
    """What a run of files came to. A failure: what happened, and the file that it happened with."""

    files: int = 0
    accepted: int = 0
    slowest: float = 0.0
    memory: int = 0
    failures: list[tuple[str, File]] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Another run's as well."""
        self.files += other.files
        self.accepted += other.accepted
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.failures += other.failures

    def __str__(self) -> str:
        return (
            f"{self.files:,} files, {self.accepted:,} of them sound; {len(self.failures)} failures; "
            f"the slowest {self.slowest:.2f} s, at most {self.memory / 2**20:.0f} MB"
        )


class _TooSlowError(BaseException):
    """A file took longer than it may. No Exception, so that no handler in between takes it."""


class Reader:
    """Reads a file as a build does, and does with it what a build does with that file alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.zone = ZoneInfo("Europe/Amsterdam")
        self.company = make_company()
        self.standards = standards()
        self.sound = False
        self.sample = make_case(read(EVERYTHING)["timeline"])
        for place in ("cases/acme", "companies"):
            (folder / place).mkdir(parents=True, exist_ok=True)

    def read(self, file: File) -> bool:
        """Is it sound? Raises whatever is no answer to a stranger."""
        kind, data = file
        path = self.path(kind)
        path.write_bytes(data)
        intake = Intake(self.folder, self.zone)
        sound = self._case(intake, path) if kind == "case" else self._other(intake, kind, path)
        intake.tell(doubts_together(intake.outlines))
        problems = [*intake.problems, *intake.untold()]
        for problem in problems:
            _look_at(problem)
        errors = any(problem.level == "error" for problem in problems)
        assert sound or errors, "refused without a word"
        return not errors

    def path(self, kind: str) -> Path:
        """Where a file of this kind lies."""
        places = {"case": "cases/acme/one.yaml", "company": "companies/acme.yaml"}
        return self.folder / places.get(kind, f"{kind}.yaml")

    def _case(self, intake: Intake, path: Path) -> bool:
        document = intake.document(path)
        case = _case(intake, _File(path, "acme"), self.company, document)
        if case is None:
            return False
        self._judge(case, self.standards)
        return True

    def _other(self, intake: Intake, kind: str, path: Path) -> bool:
        document = intake.document(path)
        if kind == "company":
            company = intake.record(document, CompanyFile)
            if document is not None:
                intake.tell(personal_data(document, company))
            return company is not None
        if kind == "site":
            site = intake.record(document, Site)
            return site is not None and bool(site.zone)
        if kind == "sectors":
            sectors = intake.record(document, Sectors)
            for sector in sectors.root.values() if sectors else ():
                self._judge_sample(rubric(), sector)
            return sectors is not None
        method = intake.record(document, Rubric)
        if method is None or document is None:
            return False
        found = [*check_rubric(method, document)]
        intake.tell(found)
        if not found and not misfits(method):
            self._judge_sample(method, self.standards.sector)
        return True

    def _judge_sample(self, method: Rubric, sector: Sector) -> None:
        day = self.standards.as_of
        self._judge(self.sample, Standards(method, sector, self.company, day))

    def _judge(self, case: Case, by: Standards) -> None:
        judged = judge_case(case, by)
        for score in judged.scores.values() if judged else ():
            assert score is None or 0 <= score <= 100, f"a score of {score}"


def _look_at(problem: Problem) -> None:
    """It must be one line that names a place, what is there, and what belongs there."""
    line = str(problem)
    assert line.isprintable(), "a message that is no plain line"
    assert len(line) < 3000, "a message that nobody reads to its end"
    assert problem.line >= 1
    assert problem.column >= 1
    assert problem.found
    assert problem.expected
    json.dumps(line, ensure_ascii=False).encode()


def run(files: Callable[[], Iterable[File]], folder: Path) -> Outcome:
    """Reads the files in a process of its own, which may die of them."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(
        target=_child, args=(files, folder, there), daemon=True
    )
    child.start()
    there.close()
    try:
        if here.poll(_PATIENCE):
            outcome: Outcome = here.recv()
            return outcome
        what = f"nothing heard for {_PATIENCE} s"
    except EOFError:
        child.join(_PATIENCE)
        what = f"died of {_signal(child.exitcode)}"
    finally:
        child.kill()
        child.join()
    last = max(folder.rglob("*.yaml"), key=lambda path: path.stat().st_mtime_ns)
    return Outcome(1, failures=[(what, (last.name, last.read_bytes()))])


def _signal(code: int | None) -> str:
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def _child(files: Callable[[], Iterable[File]], folder: Path, told: Connection) -> None:
    reader = Reader(folder)
    reader.read(("case", EVERYTHING.encode()))
    before = _peak()
    _limit_memory()
    outcome = Outcome()
    for file in files():
        outcome.files += 1
        failure, seconds = _tried(reader, file)
        if failure and failure.startswith(_SLOW):  # the system may have been busy for this process
            failure, seconds = _tried(reader, file)
        if failure:
            outcome.failures.append((failure, file))
        outcome.accepted += reader.sound
        outcome.slowest = max(outcome.slowest, seconds)
        if len(outcome.failures) >= 20:
            break
    outcome.memory = _peak() - before
    told.send(outcome)


def _tried(reader: Reader, file: File) -> tuple[str, float]:
    """What went wrong with a file, or nothing; and how much of a core's time it took."""
    failure, reader.sound = "", False
    start = time.process_time()
    try:
        with in_time():
            reader.sound = reader.read(file)
    except _TooSlowError:
        failure = f"{_SLOW} {MOST_SECONDS:g} s"
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is a traceback to a user
        where = traceback.format_tb(error.__traceback__)[-1]
        failure = f"{type(error).__name__}: {error}\n{where}"[:2000]
    return failure, time.process_time() - start


def _limit_memory() -> None:
    """Any more of it is refused by the system, where it can (Linux)."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + MOST_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _peak() -> int:
    """The most memory that this process has had, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@contextmanager
def in_time() -> Iterator[None]:
    """Raises an error where what is done inside takes too much of a core's time."""

    def stop(_: int, __: FrameType | None) -> None:
        raise _TooSlowError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
