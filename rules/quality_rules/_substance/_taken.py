"""What is put into something and taken out of it again: it is what it was."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import ASSIGNMENTS, same_code
from quality_rules._constants import is_empty, whole_number
from quality_rules._substance._calls import Calls
from quality_rules._substance._nature import LOCKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality_rules._substance._names import Callable
    from quality_rules._substance._text import Text

#: Methods that take an entry out of a container of one.
_TAKING = frozenset({"pop", "popleft"})
#: Functions that make a container of the entries of another.
_CONTAINERS = frozenset(
    {
        *("iter", "list", "tuple", "sorted", "reversed"),
        *("collections.deque", "itertools.accumulate", "itertools.cycle"),
    }
)
#: Builtins that give the entry of a container of one, or the argument that they get twice.
_OF_ENTRIES = frozenset({"max", "min", "next", "sum"})
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
        #: Name of an error that is handled → the call that makes it, where nothing else can have raised it.
        self.caught: dict[str, ast.Call] = {}

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
            return self._item(self.held(node.value), node.slice) if isinstance(node.slice, _KEYED) else None
        if isinstance(node, ast.Attribute):
            return self._attribute(self.held(node.value), node.attr)
        return self._from_call(node) if isinstance(node, ast.Call) else None

    def _from_call(self, call: ast.Call) -> ast.expr | None:
        """``[value].pop()``, ``next(iter([value]))``, ``reduce(add, [value])``."""
        function = call.func
        if isinstance(function, ast.Attribute):
            return _only(self._entries(function.value)) if function.attr in _TAKING else self.got(call)
        name = self.facts.origin(function)
        if name in _OF_ENTRIES and call.args and self.is_builtin(name):
            return self._from_builtin(name, call.args)
        if name == "functools.reduce" and len(call.args) == 2:  # noqa: PLR2004 - function and entries
            return _only(self._entries(call.args[1]))
        return None

    def _from_builtin(self, name: str, given: Sequence[ast.expr]) -> ast.expr | None:
        """``next(iter((value,)))``, ``max(value, value)``, ``sum([value])``."""
        if name == "next":
            if self._is_void(given[0]):
                return given[1] if len(given) > 1 else None
            return _only(self._entries(given[0])[:1])
        if len(given) == 1:
            return _only(self._entries(given[0]))
        same = name != "sum" and all(same_code(given[0], each) for each in given[1:])
        return given[0] if same else None

    def _is_void(self, node: ast.expr) -> bool:
        """Tells whether what is gone through is written without an entry."""
        held = self.held(node)
        return is_empty(held.generators[0].iter if isinstance(held, ast.GeneratorExp) else held)

    def _entries(self, node: ast.expr) -> Sequence[ast.expr]:
        """The entries of a container that is written there."""
        held = self.held(node)
        if isinstance(held, ast.Call) and self.facts.origin(held.func) == "itertools.repeat":
            return held.args[:1]
        if (
            isinstance(held, ast.Call)
            and self.facts.is_builtin(held.func, "map")
            and self.hands_on("map", held)
        ):
            return self._entries(held.args[1])
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

    def held(self, node: ast.expr) -> ast.expr:
        """A container or object that is written there, or once for the local name that is read."""
        if isinstance(node, ast.Attribute) and node.attr == "args" and isinstance(node.value, ast.Name):
            error = self.caught.get(node.value.id)
            return ast.Tuple(error.args, ast.Load()) if error is not None else node
        if not isinstance(node, ast.Name):
            return node
        if node.id in self.caught:
            return self.caught[node.id]
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
        if isinstance(whole, ast.Call):
            named = self._named(whole, "dict", key.value) if isinstance(key, ast.Constant) else None
            return named or _only(self._entries(whole))
        entries = whole.elts if isinstance(whole, ast.List | ast.Tuple) else []
        place = whole_number(key)
        within = place is not None and -len(entries) <= place < len(entries)
        if place is not None and within and not any(isinstance(entry, ast.Starred) for entry in entries):
            return entries[place]
        return _only(entries)

    def _attribute(self, whole: ast.expr, name: str) -> ast.expr | None:
        """``SimpleNamespace(name=value).name``."""
        if not isinstance(whole, ast.Call):
            return None
        return self._named(whole, _OBJECT, name) or self.field(whole, name)

    def field(self, made: ast.Call, name: str) -> ast.expr | None:
        """What an object of a class of the text holds by a name."""
        raise NotImplementedError

    def got(self, call: ast.Call) -> ast.expr | None:
        """What a method gives that only gives what its object holds."""
        raise NotImplementedError

    def _named(self, made: ast.Call, kind: str, name: object) -> ast.expr | None:
        """What is given by a name to a call of a function."""
        if self.facts.origin(made.func) != kind or kind in self.facts.bound:
            return None
        return next((each.value for each in made.keywords if each.arg == name), None)


def _only(entries: Sequence[ast.expr]) -> ast.expr | None:
    """The entry of a container that has one, and may be taken out of it."""
    only = entries[0] if len(entries) == 1 else None
    return None if isinstance(only, ast.Starred) else only
