"""`serve`: builds, serves on this machine, and builds and reloads again on every change."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from watchfiles import watch

from scorecard.commands.common import settings, site_options
from scorecard.errors import ContentError, ScorecardError
from scorecard.pipeline import build
from scorecard.render.pages import TEMPLATES
from scorecard.settings import Settings

HELP = "Builds, serves on this machine, and reloads the page on every change."
EXAMPLE = "serve --port 8000"

_RELOAD = b"<script src='/-/reload.js' defer></script></head>"
_SCRIPT = b'new EventSource("/-/changes").onmessage = () => location.reload();'


def options(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    site_options(parser)
    parser.add_argument(
        "--port",
        type=int,
        choices=range(65536),
        default=8000,
        metavar="PORT",
        help="the port; 0 for any that is free",
    )


def run(options: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    wanted = settings(options)
    changes = Changes()
    handler = partial(Handler, changes, directory=str(wanted.out.resolve()))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    except OSError as error:
        raise ScorecardError(f"Port {options.port} cannot be used: {error.strerror}.") from error
    if not _build(wanted) and not wanted.out.is_dir():
        server.server_close()
        return 1
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl+C stops)", flush=True)
    try:
        for _ in watch(wanted.content, TEMPLATES, step=50, debounce=200, raise_interrupt=False):
            if _build(wanted):
                changes.tell()
    finally:
        server.shutdown()
    return 0


def _build(wanted: Settings) -> bool:
    start = time.monotonic()
    try:
        built = build(wanted)
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(
            f"{len(error.problems)} problems; the site is as it was.", file=sys.stderr, flush=True
        )
        return False
    except TemplateError as error:
        print(f"{error}; the site is as it was.", file=sys.stderr, flush=True)
        return False
    except ScorecardError as error:
        print(error, file=sys.stderr, flush=True)
        return False
    print(f"{built.files:,} files in {time.monotonic() - start:.1f} s", flush=True)
    if built.no_search:
        print(f"The site has no search: {built.no_search}.", flush=True)
    return True


class Changes:
    """Tells every page that waits that the site is new."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def tell(self) -> None:
        """The site is new."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, timeout: float) -> bool:
        """Waits for the next change, at most `timeout` seconds; was there one?"""
        with self._changed:
            seen = self._count
            return self._changed.wait_for(lambda: self._count != seen, timeout)


class Handler(SimpleHTTPRequestHandler):
    """Serves the site; pages get a script that reloads them. Only for this machine."""

    def __init__(self, changes: Changes, *args: Any, **more: Any) -> None:
        self.changes = changes
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        """Answers a request."""
        path = self.path.partition("?")[0]
        if path == "/-/reload.js":
            self._answer(_SCRIPT, "text/javascript")
        elif path == "/-/changes":
            self._changes()
        else:
            self._file()

    def _file(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            self._answer(path.read_bytes().replace(b"</head>", _RELOAD, 1), "text/html")
        elif not path.exists():
            missing = Path(self.directory) / "404.html"
            text = missing.read_bytes() if missing.is_file() else b"Not found"
            self._answer(text, "text/html", 404)
        else:
            super().do_GET()

    def _answer(self, data: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _changes(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            while not self.changes.wait(15):
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
            self.wfile.write(b"data: new\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *_: Any) -> None:
        """Says nothing of single requests."""
