"""Which functions promise to do something, so that an empty body is no body at all."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from quality.model import is_function
from quality.rules import SCOPES, body_of, decorators, dotted_name

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Decorators that do not give an empty body a meaning.
_PLAIN_DECORATORS = frozenset(
    {
        "staticmethod",
        "classmethod",
        "property",
        "cached_property",
        "cache",
        "lru_cache",
        "wraps",
        "njit",
        "jit",
    }
)
#: Builtins that compute and do nothing else.
_PURE = [
    "abs",
    "bool",
    "bytes",
    "chr",
    "complex",
    "dict",
    "divmod",
    "enumerate",
    "float",
    "frozenset",
    "int",
    "len",
    "list",
    "max",
    "min",
    "ord",
    "pow",
    "range",
    "reversed",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
]
#: What lets a body do more, or read more, than its own locals.
_EFFECTS = (
    *SCOPES,
    *(ast.Attribute, ast.Assert, ast.Raise, ast.Delete, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal),
    *(ast.Await, ast.Yield, ast.YieldFrom, ast.With, ast.AsyncWith, ast.Try),
)


class Promises:
    """Judges the functions of one source.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def holds(self, function: FunctionNode) -> bool:
        """Tells whether an empty body can't be what was meant.

        It can be for abstract, registered, overriding and alternative definitions, for hooks that the
        source calls or overrides itself, for interfaces, and for functions that are handed on as values.
        """
        name = function.name
        if not set(decorators(function)) <= _PLAIN_DECORATORS:
            return False
        if name in self._handed_on or self._definitions[name] > 1:
            return False
        owner = self._facts.class_of(function)
        if owner is None:
            return True
        if _is_dunder(name) or name in self._called_methods or owner.name in self._base_classes:
            return False
        return not (self._inherits(owner) or (self.working and _is_interface(owner)))

    def _inherits(self, owner: ast.ClassDef) -> bool:
        """Tells whether a class has a base that the source really imports or defines."""
        bases = (base.value if isinstance(base, ast.Subscript) else base for base in owner.bases)
        roots = (dotted_name(base).partition(".")[0] for base in bases)
        return bool(owner.keywords) or any(root in self._facts.bound for root in roots)

    @cached_property
    def working(self) -> bool:
        """True when some function of the source does something, so that not all of it is pretence."""
        functions = (function for function in self._facts.functions if not _is_dunder(function.name))
        return any(not (emptiness(function) or self.is_constant(function)) for function in functions)

    def is_constant(self, function: FunctionNode) -> bool:
        """Tells whether a body returns, but reads nothing but its own locals and does nothing but compute."""
        if not isinstance(function.body[-1], ast.Return):
            return False
        names = self._facts.names(function)
        own = set(names.stores) - set(names.parameters)
        inside = (node for statement in body_of(function) for node in self._facts.within(statement))
        return all(self._is_inert(node, own) for node in inside)

    def _is_inert(self, node: ast.AST, own: set[str]) -> bool:
        if isinstance(node, ast.Name):
            return node.id in own or self._facts.is_builtin(node, *_PURE)
        if isinstance(node, ast.Call):
            return self._facts.is_builtin(node.func, *_PURE)
        return not isinstance(node, _EFFECTS)

    @cached_property
    def _handed_on(self) -> frozenset[str]:
        """Names and attributes that are read otherwise than to be called."""
        called = {node.func for node in self._facts.of(ast.Call)}
        names = [n.id for n in self._facts.of(ast.Name) if isinstance(n.ctx, ast.Load) and n not in called]
        attributes = [n.attr for n in self._facts.of(ast.Attribute) if n not in called]
        return frozenset([*names, *attributes])

    @cached_property
    def _definitions(self) -> Counter[str]:
        """How often each name is bound outside of classes: alternatives count."""
        facts = self._facts
        found = Counter(node.name for node in facts.functions if facts.class_of(node) is None)
        found.update(node.name for node in facts.of(ast.ClassDef))
        found.update(node.id for node in facts.of(ast.Name) if isinstance(node.ctx, ast.Store))
        found.update(alias.asname or alias.name for alias in facts.of(ast.alias))
        return found

    @cached_property
    def _base_classes(self) -> frozenset[str]:
        bases = (base for node in self._facts.of(ast.ClassDef) for base in node.bases)
        return frozenset(dotted_name(base).rpartition(".")[2] for base in bases)

    @cached_property
    def _called_methods(self) -> frozenset[str]:
        calls = (node.func for node in self._facts.of(ast.Call))
        return frozenset(function.attr for function in calls if isinstance(function, ast.Attribute))


def emptiness(function: FunctionNode) -> str:
    """What an empty body is, in words; the empty string for a body that does something."""
    body = body_of(function)
    if all(_is_nothing(statement) for statement in body):
        return "has an empty body"
    if len(body) == 1 and isinstance(body[0], ast.Raise) and _is_not_implemented(body[0].exc):
        return "only raises NotImplementedError"
    return ""


def _is_interface(owner: ast.ClassDef) -> bool:
    """Tells whether a class has several methods and none of them does anything."""
    methods = [entry for entry in owner.body if is_function(entry) and not _is_dunder(entry.name)]
    return len(methods) > 1 and all(emptiness(method) for method in methods)


def _is_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Return):
        value = statement.value
        return value is None or (isinstance(value, ast.Constant) and value.value in (None, ...))
    return isinstance(statement, ast.Pass)


def _is_not_implemented(error: ast.expr | None) -> bool:
    target = error.func if isinstance(error, ast.Call) else error
    return isinstance(target, ast.Name) and target.id == "NotImplementedError"


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")
