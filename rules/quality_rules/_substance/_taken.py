"""What is put into something and taken out of it again: it is what it was."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import ASSIGNMENTS
from quality_rules._substance._calls import Calls
from quality_rules._substance._nature import LOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text

#: Methods that take an entry out of a container of one.
_TAKING = frozenset({"pop", "popleft"})
#: Functions that make a container of the entries of another.
_CONTAINERS = frozenset({"iter", "list", "tuple", "collections.deque"})
_OBJECT = "types.SimpleNamespace"
_KEYED = (ast.Constant, ast.UnaryOp)


class Taken(Calls):
    """Knows what comes out of a container, or an object that only holds it.

    Args:
        text: Judges the other functions of the text.
        function: The function, or a lambda.
    """

    def __init__(self, text: Text, function: Callable) -> None:
        super().__init__(text, function)
        self._holders: dict[str, ast.expr | None] = {}

    def is_lock(self, node: ast.expr) -> bool:
        """Tells whether an expression is a lock of the module, or one that is made there."""
        values = self.names.module_values.get(node.id, []) if isinstance(node, ast.Name) else [node]
        return bool(values) and all(
            isinstance(value, ast.Call) and self.facts.origin(value.func) in LOCKS for value in values
        )

    def handed_through(self, node: ast.expr) -> ast.expr | None:
        """What a context manager that does nothing gives to the block that it stands around."""
        if isinstance(node, ast.Call) and self.facts.origin(node.func) == "contextlib.nullcontext":
            return node.args[0] if node.args else ast.Constant(None)
        return None

    def taken_out(self, node: ast.expr) -> ast.expr | None:
        """What an expression takes out of what holds it; None for any other expression."""
        if isinstance(node, ast.Subscript):
            return self._item(self._held(node.value), node.slice) if isinstance(node.slice, _KEYED) else None
        if isinstance(node, ast.Attribute):
            return self._attribute(self._held(node.value), node.attr)
        return self._from_call(node) if isinstance(node, ast.Call) else None

    def _from_call(self, call: ast.Call) -> ast.expr | None:
        """``[value].pop()``, ``next(iter([value]))``, ``reduce(add, [value])``."""
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr in _TAKING:
            return _only(self._entries(function.value))
        name = self.facts.origin(function)
        if name == "next" and call.args and self.is_builtin("next"):
            return _only(self._entries(call.args[0])[:1])
        if name == "functools.reduce" and len(call.args) == 2:  # noqa: PLR2004 - function and entries
            return _only(self._entries(call.args[1]))
        return None

    def _entries(self, node: ast.expr) -> Sequence[ast.expr]:
        """The entries of a container that is written there."""
        held = self._held(node)
        if isinstance(held, ast.Call) and len(held.args) == 1 and not held.keywords:
            return self._entries(held.args[0]) if self.facts.origin(held.func) in _CONTAINERS else ()
        if isinstance(held, ast.GeneratorExp):
            return self._gone_through(held)
        return held.elts if isinstance(held, ast.List | ast.Tuple | ast.Set) else ()

    def _gone_through(self, node: ast.GeneratorExp) -> Sequence[ast.expr]:
        """The entries of what a generator gives as they are."""
        clause = node.generators[0]
        same = isinstance(node.elt, ast.Name) and node.elt.id == getattr(clause.target, "id", "")
        return self._entries(clause.iter) if same and len(node.generators) == 1 and not clause.ifs else ()

    def _held(self, node: ast.expr) -> ast.expr:
        """A container or object that is written there, or once for the local name that is read."""
        if not isinstance(node, ast.Name):
            return node
        if node.id not in self._holders:
            self._holders[node.id] = self._written(node.id)
        return self._holders[node.id] or node

    def _written(self, name: str) -> ast.expr | None:
        """The only value of a local name that is only read from."""
        if not is_function(self.function) or name in self.parameters:
            return None
        names = self.facts.names(self.function)
        stores, loads = names.stores.get(name, ()), names.loads.get(name, ())
        if len(stores) != 1 or name in names.shared or not all(map(self._is_reading, loads)):
            return None
        above = self.facts.parent(stores[0])
        return above.value if isinstance(above, (*ASSIGNMENTS, ast.NamedExpr)) else None

    def _is_reading(self, name: ast.Name) -> bool:
        """Tells whether a use of a name takes something out of what it holds, and changes nothing else in it."""
        above = self.facts.parent(name)
        if isinstance(above, ast.Subscript):
            return isinstance(above.ctx, ast.Load) and above.value is name
        if isinstance(above, ast.Call):
            return self.facts.origin(above.func) in _CONTAINERS | {"next"}
        if not isinstance(above, ast.Attribute) or not isinstance(above.ctx, ast.Load):
            return False
        called = self.facts.parent(above)
        return above.attr in _TAKING or not (isinstance(called, ast.Call) and called.func is above)

    def _item(self, whole: ast.expr, key: ast.expr) -> ast.expr | None:
        """``{"name": value}["name"]`` and ``[value][0]``."""
        if isinstance(whole, ast.Dict):
            wanted = ast.dump(key)
            found = [v for k, v in zip(whole.keys, whole.values, strict=True) if k and ast.dump(k) == wanted]
            return found[-1] if found else None
        if isinstance(whole, ast.Call) and isinstance(key, ast.Constant):
            return self._named(whole, "dict", key.value)
        return _only(whole.elts) if isinstance(whole, ast.List | ast.Tuple) else None

    def _attribute(self, whole: ast.expr, name: str) -> ast.expr | None:
        """``SimpleNamespace(name=value).name``."""
        return self._named(whole, _OBJECT, name) if isinstance(whole, ast.Call) else None

    def _named(self, made: ast.Call, kind: str, name: object) -> ast.expr | None:
        """What is given by a name to a call of a function."""
        if self.facts.origin(made.func) != kind or kind in self.facts.bound:
            return None
        return next((each.value for each in made.keywords if each.arg == name), None)


def _only(entries: Sequence[ast.expr]) -> ast.expr | None:
    """The entry of a container that has one, and may be taken out of it."""
    only = entries[0] if len(entries) == 1 else None
    return None if isinstance(only, ast.Starred) else only
