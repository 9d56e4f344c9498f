"""How many small changes of the code do the tests notice? `make mutate` asks it of a sample, drawn evenly.

All of it happens in a copy of the tree. The tests run there once, and it is taken down which functions each
of them calls. Then one change at a time is made in the copy, and the tests that call the changed function
run until one fails, those that call least first: in a forked child of a process that has loaded all but the
project, so that a change costs about a second, and no module of before the change is left in it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import pytest

from tests.harden.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]


class Package(NamedTuple):
    """Modules, and the tests that are meant for them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


_OF_PRIVACY = ("load/test_personal_edges.py", "load/test_privacy.py", "load/test_privacy_places.py")
PACKAGES = {
    "load": Package(("scorecard/load/*.py",), ("load/test_[!pq]*.py", *_OF_PRIVACY)),
    "personal": Package(("scorecard/load/personal/*.py",), _OF_PRIVACY),
    "texts": Package(
        (
            "scorecard/texts.py",
            "scorecard/render/markdown.py",
            "scorecard/compose/tables/csv_text.py",
        ),
        ("compose", "load/test_text*.py", "render/test_markdown*.py"),
    ),
    "publish": Package(("scorecard/publish/*.py",), ("publish",)),
}
"""Tests of `load/` that begin with p or q measure, or compare, with thousands of files, which takes long."""
MOST_SECONDS = 30.0
"""So long may the tests of one change take together; those that call most functions are left out first."""
_QUICKLY = ("-q", "-p", "no:cacheprovider", "--noconftest", "--basetemp=../pytest")
"""Tests that want a whole site, which only `conftest.py` gives, are not asked: `make test` asks them."""
_LIST = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
Function = tuple[str, int]


class Timed(NamedTuple):
    """A test that passes where nothing is changed; the functions it calls, by file and first line, and the
    seconds it takes."""

    name: str
    calls: frozenset[Function]
    seconds: float


class _Watch:
    """Takes down for each test the functions that it calls, or that made what it is given."""

    def __init__(self, files: Sequence[str]) -> None:
        self.files = {str(Path(file).resolve()): file for file in files}
        self.now: set[Function] = set()
        self.calls: dict[str, set[Function]] = {}
        self.given: dict[str, set[Function]] = {}
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def _saw(self, frame: FrameType, _event: str, _what: object) -> None:
        if file := self.files.get(frame.f_code.co_filename):
            self.now.add((file, frame.f_code.co_firstlineno))

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, object, object]:
        before, self.now = self.now, self.given.setdefault(fixturedef.argname, set())
        try:
            return (yield)
        finally:
            self.now = before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Generator[None, object, object]:
        name, begun = item.nodeid, time.process_time()
        self.now = self.calls.setdefault(name, set())
        threading.settrace(self._saw)
        sys.settrace(self._saw)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            self.seconds[name] = time.process_time() - begun
            self.calls[name].update(*(self.given.get(each, ()) for each in item.fixturenames))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)


class _Only:
    """Runs these tests in this order; knows the first that fails."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        found = {item.nodeid: item for item in items}
        items[:] = [found[name] for name in self.names if name in found]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid


def prepared(copy: Path) -> None:
    """Makes the copy the tree that is worked in, with everything loaded that is not of the project."""
    listed = subprocess.run(_LIST, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    os.chdir(copy)
    sys.path[:] = [str(copy), *(each for each in sys.path if Path(each).resolve() != ROOT)]
    os.environ["PYTHONPATH"] = str(copy)
    _forget()
    _pytest(None, "--collect-only", "tests/load", "tests/publish", "tests/render")
    _forget()
    gc.collect()
    gc.freeze()  # no child looks through all that again


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("scorecard", "tests")]:
        del sys.modules[name]


def _found(patterns: Sequence[str]) -> list[str]:
    return sorted({path.as_posix() for pattern in patterns for path in Path().glob(pattern)})


def _pytest(plugin: object, *arguments: str) -> int:
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        return int(pytest.main([*_QUICKLY, *arguments], [plugin] if plugin else None))


def watched(package: str) -> list[Timed]:
    """The package's tests that pass and call something of it, those first that call least."""
    files = _found(PACKAGES[package].modules)
    asked = _found([f"tests/{pattern}" for pattern in PACKAGES[package].tests])

    def run() -> Iterator[Timed]:
        watch = _Watch(files)
        _pytest(watch, *asked)
        for name in watch.calls.keys() - watch.failed:
            yield Timed(name, frozenset(watch.calls[name]), watch.seconds[name])

    told = _in_child(lambda: [(name, [*calls], took) for name, calls, took in run()], 3600)
    assert told is not None, "the tests did not come to an end"
    tests = [Timed(name, frozenset((f, n) for f, n in calls), took) for name, calls, took in told]
    return sorted(
        (test for test in tests if test.calls), key=lambda test: (len(test.calls), test.name)
    )


def noticed(mutant: Mutant, tests: Sequence[Timed]) -> str:
    """What notices the change: a test, or that they come to no end; empty where nothing does."""
    module = Path(mutant.module)
    source, info = module.read_text("utf-8"), module.stat()
    names, seconds = _concerned(mutant, tests)

    def run() -> str:
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        only = _Only(names)
        ended = _pytest(only, "-x", *sorted({name.partition("::")[0] for name in names}))
        return only.failed or ("" if ended == 0 else "cannot be loaded")

    if not names:
        return ""
    module.write_text(mutant.code(source), "utf-8")
    try:
        found = _in_child(run, 10 + 4 * seconds)
    finally:
        module.write_text(source, "utf-8")
        os.utime(module, ns=(info.st_atime_ns, info.st_mtime_ns))  # what is compiled of it holds
    return "no end" if found is None else str(found)


def _concerned(mutant: Mutant, tests: Sequence[Timed]) -> tuple[list[str], float]:
    """The tests that call the function, or of a change outside any, something of its module."""
    names, seconds = [], 0.0
    for test in tests:
        if mutant.function:
            concerned = (mutant.module, mutant.function) in test.calls
        else:
            concerned = any(module == mutant.module for module, _ in test.calls)
        if concerned and seconds + test.seconds < MOST_SECONDS:
            names.append(test.name)
            seconds += test.seconds
    return names, seconds


def _in_child(work: Callable[[], Any], seconds: float) -> Any:
    """What a forked process that does the work tells; None where it comes to no end, or a bad one.

    It has so many seconds of a processor, and ten times as many by the clock, since others may be at work.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
        with suppress(BaseException), os.fdopen(writer, "w") as out:
            json.dump(work(), out)
        os._exit(0)
    os.close(writer)
    ends = time.monotonic() + 10 * seconds
    told = b""
    os.set_blocking(reader, False)
    while time.monotonic() < ends:
        try:
            part = os.read(reader, 1 << 20)
        except BlockingIOError:
            time.sleep(0.05)
            continue
        if not part:
            break
        told += part
    os.close(reader)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(told) if told else None


def sample(package: str, most: int, seed: str) -> list[Mutant]:
    """So many changes of a package, each at another place. Which ones hangs on the seed and the changed line
    alone: a change elsewhere in the code leaves the others in the sample.
    """
    places: dict[str, list[tuple[str, Mutant]]] = {}
    for module in _found(PACKAGES[package].modules):
        lines = Path(module).read_text("utf-8").splitlines()
        for mutant in mutants(Path(), module):
            line = lines[mutant.begin[0] - 1].strip()
            place = _drawn(seed, mutant.module, line, mutant.begin[1], mutant.end[1])
            places.setdefault(place, []).append((_drawn(seed, mutant.operator, place), mutant))
    return [min(places[place])[1] for place in sorted(places)[:most]]


def _drawn(*what: object) -> str:
    return sha256(repr(what).encode()).hexdigest()


def told(mutant: Mutant) -> str:
    """The change as one reads it."""
    module = Path(mutant.module)
    before = module.read_text("utf-8")
    after = mutant.code(before).splitlines()
    number = mutant.begin[0] - 1
    changed = after[number].strip() if number < len(after) else ""
    kind = mutant.operator.rpartition("/")[2]
    return f"{module}:{number + 1}: {before.splitlines()[number].strip()}\n  {kind}: {changed}"


def main() -> None:
    """Prints the changes that nothing notices, and how many there are of each package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", default=[*PACKAGES], help=", ".join(PACKAGES))
    parser.add_argument("--most", type=int, default=100, help="changes of each package")
    parser.add_argument("--seed", default="1", help="another seed draws another sample")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder, "tree"))
        for name in asked.packages:
            tests, changes = watched(name), sample(name, asked.most, asked.seed)
            left = [mutant for mutant in changes if not noticed(mutant, tests)]
            for mutant in left:
                print(told(mutant))
            print(f"{name}: {len(changes) - len(left)} of {len(changes)} were noticed", flush=True)


if __name__ == "__main__":
    main()
