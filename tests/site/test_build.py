"""A build writes the whole site or leaves the old one, and the same content gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scorecard.cli import main
from scorecard.compose.page import Export
from tests.conftest import ROOT, SMALL
from tests.site.reading import broken_links, bytes_of, digest, load, scores
from tests.support.build import CASE_PLACE, content_folder
from tests.support.one_page import Unbuilt, api

Build = Callable[..., Path]


def test_workers_that_start_from_nothing_render_the_same(
    english_content: Path, english_site: Path, tmp_path: Path
) -> None:
    """As on Windows and macOS, where a worker inherits nothing."""
    out = tmp_path / "site"
    told = (
        "import multiprocessing as m; from scorecard.cli import main\n"
        "if __name__ == '__main__':\n"
        "    m.set_start_method('spawn')\n"
        f"    main(['build', '--content', {str(english_content)!r}, '--out', {str(out)!r}, '--jobs', '2'])\n"
    )
    script = tmp_path / "spawned.py"
    script.write_text(told)
    path = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, str(script)], cwd=ROOT, check=True, env=path)
    made, wanted = map(bytes_of, (out, english_site))
    assert made.keys() == wanted.keys()
    assert [name for name in wanted if made[name] != wanted[name]] == []


def test_where_the_content_lies_and_when_it_was_written_change_nothing(
    small_content: Path, english_site: Path, build: Build
) -> None:
    for age, path in enumerate(small_content.rglob("*.yaml")):
        os.utime(path, (age, age))
    assert digest(build(small_content, whole=True)) == digest(english_site)


def test_withdrawing_a_case_scores_like_a_site_that_never_had_it(small_content: Path) -> None:
    newest = small_content / "cases/invented-telecom/answered-7.yaml"
    text = newest.read_text("utf-8")
    note = "status: withdrawn\nstatus_note: A mistake.\nstatus_date: 2026-11-01\n"
    newest.write_text(text + note)
    withdrawn = api(small_content)["index.json"]
    newest.unlink()
    never = api(small_content)["index.json"]
    assert scores(withdrawn) == scores(never)
    assert withdrawn["as_of"] == never["as_of"]


def test_a_company_by_another_name_scores_the_same(small_content: Path, small_site: Path) -> None:
    (small_content / "companies/invented-air.yaml").rename(small_content / "companies/zz-air.yaml")
    (small_content / "cases/invented-air").rename(small_content / "cases/zz-air")
    renamed = scores(api(small_content)["index.json"])
    before = scores(load(small_site / "api/v1/index.json"))
    assert renamed["zz-air"] == before["invented-air"]
    assert renamed["invented-telecom"] == before["invented-telecom"]


def test_an_earlier_day_knows_nothing_of_later_events() -> None:
    site = Unbuilt(SMALL, "2026-03-03")
    assert site.api["index.json"]["as_of"] == "2026-03-03"
    flight = site.api["cases/invented-air/flight.json"]
    paid = next(
        f for f in flight["scores"]["refund_friction"]["findings"] if f["rule"] == "whole-amount"
    )
    assert paid["value"] is None
    assert "/cases/invented-air/flight/" in site.pages
    assert "/cases/invented-silent/no-word/" not in site.pages


def test_a_later_day_waits_longer(small_content: Path) -> None:
    path = small_content / "cases/invented-silent/no-word.yaml"
    path.write_text(path.read_text().replace("channel: chat", "channel: letter"))
    path.write_text("\n".join(path.read_text().splitlines()[:-1]) + "\n")

    def silence(day: str) -> float:
        case = api(small_content, day)["cases/invented-silent/no-word.json"]
        findings = case["scores"]["responsiveness"]["findings"]
        return float(next(f["value"] for f in findings if f["rule"] == "answered-in-time"))

    assert silence("2026-04-20") > silence("2026-04-21") > silence("2026-05-20")


def test_a_problem_leaves_the_old_site_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, out = content_folder(tmp_path), tmp_path / "site"
    arguments = ["build", "--content", str(content), "--out", str(out)]
    assert main(arguments) == 0
    before = digest(out)
    (content / CASE_PLACE).write_text("titel: x\n")
    assert main(arguments) == 1
    assert digest(out) == before
    error = capsys.readouterr().err
    assert f"content/{CASE_PLACE}:1:1: titel:" in error
    assert "Did you mean 'title'?" in error
    assert "Traceback" not in error


def test_a_new_build_takes_away_what_is_gone(tmp_path: Path) -> None:
    content, out = content_folder(tmp_path), tmp_path / "site"
    arguments = ["build", "--content", str(content), "--out", str(out)]
    assert main(arguments) == 0
    assert (out / "cases/acme/one").exists()
    (content / CASE_PLACE).unlink()
    assert main(arguments) == 0
    assert not (out / "cases/acme/one").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "site"]


def test_a_folder_that_no_build_made_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    precious = tmp_path / "photos"
    precious.mkdir()
    (precious / "cat.jpg").write_bytes(b"meow")
    assert main(["build", "--content", str(SMALL), "--out", str(precious)]) == 2
    assert (precious / "cat.jpg").read_bytes() == b"meow"
    assert "no build has made" in capsys.readouterr().err


@pytest.mark.parametrize("failing", ["lock", "write", "swap"])
def test_a_failing_disk_leaves_the_old_site_and_exits_3(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    content, out = content_folder(tmp_path), tmp_path / "site"
    arguments = ["build", "--content", str(content), "--out", str(out)]
    assert main(arguments) == 0
    before = digest(out)
    (content / "companies/acme.yaml").write_text("name: Another\nsector: telecom\n")

    full = OSError(28, "No space left on device")

    def no_room(*_: object) -> bool:
        raise full

    def half(*_: object) -> Iterator[Export]:
        yield Export("/api/v1/index.json", "{}")
        raise full

    broken: dict[str, tuple[str, object]] = {
        "lock": ("scorecard.publish.folder.alone", no_room),
        "write": ("scorecard.publish.files.exports", half),
        "swap": ("scorecard.publish.folder.exchange", no_room),
    }
    monkeypatch.setattr(*broken[failing])
    assert main(arguments) == 3
    monkeypatch.undo()
    assert digest(out) == before
    assert "No space left on device" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content", "site"]


def test_a_content_folder_without_a_method_is_judged_by_the_projects(
    small_content: Path,
) -> None:
    assert not (small_content / "rubric.yaml").exists()
    own = api(small_content)["index.json"]
    (small_content / "rubric.yaml").write_bytes((ROOT / "content/rubric.yaml").read_bytes())
    assert scores(api(small_content)["index.json"]) == scores(own)


def test_the_least_content_that_there_can_be_is_a_whole_site(tmp_path: Path, build: Build) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yaml").write_text("name: X\nbase_url: https://x.example\nlanguages: [nl]\n")
    (content / "sectors.yaml").write_text("shops: {name: Winkels}\n")
    site = build(content)
    assert broken_links(site) == []
    (content / "companies").mkdir()
    (content / "companies/one.yaml").write_text("name: One\nsector: shops\n")
    (content / "cases/one").mkdir(parents=True)
    case = "title: T\nwanted: answer\nsource: {kind: first-hand}\ntimeline:\n  - {event: survey}\n"
    (content / "cases/one/a.yaml").write_text(case)
    site = build(content)
    assert broken_links(site) == []
    assert load(site / "api/v1/companies/one.json")["scores"]["overall"] is None


def test_the_scores_of_the_small_content_change_only_with_the_method(small_site: Path) -> None:
    """A changed score needs a new version in rubric.yaml, and then new gold: `make update-gold`."""
    index = load(small_site / "api/v1/index.json")
    gold = ROOT / f"tests/gold/scores-{index['method']}.json"
    if os.environ.get("UPDATE_GOLD"):
        gold.parent.mkdir(exist_ok=True)
        gold.write_text((small_site / "api/v1/index.json").read_text("utf-8"), "utf-8")
    assert {**index, "content_sha256": ""} == {**load(gold), "content_sha256": ""}


def test_what_somebody_changed_in_the_site_is_made_good(tmp_path: Path) -> None:
    content, out = content_folder(tmp_path), tmp_path / "site"
    arguments = ["build", "--content", str(content), "--out", str(out)]
    assert main(arguments) == 0
    spoilt, stray = out / "robots.txt", out / "stray.html"
    text = spoilt.read_bytes()
    spoilt.write_bytes(text[::-1])
    stray.touch()
    assert main(arguments) == 0
    assert spoilt.read_bytes() == text
    assert not stray.exists()
