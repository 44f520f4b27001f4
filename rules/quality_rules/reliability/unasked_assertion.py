"""The rule unasked-assertion."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, root_name

#: What waits for an error or a warning → the arguments that it needs for that.
_EXPECTING = {
    "raises": 1,
    "warns": 1,
    "assertRaises": 1,
    "assertWarns": 1,
    "assertRaisesRegex": 2,
    "assertWarnsRegex": 2,
}


class UnaskedAssertion(AstRule):
    """An error is expected, and nothing is there to raise it.

    ## What it does
    Reports `pytest.raises(…)`, `self.assertRaises(…)` and the like as statements of their own, without something to call.

    Those that are entered by `with`, kept, or given a function, are fine.

    ## Why is this bad
    The context manager that nobody enters waits for no error. The test passes whatever the program does.

    ## Example
    ```python
    def test_refuses_text():
        pytest.raises(ValueError)
        parse("x")
    ```

    ## Use instead
    ```python
    def test_refuses_text():
        with pytest.raises(ValueError):
            parse("x")
    ```

    ## References
    - [Python documentation: assertRaises](https://docs.python.org/3/library/unittest.html#unittest.TestCase.assertRaises)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = frozenset(_EXPECTING)

    VALID = (
        Valid(
            "def test_f(self):\n    with pytest.raises(ValueError):\n        f(1)\n    self.assertRaises(ValueError, f, 1)"
        ),
        Valid("def test_f():\n    expected = pytest.raises(ValueError)\n    with expected:\n        f(1)"),
        Valid("def f(stack):\n    stack.enter_context(pytest.raises(ValueError))\n    rows.raises(1)"),
    )
    INVALID = (
        Invalid(
            "class FTest(TestCase):\n    def test_f(self):\n        self.assertRaises(KeyError)\n        self.assertWarnsRegex(UserWarning, 'a')\n        pytest.raises(KeyError, match='a')\n        f(1)",
            (
                "3:9-3:36 nobody enters this, so nothing is waited for: write with, and the call under it",
                "4:9-4:48 nobody enters this, so nothing is waited for: write with, and the call under it",
                "5:9-5:43 nobody enters this, so nothing is waited for: write with, and the call under it",
            ),
        ),
    )

    def visit_Expr(self, statement: ast.Expr) -> None:
        call = statement.value
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return
        alone = len(call.args) == _EXPECTING.get(call.func.attr, -1)
        if alone and root_name(call.func) in {"pytest", "self"} and not _calls(call):
            self.report(
                call, "nobody enters this, so nothing is waited for: write with, and the call under it"
            )


def _calls(call: ast.Call) -> bool:
    return any(each.arg in {"callable", "func"} for each in call.keywords)
