"""The rule mixed-returns."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, is_special
from quality.rules import AstRule, Invalid, Valid, is_text
from quality_rules._asked import has_several_answers
from quality_rules._flow import answers_requests
from quality_rules._kinds import is_error_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode

#: Node → what a caller gets.
_KINDS: dict[type[ast.AST], str] = {
    **dict.fromkeys([ast.List, ast.ListComp], "list"),
    **dict.fromkeys([ast.Dict, ast.DictComp], "dict"),
    **dict.fromkeys([ast.Set, ast.SetComp], "set"),
    ast.Tuple: "tuple",
    ast.Compare: "bool",
    ast.Lambda: "function",
}
_CONSTANTS = {bool: "bool", int: "number", float: "number", complex: "number", str: "text", bytes: "bytes"}
_CONSTRUCTORS = {
    **{name: name for name in ("list", "dict", "set", "tuple", "bool", "bytes")},
    **dict.fromkeys(["int", "float", "len", "sum"], "number"),
    "sorted": "list",
}
#: Kinds that callers can use alike, or that follow the type of an argument.
_ALIKE = ({"list", "tuple"}, {"bytes", "text"}, {"list", "set"}, {"bool", "number"})
#: Kinds from which a function is one that converts values, and returns what it is given.
_CONVERTER = 3

#: What says that there is no answer.
_REFUSALS = frozenset({"False", "-1"})
#: Answers that are no truth values by what they are made of.
_VALUES = (ast.Attribute, ast.Subscript, ast.BinOp, ast.Name, ast.JoinedStr)


class MixedReturns(AstRule):
    """A function returns now one type, now another.

    ## What it does
    Reports functions that return, for example, a text in one place and a number or a list in another, and those that say
    now by `False` and now by `-1` that there is no answer.

    `None` beside one type, answers to requests, the text of an error, which is `error-beside-value`, converters that return many types, and functions that ask for the type of an argument with
    `isinstance` are fine.

    ## Why is this bad
    Every caller must look at the type before it can use the result, and those that forget fail far away.

    ## Example
    ```python
    def find_rows(table, key):
        if key not in table:
            return False
        return [row for row in table[key] if row]
    ```

    ## Use instead
    ```python
    def find_rows(table, key):
        return [row for row in table.get(key, []) if row]
    ```
    """

    dimension = "clarity"
    confidence = Confidence.MEDIUM
    effort = 10

    asks = (has_several_answers,)

    VALID = (
        Valid("def f(x):\n    if x:\n        return [x]\n    return None"),
        Valid("def f(x):\n    if x:\n        return 1\n    return 0.5"),
        Valid(
            "def f(x):\n    if isinstance(x, dict):\n        return {k: f(v) for k, v in x.items()}\n    return [f(v) for v in x]",
            "The result follows the argument",
        ),
        Valid(
            "@app.post('/login')\ndef login():\n    if not known():\n        return 'who are you?', 401\n    return 'welcome'",
            "An answer to a request",
        ),
        Valid(
            "def f(x):\n    if not x:\n        return 'Error: no x'\n    return [x]",
            "The text of an error, which another rule reports",
        ),
        Valid("def __eq__(self, o):\n    if o:\n        return 1\n    return 'x'", "A special method"),
    )
    INVALID = (
        Invalid(
            "def gate(flight):\n    if not flight:\n        return -1\n    if flight.late:\n        return False\n    return flight.gate",
            (
                "3:9-3:18 gate() returns -1 here and False elsewhere when it has no answer: raise, or return one",
            ),
        ),
        Invalid(
            "def f(x):\n    if not x:\n        return False\n    return [x]",
            ("3:9-3:21 f() returns bool here and list elsewhere: return one type, or raise",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if is_special(function.name):
            return
        if answers_requests(function, self.facts.class_of(function)):
            return  # a framework takes a text, a dictionary, or a tuple with the status, and makes an answer of each
        returns = list(self._returns(function))
        if len(returns) < 2 or len({kind for _, kind in returns}) < 2:  # noqa: PLR2004
            return
        self._check_refusals(function, returns)
        known = [(node, kind) for node, kind in returns if kind]
        kinds = list(dict.fromkeys(kind for _, kind in known))
        if self._follows_type(function):
            return
        if 1 < len(kinds) < _CONVERTER and set(kinds) not in _ALIKE:
            node = next(node for node, kind in known if kind == kinds[0])
            self.report(
                node,
                f"{function.name}() returns {kinds[0]} here and {kinds[1]} elsewhere: return one type, or raise",
            )

    def _check_refusals(self, function: FunctionNode, returns: list[tuple[ast.Return, str]]) -> None:
        """Two ways to say that there is nothing, beside a value that is no truth value."""
        written = [(node, ast.unparse(node.value)) for node, _ in returns if node.value is not None]
        refusals = {text: node for node, text in reversed(written) if text in _REFUSALS}
        values = [node for node, _ in returns if isinstance(node.value, _VALUES)]
        if len(refusals) > 1 and values:
            first, second = list(reversed(refusals))[:2]
            self.report(
                refusals[first],
                f"{function.name}() returns {first} here and {second} elsewhere when it has no answer: raise, or return one",
            )

    def _follows_type(self, function: FunctionNode) -> bool:
        """Tells whether a function asks for the type of one of its parameters, which its result may follow."""
        names = self.facts.names(function)
        return any(
            isinstance(call := self.facts.parent(load), ast.Call)
            and self.facts.is_builtin(call.func, "isinstance")
            for name in names.parameters
            for load in names.loads.get(name, ())
        )

    def _returns(self, function: FunctionNode) -> Iterator[tuple[ast.Return, str]]:
        """The function's own returns, each with the kind of its value when that is clear.

        Left out are those of None and of the text of an error.
        """
        for node in self.facts.inside(function, ast.Return):
            if self.facts.function(node) is not function:
                continue
            if node.value is None or is_error_text(node.value):
                continue
            if not (isinstance(node.value, ast.Constant) and node.value.value in {None, ...}):
                yield node, _kind(node.value)


def _kind(value: ast.expr) -> str:
    """What an expression is for certain; the empty string when that is not clear."""
    if isinstance(value, ast.Constant):
        return _CONSTANTS.get(type(value.value), "")
    if isinstance(value, ast.UnaryOp):
        return "bool" if isinstance(value.op, ast.Not) else _kind(value.operand)
    if is_text(value):
        return "text"
    if isinstance(value, ast.Call):
        if len(value.args) > 1 and getattr(value.func, "id", "") == "sum":
            return ""  # it has the kind of what it begins with
        return _CONSTRUCTORS.get(value.func.id, "") if isinstance(value.func, ast.Name) else ""
    return _KINDS.get(type(value), "")
