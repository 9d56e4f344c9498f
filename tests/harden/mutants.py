"""Small changes of a module that ought to be noticed, made by Cosmic Ray's operators.

Left out, by these rules and never one by one, is what nobody can notice:
- what stands in annotations, decorators and heads of classes: types, caches, and how records are laid out;
- what stands in, or chooses, code for another system than this one;
- `is` in place of `==` and the like, which are the same for the small values that are compared here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

_SAME = re.compile(r"_(Eq_Is|NotEq_IsNot|Is_Eq|IsNot_NotEq)$|/Variable(Replacer|Inserter)$")
Position = tuple[int, int]


class Mutant(NamedTuple):
    """The change that an operator makes where it can for the so manieth time, and where that is: begin and
    end as line from 1 and column from 0. `function` is the first line of the innermost function around it,
    with its decorators; 0 where there is none.
    """

    module: str
    operator: str
    occurrence: int
    begin: Position
    end: Position
    function: int

    def code(self, source: str) -> str:
        """The module's text with this change."""
        changed = mutate_code(source, get_operator(self.operator)(), self.occurrence)
        assert isinstance(changed, str)
        return changed


def mutants(root: Path, module: str) -> Iterator[Mutant]:
    """Every change of the module, a path from `root`, that ought to be noticed."""
    source = (root / module).read_text("utf-8")
    tree, nodes = ast.parse(source), list(ast_nodes(get_ast(source)))
    unseen, functions = list(_unseen(tree)), list(_functions(tree))
    for name in operator_names():
        if _SAME.search(name):
            continue
        operator = get_operator(name)()
        places = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, (begin, end) in enumerate(places):
            if not any(first <= begin and end <= last for first, last in unseen):
                around = [line for line, last in functions if line <= begin[0] and begin <= last]
                yield Mutant(module, name, occurrence, begin, end, max(around, default=0))


def _unseen(tree: ast.Module) -> Iterator[tuple[Position, Position]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from map(_line, node.decorator_list)
            yield from map(_span, [node.returns] if node.returns else [])
        elif isinstance(node, ast.ClassDef):
            yield from map(_line, node.decorator_list)
            yield from (_span(keyword.value) for keyword in node.keywords)
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield _span(node.annotation)
        elif isinstance(node, ast.If) and "sys.platform" in ast.unparse(node.test):
            yield _span(node.test)
            yield from map(_span, node.body)


def _functions(tree: ast.Module) -> Iterator[tuple[int, Position]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            yield first, _span(node)[1]


def _span(node: ast.expr | ast.stmt) -> tuple[Position, Position]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _line(decorator: ast.expr) -> tuple[Position, Position]:
    return (decorator.lineno, 0), (_span(decorator)[1][0] + 1, 0)
