"""The rule half-swap."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, same_code, targets_of

if TYPE_CHECKING:
    Assignment = ast.Assign | ast.AnnAssign

_PLACES = (ast.Name, ast.Subscript)


class HalfSwap(AstRule):
    """Two places are to be swapped, and get the same value.

    ## What it does
    Reports `a = b` with `b = a` right behind it, for two names and for two items of containers, and with a sum, difference, product or
    quotient of both names: `a = b` and `b = a + b`.

    Attributes, and a name and an item, are fine: setters and containers may change what they are given.

    ## Why is this bad
    When the second line runs, the first has overwritten what it was to keep: both places hold the old value of one, and that of
    the other is lost.

    ## Example
    ```python
    def ordered(low, high):
        if low > high:
            low = high
            high = low
        return low, high
    ```

    ## Use instead
    ```python
    def ordered(low, high):
        if low > high:
            low, high = high, low
        return low, high
    ```

    ## References
    - [Python documentation: assignment statements](https://docs.python.org/3/reference/simple_stmts.html#assignment-statements)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2

    VALID = (
        Valid("a, b = b, a"),
        Valid("kept = a\na = b\nb = kept"),
        Valid("a = b\nb = c"),
        Valid("a, b = b, a + b"),
        Valid("a = b\nb = a + 1"),
        Valid("a = self.b\nself.b = a + 1"),
        Valid("self.size = size\nsize = self.size", "A setter may have changed it"),
        Valid("a = b\nf(a)\nb = a", "Something happens in between"),
        Valid("row[key] = value\nvalue = row[key]", "The container may have changed it"),
        Valid("a[next(i)] = b\nb = a[next(i)]", "Another item"),
    )
    INVALID = (
        Invalid("a = b\nb = a % b", ("2:1-2:10 a is b already: write a, b = b, a % b",)),
        Invalid("a = b\nb = a", ("2:1-2:6 b has this value already: write a, b = b, a",)),
        Invalid(
            "def f(row, i, j):\n    row[i] = row[j]\n    row[j] = row[i]",
            ("3:5-3:20 row[j] has this value already: write row[i], row[j] = row[j], row[i]",),
        ),
    )

    def visit_Assign(self, second: Assignment) -> None:
        """Reports the second of two assignments when it gives back what the first took."""
        first = self.facts.previous(second)
        if isinstance(second.value, ast.BinOp) and isinstance(first, ASSIGNMENTS):
            self._check_step(first, second, second.value)
        if not isinstance(second.value, _PLACES):
            return
        if not isinstance(first, ASSIGNMENTS):
            return
        other, one = first.value, second.value
        if (
            other is not None
            and type(one) is type(other)
            and any(same_code(target, one) for target in targets_of(first))
            and any(same_code(target, other) for target in targets_of(second))
            and not same_code(one, other)
            and not any(
                isinstance(part, ast.Call) for place in (one, other) for part in self.facts.within(place)
            )
        ):
            a, b = ast.unparse(one), ast.unparse(other)
            self.report(second, f"{b} has this value already: write {a}, {b} = {b}, {a}")

    def _check_step(self, first: Assignment, second: Assignment, value: ast.BinOp) -> None:
        """``a = b`` and ``b = a + b``: both were to get their next value at once."""
        one, both = (
            getattr(first.value, "id", ""),
            {getattr(value.left, "id", ""), getattr(value.right, "id", "")},
        )
        given = {target.id for target in targets_of(first) if isinstance(target, ast.Name)} - {one}
        other = both - {one}
        again = {target.id for target in targets_of(second) if isinstance(target, ast.Name)}
        if one and one in both & again and other and other <= given:
            (name,) = other
            shown = f"{name}, {one} = {one}, {ast.unparse(value)}"
            self.report(second, f"{name} is {one} already: write {shown}")

    visit_AnnAssign = visit_Assign
