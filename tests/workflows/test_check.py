"""The workflow `check`: what a contributor is told, and what is handed on of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workflows.runner import Machine, needs_a_shell

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


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


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


@pytest.mark.parametrize(("fork", "failed"), [("false", False), ("true", True)])
def test_only_the_editors_add_an_edition(fork: str, failed: bool, machine: Machine) -> None:
    machine.command("build.py", "edition", "2026-Q2")
    machine.commit("An edition")
    machine.run("check", "content", {**NUMBER, "github.event.pull_request.head.repo.fork": fork})
    assert machine.failed == failed, machine.said
    assert ("made by the editors" in machine.said) == failed


@pytest.mark.parametrize("change", ["changed", "removed", "renamed"])
def test_nobody_changes_an_edition(change: str, machine: Machine) -> None:
    machine.command("build.py", "edition", "2026-Q2")
    machine.commit("An edition")
    archive = machine.work / "content/editions/2026-Q2.zip"
    if change == "changed":
        archive.write_bytes(archive.read_bytes() + b"x")
    elif change == "removed":
        archive.unlink()
    else:
        archive.rename(archive.with_name("2026-Q1.zip"))
    machine.commit("Another past")
    machine.run("check", "content", NUMBER)
    assert machine.failed
    assert "An edition never changes" in machine.said


@pytest.mark.parametrize(
    ("place", "made"),
    [(PLACE, []), ("content/rubric.yaml", ["test"]), ("scorecard/new.py", ["test"])],
)
def test_the_code_is_tested_where_more_than_cases_changed(
    machine: Machine, place: str, made: list[str]
) -> None:
    machine.write(place, CASE)
    machine.commit("A change")
    machine.run("check", "code")
    assert not machine.failed, machine.said
    assert machine.made == made
