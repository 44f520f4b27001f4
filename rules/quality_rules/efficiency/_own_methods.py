"""What the methods of an object compute of it, and whether a loop changes that."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import dotted_name, last_word
from quality_rules._loops import COMPREHENSIONS, KEEPING_METHODS, PURE_BUILTINS, PURE_METHODS

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class OwnMethods:
    """Knows which methods go through a collection of their object and change nothing; made with ``facts.derived(OwnMethods)``.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._pure: dict[FunctionNode, bool] = {}
        self._called: dict[ast.AST, frozenset[str] | None] = {}

    def is_repeated(self, call: ast.Call, loop: ast.AST) -> bool:
        """Tells whether each turn of a loop around a call of a method without arguments has the same answer, and takes its time."""
        if self._called_in(loop) != frozenset({last_word(call.func)}):
            return False
        method = self._method(call)
        return method is not None and self._is_pure(method)

    def _called_in(self, loop: ast.AST) -> frozenset[str] | None:
        """The methods of the object that a loop calls without arguments; None where it may change the object."""
        if loop not in self._called:
            inside = list(self._facts.within(loop))
            own: dict[ast.AST, str] = {node: last_word(node.func) for node in inside if _asks_itself(node)}  # type: ignore[attr-defined]
            changes = any(
                self._may_change(node) for node in inside if getattr(node, "value", node) not in own
            )
            self._called[loop] = None if changes else frozenset(own.values())
        return self._called[loop]

    def _method(self, call: ast.Call) -> FunctionNode | None:
        """The only method of that name in the class around."""
        function, name = self._facts.function(call), last_word(call.func)
        owner = self._facts.class_of(function) if function is not None else None
        found = (
            [each for each in owner.body if getattr(each, "name", "") == name] if owner is not None else []
        )
        one = found[0] if len(found) == 1 else None
        return one if one is not None and is_function(one) and not one.decorator_list else None

    def _is_pure(self, method: FunctionNode) -> bool:
        """Tells whether a method goes through a collection, changes nothing and asks nobody else."""
        if method not in self._pure:
            inside = list(self._facts.within(method))
            turns = any(isinstance(node, (ast.For, *COMPREHENSIONS)) for node in inside)
            self._pure[method] = turns and not any(self._may_change(node) for node in inside)
        return self._pure[method]

    def _may_change(self, node: ast.AST) -> bool:
        """Tells whether something may change an object: it sets a part, or calls what is not known to leave all as it is."""
        if isinstance(node, ast.Attribute | ast.Subscript):
            return not isinstance(node.ctx, ast.Load)
        if not isinstance(node, ast.Call):
            return isinstance(node, ast.Await | ast.Yield | ast.YieldFrom)
        if isinstance(node.func, ast.Attribute):
            local = isinstance(node.func.value, ast.Name) and node.func.attr in KEEPING_METHODS
            return node.func.attr not in PURE_METHODS and not local
        return not self._facts.is_builtin(node.func, *PURE_BUILTINS)


def _asks_itself(node: ast.AST) -> bool:
    """``self.total()``."""
    plain = isinstance(node, ast.Call) and not node.args and not node.keywords
    return plain and dotted_name(node.func).startswith("self.")  # type: ignore[attr-defined]
