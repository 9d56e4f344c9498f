"""`content/editions/<name>.zip` → what it said, or what is wrong with it. Nothing is unpacked.

An archive is published as it is, so everything in it is checked: its names lead nowhere else, and
every file has the SHA-256 that the archive's own list gives it.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import TypeVar

from msgspec import DecodeError, Struct, json

from scorecard.edition import (
    FOLDER,
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
from scorecard.fields import kept_by_windows
from scorecard.load.intake import Intake
from scorecard.load.on_disk import listed
from scorecard.load.zipped import UNREADABLE, chunks, whole
from scorecard.places import COMMAND

MOST_BYTES = 2 << 30
"""An archive that would unpack to more is refused."""
MOST_TOLD = 64 << 20
"""Bytes of one file that is read back, a hundred times what a company of a thousand cases needs."""
_INDEX = "api/v1/index.json"
_COMPANY = re.compile(r"api/v1/companies/([a-z0-9-]+)\.json")
_PLACE = re.compile(r"(?!.*(^|/)\.)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")
_SUM = re.compile(r"([0-9a-f]{64})  (.+)")


T = TypeVar("T")


class _Record(Struct):
    """What the archive is."""

    format: int
    edition: str
    as_of: date
    method: str
    content_sha256: str
    commit: str | None


class _Figure(Struct):
    id: str
    value: float | str | None
    low: float | None
    high: float | None
    cases: int | None


class _Reply(Struct):
    asked: str | None = None
    at: str | None = None


class _Case(Struct):
    id: str
    title: str
    status: str
    weight: float | None
    scores: dict[str, float | None]
    reply: _Reply | None


class _Owner(Struct):
    """A company, or a sector, of whose cases nothing is told."""

    slug: str
    name: str
    figures: list[_Figure]
    cases: list[_Case] = []


class _Index(Struct):
    sectors: list[_Owner]


class _SpoiltError(Exception):
    """An archive is not what `edition` wrote."""


def load_editions(intake: Intake) -> tuple[Edition, ...]:
    """Every edition of the content, the newest first; an archive that is none is refused."""
    found: list[Edition] = []
    for path in listed(intake.folder / FOLDER, intake.refuse, "files"):
        try:
            found.append(_edition(path))
        except _SpoiltError as spoilt:
            expected = f"an archive as '{COMMAND} edition NAME' writes it"
            hint = "An edition never changes: take the file from where it was whole."
            intake.refuse(path, str(spoilt), expected, hint)
    return tuple(sorted(found, key=lambda edition: (edition.as_of, edition.name), reverse=True))


def _edition(path: Path) -> Edition:
    if path.suffix != ".zip":
        raise _SpoiltError(f"'{path.name}'")
    if not re.fullmatch(NAME, path.stem):
        raise _SpoiltError(f"the name '{path.stem}'")
    try:
        with zipfile.ZipFile(path) as archive:
            places = _places(archive)
            _compare(archive, places)
            return _read(archive, places, path)
    except (DecodeError, KeyError, RecursionError) as error:
        raise _SpoiltError(f"an archive whose data are not those of an edition ({error})") from None
    except UNREADABLE as error:
        raise _SpoiltError(f"an archive that cannot be read ({error})") from None


def _places(archive: zipfile.ZipFile) -> frozenset[str]:
    """The names of the files in the archive, each of them safe, and none twice on any disk."""
    names = [entry.filename for entry in archive.infolist()]
    for name in names:
        if not _PLACE.fullmatch(name) or len(name) > 400 or any(map(_odd, name.split("/"))):
            raise _SpoiltError(f"an archive with a file of the name {name[:80]!r}")
    if len({name.casefold() for name in names}) < len(names):
        raise _SpoiltError("an archive with two files of one name")
    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
        raise _SpoiltError("an archive that unpacks to more than 2 GiB")
    return frozenset(names)


def _odd(part: str) -> bool:
    """Can Windows have no file or folder of this name?"""
    return part.endswith(".") or kept_by_windows(part)


def _compare(archive: zipfile.ZipFile, places: frozenset[str]) -> None:
    """Every file has the SHA-256 that the list gives it, and none is missing or added."""
    if SUMS not in places:
        raise _SpoiltError(f"an archive without {SUMS}")
    lines = whole(archive, SUMS, MOST_TOLD).decode().splitlines()
    sums = {match[2]: match[1] for line in lines if (match := _SUM.fullmatch(line))}
    if sums.keys() != places - {SUMS}:
        raise _SpoiltError(f"an archive with other files than {SUMS} lists")
    for name, sum_ in sums.items():
        found = hashlib.sha256()
        for chunk in chunks(archive, archive.getinfo(name)):
            found.update(chunk)
        if found.hexdigest() != sum_:
            raise _SpoiltError(f"an archive in which '{name}' is not as it was")


def _read(archive: zipfile.ZipFile, places: frozenset[str], path: Path) -> Edition:
    made = _told(archive, RECORD, _Record)
    if made.format != FORMAT:
        raise _SpoiltError(f"the format {made.format}, which a later version of the project writes")
    if made.edition != path.stem:
        raise _SpoiltError(f"the edition '{made.edition}' under another name")
    companies = {
        match[1]: _told(archive, place, _Owner)
        for place in sorted(places)
        if (match := _COMPANY.fullmatch(place))
    }
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Edition(
        path.stem,
        made.as_of,
        made.method,
        made.content_sha256,
        made.commit or None,
        sha256,
        path,
        frozenset(map(address_of, places)),
        {slug: _owner(told) for slug, told in companies.items() if slug == told.slug},
        {told.slug: _owner(told) for told in _told(archive, _INDEX, _Index).sectors},
    )


def _told(archive: zipfile.ZipFile, place: str, kind: type[T]) -> T:
    return json.decode(whole(archive, place, MOST_TOLD), type=kind)


def _owner(told: _Owner) -> FrozenOwner:
    figures = {
        figure.id: FrozenFigure(figure.value, figure.low, figure.high, figure.cases)
        for figure in told.figures
    }
    return FrozenOwner(told.name, figures, {case.id: _case(case) for case in told.cases})


def _case(told: _Case) -> FrozenCase:
    reply = told.reply or _Reply()
    return FrozenCase(told.title, told.status, told.weight, told.scores, reply.asked, reply.at)
