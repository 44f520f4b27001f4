"""The rule unfailing-test."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word
from quality_rules._handlers import catches_all

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Names of what finds something out, or has it found out by somebody else.
_CHECKS = re.compile(
    r"assert|raise|warn|fail|expect|check|verif|valid|should|must|compare|ensure|match|equal|snapshot|approve|run|exit"
    r"|skip|benchmark|golden|regression",
    re.IGNORECASE,
)
_TEST = re.compile(r"test(?:_|\d|$)")


class UnfailingTest(AstRule):
    """A test shows what comes out, or drops the error, and asks for nothing.

    ## What it does
    Reports tests without an assertion that print, or whose whole work stands in a `try` that catches every error and drops
    it. An assertion of a constant that is true is none.

    Tests that call something whose name says that it checks are fine, and so are tests that would show an error by failing and
    print nothing.

    ## Why is this bad
    It passes whatever comes out: somebody would have to read it. The number of tests and their coverage say that the code is
    tested.

    ## Example
    ```python
    def test_total():
        print(total([1, 2]))
    ```

    ## Use instead
    ```python
    def test_total():
        assert total([1, 2]) == 3
    ```

    ## References
    - [pytest: anatomy of a test](https://docs.pytest.org/en/stable/explanation/anatomy.html)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 10
    equivalents = (
        "bandit:B110",
        "pylint:bare-except",
        "pylint:broad-exception-caught",
        "quality:swallowed-exception",
    )

    VALID = (
        Valid("def test_f():\n    print(f())\n    assert f()", "It asserts"),
        Valid("def test_f():\n    f()", "It fails where f() does"),
        Valid(
            "def test_f():\n    try:\n        f()\n    except ValueError:\n        pass", "An error is named"
        ),
        Valid("def test_f(self):\n    print('f')\n    self.compare(f(), 2)", "Something compares"),
        Valid("def test_f(self):\n    if self.verbose:\n        print('f')\n    f()", "It says what it does"),
        Valid("def tested(f):\n    print(f())", "No test"),
        Valid(
            "def test_f():\n    if f() != 1:\n        print('wrong')\n        raise AssertionError",
            "It raises",
        ),
        Valid("def test_connection(url):\n    print(get(url))", "A function with that name, it may be"),
    )
    INVALID = (
        Invalid(
            "def test_f():\n    result = f()\n    print(result)",
            ("1:1-1:14 test_f() asks for nothing: assert what comes out",),
        ),
        Invalid(
            "def test_f():\n    if f() == 1:\n        assert True\n    else:\n        print('wrong')",
            ("1:1-1:14 test_f() asks for nothing: assert what comes out",),
        ),
        Invalid(
            "class TestF:\n    def test_f(self):\n        g = G()\n        try:\n            g.f(0)\n        except Exception:\n            pass",
            ("2:5-2:22 test_f() asks for nothing: assert what comes out",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether there is a test."""
        return any(_TEST.match(each.name) for each in facts.functions)

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if not _TEST.match(function.name) or self._takes_values(function):
            return
        nodes = self.facts.within(function)[1:]
        if any(map(_finds_out, nodes)):
            return
        if self._is_dropped(function) or any(self._shows(function, node) for node in nodes):
            self.report(function, f"{function.name}() asks for nothing: assert what comes out")

    def _takes_values(self, function: FunctionNode) -> bool:
        """Tells whether somebody has to call a function with values; fixtures are values in files of tests only."""
        given = [place for place in function.args.args if place.arg not in {"self", "cls"}]
        return bool(given) and self.facts.source.role != "test"

    def _shows(self, function: FunctionNode, node: ast.AST) -> bool:
        """Tells whether a node prints what came out: a value, or one text or another."""
        if not isinstance(node, ast.Call) or not self.facts.is_builtin(node.func, "print"):
            return False
        if self.facts.function(node) is not function:
            return False
        said = any(not isinstance(argument, ast.Constant) for argument in node.args)
        choices = [above.test for above in self.facts.ancestors(node) if isinstance(above, ast.If)]
        asked = (part for test in choices for part in self.facts.within(test))
        return said or any(isinstance(part, ast.Compare) for part in asked)

    def _is_dropped(self, function: FunctionNode) -> bool:
        """Tells whether every error of what a test ends with is caught and dropped."""
        last = function.body[-1]
        handlers = (
            last.handlers if isinstance(last, ast.Try) and not last.orelse and not last.finalbody else []
        )
        return any(
            catches_all(self.facts, handler.type)
            and all(isinstance(each, ast.Pass | ast.Assert) for each in handler.body)
            for handler in handlers
        )


def _finds_out(node: ast.AST) -> bool:
    """Tells whether a test may fail by a node, beside by its error."""
    if isinstance(node, ast.Assert):
        return not isinstance(node.test, ast.Constant) or not node.test.value
    if isinstance(node, ast.Call):
        return bool(_CHECKS.search(last_word(node.func)))
    return isinstance(node, ast.Raise | ast.Yield | ast.YieldFrom)
