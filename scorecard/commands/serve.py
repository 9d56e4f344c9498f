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

from scorecard.commands.common import counted, settings, site_options
from scorecard.errors import ContentError, ScorecardError
from scorecard.pipeline import build
from scorecard.places import TEMPLATES
from scorecard.preview import Preview
from scorecard.settings import Settings

HELP = "Builds, serves on this machine, and reloads the page on every change."
EXAMPLE = "serve --port 8000"

_STEP, _DEBOUNCE = 10, 200
"""Milliseconds: after so long without a change those before are seen together, and after so long at most."""
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
    shown = Shown()
    handler = partial(Handler, shown, directory=str(wanted.out.resolve()))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    except OSError as error:
        raise ScorecardError(f"Port {options.port} cannot be used: {error.strerror}.") from error
    builder = Builder(wanted, shown)
    if not builder.build() and not wanted.out.is_dir():
        server.server_close()
        return 1
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    threading.Thread(target=builder.run, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl+C stops)", flush=True)
    try:
        for changes in watch(
            wanted.content, TEMPLATES, step=_STEP, debounce=_DEBOUNCE, raise_interrupt=False
        ):
            builder.changed({Path(path) for _, path in changes})
    finally:
        server.shutdown()
        server.server_close()
    return 0


class Builder:
    """Builds in the background whenever something has changed; until then, shows what it can of it."""

    def __init__(self, wanted: Settings, shown: Shown) -> None:
        self._wanted, self._shown = wanted, shown
        self._preview: Preview | None = None
        self._lock = threading.Lock()
        self._waiting: set[Path] = set()
        self._something = threading.Event()

    def changed(self, paths: set[Path]) -> None:
        """These files have changed."""
        with self._lock:
            self._waiting |= paths
            self._take(paths)
        self._something.set()

    def run(self) -> None:
        """Builds again after every change, for ever."""
        while self._something.wait():
            self._something.clear()
            self.build()

    def build(self) -> bool:
        """Builds, and shows the new site; where it cannot be built, says why and leaves the old one."""
        with self._lock:
            self._waiting.clear()
        start = time.monotonic()
        try:
            built = build(self._wanted)
        except ContentError as error:
            for problem in error.problems:
                print(problem, file=sys.stderr)
            problems = counted(len(error.problems), "problem")
            print(f"{problems}; the site is as it was.", file=sys.stderr, flush=True)
            return False
        except TemplateError as error:
            print(f"{error}; the site is as it was.", file=sys.stderr, flush=True)
            return False
        except ScorecardError as error:
            print(error, file=sys.stderr, flush=True)
            return False
        print(f"{counted(built.files, 'file')} in {time.monotonic() - start:.1f} s", flush=True)
        if built.no_search:
            print(f"The site has no search: {built.no_search}.", flush=True)
        preview = Preview(self._wanted, built.content, built.scorecard)
        with self._lock:
            self._preview = preview
            self._shown.tell()
            self._take(self._waiting)
        preview.warm()
        return True

    def _take(self, paths: set[Path]) -> None:
        """Shows what a preview can make of changed files, if it can of all of them."""
        if self._preview and paths and self._preview.take(paths):
            self._shown.tell(self._preview)


class Shown:
    """What is to be seen: the site, or pages that stand for its own for a while. Tells all who look at it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self._preview: Preview | None = None

    def tell(self, preview: Preview | None = None) -> None:
        """The site is new, or some of its pages."""
        with self._changed:
            self._preview = preview
            self._count += 1
            self._changed.notify_all()

    def page(self, address: str) -> bytes | None:
        """The page that stands for the site's own."""
        preview = self._preview
        return preview.page(address) if preview else None

    def wait(self, timeout: float) -> bool:
        """Waits for the next change, at most `timeout` seconds; was there one?"""
        with self._changed:
            seen = self._count
            return self._changed.wait_for(lambda: self._count != seen, timeout)


class Handler(SimpleHTTPRequestHandler):
    """Serves the site; pages get a script that reloads them. Only for this machine."""

    def __init__(self, shown: Shown, *args: Any, **more: Any) -> None:
        self.shown = shown
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        """Answers a request."""
        path = self.path.partition("?")[0]
        if path == "/-/reload.js":
            self._answer(_SCRIPT, "text/javascript")
        elif path == "/-/changes":
            self._changes()
        elif page := self.shown.page(path):
            self._page(page)
        else:
            self._file()

    def _file(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            self._page(path.read_bytes())
        elif not path.exists():
            missing = Path(self.directory) / "404.html"
            text = missing.read_bytes() if missing.is_file() else b"Not found"
            self._answer(text, "text/html", 404)
        else:
            super().do_GET()

    def _page(self, page: bytes) -> None:
        self._answer(page.replace(b"</head>", _RELOAD, 1), "text/html")

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
            while not self.shown.wait(15):
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
            self.wfile.write(b"data: new\n\n")
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *_: Any) -> None:
        """Says nothing of single requests."""
