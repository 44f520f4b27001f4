"""The rule constant-assertion."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, last_word

#: Methods of a test case → arguments that they look at.
_ASKING = {
    **dict.fromkeys(
        ("assertTrue", "assertFalse", "assertIsNone", "assertIsNotNone", "failUnless", "assert_"), 1
    ),
    **dict.fromkeys(("assertEqual", "assertEquals", "assertIs", "assertNotEqual", "assertIn"), 2),
}
#: Those that fail → what they fail of.
_FAILING = {"assertTrue": False, "failUnless": False, "assert_": False, "assertFalse": True}


class ConstantAssertion(AstRule):
    """A test asserts something about constants.

    ## What it does
    Reports assertions of a test case, `self.assertTrue("done")`, whose arguments are all written there as constants,
    wherever inside of the class they stand.

    Assertions of a name or of what a call gives are fine. One that always fails, `self.assertTrue(False)`, and one that
    holds and is all that a handler does, say `self.fail()` and `pass` in other words, and are notes.

    ## Why is this bad
    It finds out nothing: the outcome is known before the test runs. Mostly an argument is forgotten, or a comparison was
    meant.

    ## Example
    ```python
    from unittest import TestCase

    class OrderTest(TestCase):
        def test_total(self):
            self.assertTrue("total")
    ```

    ## Use instead
    ```python
    from unittest import TestCase

    class OrderTest(TestCase):
        def test_total(self):
            self.assertEqual(Order([1, 2]).total(), 3)
    ```

    ## References
    - [Python documentation: unittest.TestCase.assertTrue](https://docs.python.org/3/library/unittest.html#unittest.TestCase.assertTrue)
    """

    dimension = "reliability"
    needs = frozenset(_ASKING)
    effort = 10
    equivalents = ("pylint:redundant-unittest-assert",)

    VALID = (
        Valid("class T(TestCase):\n    def test_it(self):\n        self.assertEqual(total([]), 0)"),
        Valid("class T(TestCase):\n    def test_it(self):\n        self.assertTrue(DONE)", "A name"),
        Valid(
            "class T(Base):\n    def check(self):\n        self.assertTrue(1)",
            "Not a test case, as far as one sees",
        ),
    )
    INVALID = (
        Invalid(
            "class T(TestCase):\n    def test_it(self):\n        self.assertTrue('foo')\n        self.assertEqual(5, 5)",
            (
                "3:9-3:31 assertTrue() is asked of a constant: ask it of what the test is about",
                "4:9-4:31 assertEqual() is asked of a constant: ask it of what the test is about",
            ),
        ),
        Invalid(
            "class T(unittest.TestCase):\n    def test_it(self):\n        class Inner:\n            def __call__(own, self):\n"
            "                self.assertFalse(0)\n        Inner()(self)",
            ("5:17-5:36 assertFalse() is asked of a constant: ask it of what the test is about",),
        ),
        Invalid(
            "class T(TestCase):\n    def test_it(self):\n        try:\n            take(0)\n            self.assertTrue(False)\n"
            "        except ValueError:\n            self.assertTrue(True)",
            (
                "5:13-5:35 assertTrue() always fails: expect the error with assertRaises(), or call fail()",
                "7:13-7:34 assertTrue() is asked of a constant: ask it of what the test is about",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        number = _ASKING.get(name)
        if number is None or len(call.args) < number:
            return
        constant = all(isinstance(argument, ast.Constant) for argument in call.args[:number])
        if not constant or not any(_is_test_case(above) for above in self.facts.ancestors(call)):
            return
        if name in _FAILING and bool(call.args[0].value) is _FAILING[name]:  # type: ignore[attr-defined]
            told = f"{name}() always fails: expect the error with assertRaises(), or call fail()"
            self.report(call, told, severity=Severity.NOTE)
        else:
            alone = isinstance(self.facts.parent(self.facts.statement(call)), ast.ExceptHandler)
            told = f"{name}() is asked of a constant: ask it of what the test is about"
            self.report(call, told, severity=Severity.NOTE if alone else None)


def _is_test_case(node: ast.AST) -> bool:
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any(last_word(base).endswith("TestCase") for base in bases)
