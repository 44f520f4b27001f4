"""Names that are called, and hold what cannot be called."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import with_defaults
from quality_rules._kinds import Kinds

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


def is_uncallable(facts: Facts, name: ast.Name, function: FunctionNode) -> bool:
    """Tells whether a name of a function holds a number, a text or a collection, and nothing asks whether it is more.

    Args:
        facts: The source's facts.
        name: A name that is called there.
        function: The function that it stands in.
    """
    known = facts.derived(Kinds).of_name(name.id, function) is not None or _is_filled(facts, name, function)
    return known and not any(_asks(facts, each) for each in facts.names(function).loads.get(name.id, ()))


def _is_filled(facts: Facts, name: ast.Name, function: FunctionNode) -> bool:
    """Tells whether a parameter is a number or a text where nothing is given, and never anything else; 0 and "" may stand for none."""
    names = facts.names(function)
    if name.id in names.stores or name.id in names.shared:
        return False
    defaults = (default for each, default in with_defaults(function.args) if each.arg == name.id)
    return any(
        isinstance(default, ast.Constant)
        and isinstance(default.value, int | float | str | bytes)
        and not isinstance(default.value, bool)
        and bool(default.value)
        for default in defaults
    )


def _asks(facts: Facts, use: ast.Name) -> bool:
    """Tells whether a use of a name finds out what it holds."""
    above = facts.parent(use)
    if isinstance(above, ast.Compare):
        return True
    return isinstance(above, ast.Call) and facts.is_builtin(
        above.func, "callable", "isinstance", "hasattr", "type"
    )
