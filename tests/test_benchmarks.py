"""What `make bench` says: of memory, of stages, of other generators' pages, and of more than was measured."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

from benchmarks import measured, ready_made, report, suite
from benchmarks.ours import KINDS, invent_town
from benchmarks.peers import Peer
from benchmarks.stages import STAGES
from scorecard.errors import UsageError
from scorecard.load.content import load_content
from tests.conftest import ROOT
from tests.support.build import content_folder

_MEGABYTE = 1_000_000


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    hold = "import time; held = b'x' * 60_000_000; time.sleep(0.6)"
    both = f"import subprocess, sys; a = subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}"
    alone = measured.run([sys.executable, "-c", hold], tmp_path)
    made = measured.run([sys.executable, "-c", f"{both}; a.wait()"], tmp_path)
    assert 60 < alone.memory / _MEGABYTE < 110
    assert 120 < made.memory / _MEGABYTE < 200
    assert made.seconds > 0.6
    assert 0 < made.cpu < made.seconds


def test_work_of_the_cores_is_that_of_all_processes_together(tmp_path: Path) -> None:
    work = "import time\nwhile time.process_time() < 0.2: pass"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])\n{work}"
    made = measured.run([sys.executable, "-c", both], tmp_path)
    assert 0.4 <= made.cpu < 0.9
    assert 0 <= made.others <= 1


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(measured.CommandFailedError, match="out of luck") as failed:
        measured.run([sys.executable, "-c", "print('out of luck'); exit(7)"], tmp_path)
    assert failed.value.code == 7


def test_every_stage_has_a_clock_that_runs(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "benchmarks.stages",
        str(content_folder(tmp_path)),
        str(tmp_path / "site"),
    ]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    seconds = json.loads(told)
    assert list(seconds) == STAGES
    assert all(taken > 0 for taken in seconds.values())
    assert seconds["render"] > seconds["judge"]


def test_what_our_pages_say_is_all_in_the_data(small_site: Path) -> None:
    pages = ready_made.pages(small_site, ["en", "nl"], 1)
    globs = ("companies/*/index.html", "cases/*/*/index.html")
    assert len(pages) == sum(
        1 for g in globs for _ in [*small_site.glob(g), *small_site.glob(f"nl/{g}")]
    )
    for page in pages:
        file = small_site / page.address / "index.html"
        whole: Any = html.document_fromstring(file.read_text("utf-8"))
        main = whole.get_element_by_id("main")
        words = [
            word for cell in main.iter("td", "dd", "p") for word in cell.text_content().split()
        ]
        made = MarkdownIt().render(page.markdown) + _texts(page.data)
        told: Any = html.fromstring(f"<div>{made}</div>")
        known = set(told.text_content().split())
        missing = [word for word in words if word not in known]
        assert len(missing) <= len(words) // 50, (page.address, missing)
        assert page.size == file.stat().st_size


def _texts(told: object) -> str:
    if isinstance(told, dict):
        return " ".join(map(_texts, told.values()))
    return " ".join(map(_texts, told)) if isinstance(told, list) else f" {told} "


class Writer(Peer):
    """A generator that writes pages of so many bytes."""

    name = "Hugo"
    version = "1"

    def __init__(self, size: int) -> None:
        self.size = size

    def front(self, page: ready_made.Page) -> str:
        return ""

    def command(self, out: Path) -> Sequence[str | Path]:
        made = f"from pathlib import Path; p = Path({str(out / 'a')!r}); p.mkdir(parents=True); "
        return [sys.executable, "-c", f"{made}(p / 'index.html').write_bytes(b'x' * {self.size})"]


@pytest.mark.parametrize(("size", "compared"), [(84, False), (86, True), (114, True), (116, False)])
def test_a_generator_that_makes_other_pages_is_not_compared(
    size: int, compared: bool, tmp_path: Path
) -> None:
    pages = [ready_made.Page("a", 100, {}, "")]
    writer, result = Writer(size), suite.PeerResult("Hugo")
    writer.write(pages, tmp_path / "Hugo" / "source")
    if compared:
        assert suite._build(writer, result, pages, tmp_path, 1).seconds > 0
        return
    with pytest.raises(suite._OtherPagesError, match=f"{size} bytes, which is not within 15% of"):
        suite._build(writer, result, pages, tmp_path, 1)


def _town(cases: int, seconds: float, memory: int) -> suite.TownResult:
    made = suite.Measured([measured.Run(s, memory, "", s) for s in (seconds, 9 * seconds, 0)])
    return suite.TownResult(
        cases,
        companies=cases // 20,
        pages=2 * cases,
        stages={**dict.fromkeys(STAGES, 0.0), "judge": cases / 1000, "render": cases / 100},
        builds=dict.fromkeys(KINDS, made),
        peers=[suite.PeerResult("Hugo", why_not="not installed: make bench installs it")],
    )


def test_what_is_projected_follows_from_what_was_measured() -> None:
    plan = suite.Plan([200, 2000], 3, 2, 1, True, ["en"])
    found = [_town(200, 10.0, 100 * _MEGABYTE), _town(2000, 28.0, 118 * _MEGABYTE)]
    before = f"A\n\n{report._START}\nOf last year\n{report._END}\n\nB\n"
    told = report.with_scale(before, found, plan, date(2026, 11, 22))
    assert told.startswith("A\n\n<!--")
    assert told.endswith("-->\n\nB\n")
    assert "last year" not in told
    assert "take 1.00 ms a case; everything else takes 5.00 ms for each page" in told
    assert "took 10.0 ms of one core and 10 kB of memory more for every case" in told
    assert "take 2.1 days of one core and 180 GB" in told  # 18,000,000 × 10 ms, and × 10 kB
    assert "9,000 times smaller" in told
    alone = report.with_scale(before, found[:1], plan, date(2026, 11, 22))
    assert "Consumer" not in alone, "of one town nothing is known of larger ones"


def test_what_no_disk_can_hold_is_refused_before_it_begins(tmp_path: Path) -> None:
    suite.need_room(suite.Plan([20], 1, 2, 1, True, ["en"]), tmp_path)
    with pytest.raises(UsageError, match=r"about 1,600,000,000 GB"):
        suite.need_room(suite.Plan([10**12], 1, 2, 1, True, ["en", "nl"]), tmp_path)


def test_who_is_not_there_is_told_and_not_compared() -> None:
    plan = suite.Plan([200], 3, 2, 1, True, ["en", "nl"])
    told = report.speed([_town(200, 10.0, _MEGABYTE)], plan, date(2026, 11, 22))
    assert "| 200 | 400 | Hugo | not installed: make bench installs it | | | | | | | |" in told
    assert "| cold | 10.0 | 0.00 – 90.0 |" in told
    assert "in English and Dutch." in told


def test_a_town_is_invented_in_the_languages_that_were_asked_for(tmp_path: Path) -> None:
    invent_town(40, 1, ["nl"], tmp_path / "town")
    content = load_content(tmp_path / "town")
    assert content.site.languages == ("nl",)
    assert len(content.companies) == 4
