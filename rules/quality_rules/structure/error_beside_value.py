"""The rule error-beside-value."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

_PAIR = 2


class ErrorBesideValue(AstRule):
    """A function returns its error beside its value.

    ## What it does
    Reports functions that return `None` with the text of an error, and otherwise a value with `None` in its place.

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

    VALID = (
        Valid("def f(x):\n    if x:\n        return None, None\n    return x, None", "No text of an error"),
        Valid(
            "def f(x):\n    if x:\n        return None, 'name'\n    return x, 'name'", "The text is a value"
        ),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    if not x:\n        return None, 'empty'\n    if x > 3:\n        return None, f'{x} is too many'\n    return x, None",
            ("1:1-1:10 f() returns its error beside its value: raise an exception",),
        ),
        Invalid(
            "def f(x):\n    if not x:\n        return 'empty', None\n    return None, g(x)",
            ("1:1-1:10 f() returns its error beside its value: raise an exception",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return len(facts.of(ast.Return)) > 1 and bool(facts.of(ast.Tuple))

    def visit_Module(self, module: ast.Module) -> None:
        del module
        failed: set[tuple[FunctionNode, int]] = set()
        worked: set[tuple[FunctionNode, int]] = set()
        for node in self.facts.of(ast.Return):
            pair = node.value.elts if isinstance(node.value, ast.Tuple) else []
            function = self.facts.function(node) if len(pair) == _PAIR else None
            if function is None:
                continue
            for place in (0, 1):
                value, error = pair[place], pair[1 - place]
                if _is_none(value) and _is_text(error):
                    failed.add((function, place))
                elif _is_none(error) and not _is_none(value) and not _is_text(value):
                    worked.add((function, place))
        for function, _ in sorted(failed & worked, key=lambda found: found[0].lineno):
            self.report(function, f"{function.name}() returns its error beside its value: raise an exception")


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
