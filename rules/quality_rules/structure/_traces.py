"""What the code outside of functions leaves behind."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import ASSIGNMENTS, SCOPES, is_literal, is_placeholder, is_type_checking, last_word
from quality_rules._constants import truth
from quality_rules._dead import dead_branch
from quality_rules._substance import Nature, WaryText, is_unwritten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

#: What a source has that does anything, besides calls.
_LEAVING: tuple[type[ast.AST], ...] = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Import,
    ast.ImportFrom,
    ast.Assign,
    ast.AnnAssign,
    ast.AugAssign,
    ast.NamedExpr,
    ast.Delete,
    ast.Raise,
    ast.Assert,
    ast.Await,
)
#: Statements around others: what they hold may come to nothing. A loop that waits and what enters an object do something.
_BLOCKS = (ast.If, ast.For, ast.Match, ast.Try, ast.TryStar)
#: What ends a loop, or waits in it for what happens elsewhere.
_LEAVING_LOOPS = (ast.Break, ast.Return, ast.Raise, ast.Call, ast.Await, ast.Yield, ast.YieldFrom)
#: Statements that bring something in, or end a turn of the loop around.
_DEFINING = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Import,
    ast.ImportFrom,
    ast.Delete,
    ast.Assert,
    ast.Break,
    ast.Continue,
)
#: Names in conditions on how a file is used.
_ASKED_OF_THE_RUN = frozenset({"__name__", "TYPE_CHECKING"})
#: What a check that cannot fail, and what is computed for it, consist of.
_FIXED = (ast.Assert, ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop)
#: Expressions whose value is shown where statements are typed in.
_SHOWN = (ast.BinOp, ast.Compare, ast.Subscript, ast.FormattedValue)
_CONTAINERS = ("list", "tuple", "set", "frozenset", "dict")
#: What computes or asks for something.
_COMPUTING = (
    ast.Call,
    ast.Await,
    ast.NamedExpr,
    ast.Lambda,
    ast.Subscript,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
)


class Traces:
    """Knows the statements that neither define nor do anything.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def has_none(self, module: ast.Module) -> bool:
        """Tells whether no statement of the source leaves anything behind.

        Where some of them do nothing, imports and names for constants beside them are for nothing too; alone these are data.
        What only type checkers come to is for the rest.
        """
        if self._is_for_types(module):
            return True
        idle: list[ast.stmt] = []
        rest: list[ast.stmt] = []
        for statement in module.body:
            (idle if self._is_idle(statement) else rest).append(statement)
            if isinstance(statement, ast.Raise):
                break  # what follows never runs
        # A text behind a statement may be its documentation, and a class without methods a mark, or what is raised.
        kinds = any(isinstance(each, ast.ClassDef) for each in rest)
        acts = any(
            not isinstance(each, (ast.ClassDef, ast.Raise) if kinds else ast.ClassDef)
            and not is_placeholder(each)
            for each in idle
        )
        return not rest or (acts and all(map(self._is_declaration, rest)))

    def unwritten(self, module: ast.Module) -> ast.stmt | None:
        """The first statement of a module that says, whatever happens, that it is not written: nobody can import it."""
        raised = (each for each in module.body if isinstance(each, ast.Raise) and is_unwritten(each.exc))
        return next(raised, None)

    def _is_for_types(self, module: ast.Module) -> bool:
        """Tells whether there is nothing at run time but the import of what tells type checkers apart."""
        types = [each for each in module.body if isinstance(each, ast.If) and is_type_checking(each.test)]
        rest = [each for each in module.body if each not in types and not is_placeholder(each)]
        return any(not each.orelse for each in types) and all(map(_imports_typing, rest))

    def idle_blocks(self, module: ast.Module) -> Iterator[ast.stmt]:
        """Yields the statements with blocks, outside of functions and classes, that do nothing, the outermost of them."""
        kinds = (*_BLOCKS, ast.While)
        if not any(isinstance(statement, (*kinds, ast.With)) for statement in module.body):
            return
        found = [
            statement for block in self._facts.blocks for statement in block if isinstance(statement, kinds)
        ]
        end = 0
        for statement in found:
            start, behind = self._facts.span(statement)
            if start >= end and not self._is_inside(statement) and self._is_idle_block(statement):
                end = behind
                yield statement

    def _is_inside(self, statement: ast.stmt) -> bool:
        """Tells whether a statement stands in a function or a class."""
        return any(isinstance(above, SCOPES) for above in self._facts.ancestors(statement))

    def _is_idle_block(self, statement: ast.stmt) -> bool:
        """Tells whether a statement with blocks, outside of functions, leaves nothing behind.

        The place that is kept for what runs when the file does, or when types are checked, is none.
        """
        if isinstance(statement, ast.While):
            # One that waits for what happens elsewhere asks for it.
            left = truth(statement.test) is True and self._is_idle(statement)
            return left or self._is_hanging(statement)
        if isinstance(statement, ast.If) and not _ASKED_OF_THE_RUN.isdisjoint(self._names_in(statement.test)):
            return False
        if isinstance(statement, ast.If) and isinstance(statement.test, ast.Name):
            dead = dead_branch(self._facts, statement)
            if dead:
                return dead is statement.body and not statement.orelse
        inside = self._facts.within(statement)
        if any(isinstance(part, _DEFINING) or self._is_imported(part) or _stands_in(part) for part in inside):
            return False
        loops = [part for part in inside if isinstance(part, ast.For)]
        if not all(map(self._is_counting, loops)):
            return False
        numbers = {name for loop in loops for name in self._names_in(loop.target)}
        effect, bound = self._facts.derived(WaryText).run(statement)
        return effect <= Nature.FIXED and bound <= numbers

    def _is_hanging(self, loop: ast.While) -> bool:
        """Tells whether a loop never ends and calls nothing: nobody gets anything of it, and nothing behind it runs."""
        inside = self._facts.within(loop)
        return truth(loop.test) is True and not any(isinstance(part, _LEAVING_LOOPS) for part in inside)

    def _is_imported(self, node: ast.AST) -> bool:
        """Tells whether a node is a name from elsewhere: what is done with it may do anything."""
        return isinstance(node, ast.Name) and node.id in self._facts.imports

    def _names_in(self, node: ast.expr) -> set[str]:
        return {name for part in self._facts.within(node) if (name := last_word(part))}

    def _is_counting(self, loop: ast.For) -> bool:
        """Tells whether a loop goes over numbers or what is written there: to exhaust anything else may be meant."""
        called = isinstance(loop.iter, ast.Call) and self._facts.is_builtin(loop.iter.func, "range")
        return called or is_literal(loop.iter)

    def _is_idle(self, statement: ast.stmt) -> bool:
        """Tells whether a statement leaves nothing behind: an expression, or a check that cannot fail."""
        inside = self._facts.within(statement)
        if isinstance(statement, ast.Assert):
            never = truth(statement.test) is True and not any(isinstance(part, ast.Call) for part in inside)
            return never or all(isinstance(part, _FIXED) for part in inside)
        if isinstance(statement, ast.Raise) and is_unwritten(statement.exc):
            return True
        if isinstance(statement, ast.Expr) and _is_shown(statement.value):
            return False
        if any(isinstance(part, _LEAVING) for part in inside):
            return False
        if not all(map(self.is_display, (part for part in inside if isinstance(part, ast.Call)))):
            return False
        classes = (part for part in inside if isinstance(part, ast.ClassDef))
        return not any(
            _bases(each) or any(not is_usual(word) for word in each.keywords) or each.decorator_list
            for each in classes
        )

    def is_display(self, call: ast.Call) -> bool:
        """Tells whether a call only makes another container of one that is written there."""
        given = map(self._facts.only_value, call.args)
        written = all(isinstance(each, ast.List | ast.Tuple | ast.Set | ast.Dict) for each in given)
        return written and not call.keywords and self._facts.is_builtin(call.func, *_CONTAINERS)

    def _is_declaration(self, statement: ast.stmt) -> bool:
        """Tells whether a statement only imports something, or gives names to what is written, or to kinds of it."""
        if isinstance(statement, ast.Import | ast.ImportFrom) or is_placeholder(statement):
            return True
        if isinstance(statement, ast.ClassDef):
            return not statement.decorator_list and all(map(self._is_declaration, statement.body))
        inside = self._facts.within(statement)
        return isinstance(statement, ASSIGNMENTS) and not any(isinstance(part, _COMPUTING) for part in inside)


def _imports_typing(statement: ast.stmt) -> bool:
    names = [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else []
    return names == ["typing"] or (
        isinstance(statement, ast.ImportFrom) and statement.module in {"typing", "__future__"}
    )


def _is_shown(value: ast.expr) -> bool:
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    return any(isinstance(part, _SHOWN) for part in parts)


def _bases(node: ast.ClassDef) -> list[ast.expr]:
    """The bases of a class that bring something."""
    return [base for base in node.bases if not (isinstance(base, ast.Name) and base.id == "object")]


def is_usual(keyword: ast.keyword) -> bool:
    """``metaclass=type``, which every class has."""
    return keyword.arg == "metaclass" and isinstance(keyword.value, ast.Name) and keyword.value.id == "type"


def _stands_in(node: ast.AST) -> bool:
    """Tells whether a handler gives a value to a name that this version of Python may not have."""
    if not isinstance(node, ast.ExceptHandler) or last_word(node.type) != "NameError":
        return False
    return any(isinstance(statement, ASSIGNMENTS) for statement in node.body)
