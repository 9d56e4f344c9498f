"""What can be searched → the files of the search, made by Pagefind, a program of its own.

It is spoken to as its own wrappers do it: a JSON message in base64 that ends with a comma, and one
such answer. Its wrapper for Python is not used: that waits a tenth of a second for every answer,
and for ever for one of more than 2 MiB.

Every language and kind has an index of its own, and the page for searching puts the kinds together.
In an index of several, Pagefind writes them in another order at every build.
"""

from __future__ import annotations

import base64
import errno
import json
import os
import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, get_args

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


class _PagefindError(Exception):
    """Pagefind is not there or did not do what it was asked to."""


class SearchIndex:
    """The indexes of a site while they are made. What Pagefind cannot do is kept as `trouble` and ends no
    build; where the machine cannot let it run, OSError or ScorecardError does, so that no site loses its
    search for want of memory."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.trouble: str | None = None
        self._program: subprocess.Popen[bytes] | None = None
        self._indexes: dict[tuple[str, Kind], int] = {}

    def __enter__(self) -> SearchIndex:
        try:
            self._program = _start()
        except _PagefindError as failure:
            self.trouble = str(failure)
        return self

    def __exit__(self, *_: object) -> None:
        if self._program:
            self._program.kill()
            self._program.communicate()

    def add(self, language: str, pages: Iterable[Searchable]) -> None:
        """Puts pages in this language into its indexes."""
        try:
            for page in pages:
                self._add(language, page)
        except _PagefindError as failure:
            self.trouble = str(failure)

    def files(self, language: str) -> Iterator[tuple[str, bytes]]:
        """The files of a language's indexes, which are then forgotten, by the kind that they are of."""
        try:
            for kind in self.kinds(language):
                number = self._indexes[language, kind]
                answer = self._ask("GetFiles", index_id=number)
                self._ask("DeleteIndex", index_id=number)
                yield from _wanted(answer["files"], kind, language, self.languages)
        except _PagefindError as failure:
            self.trouble = str(failure)

    def kinds(self, language: str) -> tuple[Kind, ...]:
        """The kinds that can be searched in a language, the one that brings the engine first."""
        if self.trouble:
            return ()
        return tuple(kind for kind in _KINDS if (language, kind) in self._indexes)

    def _add(self, language: str, page: Searchable) -> None:
        if self.trouble:
            return
        code = language.lower()
        if (language, page.kind) not in self._indexes:
            made = self._ask("NewIndex", config=_CONFIG)
            self._indexes[language, page.kind] = made["index_id"]
        number = self._indexes[language, page.kind]
        if page.kind == "page":
            html = f'<html lang="{code}" data-pagefind-filter="kind:page">{page.text}</html>'
            self._ask("AddFile", index_id=number, url=page.address, file_contents=html)
        else:
            self._ask(
                "AddRecord",
                index_id=number,
                url=page.address,
                content=page.text,
                language=code,
                meta={"title": page.title, **page.meta},
                filters={"kind": [page.kind]},
            )

    def _ask(self, type_: str, **what: Any) -> dict[str, Any]:
        """Sends one message and waits for its answer."""
        program = self._program
        if program is None or program.stdin is None or program.stdout is None:
            raise _PagefindError("Pagefind does not run")
        message = json.dumps({"message_id": 1, "payload": {"type": type_, **what}})
        pieces = [b""]
        try:
            program.stdin.write(base64.b64encode(message.encode()) + b",")
            program.stdin.flush()
            while not pieces[-1].endswith(b","):
                pieces.append(os.read(program.stdout.fileno(), 1 << 20))
                if not pieces[-1]:
                    raise _stopped(program)
            answer: dict[str, Any] = json.loads(base64.b64decode(b"".join(pieces)[:-1]))["payload"]
        except BrokenPipeError as error:
            raise _stopped(program) from error
        except (OSError, ValueError) as error:
            raise _PagefindError(f"Pagefind cannot be talked to: {error}") from error
        if answer["type"] == "Error":
            raise _PagefindError(f"Pagefind says: {answer['message']}")
        return answer


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
