"""The same content, options and version are the same bytes: on every machine, and however often."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from tests.conftest import ROOT, SMALL
from tests.harden.machines import Machine, differing, hashes, together, whole
from tests.support.rounds import full_only, rounds

_NEWEST = datetime(2026, 7, 20, 23, 59, tzinfo=UTC)
"""A moment of the newest day in the small content, which a build without --as-of stands for."""
MACHINES = {
    "hashes sets otherwise": Machine(env={"PYTHONHASHSEED": "1"}),
    "hashes sets in a third way": Machine(env={"PYTHONHASHSEED": "4294967295"}),
    "is in Kiritimati": Machine(env={"TZ": "Pacific/Kiritimati"}),
    "is in Honolulu": Machine(env={"TZ": "Pacific/Honolulu"}),
    "knows no language": Machine(
        env={"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ),
    "speaks Dutch": Machine(env={"LANG": "nl_NL.UTF-8", "LANGUAGE": "nl", "LC_ALL": "C.UTF-8"}),
    "lets nobody read": Machine(umask=0o077),
    "lets all write": Machine(umask=0),
    "has the project elsewhere": Machine(project="Élodie’s own project"),
    "has the content elsewhere": Machine(content="dossiers d’été 2026"),
    "lists files in no order": Machine(unordered=1),
    "lists files in another order": Machine(unordered=2),
    "has two workers": Machine(builds=(("--jobs", "2"),)),
    "has four workers": Machine(builds=(("--jobs", "4"),)),
    "has built it before": Machine(
        builds=(("--as-of", "2026-07-19"), ("--base-url", "https://b.example/"), ())
    ),
    "forgets what it has kept": Machine(builds=((), ("--clean",))),
    "is told another day, which nobody asks for": Machine(env={"SOURCE_DATE_EPOCH": "0"}),
    "is told today's date": Machine(
        env={"SOURCE_DATE_EPOCH": str(int(_NEWEST.timestamp())), "TZ": "Pacific/Kiritimati"},
        builds=(("--as-of", "today"),),
    ),
    "runs Python without its checks": Machine(env={"PYTHONOPTIMIZE": "1"}),
}
"""Each as the usual one but for what it is called by."""
_BEFORE = (("--as-of", "2026-07-19"), ("--jobs", "2"))
OTHER = together(*MACHINES.values(), Machine(builds=_BEFORE))
"""A machine that is all of that at once, has two workers, and has built another day's site before."""
PYTHONS = [str(path) for path in sorted((ROOT / ".venv" / "versions").glob("*/bin/python"))]
"""Other Pythons that the site's packages are installed for, by `make versions`."""


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a machine makes of the small content with an edition, by default."""
    site = Machine(edition=True).site(SMALL, tmp_path_factory.mktemp("usual") / "home")
    return hashes(site)


def test_a_machine_that_is_all_that_at_once_builds_the_same(
    tmp_path: Path, english_content: Path, english_site: Path
) -> None:
    found, usual = hashes(OTHER.site(english_content, tmp_path / "home")), hashes(english_site)
    assert len(usual) > 150
    assert differing(found, usual) == []


@full_only
@pytest.mark.parametrize("name", MACHINES)
def test_every_machine_builds_the_same_with_an_edition(
    name: str, usual: dict[str, str], tmp_path: Path
) -> None:
    machine = together(MACHINES[name], Machine(edition=True))
    found = hashes(machine.site(SMALL, tmp_path / "home"))
    assert differing(found, usual) == []
    assert whole(found) == whole(usual)
    print(f"{name}: {whole(found)}")


@pytest.mark.skipif(not PYTHONS, reason="no other Python is set up here: make versions")
def test_every_python_builds_the_same(usual: dict[str, str], tmp_path: Path) -> None:
    for number, python in enumerate(PYTHONS):
        site = Machine(python=python, edition=True).site(SMALL, tmp_path / str(number))
        assert differing(hashes(site), usual) == [], python


PLANTS = {
    "a set's order": "''.join({chr(65 + i) for i in range(26)})",
    "the order of files": "__import__('os').listdir('templates')",
    "the clock": "__import__('time').time_ns()",
    "the project's place": "__file__",
    "the command line": "__import__('sys').argv[1:]",
    "the machine's time zone": "__import__('time').tzname",
    "the machine's language": "__import__('os').environ.get('LANGUAGE')",
    "the rights of new files": "__import__('os').umask(0)",
    "what was kept": "len([*__import__('scorecard.kept').kept.FOLDER.glob('build/*')])",
    "the day": "__import__('scorecard.commands.common').commands.common.today()",
    "Python's own checks": "__debug__",
}
"""What a site could come to depend on, as it would stand in a sentence of it."""


@pytest.mark.parametrize("plant", list(PLANTS)[: rounds(1, len(PLANTS))])
def test_a_planted_dependence_is_noticed(plant: str, tmp_path: Path) -> None:
    content = tmp_path / "least"
    content.mkdir()
    (content / "site.yaml").write_text("name: X\nbase_url: https://x.example\nlanguages: [en]\n")
    (content / "sectors.yaml").write_text("shops: {name: Shops}\n")
    line = 'f"Method: {method}"'
    planted = (
        "scorecard/publish/manners.py",
        line,
        f'f"Method: {{method}} " + str({PLANTS[plant]})',
    )
    usual = hashes(Machine().site(content, tmp_path / "usual", planted))
    other = hashes(OTHER.site(content, tmp_path / "other", planted))
    assert differing(usual, other) == ["humans.txt"]


def test_a_python_without_texts_is_refused() -> None:
    """They are in what the site tells of the case format."""
    command = [sys.executable, "-OO", "build.py", "schema", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "-OO" in done.stderr


ZONES = """\
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
if "without" not in sys.argv:
    import scorecard
print(datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/Amsterdam")).utcoffset())
"""


def test_time_zones_are_those_of_the_locked_package(tmp_path: Path) -> None:
    """A machine may know other ones, of another year; without the package's own they would count."""
    own = Path(str(files("tzdata"))) / "zoneinfo"
    (tmp_path / "Europe").mkdir()
    shutil.copy(own / "Asia" / "Tokyo", tmp_path / "Europe" / "Amsterdam")
    told = [_printed(ZONES, {"PYTHONTZPATH": str(tmp_path)}, *how) for how in ([], ["without"])]
    assert told == ["2:00:00", "9:00:00"]


TODAY = "from scorecard.commands.common import today; print(today())"


@pytest.mark.parametrize(
    ("told", "day"),
    [("0", "1970-01-01"), ("1784591999", "2026-07-20"), ("1784592000", "2026-07-21")],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu"])
def test_the_day_that_a_machine_is_told_is_a_day_in_utc(told: str, day: str, zone: str) -> None:
    assert _printed(TODAY, {"SOURCE_DATE_EPOCH": told, "TZ": zone}) == day


@pytest.mark.parametrize("told", ["", "yesterday", "1e9", "9" * 30])
def test_a_day_that_cannot_be_read_is_refused(
    told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from scorecard.cli import main

    monkeypatch.setenv("SOURCE_DATE_EPOCH", told)
    with pytest.raises(SystemExit) as stopped:
        main(["build", "--as-of", "today", "--out", str(tmp_path / "site")])
    assert stopped.value.code == 2
    assert f"SOURCE_DATE_EPOCH is '{told}'" in capsys.readouterr().err


def _printed(program: str, env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
