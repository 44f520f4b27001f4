"""Which classes leave their methods to others."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import cached_property, is_function
from quality.rules import body_of, decorators, dotted_name
from quality_rules.structure._tests import bases_of, emptiness
from quality_rules.structure._wording import (
    has_optional_methods,
    is_left_to_others,
    is_said_base,
    is_told,
    promises_nothing,
)

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Bases whose methods are promises of others.
_INTERFACES = frozenset({"Protocol", "Interface"})
#: Expressions that put something together of parts.
_TOGETHER = (ast.BinOp, ast.JoinedStr, ast.Compare, ast.comprehension)


#: What a class has for itself, whoever writes its other methods.
_OWN = frozenset({"__init__", "__repr__", "__str__"})


class Interfaces:
    """Knows the interfaces among the classes of a source.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def is_declared(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class says that others write its methods, each of them.

        What is said in words is believed where each method is public and says what it is for, or the errors say who
        writes it: else any stub would be an interface.
        """
        return owner.name in self._interfaces or promises_nothing(owner.name) or owner in self._described

    def directs(self, function: ast.AST) -> bool:
        """Tells whether a method says in which order, or with what, methods that its class leaves to others are called.

        A method that only hands on to such a method is one more stub. That a method calls them one after the other is
        believed where the class says that others derive from it. There, and where a decorator says
        it, whoever does more than to hand on to a method that is left to others is the frame around it.
        """
        return function in self._directing

    def leaves_open(self, function: ast.AST, name: str) -> bool:
        """Tells whether a method directs another one that is not written, and nothing says that somebody else writes it."""
        owner = self._facts.class_of(function)
        if owner is None or not self.directs(function) or self._is_base(owner):
            return False
        return name in self._unwritten.get(owner, {})

    def _is_base(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class says in words that others derive from it, and the text makes no object of it itself."""
        return is_said_base(owner) and owner.name not in self._made

    @cached_property
    def _made(self) -> frozenset[str]:
        """The names of what the text calls."""
        return frozenset(call.func.id for call in self._facts.of(ast.Call) if isinstance(call.func, ast.Name))

    @cached_property
    def _interfaces(self) -> frozenset[str]:
        """Names of the classes that are interfaces, or derive from an earlier one of the text that is."""
        found = set(_INTERFACES)
        for owner in self._facts.of(ast.ClassDef):
            if not found.isdisjoint(dotted_name(base).rpartition(".")[2] for base in bases_of(owner)):
                found.add(owner.name)
        return frozenset(found)

    @cached_property
    def _unwritten(self) -> dict[ast.ClassDef, dict[str, FunctionNode]]:
        """The classes with methods that only say that they are not written, with these by name."""
        found: dict[ast.ClassDef, dict[str, FunctionNode]] = {}
        for owner in self._facts.of(ast.ClassDef):
            methods = [node for node in owner.body if is_function(node)]
            unwritten = {each.name: each for each in methods if emptiness(each) and not _is_silent(each)}
            if unwritten:
                found[owner] = unwritten
        return found

    @cached_property
    def _abstract(self) -> dict[ast.ClassDef, frozenset[str]]:
        """The classes with methods that a decorator leaves to others, with the names of these."""
        found: dict[ast.ClassDef, set[str]] = {}
        for method in self._facts.functions:
            owner = self._facts.class_of(method)
            if owner is not None and "abstractmethod" in decorators(method):
                found.setdefault(owner, set()).add(method.name)
        return {owner: frozenset(names) for owner, names in found.items()}

    @cached_property
    def _described(self) -> frozenset[ast.ClassDef]:
        """The classes that say in words that others write their methods, all but those that set up, show or direct."""
        return frozenset(owner for owner in self._facts.of(ast.ClassDef) if self._is_described(owner))

    def _is_described(self, owner: ast.ClassDef) -> bool:
        methods = [node for node in owner.body if is_function(node)]
        left = [method for method in methods if emptiness(method)]
        written = [method for method in methods if method not in left]
        if not left or not all(each.name in _OWN or self.directs(each) for each in written):
            return False
        unwritten = self._unwritten.get(owner, {})
        if not unwritten:
            return has_optional_methods(owner, left)
        if self._is_base(owner) and is_told(left):
            return True
        return not written and all(map(is_left_to_others, unwritten.values()))

    @cached_property
    def _directing(self) -> frozenset[FunctionNode]:
        directing = {
            method
            for owner, unwritten in self._unwritten.items()
            for method in owner.body
            if is_function(method) and self._is_directing(method, owner, unwritten)
        }
        said = {
            owner: frozenset(name for name in unwritten if not name.startswith("_"))
            for owner, unwritten in self._unwritten.items()
            if self._is_base(owner)
        }
        directing.update(
            method
            for owner, left in [*said.items(), *self._abstract.items()]
            for method in owner.body
            if is_function(method) and self._is_frame(method, left)
        )
        return frozenset(directing)

    def _own_calls(self, method: FunctionNode) -> list[ast.Call]:
        """The calls of methods of the same object."""
        return [
            node
            for node in self._facts.within(method)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"self", "cls"}
        ]

    def _is_frame(self, method: FunctionNode, left: frozenset[str]) -> bool:
        """Tells whether a method calls one that is left to others, and does more than to hand on to it."""
        calls = [call for call in self._own_calls(method) if call.func.attr in left]  # type: ignore[attr-defined]
        handed = {self._facts.parent(call) for call in calls}
        handed |= {self._facts.parent(node) for node in handed if isinstance(node, ast.Await)}
        alone = len(body_of(method)) == 1 and body_of(method)[0] in handed
        return bool(calls) and not alone and method.name not in left

    def _is_directing(
        self, method: FunctionNode, owner: ast.ClassDef, unwritten: dict[str, FunctionNode]
    ) -> bool:
        own = self._own_calls(method)
        left = [call for call in own if call.func.attr in unwritten]  # type: ignore[attr-defined]
        if any(isinstance(above, _TOGETHER) for call in left for above in self._between(call, method)):
            return True
        # Where some of them do nothing and others say that they are not written, it is known which is which.
        optional = {each.name for each in owner.body if is_function(each)} - unwritten.keys()
        mixed = any(call.func.attr in optional for call in own)  # type: ignore[attr-defined]
        return bool(left) and len(own) > 1 and (mixed or self._is_base(owner))

    def _between(self, node: ast.AST, function: FunctionNode) -> list[ast.AST]:
        """What stands around a node inside of a function's statement, from the inside."""
        found: list[ast.AST] = []
        for above in self._facts.ancestors(node):
            if isinstance(above, ast.stmt) or above is function:
                break
            found.append(above)
        return found


def _is_silent(function: FunctionNode) -> bool:
    """Tells whether an empty body does not even say that it is not written."""
    return not any(isinstance(statement, ast.Raise) for statement in body_of(function))
