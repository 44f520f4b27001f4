"""What many rules ask of a source, computed once for all of them and without recursion."""

from __future__ import annotations

import ast
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from quality.model import (
    BLOCKS,
    cached_property,
    count_statements,
    is_docstring,
    is_function,
    module_statements,
)
from quality.rules._assignments import Assignment, assignments_in, pairs_of
from quality.rules._comments import Comment, comments_in
from quality.rules._names import Names, names_of, parameters
from quality.rules._syntax import ASSIGNMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from quality.model import FunctionNode, Source

_Node = TypeVar("_Node", bound=ast.AST)
_Derived = TypeVar("_Derived")
#: Node type → its fields that hold statements, expressions aside.
_BLOCK_FIELDS = {
    kind: fields
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.AST) and not issubclass(kind, ast.expr)
    if (fields := tuple(name for name in ("body", "orelse", "finalbody") if name in kind._fields))
}
_ATTR, _ID = attrgetter("attr"), attrgetter("id")


class Facts:
    """Parents, order, functions, names and comments of a source.

    Args:
        source: The source; its syntax tree must not change afterwards.
    """

    def __init__(self, source: Source) -> None:
        found = source.nodes
        self.source = source
        self.origins = source.origins
        self.nodes = found.order
        self.depths = found.depths
        self._parents = found.parents
        self._kinds: Mapping[Any, Any] = found.kinds
        self._places = source.origins.places
        self._names: dict[ast.AST, Names] = {}
        self._starts: dict[type[ast.AST], list[int]] = {}
        self._values: dict[tuple[ast.AST, str], list[ast.expr | None]] = {}
        self._origins: dict[ast.AST, str] = {}
        self._derived: dict[object, Any] = {}

    @cached_property
    def spans(self) -> dict[ast.AST, tuple[int, int]]:
        """Node → where its subtree begins and ends in ``nodes``."""
        depths = self.depths
        count = len(depths)
        ends = [count] * count
        opened: list[int] = []
        for index, depth in enumerate(depths):
            while opened and depths[opened[-1]] >= depth:
                ends[opened.pop()] = index
            opened.append(index)
        return dict(zip(self.nodes, enumerate(ends), strict=True))

    def derived(self, make: Callable[[Facts], _Derived]) -> _Derived:
        """What several rules compute from the facts; made on first use, once per source.

        Args:
            make: Makes it, and names it.
        """
        found: _Derived | None = self._derived.get(make)
        if found is None:
            found = self._derived[make] = make(self)
        return found

    def forget(self) -> None:
        """Lets go of what was derived: it holds the facts, so that only a collector would find that nobody needs either."""
        self._derived.clear()

    def of(self, *kinds: type[_Node]) -> Sequence[_Node]:
        """All nodes of exactly these types, in the order of the types and then of the text."""
        if len(kinds) == 1:  # as mostly: they are together already
            found: Sequence[_Node] = self._kinds.get(kinds[0], ())
            return found
        return [node for kind in kinds for node in self._kinds.get(kind, ())]

    def within(self, node: ast.AST) -> list[ast.AST]:
        """A node and all below it, in the order of the text."""
        start, end = self.spans[self._places.get(node, node)]  # without a call: it is asked all the time
        return self.nodes[start:end]

    def inside(self, node: ast.AST, kind: type[_Node]) -> Sequence[_Node]:
        """Those of a node and all below it that are of exactly this type, in the order of the text."""
        nodes = self.of(kind)
        if not nodes:
            return ()
        places = self._starts.get(kind)
        if places is None:
            spans = self.spans
            places = self._starts[kind] = [spans[each][0] for each in nodes]
        start, end = self.span(node)
        return nodes[bisect_left(places, start) : bisect_left(places, end)]

    def names_in(self, node: ast.AST) -> set[str]:
        """The names that stand in a node and below it, read or bound."""
        return {each.id for each in self.inside(node, ast.Name)}

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node and all below it begin and end in ``nodes``."""
        return self.spans[self._places.get(node, node)]

    def contains(self, outer: ast.AST, inner: ast.AST) -> bool:
        """Tells whether a node is another or below it."""
        start, end = self.span(outer)
        return start <= self.span(inner)[0] < end

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that holds it; None for the module."""
        return self._parents.get(self._places.get(node, node))

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """Its parent, the parent's parent and so on up to the module."""
        above = self.parent(node)
        while above is not None:
            yield above
            above = self._parents.get(above)

    def statement(self, node: ast.AST) -> ast.AST:
        """The innermost statement that a node is in, or is; the module for anything outside of statements."""
        node = self._places.get(node, node)
        while not isinstance(node, (ast.stmt, ast.Module)):
            node = self._parents[node]
        return node

    def documents(self, text: ast.AST) -> bool:
        """Tells whether a text is a docstring."""
        statement, owner = self.parent(text), self.parent(self.statement(text))
        return isinstance(statement, ast.Expr) and owner is not None and is_docstring(owner, statement)

    def function(self, node: ast.AST) -> FunctionNode | None:
        """The innermost function whose body a node is in, or None for module and class code."""
        return self._function_of.get(self._places.get(node, node))

    @cached_property
    def _function_of(self) -> dict[ast.AST, FunctionNode]:
        """Node → the innermost function around it: most rules ask. What an outer one gave is replaced by an inner one.

        Decorators and defaults are worked out where a function is defined, and not in it.
        """
        found: dict[ast.AST, FunctionNode] = {}
        for function in sorted(self.functions, key=self.spans.__getitem__):
            outside = [*function.decorator_list, *function.args.defaults, *function.args.kw_defaults]
            outer = found.get(function)
            start, end = self.spans[function]
            found.update(dict.fromkeys(self.nodes[start + 1 : end], function))
            for node in (each for part in outside if part is not None for each in self.within(part)):
                if outer is None:
                    del found[node]
                else:
                    found[node] = outer
        return found

    def class_of(self, function: ast.AST) -> ast.ClassDef | None:
        """The class whose method it is, in whatever block it stands there, or None."""
        above = self._around(function)
        return above if isinstance(above, ast.ClassDef) else None

    def is_of_module(self, definition: ast.AST) -> bool:
        """Tells whether a function or class is of the module itself, in whatever block it stands there."""
        return isinstance(self._around(definition), ast.Module)

    def _around(self, definition: ast.AST) -> ast.AST | None:
        """The nearest node above that is no block."""
        above = self.parent(definition)
        while isinstance(above, BLOCKS):
            above = self._parents.get(above)
        return above

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
        holding = [node for kind in _BLOCK_FIELDS.keys() & self._kinds.keys() for node in self._kinds[kind]]
        holding.sort(key=self.spans.__getitem__)
        values = [getattr(node, name) for node in holding for name in _BLOCK_FIELDS[type(node)]]
        return [value for value in values if value]

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
    def _sizes(self) -> dict[ast.AST, int]:
        """Function → its statements; those of units are counted already, each with its own header."""
        return {unit.node: unit.lloc - 1 for unit in self.source.outline.units if is_function(unit.node)}

    def size(self, function: FunctionNode) -> int:
        """The statements of a function, docstrings aside; computed once per function."""
        known = self._sizes.get(function)
        if known is None:
            known = self._sizes[function] = count_statements(function)
        return known

    @cached_property
    def module_statements(self) -> Sequence[ast.stmt]:
        """The statements of the module itself, in the order of the text: blocks, each before what it holds, too."""
        return list(module_statements(self.source.tree))

    @cached_property
    def assignments(self) -> Sequence[Assignment]:
        """All plain assignments, with a type or without, in the order of the types and then of the text.

        Where a display is taken apart, ``a, b = 1, 2``, each pair follows the whole.
        """
        return assignments_in([*self.of(ast.Assign), *self.of(ast.AnnAssign), *self.of(ast.NamedExpr)])

    @cached_property
    def bound(self) -> frozenset[str]:
        """Every name that the source itself binds anywhere: such a name need not be a builtin."""
        return self.origins.bound

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Every name and attribute that the source reads or binds, those of definitions, imports and parameters aside.

        Those of a detour too, which the tree of ``Source.plain`` does not have.
        """
        attributes, names = self.of(ast.Attribute), self.of(ast.Name)
        return self.source.passed_over.union(map(_ATTR, attributes), map(_ID, names))

    @cached_property
    def words(self) -> frozenset[str]:
        """What the source mentions, and the parts of the names that it imports: nothing else is in an origin."""
        parts = (part for name in self.imports.values() for part in name.split("."))
        return self.mentioned.union(parts)

    @cached_property
    def called(self) -> dict[str, list[tuple[ast.Call, str]]]:
        """Last word of what is called → the calls, each with the dotted name of what it calls, ``?`` for an unnamed object."""
        found: dict[str, list[tuple[ast.Call, str]]] = {}
        for call in self.of(ast.Call):
            function = call.func
            dotted = self.origin(function)
            word = dotted.rpartition(".")[2] if dotted else getattr(function, "attr", "")
            if word:
                found.setdefault(word, []).append((call, dotted or f"?.{word}"))
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """What the source mentions, imports and names arguments by, and what it calls by whatever detour."""
        keywords = (keyword.arg for keyword in self.of(ast.keyword) if keyword.arg)
        return self.words.union(self.called, keywords)

    def is_builtin(self, node: ast.AST, *names: str) -> bool:
        """Tells whether a node names one of these builtins and the source binds no such name itself.

        A name that the source gives to a builtin is that builtin, and so is one that it gets where it stands.
        """
        if isinstance(node, ast.NamedExpr):
            node = node.value
        if not isinstance(node, ast.Name):
            return False
        if node.id in names:
            return node.id not in self.bound
        return node.id in self.bound and self.origins.is_detour(node) and self.origins.of(node) in names

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name → dotted name of what it was imported from (``import a.b`` binds ``a``)."""
        return self.origins.imports

    @cached_property
    def packages(self) -> frozenset[str]:
        """The outermost names of the modules that the source imports, or by convention reads without importing them (``np``)."""
        used = (origin for name, origin in self.origins.standing.items() if name in self.words)
        return frozenset(name.partition(".")[0] for name in (*self.imports.values(), *used))

    def may_be_module(self, name: str) -> bool:
        """Tells whether an outermost name is that of a module: one that is imported, or one that a piece without imports binds nowhere."""
        return name in self.packages or name not in self.bound

    def origin(self, node: ast.AST) -> str:
        """The dotted name of what an expression stands for, imports and detours resolved; empty when it has none."""
        known = self._origins.get(node)
        if known is None:
            known = self._origins[node] = self.origins.of(node)
        return known

    def names(self, function: FunctionNode) -> Names:
        """The names of a function; computed once per function."""
        known = self._names.get(function)
        if known is None:
            known = self._names[function] = names_of(self, function)
        return known

    def display(self, node: ast.expr) -> ast.expr:
        """What a name stands for, ``list()`` and ``dict(key=value)`` as the display that they make."""
        found = self.only_value(node)
        if not isinstance(found, ast.Call) or found.args:
            return found
        if self.is_builtin(found.func, "list") and not found.keywords:
            return ast.copy_location(ast.List([], ast.Load()), found)
        if not self.is_builtin(found.func, "dict") or any(each.arg is None for each in found.keywords):
            return found
        keys: list[ast.expr | None] = [
            ast.copy_location(ast.Constant(each.arg), found) for each in found.keywords
        ]
        return ast.copy_location(ast.Dict(keys, [each.value for each in found.keywords]), found)

    def only_value(self, node: ast.expr) -> ast.expr:
        """What a name stands for where one assignment alone binds it; anything else stands for itself.

        In a function this is a local name: that of a module is a switch for whoever edits it.
        """
        if not isinstance(node, ast.Name):
            return node
        if self.function(node) is None:
            return self.origins.value(node)
        values = self.values(node, node.id)
        if len(values) != 1 or values[0] is None or self._may_be_given(node, values[0]):
            return node
        return values[0]

    def _may_be_given(self, name: ast.Name, value: ast.expr) -> bool:
        """Tells whether a name may still be what a caller passed: a parameter that is bound under a condition, or later."""
        function = self.function(name)
        if function is None or name.id not in parameters(function):
            return False
        return self.statement(value) not in function.body or value.lineno >= name.lineno

    def values(self, where: ast.AST, name: str) -> Sequence[ast.expr | None]:
        """What the function around a node binds a name to, in order; None where that is no plain assignment."""
        function = self.function(where)
        if function is None:
            return ()
        known = self._values.get((function, name))
        if known is None:
            names = self.names(function)
            known = [
                self._given(place) for place in names.stores.get(name, ()) if not self._is_declared(place)
            ]
            known += [
                None for place in names.loads.get(name, ()) if type(place.ctx) is ast.Store
            ]  # ``name += 1``
            self._values[function, name] = known
        return known

    def _is_declared(self, place: ast.Name) -> bool:
        """Tells whether a name is only said to be of a type."""
        above = self.parent(place)
        return isinstance(above, ast.AnnAssign) and above.value is None

    def _given(self, place: ast.Name) -> ast.expr | None:
        """What a plain assignment gives a name, of displays on both sides the entry in its place."""
        above = self.parent(place)
        if isinstance(above, ast.Tuple | ast.List):
            statement = self.parent(above)
            whole = statement.value if isinstance(statement, ast.Assign) else None
            return dict(pairs_of(above, whole)).get(place)
        return above.value if isinstance(above, ASSIGNMENTS) else None

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Comments that have a line to themselves, in order."""
        if "#" not in self.source.text:
            return ()
        return comments_in(self.source.lines, self.of(ast.Constant, ast.JoinedStr))
