"""The workflow `edition`: an archive in the content, and a site that has it."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

from tests.workflows.runner import Machine, needs_a_shell

pytestmark = needs_a_shell
PAGES = {"repos/owner/scorecard/pages": "https://owner.example/scorecard/\n"}


def test_an_editor_freezes_the_site_by_naming_it(machine: Machine, tmp_path: Path) -> None:
    machine.answer(PAGES)
    origin = tmp_path / "origin.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(origin)], check=True)
    machine.git("remote", "add", "origin", str(origin))
    commit = machine.git("rev-parse", "HEAD")
    machine.run("edition", "freeze", {"inputs.name": "2026-Q3"})
    assert not machine.failed, machine.said
    with zipfile.ZipFile(machine.work / "content/editions/2026-Q3.zip") as archive:
        record = json.loads(archive.read("edition.json"))
        front = archive.read("index.html").decode()
    assert record["commit"] == commit
    assert "https://owner.example/scorecard/editions/2026-Q3/" in front
    pushed = ["git", "-C", str(origin), "ls-tree", "--name-only", "main", "content/editions/"]
    listed = subprocess.check_output(pushed, text=True)
    assert listed.split() == ["content/editions/2026-Q3.zip"]
    assert machine.calls[-1][0] == ["workflow", "run", "publish.yml"]


def test_a_name_that_is_none_freezes_nothing(machine: Machine) -> None:
    machine.answer(PAGES)
    machine.run("edition", "freeze", {"inputs.name": "--content /etc"})
    assert machine.failed
    assert not (machine.work / "content/editions").exists()
