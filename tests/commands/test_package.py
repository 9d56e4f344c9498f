"""The project as a package: built, installed and used as a checkout is; and how a new site begins."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from scorecard.cli import main
from tests.conftest import ROOT
from tests.site.reading import bytes_of

MAIN = "import sys; from scorecard.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the package is installed, from its wheel; what it depends on is there already."""
    folder = tmp_path_factory.mktemp("package")
    made = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", made, str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site-packages")
    return folder / "site-packages"


def run(installed: Path, folder: Path, *arguments: str) -> str:
    """What the installed command prints, called in a folder that knows nothing of a checkout."""
    environment = os.environ | {
        "PYTHONPATH": str(installed),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_is_installed_begins_a_site_and_builds_what_a_checkout_builds(
    installed: Path, tmp_path: Path
) -> None:
    told = run(installed, tmp_path, "init", "mine")
    assert "scorecard build --content" in told
    run(installed, tmp_path, "build", "--content", "mine/content", "--out", "mine/site")
    assert (
        main(
            ["build", "--content", str(tmp_path / "mine/content"), "--out", str(tmp_path / "here")]
        )
        == 0
    )
    assert bytes_of(tmp_path / "mine/site") == bytes_of(tmp_path / "here")
    again = run(installed, tmp_path, "build", "--content", "mine/content", "--out", "mine/site")
    assert "Nothing has changed since." in again
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "here", "mine"]


def test_the_installed_command_is_called_by_its_name(installed: Path, tmp_path: Path) -> None:
    (entry,) = installed.glob("*.dist-info/entry_points.txt")
    assert "scorecard = scorecard.cli:main" in entry.read_text()
    assert run(installed, tmp_path, "--help").startswith("usage: scorecard ")


def test_it_tells_its_version(
    installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = f"scorecard {project['version']}\n"
    assert run(installed, tmp_path, "--version") == told
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == told


def test_a_new_site_can_be_built_and_says_that_its_example_is_invented(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path / "mine")]) == 0
    content, out = tmp_path / "mine/content", tmp_path / "site"
    assert main(["check", "--content", str(content)]) == 0
    assert main(["build", "--content", str(content), "--out", str(out)]) == 0
    pages = list(out.rglob("*.html"))
    assert (out / "cases/example-shop/late-parcel/index.html") in pages
    assert all("invented" in page.read_text("utf-8").lower() for page in pages)


def test_nothing_that_is_there_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    assert main(["init", str(tmp_path)]) == 0
    assert main(["init", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["init", str(notes)]) == 2
    assert notes.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "notes.txt"]
