"""Stages import only what stands left of them, and no module grows too long."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "scorecard"
SHARED = [
    "places",
    "errors",
    "values",
    "rounding",
    "collecting",
    "parallel",
    "kept",
    "texts",
    "settings",
    "made_of",
    "cluster",
    "fields",
    "events",
    "model",
    "rubric",
    "calibrated",
    "standards",
    "edition",
    "site",
]
STAGES = ["load", "judge", "score", "compose", "render", "publish"]
ABOVE = [
    "loading",
    "pipeline",
    "preview",
    "contribute",
    "simulate",
    "calibration",
    "commands",
    "cli",
]
ORDER = SHARED + STAGES + ABOVE
ROOMS = [
    "page",
    "words",
    "vocabulary",
    "host",
    "case_format",
    "case_rows",
    "derivation",
    "replies",
    "charts",
    "figures",
    "gathered",
    "changes",
    "sentences",
    "letter",
    "tables",
    "api",
    "pages",
    "exports",
]
"""What is in compose/, its largest stage."""


def _imports(path: Path, package: str = "scorecard") -> Iterator[str]:
    """What it imports from a package: names of its modules and of the packages in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            yield str(node.module).removeprefix(f"{package}.").split(".")[0]
        elif isinstance(node, ast.Import):
            named = (a.name for a in node.names if a.name.startswith(f"{package}."))
            yield from (name.removeprefix(f"{package}.").split(".")[0] for name in named)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_a_module_imports_only_what_stands_left_of_it(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for imported in _imports(path):
        assert ORDER.index(imported) <= ORDER.index(own), f"{path.name} imports {imported}"


@pytest.mark.parametrize("room", ROOMS)
def test_within_compose_it_is_the_same(room: str) -> None:
    paths = [*PACKAGE.glob(f"compose/{room}.py"), *PACKAGE.glob(f"compose/{room}/*.py")]
    assert paths
    for path in paths:
        for imported in _imports(path, "scorecard.compose"):
            assert ROOMS.index(imported) <= ROOMS.index(room), f"{path.name} imports {imported}"


def test_everything_in_compose_has_its_place_in_that_order() -> None:
    there = {path.relative_to(PACKAGE / "compose").parts[0] for path in _modules("compose/**/*.py")}
    assert there - {"__init__.py"} == {
        room if (PACKAGE / "compose" / room).is_dir() else f"{room}.py" for room in ROOMS
    }


def _modules(pattern: str) -> list[Path]:
    """The modules of which a test looks at each; there are some."""
    found = sorted(PACKAGE.glob(pattern))
    assert found, pattern
    return found


def test_contributing_knows_nothing_of_scores_and_pages() -> None:
    for path in _modules("contribute/*.py"):
        assert set(_imports(path)) <= {*SHARED, "load", "contribute"}, path


def test_the_simulation_knows_nothing_of_rules_and_scores() -> None:
    for path in _modules("simulate/*.py"):
        assert set(_imports(path)) <= {*SHARED, "contribute", "simulate"}, path


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_no_module_is_longer_than_300_lines(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= 300, lines


def test_nothing_reads_the_clock_but_the_command_line() -> None:
    for path in _modules("**/*.py"):
        text = path.read_text("utf-8")
        if path.name != "common.py":
            assert not re.search(r"date\.today|datetime\.now|time\.time\(", text), path


def test_only_publish_and_the_commands_that_say_so_write_files() -> None:
    writers = {
        "kept.py",
        "publish/archive.py",
        "publish/folder.py",
        "contribute/importing.py",
        "contribute/issue_form.py",
        "contribute/writing.py",
        "commands/ask_reply.py",
        "commands/calibrate.py",
        "commands/diff.py",
        "commands/init.py",
        "commands/schema.py",
        "simulate/writing.py",
    }
    for path in _modules("**/*.py"):
        text = path.read_text("utf-8")
        writes = any(
            word in text for word in (".write_text(", ".write_bytes(", '.open("x', '.open("w')
        )
        assert not writes or path.relative_to(PACKAGE).as_posix() in writers, path
