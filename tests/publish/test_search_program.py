"""What is asked of the search program, what is taken of its answers, and what its failures are called."""

from __future__ import annotations

import base64
import errno
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pagefind_bin
import pytest

from scorecard.errors import ScorecardError
from scorecard.publish.search_index import SearchIndex
from scorecard.render.searchable import Searchable

Asked = dict[int, list[dict[str, Any]]]
"""What each program was asked, by its number, in the order in which they were begun."""
PAGE = Searchable("page", "/a/", "A", "<main>a</main>")
CASE = Searchable("case", "/cases/x/", "X", "words", {"company": "Acme"})
FILES = [
    *("pagefind.js", "pagefind-worker.js", "pagefind-ui.js", "pagefind-entry.json"),
    *(
        "wasm.en.pagefind",
        "wasm.unknown.pagefind",
        "fragment\\en_1.pf_fragment",
        "index/en_2.pf_index",
    ),
    *("filter/en_3.pf_filter", "pagefind.en_4.pf_meta", "pagefind-ui.css"),
]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Asked]:
    """Stands in for the program: answers at once, in two pieces, and writes down what it was asked."""
    log = tmp_path / "asked"
    script = tmp_path / "pagefind"
    files = [{"path": name, "content": base64.b64encode(name.encode()).decode()} for name in FILES]
    script.write_text(
        "#!/usr/bin/env python3\n"
        "import base64, json, os, sys\n"
        "number = 0\n"
        "word = b''\n"
        "while one := sys.stdin.buffer.read(1):\n"
        "    if one != b',':\n"
        "        word += one\n"
        "        continue\n"
        "    asked = json.loads(base64.b64decode(word))['payload']\n"
        "    word = b''\n"
        f"    with open({str(log)!r}, 'a') as log:\n"
        "        log.write(json.dumps([os.getpid(), asked]) + '\\n')\n"
        "    number += asked['type'] == 'NewIndex'\n"
        f"    told = {{'type': asked['type'], 'index_id': number, 'files': {files!r}}}\n"
        "    answer = base64.b64encode(json.dumps({'payload': told}).encode()) + b','\n"
        "    for piece in (answer[:5], answer[5:]):\n"
        "        sys.stdout.buffer.write(piece)\n"
        "        sys.stdout.buffer.flush()\n"
    )
    script.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: script)

    def asked() -> Asked:
        found: Asked = {}
        for line in log.read_text().splitlines():
            number, one = json.loads(line)
            found.setdefault(number, []).append(one)
        return found

    return asked


def test_each_kind_of_each_language_is_asked_for_once(
    program: Callable[[], Asked],
) -> None:
    with SearchIndex(("en", "NL")) as index:
        index.add("en", [PAGE, CASE, CASE])
        index.add("NL", [CASE])
        assert index.kinds("en") == ("page", "case")
        assert index.kinds("NL") == ("case",)
        assert index.kinds("de") == ()
        index.make()
        list(index.files("NL"))
        list(index.files("en"))
        assert index.trouble is None
    asked = program()
    [english, dutch] = asked.values()
    assert [(each["type"], each.get("index_id")) for each in english] == [
        *[("NewIndex", None), ("AddFile", 1)],
        *[("NewIndex", None), ("AddRecord", 2), ("AddRecord", 2)],
        *[("GetFiles", 2), ("GetFiles", 1)],
    ]
    assert [each["type"] for each in dutch] == ["NewIndex", "AddRecord", "GetFiles"]
    assert english[1]["url"] == "/a/"
    assert english[1]["file_contents"].startswith(
        '<html lang="en" data-pagefind-filter="kind:page"><main>'
    )
    assert (dutch[1]["language"], dutch[1]["filters"]) == ("nl", {"kind": ["case"]})
    assert dutch[1]["meta"] == {"title": "X", "company": "Acme"}


def test_the_engine_comes_with_the_first_kind_and_only_what_is_asked_for(
    program: Callable[[], Asked],
) -> None:
    with SearchIndex(("en", "nl")) as index:
        index.add("en", [PAGE, CASE])
        index.add("nl", [PAGE])
        index.make()
        english, dutch = dict(index.files("en")), dict(index.files("nl"))
    parts = {
        *("fragment/en_1.pf_fragment", "index/en_2.pf_index", "filter/en_3.pf_filter"),
        *("pagefind.en_4.pf_meta", "pagefind-entry.json"),
    }
    engine = {"pagefind.js", "pagefind-worker.js"}
    assert set(english) == {
        *(f"/search/page/{name}" for name in parts | engine | {"wasm.en.pagefind"}),
        *(f"/search/case/{name}" for name in parts),
    }
    assert set(dutch) == {
        f"/nl/search/page/{name}" for name in parts | engine | {"wasm.unknown.pagefind"}
    }
    assert english["/search/page/pagefind.js"] == b"pagefind.js"
    assert program()


def started(script: str, where: Path, monkeypatch: pytest.MonkeyPatch) -> SearchIndex:
    path = where / "pagefind"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: path)
    index = SearchIndex(("en",))
    with index:
        index.add("en", [PAGE])
        index.add("en", [CASE])
        index.make()
        assert list(index.files("en")) == []
        assert index.kinds("en") == ()
    return index


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("exit 1", "Pagefind stopped before it was done"),
        ("kill -15 $$", "Pagefind stopped before it was done"),
        ("head -c 1 >/dev/null; printf half; exit 0", "Pagefind stopped before it was done"),
        ("head -c 1 >/dev/null; printf '!!!!,'; exec sleep 60", "Pagefind cannot be talked to: "),
    ],
)
def test_what_went_wrong_is_kept_and_nothing_more_is_asked(
    script: str, trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (started(script, tmp_path, monkeypatch).trouble or "").startswith(trouble)


def test_a_program_that_was_killed_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ScorecardError, match="Pagefind was killed"):
        started("kill -9 $$", tmp_path, monkeypatch)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM])
def test_a_machine_that_is_used_up_ends_the_build(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def used_up(*_: object, **__: object) -> None:
        raise OSError(number, "used up")

    monkeypatch.setattr(subprocess, "Popen", used_up)
    with SearchIndex(("en",)) as index, pytest.raises(OSError, match="used up"):
        index.add("en", [PAGE])


def test_a_program_that_is_none_is_only_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: tmp_path)
    with SearchIndex(("en",)) as index:
        index.add("en", [PAGE])
    assert (index.trouble or "").startswith("Pagefind cannot be started")
    assert SearchIndex(("en",)).kinds("en") == ()


def test_more_is_asked_than_answers_are_waited_for(
    program: Callable[[], Asked],
) -> None:
    """However much is asked before anybody reads: neither waits for the other for ever."""
    count = 2000
    with SearchIndex(("en",)) as index:
        index.add("en", [CASE] * count)
        index.make()
        assert list(index.files("en"))
    [asked] = program().values()
    assert [each["type"] for each in asked] == ["NewIndex", *["AddRecord"] * count, "GetFiles"]


def test_nothing_to_search_is_no_trouble() -> None:
    with SearchIndex(("en",)) as index:
        index.make()
        assert list(index.files("en")) == []
    assert index.trouble is None
