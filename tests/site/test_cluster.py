"""A build that a Dask cluster shares: its scheduler and its workers are processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from benchmarks.copies import copied
from scorecard import cluster, kept, parallel
from scorecard.cli import main
from scorecard.compose.pages import every as pages
from tests.conftest import ROOT, SMALL
from tests.site.reading import digest

if TYPE_CHECKING:
    from distributed import Client

SECONDS = 60
"""So long anything may take that is waited for."""

Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a process of a cluster, which ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(kind: str, *options: str, project: Path = ROOT) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *options]
        settings = {"PYTHONPATH": str(project), "TMPDIR": str(tmp_path)}
        with (tmp_path / f"{kind}-{len(started)}.log").open("wb") as log:
            started.append(
                subprocess.Popen(
                    [*command, "--no-dashboard"],
                    cwd=project,
                    env=os.environ | settings,
                    stdout=log,
                    stderr=log,
                )
            )
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def scheduler(start: Start, tmp_path: Path) -> str:
    """The address of a scheduler."""
    told = tmp_path / "scheduler.json"
    start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    _wait(lambda: told.exists() and told.read_text("utf-8").rstrip().endswith("}"))
    return str(json.loads(told.read_text("utf-8"))["address"])


def _worker(
    start: Start, scheduler: str, threads: int = 1, project: Path = ROOT
) -> subprocess.Popen[bytes]:
    options = ("--nthreads", str(threads), "--no-nanny")
    return start("worker", scheduler, *options, project=project)


def _wait(until: Callable[[], object]) -> None:
    end = monotonic() + SECONDS
    while not until():
        assert monotonic() < end, "it took too long"
        sleep(0.01)


def _build(content: Path, out: Path, scheduler: str) -> int:
    return main(["build", "--content", str(content), "--out", str(out), "--executor", scheduler])


def test_a_worker_killed_in_the_middle_of_a_part_changes_no_byte(
    start: Start,
    scheduler: str,
    english_content: Path,
    english_site: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from distributed import Client

    monkeypatch.setattr(pages, "MOST_CASES", 1)
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")  # with nothing in it yet
    monkeypatch.setattr(parallel, "PART", 1)
    with Client(scheduler, set_as_default=False) as watching:
        doomed = _worker(start, scheduler)
        watching.wait_for_workers(1, timeout=SECONDS)
        [address] = watching.nthreads()
        _worker(start, scheduler, threads=2)
        watching.wait_for_workers(2, timeout=SECONDS)
        killer = Thread(target=_kill_at_work, args=(doomed, watching, address))
        killer.start()
        assert _build(english_content, tmp_path / "site", scheduler) == 0
        killer.join()
        events = [event for _, event in watching.get_events(address)]
    [lost] = [event for event in events if event["action"] == "remove-worker"]
    assert lost["processing-tasks"]
    assert digest(tmp_path / "site") == digest(english_site)


def _kill_at_work(doomed: subprocess.Popen[bytes], watching: Client, address: str) -> None:
    """Kills the worker while it has a part to do: stopped, it can end none in the meantime."""

    def works() -> bool:
        return any(str(key).startswith("_do") for key in watching.processing([address])[address])

    while True:
        _wait(works)
        doomed.send_signal(signal.SIGSTOP)
        sleep(0.2)  # for what it sent before to arrive
        if works():
            doomed.kill()
            return
        doomed.send_signal(signal.SIGCONT)


def test_a_worker_with_other_templates_does_not_mix_them_in(
    start: Start, scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ("scorecard", "templates", "locale", "content", "docs")
    project = copied(own, tmp_path / "other")
    (project / "templates/404.html").write_text("Another.", "utf-8")
    _worker(start, scheduler, project=project)
    assert _build(SMALL, tmp_path / "site", scheduler) == 2
    told = capsys.readouterr().err
    assert told == (
        "A worker of the cluster has other code, templates, texts or packages: install it anew.\n"
    )
    assert not (tmp_path / "site").exists()


def test_a_cluster_without_workers_is_refused(
    scheduler: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "SECONDS", 1)
    assert _build(SMALL, tmp_path / "site", scheduler) == 2
    assert capsys.readouterr().err == f"The cluster at {scheduler} has no workers.\n"


def test_an_address_where_nobody_answers_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        nobody = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        assert _build(SMALL, tmp_path / "site", nobody) == 2
    assert capsys.readouterr().err == f"No cluster answers at {nobody} within 1 s.\n"


def test_without_its_package_the_command_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "scorecard.cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert _build(SMALL, tmp_path / "site", "tcp://127.0.0.1:1") == 2
    assert capsys.readouterr().err == (
        "A cluster needs the package distributed, which is not installed: "
        "python -m pip install --require-hashes -r requirements/cluster.txt\n"
    )


@pytest.mark.parametrize(
    "address", ["here", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://:a"]
)
def test_what_is_no_address_of_a_cluster_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as refused:
        _build(SMALL, tmp_path / "site", address)
    assert refused.value.code == 2
