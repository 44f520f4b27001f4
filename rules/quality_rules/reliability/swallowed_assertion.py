"""The rule swallowed-assertion."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name
from quality_rules._handlers import catches_all

if TYPE_CHECKING:
    from collections.abc import Container

    from quality.model import Source

#: Functions whose exception is not one of ``Exception``.
_UNCAUGHT = frozenset({"pytest.fail"})
#: Nodes of a handler that keeps nothing of what it caught.
_FORGETFUL = (ast.Pass, ast.Continue, ast.Assert, ast.Expr)


class SwallowedAssertion(AstRule):
    """An assertion cannot fail: the handler around it catches its error too.

    ## What it does
    Reports handlers of every exception that do nothing, beside printing, below an assertion, of a test case too, or a call of `fail()`.

    Handlers that raise, record or look at what they caught are fine, and so is `except AssertionError`, which says
    what it does, alone or beside others, and `except Exception` around `pytest.fail()`, whose exception is none of these. Outside of tests, assertions that tell a type checker what something is
    (`assert file is not None`) are fine.

    ## Why is this bad
    An assertion that does not hold raises AssertionError, the handler takes it for the error that was expected, and
    the test passes whatever happens.

    ## Example
    ```python
    def test_overdraw(account):
        try:
            account.withdraw(20)
            assert False
        except Exception:
            pass
    ```

    ## Use instead
    ```python
    def test_overdraw(account):
        with pytest.raises(OverdrawError):
            account.withdraw(20)
    ```

    ## References
    - [pytest: assertions about expected exceptions](https://docs.pytest.org/en/stable/how-to/assert.html#assertions-about-expected-exceptions)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    equivalents = (
        "bandit:B110",
        "bandit:B112",
        "pylint:bare-except",
        "pylint:broad-exception-caught",
        "quality:swallowed-exception",
    )

    VALID = (
        Valid(
            "def test_f():\n    try:\n        f()\n        pytest.fail()\n    except Exception:\n        pass"
        ),
        Valid("try:\n    f()\n    assert False\nexcept ValueError:\n    pass", "The error is named"),
        Valid("try:\n    assert f()\nexcept Exception as error:\n    errors.append(error)", "It is kept"),
        Valid("try:\n    assert f()\nexcept Exception:\n    raise Failed from None", "It is passed on"),
        Valid("try:\n    assert f()\nexcept (AssertionError, AttributeError):\n    pass", "It is named"),
        Valid(
            "try:\n    assert x is not None\n    x.f()\nexcept Exception:\n    pass",
            "It is for a type checker",
        ),
        Valid("try:\n    f()\nexcept Exception:\n    pass\nelse:\n    assert False", "Beside the handler"),
        Valid(
            "try:\n    try:\n        assert f()\n    except Exception:\n        x = g()\nexcept Exception:\n    pass",
            "Another handler has it first",
        ),
    )
    INVALID = (
        Invalid(
            "def test_f():\n    try:\n        f()\n        pytest.fail()\n    except:\n        pass",
            (
                "5:5-6:13 an assertion that fails above is caught here: name the error, or expect it with raises()",
            ),
        ),
        Invalid(
            "def test_f():\n    try:\n        f()\n        assert False\n    except Exception as e:\n        assert True",
            (
                "5:5-6:20 an assertion that fails above is caught here: name the error, or expect it with raises()",
            ),
        ),
        Invalid(
            "def test_f():\n    try:\n        assert f() is not None\n    except (Exception, KeyboardInterrupt):\n        pass",
            (
                "4:5-5:13 an assertion that fails above is caught here: name the error, or expect it with raises()",
            ),
        ),
        Invalid(
            "def test_f(self):\n    try:\n        f()\n        self.fail('no error')\n    except:\n        print('ok')",
            (
                "5:5-6:20 an assertion that fails above is caught here: name the error, or expect it with raises()",
            ),
        ),
        Invalid(
            "def test_f():\n    try:\n        assert(f())\n    except Exception:\n        pass",
            (
                "4:5-5:13 an assertion that fails above is caught here: name the error, or expect it with raises()",
            ),
        ),
        Invalid(
            "def test_f(self):\n    try:\n        f()\n        self.assertTrue(False)\n    except Exception:\n"
            "        self.assertTrue(True)",
            (
                "5:5-6:30 an assertion that fails above is caught here: name the error, or expect it with raises()",
            ),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("assert", "fail")

    def visit_Try(self, node: ast.Try) -> None:
        handler = next((each for each in node.handlers if catches_all(self.facts, each.type)), None)
        if handler is None or not _forgets(handler):
            return
        inside = self._reaching(node)
        if not self._is_tested(node):
            inside = [each for each in inside if not (isinstance(each, ast.Assert) and _narrows(each.test))]
        told = _UNCAUGHT if dotted_name(handler.type or handler) == "Exception" else ()
        if any(_asserts(each, told) for each in inside):
            self.report(
                handler,
                "an assertion that fails above is caught here: name the error, or expect it with raises()",
            )

    def _reaching(self, attempt: ast.Try) -> list[ast.AST]:
        """What is tried, but for what an attempt inside catches first."""
        inside = [each for statement in attempt.body for each in self.facts.within(statement)]
        caught = {
            each
            for inner in inside
            if isinstance(inner, ast.Try) and any(catches_all(self.facts, one.type) for one in inner.handlers)
            for statement in inner.body
            for each in self.facts.within(statement)
        }
        return [each for each in inside if each not in caught]

    def _is_tested(self, node: ast.Try) -> bool:
        function = self.facts.function(node)
        return self.facts.source.role == "test" or (function is not None and function.name.startswith("test"))


def _asserts(node: ast.AST, uncaught: Container[str]) -> bool:
    if isinstance(node, ast.Assert):
        return True
    name = dotted_name(node.func) if isinstance(node, ast.Call) else ""
    return name not in uncaught and (name in {"self.fail", "pytest.fail"} or name.startswith("self.assert"))


def _narrows(test: ast.expr) -> bool:
    """Tells whether a test says what something is, as type checkers ask for."""
    if isinstance(test, ast.Call):
        return dotted_name(test.func) == "isinstance"
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot)


def _forgets(handler: ast.ExceptHandler) -> bool:
    """Tells whether a handler does nothing with what it caught but print it."""
    return all(isinstance(each, _FORGETFUL) and _is_idle(each) for each in handler.body)


def _is_idle(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assert):
        return isinstance(statement.test, ast.Constant) and bool(statement.test.value)
    if isinstance(statement, ast.Expr):
        value = statement.value
        return isinstance(value, ast.Constant) or (isinstance(value, ast.Call) and _says_nothing(value))
    return True


def _says_nothing(call: ast.Call) -> bool:
    name = dotted_name(call.func)
    return name == "print" or (
        name == "self.assertTrue" and bool(call.args) and isinstance(call.args[0], ast.Constant)
    )
