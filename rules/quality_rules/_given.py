"""What statements give to names, however that is written, with the lines for the log between them left out, and what asks for one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import is_for_log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts


def given(statement: ast.stmt | None) -> Iterator[tuple[str, ast.expr]]:
    """Yields each name that an assignment binds, with the expression it gets.

    ``a, b = 0, 1`` gives each its own, ``a = b = 0`` both the same; an annotation says nothing of the value.
    """
    if isinstance(statement, ast.AnnAssign) and statement.value is not None:
        yield from _pairs(statement.target, statement.value)
    elif isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _pairs(target, statement.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List) and isinstance(value, ast.Tuple | ast.List):
        starred = any(isinstance(each, ast.Starred) for each in (*target.elts, *value.elts))
        if len(target.elts) == len(value.elts) and not starred:
            for inner, part in zip(target.elts, value.elts, strict=True):
                yield from _pairs(inner, part)


def previous(facts: Facts, statement: ast.stmt) -> ast.stmt | None:
    """The statement before another in its block, lines for the log left out."""
    found = facts.previous(statement)
    while found is not None and is_for_log(found):
        found = facts.previous(found)
    return found


def asks_for_name(node: ast.AST) -> bool:
    """Tells whether a ``try`` has an answer to a name that is not there."""
    if not isinstance(node, ast.Try | ast.TryStar):
        return False
    types = [handler.type for handler in node.handlers]
    each = [part for kind in types for part in (kind.elts if isinstance(kind, ast.Tuple) else [kind])]
    return any(isinstance(kind, ast.Name) and kind.id == "NameError" for kind in each)
