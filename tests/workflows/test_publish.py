"""The workflow `publish`: today's site, at the address that it will have."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from tests.workflows.runner import Machine, needs_a_shell

pytestmark = needs_a_shell


def test_the_site_is_built_for_today_and_for_its_address(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.answer({"repos/owner/scorecard/pages": "https://owner.example/scorecard/\n"})
    before = date.today()  # noqa: DTZ011 - as the command reads it
    machine.run("publish", "build")
    assert not machine.failed, machine.said
    assert machine.made == ["setup"]
    site = machine.work / "site"
    assert "https://owner.example/scorecard/companies/" in (site / "sitemap.xml").read_text("utf-8")
    as_of = json.loads((site / "api" / "v1" / "index.json").read_text("utf-8"))["as_of"]
    assert before <= date.fromisoformat(as_of) <= date.today()  # noqa: DTZ011


def test_nothing_is_built_where_there_is_no_address(tmp_path: Path) -> None:
    machine = Machine(tmp_path)
    machine.run("publish", "build")
    assert machine.failed
    assert not (machine.work / "site").exists()
