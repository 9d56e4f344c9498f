"""What lies in a folder of content: plain files and folders; all else is refused by its name, unopened.

Strangers write the content, so a name, a link, a pipe or a device may be meant to lead elsewhere, to
hang the build, or to be two files for one computer and one file for another.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, Protocol

from scorecard.fields import kept_by_windows
from scorecard.texts import CONTROLS, place_of

MAX_BYTES = 64 * 1024
"""Of a file that people write: of YAML and of Markdown."""
_PLAINLY = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)  # what Windows does not know is left out there
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS = {
    stat.S_IFIFO: "a named pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
UNSEEN = CONTROLS + "\ud800-\udfff\ufffe\uffff"
"""For a pattern: controls but tab and end of line, halves of characters, and what is no character."""
_UNPRINTABLE = re.compile(rf"[{UNSEEN}](?<![\r\x85])")
"""In a file: two of the controls are other ends of lines there."""
_COPY = "Put a copy of the file in its place: a second name can lead to a file outside."

Place = tuple[int, int]
Want = Literal["files", "folders", "both"]


class RefusedError(Exception):
    """What makes a whole file unreadable, and where in it."""

    def __init__(self, found: str, expected: str, hint: str = "", place: Place = (1, 1)) -> None:
        self.found, self.expected, self.hint, self.place = found, expected, hint, place


class Refuse(Protocol):
    """Takes down what cannot stay where it lies."""

    def __call__(self, path: Path, found: str, expected: str, hint: str = "") -> None:
        """The problem of a whole file or folder."""


def listed(folder: Path, refuse: Refuse, want: Want) -> Iterator[Path]:
    """What lies in a folder, in the order of the names, as far as it is sound; the rest is refused.

    Names that begin with a dot or end in ~ are those of systems and editors: nothing reads them. The
    folder itself must be none that is linked; one that is not there is empty.
    """
    twins: dict[str, str] = {}
    for name, info in _entries(folder):
        if name.startswith(".") or name.endswith("~"):
            continue
        path = folder / name
        twin = twins.setdefault(_as_any_disk_has_it(name), name)
        try:
            if twin != name:
                raise RefusedError(
                    f"the name '{name}', which some disks cannot tell from '{twin}'",
                    "names that differ in more than capitals and the way accents are written",
                    "Rename one of the two, or remove it.",
                )
            _refuse_name(name)
            refuse_odd(info, want)
        except RefusedError as refusal:
            refuse(path, refusal.found, refusal.expected, refusal.hint)
        else:
            yield path


def refuse_odd(info: os.stat_result, want: Want = "files") -> None:
    """Raises RefusedError for what is no plain file or folder with one name."""
    kind = stat.S_IFMT(info.st_mode)
    inside = "the file itself, inside the content folder"
    if kind == stat.S_IFLNK:
        raise RefusedError("a symbolic link", "the folder itself" if want == "folders" else inside)
    if kind == stat.S_IFDIR:
        if want == "files":
            raise RefusedError("a folder", "only files here")
    elif kind != stat.S_IFREG:
        raise RefusedError(_KINDS.get(kind, "something that is no file"), "a plain file")
    elif want == "folders":
        raise RefusedError("a file", "only folders here, with files in them")
    elif info.st_nlink > 1:
        raise RefusedError("a hard link: a file that has a second name", inside, _COPY)


def plain_bytes(path: Path, most: int = MAX_BYTES, hint: str = "Shorten the notes.") -> bytes:
    """What stands in a plain file. Raises RefusedError for anything else, and for more than `most` bytes."""
    refuse_odd(os.lstat(path))
    descriptor = os.open(path, _PLAINLY)
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a path cannot say how to open it
        info = os.fstat(descriptor)
        refuse_odd(info)
        data = file.read(most + 1) if info.st_size <= most else b""
    size = max(info.st_size, len(data))
    if size > most:
        raise RefusedError(f"{size:,} bytes", f"at most {most:,} bytes", hint)
    return data


def plain_text(path: Path) -> str:
    """The text of a file that people write. Raises RefusedError for what no reader could make out."""
    data = plain_bytes(path)
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError(
            "a byte order mark (BOM)", "plain UTF-8", "Save the file as 'UTF-8' without BOM."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(
            f"the byte 0x{data[error.start]:02x}, which is not UTF-8",
            "text saved as UTF-8",
            "The file looks like Latin-1 or Windows-1252.",
            place_of(data, error.start),
        ) from None
    if odd := _UNPRINTABLE.search(text):
        place = place_of(text, odd.start())
        raise RefusedError("a control character", "text that can be printed", place=place)
    if not text.strip():
        raise RefusedError("an empty file", "keys and values")
    return text


def _entries(folder: Path) -> list[tuple[str, os.stat_result]]:
    """The names in a folder, and what each is: a link is not followed."""
    try:
        with os.scandir(folder) as found:
            return sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in found)
    except FileNotFoundError:
        return []


def _as_any_disk_has_it(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _refuse_name(name: str) -> None:
    """Raises RefusedError for a name that not every system can have, whatever belongs there."""
    if not name.isprintable():
        raise RefusedError(f"the name '{name}'", "a name of letters that can be seen")
    if kept_by_windows(name):
        raise RefusedError(f"the name '{name}'", "another name", "Windows keeps it for a device.")
    if name[-1] in ". " or any(sign in '\\:*?"<>|' for sign in name):
        raise RefusedError(f"the name '{name}'", "a name that Windows can have as well")
