"""What can be searched → the files of the search, made by Pagefind, a program of its own.

It is spoken to as its own wrappers do it: a JSON message in base64 that ends with a comma, and one
such answer. Its wrapper for Python is not used: that waits a tenth of a second for every answer,
and for ever for one of more than 2 MiB.

Every language has a program of its own, which works while the build does something else, and every
kind an index. The page for searching puts the kinds together: in an index of several, Pagefind
writes them in another order at every build.
"""

from __future__ import annotations

import base64
import errno
import json
import os
import signal
import subprocess
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, Any, cast, get_args

from scorecard.compose import page as addresses
from scorecard.compose.page import Kind
from scorecard.errors import ScorecardError
from scorecard.render.searchable import Searchable

_KINDS: tuple[Kind, ...] = get_args(Kind)
_PARTS = (".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", "pagefind-entry.json")
_CONFIG = {"exclude_selectors": ["h1", "nav", "table", "svg", "code", "section[id^='example-']"]}
"""Of a page's HTML its own sentences are indexed, and not those of the cases that it shows."""
_USED_UP = (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)
"""What the machine says that would let the program start at another time."""
_AHEAD = 32
"""So many messages are sent before the answer to the first is read: few enough that all answers fit into
the pipe, or both would wait for each other for ever."""


class _PagefindError(Exception):
    """Pagefind is not there or did not do what it was asked to."""


class SearchIndex:
    """The indexes of a site while they are made. What Pagefind cannot do is kept as `trouble` and ends no
    build; where the machine cannot let it run, OSError or ScorecardError does, so that no site loses its
    search for want of memory."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.trouble: str | None = None
        self._programs: dict[str, _Program] = {}
        self._indexes: dict[tuple[str, Kind], int] = {}
        self._pages: Counter[tuple[str, Kind]] = Counter()

    def __enter__(self) -> SearchIndex:
        return self

    def __exit__(self, *_: object) -> None:
        for program in self._programs.values():
            program.end()

    def add(self, language: str, pages: Iterable[Searchable]) -> None:
        """Puts pages in this language into its indexes."""
        try:
            for page in pages:
                self._add(language, page)
        except _PagefindError as failure:
            self.trouble = str(failure)

    def make(self) -> None:
        """Lets all indexes be made of what was added, the largest of each language first: Pagefind works
        until somebody has to read what it made."""
        try:
            for (language, kind), _ in self._pages.most_common():
                if not self.trouble:
                    number = self._indexes[language, kind]
                    self._program(language).tell("GetFiles", index_id=number)
        except _PagefindError as failure:
            self.trouble = str(failure)

    def files(self, language: str) -> Iterator[tuple[str, bytes]]:
        """The files of a language's indexes, once they are let be made, by the kind that they are of."""
        try:
            for (of, kind), _ in self._pages.most_common():
                if of == language and not self.trouble:
                    answer = self._program(language).answer_to("GetFiles")
                    yield from _wanted(answer["files"], kind, language, self.languages)
        except _PagefindError as failure:
            self.trouble = str(failure)

    def kinds(self, language: str) -> tuple[Kind, ...]:
        """The kinds that can be searched in a language, the one that brings the engine first."""
        if self.trouble:
            return ()
        return tuple(kind for kind in _KINDS if (language, kind) in self._indexes)

    def _program(self, language: str) -> _Program:
        if language not in self._programs:
            self._programs[language] = _Program()
        return self._programs[language]

    def _add(self, language: str, page: Searchable) -> None:
        if self.trouble:
            return
        program, code, index = self._program(language), language.lower(), (language, page.kind)
        if index not in self._indexes:
            program.tell("NewIndex", config=_CONFIG)
            self._indexes[index] = program.answer_to("NewIndex")["index_id"]
        number = self._indexes[index]
        self._pages[index] += 1
        if page.kind == "page":
            html = f'<html lang="{code}" data-pagefind-filter="kind:page">{page.text}</html>'
            program.tell("AddFile", index_id=number, url=page.address, file_contents=html)
        else:
            program.tell(
                "AddRecord",
                index_id=number,
                url=page.address,
                content=page.text,
                language=code,
                meta={"title": page.title, **page.meta},
                filters={"kind": [page.kind]},
            )


class _Program:
    """Pagefind while it runs. It answers in the order in which it is asked."""

    def __init__(self) -> None:
        self._running = _start()
        self._due: deque[str] = deque()
        self._read = bytearray()

    def tell(self, type_: str, **what: Any) -> None:
        """Sends one message; whoever needs the answer asks for it."""
        message = json.dumps({"message_id": 1, "payload": {"type": type_, **what}})
        to = cast("IO[bytes]", self._running.stdin)
        try:
            to.write(base64.b64encode(message.encode()) + b",")
            to.flush()
        except BrokenPipeError as error:
            raise _stopped(self._running) from error
        except OSError as error:
            raise _PagefindError(f"Pagefind cannot be talked to: {error}") from error
        self._due.append(type_)
        while len(self._due) > _AHEAD:
            self._answer()

    def answer_to(self, type_: str) -> dict[str, Any]:
        """The answer to the first message of this type whose answer nobody has read."""
        while self._due[0] != type_:
            self._answer()
        return self._answer()

    def end(self) -> None:
        """Stops it, whatever it is doing."""
        self._running.kill()
        self._running.communicate()

    def _answer(self) -> dict[str, Any]:
        self._due.popleft()
        try:
            answer: dict[str, Any] = json.loads(base64.b64decode(self._word()))["payload"]
        except (OSError, ValueError) as error:
            raise _PagefindError(f"Pagefind cannot be talked to: {error}") from error
        if answer["type"] == "Error":
            raise _PagefindError(f"Pagefind says: {answer['message']}")
        return answer

    def _word(self) -> bytes:
        """What it says up to the next comma."""
        source = cast("IO[bytes]", self._running.stdout).fileno()
        read = self._read
        end = read.find(b",")
        while end < 0:
            more = os.read(source, 1 << 20)
            if not more:
                raise _stopped(self._running)
            end = more.find(b",")
            end = end if end < 0 else end + len(read)
            read += more
        word = bytes(read[:end])
        del read[: end + 1]
        return word


def _start() -> subprocess.Popen[bytes]:
    try:
        from pagefind_bin import get_executable

        return subprocess.Popen(
            [get_executable(), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except ImportError as error:
        raise _PagefindError("the package pagefind-bin is not installed") from error
    except OSError as error:
        if error.errno in _USED_UP:
            raise
        raise _PagefindError(f"Pagefind cannot be started: {error}") from error


def _stopped(program: subprocess.Popen[bytes]) -> Exception:
    """Why it answers no more: the system kills what takes the last of the memory; all else is its own."""
    with suppress(subprocess.TimeoutExpired):  # it may only have stopped talking
        program.wait(1)
    if os.name == "posix" and program.returncode == -signal.SIGKILL:
        return ScorecardError(
            "Pagefind was killed, as happens where memory runs out: take more memory, or fewer --jobs; "
            "then run this again."
        )
    return _PagefindError("Pagefind stopped before it was done")


def _wanted(
    files: list[dict[str, str]], kind: Kind, language: str, languages: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """The files that the page for searching asks for; the engine only with the first kind."""
    names = {file["path"] for file in files}
    stems = f"wasm.{language.lower()}.pagefind"
    engine = {
        "pagefind.js",
        "pagefind-worker.js",
        stems if stems in names else "wasm.unknown.pagefind",
    }
    for file in sorted(files, key=lambda file: file["path"]):
        path = file["path"].replace("\\", "/")
        if path.endswith(_PARTS) or (kind == _KINDS[0] and path in engine):
            address = f"{addresses.SEARCH}{kind}/{path}"
            yield (
                addresses.in_language(address, language, languages),
                base64.b64decode(file["content"]),
            )
