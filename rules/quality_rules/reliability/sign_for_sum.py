"""The rule sign-for-sum."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, same_code, targets_of
from quality_rules._loops import Loops


class SignForSum(AstRule):
    """A sign stands where something was to be added.

    ## What it does
    Reports assignments of a value with a plus sign before it (`total =+ price`), to a name or attribute, in a loop or in a
    method.

    `x = +x`, which is what a Counter needs, decimal numbers, which it rounds, and other signs are fine. So is a number that is
    written out, but where a counter that begins before the loop gets nothing else in it, or an attribute no other number with a
    sign.

    ## Why is this bad
    `=+` is `=` and a sign that changes nothing: the old value is replaced, where `+=` would add to it.

    ## Example
    ```python
    def total(prices):
        found = 0
        for price in prices:
            found =+ price
        return found
    ```

    ## Use instead
    ```python
    def total(prices):
        found = 0
        for price in prices:
            found += price
        return found
    ```

    ## References
    - [Python documentation: augmented assignment statements](https://docs.python.org/3/reference/simple_stmts.html#augmented-assignment-statements)
    """

    dimension = "reliability"
    needs = frozenset({ast.UnaryOp})
    severity = Severity.ERROR
    effort = 1

    VALID = (
        Valid("import decimal\n\nfor x in xs:\n    rounded = +x", "It is rounded"),
        Valid("for x in xs:\n    total += x\n    low = -x\n    high = +3"),
        Valid(
            "def f(xs):\n    way = 0\n    for x in xs:\n        if x == '+':\n            way = +1\n        else:\n            way = -1\n    return way",
            "It is set, to either",
        ),
        Valid("for x in xs:\n    counts = +counts\n    step = +x * 2"),
        Valid(
            "class A:\n    def turn(self, left):\n        if left:\n            self.at = +0.9\n        else:\n            self.at = -0.9 + 0.5",
            "It is set, to either side",
        ),
        Valid(
            "offset = +x\n\nclass A:\n    def __init__(self, n):\n        self.total = +n", "It is set once"
        ),
    )
    INVALID = (
        Invalid(
            "def count(xs):\n    n = 0\n    for x in xs:\n        if x:\n            n =+ 1\n    return n",
            ("5:13-5:19 this sets n and adds nothing to it: write +=",),
        ),
        Invalid(
            "def f(xs):\n    n = 0\n    while xs:\n        n =+ xs.pop()\n    return n",
            ("4:9-4:22 this sets n and adds nothing to it: write +=",),
        ),
        Invalid(
            "class A:\n    def add(self, n):\n        self.total = +n",
            ("3:9-3:24 this sets self.total and adds nothing to it: write +=",),
        ),
    )

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        value = statement.value
        if not isinstance(value, ast.UnaryOp) or not isinstance(value.op, ast.UAdd):
            return
        target = targets_of(statement)[0]
        written = isinstance(value.operand, ast.Constant) and not self._is_counter(target)
        function = self.facts.function(statement)
        kept = isinstance(target, ast.Attribute) and function is not None and function.name != "__init__"
        again = kept or self.facts.derived(Loops).inside(statement)
        rounds = "decimal" in self.facts.packages
        if again and not rounds and not written and not same_code(target, value.operand):
            name = ast.unparse(target)
            self.report(statement, f"this sets {name} and adds nothing to it: write +=")

    visit_AnnAssign = visit_Assign

    def _is_counter(self, target: ast.expr) -> bool:
        """Tells whether something is an attribute without sides, or a name that gets a number before the loop and no other in it."""
        if isinstance(target, ast.Attribute):
            return not self._has_sides(target)
        if not isinstance(target, ast.Name):
            return False
        function = self.facts.function(target)
        places = self.facts.names(function).stores.get(target.id, []) if function is not None else []
        begins, *others = places or [target]
        first = self.facts.parent(begins)
        if begins is target or len(others) != 1 or not isinstance(first, ASSIGNMENTS):
            return False
        outside = not self.facts.derived(Loops).inside(first)
        return outside and isinstance(first.value, ast.Constant) and type(first.value.value) in {int, float}

    def _has_sides(self, attribute: ast.Attribute) -> bool:
        """Tells whether the same function gives an attribute something that begins with a minus."""
        function = self.facts.function(attribute)
        return any(
            _is_below_zero(value) and any(same_code(attribute, each) for each in targets)
            for statement, targets, value in self.facts.assignments
            if self.facts.function(statement) is function
        )


def _is_below_zero(value: ast.expr) -> bool:
    while isinstance(value, ast.BinOp):
        value = value.left
    return isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub)
