"""The rule expected-as-message."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, is_literal, is_text

_ASKING = frozenset({"assertTrue", "assertFalse", "assertIsNone", "assertIsNotNone"})


class ExpectedAsMessage(AstRule):
    """What a test expects is taken for a message.

    ## What it does
    Reports `assertTrue`, `assertFalse`, `assertIsNone` and `assertIsNotNone` with a second argument that is a number, a
    display, True, False or None.

    Texts, and names, calls and tuples of them, which may be messages, are fine.

    ## Why is this bad
    The second argument is what the test says when it fails. Nothing is compared with it: the test passes for every value that
    is true.

    ## Example
    ```python
    class TotalTest(unittest.TestCase):
        def test_total(self):
            self.assertTrue(total([1, 2]), 3)
    ```

    ## Use instead
    ```python
    class TotalTest(unittest.TestCase):
        def test_total(self):
            self.assertEqual(total([1, 2]), 3)
    ```

    ## References
    - [Python documentation: assertTrue](https://docs.python.org/3/library/unittest.html#unittest.TestCase.assertTrue)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    needs = _ASKING

    VALID = (
        Valid(
            "def test_f(self):\n    self.assertTrue(f(1), 'no row')\n    self.assertTrue(f(1), f'no {row}')\n    self.assertFalse(f(1), text)"
        ),
        Valid("def test_f(self):\n    self.assertTrue(a < b, (a, b))", "It shows both"),
        Valid("def test_f(self):\n    self.assertEqual(f(1), 3)\n    self.assertTrue(f(1))"),
    )
    INVALID = (
        Invalid(
            "def test_f(self):\n    self.assertTrue(f(1), [2])\n    self.assertFalse(f(2), False)",
            (
                "2:5-2:31 assertTrue() takes [2] for its message: compare with assertEqual()",
                "3:5-3:34 assertFalse() takes False for its message: compare with assertEqual()",
            ),
        ),
        Invalid(
            "def test_f(self):\n    expected = {'a': 1}\n    self.assertTrue(f(1), expected)",
            ("3:5-3:36 assertTrue() takes expected for its message: compare with assertEqual()",),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name not in _ASKING or len(call.args) != 2:  # noqa: PLR2004
            return
        second = self.facts.display(call.args[1])
        written = isinstance(second, ast.Constant | ast.List | ast.Dict | ast.Set | ast.Tuple)
        shown = isinstance(second, ast.Tuple) and not is_literal(second)  # the values that were compared
        if written and not shown and not is_text(second):
            self.report(
                call,
                f"{name}() takes {ast.unparse(call.args[1])} for its message: compare with assertEqual()",
            )
