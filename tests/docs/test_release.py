"""What a release tells of itself: CHANGELOG.md, pyproject.toml and the tools agree."""

from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT

FILE = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = FILE["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_version_is_the_newest_of_the_changelog_or_the_one_to_come() -> None:
    headings = re.findall(r"^## \[(.+?)\]", CHANGELOG, re.MULTILINE)
    assert headings[0] == "Unreleased"
    newest = headings[1:2] or re.findall(r"to become (\d+\.\d+\.\d+)\.", CHANGELOG)
    assert newest == [PROJECT["version"]]


def test_every_release_has_its_day() -> None:
    released = re.findall(r"^## \[\d.*$", CHANGELOG, re.MULTILINE)
    assert [line for line in released if not re.search(r"\] - \d{4}-\d\d-\d\d$", line)] == []


def test_the_pythons_that_are_named_are_those_that_are_tried() -> None:
    named = re.findall(r":: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    [tried] = re.findall(r"^PYTHONS := (.*)$", makefile, re.MULTILINE)
    assert [f"python{version}" for version in named] == tried.split()
    assert PROJECT["requires-python"] == f">={named[0]}"
    assert FILE["tool"]["mypy"]["python_version"] == named[0]
    assert FILE["tool"]["ruff"]["target-version"] == f"py{named[0].replace('.', '')}"


def test_a_package_carries_the_licence_of_each_of_its_parts() -> None:
    for path in PROJECT["license-files"]:
        assert (ROOT / path).exists(), path
    told = "\n".join((ROOT / path).read_text("utf-8") for path in PROJECT["license-files"])
    texts = {
        "Apache-2.0": "Apache License",
        "CC-BY-4.0": "CC-BY-4.0",
        "OFL-1.1": "OPEN FONT LICENSE",
    }
    assert PROJECT["license"].split(" AND ") == list(texts)
    assert [name for name, words in texts.items() if words not in told] == []


def test_every_dependency_has_its_reason() -> None:
    architecture = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for wanted in PROJECT["dependencies"]:
        [name] = re.findall(r"^[\w-]+", wanted)
        assert f"| {name} |" in architecture, name
