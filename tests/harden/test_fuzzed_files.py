"""Files that strangers may write are read and judged: no traceback, no signal, little room, little time."""

from __future__ import annotations

import faulthandler
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

if sys.platform == "win32":
    pytest.skip("limits of memory and time are those of Unix", allow_module_level=True)

from scorecard.errors import Problem
from scorecard.load import privacy, yaml_text
from scorecard.load.intake import Intake
from tests.harden import fuzzed
from tests.harden.fuzzed import MOST_BYTES, MOST_SECONDS, File, Outcome, Reader, in_time, run
from tests.harden.spoilt_files import (
    CHANGES,
    ENDS,
    FILLED,
    REPEATED,
    SHARES,
    SOUND,
    Change,
    filled,
    spoilt,
)
from tests.load.test_everything import EVERYTHING
from tests.support.build import CASE
from tests.support.rounds import full_only, rounds

ROOT = Path(__file__).parents[2]
RUNS = rounds(3, 8)
FILES = rounds(160, 25_000)
"""Of each run: 200,000 in the full round, beside those of Hypothesis and Atheris."""
SHRUNK = rounds(150, 10_000)
GUIDED = 40_000


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where the files are written, in memory if that can be: there are many."""
    memory = Path("/dev/shm")  # noqa: S108 - only if it is there, and in a folder of its own
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as made:
        yield Path(made)


def _spoilt_files(seed: int, count: int) -> Callable[[], Iterator[File]]:
    def files() -> Iterator[File]:
        random = Random(seed)
        for _ in range(count):
            (kind,) = random.choices(list(SHARES), list(SHARES.values()))
            yield kind, spoilt(random, kind)

    return files


def _told(outcome: Outcome) -> str:
    parts = [str(outcome), *(f"{what}\n{file}" for what, file in outcome.failures[:3])]
    return "\n\n".join(part[:4000] for part in parts)


@pytest.mark.parametrize("seed", range(RUNS))
def test_no_spoilt_file_bites(seed: int, folder: Path) -> None:
    outcome = run(_spoilt_files(seed, FILES), folder)
    print(outcome)
    assert not outcome.failures, _told(outcome)
    assert outcome.files == FILES
    assert outcome.memory <= MOST_BYTES
    assert outcome.slowest <= MOST_SECONDS
    assert outcome.files / 50 < outcome.accepted < outcome.files / 2, "too tame, or too wild"


def test_every_kind_of_file_is_sound_before_it_is_spoilt(folder: Path) -> None:
    sound = [(kind, text.encode()) for kind, texts in SOUND.items() for text in texts]
    outcome = run(lambda: iter(sound), folder)
    assert not outcome.failures, _told(outcome)
    assert outcome.accepted == outcome.files == len(sound)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Reads where all examples are written, one over the other."""
    return Reader(tmp_path_factory.mktemp("files"))


_STEPS = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 2**32)), max_size=6)


@pytest.mark.parametrize("head", FILLED)
def test_no_file_that_is_full_of_one_thing_bites(head: str, folder: Path) -> None:
    units = REPEATED[:: rounds(16, 1)]
    sound = (CASE, EVERYTHING)
    files = [
        ("case", filled(text, head, unit, end)) for text in sound for unit in units for end in ENDS
    ]
    outcome = run(lambda: iter(files), folder)
    print(outcome)
    assert not outcome.failures, _told(outcome)
    assert outcome.memory <= MOST_BYTES


@settings(max_examples=SHRUNK, deadline=None, database=None)
@given(st.sampled_from([(kind, text) for kind in SHARES for text in SOUND[kind]]), _STEPS)
def test_no_file_that_hypothesis_finds_bites(
    reader: Reader, sound: tuple[str, str], steps: list[tuple[Change, int]]
) -> None:
    kind, text = sound
    for change, seed in steps:
        text = change(Random(seed), text)
    with in_time():
        reader.read((kind, text.encode("utf-8", "surrogatepass")))


@full_only
@pytest.mark.skipif(
    not find_spec("atheris"),
    reason="Atheris is not installed: make harden does that where there is one",
)
def test_no_file_that_atheris_finds_bites(folder: Path) -> None:
    command = [sys.executable, "-m", "tests.harden.guided", str(folder), str(GUIDED)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"Done {GUIDED} runs" in done.stderr, done.stderr[-4000:]


# ── Controls: each guard taken away is noticed ─────────────────────────────────────────────────


def _outcome_of(folder: Path, *texts: str | bytes) -> Outcome:
    files = [("case", text if isinstance(text, bytes) else text.encode()) for text in texts]
    return run(lambda: iter(files), folder)


def _fails_only_without(folder: Path, text: str, take_away: Callable[[], None], what: str) -> None:
    guarded = _outcome_of(folder, text)
    assert not guarded.failures, _told(guarded)
    take_away()
    (failure, _), *_ = _outcome_of(folder, text).failures
    assert what in failure


DEEP = "deep: " + "[" * 30_000
NUMBERS = CASE + "# " + "1 " * 32_000 + "\n"


def test_without_a_limit_of_depth_there_is_a_traceback(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fails_only_without(
        folder, DEEP, lambda: monkeypatch.setattr(yaml_text, "MAX_DEPTH", 10**6), "RecursionError"
    )


def test_with_the_common_reader_the_process_dies(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzzed, "MOST_SECONDS", 60.0)

    def common(_: Reader, file: File) -> bool:
        data = file[1]
        faulthandler.disable()  # it dies on purpose: nothing need be told of where
        return b"[" * 100 not in data or bool(yaml.load(b"[" * 40_000, Loader=yaml.CSafeLoader))

    _fails_only_without(
        folder, DEEP, lambda: monkeypatch.setattr(Reader, "read", common), "died of SIG"
    )


def test_without_a_limit_of_numbers_it_takes_too_long(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_away() -> None:
        monkeypatch.setattr(privacy, "MOST_NUMBERS", 10**6)

    _fails_only_without(folder, NUMBERS, take_away, "longer than")


def test_more_room_than_there_may_be_is_noticed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = Intake.document
    held: list[bytes] = []

    def greedy(self: Intake, path: Path, name: str | None = None) -> yaml_text.Document | None:
        if path.stat().st_size == len(CASE.encode()):
            held.append(b"x" * (2 * MOST_BYTES))
        return honest(self, path, name)

    _fails_only_without(
        folder, CASE, lambda: monkeypatch.setattr(Intake, "document", greedy), "MemoryError"
    )


@pytest.mark.parametrize(
    ("line", "told"), [("two\nlines", "plain line"), ("x" * 5000, "reads to its end")]
)
def test_a_message_that_is_no_line_is_noticed(
    line: str, told: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_badly(_: object) -> str:
        return line

    _fails_only_without(
        folder,
        "titel: x\n",
        lambda: monkeypatch.setattr(Problem, "__str__", told_badly),
        told,
    )
