"""The rule repeated-condition."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, same_code, shorten
from quality_rules._branches import branches_of, continues

#: Parts of a condition that may come out otherwise the second time.
_CHANGING = (ast.Call, ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom)
#: Functions that answer the same as long as they are asked the same.
_STEADY = ("isinstance", "issubclass", "len", "callable", "hasattr", "abs", "bool", "int", "str", "type")

#: More conditions of a chain are not compared.
_MOST = 40


class RepeatedCondition(AstRule):
    """A branch is never taken: the condition before it is the same.

    ## What it does
    Reports an `elif` whose condition a branch above it has already, and `and` and `or` between two operands that are the
    same.

    Conditions that call a function, which may answer otherwise the second time, are fine. What compares two constants asks
    nothing: that is `pylint:comparison-of-constants`.

    ## Why is this bad
    A condition was copied and never changed: the case that was meant is not handled, and what the branch does for it
    never happens.

    ## Example
    ```python
    def move(key):
        if key == "left":
            return -1, 0
        elif key == "right":
            return 1, 0
        elif key == "left":
            return 0, 1
        return 0, 0
    ```

    ## Use instead
    ```python
    def move(key):
        if key == "left":
            return -1, 0
        elif key == "right":
            return 1, 0
        elif key == "up":
            return 0, 1
        return 0, 0
    ```

    ## References
    - [RSPEC-1862: related conditions should not be the same](https://rules.sonarsource.com/python/RSPEC-1862/)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 10

    VALID = (
        Valid("if a == 1:\n    f()\nelif a == 2:\n    g()", "Another one"),
        Valid("if read():\n    f()\nelif read():\n    g()", "The second one may be read otherwise"),
        Valid("if a:\n    f()\nif a:\n    g()", "Both may be taken"),
        Valid("x = a or b or 1", "Others"),
        Valid("few = lambda n: n == 2 and (0 == 0 and 0 == 0)", "It is decided, and generated"),
    )
    INVALID = (
        Invalid(
            "if a == 1:\n    f()\nelif isinstance(a, str):\n    g()\nelif a == 1:\n    h()",
            ("5:6-5:12 never taken: a branch above has the condition a == 1 already",),
        ),
        Invalid(
            "def f(a, b):\n    return a.x > 0 and b.x > 0 and a.x > 0",
            ("2:36-2:43 a.x > 0 is asked already: another one is meant, or none",),
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        if not node.orelse or continues(self.facts, node):
            return
        for again in self._repeated(branches_of(node).tests):
            condition = shorten(ast.unparse(again))
            self.report(again, f"never taken: a branch above has the condition {condition} already")

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        for again in self._repeated(node.values):
            asked = shorten(ast.unparse(again))
            self.report(again, f"{asked} is asked already: another one is meant, or none")

    def _repeated(self, conditions: list[ast.expr]) -> list[ast.expr]:
        """The conditions that an earlier one is the same as, where none of them may change something."""
        asked = conditions[:_MOST]
        again = [
            condition
            for place, condition in enumerate(asked)
            if any(same_code(earlier, condition) for earlier in asked[:place])
            and not _is_of_constants(condition)
        ]
        return again if again and all(map(self._is_steady, asked)) else []

    def _is_steady(self, condition: ast.expr) -> bool:
        changing = (part for part in self.facts.within(condition) if isinstance(part, _CHANGING))
        return all(
            isinstance(part, ast.Call) and self.facts.is_builtin(part.func, *_STEADY) for part in changing
        )


def _is_of_constants(condition: ast.expr) -> bool:
    """Tells whether a comparison is decided as it is written."""
    return isinstance(condition, ast.Compare) and all(
        isinstance(side, ast.Constant) for side in (condition.left, *condition.comparators)
    )
