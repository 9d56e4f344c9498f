"""SVG → PNG, the same bytes on every machine: with the shipped font alone, and words of its own in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

from resvg import render, usvg

from scorecard.kept import Kept
from scorecard.render.lettering import FAMILY, FONT_FILES, drawable

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_END = len(_SIGNATURE) + 8 + 13 + 4


def png(svg: str, texts: Mapping[str, str], zoom: int = 1, keep: Path | None = None) -> bytes:
    """The picture, `zoom` times the size that its SVG names, with `texts` to be read from it.

    The keywords are PNG's own: Title, Author, Description, Copyright, Creation Time, Source. Where there is
    a folder to `keep` it in, it is drawn only once.
    """
    readable = drawable(svg)

    def drawn() -> bytes:
        return _draw(readable, zoom)

    made_of = [readable.encode(), str(zoom).encode()]
    return with_texts(_drawn(keep).piece(made_of, drawn) if keep else drawn(), texts)


def _draw(svg: str, zoom: int) -> bytes:
    """With the shipped font, in which an SVG's text is drawn where it names that one first, or none.

    The options are made for each picture, in a fraction of its time: kept ones complain wherever another
    thread than their own draws with them, or drops them, as the child of a fork does.
    """
    options = usvg.Options.default()
    options.font_family = FAMILY
    for file in FONT_FILES:
        options.load_font_file(file)
    tree = usvg.Tree.from_str(svg, options)
    wide, high = tree.int_size()
    return render(tree, (zoom, 0, 0, 0, zoom, 0), bg_size=(zoom * wide, zoom * high))


@cache
def _drawn(keep: Path) -> Kept:
    """Drawn pictures, by what draws them: packing their pixels takes most of a site's time."""
    fonts = [Path(file).read_bytes() for file in FONT_FILES]
    return Kept("png", [version("resvg").encode(), Path(__file__).read_bytes(), *fonts], keep)


def with_texts(picture: bytes, texts: Mapping[str, str]) -> bytes:
    """The PNG with a chunk of international text (iTXt) behind its header for each of the texts."""
    chunks = b"".join(_text(keyword, text) for keyword, text in texts.items() if text)
    return picture[:_HEADER_END] + chunks + picture[_HEADER_END:]


def _text(keyword: str, text: str) -> bytes:
    """One chunk, not compressed, in no language: length, type, data, and the checksum of the last two."""
    data = keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8")
    body = b"iTXt" + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", crc32(body))
