"""Every published figure has an address, a value then and now, and a command that makes it again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scorecard.cli import main
from tests.site.reading import load, tree

BASE = "https://small.example/score/"


@pytest.fixture
def told(december_site: Path, june_content: Path) -> tuple[Path, Path]:
    """A site half a year after its edition, and its content."""
    return december_site, june_content


def passports(site: Path) -> Iterator[dict[str, Any]]:
    """Every passport of the API."""
    for path in sorted((site / "api/v1").rglob("*.json")):
        if "schema" not in path.parts and path.name != "changes.json":
            data = load(path)
            yield from data.get("figures", ())
            for sector in data.get("sectors", ()):
                yield from sector["figures"]


def test_every_figure_stands_at_its_address_in_every_language(told: tuple[Path, Path]) -> None:
    site, _ = told
    page = cache(tree)
    count = 0
    for passport in passports(site):
        address, _, id_ = passport["address"].removeprefix(BASE).partition("#")
        assert id_ == passport["id"]
        for language in ("", "nl/"):
            found = page(site / language / address / "index.html").xpath(f"//*[@id='{id_}']")
            assert len(found) == 1, passport["address"]
        count += 1
    assert count > 50


def test_a_page_shows_the_value_at_the_address_of_the_figure(told: tuple[Path, Path]) -> None:
    site, _ = told
    page_at = cache(tree)
    for passport in passports(site):
        if passport["unit"] not in ("points", "ces", "grade") or passport["value"] is None:
            continue
        address, _, id_ = passport["address"].removeprefix(BASE).partition("#")
        page = page_at(site / address / "index.html")
        value, place = passport["value"], page.get_element_by_id(id_)
        if id_ == "fig-overall" and "Too few cases" in place.text_content():
            [place] = page.xpath(f"//tr[td/a/@href='#{id_}']")  # its sentence tells no score
        text = place.text_content()
        shown = value if isinstance(value, str) else f"{value:.1f}".replace("-", "−")
        assert shown in text, (passport["address"], text)


def test_the_command_makes_the_figure_again(
    told: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    site, content = told
    redone = 0
    printed: dict[str, str] = {}
    for passport in passports(site):
        command = passport["recompute"]
        if command not in printed:
            words = shlex.split(command)
            assert words[:2] == ["python", "build.py"]
            assert main([*words[2:], "--content", str(content)]) == 0
            printed[command] = capsys.readouterr().out
        whole = printed[command]
        [line] = [one for one in whole.splitlines() if f" #{passport['id']} " in one]
        values = [passport[key] for key in ("value", "low", "high", "cases")]
        *numbers_told, unit = line.split()[-5:]
        assert unit == passport["unit"]
        assert list(map(_read, numbers_told)) == values, passport["address"]
        redone += 1
        if passport["unit"] == "points" and passport["value"] is not None:
            derived = whole.partition("Every figure that is published")[0]
            numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", derived)]
            near = min(abs(number - passport["value"]) for number in numbers)
            assert near <= 0.0051, (passport["address"], command)
    assert redone > 50


def _read(cell: str) -> float | str | None:
    """A cell of a terminal's table."""
    if cell == "–":
        return None
    return cell if cell.isalpha() else float(cell)


def test_what_a_figure_is_made_from_is_there(told: tuple[Path, Path]) -> None:
    site, _ = told
    for passport in passports(site):
        assert passport["inputs"]
        for address in passport["inputs"]:
            assert (site / address.removeprefix(BASE)).is_file(), address


def test_a_figure_tells_what_it_was_in_the_edition(told: tuple[Path, Path]) -> None:
    site, _ = told
    frozen = load(site / "editions/2026-Q2/api/v1/companies/invented-air.json")
    then = {figure["id"]: figure for figure in frozen["figures"]}
    moved = 0
    for figure in load(site / "api/v1/companies/invented-air.json")["figures"]:
        (was,) = figure["then"]
        assert (was["edition"], was["as_of"]) == ("2026-Q2", "2026-06-30")
        for key in ("value", "low", "high", "cases"):
            assert was[key] == then[figure["id"]][key]
        assert was["address"] == then[figure["id"]]["address"]
        moved += was["value"] != figure["value"]
    assert moved


def test_the_files_keep_to_their_published_schemas(told: tuple[Path, Path]) -> None:
    site, _ = told
    for folder in (site, site / "editions/2026-Q2"):
        for name, path in (
            ("company", "companies/invented-telecom.json"),
            ("index", "index.json"),
        ):
            schema = load(folder / f"api/v1/schema/{name}.json")
            jsonschema.validate(load(folder / "api/v1" / path), schema)
    changes = load(site / "api/v1/changes.json")
    jsonschema.validate(changes, load(site / "api/v1/schema/changes.json"))
