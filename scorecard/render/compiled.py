"""Templates as Python has compiled them, kept between builds: compiling takes half a second a language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]  # its types name no private function

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
    """Compiles templates that can be kept for any site and day, and that write what is in them by `written`.

    It works nothing out but the template's own texts, as Jinja does with any filter of a constant:
    `"/"|web_address` would stand in the template as one site's address.
    """

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData) and not _is_text(node):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.written(")
        else:
            super()._output_child_pre(node, frame, finalize)


def written(value: object) -> str:
    """The value as a page says it: escaped, unless it is HTML already.

    The same text as `escape(value)`, which wraps all it is given once more: nearly a thousand times a page.
    """
    if type(value) is str:
        return escaped(value)
    return value if type(value) is Markup else escape(value)


def _is_text(node: nodes.Expr) -> bool:
    """Whether it is what `said` makes of `_("A text")`: `"A text"|safe`."""
    return (
        isinstance(node, nodes.Filter)
        and node.name == "safe"
        and isinstance(node.node, nodes.Const)
    )


def _ingredients(bucket: Bucket) -> list[bytes]:
    return [bucket.key.encode(), bucket.checksum.encode()]
