"""Whatever becomes of what is kept, it is never taken for what it is not: it is made anew.

What nothing stops here is a lie by somebody who may write into the folder and gives it the right hash. So
nobody else may write there, it is no link to elsewhere, and no workflow publishes what is made of it.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from scorecard import kept
from scorecard.errors import ScorecardError
from scorecard.kept import Kept, forget, tidy
from scorecard.publish.folder import site_folder
from tests.conftest import ROOT
from tests.site.test_kept_pages import made
from tests.support.build import content_folder
from tests.support.rounds import rounds

Damage = Callable[[Random, bytes, bytes], bytes]
_PIECES = 40


def _flipped(random: Random, whole: bytes, other: bytes) -> bytes:
    place = random.randrange(8 * len(whole))
    spoilt = bytearray(whole)
    spoilt[place // 8] ^= 1 << place % 8
    return bytes(spoilt)


DAMAGES: Mapping[str, Damage] = {
    "a bit is another": _flipped,
    "its end is cut off": lambda random, whole, other: whole[: random.randrange(len(whole))],
    "its beginning is cut off": lambda random, whole, other: whole[
        random.randrange(1, len(whole)) :
    ],
    "something stands behind it": lambda random, whole, other: whole + random.randbytes(9),
    "it is another piece": lambda random, whole, other: other,
    "it has the hash of another piece": lambda random, whole, other: other[:32] + whole[32:],
    "it is half another piece": lambda random, whole, other: (
        whole[: len(whole) // 2] + other[len(whole) // 2 :]
    ),
    "it is twice there": lambda random, whole, other: whole + whole,
    "it is nothing but zeros": lambda random, whole, other: bytes(len(whole)),
    "it is anything": lambda random, whole, other: random.randbytes(random.randrange(99)),
}


class Anything(bytes):
    """A hash that is never another one."""

    def __ne__(self, other: object) -> bool:
        return False


class Cache:
    """Pieces that are kept, and where each lies."""

    def __init__(self, folder: Path) -> None:
        self.kept = Kept("pages", [b"code"], folder)
        random = Random(1)
        self.pieces: dict[bytes, bytes] = {}
        self.files: dict[bytes, Path] = {}
        for number in range(_PIECES):
            name, piece = b"%d" % number, random.randbytes(random.randrange(200))
            before = set(folder.rglob("*"))
            self.kept.keep([name], piece)
            [self.files[name]] = [f for f in set(folder.rglob("*")) - before if f.is_file()]
            self.pieces[name] = piece

    def lies(self, count: int) -> set[str]:
        """The damages, of `count` made at random, after which a piece is not what it was or missing."""
        found, random = set(), Random(2)
        for _ in range(count):
            name, other = random.sample(list(self.pieces), 2)
            whole, others = self.files[name].read_bytes(), self.files[other].read_bytes()
            damage = random.choice(list(DAMAGES))
            self.files[name].write_bytes(DAMAGES[damage](random, whole, others))
            if self.kept.known([name]) not in (None, self.pieces[name]):
                found.add(damage)
            self.files[name].write_bytes(whole)
        return found


def test_no_damage_is_taken_for_a_piece(tmp_path: Path) -> None:
    assert Cache(tmp_path).lies(rounds(500, 200_000)) == set()


def test_without_the_hash_every_damage_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    monkeypatch.setattr(kept, "_mark", lambda key, made: Anything(32))
    assert cache.lies(400) == DAMAGES.keys() - {"it has the hash of another piece"}


def test_without_the_key_in_the_hash_a_swap_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = kept._mark
    monkeypatch.setattr(kept, "_mark", lambda key, made: mark(b"", made))
    assert Cache(tmp_path).lies(400) == {"it is another piece"}


def _for_each(change: Callable[[Path, Path], object]) -> Callable[[Path], None]:
    """Does it to every piece that is kept, beside the next one of its kind."""

    def changed(folder: Path) -> None:
        for kind in sorted(folder.iterdir()):
            files = sorted(path for path in kind.rglob("*") if path.is_file())
            assert files
            for file, other in zip(files, [*files[1:], files[0]], strict=True):
                change(file, other)

    return changed


def _swapped(file: Path, other: Path) -> None:
    piece = file.read_bytes()
    file.write_bytes(other.read_bytes())
    other.write_bytes(piece)


def _a_folder(file: Path, _: Path) -> None:
    file.unlink()
    file.mkdir()


def _a_link(file: Path, other: Path) -> None:
    file.unlink()
    file.symlink_to(other)


def _a_pipe(file: Path, _: Path) -> None:
    """Reading one waits for ever."""
    file.unlink()
    os.mkfifo(file)


POISONS = {
    "each is another": _for_each(_swapped),
    "each is cut": _for_each(lambda file, _: os.truncate(file, file.stat().st_size - 1)),
    "each is a folder": _for_each(_a_folder),
    "each is a link": _for_each(_a_link),
    "each waits for ever": _for_each(_a_pipe),
    "each was made by other code": _for_each(
        lambda file, _: file.write_bytes(file.read_bytes().replace(b"Invented", b"Slander!"))
    ),
}


def invented(where: Path) -> Path:
    """The content of one case, with a word in it that lies are told instead of."""
    return content_folder(where, {"companies/acme.yaml": "name: Invented\nsector: telecom\n"})


@pytest.mark.parametrize("poison", list(POISONS)[: rounds(1, len(POISONS))])
def test_a_site_made_with_poison_is_the_site_made_without(poison: str, tmp_path: Path) -> None:
    content = invented(tmp_path)
    whole = made(content, tmp_path / "kept")
    POISONS[poison](tmp_path / "kept")
    assert made(content, tmp_path / "kept") == whole


def test_without_the_check_the_poison_would_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_mark", lambda key, made: Anything(32))
    content = invented(tmp_path)
    whole = made(content, tmp_path / "kept")
    POISONS["each was made by other code"](tmp_path / "kept")
    shown = made(content, tmp_path / "kept")
    for rendered, lied in ((shown, True), (whole, False)):
        pages = {address: file for part in rendered for address, file in part.files}
        assert (b"Slander!" in pages["/cases/acme/one/"]) == lied


@pytest.mark.parametrize("address", ["/../lie", "/../lie/", "../lie", "/a/../../lie", "//../lie"])
def test_even_a_lie_with_the_right_hash_is_written_nowhere_but_in_the_site(
    address: str, tmp_path: Path
) -> None:
    """What is kept of pages are addresses and bytes."""
    site = tmp_path / "site"
    with site_folder(site) as publish:
        publish([("/", b"before")], {})
    with pytest.raises(ScorecardError, match="leads out of the site"), site_folder(site) as publish:
        publish([("/", b"after"), (address, b"a lie")], {})
    assert (site / "index.html").read_bytes() == b"before"
    assert not [path for path in tmp_path.rglob("*") if "lie" in path.name]


def test_a_link_to_elsewhere_is_not_used_tidied_or_emptied(tmp_path: Path) -> None:
    """As `.cache` may be, in what somebody else sent, or by one's own hand."""
    elsewhere, folder = tmp_path / "photos", tmp_path / ".cache"
    elsewhere.mkdir()
    (elsewhere / "cat.jpg").write_bytes(b"meow")
    folder.symlink_to(elsewhere)
    Kept("pages", [], folder).keep([b"a"], b"piece")
    tidy(folder, most=0)
    assert [path.name for path in elsewhere.iterdir()] == ["cat.jpg"]
    forget(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["photos"]
    assert (elsewhere / "cat.jpg").read_bytes() == b"meow"


def test_tidying_follows_no_link(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / ".cache"
    outside.mkdir()
    (outside / "cat.jpg").write_bytes(b"meow" * 99)
    Kept("pages", [], folder).keep([b"a"], b"piece")
    (folder / "pages" / "link").symlink_to(outside / "cat.jpg")
    (folder / "more").symlink_to(outside)
    tidy(folder, most=0)
    assert (outside / "cat.jpg").is_file()
    assert [path for path in folder.rglob("*") if not path.is_dir()] == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no owners")
def test_nobody_else_may_write_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ".cache"
    pieces = Kept("pages", [], folder)
    before = os.umask(0)
    try:
        pieces.keep([b"a"], b"piece")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o777)
    assert pieces.known([b"a"]) == b"piece"
    assert folder.stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert pieces.known([b"a"]) is None
    pieces.keep([b"b"], b"piece")
    tidy(folder, most=0)
    monkeypatch.undo()
    assert (pieces.known([b"a"]), pieces.known([b"b"])) == (b"piece", None)


def test_what_can_only_be_read_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = Kept("pages", [], tmp_path)
    pieces.keep([b"a"], b"piece")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(30, "Read-only file system")

    for name in ("utime", "replace", "mkdir", "open"):
        monkeypatch.setattr(os, name, refused)
    assert pieces.piece([b"a"], bytes) == b"piece"
    assert pieces.piece([b"b"], lambda: b"made") == b"made"


FULL_DISK = """\
import resource, sys
from pathlib import Path
from scorecard.kept import Kept
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
pieces = Kept("pages", [], Path(sys.argv[1]))
for number in range(20):
    made = b"%d" % number * 1000
    assert pieces.piece([b"%d" % number], lambda: made) == made
    assert pieces.piece([b"%d" % number], lambda: made) == made
small = b"x"
assert pieces.piece([b"small"], lambda: small) == pieces.known([b"small"]) == small
"""


def test_where_the_disk_takes_no_more_nothing_lies_about(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def _write(folder: Path, seed: int, count: int) -> None:
    """Keeps, reads and tidies pieces that others keep, read and tidy as well."""
    random = Random(seed)
    pieces = Kept("pages", [], folder)
    for _ in range(count):
        number = random.randrange(8)
        made = b"%d" % number * 50_000
        if pieces.piece([b"%d" % number], lambda made=made: made) != made:  # type: ignore[misc]  # a default in a lambda is not inferred
            os._exit(1)
        if not random.randrange(9):
            tidy(folder, most=random.randrange(300_000))
        if not random.randrange(99):
            forget(folder)


def test_many_at_once_never_read_what_is_half_written(tmp_path: Path) -> None:
    processes = [
        multiprocessing.Process(target=_write, args=(tmp_path, seed, rounds(300, 20_000)))
        for seed in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
