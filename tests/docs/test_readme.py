"""README.md: its first case, its commands for a new site, and the links of every document."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from scorecard.cli import main
from tests.conftest import ROOT
from tests.docs.project import copy_of
from tests.site.reading import load

TEXT = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def blocks(language: str) -> list[str]:
    """The blocks of code in a language, without the indentation of a list."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", TEXT, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{indent}", "", text, flags=re.MULTILINE) for indent, text in found]


def test_it_is_read_on_two_screens() -> None:
    assert len(TEXT.splitlines()) <= 100


def test_its_first_case_is_checked_built_and_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [address] = re.findall(r"`content/(cases/(?:[a-z-]+/){1,2}[a-z-]+)\.yaml`", TEXT)
    [case] = blocks("yaml")
    content, site = tmp_path / "mine/content", tmp_path / "site"
    assert main(["init", str(tmp_path / "mine")]) == 0
    (content / f"{address}.yaml").write_text(case, "utf-8")
    assert main(["check", "--content", str(content)]) == 0
    assert main(["build", "--content", str(content), "--out", str(site)]) == 0
    assert load(site / f"api/v1/{address}.json")["title"] in case
    [explained] = re.findall(r"`scorecard explain (\S+)`", TEXT)
    assert f"cases/{explained}" == address
    capsys.readouterr()
    assert main(["explain", explained, "--content", str(content)]) == 0
    assert "promises-kept" in capsys.readouterr().out


def test_a_site_of_ones_own_begins_in_a_fork_as_it_says(tmp_path: Path) -> None:
    project = copy_of(
        tmp_path / "fork", "content/cases/alex", "content/companies", "content/mappings"
    )
    [own] = [block for block in blocks("sh") if "git clone" in block]
    lines = own.splitlines()
    assert [lines[0].split()[:2], lines[-1]] == [["git", "clone"], "make serve"]
    committed = (
        "git init -q && git add -A && git -c user.name=a -c user.email=a@b.c commit -qm ours"
    )
    wanted = " && ".join([committed, *lines[1:-1]])
    subprocess.run(["sh", "-c", wanted], cwd=project, check=True)
    build = [sys.executable, "build.py", "build", "--as-of", "today", "--out", "site"]
    subprocess.run(build, cwd=project, check=True)
    companies = load(project / "site/api/v1/index.json")["companies"]
    assert [company["slug"] for company in companies] == ["example-shop"]


def test_every_target_of_make_that_it_names_is_there() -> None:
    named = set(
        re.findall(r"\bmake ([a-z-]+)", "".join([*blocks("sh"), *re.findall("`[^`]+`", TEXT)]))
    )
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert named <= there


def test_its_pictures_are_small_and_alike() -> None:
    pictures = [ROOT / name for name in re.findall(r'(?:src|srcset)="([^"]+)"', TEXT)]
    assert len(pictures) == 2
    assert all(picture.stat().st_size < 150_000 for picture in pictures)
    assert len({Image.open(picture).size for picture in pictures}) == 1


def test_every_link_within_the_project_leads_somewhere() -> None:
    links = [
        (path, link)
        for path in DOCUMENTS
        for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", path.read_text("utf-8"))
    ]
    assert len(links) > 30
    for path, link in links:
        name, _, heading = link.partition("#")
        if name.startswith("../../issues/"):  # a page of the repository's host
            form = re.search(r"template=([a-z-]+\.yml)", name)
            assert form
            name = f"{'../' * len(path.parent.relative_to(ROOT).parts)}.github/ISSUE_TEMPLATE/{form[1]}"
        target = (path.parent / name) if name else path
        assert target.exists(), (path.name, link)
        assert not heading or heading in _headings(target), (path.name, link)


def _headings(path: Path) -> set[str]:
    """The headings of a document as GitHub makes anchors of them."""
    told = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in told}
