"""By which names a source reaches the builtins."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import IMPORTERS, cached_property, is_function

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Builtins that run text.
RUNNERS = frozenset({"exec", "eval"})
#: Ways to name the module of the builtins.
_BUILTINS = ("builtins", "__builtins__")
#: Words of which one is where the module is named.
_NAMING = frozenset({*_BUILTINS, "modules", *(name.rpartition(".")[2] for name in IMPORTERS)})
#: Builtins of which it matters whether a source binds their name.
_WATCHED = RUNNERS | {"__import__", "getattr", "type", "vars"}


class Builtins:
    """Knows which expressions of a source stand for builtins that run code or lead to it.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def origin(self, function: ast.expr) -> str:
        """Dotted name of what is called; a builtin that matters by its plain name unless the source binds that."""
        if isinstance(function, ast.Name) and self._is_of_no_interest(function):
            return ""
        if not isinstance(function, (ast.Name, ast.Attribute)):
            return ""  # the detour itself is reported
        origin = self._facts.origin(function)
        if isinstance(function, ast.Attribute) and self.is_module(function.value):
            return function.attr
        for module in _BUILTINS:
            origin = origin.removeprefix(f"{module}.")
        return origin

    def _is_of_no_interest(self, name: ast.Name) -> bool:
        origin = self._facts.imports.get(name.id)
        if origin is None and name.id not in _WATCHED:
            return True
        return (origin is None or origin == name.id) and self.is_redefined(name)

    def is_redefined(self, name: ast.Name) -> bool:
        """Tells whether a name that is a builtin's means something else here."""
        if name.id in self._defined or self._facts.imports.get(name.id, name.id) != name.id:
            return True
        return any(
            self._is_local(name.id, above) for above in self._facts.ancestors(name) if is_function(above)
        )

    def _is_local(self, name: str, function: FunctionNode) -> bool:
        """Tells whether a function has a parameter or variable of this name that does not hold the builtin."""
        names = self._facts.names(function)
        if name in names.parameters or (function, name) in self._inner:
            return True
        values = [self._facts.statement(place) for place in names.stores.get(name, ())]
        held = any(
            isinstance(node, ast.Name) and node.id in RUNNERS and isinstance(node.ctx, ast.Load)
            for value in values
            for node in self._facts.within(value)
        )
        return bool(values) and not held

    @cached_property
    def _inner(self) -> frozenset[tuple[FunctionNode | None, str]]:
        """Functions around others, with the names of those."""
        return frozenset((self._facts.function(each), each.name) for each in self._facts.functions)

    @cached_property
    def _defined(self) -> frozenset[str]:
        statements = self._facts.module_statements
        return frozenset(s.name for s in statements if isinstance(s, ast.ClassDef) or is_function(s))

    @cached_property
    def _names_module(self) -> bool:
        """Tells whether the source has a word by which the module of the builtins can be named."""
        return not _NAMING.isdisjoint(self._facts.vocabulary)

    def is_module(self, node: ast.expr) -> bool:
        """Tells whether an expression is the module of the builtins, or what it holds, by whatever name."""
        if not self._names_module:  # as mostly
            return False
        if isinstance(node, ast.Subscript) and self._facts.origin(node.value) == "sys.modules":
            return isinstance(node.slice, ast.Constant) and node.slice.value in _BUILTINS
        if isinstance(node, ast.Call) and node.args:
            named = node.args[0]
            imported = isinstance(named, ast.Constant) and named.value in _BUILTINS
            inner = self.origin(node.func) == "vars" and self.is_module(named)
            return (imported and self.origin(node.func) in IMPORTERS) or inner
        if isinstance(node, ast.Attribute) and node.attr == "__dict__":
            return self.is_module(node.value)
        return self._facts.origin(node) in _BUILTINS
