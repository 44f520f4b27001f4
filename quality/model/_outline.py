"""The units of a source and their sizes in LLOC.

LLOC is the number of AST statements, docstrings aside: reformatting and comments cannot move it.
"""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard, cast

from quality.model._finding import Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.model._nodes import Nodes

#: Name of the scope of module code that is in no function.
MODULE_SCOPE = "<module>"

#: Statements whose bodies run where they stand, and what these consist of.
BLOCKS = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.TryStar, ast.With, ast.AsyncWith, ast.Match),
    *(ast.ExceptHandler, ast.match_case),
)

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
_FUNCTIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef})
#: With the clauses of statements: functions end where one of these begins further out.
_STATEMENTS = frozenset({*ast.stmt.__subclasses__(), ast.ExceptHandler, ast.match_case})
_DOING = ast.Call | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.Lambda
_Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Unit:
    """An outermost function or method, closures and inner classes included; or the module's own code.

    Attributes:
        scope: Name and place.
        node: The function's node, or the module's.
        lloc: Statements, the ``def`` included; for the module, those outside of all other units that do
            something: imports, class headers, and names bound to plain values declare.
    """

    scope: Scope
    node: ast.Module | FunctionNode
    lloc: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A source's units in order of appearance, the module's own code last.

    Attributes:
        units: The units.
        lloc: Statements of the whole source.
    """

    units: tuple[Unit, ...]
    lloc: int


@dataclass(slots=True)
class _Walk:
    """What one walk collects."""

    functions: list[tuple[str, FunctionNode, int]] = field(default_factory=list)
    declarations: int = 0
    module_lloc: int = 0


def outline(nodes: Nodes) -> Outline:
    """Finds the units of a module and counts their statements."""
    walk = _Walk()
    function: FunctionNode | None = None
    outside = size = 0
    statements = [
        (node, depth)
        for node, depth in zip(nodes.order, nodes.depths, strict=True)
        if type(node) in _STATEMENTS
    ]
    for node, depth in statements:
        if function is not None and depth <= outside:
            walk.functions.append((_qualified(function, nodes), function, size))
            function = None
        if not isinstance(node, ast.stmt) or is_docstring(parent := nodes.parents[node], node):
            continue
        if function is not None:
            size += 1
        elif is_function(node):
            function, outside, size = node, depth, 1
        elif _declares(parent, node):
            walk.declarations += 1
        else:
            walk.module_lloc += 1
    if function is not None:
        walk.functions.append((_qualified(function, nodes), function, size))
    tree = nodes.order[0]
    return _finish(cast("ast.Module", tree), walk)


def _qualified(function: FunctionNode, nodes: Nodes) -> str:
    """A function's name behind those of the classes around it."""
    names = [function.name]
    above = nodes.parents.get(function)
    while above is not None:
        if isinstance(above, ast.ClassDef):
            names.append(above.name)
        above = nodes.parents.get(above)
    return ".".join(reversed(names))


def _finish(tree: ast.Module, walk: _Walk) -> Outline:
    functions = sorted(walk.functions, key=lambda entry: (entry[1].lineno, entry[1].col_offset))
    digests = _shared_digests([(node, size) for _, node, size in functions])
    units = [
        Unit(
            Scope(ScopeKind.FUNCTION, name, node.lineno, node.end_lineno or node.lineno, digest),
            node,
            size,
        )
        for (name, node, size), digest in zip(functions, digests, strict=True)
    ]
    end = max((s.end_lineno or s.lineno for s in tree.body), default=1)
    units.append(Unit(Scope(ScopeKind.MODULE, MODULE_SCOPE, 1, end), tree, walk.module_lloc))
    return Outline(tuple(units), sum(unit.lloc for unit in units) + walk.declarations)


def _declares(parent: ast.AST, statement: ast.stmt) -> bool:
    """Tells whether a statement outside of functions only names something.

    In a class every binding does; in a module those whose value calls nothing.
    """
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.ClassDef):
        return True
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return isinstance(statement, ast.Pass) or type(statement).__name__ == "TypeAlias"
    if isinstance(parent, ast.ClassDef):
        return True
    return isinstance(parent, ast.Module) and not any(isinstance(n, _DOING) for n in ast.walk(statement))


def count_statements(node: ast.AST) -> int:
    """Counts the statements below a node, docstrings aside (the node itself does not count)."""
    total = 0
    pending: list[ast.AST] = [node]
    while pending:
        for statement in _statements(pending.pop()):
            total += 1
            pending.append(statement)
    return total


def is_special(name: str) -> bool:
    """Tells whether a name is one of Python's own, ``__like_this__``."""
    return name.startswith("__") and name.endswith("__")


def is_function(node: ast.AST) -> TypeGuard[FunctionNode]:
    """Tells whether a node is a ``def`` or an ``async def``."""
    return type(node) in _FUNCTIONS


def function_around(node: ast.AST, nodes: Nodes) -> FunctionNode | None:
    """The innermost function that a node is a part of, its header included, or None."""
    above = nodes.parents.get(node)
    while above is not None and not is_function(above):
        above = nodes.parents.get(above)
    return above


def is_docstring(parent: ast.AST, statement: ast.stmt) -> bool:
    """Tells whether a statement is its parent's docstring."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(parent, _Documented)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
        and parent.body[0] is statement
    )


def dedented(lines: Sequence[str]) -> str:
    """A function that was cut out, as a text of its own: without the indentation of its first line.

    Texts of several lines that stand further out stay as they are.
    """
    indentation = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    return "\n".join(line.removeprefix(indentation) for line in lines) + "\n"


def module_statements(tree: ast.Module, *, classes: bool = False) -> Iterator[ast.stmt]:
    """The statements of a module itself, in the order of the text: blocks, each before what it holds, too.

    Args:
        tree: The module.
        classes: Whether those in the bodies of its classes, which run with it, are among them.
    """
    around = (ast.Module, *BLOCKS, ast.ClassDef) if classes else (ast.Module, *BLOCKS)
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            yield node
        if isinstance(node, around):
            inside = (each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.expr))
            pending.extend(reversed(list(inside)))


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Yields the statements directly below a node, docstring aside."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield from (s for s in block if not is_docstring(node, s))
    for name in ("handlers", "cases"):
        for clause in getattr(node, name, ()):
            yield from clause.body


def _shared_digests(functions: list[tuple[FunctionNode, int]]) -> list[str]:
    """Digests the bodies of units that share a size; a unit of a size of its own has no twin."""
    sizes: dict[int, int] = {}
    for _, size in functions:
        sizes[size] = sizes.get(size, 0) + 1
    return [body_digest(node) if sizes[size] > 1 else "" for node, size in functions]


def body_digest(node: FunctionNode) -> str:
    """Digests a function's parameters and body, its own name, decorators and docstring aside."""
    statements = [s for s in node.body if not is_docstring(node, s)]
    parts = [ast.dump(node.args), *(ast.dump(statement) for statement in statements)]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]
