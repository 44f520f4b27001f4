"""Guards: checks at the edge of a unit that end it early."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from quality.model import is_function
from quality_radon._shape import CONTROL_FLOW, statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode, Unit

#: Where guards stand, or what they stand in.
_PLACES = (*CONTROL_FLOW, ast.With, ast.AsyncWith)
#: More checks than these are a part of the work: a table of answers can be written as checks.
MOST_GUARDS = 3


class _Locals:
    """The names that a function binds, looked up when the first answer is met: most checks raise.

    Args:
        function: The function.
    """

    def __init__(self, function: FunctionNode) -> None:
        self._function = function

    @cached_property
    def names(self) -> frozenset[str]:
        bound = {name.arg for name in ast.walk(self._function.args) if isinstance(name, ast.arg)}
        inside = (name for name in ast.walk(self._function) if isinstance(name, ast.Name))
        return frozenset(bound | {name.id for name in inside if isinstance(name.ctx, ast.Store)})


def count_guards(unit: Unit) -> int:
    """Counts a function's guards, up to three; 0 for the module.

    A guard is an ``if`` without ``else`` whose only statement raises, and a handler of named exceptions that does
    nothing but leave, wherever they stand. An ``if`` whose only statement returns what no local name has a
    part in is one too, when something other than such a return follows it and it stands in no loop and no branch,
    since there it is logic.
    """
    node = unit.node
    # Most functions have no place for a guard.
    if isinstance(node, ast.Module) or not any(isinstance(each, _PLACES) for each in node.body):
        return 0
    locals_ = _Locals(node)
    found = 0
    pending: list[tuple[Sequence[ast.stmt], bool]] = [(node.body, True)]
    while pending:
        block, at_edge = pending.pop()
        for statement, following in zip(block, [*block[1:], None], strict=False):  # blocks may be empty
            if isinstance(statement, ast.If):
                found += _raises(statement) or (at_edge and _answers(statement, following, locals_))
            elif isinstance(statement, ast.Try):
                found += sum(_is_narrow(handler, locals_) for handler in statement.handlers)
            if isinstance(statement, ast.With | ast.AsyncWith):
                pending.append((statement.body, at_edge))
            elif isinstance(statement, ast.Try):
                pending.append((statement.body, at_edge))
                pending.extend((handler.body, False) for handler in statement.handlers)
                pending.append(([*statement.orelse, *statement.finalbody], False))
            elif not is_function(statement) and not isinstance(statement, ast.ClassDef):
                pending.append((list(statements(statement)), False))
    return min(found, MOST_GUARDS)


def _raises(statement: ast.If) -> bool:
    """Tells whether an ``if`` does nothing but raise: a check, wherever it stands."""
    return not statement.orelse and len(statement.body) == 1 and isinstance(statement.body[0], ast.Raise)


def _answers(statement: ast.If, following: ast.stmt | None, locals_: _Locals) -> bool:
    """Tells whether an ``if`` only returns the same whatever was computed, before the work."""
    if statement.orelse or not _ends(statement.body, locals_):
        return False
    # "if x: return True" before "return False" is the result, not a check before the work.
    return following is not None and not _ends([following], locals_)


def _is_narrow(handler: ast.ExceptHandler, locals_: _Locals) -> bool:
    """Tells whether a handler of named exceptions does nothing but leave."""
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    goes_on = len(handler.body) == 1 and isinstance(handler.body[0], ast.Continue | ast.Break)
    return not broad and (goes_on or _ends(handler.body, locals_))


def _ends(block: Sequence[ast.stmt], locals_: _Locals) -> bool:
    """Tells whether a block only raises, or returns the same whatever was computed."""
    (last, *more) = block
    if more:
        return False
    if isinstance(last, ast.Raise):
        return True
    if not isinstance(last, ast.Return):
        return False
    used = [node.id for node in ast.walk(last) if isinstance(node, ast.Name)]
    return not used or locals_.names.isdisjoint(used)
