"""What the workflows may do, and that every command in them is one that a test runs."""

from __future__ import annotations

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.workflows.runner import WORKFLOWS, workflow

NAMES = sorted(path.stem for path in WORKFLOWS.iterdir())
PINNED = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
RUN = {
    ("case-from-issue", "propose"),
    ("check", "audit"),
    ("check", "changed"),
    ("check", "code"),
    ("check", "content"),
    ("check", "versions"),
    ("comment", "comment"),
    ("edition", "freeze"),
    ("harden", "harden"),
    ("harden", "tests"),
    ("publish", "audit"),
    ("publish", "build"),
}
"""The jobs whose commands are run in this folder's other tests."""
CARELESS = """\
name: careless
on: issues
jobs:
  say:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: echo "${{ github.event.issue.title }}"
"""


def test_every_job_with_commands_is_run_by_a_test() -> None:
    jobs = {(name, job): described for name in NAMES for job, described in _jobs(name)}
    assert {key for key, job in jobs.items() if any("run" in s for s in job["steps"])} == RUN


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_do_nothing_but_what_each_job_asks_for(name: str) -> None:
    described = workflow(name)
    assert described["permissions"] == {}
    for _, job in _jobs(name):
        assert int(job["timeout-minutes"]) <= 60
        assert job["permissions"]


@pytest.mark.parametrize("name", NAMES)
def test_no_expression_reaches_a_shell(name: str) -> None:
    for _, job in _jobs(name):
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), step["name"]


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_pinned_by_its_hash_and_says_its_version(name: str) -> None:
    text = (WORKFLOWS / f"{name}.yml").read_text("utf-8")
    uses = re.findall(r"uses: (.+)", text)
    assert uses
    assert [line for line in uses if not PINNED.fullmatch(line)] == []


def test_a_proposal_is_checked_without_secrets_and_without_the_right_to_write() -> None:
    described = workflow("check")
    assert described["on"] == {"pull_request": ""}
    assert "secrets." not in (WORKFLOWS / "check.yml").read_text("utf-8")
    for _, job in _jobs("check"):
        assert job["permissions"] == {"contents": "read"}
        checkout = job["steps"][0]
        assert checkout["uses"].startswith("actions/checkout@")
        assert checkout["with"]["persist-credentials"] == "false"


def test_the_comment_checks_out_nothing_but_the_default_branch() -> None:
    for _, job in _jobs("comment"):
        assert set(job["permissions"].items()) == {
            ("actions", "read"),
            ("contents", "read"),
            ("pull-requests", "write"),
        }
        checkouts = [step["with"] for step in job["steps"] if "uses" in step]
        assert [each["ref"] for each in checkouts] == [
            "${{ github.event.repository.default_branch }}"
        ]


def test_only_what_signs_and_what_publishes_can_show_who_it_is() -> None:
    """And nothing of ours, or of the packages, runs there."""
    jobs = {(name, job): described for name in NAMES for job, described in _jobs(name)}
    signing = {key: job for key, job in jobs.items() if "id-token" in job["permissions"]}
    assert signing.keys() == {("publish", "attest"), ("publish", "deploy")}
    for job in signing.values():
        assert [step for step in job["steps"] if "run" in step] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_run_takes_over_what_another_one_kept(name: str) -> None:
    """A proposal's run could leave a lie there for the one that publishes."""
    text = (WORKFLOWS / f"{name}.yml").read_text("utf-8")
    assert not re.search(r"actions/cache|^ *cache[\w-]*:", text, re.M)


def test_zizmor_finds_nothing() -> None:
    done = _zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_what_starts_the_comment_is_kept_from_zizmor() -> None:
    """It warns of every workflow that another one starts, whatever it does."""
    texts = "\n".join((WORKFLOWS / f"{name}.yml").read_text("utf-8") for name in NAMES)
    assert re.findall(r"(\S+):? # zizmor: (.+)", texts) == [
        ("workflow_run:", "ignore[dangerous-triggers]")
    ]


def test_zizmor_would_find_what_is_careless(tmp_path: Path) -> None:
    path = tmp_path / ".github" / "workflows" / "careless.yml"
    path.parent.mkdir(parents=True)
    path.write_text(CARELESS, "utf-8")
    done = _zizmor(path)
    assert done.returncode != 0
    for audit in ("template-injection", "unpinned-uses", "artipacked", "excessive-permissions"):
        assert f"[{audit}]" in done.stdout, audit


def _zizmor(path: Path) -> subprocess.CompletedProcess[str]:
    """Its strictest persona, without asking the network anything."""
    program = Path(sysconfig.get_path("scripts")) / "zizmor"
    command = [
        str(program),
        "--offline",
        "--persona",
        "auditor",
        "--no-progress",
        "--color",
        "never",
    ]
    return subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)


def _jobs(name: str) -> list[tuple[str, dict]]:  # type: ignore[type-arg]  # as YAML has it
    return list(workflow(name)["jobs"].items())
