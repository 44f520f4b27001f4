"""The rule covered-condition."""

from __future__ import annotations

import ast
from collections import Counter
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import TERMINAL, AstRule, Invalid, Valid, same_code, shorten
from quality_rules._branches import branches_of, continues
from quality_rules.reliability._outcomes import Asked, asked_in, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts


#: So many conditions it takes for one to be covered.
_FEWEST = 2
#: More conditions in a row are not compared.
_MOST = 40


class CoveredCondition(AstRule):
    """A branch is never taken: one before it is taken for all that it asks for.

    ## What it does
    Reports comparisons of a name with a number or text that a branch above has covered: `elif points >= 90` below
    `if points >= 70`, and the same in an `if` behind one that returns, raises or goes on. So is a rest that follows from another:
    `elif n % 15 == 0`, and `elif n % 3 == 0 and n % 5 == 0`, below `if n % 3 == 0`.

    Conditions that are the same are for the rule repeated-condition.

    ## Why is this bad
    The cases stand in the wrong order, and what the second one does never happens.

    ## Example
    ```python
    def grade(points):
        if points >= 70:
            return "B"
        if points >= 90:
            return "A"
        return "C"
    ```

    ## Use instead
    ```python
    def grade(points):
        if points >= 90:
            return "A"
        if points >= 70:
            return "B"
        return "C"
    ```

    ## References
    - [CWE-561: dead code](https://cwe.mitre.org/data/definitions/561.html)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 5
    cwe = 561
    needs = frozenset({ast.If})
    equivalents = ("quality:repeated-condition",)

    VALID = (
        Valid("if n >= 90:\n    a()\nelif n >= 70:\n    b()\nelif n < 10:\n    c()"),
        Valid("if n > 70:\n    a()\nelif n >= 70:\n    b()", "One is left"),
        Valid("if n >= 70:\n    a()\nif n >= 90:\n    b()", "Both are taken"),
        Valid("if n >= 70:\n    return a\nn += 30\nif n >= 90:\n    return b", "It has changed"),
        Valid("if n >= 70 and x:\n    a()\nelif n >= 90:\n    b()", "The first asks for more"),
        Valid("if n % 15 == 0:\n    a()\nelif n % 3 == 0:\n    b()\nelif n % 4 == 1:\n    c()"),
        Valid("if n < 1:\n    a()\nelif n == 1:\n    b()\nelif m < 0:\n    c()"),
        Valid("if f(n) > 1:\n    a()\nelif f(n) > 2:\n    b()", "It may answer otherwise"),
    )
    INVALID = (
        Invalid(
            "def f(n):\n    if n < 5:\n        return 1\n    else:\n        if n < 4:\n            a()\n        return 4",
            ("5:12-5:17 never true here: n < 5 in line 2 covers it",),
        ),
        Invalid(
            "if n > 0:\n    a()\nelif n == 0:\n    b()\nelif 10 < n:\n    c()",
            ("5:6-5:12 never true here: n > 0 in line 1 covers it",),
        ),
        Invalid(
            "def f(x):\n    if x.n <= 3:\n        raise ValueError\n    if x.n == 2 and x.y:\n        return 1\n    return 2",
            ("4:8-4:16 never true here: x.n <= 3 in line 2 covers it",),
        ),
        Invalid(
            "if n % 3 == 0:\n    a()\nelif n % 5 == 0:\n    b()\nelif n % 15 == 0:\n    c()",
            ("5:6-5:17 never true here: n % 3 == 0 in line 1 covers it",),
        ),
        Invalid(
            "if not n % 3:\n    a()\nelif n % 3 == 0 and n % 5 == 0:\n    b()",
            ("3:6-3:16 never true here: not n % 3 in line 1 covers it",),
        ),
        Invalid(
            "def f(n):\n    if n < 5:\n        return 1\n    if n > 7:\n        return 2\n    if n < 4:\n        return 3\n    return 4",
            ("6:8-6:13 never true here: n < 5 in line 2 covers it",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether two conditions compare the same with a number."""
        choices = facts.of(ast.If)
        if len(choices) < _FEWEST:
            return False
        asked = Counter(name for choice in choices for name in _compared(choice.test))
        return any(times >= _FEWEST for times in asked.values())

    def visit_Module(self, module: ast.Module) -> None:
        del module
        known: dict[int, list[ast.expr]] = {}
        for block in self.facts.blocks:
            self._check_row(block, known)

    def _check_row(self, block: list[ast.stmt], known: dict[int, list[ast.expr]]) -> None:
        """The conditions that are asked one after the other, none of which is true when the next is asked.

        Args:
            block: The statements.
            known: The blocks behind an ``else``, by their identity → the conditions that are not true there.
        """
        row = known.pop(id(block), [])
        for statement in block:
            if not isinstance(statement, ast.If):
                row = []
                continue
            if continues(self.facts, statement):
                return
            branches = branches_of(statement)
            asked = [*row, *branches.tests]
            self._check(asked, len(row))
            if branches.complete:
                known[id(branches.blocks[-1])] = asked
            leaves = not statement.orelse and isinstance(statement.body[-1], TERMINAL)
            row = asked if leaves else []

    def _check(self, tests: list[ast.expr], known: int) -> None:
        """Reports the conditions behind the first few, which are known already, that one before covers."""
        if len(tests) > _MOST:
            return
        before: list[tuple[Asked, ast.expr]] = []
        for place, test in enumerate(tests):
            for part in _parts(test) if place >= known else ():
                covering = next(
                    (node for each, node in before for asked in asked_in(part) if each.covers(asked)), None
                )
                if covering is not None and (part is not test or not same_code(covering, test)):
                    shown = shorten(ast.unparse(covering))
                    self.report(part, f"never true here: {shown} in line {covering.lineno} covers it")
                    break
            asked = whole(test)
            if asked is not None:
                before.append((asked, test))


def _parts(test: ast.expr) -> Iterator[ast.expr]:
    """What all has to be true for a condition to be."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        yield from test.values
    else:
        yield test


def _compared(test: ast.expr) -> set[str]:
    """What a condition compares with something written."""
    return {asked.name for asked in asked_in(test)}
