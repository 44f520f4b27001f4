"""Which names are tables of pandas."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import last_word

if TYPE_CHECKING:
    from quality.rules import Facts

#: Functions of pandas that give a table, beside those that read one.
_MAKERS = frozenset({"pandas.DataFrame", "pandas.concat", "pandas.merge", "pandas.json_normalize"})


def is_frame(facts: Facts, node: ast.AST) -> bool:
    """Tells whether a name is bound to a table somewhere in its function, or in the module for a name from there."""
    if not isinstance(node, ast.Name):
        return False
    known = facts.derived(_frames)
    function = facts.function(node)
    if function is None or (function, node.id) in known:
        return (function, node.id) in known
    names = facts.names(function)
    own = node.id in names.stores or node.id in names.parameters
    return not own and (None, node.id) in known


def _frames(facts: Facts) -> set[tuple[ast.AST | None, str]]:
    """The names of tables, each with the function that it belongs to."""
    found: set[tuple[ast.AST | None, str]] = {
        (function, place.arg)
        for function in facts.functions
        for place in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
        if place.annotation is not None and last_word(place.annotation) == "DataFrame"
    }
    for statement, targets, value in facts.assignments:
        said = isinstance(statement, ast.AnnAssign) and last_word(statement.annotation) == "DataFrame"
        if said or _makes_frame(facts, value):
            found.update(
                (facts.function(target), target.id) for target in targets if isinstance(target, ast.Name)
            )
    return found


def _makes_frame(facts: Facts, value: ast.AST | None) -> bool:
    origin = facts.origin(value.func) if isinstance(value, ast.Call) else ""
    return origin in _MAKERS or origin.startswith("pandas.read_")
