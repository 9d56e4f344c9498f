"""Archives that no `edition` wrote: what is in them is measured and held against its types."""

from __future__ import annotations

import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scorecard.load import zipped
from scorecard.load.content import load_content
from scorecard.load.zipped import UNREADABLE, whole
from tests.support.build import content_folder
from tests.support.load import problems_of

PLACE = "editions/2024-Q1.zip"
RECORD = {
    "format": 1,
    "edition": "2024-Q1",
    "as_of": "2024-03-31",
    "method": "1",
    "content_sha256": "0" * 64,
    "commit": None,
}
FIGURE = {"id": "fig-overall", "value": 61.35, "low": 50, "high": 70.5, "cases": 3}
CASE = {
    "id": "acme/one",
    "title": "A call",
    "status": "published",
    "weight": 0.5,
    "scores": {"responsiveness": None},
    "reply": None,
}
COMPANY = {"slug": "acme", "name": "Acme", "figures": [FIGURE], "cases": [CASE]}
INDEX = {"sectors": [{"slug": "telecom", "name": "Telecom", "figures": [FIGURE]}]}
INDEX_PLACE, COMPANY_PLACE = "api/v1/index.json", "api/v1/companies/acme.json"


def archive(files: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of a sound edition with these files over it, and the sums of all."""
    told: dict[str, Any] = {"edition.json": RECORD, INDEX_PLACE: INDEX, COMPANY_PLACE: COMPANY}
    held = {name: json.dumps(value).encode() for name, value in told.items()} | dict(files)
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in held.items())
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as zipped_:
        for name, data in {"SHA256SUMS": sums.encode(), **held}.items():
            zipped_.writestr(name, data)
    return made.getvalue()


def found(where: Path, data: bytes) -> str:
    """What is said of the archive, in the one problem that there is."""
    (problem,) = problems_of(content_folder(where, {PLACE: data}))
    assert problem.file == f"content/{PLACE}"
    assert str(problem).isprintable()
    return problem.found


def test_a_sound_archive_is_read(tmp_path: Path) -> None:
    (edition,) = load_content(content_folder(tmp_path, {PLACE: archive({})})).editions
    assert edition.companies["acme"].figures["fig-overall"].value == 61.35
    assert edition.companies["acme"].cases["acme/one"].weight == 0.5
    assert edition.sectors["telecom"].name == "Telecom"


_NUMBER = b"9" * 5000


@pytest.mark.parametrize(
    ("place", "data"),
    [
        ("edition.json", b"[" * 100_000),
        ("edition.json", json.dumps({**RECORD, "as_of": "2024-02-30"}).encode()),
        ("edition.json", json.dumps({**RECORD, "as_of": 20240331}).encode()),
        ("edition.json", json.dumps({**RECORD, "as_of": "0000-00-00"}).encode()),
        ("edition.json", json.dumps({**RECORD, "method": ["x"]}).encode()),
        ("edition.json", b'{"format": ' + _NUMBER + b"}"),
        ("edition.json", b"\xff\xfe"),
        ("edition.json", b'{"format": 1, "edition": "\\ud800"}'),
        (INDEX_PLACE, b"[]"),
        (INDEX_PLACE, b'{"sectors": {}}'),
        (INDEX_PLACE, b'{"sectors": [' + b"[" * 5000),
        (COMPANY_PLACE, b"null"),
        (COMPANY_PLACE, json.dumps({**COMPANY, "name": {}}).encode()),
        (COMPANY_PLACE, json.dumps({**COMPANY, "cases": [[]]}).encode()),
        (COMPANY_PLACE, json.dumps({**COMPANY, "figures": [{**FIGURE, "value": [1]}]}).encode()),
        (COMPANY_PLACE, json.dumps({**COMPANY, "figures": [{**FIGURE, "low": "x"}]}).encode()),
        (COMPANY_PLACE, json.dumps({**COMPANY, "figures": [{**FIGURE, "high": 1e400}]}).encode()),
        (COMPANY_PLACE, json.dumps({**COMPANY, "cases": [{**CASE, "weight": "1"}]}).encode()),
        (COMPANY_PLACE, json.dumps({**COMPANY, "cases": [{**CASE, "reply": "yes"}]}).encode()),
        (
            COMPANY_PLACE,
            json.dumps({**COMPANY, "cases": [{**CASE, "weight": float("nan")}]}).encode(),
        ),
    ],
)
def test_data_of_another_kind_are_refused(place: str, data: bytes, tmp_path: Path) -> None:
    assert "not those of an edition" in found(tmp_path, archive({place: data}))


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/x",
        "a/../b",
        "a\\b",
        "c:x",
        ".x",
        "a/.git/x",
        "con/index.html",
        "a/NUL.txt",
        "a./b",
        "a ",
        "a\nb",
    ],
)
def test_names_that_lead_elsewhere_or_that_windows_cannot_have_are_refused(
    name: str, tmp_path: Path
) -> None:
    assert "a file of the name" in found(tmp_path, archive({name: b"x"}))


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_a_limit_is_not_read(kind: int, tmp_path: Path) -> None:
    assert "packed in a way that is not read" in found(tmp_path, archive({}, kind))


def _lying(size: int, said: int) -> bytes:
    """An archive with a file of so many bytes of nothing, of which it says that they are fewer."""
    data = bytearray(archive({"nothing.bin": bytes(size)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        begin = data.find(mark)
        while begin >= 0:
            if data[begin + at : begin + at + 4] == size.to_bytes(4, "little"):
                data[begin + at : begin + at + 4] = said.to_bytes(4, "little")
            begin = data.find(mark, begin + 4)
    return bytes(data)


LARGE = 50_000_000


def test_an_archive_that_lies_about_its_size_takes_no_more_room_than_it_says() -> None:
    tracemalloc.start()
    try:
        with zipfile.ZipFile(io.BytesIO(_lying(LARGE, 1000))) as lying:
            tracemalloc.reset_peak()
            with pytest.raises(UNREADABLE):
                whole(lying, "nothing.bin", 2000)
        assert tracemalloc.get_traced_memory()[1] < LARGE / 20
    finally:
        tracemalloc.stop()


def test_read_at_once_it_would_take_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test above."""
    data = _lying(LARGE, 1000)
    monkeypatch.setattr(zipped, "_CHUNK", LARGE)
    tracemalloc.start()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as lying, pytest.raises(UNREADABLE):
            whole(lying, "nothing.bin", 2000)
        assert tracemalloc.get_traced_memory()[1] > LARGE / 2
    finally:
        tracemalloc.stop()
