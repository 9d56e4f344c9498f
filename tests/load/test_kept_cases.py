"""Cases are kept as they were read; whatever changed, the content is that of a reading without them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorecard.errors import ContentError
from scorecard.load import cases, intake
from scorecard.load.content import load_content
from scorecard.load.yaml_text import read_yaml
from tests.support.build import CASE, CASE_PLACE, COMPANY, SITE, content_folder

WITHDRAWN = "status: withdrawn\nstatus_note: Not mine.\nstatus_date: 2024-05\n"
DOUBTFUL = CASE + "evidence: {level: none}\n"
TOLD, SECRET = "Something to be read", "Something nobody is to read"
Change = Callable[[Path], object]


def place(name: str) -> str:
    return CASE_PLACE.replace("one", name)


FILES = {
    **{place(f"case-{n}"): CASE for n in range(4)},
    place("doubtful"): DOUBTFUL.replace("title: ", f"title: {TOLD} "),
    place("gone"): CASE.replace("title: ", f"title: {SECRET} ") + WITHDRAWN,
    "companies/other.yaml": COMPANY,
    "cases/other/one.yaml": CASE,
}


def loaded(folder: Path, keep: Path | None) -> tuple[Any, ...]:
    try:
        content = load_content(folder, 1, keep)
    except ContentError as error:
        return error.problems, error.warnings
    return content.cases, content.manifest, content.warnings, content.digest


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight cases of two companies, in pieces of at most three."""
    monkeypatch.setattr(cases, "PART", 3)
    return content_folder(tmp_path, FILES)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of cases whose YAML is read."""
    seen: list[str] = []

    def reading(path: Path, name: str) -> Any:
        if path.parent.parent.name == "cases":
            seen.append(f"{path.parent.name}/{path.stem}")
        return read_yaml(path, name)

    monkeypatch.setattr(intake, "read_yaml", reading)
    return seen


def test_what_was_read_once_is_not_read_again(
    content: Path, tmp_path: Path, read: list[str]
) -> None:
    first = loaded(content, tmp_path / "keep")
    assert len(read) == len(first[0]) == 8
    read.clear()
    assert loaded(content, tmp_path / "keep") == first
    assert read == ["acme/gone"]
    assert loaded(content, None) == first


def written(name: str, text: str) -> Change:
    def change(content: Path) -> None:
        path = content / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    return change


CHANGES: list[tuple[Change, int]] = [
    (written(place("case-1"), CASE.replace("title: ", "title: Another ")), 4),
    (written(place("case-1"), CASE.replace("title: ", "titel: ")), 4),
    (written(place("case-1"), "\x00"), 4),
    (written(place("case-1"), CASE + "summary: call 06-12345678\n"), 4),
    (written(place("case-1"), DOUBTFUL), 4),
    (written(place("gone"), CASE), 3),
    (written("cases/other/two.yaml", CASE), 3),
    (written("cases/unknown/two.yaml", CASE), 2),
    (lambda content: (content / "cases/other/one.yaml").unlink(), 1),
    (written("companies/acme.yaml", COMPANY + "website: https://acme.example\n"), 7),
    (written("site.yaml", SITE.replace("Europe/Amsterdam", "Asia/Tokyo")), 8),
]
"""Each with the number of files that are read then: the withdrawn one always is."""


@pytest.mark.parametrize(("change", "count"), CHANGES)
def test_after_a_change_only_what_it_touches_is_read(
    change: Change, count: int, content: Path, tmp_path: Path, read: list[str]
) -> None:
    keep = tmp_path / "keep"
    loaded(content, keep)
    change(content)
    read.clear()
    now = loaded(content, keep)
    assert len(read) == count
    assert now == loaded(content, keep) == loaded(content, None)


def test_what_was_withdrawn_is_not_kept(content: Path, tmp_path: Path) -> None:
    loaded(content, tmp_path / "keep")
    kept = [path.read_bytes() for path in (tmp_path / "keep").rglob("*") if path.is_file()]
    assert len(kept) == 4
    assert any(TOLD.encode() in piece for piece in kept)
    assert not any(SECRET.encode() in piece for piece in kept)
