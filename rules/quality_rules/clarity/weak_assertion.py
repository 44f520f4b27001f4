"""The rule weak-assertion."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, root_name

#: What a comparison is asserted with when it has to hold, and when it must not.
_ASSERTIONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("assertEqual", "assertNotEqual"),
    ast.NotEq: ("assertNotEqual", "assertEqual"),
    ast.In: ("assertIn", "assertNotIn"),
    ast.NotIn: ("assertNotIn", "assertIn"),
    ast.Is: ("assertIs", "assertIsNot"),
    ast.IsNot: ("assertIsNot", "assertIs"),
    ast.Lt: ("assertLess", "assertGreaterEqual"),
    ast.LtE: ("assertLessEqual", "assertGreater"),
    ast.Gt: ("assertGreater", "assertLessEqual"),
    ast.GtE: ("assertGreaterEqual", "assertLess"),
}


class WeakAssertion(AstRule):
    """An assertion says nothing when it fails.

    ## What it does
    Reports `assertTrue` and `assertFalse` of a comparison or of `isinstance`, and `pytest.fail` and `self.fail` without a
    message.

    Those with a message of their own are fine, and so are tests of `==` itself between two names.

    ## Why is this bad
    All that a reader of the failed test learns is that False is not true. The assertion made for it shows both values.

    ## Example
    ```python
    class CartTest(unittest.TestCase):
        def test_count(self):
            self.assertTrue(self.cart.count() == 2)
    ```

    ## Use instead
    ```python
    class CartTest(unittest.TestCase):
        def test_count(self):
            self.assertEqual(self.cart.count(), 2)
    ```

    ## References
    - [Python documentation: unittest's assertions](https://docs.python.org/3/library/unittest.html#unittest.TestCase.assertEqual)
    """

    dimension = "clarity"
    needs = frozenset({"assertTrue", "assertFalse", "fail"})
    severity = Severity.NOTE
    weight = 0.4
    effort = 2

    VALID = (
        Valid("def test_f(self):\n    self.fail('no row')\n    pytest.fail(reason=text)\n    job.fail()"),
        Valid("def test_f(self):\n    self.assertTrue(f(1))\n    self.assertEqual(f(2), 3)"),
        Valid("def test_f(self):\n    self.assertTrue(f(1) == 2, f'{f} of 1')", "It has a message"),
        Valid("def test_eq(self):\n    self.assertFalse(a == b)", "It tests the operator"),
        Valid("def test_f(self):\n    self.assertTrue(1 < f(1) < 3)", "No assertion is made for it"),
    )
    INVALID = (
        Invalid(
            "def test_f():\n    pytest.fail()\n    pytest.fail(reason='')",
            (
                "2:5-2:18 fail() does not say what is wrong: give it a message",
                "3:5-3:27 fail() does not say what is wrong: give it a message",
            ),
        ),
        Invalid(
            "def test_f(self):\n    self.assertTrue(f(1) == 2)\n    self.assertFalse(x.y is None)\n    self.assertTrue(isinstance(f(1), int))",
            (
                "2:5-2:31 assertTrue() shows no values when it fails: use assertEqual()",
                "3:5-3:34 assertFalse() shows no values when it fails: use assertIsNot()",
                "4:5-4:43 assertTrue() shows no values when it fails: use assertIsInstance()",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if (
            name == "fail"
            and root_name(call.func) in {"pytest", "self"}
            and not any(map(_is_told, _given(call)))
        ):
            self.report(call, "fail() does not say what is wrong: give it a message")
        if name not in {"assertTrue", "assertFalse"} or len(call.args) != 1 or call.keywords:
            return
        better = self._better(self.facts.only_value(call.args[0]), holds=name == "assertTrue")
        if better:
            self.report(call, f"{name}() shows no values when it fails: use {better}()")

    def _better(self, asserted: ast.expr, *, holds: bool) -> str:
        """The assertion that is made for what is asserted, or nothing."""
        if isinstance(asserted, ast.Call):
            if not self.facts.is_builtin(asserted.func, "isinstance"):
                return ""
            return "assertIsInstance" if holds else "assertNotIsInstance"
        if not isinstance(asserted, ast.Compare) or len(asserted.ops) != 1:
            return ""
        operator = asserted.ops[0]
        of_names = isinstance(asserted.left, ast.Name) and isinstance(asserted.comparators[0], ast.Name)
        if of_names and not isinstance(operator, ast.In | ast.NotIn):
            return ""
        return _ASSERTIONS[type(operator)][0 if holds else 1]


def _given(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(each.value for each in call.keywords)]


def _is_told(message: ast.expr) -> bool:
    return not isinstance(message, ast.Constant) or bool(message.value)
