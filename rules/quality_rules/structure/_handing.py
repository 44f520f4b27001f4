"""Which functions only hand on what they get."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import BUILTINS, IMPORTERS
from quality.rules import body_of, is_literal, parameters, root_name, targets_of
from quality_rules._constants import truth
from quality_rules._substance import COPIES, is_known, is_narrow, is_telling, own_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.rules import Facts
    from quality_rules._substance import Callable

#: What may stand around a call without adding anything to it.
_PLAIN = (
    ast.alias,
    ast.AnnAssign,
    ast.arg,
    ast.arguments,
    ast.Assign,
    ast.AsyncFunctionDef,
    ast.Await,
    ast.ClassDef,
    ast.Constant,
    ast.Delete,
    ast.Expr,
    ast.expr_context,
    ast.FunctionDef,
    ast.Import,
    ast.ImportFrom,
    ast.keyword,
    ast.Lambda,
    ast.List,
    ast.Name,
    ast.Pass,
    ast.Return,
    ast.Starred,
    ast.Try,
    ast.Tuple,
)
#: What may choose between two calls.
_DECIDING = (ast.BoolOp, ast.boolop, ast.If, ast.While)
#: Functions that only lead to the one that is called.
_LEADING = IMPORTERS | {"getattr"}
#: What classes are called.
_CLASS = re.compile(r"(?:[A-Z]+[a-z0-9]+)+[A-Z]*")


class Handing:
    """Tells delegation from use: of functions whose outcome is what a module of which nobody knows anything gives.

    A function that picks a part of the result, names a setting, makes an object, warns, handles an error or decides
    something knows what it uses. One that calls a function with its own parameters, or under its own name, and adds
    nothing may as well be an excuse.

    Args:
        facts: The source's facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def only_hands_on(self, function: Callable) -> bool:
        """Tells whether a function adds nothing to what it calls."""
        body: Sequence[ast.AST] = [function.body] if isinstance(function, ast.Lambda) else body_of(function)
        parts = [part for part in body if not self._is_message(part)]
        nodes = [node for part in parts for node in self._facts.within(part)]
        return self._is_delegation(function, nodes) and not self._adds_any(nodes)

    def hands_to_nobody(self, function: Callable) -> bool:
        """Tells whether a function does nothing but to give its parameters, as they came, to a function that is nowhere.

        So the text cannot run. A method that was cut out of its class, or one of an object, may be.
        """
        body: Sequence[ast.AST] = [function.body] if isinstance(function, ast.Lambda) else body_of(function)
        parts = [part for part in body if not self._is_message(part)]
        call = _only_call(parts)
        own = [*parameters(function)]
        if own[:1] in (["self"], ["cls"]):
            own = own[1:] if self._facts.class_of(function) is not None else []
        if call is None or not own:
            return False
        given = _arguments(call)
        names = [each.id for each in given if isinstance(each, ast.Name)]
        return len(names) == len(given) and set(names) == set(own) and self._is_nowhere(call.func)

    def _is_nowhere(self, called: ast.expr) -> bool:
        """Tells whether what is called has the name of a function, and nothing binds that."""
        name = called.id if isinstance(called, ast.Name) else ""
        known = name in self._facts.bound or name in BUILTINS
        return not known and name.lstrip("_")[:1].islower()

    def _adds_any(self, nodes: list[ast.AST]) -> bool:
        idle = {
            each for node in nodes for part in self._idle_parts(node) for each in self._facts.within(part)
        }
        return any(node not in idle and self._adds(node) for node in nodes)

    def _idle_parts(self, node: ast.AST) -> list[ast.AST]:
        """What adds nothing: a condition that is always the same, a message, and what is raised for whatever goes wrong."""
        if isinstance(node, ast.If | ast.While):
            return [node.test] if _is_decided(node.test) else []
        if isinstance(node, ast.ExceptHandler) and not is_narrow(node):
            return [each for each in node.body if isinstance(each, ast.Raise)]
        return [node] if self._is_message(node) or self._stands_around(node) else []

    def _stands_around(self, node: ast.AST) -> bool:
        """Tells whether a part of a function says that errors are dropped, or that a loop has one turn."""
        if isinstance(node, ast.withitem):
            return self._facts.origin(getattr(node.context_expr, "func", node)) == "contextlib.suppress"
        above = self._facts.parent(node)
        return isinstance(above, ast.For) and node is above.iter and _is_single(node)

    def _is_delegation(self, function: Callable, nodes: list[ast.AST]) -> bool:
        own = set(parameters(function)) - {"self", "cls"}
        name = own_name(function)
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        given = (each for call in calls for each in _arguments(call))
        handed = any(isinstance(each, ast.Name) and each.id in own for each in given)
        return handed or any(self._called(call).rpartition(".")[2] == name for call in calls)

    def _called(self, call: ast.Call) -> str:
        """The dotted name of what is called, as far as it is one."""
        written = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        return self._facts.origin(call.func) or written

    def _adds(self, node: ast.AST) -> bool:
        """Tells whether a part of a function is more than a call that is handed on."""
        if isinstance(node, ast.Call):
            return self._is_use(node)
        if isinstance(node, ast.Attribute):
            return not self._is_way(node)
        if isinstance(node, ast.ExceptHandler):
            return is_narrow(node)
        if isinstance(node, ast.Raise):
            return node.exc is not None
        return _decides(node) or not (isinstance(node, (*_PLAIN, *_DECIDING)) or _decides_nothing(node))

    def _is_use(self, call: ast.Call) -> bool:
        """Tells whether a call gives something of the function's own, or is of something that is known."""
        origin = self._facts.origin(call.func)
        if origin in _LEADING:
            return False
        root = root_name(call.func)
        imported = self._facts.imports.get(root)
        if imported is not None and is_known(imported.partition(".")[0]):
            return True
        if isinstance(call.func, ast.Name) and self._facts.is_builtin(call.func, call.func.id):
            return root not in COPIES
        return self._is_made(call) or any(isinstance(each, ast.Constant) for each in _arguments(call))

    def _is_made(self, call: ast.Call) -> bool:
        """Tells whether a call makes the object that is given back, by the name of a class."""
        name = self._called(call).rpartition(".")[2]
        returned = isinstance(self._facts.parent(call), ast.Return)
        return returned and _CLASS.fullmatch(name) is not None and name != self._name_around(call)

    def _name_around(self, node: ast.AST) -> str:
        function = self._facts.function(node)
        return function.name if function else ""

    def _is_way(self, attribute: ast.Attribute) -> bool:
        """Tells whether an attribute is on the way to what is called, or is one of a module."""
        above = self._facts.parent(attribute)
        called = isinstance(above, ast.Call) and above.func is attribute
        return called or isinstance(above, ast.Attribute) or root_name(attribute) in self._facts.imports

    def _is_message(self, part: ast.AST) -> bool:
        """Tells whether a statement only writes what it does to a log or the screen."""
        call = part.value if isinstance(part, ast.Expr) else None
        if not isinstance(call, ast.Call):
            return False
        module = self._facts.origin(call.func).partition(".")[0]
        return module != "warnings" and (module == "print" or is_telling(module))


def _decides(node: ast.AST) -> bool:
    """Tells whether a part of a function chooses, other than a constant where nothing comes back."""
    if isinstance(node, ast.If | ast.While):
        return not _is_decided(node.test)
    if not isinstance(node, ast.BoolOp):
        return False
    return not all(isinstance(each, ast.Await | ast.Call | ast.Constant) for each in node.values)


def _is_single(node: ast.AST) -> bool:
    """Tells whether one value is written in a list or tuple."""
    return isinstance(node, ast.List | ast.Tuple) and len(node.elts) == 1 and is_literal(node)


def _decides_nothing(node: ast.AST) -> bool:
    """Tells whether a statement is around others without a part in them."""
    if isinstance(node, ast.For):
        return _is_single(node.iter)
    return isinstance(node, ast.With | ast.withitem)


def _is_decided(test: ast.expr) -> bool:
    """Tells whether a condition is the same all the time that the program runs."""
    return truth(test) is not None or (isinstance(test, ast.Name) and test.id == "__debug__")


def _only_call(parts: Sequence[ast.AST]) -> ast.Call | None:
    """The call that is all of a body: given back, or kept in a name that is given back."""
    if not parts:
        return None
    *kept, last = parts
    value = last.value if isinstance(last, (ast.Return, ast.Expr)) else last
    if len(kept) == 1 and isinstance(kept[0], ast.Assign | ast.AnnAssign) and isinstance(value, ast.Name):
        target = targets_of(kept[0])[0]
        value = kept[0].value if isinstance(target, ast.Name) and target.id == value.id else None
    elif kept:
        return None
    value = value.value if isinstance(value, ast.Await) else value
    return value if isinstance(value, ast.Call) else None


def _arguments(call: ast.Call) -> list[ast.expr]:
    """What a call gives, taken out of what is around it."""
    found: list[ast.expr] = []
    pending = [*call.args, *(keyword.value for keyword in call.keywords)]
    while pending:
        each = pending.pop()
        if isinstance(each, ast.Starred):
            pending.append(each.value)
        elif isinstance(each, ast.Tuple | ast.List):
            pending += each.elts
        else:
            found.append(each)
    return found
