"""The rule error-beside-value."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._asked import has_several_answers
from quality_rules._called import is_none
from quality_rules._kinds import beginning_of_text, is_error_text

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

_PAIR = 2
#: A code that stands for an error.
_CODE = re.compile(r"err(or)?[ _-]?\d+", re.IGNORECASE)
#: Methods that make a text of one.
_TEXT_METHODS = frozenset(dir(str)) - frozenset(dir(list)) - {"encode", "split", "splitlines", "isdigit"}


class ErrorBesideValue(AstRule):
    """A function returns its error beside its value, or in its place.

    ## What it does
    Reports functions that return `None` with the text of an error, and otherwise a value with `None` in its place; and
    functions that return a text such as `"Error: no such user"` or `"ERROR2"` where they otherwise return something else. So are those
    that return several numbers below zero (`-1`, `-2`), each after a question, and otherwise none that is written and above zero.

    Functions that make texts, of which one says that something is wrong, and those that a decorator makes something of,
    are fine.

    ## Why is this bad
    Every caller has to look for the error and hand it on, and one that forgets to goes on with None. An exception goes to
    whoever can do something about it, with the place where it happened.

    ## Example
    ```python
    def load(name, registry):
        if name not in registry:
            return None, "unknown plugin"
        return registry[name].create(), None
    ```

    ## Use instead
    ```python
    def load(name, registry):
        if name not in registry:
            raise PluginError(f"unknown plugin {name}")
        return registry[name].create()
    ```

    ## References
    - [Refactoring: replace error code with exception](https://refactoring.com/catalog/replaceErrorCodeWithException.html)
    """

    dimension = "structure"
    confidence = Confidence.MEDIUM
    effort = 20

    asks = (has_several_answers,)

    VALID = (
        Valid(
            "def f(x):\n    if x < 3:\n        return -2\n    if x < 5:\n        return -1\n    return 1",
            "Numbers on both sides of zero",
        ),
        Valid("def f(x):\n    if x:\n        return None, None\n    return x, None", "No text of an error"),
        Valid(
            "def f(x):\n    if x:\n        return None, 'name'\n    return x, 'name'", "The text is a value"
        ),
        Valid(
            "def f(x):\n    if not x:\n        return 'Error: no x'\n    return f'x is {x}'",
            "It makes a text",
        ),
        Valid("def f(x) -> str:\n    if not x:\n        return 'Error: no x'\n    return x", "So it says"),
        Valid(
            "def f(x):\n    if x > 2:\n        return 'error'\n    return levels[x]", "The name of a level"
        ),
        Valid(
            "@app.get('/')\ndef f(x):\n    if not x:\n        return 'Error: no x'\n    return x", "An answer"
        ),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    if not x:\n        return None, 'empty'\n    if x > 3:\n        return None, f'{x} is too many'\n    return x, None",
            ("1:1-1:10 f() returns its error beside its value: raise an exception",),
        ),
        Invalid(
            "def f(x, y):\n    if y == 0:\n        return 'Error: division by zero'\n    return x / y",
            ("1:1-1:13 f() returns its error in place of its value: raise an exception",),
        ),
        Invalid(
            "def f(x):\n    if not x:\n        return 'Invalid input'\n    return x.load()",
            ("1:1-1:10 f() returns its error in place of its value: raise an exception",),
        ),
        Invalid(
            "def f(x):\n    if not x:\n        return 'ERROR_1'\n    return 'order ' + x.name",
            ("1:1-1:10 f() returns its error in place of its value: raise an exception",),
        ),
        Invalid(
            "def f(a, x):\n    if x <= 0:\n        return -1\n    if x > a.sum:\n        return -2\n    a.sum -= x\n    return 0",
            ("1:1-1:13 f() returns numbers for its errors: raise exceptions",),
        ),
        Invalid(
            "def f(x):\n    if not x:\n        return 'empty', None\n    return None, g(x)",
            ("1:1-1:10 f() returns its error beside its value: raise an exception",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        self._report_texts()
        failed: set[tuple[FunctionNode, int]] = set()
        worked: set[tuple[FunctionNode, int]] = set()
        for node in self.facts.of(ast.Return):
            pair = node.value.elts if isinstance(node.value, ast.Tuple) else []
            function = self.facts.function(node) if len(pair) == _PAIR else None
            if function is None:
                continue
            for place in (0, 1):
                value, error = pair[place], pair[1 - place]
                if is_none(value) and _is_text(error):
                    failed.add((function, place))
                elif is_none(error) and not is_none(value) and not _is_text(value):
                    worked.add((function, place))
        for function, _ in sorted(failed & worked, key=lambda found: found[0].lineno):
            self.report(function, f"{function.name}() returns its error beside its value: raise an exception")

    def _report_texts(self) -> None:
        """Reports functions that return the text of an error in place of a value."""
        values: dict[FunctionNode, list[ast.expr]] = {}
        for node in self.facts.of(ast.Return):
            function = self.facts.function(node)
            if function is not None and node.value is not None:
                values.setdefault(function, []).append(self.facts.only_value(node.value))
        for function, returned in values.items():
            if _has_codes(returned):
                self.report(function, f"{function.name}() returns numbers for its errors: raise exceptions")
                continue
            wrong = any(map(is_error_text, returned))
            coded = any(_CODE.fullmatch(beginning_of_text(value)) for value in returned) and not all(
                map(_is_text, returned)
            )
            other = any(not _makes_text(self.facts, value) and not is_none(value) for value in returned)
            if (coded or (wrong and other)) and _is_plain(function):
                self.report(
                    function, f"{function.name}() returns its error in place of its value: raise an exception"
                )


def _has_codes(returned: list[ast.expr]) -> bool:
    """Tells whether several numbers below zero are among what is returned, which are no other side of numbers above it."""
    below: set[int] = set()
    for value in returned:
        match value:
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
                below.add(number)
            case ast.Constant(value=int(number)) if number > 0 and not isinstance(number, bool):
                return False
    return len(below) > 1


def _is_plain(function: FunctionNode) -> bool:
    """Tells whether nothing around a function changes what it gives, and it does not say that it gives a text."""
    return not function.decorator_list and "str" not in ast.unparse(function.returns or ast.Constant(None))


def _makes_text(facts: Facts, node: ast.expr) -> bool:
    """Tells whether an expression is a text, as far as can be seen."""
    if isinstance(node, ast.IfExp):
        return _makes_text(facts, node.body) or _makes_text(facts, node.orelse)
    if isinstance(node, ast.BinOp):
        return _makes_text(facts, node.left) or _makes_text(facts, node.right)
    if isinstance(node, ast.Call):
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        return facts.is_builtin(node.func, "str", "repr", "format") or method in _TEXT_METHODS
    return _is_text(node)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
