"""Templates as Python has compiled them, kept between builds: compiling takes half a second a language."""

from __future__ import annotations

from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from scorecard.kept import Kept
from scorecard.made_of import code


class Compiled(BytecodeCache):
    """Keeps what the templates become, by their text, all code and catalogues, and what `filters` are told.

    Jinja applies a filter to a constant when it compiles: `"/"|web_address` becomes this site's address.
    """

    def __init__(self, filters: bytes, folder: Path) -> None:
        self._kept = Kept("templates", [code(), filters], folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills in the template, if it is kept."""
        if found := self._kept.known(_ingredients(bucket)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the template."""
        self._kept.keep(_ingredients(bucket), bucket.bytecode_to_string())


def _ingredients(bucket: Bucket) -> list[bytes]:
    return [bucket.key.encode(), bucket.checksum.encode()]
