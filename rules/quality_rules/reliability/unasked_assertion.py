"""The rule unasked-assertion."""

from __future__ import annotations

import ast
import re

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, root_name

#: Assertions of a mock object.
_OF_MOCKS = re.compile(
    r"assert_(?:called|called_once|called_with|called_once_with|any_call|has_calls|not_called|awaited|not_awaited)"
)
#: What is none, and looks like one.
_LOOKS_LIKE = frozenset(
    {"called_with", "called_once_with", "called_once", "not_called", "has_calls", "any_call"}
)
_EXPECTING = frozenset({"raises", "warns", "assertRaises", "assertWarns", "assertRaisesRegex"})


class UnaskedAssertion(AstRule):
    """An assertion of a test is never made.

    ## What it does
    Reports assertions of mock objects that are not called (`store.put.assert_called_once`), or whose name lacks its
    beginning (`store.put.called_once_with(3)`); and `pytest.raises(…)` and `self.assertRaises(…)` as statements of their own,
    without something to call.

    ## Why is this bad
    A mock object answers every name and every call, so nothing is checked; and the context manager that nobody enters waits
    for no error. The test passes whatever the program does.

    ## Example
    ```python
    def test_saves(store):
        save(store, 3)
        store.put.called_once_with(3)
    ```

    ## Use instead
    ```python
    def test_saves(store):
        save(store, 3)
        store.put.assert_called_once_with(3)
    ```

    ## References
    - [Python documentation: Mock.assert_called_once_with](https://docs.python.org/3/library/unittest.mock.html#unittest.mock.Mock.assert_called_once_with)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 1
    equivalents = ("pylint:expression-not-assigned", "pylint:pointless-statement")

    VALID = (
        Valid(
            "def test_f(store):\n    store.put.assert_called_once()\n    assert store.put.called\n    assert store.put.call_count == 1"
        ),
        Valid(
            "def test_f(self):\n    with pytest.raises(ValueError):\n        f(1)\n    self.assertRaises(ValueError, f, 1)"
        ),
        Valid("def test_f():\n    expected = pytest.raises(ValueError)\n    with expected:\n        f(1)"),
    )
    INVALID = (
        Invalid(
            "def test_f(store):\n    store.put.assert_called_once\n    assert store.get.assert_not_called\n    assert store.put.called_with(3)",
            (
                "2:5-2:33 assert_called_once is not called, and checks nothing: call it",
                "3:12-3:39 assert_not_called is not called, and checks nothing: call it",
                "4:12-4:36 called_with() checks nothing, as a mock object answers every call: write assert_called_with()",
            ),
        ),
        Invalid(
            "class FTest(TestCase):\n    def test_f(self):\n        self.assertRaises(KeyError)\n        pytest.raises(KeyError, match='a')\n        f(1)",
            (
                "3:9-3:36 nobody enters this, so no error is waited for: write with, and the call under it",
                "4:9-4:43 nobody enters this, so no error is waited for: write with, and the call under it",
            ),
        ),
    )

    def visit_Expr(self, statement: ast.Expr) -> None:
        self._check(statement.value)
        call = statement.value
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in _EXPECTING
        ):
            regex = call.func.attr.endswith("Regex")
            if (
                root_name(call.func) in {"pytest", "self"}
                and len(call.args) == 1 + regex
                and not _calls(call)
            ):
                self.report(
                    call, "nobody enters this, so no error is waited for: write with, and the call under it"
                )

    def visit_Assert(self, statement: ast.Assert) -> None:
        self._check(statement.test)

    def _check(self, asked: ast.expr) -> None:
        if isinstance(asked, ast.Attribute) and _OF_MOCKS.fullmatch(asked.attr):
            self.report(asked, f"{asked.attr} is not called, and checks nothing: call it")
        elif (
            isinstance(asked, ast.Call)
            and isinstance(asked.func, ast.Attribute)
            and asked.func.attr in _LOOKS_LIKE
        ):
            name = asked.func.attr
            self.report(
                asked, f"{name}() checks nothing, as a mock object answers every call: write assert_{name}()"
            )


def _calls(call: ast.Call) -> bool:
    return any(each.arg in {"callable", "func"} for each in call.keywords)
