"""The rule misleading-name."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import (
    SCOPES,
    AstRule,
    Invalid,
    Valid,
    body_of,
    decorators,
    is_placeholder,
    parameters,
    same_code,
)

if TYPE_CHECKING:
    from quality.model import FunctionNode

_GETTER = re.compile(r"_?(get|find|fetch)_\w+")
#: What raises unless it is so.
_DEMAND = re.compile(r"_?should_")
_QUESTION = re.compile(r"_?(is|has|can|should)_\w+")
_ANSWERLESS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Tuple, ast.JoinedStr)
_NO_ANSWERS = ("int", "float", "str", "bytes", "list", "dict", "set", "tuple")
_YIELDS = frozenset({ast.Yield, ast.YieldFrom})
#: Decorators that leave to the function what it returns.
_PLAIN = frozenset(
    {"staticmethod", "classmethod", "property", "cached_property", "cache", "lru_cache", "override"}
)


class MisleadingName(AstRule):
    """A function does something else than its name says.

    ## What it does
    Reports functions called `get_…`, `find_…` or `fetch_…` that never return anything, and those called
    `is_…`, `has_…` or `can_…` that return no truth value, as the text or the annotation shows, or that set attributes of `self` which callers see.
    So are those called `get_…` that change by what they are given the very attribute which they are named after.

    Methods of a class with a base, whose name may be given, decorated functions, which may return something else, and
    caches (`self._name`) are fine.

    ## Why is this bad
    Callers read the name and not the body. Who asks a question does not expect that the answer is a list, or that
    asking changes something.

    ## Example
    ```python
    class Door:
        def is_open(self):
            self.checks = self.checks + 1
            self.state = self.sensor.read()
            return self.state > 0
    ```

    ## Use instead
    ```python
    class Door:
        def read_sensor(self):
            self.checks = self.checks + 1
            self.state = self.sensor.read()

        def is_open(self):
            return self.state > 0
    ```

    ## References
    - [Refactoring: separate query from modifier](https://refactoring.com/catalog/separateQueryFromModifier.html)
    """

    dimension = "clarity"
    confidence = Confidence.MEDIUM
    effort = 5

    VALID = (
        Valid("def get_name(user):\n    return user.name"),
        Valid(
            "class A:\n    def get_id(self):\n        self.id += 1\n        return self.id",
            "A new one each time",
        ),
        Valid("def is_open(door) -> TypeGuard[Open]:\n    return door.open"),
        Valid("def has_name(user) -> 'Answer':\n    return user.name"),
        Valid(
            "def should_be_text(x):\n    if not isinstance(x, str):\n        raise TypeError(x)", "A demand"
        ),
        Valid("def get_name(user):\n    raise NotImplementedError"),
        Valid(
            "class A:\n    def is_big(self):\n        if self._big is None:\n            self._big = check(self)\n        return self._big",
            "A cache",
        ),
    )
    INVALID = (
        Invalid(
            "class A:\n    def get_balance(self, fee):\n        self.balance = self.balance - fee\n        return self.balance",
            ("2:5-2:32 get_balance() changes self.balance: say so, or ask and change in two methods",),
        ),
        Invalid(
            "def is_empty(items) -> int:\n    return items.count",
            ("1:1-1:28 is_empty() answers no question: return a bool, or rename it",),
        ),
        Invalid(
            "def get_names(users):\n    for user in users:\n        print(user.name)",
            ("1:1-1:22 get_names() gets nothing: return it, or say what it does",),
        ),
        Invalid(
            "def is_valid(row):\n    return [cell for cell in row]",
            ("1:1-1:19 is_valid() answers no question: return a bool, or rename it",),
        ),
        Invalid(
            "class A:\n    def has_next(self):\n        self.at += 1\n        return self.at < 3",
            ("2:5-2:24 has_next() changes self.at: ask and change in two methods",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        getter, question = _GETTER.fullmatch(function.name), _QUESTION.fullmatch(function.name)
        if not (getter or question) or set(decorators(function)) - _PLAIN or self._is_given(function):
            return
        inside = self._own_nodes(function)
        if any(type(node) in _YIELDS for node in inside) or _is_stub(function):
            return
        returns = [node for node in inside if isinstance(node, ast.Return)]
        values = [node.value for node in returns if node.value is not None]
        if (
            not values
            and _DEMAND.match(function.name)
            and any(isinstance(node, ast.Raise) for node in inside)
        ):
            return
        if not values:
            verb = function.name.strip("_").partition("_")[0]
            what = "answers nothing: return a bool, or rename it"
            if getter:
                ending = "es" if verb == "fetch" else "s"
                what = f"{verb}{ending} nothing: return it, or say what it does"
            self.report(function, f"{function.name}() {what}")
        elif getter and not question:
            self._check_getter(function, inside)
        elif question and (
            self._says_otherwise(function) or all(isinstance(value, _ANSWERLESS) for value in values)
        ):
            self.report(function, f"{function.name}() answers no question: return a bool, or rename it")
        elif question:
            self._check_changes(function, inside)

    def _says_otherwise(self, function: FunctionNode) -> bool:
        """Tells whether the annotation names a builtin type that is no answer to a question."""
        says = function.returns
        outer = says.value if isinstance(says, ast.Subscript) else says
        return outer is not None and self.facts.is_builtin(outer, *_NO_ANSWERS)

    def _check_changes(self, function: FunctionNode, inside: list[ast.AST]) -> None:
        for node in inside:
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                own = isinstance(node.value, ast.Name) and node.value.id == "self"
                if own and not node.attr.startswith("_"):
                    self.report(
                        function, f"{function.name}() changes self.{node.attr}: ask and change in two methods"
                    )
                    return

    def _check_getter(self, function: FunctionNode, inside: list[ast.AST]) -> None:
        """A method that changes what it is named after: who gets twice gets something else."""
        named = f"self.{function.name.strip('_').partition('_')[2]}"
        for node in inside:
            target: ast.expr
            if isinstance(node, ast.AugAssign):
                target, parts = node.target, self.facts.within(node.value)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp):
                target, parts = node.targets[0], self.facts.within(node.value)
                if not any(same_code(part, target) for part in parts):
                    continue
            else:
                continue
            given = {part.id for part in parts if isinstance(part, ast.Name)} & set(parameters(function)[1:])
            if isinstance(target, ast.Attribute) and given and ast.unparse(target) == named:
                self.report(
                    function, f"{function.name}() changes {named}: say so, or ask and change in two methods"
                )
                return

    def _is_given(self, function: FunctionNode) -> bool:
        owner = self.facts.class_of(function)
        return owner is not None and bool(owner.bases or owner.keywords)

    def _own_nodes(self, function: FunctionNode) -> list[ast.AST]:
        """What is inside a function but not inside another in it."""
        inside = self.facts.within(function)[1:]
        scopes = [node for node in inside if isinstance(node, SCOPES)]
        if not scopes:
            return inside
        nested = {node for scope in scopes for node in self.facts.within(scope)}
        return [node for node in inside if node not in nested]


def _is_stub(function: FunctionNode) -> bool:
    """Tells whether a body does nothing, or ends in an error."""
    body = body_of(function)
    return not body or isinstance(body[-1], ast.Raise) or is_placeholder(body[-1])
