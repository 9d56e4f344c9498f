"""Each command does what its help says, with the contract's exit codes and no traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml

from scorecard.cli import main
from scorecard.commands.schema import SCHEMAS, schema_text
from tests.conftest import ROOT, SMALL, in_english
from tests.support.capped import capped_content

COMMANDS = ["build", "check", "new", "import", "explain", "schema", "serve"]
TABLE = "Id,Day,Company\n1,2026-01-05,Invented Air\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_shows_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert f"python build.py {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--as-of", "yesterday"],
        ["build", "--jobs", "0"],
        ["build", "--base-url", "example.org"],
        ["explain"],
        ["import", "table.csv"],
    ],
)
def test_wrong_use_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--content", "nowhere"],
        ["check", "--content", "nowhere"],
        ["check", "nowhere/at-all.yaml"],
        ["explain", "nobody", "--content", str(SMALL)],
        ["import", "nowhere.csv", "--mapping", "nowhere.yaml"],
    ],
)
def test_what_is_not_there_exits_2_and_is_named(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert re.search("nowhere|nobody", capsys.readouterr().err)


def test_without_a_command_it_builds_and_asks_nothing_of_editors_where_nothing_is_odd(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--content", str(SMALL), "--out", str(tmp_path / "site")]) == 0
    assert (tmp_path / "site/index.html").is_file()
    assert "Editors" not in capsys.readouterr().out


def test_the_shipped_content_has_no_problems(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(ROOT / "content")]) == 0
    assert "No problems" in capsys.readouterr().out


def test_check_tells_all_problems_of_all_files(
    small_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_content / "cases/invented-air/flight.yaml").write_text("title: x\nwantd: refund\n")
    (small_content / "cases/invented-air/no-dates.yaml").write_text("a: [\n")
    (small_content / "cases/invented-ar").mkdir()
    assert main(["check", "--content", str(small_content)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert any("invented-ar:1:1" in x and "Did you mean 'invented-air'?" in x for x in lines)
    assert any("flight.yaml:2:1: wantd:" in x and "Did you mean 'wanted'?" in x for x in lines)
    assert any("flight.yaml" in x and "the key 'timeline'" in x for x in lines)
    assert any("no-dates.yaml" in x for x in lines)
    assert re.fullmatch(r"\d+ problems\. Nothing was written\.", lines[-1])


def test_check_of_one_file_tells_only_its_problems(
    small_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = small_content / "cases/invented-air/flight.yaml"
    bad.write_text("title: x\n")
    good = small_content / "cases/invented-air/no-dates.yaml"
    assert main(["check", "--content", str(small_content), str(good)]) == 0
    assert "elsewhere" in capsys.readouterr().out
    assert main(["check", "--content", str(small_content), str(bad)]) == 1


def test_explain_shows_the_way_from_cases_to_the_grade(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "invented-telecom", "--content", str(SMALL)]) == 0
    told = capsys.readouterr().out
    for dimension, number in re.findall(r"^(\w+)\n(?:.*\n)*?.* = ([\d.]+)  \(", told, re.M):
        assert dimension in ("responsiveness", "follow_through", "refund_friction")
        assert 0 < float(number) < 100
    sum_ = re.search(r"overall = \((.*)\) / \((.*)\) = ([\d.]+)", told)
    assert sum_
    above = sum(float(a) * float(b) for a, b in re.findall(r"([\d.]+) × ([\d.]+)", sum_[1]))
    below = sum(map(float, sum_[2].split(" + ")))
    assert above / below == pytest.approx(float(sum_[3]), abs=0.02)
    assert "grade: B" in told


def test_a_build_asks_editors_to_look_at_a_burst_that_looks_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ten people who wrote of nothing before tell the same in one day, unlike all that 45 told before."""
    content = capped_content(tmp_path)
    assert main(["build", "--content", str(content), "--out", str(tmp_path / "site")]) == 0
    told = capsys.readouterr().out.splitlines()
    asked = "Editors, please look: 10 cases of acme from 2024-11-12 on."
    assert [line for line in told if line.startswith("Editors")] == [asked]


def test_explain_names_the_nearest_when_there_is_no_such_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "invented-air/fligt", "--content", str(SMALL)]) == 2
    assert "Did you mean 'invented-air/flight'?" in capsys.readouterr().err


def test_the_committed_schemas_are_those_of_the_model() -> None:
    for name in SCHEMAS:
        path = ROOT / f"schema/{name}.schema.json"
        assert path.read_text("utf-8") == schema_text(name), "run: python build.py schema"


def test_schema_writes_a_schema_for_every_kind_of_file(tmp_path: Path) -> None:
    assert main(["schema", "--out", str(tmp_path / "schema")]) == 0
    for path in (tmp_path / "schema").iterdir():
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


def test_every_shipped_case_fits_the_case_schema_as_an_editor_reads_it() -> None:
    """An editor reads YAML with types: yes is true, 2019 is a number, dates are texts."""
    loader = yaml.SafeLoader
    validator = jsonschema.Draft202012Validator(json.loads(schema_text("case")))
    articles = [p for p in (ROOT / "content/cases").glob("*/*.yaml") if "cfpb" not in p.name]
    assert len(articles) == 12
    for path in [*articles, ROOT / "docs/case-template.yaml"]:
        case = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - a safe loader
        case = json.loads(json.dumps(case, default=str))
        assert list(validator.iter_errors(case)) == [], path


def test_import_writes_once_and_then_nothing(
    small_content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "stories.csv"
    table.write_text(TABLE)
    mappings = small_content / "mappings"
    mappings.mkdir()
    (mappings / "stories.yaml").write_text(
        "prefix: story\nid: Id\ncases: stories-cases.yaml\ncompanies: stories-companies.yaml\n"
        "columns: {day: Day, company: Company}\ndates: {day: YYYY-MM-DD}\n"
    )
    (mappings / "stories-cases.yaml").write_text(
        "case:\n  title: A story\n  wanted: answer\n  source: {kind: register, record: $record}\n"
        "timeline:\n  - write: {at: $day, event: contact, channel: form}\n"
    )
    (mappings / "stories-companies.yaml").write_text(
        "companies:\n  invented-air: {name: Invented Air, sector: airlines}\n"
    )
    command = [
        "import",
        str(table),
        "--mapping",
        str(mappings / "stories.yaml"),
        "--content",
        str(small_content),
    ]
    assert main([*command, "--dry-run"]) == 0
    written = small_content / "cases/invented-air/story-1.yaml"
    assert not written.exists()
    assert main(command) == 0
    assert "wrote 1 case " in capsys.readouterr().out
    assert written.is_file()
    assert main(command) == 0
    assert "wrote 0 cases" in capsys.readouterr().out
    assert main(["check", "--content", str(small_content)]) == 0


def test_a_reader_that_stops_reading_is_no_error() -> None:
    """Whatever it was to read: here nothing, so that the command surely writes for nobody."""
    command = [sys.executable, "build.py", "explain", "invented-telecom", "--content", str(SMALL)]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writing)
    assert done.stderr == ""


def test_serve_reloads_the_page_when_a_case_changes(tmp_path: Path) -> None:
    content = in_english(tmp_path / "content")
    command = [
        sys.executable,
        "-u",
        "build.py",
        "serve",
        "--port",
        "0",
        "--content",
        str(content),
    ]
    serving = subprocess.Popen(
        [*command, "--out", str(tmp_path / "site")],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    try:
        assert serving.stdout
        url = next(
            m[0] for line in serving.stdout if (m := re.search(r"http://127\.0\.0\.1:\d+/", line))
        )
        page = urllib.request.urlopen(url, timeout=10).read().decode()  # noqa: S310 - our own server
        assert "/-/reload.js" in page
        told: list[bytes] = []
        ready = threading.Event()

        def listen() -> None:
            with urllib.request.urlopen(f"{url}-/changes", timeout=60) as changes:  # noqa: S310 - our own server
                ready.set()
                told.extend(line for line in changes if line.startswith(b"data"))

        listening = threading.Thread(target=listen)
        listening.start()
        assert ready.wait(10)
        path = content / "cases/invented-air/flight.yaml"
        deadline = time.monotonic() + 50
        while listening.is_alive() and time.monotonic() < deadline:
            path.write_text(path.read_text().replace("paid back late", "paid back very late"))
            listening.join(2)
        assert told
        changed = urllib.request.urlopen(f"{url}cases/invented-air/flight/", timeout=10).read()  # noqa: S310 - our own server
        assert b"paid back very late" in changed
        missing = f"{url}nothing/here/"
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(missing, timeout=10)  # noqa: S310 - our own server
        with error.value:  # it holds the answer, open
            assert error.value.code == 404
    finally:
        serving.terminate()
        serving.communicate(timeout=10)


def test_a_compiled_part_of_a_package_that_is_not_loaded_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where memory is short; a mistake in the project's own imports stays one."""

    def failing(path: str) -> Callable[[object], int]:
        def run(_: object) -> int:
            raise ImportError("cannot map it\nat all", name="nh3", path=path)

        return run

    monkeypatch.setattr("scorecard.commands.schema.run", failing("/somewhere/nh3.abi3.so"))
    assert main(["schema"]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "nh3 could not be loaded: cannot map it at all" in line
    assert "more memory" in line
    monkeypatch.setattr("scorecard.commands.schema.run", failing("/somewhere/scorecard/cli.py"))
    with pytest.raises(ImportError):
        main(["schema"])
