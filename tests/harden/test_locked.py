"""What is installed is what was locked: by version and hash, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
_LOCKED = re.compile(
    r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s;]+( ;[^\\]+)?( \\\n +--hash=sha256:[0-9a-f]{64})+"
)
_COMMENT = re.compile(r"^\s*#.*\n", re.M)


def unlocked(lock: str) -> list[str]:
    """The requirements of a lock file that are not one version with its hashes."""
    found = re.findall(r"^\S(?:.*\\\n)*.*", _COMMENT.sub("", lock), re.M)
    return [each for each in found if not _LOCKED.fullmatch(each.strip())]


def versions(lock: Path) -> Mapping[str, set[str]]:
    """The versions of each package in a lock file, of which a system takes one."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text("utf-8").splitlines():
        if line and line[0] not in "# ":
            requirement = Requirement(line.rstrip("\\ "))
            found.setdefault(requirement.name, set()).add(str(requirement.specifier))
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_is_locked_by_version_and_hash(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert len(versions(lock)) == len(set(re.findall(r"^[A-Za-z0-9._-]+", text, re.M))) > 0
    assert unlocked(text) == []


HASH = f"    --hash=sha256:{'0' * 64}\n"


@pytest.mark.parametrize(
    "careless",
    [
        f"nh3>=0.3 \\\n{HASH}",
        "nh3==0.3.3\n    # via something\n",
        "nh3==0.3.3 \\\n    --hash=md5:00\n",
        "nh3 @ https://example.org/nh3.whl\n",
        "--extra-index-url https://example.org/\n",
        "-r other.txt\n",
    ],
)
def test_what_is_not_locked_would_be_noticed(careless: str) -> None:
    whole = f"jinja2==3.1.6 \\\n{HASH}    # via something\n"
    assert unlocked(whole) == []
    assert len(unlocked(whole + careless)) == 1


def test_the_site_is_tested_with_what_it_is_made_with() -> None:
    site, test = (versions(ROOT / f"requirements/{name}.txt") for name in ("site", "test"))
    assert {name: test.get(name) for name in site} == site


@pytest.mark.parametrize(
    "place",
    ["Makefile", "docs/scale.md", "scorecard/cluster.py", *sorted(WORKFLOWS.iterdir())],
    ids=lambda place: Path(place).name,
)
def test_nothing_is_installed_without_its_hashes(place: str | Path) -> None:
    lines = (ROOT / place).read_text("utf-8").splitlines()
    careless = [line for line in lines if "pip install" in line and "--require-hashes" not in line]
    assert careless == []
    assert not any(re.search(r"npm (install|i)\b|pipx|uvx|npx|curl|wget", line) for line in lines)


def _wheel(folder: Path, said: str) -> Path:
    """A package, as small as there can be."""
    path = folder / "invented-1.0-py3-none-any.whl"
    files = {
        "invented.py": f"SAID = {said!r}\n",
        "invented-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: invented\nVersion: 1.0\n",
        "invented-1.0.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    sums = {
        name: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        for name, text in files.items()
    }
    record = "invented-1.0.dist-info/RECORD"
    files[record] = (
        "".join(f"{name},sha256={sum_},\n" for name, sum_ in sums.items()) + f"{record},,\n"
    )
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(zipfile.ZipInfo(name), text)
    return path


@pytest.mark.parametrize(("said", "installed"), [("as it was", True), ("something else", False)])
def test_a_package_with_other_bytes_is_not_installed(
    said: str, installed: bool, tmp_path: Path
) -> None:
    locked = hashlib.sha256(_wheel(tmp_path, "as it was").read_bytes()).hexdigest()
    (tmp_path / "lock.txt").write_text(f"invented==1.0 --hash=sha256:{locked}\n")
    _wheel(tmp_path, said)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--no-deps",
    ]
    told = ["--no-index", "--find-links", str(tmp_path), "--target", str(tmp_path / "there")]
    command = [*pip, *told, "--require-hashes", "-r", str(tmp_path / "lock.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == installed, done.stderr
    assert (tmp_path / "there" / "invented.py").is_file() == installed
    assert ("DO NOT MATCH THE HASHES" in done.stderr) != installed
