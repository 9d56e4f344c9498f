"""The workflow `case from an issue`: answers become a pull request, and only text."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.build import read
from tests.support.issues import ANSWERS, issue_text
from tests.workflows.runner import Machine, needs_a_shell

pytestmark = needs_a_shell
JOB = ("case-from-issue", "propose")
FILLED = {"github.event.issue.number": "31"}
PLACE = "content/cases/invented-air/no-answer-for-a-month.yaml"
BRANCH = "case/issue-31"


@pytest.fixture
def machine(machine: Machine, tmp_path: Path) -> Machine:
    """One that has a place to push to."""
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "origin"], check=True)
    machine.git("remote", "add", "origin", str(tmp_path / "origin"))
    return machine


def told(machine: Machine, changed: dict[str, str]) -> dict[str, str]:
    """Runs the workflow on these answers; the text that each command of `gh` was given."""
    machine.event({"issue": {"number": 31, "body": issue_text({**ANSWERS, **changed})}})
    machine.run(*JOB, FILLED)
    return {" ".join(asked[:2]): given for asked, given in machine.calls}


def test_answers_become_a_pull_request(machine: Machine) -> None:
    calls = told(machine, {"timeline": ANSWERS["timeline"] + "\nthey never called back"})
    assert not machine.failed, machine.said
    assert list(calls) == ["auth setup-git", "pr create", "issue edit"]
    assert "Closes #31" in calls["pr create"]
    assert "they never called back" in calls["pr create"]
    assert machine.git("diff", "--name-only", "main", f"origin/{BRANCH}") == PLACE
    case = read(machine.git("show", f"origin/{BRANCH}:{PLACE}"))
    assert case["title"] == "No answer for a month"
    assert [event["event"] for event in case["timeline"]] == ["contact", "reply"]
    author = machine.git("log", "-1", "--format=%an", f"origin/{BRANCH}")
    assert author == "github-actions[bot]"


@pytest.mark.parametrize(
    "changed",
    [
        {"summary": "Write to jan@example.org"},
        {"timeline": "2026-01-05 | contact\ncall me on 020 123 45 67"},
        {"timeline": "they never called back"},
        {"company": "Nobody knows it"},
        {"amount": "a lot"},
    ],
    ids=["an e-mail address", "a phone number in what is left", "no event", "no company", "no sum"],
)
def test_answers_that_make_no_case_are_answered(machine: Machine, changed: dict[str, str]) -> None:
    calls = told(machine, changed)
    assert machine.failed
    assert list(calls) == ["issue comment", "issue edit"]
    assert "expected" in calls["issue comment"]
    assert "jan@" not in calls["issue comment"] + machine.said
    assert "020 123" not in calls["issue comment"] + machine.said
    assert machine.git("status", "--porcelain") == ""
    assert machine.git("ls-remote", "origin") == ""


def test_what_an_issue_says_is_never_run(machine: Machine) -> None:
    nasty = "$(touch pwned) `touch pwned`; touch pwned #"
    story = f"2026-01-05 | contact | channel: email | {nasty}\n{nasty}\n${{{{ github.token }}}}"
    calls = told(machine, {"title": f"'\"{nasty}", "summary": nasty, "timeline": story})
    assert not machine.failed, machine.said
    assert nasty in calls["pr create"]
    assert not list(machine.home.rglob("pwned"))
    changed = machine.git("diff", "--name-only", "main", f"origin/{BRANCH}")
    assert changed == "content/cases/invented-air/touch-pwned-touch-pwned-touch-pwned.yaml"
