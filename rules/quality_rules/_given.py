"""What statements give to names, however that is written, with the lines for the log between them left out."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import is_for_log, pairs_of

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
        return
    for place, part in pairs_of(target, value):
        yield from _pairs(place, part)


def previous(facts: Facts, statement: ast.stmt) -> ast.stmt | None:
    """The statement before another in its block, lines for the log left out."""
    found = facts.previous(statement)
    while found is not None and is_for_log(found):
        found = facts.previous(found)
    return found
