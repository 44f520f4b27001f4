"""The rule hidden-state."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence, is_function, is_special
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, dotted_name, root_name, targets_of
from quality_rules._called import is_called

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

_CHANGING = re.compile(
    r"append|add|update|pop|popitem|clear|extend|setdefault|remove|insert|discard|appendleft|sort|reverse"
)
#: What is kept on purpose, and changes no result.
_KEPT = re.compile(
    r".*(cache|memo|registry|registered|handlers|plugins|lock|seen|warned|hooks|factories).*", re.IGNORECASE
)


class HiddenState(AstRule):
    """Functions share a variable of the module.

    ## What it does
    Reports a list, dictionary or set of the module that two functions or more change, and a function that sets attributes of
    a class of the module by its name: they are variables of the module in other clothes.

    Caches, registries, a container that one function fills, and what the methods of a class set of it are fine. (`global` is
    pylint's `global-statement`.)

    ## Why is this bad
    What a function returns depends on who called what before. Tests disturb each other, two users cannot have two of
    them, and threads race. Make it an attribute of a class, or pass it on.

    ## Example
    ```python
    accounts = {}

    def open_account(name):
        accounts[name] = 0

    def deposit(name, amount):
        accounts[name] += amount
    ```

    ## Use instead
    ```python
    class Bank:
        def __init__(self):
            self.accounts = {}

        def open_account(self, name):
            self.accounts[name] = 0

        def deposit(self, name, amount):
            self.accounts[name] += amount
    ```

    ## References
    - [Refactoring: encapsulate variable](https://refactoring.com/catalog/encapsulateVariable.html)
    """

    dimension = "structure"
    confidence = Confidence.LOW
    effort = 30

    VALID = (
        Valid("NAMES = []\n\ndef f(x):\n    return x in NAMES\n\ndef g(x):\n    NAMES.append(x)"),
        Valid("_cache = {}\n\ndef f(x):\n    _cache[x] = 1\n\ndef g():\n    _cache.clear()", "A cache"),
        Valid(
            "rows = []\n\ndef f(x):\n    rows = []\n    rows.append(x)\n\ndef g(rows):\n    rows.pop()",
            "Other variables",
        ),
        Valid(
            "class Plan:\n    made = 0\n\n    def __init__(self):\n        Plan.made += 1\n        self.number = Plan.made",
            "Its own methods",
        ),
        Valid("def f(Held):\n    Held.x = 1\n\nclass Held:\n    x = 0", "A parameter"),
        Valid("class A:\n    seen = 0\n\ndef f():\n    A.seen = 1", "It is kept on purpose"),
    )
    INVALID = (
        Invalid(
            "rows = []\n\ndef f(x):\n    rows.append(x)\n\ndef g():\n    del rows[0]",
            ("1:1-1:5 rows is changed by f(), g(): make it an attribute of a class, or pass it on",),
        ),
        Invalid(
            """
            class Held:
                pass

            def last(rows):
                for row in rows:
                    Held.row = row
                return Held.row
            """,
            ("6:9-6:17 last() keeps Held.row for all that call it: use a local name, or an object",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is a class, or a name that the module gives to something."""
        named = any(isinstance(each, ASSIGNMENTS) for each in facts.module_statements)
        return named or bool(facts.of(ast.ClassDef))

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if self.source.role == "test" or self.facts.function(function) is not None:
            return
        names, owner = self.facts.names(function), self.facts.class_of(function)
        own = {*names.parameters, *names.stores, owner.name if owner else ""}
        classes = self.facts.derived(_classes)
        for node in self.facts.within(function) if classes else ():
            if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
                kept = dotted_name(node)
                meant = is_special(node.attr) or _KEPT.fullmatch(node.attr)
                root = root_name(node)
                if root in classes and root not in own and kept.count(".") == 1 and not meant:
                    message = (
                        f"{function.name}() keeps {kept} for all that call it: use a local name, or an object"
                    )
                    self.report(node, message, confidence=Confidence.HIGH)
                    return

    def visit_Module(self, _: ast.Module) -> None:
        statements = self.facts.module_statements
        shared = {
            target.id: target
            for statement in statements
            if isinstance(statement, ASSIGNMENTS) and _is_container(statement.value)
            for target in targets_of(statement)
            if isinstance(target, ast.Name) and not _KEPT.fullmatch(target.id)
        }
        if not shared:
            return
        changes: dict[str, list[str]] = {name: [] for name in shared}
        for statement in statements:
            for function in [statement] if is_function(statement) else self._methods(statement):
                for name in self._changed(function, shared):
                    changes[name].append(f"{function.name}()")
        for name, functions in changes.items():
            if len(functions) > 1:
                shown = ", ".join(functions[:4])
                self.report(
                    shared[name],
                    f"{name} is changed by {shown}: make it an attribute of a class, or pass it on",
                )

    def _methods(self, statement: ast.stmt) -> list[FunctionNode]:
        return [s for s in statement.body if is_function(s)] if isinstance(statement, ast.ClassDef) else []

    def _changed(self, function: FunctionNode, shared: dict[str, ast.Name]) -> list[str]:
        """The shared names that a function changes and does not bind itself."""
        names = self.facts.names(function)
        own = {*names.parameters, *names.stores} - names.shared
        return [
            name
            for name, uses in names.loads.items()
            if name in shared and name not in own and any(self._changes(use) for use in uses)
        ]

    def _changes(self, use: ast.Name) -> bool:
        above = self.facts.parent(use)
        if isinstance(above, ast.Subscript) and above.value is use:
            return not isinstance(above.ctx, ast.Load)
        if isinstance(above, ast.Attribute) and _CHANGING.fullmatch(above.attr):
            return is_called(self.facts, above)
        return isinstance(above, ast.AugAssign) and above.target is use


def _classes(facts: Facts) -> frozenset[str]:
    """The names of the classes that no function defines."""
    return frozenset(node.name for node in facts.of(ast.ClassDef) if facts.function(node) is None)


def _is_container(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in {
            "list",
            "dict",
            "set",
            "defaultdict",
            "deque",
        }
    return isinstance(value, ast.List | ast.Dict | ast.Set)
