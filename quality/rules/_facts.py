"""What many rules ask of a source, computed once for all of them and without recursion."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, cast

from quality.model import is_function

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quality.model import FunctionNode, Source

_Node = TypeVar("_Node", bound=ast.AST)
_Derived = TypeVar("_Derived")

#: Fields that hold no nodes, or nodes that the parser shares between places and that mean nothing alone.
_LEAF_FIELDS = frozenset(
    {"ctx", "op", "ops", "id", "attr", "kind", "type_comment", "level", "simple", "is_async", "conversion"}
)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that has its line to itself.

    Attributes:
        text: What stands behind the first ``#``, leading white space included.
        line: Its line, 1-based.
        column: Column of the first ``#``, 1-based.
        end_column: Column behind its last character.
    """

    text: str
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a function, nested functions included.

    Attributes:
        parameters: Its parameters in order, ``self`` or ``cls`` of a method included.
        stores: Name → the places that bind it, in order.
        loads: Name → the places that read, delete or add to it, in order.
        shared: Names declared ``global`` or ``nonlocal``.
    """

    parameters: tuple[str, ...]
    stores: dict[str, list[ast.Name]]
    loads: dict[str, list[ast.Name]]
    shared: frozenset[str]


class Facts:
    """Parents, order, functions, names and comments of a source.

    Args:
        source: The source; its syntax tree must not change afterwards.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.nodes: list[ast.AST] = []
        self.depths: list[int] = []
        self._parents: dict[ast.AST, ast.AST] = {}
        self._kinds: dict[type[ast.AST], list[ast.AST]] = {}
        self._names: dict[ast.AST, Names] = {}
        self._derived: dict[object, object] = {}
        self._collect(source.tree)

    def _collect(self, tree: ast.Module) -> None:
        nodes, depths, parents, kinds = self.nodes, self.depths, self._parents, self._kinds
        fields_of = _CHILD_FIELDS
        pending: list[tuple[ast.AST, int]] = [(tree, 0)]
        while pending:
            node, depth = pending.pop()
            nodes.append(node)
            depths.append(depth)
            kinds.setdefault(type(node), []).append(node)
            children: list[tuple[ast.AST, int]] = []
            for name in fields_of[type(node)]:
                value = getattr(node, name, None)
                if isinstance(value, list):
                    children.extend((child, depth + 1) for child in value if isinstance(child, ast.AST))
                elif isinstance(value, ast.AST):
                    children.append((value, depth + 1))
            for child, _ in children:
                parents[child] = node
            children.reverse()
            pending.extend(children)

    @cached_property
    def _spans(self) -> dict[ast.AST, tuple[int, int]]:
        """Node → where its subtree begins and ends in ``nodes``."""
        starts: list[int] = []
        spans: dict[ast.AST, tuple[int, int]] = {}
        for index, depth in enumerate([*self.depths, 0]):
            while starts and self.depths[starts[-1]] >= depth:
                start = starts.pop()
                spans[self.nodes[start]] = (start, index)
            starts.append(index)
        return spans

    def derived(self, make: Callable[[Facts], _Derived]) -> _Derived:
        """What several rules compute from the facts; made on first use, once per source.

        Args:
            make: Makes it, and names it.
        """
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast("_Derived", self._derived[make])

    def has_any(self, kinds: frozenset[type[ast.AST]]) -> bool:
        """Tells whether the source has a node of exactly one of these types."""
        return not kinds.isdisjoint(self._kinds)

    def of(self, *kinds: type[_Node]) -> list[_Node]:
        """All nodes of exactly these types, in the order of the types and then of the text."""
        return [node for kind in kinds for node in self._kinds.get(kind, ())]  # type: ignore[misc]

    def within(self, node: ast.AST) -> list[ast.AST]:
        """A node and all below it, in the order of the text."""
        start, end = self._spans[node]
        return self.nodes[start:end]

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node and all below it begin and end in ``nodes``."""
        return self._spans[node]

    def contains(self, outer: ast.AST, inner: ast.AST) -> bool:
        """Tells whether a node is another or below it."""
        start, end = self._spans[outer]
        return start <= self._spans[inner][0] < end

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that holds it; None for the module."""
        return self._parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """Its parent, the parent's parent and so on up to the module."""
        above = self._parents.get(node)
        while above is not None:
            yield above
            above = self._parents.get(above)

    def statement(self, node: ast.AST) -> ast.AST:
        """The innermost statement that a node is in, or is; the module for anything outside of statements."""
        while not isinstance(node, ast.stmt | ast.Module):
            node = self._parents[node]
        return node

    def function(self, node: ast.AST) -> FunctionNode | None:
        """The innermost function whose body a node is in, or None for module and class code."""
        return next((above for above in self.ancestors(node) if is_function(above)), None)

    def class_of(self, function: ast.AST) -> ast.ClassDef | None:
        """The class whose method it is, or None."""
        above = self.parent(function)
        while isinstance(above, ast.If | ast.Try | ast.With):
            above = self.parent(above)
        return above if isinstance(above, ast.ClassDef) else None

    def rest(self, statement: ast.stmt) -> Sequence[ast.stmt]:
        """The statements that follow one in its block."""
        block, index = self._blocks[statement]
        return block[index + 1 :]

    def previous(self, statement: ast.stmt) -> ast.stmt | None:
        """The statement before one in its block; None for the first."""
        block, index = self._blocks[statement]
        return block[index - 1] if index else None

    @cached_property
    def blocks(self) -> list[list[ast.stmt]]:
        """All blocks of statements, in the order of the text."""
        nodes = (node for node in self.nodes if not isinstance(node, ast.expr))
        values = (getattr(node, name, None) for node in nodes for name in ("body", "orelse", "finalbody"))
        return [value for value in values if isinstance(value, list) and value]

    @cached_property
    def _blocks(self) -> dict[ast.AST, tuple[list[ast.stmt], int]]:
        """Statement → its block and its place in it."""
        return {statement: (block, place) for block in self.blocks for place, statement in enumerate(block)}

    @cached_property
    def functions(self) -> list[FunctionNode]:
        """All functions and methods, in the order of the text."""
        found: list[FunctionNode] = [*self.of(ast.FunctionDef), *self.of(ast.AsyncFunctionDef)]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    @cached_property
    def bound(self) -> frozenset[str]:
        """Every name that the source itself binds anywhere: such a name need not be a builtin."""
        names = {node.id for node in self.of(ast.Name) if not isinstance(node.ctx, ast.Load)}
        names.update(node.arg for node in self.of(ast.arg))
        names.update(node.name for node in self.functions)
        names.update(node.name for node in self.of(ast.ClassDef))
        names.update((node.asname or node.name).partition(".")[0] for node in self.of(ast.alias))
        return frozenset(names)

    def is_builtin(self, node: ast.AST, *names: str) -> bool:
        """Tells whether a node names one of these builtins and the source binds no such name itself."""
        return isinstance(node, ast.Name) and node.id in names and node.id not in self.bound

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name → dotted name of what it was imported from (``import a.b`` binds ``a``)."""
        found: dict[str, str] = {}
        for statement in self.of(ast.Import):
            for alias in statement.names:
                first = alias.name.partition(".")[0]
                found[alias.asname or first] = alias.name if alias.asname else first
        for origin in self.of(ast.ImportFrom):
            prefix = "." * origin.level + (f"{origin.module}." if origin.module else "")
            found.update((alias.asname or alias.name, prefix + alias.name) for alias in origin.names)
        return found

    def origin(self, node: ast.AST) -> str:
        """The dotted name of a name or attribute, with imports resolved; empty for anything else."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.imports.get(node.id, node.id), *reversed(parts)])

    def names(self, function: FunctionNode) -> Names:
        """The names of a function; computed once per function."""
        known = self._names.get(function)
        if known is None:
            known = self._names[function] = self._names_of(function)
        return known

    def _names_of(self, function: FunctionNode) -> Names:
        stores: dict[str, list[ast.Name]] = {}
        loads: dict[str, list[ast.Name]] = {}
        shared: set[str] = set()
        for node in self.within(function):
            if isinstance(node, ast.Name):
                if isinstance(node.ctx, ast.Store) and not isinstance(self.parent(node), ast.AugAssign):
                    stores.setdefault(node.id, []).append(node)
                else:
                    loads.setdefault(node.id, []).append(node)
            elif isinstance(node, ast.Global | ast.Nonlocal):
                shared.update(node.names)
        return Names(parameters(function), stores, loads, frozenset(shared))

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Comments that have a line to themselves, in order."""
        if "#" not in self.source.text:
            return ()
        inside = self._lines_inside_strings()
        lines = ((number, line, line.lstrip()) for number, line in enumerate(self.source.lines, 1))
        return tuple(
            Comment(bare[1:].rstrip(), number, len(line) - len(bare) + 1, len(line.rstrip()) + 1)
            for number, line, bare in lines
            if bare.startswith("#") and number not in inside
        )

    def _lines_inside_strings(self) -> set[int]:
        inside: set[int] = set()
        for node in self.of(ast.Constant, ast.JoinedStr):
            end = node.end_lineno or node.lineno
            if end > node.lineno:
                inside.update(range(node.lineno + 1, end + 1))
        return inside


def parameters(function: FunctionNode) -> tuple[str, ...]:
    """Names of all parameters of a function, in the order of the text."""
    arguments = function.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        arguments.vararg,
        *arguments.kwonlyargs,
        arguments.kwarg,
    ]
    return tuple(argument.arg for argument in every if argument is not None)


class _ChildFields(dict[type[ast.AST], tuple[str, ...]]):
    """Node type → its fields that may hold nodes worth a visit."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = () if kind is ast.Constant else tuple(n for n in kind._fields if n not in _LEAF_FIELDS)
        self[kind] = fields
        return fields


_CHILD_FIELDS = _ChildFields()
