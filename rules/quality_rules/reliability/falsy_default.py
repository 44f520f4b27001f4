"""The rule falsy-default."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, targets_of, with_defaults
from quality_rules._called import is_none

if TYPE_CHECKING:
    from quality.model import FunctionNode


class FalsyDefault(AstRule):
    """Zero is taken for a missing value.

    ## What it does
    Reports `limit = limit or 10` and `if not limit: limit = 10` for a parameter, when the default written
    there is a number other than zero.

    Texts, lists and other defaults, where an empty value may well mean none, are fine.

    ## Why is this bad
    Who passes 0 means it: no retries, no delay, an empty page. The function takes it for nothing and uses
    its default without a word.

    ## Example
    ```python
    def fetch(url, retries=None):
        retries = retries or 3
        return call(url, retries)
    ```

    ## Use instead
    ```python
    def fetch(url, retries=None):
        if retries is None:
            retries = 3
        return call(url, retries)
    ```

    ## References
    - [Python documentation: truth value testing](https://docs.python.org/3/library/stdtypes.html#truth-value-testing)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    confidence = Confidence.LOW
    needs = frozenset({ast.BoolOp, ast.UnaryOp})

    VALID = (
        Valid("def f(names=None):\n    names = names or []", "A list"),
        Valid("def f(count=None):\n    count = count or 0", "Zero stays zero"),
        Valid("def f(n=None):\n    n = 3 if n is None else n", "None alone"),
    )
    INVALID = (
        Invalid(
            "def page(rows, size=None):\n    return rows[: (size or 20)]",
            ("2:20-2:30 size or 20 takes 0 for a missing value: ask for 'size is None'",),
        ),
        Invalid(
            "def wait(seconds=None):\n    if not seconds:\n        seconds = 1.5\n    sleep(seconds)",
            ("2:8-2:19 not seconds takes 0 for a missing value: ask for 'seconds is None'",),
        ),
    )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        name, default = node.values[0], node.values[-1]
        if isinstance(node.op, ast.Or) and len(node.values) == 2 and _is_number(default):  # noqa: PLR2004
            self._check(node, name)

    def visit_If(self, node: ast.If) -> None:
        test, first = node.test, node.body[0]
        if not isinstance(test, ast.UnaryOp) or not isinstance(test.op, ast.Not) or node.orelse:
            return
        if isinstance(first, ASSIGNMENTS) and len(node.body) == 1 and _is_number(first.value):
            target = targets_of(first)[0]
            if (
                isinstance(target, ast.Name)
                and isinstance(test.operand, ast.Name)
                and target.id == test.operand.id
            ):
                self._check(test, test.operand)

    def _check(self, node: ast.expr, name: ast.expr) -> None:
        function = self.facts.function(node)
        if function is None or not isinstance(name, ast.Name):
            return
        default = _default(function, name.id)
        missing = is_none(default)
        if missing and self._is_unbound_before(function, name):
            shown = ast.unparse(node)
            self.report(node, f"{shown} takes 0 for a missing value: ask for '{name.id} is None'")

    def _is_unbound_before(self, function: FunctionNode, name: ast.Name) -> bool:
        stores = self.facts.names(function).stores.get(name.id)
        return not stores or stores[0].lineno >= name.lineno


def _is_number(node: ast.AST | None) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value != 0
    )


def _default(function: FunctionNode, name: str) -> ast.expr | None:
    """The default of a parameter."""
    pairs = with_defaults(function.args)
    return next((default for argument, default in pairs if argument.arg == name), None)
