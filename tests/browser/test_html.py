"""Every page is HTML as the standard has it: html-validate finds nothing on any of them."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from tests.browser.checkers import FOLDER, need_checkers, run
from tests.support.rounds import some

pytestmark = pytest.mark.browser

FAULTS = '<img src="x.png"><i id="twice"></i><p id="twice"><div></p>'


@pytest.fixture(scope="module", autouse=True)
def _checkers() -> None:
    need_checkers("whether the HTML of the pages is valid")


def faults(site: Path, told: Path) -> dict[str, list[tuple[str, int, str]]]:
    """The pages with faults, and of each fault the rule, the line and what is wrong.

    It is told in the file `told`: into a pipe html-validate writes only the first 64 kB.
    """
    done = run(
        "html-validate",
        f"--config={FOLDER / 'htmlvalidate.mjs'}",
        f"--formatter=json={told}",
        str(site),
        seconds=120,
    )
    assert told.exists(), done.stdout + done.stderr
    return {
        Path(page["filePath"]).relative_to(site).as_posix(): [
            (fault["ruleId"], fault["line"], fault["message"]) for fault in page["messages"]
        ]
        for page in json.loads(told.read_text("utf-8"))
    }


def copied(site: Path, out: Path, most: int, **replaced: str) -> set[str]:
    """Copies the pages, in the short round at most so many of a type in each language; their names."""
    types: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for page in sorted(site.rglob("*.html")):
        place = page.relative_to(site)
        types[place.parts[: 1 + (place.parts[0] == "nl")]].append(place.as_posix())
    names = {name for own in types.values() for name in some(own, most)}
    for name in names:
        text = (site / name).read_text("utf-8")
        for old, new in replaced.items():
            text = text.replace(f"</{old}>", f"{new}</{old}>")
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, "utf-8")
    return names


def test_every_page_is_valid_and_a_fault_on_any_would_be_found(
    small_site: Path, tmp_path: Path
) -> None:
    copied(small_site, tmp_path / "site" / "as-they-are", 3)
    pages = copied(small_site, tmp_path / "site" / "with-faults", 1, main=FAULTS)
    found = faults(tmp_path / "site", tmp_path / "told.json")
    assert {place: told for place, told in found.items() if place.startswith("as-they-are")} == {}
    assert found.keys() == {f"with-faults/{place}" for place in pages}
    for place, told in found.items():
        assert {rule for rule, _, _ in told} >= {"no-dup-id", "wcag/h37"}, place
