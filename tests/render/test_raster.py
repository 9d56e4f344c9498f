"""SVG → PNG."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from scorecard.render.raster import png
from tests.conftest import ROOT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text x="2" y="20">{}</text></svg>'

FORKED = f"""
import os
from threading import Thread
from scorecard.render.raster import png

png({SVG!r}, {{}})

def fork():
    child = os.fork()
    if not child:
        os._exit(not png({SVG!r}, {{}}))
    os._exit(os.waitpid(child, 0)[1])

Thread(target=fork).start()
"""


def test_threads_draw_beside_each_other() -> None:
    """As those of a worker of a cluster do, which may have several."""
    together = Barrier(2, timeout=10)

    def drawn(name: str) -> bytes:
        together.wait()
        return png(SVG.format(name), {})

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(drawn, ["one", "two"])
    assert first != second
    assert first == png(SVG.format("one"), {})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks there")
def test_what_another_thread_forks_draws_without_a_word() -> None:
    """As `serve` does, which builds first in one thread and then in another."""
    done = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
