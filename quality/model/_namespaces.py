"""Names of the module that are bound by way of its dictionary, as ``global`` and an assignment would bind them.

``globals()["count"] = 1`` in a function is ``global count; count = 1``, and so are ``globals().update(count=1)``,
``vars(sys.modules[__name__])["count"] = 1`` and ``setattr(sys.modules[__name__], "count", 1)``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, cast

from quality.model._origins import IMPORTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model._nodes import Nodes
    from quality.model._origins import Origins

_STATEMENTS = (ast.Assign, ast.AugAssign, ast.Delete, ast.Expr)
#: ``setattr(owner, name, value)``.
_SETTING = 3


class OwnNames:
    """Finds the statements of a tree that bind names of the module by its dictionary.

    Args:
        nodes: The tree's nodes.
        origins: What the names of the tree stand for.

    Attributes:
        passed_over: Names that were there for the dictionary.
    """

    def __init__(self, nodes: Nodes, origins: Origins) -> None:
        self._nodes = nodes
        self._origins = origins
        functions = cast("Sequence[ast.FunctionDef]", nodes.kinds.get(ast.FunctionDef, ()))
        self.passed_over: set[str] = set()
        self._functions = {each.name for each in functions}

    def any(self) -> bool:
        """Tells whether there are any."""
        found = [each for kind in _STATEMENTS for each in self._nodes.kinds.get(kind, ())]
        return any(self.written_out(cast("ast.stmt", each)) for each in found)

    def written_out(self, statement: ast.stmt) -> list[ast.stmt]:
        """A statement with the names that it binds, and before it those that it takes from around; empty for others."""
        if isinstance(statement, ast.Expr):
            bound = self._bound_by(statement.value) if isinstance(statement.value, ast.Call) else {}
            plain: list[ast.stmt] = [
                ast.copy_location(ast.Assign([self._name(name, statement)], value), statement)
                for name, value in bound.items()
            ]
            names = list(bound)
        else:
            names, plain = self._targets(statement)
        if not names:
            return []
        function = self._function(statement)
        if function is None:
            return plain
        # ``global`` stands above what it is about, at the head of the function.
        taken = ast.copy_location(ast.Global(names), function)
        taken.end_lineno, taken.end_col_offset = function.lineno, function.col_offset
        return [taken, *plain]

    def _targets(self, statement: ast.stmt) -> tuple[list[str], list[ast.stmt]]:
        """The names that the targets of a statement are, and the statement with these."""
        if isinstance(statement, ast.AugAssign):
            name = self._key(statement.target)
            target = self._name(name, statement.target)
            plain: ast.stmt = ast.AugAssign(target, statement.op, statement.value)
            names = [name]
        elif isinstance(statement, ast.Assign | ast.Delete):
            names = [self._key(target) for target in statement.targets]
            targets: list[ast.expr] = [
                self._name(name, target, type(target.ctx)) if name else target  # type: ignore[attr-defined]
                for name, target in zip(names, statement.targets, strict=True)
            ]
            value = getattr(statement, "value", None)
            plain = ast.Delete(targets) if value is None else ast.Assign(targets, value)
        else:
            return [], []
        return [name for name in names if name], [ast.copy_location(plain, statement)]

    @staticmethod
    def _name(name: str, place: ast.AST, context: type[ast.expr_context] = ast.Store) -> ast.Name:
        return ast.copy_location(ast.Name(name, context()), place)

    def _key(self, target: ast.expr) -> str:
        """The name that ``globals()["name"]`` is, or the same attribute of the module itself."""
        if isinstance(target, ast.Attribute):
            return target.attr if self._is_module(target.value) else ""
        if not isinstance(target, ast.Subscript) or not self._is_dictionary(target.value):
            return ""
        return self._text(target.slice)

    def _bound_by(self, call: ast.Call) -> dict[str, ast.expr]:
        """The names that a call binds, with their values."""
        function = call.func
        if self._is_builtin(function, "setattr") and len(call.args) == _SETTING:
            name = self._text(call.args[1]) if self._is_module(call.args[0]) else ""
            return {name: call.args[2]} if name else {}
        if not isinstance(function, ast.Attribute) or not self._is_dictionary(function.value):
            return {}
        if function.attr == "__setitem__" and len(call.args) == 2:  # noqa: PLR2004 - key and value
            return {name: call.args[1]} if (name := self._text(call.args[0])) else {}
        if function.attr != "update" or len(call.args) > 1:
            return {}
        display = call.args[0] if call.args else ast.Dict([], [])
        if not isinstance(display, ast.Dict) or any(each.arg is None for each in call.keywords):
            return {}
        pairs = [(self._text(k), v) for k, v in zip(display.keys, display.values, strict=True)]
        pairs += [(each.arg or "", each.value) for each in call.keywords]
        return dict(pairs) if all(name for name, _ in pairs) else {}

    def _is_dictionary(self, node: ast.expr) -> bool:
        found = self._gives_dictionary(self._origins.value(node))
        if found:
            self._pass_over(node)
        return found

    def _pass_over(self, node: ast.expr) -> None:
        self.passed_over.update(each.id for each in ast.walk(node) if isinstance(each, ast.Name))

    def _gives_dictionary(self, node: ast.expr) -> bool:
        """Tells whether an expression is the dictionary of this module."""
        if isinstance(node, ast.Attribute):
            if node.attr == "__globals__":  # of a function of this module
                return getattr(node.value, "id", "") in self._functions
            return node.attr == "__dict__" and self._is_module(node.value)
        if not isinstance(node, ast.Call) or node.keywords:
            return False
        if not node.args:
            return self._is_builtin(node.func, "globals")
        return self._is_builtin(node.func, "vars") and self._is_module(node.args[0])

    def _is_module(self, node: ast.expr) -> bool:
        found = self._gives_module(self._origins.value(node))
        if found:
            self._pass_over(node)
        return found

    def _gives_module(self, node: ast.expr) -> bool:
        """Tells whether an expression is this module: ``sys.modules[__name__]``."""
        if isinstance(node, ast.Subscript):
            return _is_own_name(node.slice) and self._origins.of(node.value) == "sys.modules"
        called = isinstance(node, ast.Call) and len(node.args) == 1 and _is_own_name(node.args[0])
        return called and self._origins.of(cast("ast.Call", node).func) in IMPORTERS

    def _is_builtin(self, node: ast.expr, name: str) -> bool:
        return isinstance(node, ast.Name) and node.id == name and name not in self._origins.bound

    def _text(self, node: ast.expr | None) -> str:
        found = self._origins.constant(node)
        return found if isinstance(found, str) and found.isidentifier() else ""

    def _function(self, statement: ast.stmt) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The innermost function around a statement."""
        above = self._nodes.parents.get(statement)
        while above is not None and not isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef):
            above = self._nodes.parents.get(above)
        return above


def _is_own_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__name__"
