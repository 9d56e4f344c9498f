"""The workflow `harden`: all rounds, on a machine that has what they need."""

from __future__ import annotations

from tests.workflows.runner import Machine, needs_a_shell, workflow

pytestmark = needs_a_shell


def test_all_rounds_are_taken_with_what_they_need(machine: Machine) -> None:
    machine.run("harden", "harden")
    assert not machine.failed, machine.said
    *asked, rounds = machine.made
    assert asked[:3] == ["sudo", "apt-get", "update"]
    assert {"install", "strace", "libreoffice-calc"} <= set(asked)
    assert rounds == "harden"


def test_of_all_other_tests_too(machine: Machine) -> None:
    [step] = [step for step in workflow("harden")["jobs"]["tests"]["steps"] if "run" in step]
    assert step["env"] == {"HARDEN": "full"}
    machine.run("harden", "tests")
    assert not machine.failed, machine.said
    assert machine.made == ["test"]
