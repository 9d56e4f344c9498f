"""An edition is whole or not there, whenever what writes it is killed; and two cannot write the same one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.harden.tracing import calls, changes, killed_at, need_strace
from tests.harden.trees import ENVIRONMENT, ROOT, run
from tests.support.rounds import rounds

_SCRIPT = """
import sys
from pathlib import Path
from scorecard.errors import UsageError
from scorecard.publish.archive import freeze_into

files = [(f"/companies/{n}/", bytes([n]) * 9000) for n in range(9)]
try:
    freeze_into(Path(sys.argv[1]), {"edition": "x"}, "manifest", files)
except UsageError:
    sys.exit(2)
"""


def command(archive: Path) -> list[str]:
    """What freezes a few files."""
    return [sys.executable, "-c", _SCRIPT, str(archive)]


def test_an_edition_that_is_killed_is_whole_or_not_there(tmp_path: Path) -> None:
    need_strace()
    folder = tmp_path / "content/editions"
    folder.mkdir(parents=True)
    first = folder / "first.zip"
    found = list(filter(changes, calls(command(first), folder.parent, tmp_path / "log")))
    whole = first.read_bytes()
    swap = [call for call in found if call.name.startswith("rename")]
    assert len(swap) == 1
    for call in {*found[:: -(-len(found) // rounds(2, len(found)))], *swap}:
        first.unlink(missing_ok=True)
        killed_at(call, command(first))
        assert not first.exists() or first.read_bytes() == whole
        other = folder / "other.zip"
        assert run(command(other)).returncode == 0
        assert {path.name for path in folder.iterdir()} <= {"first.zip", "other.zip"}
        assert [path.name for path in folder.parent.iterdir()] == ["editions"]
        other.unlink()


def test_of_two_that_freeze_the_same_edition_one_is_told_that_it_is_there(tmp_path: Path) -> None:
    archive = tmp_path / "content/editions/one.zip"
    archive.parent.mkdir(parents=True)
    both = [
        subprocess.Popen(command(archive), cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    assert sorted(one.wait(60) for one in both) == [0, 2]
    for one in both:
        one.communicate()
    assert [path.name for path in archive.parent.iterdir()] == ["one.zip"]
