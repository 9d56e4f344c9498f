"""The workflow `check`: what a contributor is told, and what is handed on of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workflows.runner import Machine, needs_a_shell, workflow

pytestmark = needs_a_shell
NUMBER = {
    "github.event.pull_request.number": "12",
    "github.event.pull_request.head.repo.fork": "false",
}
PLACE = "content/cases/invented-air/proposed.yaml"
CASE = """\
title: No answer for a month (invented)
wanted: refund
source: {kind: first-hand}
timeline:
  - {event: contact, at: 2026-01-05, channel: email, asks: refund}
"""


def test_a_good_case_is_built_and_its_diff_handed_on(machine: Machine) -> None:
    machine.write(PLACE, CASE)
    machine.commit("A case")
    machine.run("check", "content", NUMBER)
    assert not machine.failed, machine.said
    assert machine.made == ["setup"]
    assert "::error" not in machine.said
    assert (machine.work / "site" / "cases" / "invented-air" / "proposed" / "index.html").is_file()
    diff = (machine.work / "said" / "diff.md").read_text("utf-8")
    assert "Invented Air" in diff
    assert machine.summary == diff
    assert (machine.work / "said" / "number").read_text("utf-8") == "12\n"


def test_a_bad_case_fails_with_annotations_and_hands_on_what_to_mend(machine: Machine) -> None:
    machine.write(PLACE, CASE.replace("channel", "chanel"))
    machine.commit("A case")
    machine.run("check", "content", NUMBER)
    assert machine.failed
    assert re.search(rf"^::error .*file={PLACE},.*chanel", machine.said, re.M), machine.said
    handed_on = (machine.work / "said" / "diff.md").read_text("utf-8")
    assert f"{PLACE}:5:" in handed_on
    assert "Did you mean 'channel'?" in handed_on
    assert (machine.work / "said" / "number").read_text("utf-8") == "12\n"
    assert not (machine.work / "site").exists()


def with_an_edition(machine: Machine, archive: bytes) -> Path:
    edition = machine.work / "content/editions/2026-Q2.zip"
    edition.parent.mkdir()
    edition.write_bytes(archive)
    machine.commit("An edition")
    return edition


@pytest.mark.parametrize(("fork", "failed"), [("false", False), ("true", True)])
def test_only_the_editors_add_an_edition(
    fork: str, failed: bool, machine: Machine, archive: bytes
) -> None:
    with_an_edition(machine, archive)
    machine.run("check", "content", {**NUMBER, "github.event.pull_request.head.repo.fork": fork})
    assert machine.failed == failed, machine.said
    assert ("made by the editors" in machine.said) == failed


@pytest.mark.parametrize("change", ["changed", "removed", "renamed"])
def test_nobody_changes_an_edition(change: str, machine: Machine, archive: bytes) -> None:
    edition = with_an_edition(machine, archive)
    if change == "changed":
        edition.write_bytes(archive + b"x")
    elif change == "removed":
        edition.unlink()
    else:
        edition.rename(edition.with_name("2026-Q1.zip"))
    machine.commit("Another past")
    machine.run("check", "content", NUMBER)
    assert machine.failed
    assert "An edition never changes" in machine.said


@pytest.mark.parametrize(
    ("place", "changed"),
    [(PLACE, "false"), ("content/rubric.yaml", "true"), ("scorecard/new.py", "true")],
)
def test_the_code_is_tested_where_more_than_cases_changed(
    machine: Machine, place: str, changed: str
) -> None:
    machine.write(place, CASE)
    machine.commit("A change")
    machine.run("check", "changed")
    assert not machine.failed, machine.said
    assert machine.outcomes["changed.outputs.code"] == changed


@pytest.mark.parametrize(
    ("job", "made"), [("code", "test"), ("versions", "versions"), ("audit", "audit")]
)
def test_changed_code_is_tested_compared_and_audited(machine: Machine, job: str, made: str) -> None:
    described = workflow("check")["jobs"][job]
    assert described["needs"] == "changed"
    assert described["if"] == "needs.changed.outputs.code == 'true'"
    machine.run("check", job)
    assert not machine.failed, machine.said
    assert machine.made == [made]


def test_every_python_that_is_compared_is_there() -> None:
    steps = workflow("check")["jobs"]["versions"]["steps"]
    [there] = [step["with"]["python-version"] for step in steps if "setup-python@" in str(step)]
    compared = re.search(r"^PYTHONS := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert compared
    assert sorted(f"python{version}" for version in there.split()) == compared[1].split()


@pytest.mark.parametrize("place", [".cache/cases/ab/abcd", ".venv/bin/activate", "site/index.html"])
def test_nobody_brings_what_the_project_makes_itself(machine: Machine, place: str) -> None:
    """What lies in .cache or .venv would be taken for our own by every run after it."""
    machine.write(place, "a lie")
    machine.git("add", "--force", place)
    machine.commit("A case")
    machine.run("check", "content", NUMBER)
    assert machine.failed
    assert f"{place}\n::error::" in machine.said


def test_nobody_brings_a_link_to_elsewhere_in_its_place(machine: Machine) -> None:
    shutil.rmtree(machine.work / ".cache")
    (machine.work / ".cache").symlink_to("/tmp")  # noqa: S108 - it is never followed
    machine.git("add", "--force", ".cache")
    machine.commit("A case")
    machine.run("check", "content", NUMBER)
    assert machine.failed
    assert ".cache\n::error::" in machine.said
