"""`content/editions/<name>.zip` → what it said, or what is wrong with it. Nothing is unpacked.

An archive is published as it is, so everything in it is checked: its names lead nowhere else, and
every file has the SHA-256 that the archive's own list gives it.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from scorecard.edition import (
    FORMAT,
    NAME,
    RECORD,
    SUMS,
    Edition,
    FrozenCase,
    FrozenFigure,
    FrozenOwner,
    address_of,
)
from scorecard.errors import Problem

MOST_BYTES = 2 << 30
"""An archive that would unpack to more is refused."""
_INDEX = "api/v1/index.json"
_COMPANY = re.compile(r"api/v1/companies/([a-z0-9-]+)\.json")
_PLACE = re.compile(r"(?!.*(^|/)\.)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


class _SpoiltError(Exception):
    """An archive is not what `edition` wrote."""


def load_editions(folder: Path, content: str) -> tuple[tuple[Edition, ...], list[Problem]]:
    """Every edition in the folder, the newest first; and every archive that is none, as a problem."""
    found: list[Edition] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        try:
            found.append(_edition(path))
            if len({edition.name.casefold() for edition in found}) < len(found):
                raise _SpoiltError(
                    f"a second edition '{found.pop().name}', but for capital letters"
                )
        except _SpoiltError as spoilt:
            name = f"{content}/{folder.name}/{path.name}"
            expected = "an archive as 'python build.py edition NAME' writes it"
            hint = "An edition never changes: take the file from where it was whole."
            problems.append(Problem(name, 1, 1, "", str(spoilt), expected, hint, "file"))
    newest_first = sorted(found, key=lambda edition: (edition.as_of, edition.name), reverse=True)
    return tuple(newest_first), problems


def _edition(path: Path) -> Edition:
    name, dot, ending = path.name.rpartition(".")
    if path.is_symlink() or not path.is_file() or f"{dot}{ending}" != ".zip":
        raise _SpoiltError(f"'{path.name}'")
    if not re.fullmatch(NAME, name):
        raise _SpoiltError(f"the name '{name}'")
    try:
        with zipfile.ZipFile(path) as archive:
            places = _places(archive)
            _compare(archive, places)
            return _read(archive, places, name, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _SpoiltError(f"an archive that cannot be read ({error})") from None
    except (KeyError, TypeError, ValueError, RuntimeError, AttributeError, RecursionError) as error:
        raise _SpoiltError(f"an archive whose data are not those of an edition ({error})") from None


def _places(archive: zipfile.ZipFile) -> frozenset[str]:
    """The names of the files in the archive, each of them safe, and none twice on any disk."""
    names = [entry.filename for entry in archive.infolist()]
    for name in names:
        if not _PLACE.fullmatch(name) or len(name) > 400:
            raise _SpoiltError(f"an archive with a file of the name {name[:80]!r}")
    if len({name.casefold() for name in names}) < len(names):
        raise _SpoiltError("an archive with two files of one name")
    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
        raise _SpoiltError("an archive that unpacks to more than 2 GiB")
    return frozenset(names)


def _compare(archive: zipfile.ZipFile, places: frozenset[str]) -> None:
    """Every file has the SHA-256 that the list gives it, and none is missing or added."""
    if SUMS not in places:
        raise _SpoiltError(f"an archive without {SUMS}")
    lines = archive.read(SUMS).decode().splitlines()
    sums = {match[2]: match[1] for line in lines if (match := _SUM.fullmatch(line))}
    if sums.keys() != places - {SUMS}:
        raise _SpoiltError(f"an archive with other files than {SUMS} lists")
    for name, sum_ in sums.items():
        if hashlib.sha256(archive.read(name)).hexdigest() != sum_:
            raise _SpoiltError(f"an archive in which '{name}' is not as it was")


def _read(archive: zipfile.ZipFile, places: frozenset[str], name: str, path: Path) -> Edition:
    made = json.loads(archive.read(RECORD))
    if made["format"] != FORMAT:
        raise _SpoiltError(
            f"the format {made['format']}, which a later version of the project writes"
        )
    if made["edition"] != name:
        raise _SpoiltError(f"the edition '{made['edition']}' under another name")
    read = [
        (match[1], json.loads(archive.read(place)))
        for place in sorted(places)
        if (match := _COMPANY.fullmatch(place))
    ]
    companies = {slug: _owner(told) for slug, told in read if slug == told["slug"]}
    sectors = json.loads(archive.read(_INDEX))["sectors"]
    return Edition(
        name,
        date.fromisoformat(made["as_of"]),
        str(made["method"]),
        str(made["content_sha256"]),
        str(made["commit"]) if made["commit"] else None,
        hashlib.sha256(path.read_bytes()).hexdigest(),
        path,
        frozenset(map(address_of, places)),
        companies,
        {sector["slug"]: _owner(sector) for sector in sectors},
    )


def _owner(told: Mapping[str, Any]) -> FrozenOwner:
    figures = {
        figure["id"]: FrozenFigure(figure["value"], figure["low"], figure["high"], figure["cases"])
        for figure in told["figures"]
    }
    return FrozenOwner(str(told["name"]), figures, dict(_cases(told.get("cases", ()))))


def _cases(told: list[Mapping[str, Any]]) -> Iterator[tuple[str, FrozenCase]]:
    for case in told:
        reply = case["reply"] or {}
        yield (
            case["id"],
            FrozenCase(
                case["title"],
                case["status"],
                case["weight"],
                case["scores"],
                reply.get("asked"),
                reply.get("at"),
            ),
        )
