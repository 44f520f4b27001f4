"""The rule inexact-logarithm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import Invalid, Valid
from quality_rules._called import CallRule

if TYPE_CHECKING:
    import ast

_BETTER: dict[float, str] = {2: "math.log2", 10: "math.log10"}


class InexactLogarithm(CallRule):
    """A logarithm is divided by another.

    ## What it does
    Reports `math.log` with the base 2 or 10.

    Other bases, for which there is no function, are fine.

    ## Why is this bad
    `math.log(x, base)` divides two logarithms that are rounded: `math.log(1000, 10)` is 2.9999999999999996, and cut
    to a whole number it is 2. `math.log10` and `math.log2` are exact for powers of their base.

    ## Example
    ```python
    import math

    def digits(number):
        return int(math.log(number, 10)) + 1
    ```

    ## Use instead
    ```python
    import math

    def digits(number):
        return int(math.log10(number)) + 1
    ```

    ## References
    - [Python documentation: math.log10](https://docs.python.org/3/library/math.html#math.log10)
    """

    dimension = "reliability"
    severity = Severity.NOTE
    effort = 1
    needs = frozenset({"log"})

    VALID = (
        Valid("import math\n\nprint(math.log(8), math.log(9, 3), math.log2(8))"),
        Valid("log(x, 2)\nstore.log(x, 10)", "Another log"),
        Valid("import math\n\ndef f(x, base):\n    return math.log(x, base)", "Any base"),
    )
    INVALID = (
        Invalid(
            "import math\n\ndef f(x):\n    return int(math.log(x, 10))",
            (
                "4:16-4:31 the quotient of two rounded logarithms: use math.log10(), which is exact for powers",
            ),
        ),
        Invalid(
            "from math import log\n\ndepth = log(SIZE, 2.0)",
            ("3:9-3:23 the quotient of two rounded logarithms: use math.log2(), which is exact for powers",),
        ),
    )

    def check_call(self, call: ast.Call, dotted: str) -> None:
        if dotted != "math.log" or len(call.args) != 2:  # noqa: PLR2004
            return
        base = self.constant(call.args[1])
        better = _BETTER.get(base) if isinstance(base, int | float) else None
        if better is not None:
            self.report(
                call, f"the quotient of two rounded logarithms: use {better}(), which is exact for powers"
            )
