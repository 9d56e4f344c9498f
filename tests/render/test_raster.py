"""SVG → PNG."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from scorecard.render.raster import png

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text x="2" y="20">{}</text></svg>'


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
