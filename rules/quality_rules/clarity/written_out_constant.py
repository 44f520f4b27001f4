"""The rule written-out-constant."""

from __future__ import annotations

import ast
import math
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid

if TYPE_CHECKING:
    from quality.model import Source

_CONSTANTS = {"math.pi": math.pi, "math.e": math.e, "math.tau": math.tau}
#: Digits behind the point from which on a number is no coincidence.
_ENOUGH = 4
#: So many do where it is multiplied or divided by something.
_IN_PRODUCTS = 2


class WrittenOutConstant(AstRule):
    """A constant of mathematics is written out.

    ## What it does
    Reports pi, e and tau in digits, cut or rounded: at least four behind the point, or two of pi in a
    product.

    Tests of approximations, and other numbers that are near, are fine.

    ## Why is this bad
    Every result has the error of the digits that are left out, 3.14 of half a per mille, and each place its own. `math` has all digits
    under a name that says what they are.

    ## Example
    ```python
    def area(radius):
        return 3.14159 * radius ** 2
    ```

    ## Use instead
    ```python
    import math

    def area(radius):
        return math.pi * radius ** 2
    ```

    ## References
    - [Python documentation: constants of math](https://docs.python.org/3/library/math.html#constants)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    equivalents = ("quality:magic-number",)

    VALID = (
        Valid("import math\n\nturn = 2 * math.pi\nversion = 3.14\nnear = 3.1417 * x + 2.72 * y"),
        Valid("def test_f():\n    assert round(f(1), 4) == 3.1416", "It is expected"),
    )
    INVALID = (
        Invalid("PI = 3.1415", ("1:6-1:12 3.1415 is math.pi, written out: use math.pi",)),
        Invalid(
            "def f(r):\n    return 3.14 * r * r, x / 6.283185, 2.71828 ** r",
            (
                "2:12-2:16 3.14 is math.pi, written out: use math.pi",
                "2:30-2:38 6.283185 is math.tau, written out: use math.tau",
                "2:40-2:47 2.71828 is math.e, written out: use math.e",
            ),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("3.14", "2.71", "6.28")

    def visit_Constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, float):
            return
        places = len(repr(node.value).partition(".")[2])
        name = _name_of(node.value, places) if places >= _IN_PRODUCTS else ""
        if not name or self._is_expected(node):
            return
        above = self.facts.parent(node)
        product = isinstance(above, ast.BinOp) and isinstance(above.op, ast.Mult | ast.Div)
        if places >= _ENOUGH or (product and name == "math.pi"):
            self.report(node, f"{node.value!r} is {name}, written out: use {name}")

    def _is_expected(self, node: ast.Constant) -> bool:
        """Tells whether a number is what a result is compared with."""
        return any(isinstance(above, ast.Assert | ast.Compare) for above in self.facts.ancestors(node))


def _name_of(value: float, places: int) -> str:
    """The constant that a number with so many places is, cut or rounded; empty when it is none."""
    scale = 10.0**places
    for name, constant in _CONSTANTS.items():
        if value in {constant, round(constant, places), math.floor(constant * scale) / scale}:
            return name
    return ""
