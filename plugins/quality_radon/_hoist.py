"""Takes class statements away from around their bodies, for tools that do not look into them."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

from quality.model import is_function
from quality_radon._shape import CONTROL_FLOW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import Unit

_COMPLEX = (*CONTROL_FLOW, ast.IfExp, ast.BoolOp, ast.comprehension)


def hides_code(unit: Unit, classes: Iterable[ast.ClassDef]) -> bool:
    """Tells whether a class of the unit has code that would count if it stood outside the class."""
    in_function = not isinstance(unit.node, ast.Module)
    return any(_hides(statement, in_function=in_function) for node in classes for statement in node.body)


def _hides(statement: ast.stmt, *, in_function: bool) -> bool:
    if is_function(statement):
        return False
    if isinstance(statement, ast.ClassDef):  # at module level its methods are units
        return in_function
    return any(isinstance(node, _COMPLEX) for node in ast.walk(statement))


def hoist(unit: Unit) -> str:
    """Writes a unit's code with the bodies of classes in place of the classes.

    Raises:
        RecursionError: When the unit is nested too deeply.
    """
    (node,) = _hoisted(unit.node, keep_functions=not isinstance(unit.node, ast.Module))
    return ast.unparse(node)


def _hoisted(node: ast.AST, *, keep_functions: bool) -> list[ast.AST]:
    """Returns copies of what stands for a node; the tree itself is shared and stays as it is."""
    if not keep_functions and is_function(node):
        return []
    twin = copy.copy(node)
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            parts = [part for child in block for part in _hoisted(child, keep_functions=keep_functions)]
            setattr(twin, name, parts or ([ast.Pass()] if name == "body" else []))
    return list(getattr(twin, "body", ())) if isinstance(node, ast.ClassDef) else [twin]
