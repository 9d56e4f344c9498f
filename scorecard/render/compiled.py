"""Templates as Python has compiled them, kept between builds: compiling takes half a second a language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame

from scorecard.kept import Kept
from scorecard.made_of import code


class Compiled(BytecodeCache):
    """Keeps what the templates become in a language, by their text, and all code and catalogues."""

    def __init__(self, language: str, folder: Path) -> None:
        self._kept = Kept("templates", [code(), language.encode()], folder)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills in the template, if it is kept."""
        if found := self._kept.known(_ingredients(bucket)):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the template."""
        self._kept.keep(_ingredients(bucket), bucket.bytecode_to_string())


class Unfolded(CodeGenerator):
    """Works nothing out when it compiles, as Jinja does with a filter of a constant: `"/"|web_address` would
    stand in the template as one site's address, and the template could be kept for no other site or day."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


def _ingredients(bucket: Bucket) -> list[bytes]:
    return [bucket.key.encode(), bucket.checksum.encode()]
