"""The workflow `publish`: today's site, at the address that it will have."""

from __future__ import annotations

import json
import subprocess
from datetime import date

from tests.workflows.runner import Machine, needs_a_shell, workflow

pytestmark = needs_a_shell


def test_the_site_is_built_for_today_and_for_its_address_of_nothing_that_was_kept(
    machine: Machine,
) -> None:
    machine.write(".cache/cases/ab/abcd", "a lie")
    machine.answer({"repos/owner/scorecard/pages": "https://owner.example/scorecard/\n"})
    before = date.today()  # noqa: DTZ011 - as the command reads it
    machine.run("publish", "build")
    assert not machine.failed, machine.said
    assert machine.made == ["setup", "sbom"]
    site = machine.work / "site"
    check = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    subprocess.run(check, cwd=site, check=True)
    listed = (site / "SHA256SUMS").read_text("utf-8").splitlines()
    files = sum(path.is_file() for path in site.rglob("*"))
    assert len(listed) == files - 1
    assert "https://owner.example/scorecard/companies/" in (site / "sitemap.xml").read_text("utf-8")
    as_of = json.loads((site / "api" / "v1" / "index.json").read_text("utf-8"))["as_of"]
    assert before <= date.fromisoformat(as_of) <= date.today()  # noqa: DTZ011 - as the command reads it
    assert not (machine.work / ".cache/cases/ab/abcd").exists()


def test_what_is_published_is_signed_by_a_job_that_is_handed_no_more_than_two_lists() -> None:
    jobs = workflow("publish")["jobs"]
    [handed] = [
        s["with"] for s in jobs["build"]["steps"] if s.get("with", {}).get("name") == "lists"
    ]
    assert handed["path"].split() == ["site/SHA256SUMS", "sbom.json"]
    taken, *signed = [step["with"] for step in jobs["attest"]["steps"]]
    assert taken == {"name": "lists"}
    assert signed == [
        {"subject-path": "site/SHA256SUMS"},
        {"subject-path": "site/SHA256SUMS", "sbom-path": "sbom.json"},
    ]
    assert jobs["deploy"]["needs"] == "build"


def test_known_holes_are_asked_for_every_day(machine: Machine) -> None:
    machine.run("publish", "audit")
    assert machine.made == ["audit"]
    assert "needs" not in workflow("publish")["jobs"]["audit"]


def test_nothing_is_built_where_there_is_no_address(machine: Machine) -> None:
    machine.run("publish", "build")
    assert machine.failed
    assert not (machine.work / "site").exists()
