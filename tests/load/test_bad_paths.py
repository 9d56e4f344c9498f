"""Names, links, pipes and devices in the content: each is refused by its name, at once and unopened."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from scorecard.cli import main
from scorecard.errors import UsageError, plain_line
from scorecard.load import on_disk
from scorecard.load.content import load_content
from scorecard.load.on_disk import MAX_BYTES, RefusedError, plain_bytes
from tests.load.test_bad_input import CASE as BAD_CASE
from tests.support.build import CASE, CASE_PLACE, COMPANY, SITE, content_folder, told
from tests.support.load import problems_of

LONGEST_SECONDS = 1
"""In which a pipe, a device or a link is refused."""
PRIVATE = "the text of a file outside"

Spoil = Callable[[Path], None]


class _TooLongError(Exception):
    """Something waited that must not wait."""


@contextmanager
def at_once(seconds: float = 5 * LONGEST_SECONDS) -> Iterator[None]:
    """Fails where what is done inside takes longer than it may, if need be by stopping it; the machine may
    have much else to do."""

    def stop(_: int, __: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the whole path may be longer than a socket's can be
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(path.name)
    finally:
        os.chdir(here)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 5))  # as /dev/zero, which never ends
    except PermissionError:
        pytest.skip("only root can make a device")


def _outside(path: Path) -> Path:
    """A file outside the content, with what is no business of its readers."""
    content = next(p for p in path.parents if p.name == "content")
    outside = content.parent / "outside"
    outside.write_text(f"{PRIVATE}: told\n{CASE}")
    return outside


def _link(path: Path) -> None:
    path.symlink_to(_outside(path))


def _link_to_nothing(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _link_to_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _hard_link(path: Path) -> None:
    os.link(_outside(path), path)


ODD: dict[str, tuple[Spoil, str]] = {
    "pipe": (_pipe, "a named pipe (FIFO)"),
    "socket": (_socket, "a socket"),
    "device": (_device, "a device"),
    "link": (_link, "a symbolic link"),
    "link to nothing": (_link_to_nothing, "a symbolic link"),
    "link to itself": (_link_to_itself, "a symbolic link"),
    "link to a device": (_link_to_zero, "a symbolic link"),
    "hard link": (_hard_link, "a hard link"),
}
PLACES = (
    "cases/acme/odd.yaml",
    "cases/acme/odd",
    "cases/odd",
    "companies/odd.yaml",
    "companies/odd",
    "pages/odd.en.md",
    "editions/2024-Q1.zip",
    "mappings/odd.yaml",
    "site.yaml",
    "sectors.yaml",
    "rubric.yaml",
    "calibration.json",
    "cases",
    "companies",
    "pages",
    "editions",
    "mappings",
)


def _spoilt(where: Path, place: str, spoil: Spoil) -> Path:
    """A sound folder but for what lies at `place`."""
    folder = content_folder(where)
    path = folder / place
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    spoil(path)
    return folder


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_plain_file_is_refused_by_name_and_never_opened(
    place: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, found = ODD[kind]
    folder = _spoilt(tmp_path, place, spoil)
    with at_once():
        problems = [p for p in problems_of(folder) if p.file == f"content/{place}"]
        assert main(["check", "--content", str(folder)]) == 1
    assert len(problems) == 1, told(problems)
    if place == "cases/odd":
        found = found.replace("a hard link", "a file")  # where a folder belongs, a file is none
    assert problems[0].found.startswith(found)
    assert problems[0].expected
    shown = capsys.readouterr()
    assert f"content/{place}:1:1" in shown.err
    assert PRIVATE not in shown.out + shown.err


@pytest.mark.parametrize("name", [".one.yaml.swp", ".DS_Store", "a.yaml~"])
def test_what_systems_and_editors_leave_is_not_read_and_hides_nothing(
    name: str, tmp_path: Path
) -> None:
    folder = content_folder(tmp_path, {f"cases/acme/{name}": "\0", f"companies/{name}": "\0"})
    content = load_content(folder)
    assert [case.id for case in content.cases] == ["acme/one"]
    assert list(content.companies) == ["acme"]
    assert name not in content.manifest


def _bad_names() -> Iterator[tuple[str, str]]:
    for device in ("con", "nul", "aux", "prn", "com1", "lpt9", "COM2", "Lpt3"):
        yield device, "Windows"
    for name in (
        "a.",
        "a ",
        " a",
        "a\\b",
        "a\\..\\..\\b",
        "c:a",
        "a%2f..%2fb",
        "%2e%2e",
        "~root",
        "a?b",
    ):
        yield name, ""
    for name in ("\u202egro", "a\u200bb", "a\nb", "a\x1b[2Jb", "a\x85b", "a\u2028b", "\udcff"):
        yield name, "seen"
    for name in (
        "é",
        unicodedata.normalize("NFD", "é"),
        "аcme",
        "ａcme",
        "K",
        "ſ",
        "a" * 65,
        "Acme",
    ):
        yield name, ""
    yield "a" * 240, "64 characters"
    yield "-", ""
    yield "--help", ""


@pytest.mark.parametrize(
    "place", ["cases/acme", "companies", "cases", "pages", "editions", "mappings", ""]
)
def test_a_name_that_not_every_disk_can_have_is_refused(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ending = {"pages": ".en.md", "editions": ".zip", "cases": "", "": ""}.get(place, ".yaml")
    folder = content_folder(tmp_path)
    paths = {folder / place / f"{name}{ending}": told_of for name, told_of in _bad_names()}
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        if place == "cases":
            path.mkdir()
        else:
            path.write_text(COMPANY if place == "companies" else CASE)
    problems = {p.file: p for p in problems_of(folder)}
    assert all(p.found and p.expected and str(p).isprintable() for p in problems.values())
    for path, told_of in paths.items():
        problem = problems[plain_line(f"content/{path.relative_to(folder).as_posix()}")]
        if told_of == "Windows":
            assert "Windows" in problem.hint
        if told_of == "seen":
            assert "can be seen" in problem.expected
    odd = [str(path) for path, told_of in paths.items() if told_of == "seen"]
    assert [main(["check", path]) for path in odd[:2]] == [1, 1]
    assert main(["check", "--content", str(folder), "--format", "json"]) == 1
    assert all(line.isprintable() for line in capsys.readouterr().err.splitlines())


@pytest.mark.parametrize(
    "names",
    [
        ("Two.yaml", "two.yaml"),
        ("caf\u00e9.yaml", "cafe\u0301.yaml"),
        ("STRASSE.yaml", "straße.yaml"),
    ],
)
@pytest.mark.parametrize("place", ["cases/acme", "companies", "mappings"])
def test_two_names_that_are_one_on_some_disks_are_told(
    names: tuple[str, str], place: str, tmp_path: Path
) -> None:
    folder = content_folder(tmp_path)
    (folder / place).mkdir(exist_ok=True)
    for name in names:
        (folder / place / name).write_text(CASE)
    if len(list((folder / place).glob("*"))) < 2:
        pytest.skip("this disk is one of them")
    assert any("cannot tell from" in p.found for p in problems_of(folder))


def test_two_folders_and_two_editions_that_differ_in_capitals_are_told(tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    for place in ("cases/Acme", "Pages", "pages", "editions"):
        (folder / place).mkdir()
    for name in ("Q1.zip", "q1.zip"):
        (folder / "editions" / name).write_bytes(b"")
    found = {p.file: p.found for p in problems_of(folder)}
    for place in ("cases/acme", "pages", "editions/q1.zip"):
        assert "cannot tell from" in found[f"content/{place}"]


@pytest.mark.parametrize(
    "files",
    [
        {"companies/acme.yaml": COMPANY + "known_as: [{}]\n"},
        {"companies/acme.yaml": COMPANY + "part_of: {}\n"},
        {"companies/acme.yaml": "name: Acme\nsector: {}\n"},
        {"sectors.yaml": "telecom: {{name: Telecom}}\n{}: {{name: X}}\n"},
    ],
)
@pytest.mark.parametrize(
    "slug",
    ["..", "../x", "/etc", "~", "a/b", "'a\\b'", "con", "lpt1", "'c:'", "a.b", '"a\\0"', "%2e"],
)
def test_no_address_in_a_file_leads_elsewhere(
    files: dict[str, str], slug: str, tmp_path: Path
) -> None:
    ((place, text),) = files.items()
    folder = content_folder(tmp_path, {place: text.format(slug)})
    assert any(p.file == f"content/{place}" and p.expected for p in problems_of(folder))


@pytest.mark.parametrize(
    "name", ["../Europe/Paris", "/etc/localtime", "~", "Europe", "a" * 290, "."]
)
def test_a_time_zone_is_no_path(name: str, tmp_path: Path) -> None:
    site = SITE.replace("Europe/Amsterdam", name)
    (problem,) = problems_of(content_folder(tmp_path, {"site.yaml": site}))
    assert problem.key == "timezone"


def test_a_file_where_a_folder_belongs_is_told(tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    (folder / "pages").write_text("# A page\n")
    (folder / "calibration.json").mkdir()
    found = {p.file: (p.found, p.expected) for p in problems_of(folder)}
    assert found["content/pages"] == ("a file", "a folder")
    assert found["content/calibration.json"] == ("a folder", "a file")


def test_a_page_has_the_limits_of_any_file(tmp_path: Path) -> None:
    texts = {
        "large": b"# A\n" + b"a" * MAX_BYTES,
        "latin": "# Één\n".encode("latin-1"),
        "control": b"# A\n\x1b[2J",
        "bom": b"\xef\xbb\xbf# A\n",
        "empty": b"",
    }
    folder = content_folder(tmp_path, {f"pages/{n}.en.md": text for n, text in texts.items()})
    found = {p.file.removeprefix("content/pages/"): p for p in problems_of(folder)}
    assert set(found) == {f"{name}.en.md" for name in texts}
    assert "65,540 bytes" in found["large.en.md"].found
    assert "0xc9" in found["latin.en.md"].found
    assert (found["latin.en.md"].line, found["latin.en.md"].column) == (1, 3)
    assert (found["control.en.md"].line, found["control.en.md"].column) == (2, 1)


def test_a_page_may_be_in_any_language_but_not_be_called_like_one_of_the_site(
    tmp_path: Path,
) -> None:
    """The site's other languages stand below their codes, where a page of that name would stand as well."""
    site = SITE.replace("languages: [en]", "languages: [en, pt-BR, fr]")
    names = ("about.pt-BR.md", "de.en.md", "fr.en.md", "en.fr.md")
    pages = {f"pages/{name}": "# A page\n" for name in names}
    folder = content_folder(tmp_path, {"site.yaml": site, **pages})
    refused = [p.file for p in problems_of(folder) if p.file.startswith("content/pages/")]
    assert refused == ["content/pages/en.fr.md", "content/pages/fr.en.md"]


# ── Commands ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["cases/..", "cases/../cases/acme/one.yaml", ".", "cases/acme/.."])
def test_a_path_with_dots_is_the_place_that_it_leads_to(path: str, tmp_path: Path) -> None:
    folder = content_folder(tmp_path, {CASE_PLACE: BAD_CASE.replace("title", "titel")})
    assert main(["check", f"{folder}/{path}"]) == 1


def test_a_path_behind_a_link_is_not_called_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = content_folder(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.yaml").write_text("not: a case\n")
    (folder / "cases/linked").symlink_to(tmp_path / "elsewhere")
    assert main(["check", f"{folder}/cases/linked/x.yaml"]) == 2
    assert "leads out of" in capsys.readouterr().err
    assert main(["check", f"{folder}/cases/linked"]) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/x",
        "a/b",
        "..",
        ".",
        "",
        "~",
        "a\\b",
        "CON",
        "nul",
        "a.zip",
        "a ",
        "é",
        "a" * 65,
    ],
)
def test_an_edition_has_no_name_that_leads_elsewhere(name: str, tmp_path: Path) -> None:
    folder = content_folder(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main(["edition", "--content", str(folder), "--", name])
    assert stopped.value.code == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["content"]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/etc/passwd", "~", "a\\b", "sectors/../x"]
)
def test_explain_knows_no_paths(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", name, "--content", str(content_folder(tmp_path))]) == 2
    assert "There is no company, sector or scored case" in capsys.readouterr().err


# ── Controls: each guard taken away is noticed ─────────────────────────────────────────────────


def test_without_the_look_at_what_it_is_a_pipe_hangs_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with at_once(), pytest.raises(RefusedError):
        plain_bytes(path)
    monkeypatch.setattr(on_disk, "refuse_odd", lambda *_: None)
    monkeypatch.setattr(on_disk, "_PLAINLY", os.O_RDONLY)
    with pytest.raises(_TooLongError), at_once(0.3):  # it would for ever
        plain_bytes(path)


def test_what_becomes_a_link_while_it_is_looked_at_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    _link(folder / "link")
    monkeypatch.setattr(on_disk, "refuse_odd", lambda *_: None)
    with pytest.raises(OSError, match="symbolic links"):
        plain_bytes(folder / "link")


@pytest.mark.parametrize("kind", ["link", "hard link"])
def test_without_the_look_at_what_it_is_a_secret_is_shown(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _spoilt(tmp_path, "companies/odd.yaml", ODD[kind][0])
    monkeypatch.setattr(on_disk, "refuse_odd", lambda *_: None)
    monkeypatch.setattr(on_disk, "_PLAINLY", os.O_RDONLY)
    assert main(["check", "--content", str(folder)]) == 1
    assert PRIVATE in capsys.readouterr().err


def test_without_the_look_at_names_a_device_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = content_folder(tmp_path, {"cases/acme/nul.yaml": CASE})
    assert problems_of(folder)
    monkeypatch.setattr(on_disk, "_refuse_name", lambda _: None)
    assert main(["check", "--content", str(folder)]) == 0


def test_nothing_is_written_behind_a_link(tmp_path: Path) -> None:
    from scorecard.contribute.writing import new_files

    folder = content_folder(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (folder / "cases/linked").symlink_to(tmp_path / "elsewhere")
    texts = {folder / "cases/linked/x.yaml": CASE}
    with pytest.raises(UsageError, match="leads out of"), new_files(folder, texts):
        pytest.fail("it was written")
    assert not list((tmp_path / "elsewhere").iterdir())
