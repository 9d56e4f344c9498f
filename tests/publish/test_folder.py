"""A site is put in place whole, or the old one stays; nothing is left beside it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorecard.errors import ContentError, Problem, ScorecardError, UsageError
from scorecard.publish import folder
from scorecard.publish.folder import (
    MARKER,
    Files,
    Sums,
    Unread,
    place,
    sha256,
    site_folder,
    untouched,
)

PAGES = [("/", b"home"), ("/a/b/", b"page"), ("/data.csv", b"1,2\n")]
FULL = OSError(errno.ENOSPC, "No space left on device")


def publish(out: Path, files: Files = PAGES, old: Sums | None = None) -> Sums:
    with site_folder(out) as put:
        return put(files, old or {})


def held(out: Path) -> dict[str, bytes]:
    """The files of a site by their names, the marker among them."""
    paths = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def alone(out: Path) -> bool:
    """Whether nothing lies beside the site, hidden names included."""
    return [path.name for path in out.parent.iterdir()] == [out.name]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "home" / "site"


def test_every_file_lies_at_its_address_and_all_may_read(out: Path) -> None:
    assert list(publish(out)) == ["index.html", "a/b/index.html", "data.csv"]
    assert held(out) == {
        "index.html": b"home", "a/b/index.html": b"page", "data.csv": b"1,2\n", MARKER: b"",
    }  # fmt: skip
    assert out.stat().st_mode & 0o777 == 0o755
    assert alone(out)


def test_nobody_else_sees_a_site_that_is_being_written(out: Path) -> None:
    seen: list[object] = []

    def files() -> Iterator[tuple[str, bytes]]:
        yield "/", b"new"
        seen.append(out.with_name(".site.new").stat().st_mode & 0o777)
        seen.append((out / "index.html").read_bytes())

    publish(out)
    with site_folder(out) as put:
        put(files(), {})
    assert seen == [0o700, b"home"]
    assert held(out) == {"index.html": b"new", MARKER: b""}


def test_a_page_that_stayed_as_it_was_is_the_same_file(out: Path) -> None:
    old = publish(out, [("/a", b"same"), ("/b", b"old!"), ("/c/", b"short")])
    kept = (out / "a").stat().st_ino
    new = publish(out, [("/a", b"same"), ("/b", b"new!"), ("/c/", b"shorter"), ("/d", b"")], old)
    assert (out / "a").stat().st_ino == kept
    assert held(out) == {
        "a": b"same", "b": b"new!", "c/index.html": b"shorter", "d": b"", MARKER: b"",
    }  # fmt: skip
    assert new == {name: sha256(text) for name, text in held(out).items() if name != MARKER}


def test_what_need_not_be_read_is_not(out: Path) -> None:
    old = publish(out, [("/a", b"same"), ("/b", b"old!")])
    read: list[bytes] = []

    def unread(text: bytes) -> Unread:
        def of_disk() -> bytes:
            read.append(text)
            return text

        return Unread(sha256(text), of_disk)

    assert publish(out, [("/a", unread(b"same")), ("/b", unread(b"new!"))], old).keys() == {
        "a",
        "b",
    }
    assert held(out) == {"a": b"same", "b": b"new!", MARKER: b""}
    assert read == [b"new!"]


def test_what_is_no_longer_there_is_written(out: Path) -> None:
    old = publish(out, [("/a", b"same")])
    (out / "a").unlink()
    publish(out, [("/a", b"same")], old)
    assert held(out) == {"a": b"same", MARKER: b""}


def test_what_is_not_known_of_the_old_site_is_not_looked_at(out: Path) -> None:
    publish(out, [("/a", b"same")])
    outside = out.with_name("elsewhere")
    outside.write_bytes(b"same")
    (out / "a").unlink()
    (out / "a").symlink_to(outside)
    publish(out, [("/a", b"same")])
    assert not (out / "a").is_symlink()
    assert (out / "a").stat().st_nlink == 1


@pytest.mark.parametrize(
    ("address", "name"),
    [("/", "index.html"), ("/a/", "a/index.html"), ("/a.css", "a.css"), ("/a..b/..c", "a..b/..c")],
)
def test_an_address_names_a_file_in_the_site(address: str, name: str) -> None:
    assert place(address) == name


@pytest.mark.parametrize("address", ["/../x", "/a/../../x", "..", "/a/.."])
def test_no_address_leads_out_of_the_site(address: str, out: Path) -> None:
    publish(out)
    with pytest.raises(ScorecardError, match=r"leads out of the site\. The old site is as it was"):
        publish(out, [("/", b"new"), (address, b"x")])
    assert held(out)["index.html"] == b"home"


def test_two_files_of_one_address_are_refused(out: Path) -> None:
    with pytest.raises(ScorecardError, match="There is no site"):
        publish(out, [("/a", b"1"), ("/a", b"2")])
    assert not out.exists()


def test_what_no_build_made_is_never_replaced(out: Path) -> None:
    out.mkdir(parents=True)
    publish(out)  # an empty folder is nobody's
    (out / MARKER).unlink()
    with pytest.raises(UsageError, match="no build has made"):
        publish(out)
    link, file = out.with_name("link"), out.with_name("file")
    link.symlink_to(out)
    file.write_bytes(b"mine")
    for other in (link, file):
        with pytest.raises(UsageError, match="no folder"):
            publish(other)
    assert link.is_symlink()
    assert file.read_bytes() == b"mine"


@pytest.mark.parametrize("exchanged", [True, False], ids=["exchanged", "renamed"])
def test_where_folders_cannot_be_exchanged_they_are_renamed(
    exchanged: bool, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanged:
        monkeypatch.setattr(folder, "exchange", lambda *_: False)
    for version in (b"1", b"2", b"3"):
        publish(out, [("/", version)])
        assert held(out) == {"index.html": version, MARKER: b""}
        assert alone(out)


def test_an_old_site_that_a_dead_build_took_away_is_put_back(out: Path) -> None:
    publish(out)
    out.rename(out.with_name(".site.old"))
    with pytest.raises(ScorecardError, match="The old site is as it was"), site_folder(out):
        raise FULL
    assert held(out)["index.html"] == b"home"
    assert alone(out)


def test_what_a_dead_build_left_is_taken_away(out: Path) -> None:
    publish(out)
    for left in (".site.new", ".site.old"):
        (out.with_name(left) / "a").mkdir(parents=True)
    assert not untouched(out)
    publish(out, [("/", b"new")])
    assert held(out)["index.html"] == b"new"
    assert alone(out)


@pytest.mark.parametrize("left", [".site.new", ".site.old", ".site.lock"])
def test_one_can_ask_whether_a_build_is_at_work(left: str, out: Path) -> None:
    publish(out)
    assert untouched(out)
    out.with_name(left).touch()
    assert not untouched(out)


def failing(*_: object) -> None:
    raise FULL


@pytest.mark.parametrize(
    ("step", "stands", "version"),
    [
        ("settle", "The old site is as it was.", b"home"),
        ("exchange", "The old site is as it was.", b"home"),
        ("settle_names", "The new site is there, but a loss of power could still undo", b"new"),
    ],
)
def test_who_could_not_publish_is_told_why_and_which_site_stands(
    step: str, stands: str, version: bytes, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(out)
    monkeypatch.setattr(folder, step, failing)
    with pytest.raises(ScorecardError) as told:
        publish(out, [("/", b"new")])
    said = str(told.value)
    assert said.startswith(f"Cannot build {out}: No space left on device. {stands}")
    assert said.endswith("Make room on the disk; then run this again.")
    assert held(out)["index.html"] == version
    assert alone(out)


def test_a_first_site_that_failed_is_not_there(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "settle", failing)
    with pytest.raises(ScorecardError, match="There is no site"):
        publish(out)
    assert list(out.parent.iterdir()) == []


def test_an_old_site_that_cannot_be_put_back_now_is_said_to_come_back(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(out)
    monkeypatch.setattr(folder, "exchange", lambda *_: False)
    rename = Path.rename

    def only_away(path: Path, to: Path) -> Path:
        if to.name != ".site.old":
            raise FULL
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", only_away)
    with pytest.raises(ScorecardError, match="The next build puts the old site back"):
        publish(out, [("/", b"new")])
    monkeypatch.undo()
    assert not out.exists()
    with site_folder(out):
        assert held(out)["index.html"] == b"home"


PROBLEM = Problem("content/a", 1, 1, "", "x", "y")


@pytest.mark.parametrize(
    ("failure", "kind", "says"),
    [
        (ContentError([PROBLEM]), ContentError, "1 problems"),
        (UsageError("No."), UsageError, "No."),
        (ScorecardError("Oh."), ScorecardError, "Oh. The old site is as it was."),
        (MemoryError(), ScorecardError, "Cannot build {out}: The memory is used up."),
    ],
)
def test_only_what_the_machine_did_is_said_with_the_site_that_stands(
    failure: Exception, kind: type[Exception], says: str, out: Path
) -> None:
    publish(out)
    with pytest.raises(kind) as told, site_folder(out):
        raise failure
    assert type(told.value) is kind
    assert str(told.value).startswith(says.format(out=out))
    assert says.startswith("Cannot") or str(told.value) == says
    assert alone(out)


def test_a_relative_name_means_the_folder_it_meant_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "else").mkdir()
    with site_folder(Path("site")) as put:
        os.chdir("else")
        put(PAGES, {})
    assert held(tmp_path / "site")["index.html"] == b"home"
