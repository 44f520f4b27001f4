"""Guards: checks at the edge of a unit that end it early."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import Unit

#: Where guards stand, or what they stand in.
_PLACES = (ast.If, ast.Try, ast.With, ast.AsyncWith)
#: More checks than these are a part of the work: a table of answers can be written as checks.
MOST_GUARDS = 3


def count_guards(unit: Unit) -> int:
    """Counts a function's guards, up to three; 0 for the module.

    A guard is an ``if`` without ``else`` whose only statement raises, or returns what no local name has a
    part in, and something other than such a return follows it. A handler of named exceptions that does nothing
    but raise or so return is one too. Guards stand in no loop and no branch, since there they are logic.
    """
    node = unit.node
    # Most functions have no place for a guard, and their names need not be collected.
    if isinstance(node, ast.Module) or not any(isinstance(each, _PLACES) for each in node.body):
        return 0
    locals_ = {name.arg for name in ast.walk(node.args) if isinstance(name, ast.arg)}
    locals_ |= {
        name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
    }
    found = 0
    pending: list[Sequence[ast.stmt]] = [node.body]
    while pending:
        block = pending.pop()
        for statement, following in zip(block, [*block[1:], None], strict=True):
            if isinstance(statement, ast.If):
                found += _is_guard(statement, following, locals_)
            elif isinstance(statement, ast.With | ast.AsyncWith):
                pending.append(statement.body)
            elif isinstance(statement, ast.Try):
                pending.append(statement.body)
                found += sum(_is_narrow(handler, locals_) for handler in statement.handlers)
    return min(found, MOST_GUARDS)


def _is_guard(statement: ast.If, following: ast.stmt | None, locals_: set[str]) -> bool:
    if statement.orelse or not _ends(statement.body, locals_):
        return False
    # "if x: return True" before "return False" is the result, not a check before the work.
    return following is not None and not _ends([following], locals_)


def _is_narrow(handler: ast.ExceptHandler, locals_: set[str]) -> bool:
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    return not broad and _ends(handler.body, locals_)


def _ends(block: Sequence[ast.stmt], locals_: set[str]) -> bool:
    """Tells whether a block only raises, or returns the same whatever was computed."""
    (last, *more) = block
    if more:
        return False
    if isinstance(last, ast.Raise):
        return True
    return isinstance(last, ast.Return) and not any(
        isinstance(name, ast.Name) and name.id in locals_ for name in ast.walk(last)
    )
