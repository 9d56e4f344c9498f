"""The JSON Schemas in an editor: what yaml-language-server says and offers while a case is written."""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.checkers import need_checkers, node, program
from tests.conftest import ROOT

SCHEMA = (ROOT / "schema" / "case.schema.json").as_uri()
SETTINGS = {
    "yaml": {
        "completion": True,
        "hover": True,
        "validate": True,
        "schemas": {SCHEMA: "*.yaml"},
        "schemaStore": {"enable": False},
    }
}
GOOD = (ROOT / "docs" / "case-template.yaml").read_text("utf-8")


class Server:
    """The language server, spoken to over its standard input and output."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = itertools.count(1)
        self.process = subprocess.Popen(
            [node(), str(program("yaml-language-server")), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        self.tell("initialized")
        self.tell("workspace/didChangeConfiguration", settings=SETTINGS)

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.process.stdin.flush()

    def tell(self, method: str, **what: Any) -> None:
        self.send({"method": method, "params": what})

    def ask(self, method: str, **what: Any) -> Any:
        number = next(self.numbers)
        self.send({"id": number, "method": method, "params": what})
        return next(
            m["result"] for m in self.messages() if m.get("id") == number and "method" not in m
        )

    def messages(self) -> Iterator[dict[str, Any]]:
        """What the server says; what it asks is answered."""
        assert self.process.stdout
        while True:
            length = 0
            while (line := self.process.stdout.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            assert length, "the language server ended"
            message = json.loads(self.process.stdout.read(length))
            if "id" in message and "method" in message:
                items = message.get("params", {}).get("items", [])
                answer = [SETTINGS.get(item.get("section", ""), {}) for item in items]
                self.send({"id": message["id"], "result": answer or None})
            yield message

    def open(self, name: str, text: str) -> str:
        uri = (self.folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return uri

    def faults(self, name: str, text: str) -> list[tuple[int, str]]:
        """The lines, from 0, that it finds fault with, and what it says of them."""
        uri = self.open(name, text)
        told = next(
            m["params"]["diagnostics"]
            for m in self.messages()
            if m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
        )
        return [(one["range"]["start"]["line"], one["message"]) for one in told]

    def at(self, method: str, name: str, text: str) -> Any:
        """What it says to the place marked with ¦ in the text."""
        before = text.split("¦")[0]
        uri = self.open(name, text.replace("¦", ""))
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        place = {"line": line, "character": column}
        return self.ask(f"textDocument/{method}", textDocument={"uri": uri}, position=place)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests, which has read its settings and the schema: until then it knows nothing."""
    need_checkers("whether editors can complete a case from its schema")
    started = Server(tmp_path_factory.mktemp("editor"))
    assert any(started.faults(f"ready-{attempt}.yaml", "unknown: 1\n") for attempt in range(50))
    yield started
    started.process.kill()
    started.process.communicate()


def offered(server: Server, name: str, text: str) -> set[str]:
    """The words that it offers at the place marked."""
    told = server.at("completion", name, text)
    items = told["items"] if isinstance(told, dict) else told
    return {item["label"] for item in items}


def test_it_finds_nothing_wrong_with_the_template(server: Server) -> None:
    own = "\n".join(line for line in GOOD.splitlines() if "$schema" not in line)
    assert server.faults("template.yaml", own) == []


def test_it_finds_what_check_would_find(server: Server) -> None:
    text = (
        "title: A parcel\nwanted: refnd\nsource: {kind: first-hand}\nunknown: 1\ntimeline:\n"
        "  - {event: contact, channel: fax}\n"
    )
    lines = {line for line, _ in server.faults("faulty.yaml", text)}
    assert {1, 3, 5} <= lines


def test_it_offers_the_keys_of_a_case(server: Server) -> None:
    keys = offered(server, "keys.yaml", "title: A parcel\n¦")
    assert keys >= {"wanted", "source", "evidence", "timeline", "summary"}


def test_it_offers_the_values_of_a_key(server: Server) -> None:
    assert offered(server, "values.yaml", "wanted: ¦\n") >= {"refund", "answer", "cancellation"}


def test_it_offers_the_events_and_the_keys_of_each(server: Server) -> None:
    start = "title: A parcel\nwanted: refund\nsource:\n  kind: first-hand\ntimeline:\n"
    events = offered(server, "events.yaml", f"{start}  - event: ¦\n")
    assert events >= {"contact", "reply", "promise", "refund", "closed"}
    keys = offered(server, "own.yaml", f"{start}  - event: promise\n    ¦\n")
    assert keys >= {"at", "due", "within", "kept_at"}


def test_an_editor_explains_a_key(server: Server) -> None:
    told = server.at("hover", "hover.yaml", "title: A parcel\nlang¦uage: nl\n")
    assert "Of this case's own text" in json.dumps(told["contents"])
