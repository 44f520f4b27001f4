"""What handlers of exceptions catch, whatever it is called: ``except ERRORS`` catches all where ``ERRORS = (Exception,)``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quality.model._origins import Origins

_ALL = ("BaseException", "Exception")


def caught(handler: ast.ExceptHandler, origins: Origins) -> ast.Name | None:
    """``Exception``, in the place of what a handler names, where that has it in it and is no such name itself."""
    named = handler.type
    if named is None or isinstance(named, ast.Tuple) or getattr(named, "id", "") in _ALL:
        return None
    word = _broadest(origins.value(named), origins)
    return ast.copy_location(ast.Name(word, ast.Load()), named) if word else None


def _broadest(node: ast.expr, origins: Origins) -> str:
    """The broadest class of exceptions that an expression names or has in it."""
    if isinstance(node, ast.Name):
        return node.id if node.id in _ALL and node.id not in origins.bound else ""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        found = {_broadest(origins.value(each), origins) for each in node.elts}
        return next((word for word in _ALL if word in found), "")
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "__subclasses__" and not node.args:
        return _broadest(node.func.value, origins)
    makes = getattr(node.func, "id", "") == "tuple" and "tuple" not in origins.bound
    return _broadest(origins.value(node.args[0]), origins) if makes and len(node.args) == 1 else ""
