"""`demo` writes an invented content folder: the same bytes everywhere, without a problem, and builds."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from scorecard.cli import main
from tests.conftest import ROOT, built_once

SIZES = ["--companies", "8", "--cases", "60"]


def _digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _cases(folder: Path) -> Iterable[Path]:
    return (folder / "cases").rglob("*.yaml")


def test_it_says_what_it_wrote_and_the_numbers_are_exact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", str(tmp_path / "new" / "world"), *SIZES]) == 0
    told = capsys.readouterr().out
    assert "60 invented cases of 8 companies" in told
    assert ".truth.json" in told
    assert len(list(_cases(tmp_path / "new/world"))) == 60
    assert len(list((tmp_path / "new/world/companies").iterdir())) == 8


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_check_finds_no_problem(
    seed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sizes = ["--companies", "25", "--cases", "150"]
    assert main(["demo", str(tmp_path / "world"), "--seed", seed, *sizes]) == 0
    assert main(["check", "--content", str(tmp_path / "world")]) == 0
    assert "No problems: 150 cases, 25 companies." in capsys.readouterr().out


def test_the_same_seed_gives_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    made = []
    for hash_seed, zone in (("0", "UTC"), ("1234", "Asia/Tokyo")):
        folder = tmp_path / hash_seed
        command = [sys.executable, "build.py", "demo", str(folder), "--seed", "9", *SIZES]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": "C"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        made.append(_digest(folder))
    assert made[0] == made[1]
    assert main(["demo", str(tmp_path / "other"), "--seed", "10", *SIZES]) == 0
    assert _digest(tmp_path / "other") != made[0]


def test_the_truth_names_every_company_and_the_cases_of_its_burst(tmp_path: Path) -> None:
    sizes = ["--companies", "40", "--cases", "400"]
    assert main(["demo", str(tmp_path / "world"), *sizes]) == 0
    truth = json.loads((tmp_path / "world/.truth.json").read_text("utf-8"))
    companies = {path.stem for path in (tmp_path / "world/companies").iterdir()}
    assert set(truth["companies"]) == companies
    for quality in truth["companies"].values():
        parts = (quality["responsiveness"], quality["follow_through"], quality["refunds"])
        assert all(0 < part < 1 for part in parts)
    cases = {f"{path.parent.name}/{path.stem}" for path in _cases(tmp_path / "world")}
    assert truth["outages"]
    assert truth["campaigns"]
    assert {*truth["outages"], *truth["campaigns"]} <= cases


@pytest.mark.parametrize(
    "arguments",
    [["--companies", "0"], ["--cases", "many"], ["--seed", "x"], ["--cases", "-3"]],
)
def test_wrong_numbers_exit_2(arguments: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["demo", str(tmp_path / "world"), *arguments])
    assert stop.value.code == 2


def test_fewer_cases_than_companies_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", str(tmp_path / "world"), "--companies", "9", "--cases", "8"]) == 2
    assert "too few" in capsys.readouterr().err
    assert not (tmp_path / "world").exists()


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert main(["demo", str(tmp_path), *SIZES]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert main(["demo", str(tmp_path / "notes.txt"), *SIZES]) == 2


def test_every_page_of_the_site_says_that_all_is_invented(shared: Path, tmp_path: Path) -> None:
    content = tmp_path / "world"
    assert main(["demo", str(content), "--seed", "4", "--companies", "2", "--cases", "5"]) == 0
    site = built_once(shared, "demo-of-two", ["--content", str(content)])
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    assert all('class="invented"' in page.read_text("utf-8") for page in pages)


def test_help_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["demo", "--help"])
    assert stop.value.code == 0
    assert "python build.py demo" in capsys.readouterr().out
