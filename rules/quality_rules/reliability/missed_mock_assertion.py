"""The rule missed-mock-assertion."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, last_word

#: Methods of a mock that assert, and what they are mistaken for.
_ASSERTING = frozenset(
    {
        *("assert_called", "assert_called_once", "assert_called_with", "assert_called_once_with"),
        *(
            "assert_any_call",
            "assert_has_calls",
            "assert_not_called",
            "assert_awaited",
            "assert_awaited_once",
        ),
        *("assert_awaited_with", "assert_awaited_once_with", "assert_any_await", "assert_has_awaits"),
        "assert_not_awaited",
    }
)
_MISTAKEN = frozenset(name.removeprefix("assert_") for name in _ASSERTING) - {"called", "awaited"}


class MissedMockAssertion(AstRule):
    """What looks like an assertion of a mock asserts nothing.

    ## What it does
    Reports `mock.called_once_with(1)` and the like as a statement or behind `assert`, and `mock.assert_called_once` that is not
    called.

    `assert mock.called` is fine.

    ## Why is this bad
    A mock has every attribute that it is asked for, and each is true: the test passes whatever was called. From Python 3.12
    on some of them are an error.

    ## Example
    ```python
    def test_pay(gateway):
        pay(gateway, 250)
        gateway.charge.called_once_with(250)
    ```

    ## Use instead
    ```python
    def test_pay(gateway):
        pay(gateway, 250)
        gateway.charge.assert_called_once_with(250)
    ```

    ## References
    - [Python documentation: Mock.assert_called_once_with](https://docs.python.org/3/library/unittest.mock.html#unittest.mock.Mock.assert_called_once_with)
    """

    dimension = "reliability"
    needs = _ASSERTING | _MISTAKEN
    effort = 1

    VALID = (
        Valid("mock.assert_called_once_with(1)\nassert mock.called\nassert not mock.called"),
        Valid("found = game.has_calls()\nif game.any_call():\n    run()", "Something else"),
        Valid("checks = [mock.assert_called_once]\nfor check in checks:\n    check()", "Called later"),
    )
    INVALID = (
        Invalid(
            "mock.run.called_once_with(1)",
            ("1:1-1:29 called_once_with asserts nothing: call assert_called_once_with()",),
        ),
        Invalid(
            "assert mock.not_called()", ("1:8-1:25 not_called asserts nothing: call assert_not_called()",)
        ),
        Invalid(
            "mock.assert_called_once",
            ("1:1-1:24 assert_called_once asserts nothing: call assert_called_once()",),
        ),
        Invalid(
            "assert mock.called_once, 'not called'",
            ("1:8-1:24 called_once asserts nothing: call assert_called_once()",),
        ),
    )

    def visit_Expr(self, statement: ast.Expr) -> None:
        self._check(statement.value)

    def visit_Assert(self, statement: ast.Assert) -> None:
        self._check(statement.test)

    def _check(self, node: ast.expr) -> None:
        called = isinstance(node, ast.Call)
        function = node.func if isinstance(node, ast.Call) else node
        word = last_word(function) if isinstance(function, ast.Attribute) else ""
        if word in _MISTAKEN or (word in _ASSERTING and not called):
            asserting = word if word in _ASSERTING else f"assert_{word}"
            self.report(node, f"{word} asserts nothing: call {asserting}()")
