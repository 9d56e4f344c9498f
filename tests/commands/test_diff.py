"""`diff`: what a change does to the scores, against a folder and against git."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import nullcontext
from pathlib import Path

import pytest
from markdown import markdown

from scorecard.cli import main
from scorecard.commands.effect_text import quoted
from tests.conftest import SMALL

CASE = Path("cases") / "invented-telecom" / "answered-3.yaml"


def diff(
    base: str, content: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["diff", base, "--content", str(content), *more])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_nothing_changes_against_itself(
    bilingual_content: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    code, out, _ = diff(str(SMALL), bilingual_content, capsys, "--format", form)
    assert code == 0
    if form == "json":
        assert json.loads(out)["companies"] == []
    else:
        assert "This changes no score." in out


def test_the_figures_are_those_of_the_two_sites(
    bilingual_content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The scores before and after are what builds of the two would publish, on the same day."""
    (bilingual_content / CASE).unlink()
    _, out, _ = diff(str(SMALL), bilingual_content, capsys, "--format", "json")
    told = json.loads(out)
    moved = {company["company"]: company for company in told["companies"]}
    sites = {}
    for name, content in (("was", SMALL), ("now", bilingual_content)):
        sites[name] = tmp_path / name
        arguments = ["--content", str(content), "--as-of", told["as_of"], "--jobs", "1"]
        assert main(["build", "--out", str(sites[name]), *arguments]) == 0
    for slug, company in moved.items():
        for side, site in sites.items():
            page = json.loads((site / "api/v1/companies" / f"{slug}.json").read_text("utf-8"))
            assert company["grade"][side] == page["grade"]
            for part, scores in company["scores"].items():
                published = page["scores"][part]
                if published is None:
                    assert scores[side] is None
                else:
                    assert scores[side]["score"] == pytest.approx(published["score"], abs=0.006)
    cases = moved["invented-telecom"]["cases"]
    assert [(case["case"], case["change"]) for case in cases] == [
        ("invented-telecom/answered-3", "gone")
    ]


def test_a_changed_case_names_the_findings_that_changed(
    bilingual_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = bilingual_content / "cases" / "invented-telecom" / "everything.yaml"
    text = path.read_text("utf-8")
    assert "kept_at: 2026-06-15" in text
    path.write_text(text.replace("kept_at: 2026-06-15", "kept_at: 2026-06-12"), "utf-8")
    _, out, _ = diff(str(SMALL), bilingual_content, capsys, "--format", "json")
    (company,) = (c for c in json.loads(out)["companies"] if c["cases"])
    (case,) = company["cases"]
    assert case["change"] == "changed"
    assert "promises-kept" in {finding["rule"] for finding in case["findings"]}
    for finding in case["findings"]:
        assert finding["was"] != finding["now"]
    _, out, _ = diff(str(SMALL), bilingual_content, capsys, "--format", "markdown")
    assert "1 changed case" in out.splitlines()[2]
    assert "Every promise was kept in time" in out


def test_another_method_is_named_as_the_cause(
    bilingual_content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sectors = bilingual_content / "sectors.yaml"
    sectors.write_text(sectors.read_text("utf-8").replace("ces: -15", "ces: -10"), "utf-8")
    _, out, _ = diff(str(SMALL), bilingual_content, capsys, "--format", "json")
    assert json.loads(out)["causes"] == ["sectors.yaml"]


def test_a_git_revision_is_read_without_touching_the_work_tree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "a repository" / "content"
    shutil.copytree(SMALL, content)
    git(content.parent, "init", "-q")
    git(content.parent, "add", "-A")
    git(content.parent, "commit", "-q", "-m", "first")
    (content / CASE).unlink()
    code, out, _ = diff("HEAD", content, capsys)
    assert code == 0
    assert "1 removed case" in out
    assert not (content / CASE).exists()


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("base", ["no-such-revision", "--output=x", "HEAD; rm -rf x", ""])
def test_what_is_no_base_is_told_in_a_line(
    bilingual_content: Path, capsys: pytest.CaptureFixture[str], base: str
) -> None:
    with pytest.raises(SystemExit) if base.startswith("--") else nullcontext():
        code, out, err = diff(base, bilingual_content, capsys)
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1


def test_a_base_with_problems_of_its_own_is_told(
    bilingual_content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = tmp_path / "base"
    shutil.copytree(bilingual_content, base)
    (base / CASE).write_text("title: x\n", "utf-8")
    code, _, err = diff(str(base), bilingual_content, capsys)
    assert code == 2
    assert "problems of its own" in err


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "[a link](https://evil.example)",
        "**bold** _em_ `code` # title | cell ~~gone~~",
        "</details> out of the fold",
        "ends with \\",
    ],
)
def test_somebodys_words_stay_words_in_the_comment(words: str) -> None:
    page = markdown(f"- {quoted(words)}")
    assert not any(tag in page for tag in ("<script", "<a", "<strong", "<em", "<code", "</details"))
    calls = quoted("@everybody at https://evil.example and www.evil.example")
    assert "@everybody" not in calls
    assert "https://" not in calls
    assert "www.evil" not in calls
