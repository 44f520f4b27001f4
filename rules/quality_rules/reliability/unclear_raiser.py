"""The rule unclear-raiser."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXPECTING = frozenset({"raises", "warns", "deprecated_call", "assertRaises", "assertWarns"})
_OWNERS = frozenset({"pytest", "self"})


class UnclearRaiser(AstRule):
    """A test does not say which step is to fail.

    ## What it does
    Reports `with pytest.raises(…)`, `pytest.warns(…)` and `self.assertRaises(…)` around several statements that call
    something.

    Blocks with one such statement, or that say with `match` which error is meant, are fine.

    ## Why is this bad
    The test passes, too, when a step that only prepares the last one raises the error, and nothing behind that step runs.

    ## Example
    ```python
    def test_refuses_overdraft():
        with pytest.raises(ValueError):
            account = open_account(balance=10)
            account.withdraw(20)
    ```

    ## Use instead
    ```python
    def test_refuses_overdraft():
        account = open_account(balance=10)
        with pytest.raises(ValueError):
            account.withdraw(20)
    ```

    ## References
    - [pytest documentation: assertions about expected exceptions](https://docs.pytest.org/en/stable/how-to/assert.html#assertions-about-expected-exceptions)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 5
    needs = _EXPECTING

    VALID = (
        Valid("def test_f():\n    with pytest.raises(ValueError):\n        f(1)\n    assert g(1)"),
        Valid("def test_f():\n    with pytest.raises(ValueError):\n        x = 1\n        f(x)", "One call"),
        Valid(
            "def test_f():\n    with pytest.raises(ValueError, match='no row'):\n        f(1)\n        g(1)"
        ),
        Valid(
            "def test_f():\n    with pytest.raises(ValueError):\n        with g():\n            f(1)",
            "One block",
        ),
        Valid(
            "def test_f():\n    with pytest.raises(ValueError):\n        f(lambda: g(1))\n        pytest.fail('nothing was raised')"
        ),
        Valid("def f(rows):\n    with rows.warns(1):\n        f(1)\n        g(1)", "Something else"),
    )
    INVALID = (
        Invalid(
            "def test_f():\n    with pytest.warns(UserWarning):\n        g(1)\n        f(1)",
            ("2:10-2:35 any of 2 steps may be what fails here: leave only the one that is meant to",),
        ),
        Invalid(
            "class FTest(TestCase):\n    def test_f(self):\n        with self.assertRaises(KeyError) as caught:\n            row = g(1)\n            f(row)\n            h()",
            ("3:14-3:41 any of 3 steps may be what fails here: leave only the one that is meant to",),
        ),
    )

    def visit_With(self, node: ast.With | ast.AsyncWith) -> None:
        expecting = [item.context_expr for item in node.items if self._expects(item.context_expr)]
        calling = self._calling(node.body) if expecting else []
        if len(calling) > 1:
            self.report(
                expecting[0],
                f"any of {len(calling)} steps may be what fails here: leave only the one that is meant to",
            )

    def _expects(self, call: ast.expr) -> bool:
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return False
        named = call.func.attr in _EXPECTING and last_word(call.func.value) in _OWNERS
        return named and all(keyword.arg not in {"match", "check"} for keyword in call.keywords)

    def _calling(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        """The statements that call something, those aside that say that nothing failed before them."""
        return [each for each in body if self._calls(each) and not _says_so(each)]

    def _calls(self, statement: ast.stmt) -> bool:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            return bool(statement.decorator_list)  # its body does not run yet
        return bool(self.facts.inside(statement, ast.Call))


def _says_so(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and last_word(call.func) == "fail"
