"""The rule inexact-decimal."""

from __future__ import annotations

import ast
import math
from fractions import Fraction

from quality.rules import Invalid, Valid
from quality_rules._called import CallRule

_EXACT = frozenset(
    f"{name}{way}"
    for name in ("decimal.Decimal", "fractions.Fraction", "Decimal", "Fraction")
    for way in ("", ".from_float")
)


class InexactDecimal(CallRule):
    """An exact number is made of an inexact one.

    ## What it does
    Reports `Decimal(0.1)` and `Fraction(0.1)`: a number with a point that has no exact binary form.

    Texts, whole numbers, and numbers such as 0.5, which are exact, are fine.

    ## Why is this bad
    The number was rounded before `Decimal` got it, and its error is kept with all its digits: `Decimal(0.1)` is
    0.1000000000000000055511151231257827…, and not equal to `Decimal("0.1")`.

    ## Example
    ```python
    from decimal import Decimal

    RATE = Decimal(0.19)
    ```

    ## Use instead
    ```python
    from decimal import Decimal

    RATE = Decimal("0.19")
    ```

    ## References
    - [Python documentation: floating-point arithmetic](https://docs.python.org/3/tutorial/floatingpoint.html)
    """

    dimension = "reliability"
    effort = 1
    needs = frozenset({"Decimal", "Fraction", "from_float"})

    VALID = (
        Valid("from decimal import Decimal\n\nhalf = Decimal(0.5)\nrate = Decimal('0.1')", "They are exact"),
        Valid("from decimal import Decimal\n\nscore = Decimal.from_float(98.0)", "So is this"),
        Valid("from decimal import Decimal\n\ndef f(price):\n    return Decimal(price)", "Nobody knows"),
        Valid(
            "from decimal import Decimal\n\nall_of_it = Decimal(float('inf')), Decimal(1e400)", "No number"
        ),
    )
    INVALID = (
        Invalid(
            "from decimal import Decimal\n\nprice = Decimal(19.99)",
            ('3:9-3:23 Decimal of 19.99 keeps the rounding error of 19.99: write Decimal("19.99")',),
        ),
        Invalid(
            "from decimal import Decimal\n\nprice = Decimal.from_float(19.99)",
            ('3:9-3:34 Decimal of 19.99 keeps the rounding error of 19.99: write Decimal("19.99")',),
        ),
        Invalid(
            "import fractions\n\ndef f(x):\n    return x * fractions.Fraction(-0.3)",
            ('4:16-4:40 Fraction of -0.3 keeps the rounding error of -0.3: write Fraction("-0.3")',),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted not in _EXACT or len(call.args) != 1 or (dotted in self.facts.bound and "." not in dotted):
            return
        given = self.facts.only_value(call.args[0])
        number = given.operand if isinstance(given, ast.UnaryOp) else given
        value = number.value if isinstance(number, ast.Constant) else None
        if isinstance(value, float) and math.isfinite(value) and Fraction(value) != Fraction(repr(value)):
            name = dotted.removesuffix(".from_float").rpartition(".")[2]
            text = ast.unparse(given)
            self.report(call, f'{name} of {text} keeps the rounding error of {text}: write {name}("{text}")')
