"""CONTRIBUTING.md: its five steps add a rule, done to a copy of the project as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, made_once
from tests.docs.project import copy_of
from tests.site.reading import load, tree

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
GOLD = "test_the_scores_of_the_small_content_change_only_with_the_method"
BLOCK = re.compile(
    r"\b(?:In|At the end of) `([^`\n]+)`(?:, (above|below|instead of) `([^`\n]+)`)?\n\n```\w+\n(.*?)```",
    re.DOTALL,
)
"""A file, where in it a block goes, the beginning of the one line that this is said by, and the block."""


@pytest.fixture(scope="session")
def project(shared: Path) -> Path:
    """A copy of the project with the rule in it."""
    copy = shared / "rule"

    def add() -> None:
        copy_of(copy, "content/companies", "content/cases/unnamed-provider")
        section = TEXT[TEXT.index("### Add a rule") : TEXT.index("### Add a language")]
        blocks = BLOCK.findall(section)
        assert len(blocks) == section.count("```") / 2 > 5, "each block says where it stands"
        for file, where, line, block in blocks:
            _put(copy / file, where, line, block)

    return made_once(copy, add)


def _put(path: Path, where: str, line: str, block: str) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    if where:
        [place] = [i for i, each in enumerate(lines) if each.startswith(line)]
        lines[place + (where == "below") : place + (where != "above")] = [block]
    else:
        lines.append(block)
    path.write_text("".join(lines), "utf-8")


def run(project: Path, *arguments: str) -> str:
    """What a module of Python says in the copy; it must be content."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=project, env=os.environ | {"PYTHONPATH": str(project), "UPDATE_GOLD": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def site(shared: Path, project: Path) -> Path:
    """The small site of the copy, of which it keeps the scores; the rule's own tests and those of its
    neighbours and words pass there."""
    base = shared / "of-rule"
    asked = ["tests/judge", "tests/render/test_translation.py", f"tests/site/test_build.py::{GOLD}"]

    def keep() -> None:
        told = run(project, "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={base}", *asked)
        (base / "told").write_text(told, "utf-8")

    return made_once(base, keep) / "small"


def test_the_code_is_in_its_usual_shape(project: Path) -> None:
    run(project, "ruff", "check", "scorecard", "tests/judge")
    run(project, "ruff", "format", "--check", "scorecard", "tests/judge")


def test_the_rule_passes_its_own_tests_and_those_of_its_neighbours_and_words(site: Path) -> None:
    told = site.with_name("told").read_text("utf-8")
    passed = re.search(r"^(\d+) passed", told, re.MULTILINE)
    assert passed
    assert int(passed[1]) > 100


@pytest.mark.parametrize(
    ("language", "name", "reason"),
    [
        ("", "Goodwill", "The company made a gesture that nobody had asked for."),
        ("nl", "Coulance", "Het bedrijf maakte een gebaar waar niemand om had gevraagd."),
    ],
)
def test_the_rule_stands_on_the_methodology_page_and_its_finding_on_a_case(
    site: Path, language: str, name: str, reason: str
) -> None:
    method = tree(site / language / "methodology/index.html")
    assert name in method.get_element_by_id("rule-goodwill").text_content()
    case = tree(site / language / "cases/invented-telecom/everything/index.html").text_content()
    assert name in case
    assert reason in case


def test_the_scores_know_it(site: Path, project: Path) -> None:
    case: dict[str, Any] = load(site / "api/v1/cases/invented-telecom/everything.json")
    findings = case["scores"]["follow_through"]["findings"]
    assert [f["value"] for f in findings if f["rule"] == "goodwill"] == [1]
    gold = project / f"tests/gold/scores-{case['method']}.json"
    assert load(gold)["method"] == case["method"] == "3"
