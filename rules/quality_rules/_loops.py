"""What runs in each turn of a loop, and what stays the same in it. One look per source serves all rules."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property
from quality.rules import LOOPS, SCOPES, root_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

#: What becomes of a loop behind a statement; the larger word counts for the smaller.
_WITH_NEXT, _LEAVING = 1, 2

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

#: Methods of builtin collections that change them.
CHANGING_METHODS = frozenset(
    {
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse"),
        *("add", "discard", "update", "setdefault", "popitem"),
        *("difference_update", "intersection_update", "symmetric_difference_update"),
    }
)
#: Of these, those that put something in and leave it as it is.
KEEPING_METHODS = frozenset({"append", "insert", "add", "remove", "discard", "setdefault"})
#: Methods of builtin types that change nothing.
PURE_METHODS = frozenset({*dir(str), *dir(list), *dir(dict), *dir(set)} - CHANGING_METHODS)
#: Functions of modules, all of ``math`` aside, that change none of their arguments and answer the same each time.
PURE_FUNCTIONS = frozenset(
    {"collections.Counter", "statistics.mean", "statistics.fmean", "statistics.median"}
)
#: Builtins that change none of their arguments and answer the same each time.
PURE_BUILTINS = (
    *("abs", "all", "any", "bool", "bytes", "chr", "divmod", "float", "hash", "hex", "int", "isinstance"),
    *("dict", "enumerate", "frozenset", "list", "range", "reversed", "set", "sorted", "tuple", "type", "zip"),
    *("len", "max", "min", "ord", "pow", "repr", "round", "str", "sum"),
)


def loop_of(facts: Facts, jump: ast.AST) -> ast.AST | None:
    """The loop that a ``break`` or ``continue`` is of: in a loop's ``else`` it is of the one around; None outside of loops."""
    below = jump
    for above in facts.ancestors(jump):
        if isinstance(above, SCOPES):
            break
        if isinstance(above, LOOPS) and below not in above.orelse:
            return above
        below = above
    return None


def is_short(loop: ast.AST) -> bool:
    """Tells whether a loop has a number of turns that is written down."""
    source = loop.iter if isinstance(loop, ast.For) else None
    return isinstance(source, ast.Call) and all(isinstance(entry, ast.Constant) for entry in source.args)


def turns_of(loop: ast.AST) -> list[tuple[ast.expr, ast.expr]]:
    """What a loop or comprehension binds in each turn, and to the elements of what, outermost first; nothing for ``while``."""
    if isinstance(loop, ast.For | ast.AsyncFor):
        return [(loop.target, loop.iter)]
    if isinstance(loop, COMPREHENSIONS):
        return [(generator.target, generator.iter) for generator in loop.generators]
    return []


class Loops:
    """Loops and comprehensions of a source; made with ``facts.derived(Loops)``.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._bound: dict[ast.AST, frozenset[str]] = {}
        self._changed: dict[ast.AST, frozenset[str]] = {}

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The loops and comprehensions of its function that evaluate a node in each turn, innermost first."""
        below = node
        for above in self._facts.ancestors(node):
            if isinstance(above, SCOPES):
                return
            if self._repeats(above, below, node):
                yield above
            below = above

    def _repeats(self, above: ast.AST, below: ast.AST, node: ast.AST) -> bool:
        """Tells whether something evaluates a node below one of its children again and again."""
        if isinstance(above, COMPREHENSIONS):
            first = above.generators[0]
            return below is not first or not self._facts.contains(first.iter, node)
        return (
            isinstance(above, LOOPS)
            and below is not getattr(above, "iter", None)
            and below not in above.orelse
        )

    def inside(self, node: ast.AST) -> bool:
        """Tells whether any loop of its function evaluates a node in each turn."""
        return next(self.around(node), None) is not None

    def ends(self, statement: ast.AST, *, or_goes_on: bool = False) -> bool:
        """Tells whether a statement, or one behind it in its block, leaves the loop around them.

        Args:
            statement: The statement.
            or_goes_on: Going on with the next turn counts as well.
        """
        last = _WITH_NEXT if or_goes_on else _LEAVING
        return self._last.get(statement, 0) >= last

    def is_left_behind(self, node: ast.AST, loop: ast.AST) -> bool:
        """Tells whether the statement of a node in a loop, or one after it in its block, leaves that loop."""
        statement = self._facts.statement(node)
        inside = statement is not loop and self._facts.contains(loop, statement)
        return inside and self.ends(statement)

    @cached_property
    def _last(self) -> dict[ast.AST, int]:
        """Statement → what it or those behind it in its block do: leave the loop, go on with it, or neither."""
        found: dict[ast.AST, int] = {}
        for block in self._facts.blocks:
            strongest = 0
            for statement in reversed(block):
                if isinstance(statement, (ast.Return, ast.Raise, ast.Break)):
                    strongest = _LEAVING
                elif isinstance(statement, ast.Continue):
                    strongest = max(strongest, _WITH_NEXT)
                if strongest:
                    found[statement] = strongest
        return found

    def bound(self, loop: ast.AST) -> frozenset[str]:
        """Names that a turn of a loop binds."""
        if loop not in self._bound:
            nodes = self._facts.within(loop)
            self._bound[loop] = frozenset(
                node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            )
        return self._bound[loop]

    def changed(self, loop: ast.AST) -> frozenset[str]:
        """Names that a turn of a loop binds, or whose value it may change."""
        if loop not in self._changed:
            found: set[str] = set()
            for node in self._facts.within(loop):
                found.update(self._changes(node))
            self._changed[loop] = frozenset(found)
        return self._changed[loop]

    def is_fixed(self, expression: ast.AST, loop: ast.AST) -> bool:
        """Tells whether an expression has the same value in each turn of a loop, for certain."""
        changed = self.changed(loop) | self._handed_on
        for node in self._facts.within(expression):
            if isinstance(node, ast.Name):
                if node.id in changed and not self._is_own(node, expression):
                    return False
            elif isinstance(node, ast.Call):
                if not self._is_pure(node):
                    return False
            elif isinstance(node, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
                return False
        return True

    @cached_property
    def _handed_on(self) -> frozenset[str]:
        """Names of which a method that changes them is handed on, to be called by somebody else."""
        facts = self._facts
        found = (node for node in facts.of(ast.Attribute) if node.attr in CHANGING_METHODS)
        above = ((node, facts.parent(node)) for node in found)
        return frozenset(
            root_name(node) for node, call in above if not (isinstance(call, ast.Call) and call.func is node)
        )

    def _is_own(self, name: ast.Name, expression: ast.AST) -> bool:
        """Tells whether a comprehension inside an expression binds a name."""
        if name is expression:
            return False
        for above in self._facts.ancestors(name):
            if isinstance(above, COMPREHENSIONS) and any(
                isinstance(target, ast.Name) and target.id == name.id
                for generator in above.generators
                for target in self._facts.within(generator.target)
            ):
                return True
            if above is expression:
                return False
        return False

    def _is_pure(self, call: ast.Call) -> bool:
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr in PURE_METHODS:
            return True
        if self._facts.is_builtin(function, *PURE_BUILTINS):
            return True
        origin = self._facts.origin(function)
        return origin.startswith("math.") or origin in PURE_FUNCTIONS

    def _changes(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                yield node.id
        elif isinstance(node, (ast.Attribute, ast.Subscript)):
            if not isinstance(node.ctx, ast.Load):
                yield root_name(node)
        elif isinstance(node, ast.ExceptHandler):
            yield node.name or ""
        elif isinstance(node, ast.Call) and not self._is_pure(node):
            if isinstance(node.func, ast.Attribute):
                yield root_name(node.func)
                if node.func.attr in KEEPING_METHODS:
                    return  # what is put into a collection stays as it is
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                yield root_name(argument)
