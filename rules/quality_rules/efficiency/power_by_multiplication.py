"""The rule power-by-multiplication."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid
from quality_rules._given import given
from quality_rules._loops import Loops, is_short


class PowerByMultiplication(AstRule):
    """A power is computed by one multiplication after the other.

    ## What it does
    Reports loops over `range(n)` that do nothing but multiply a number by the same factor, with or without a remainder
    (`result = result * base % modulus`).

    Loops that use their counter, that multiply by something else in each turn, or that do more, and loops of a written number of
    turns, are fine.

    ## Why is this bad
    The loop takes as many turns as the exponent says. `pow` squares, and takes as many as the exponent has binary digits: twenty for
    a million.

    ## Example
    ```python
    def remainder(base, exponent, modulus):
        result = 1
        for _ in range(exponent):
            result = result * base % modulus
        return result
    ```

    ## Use instead
    ```python
    def remainder(base, exponent, modulus):
        return pow(base, exponent, modulus)
    ```

    ## References
    - [Python documentation: pow](https://docs.python.org/3/library/functions.html#pow)
    """

    dimension = "efficiency"
    needs = frozenset({"range"})
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            "def f(n):\n    total = 1\n    for i in range(n):\n        total *= i + 1\n    return total",
            "A factorial",
        ),
        Valid("def f(x):\n    y = 1\n    for _ in range(3):\n        y *= x\n    return y", "A few turns"),
        Valid(
            "def f(x, n):\n    y = 1\n    for _ in range(n):\n        y *= x\n        show(y)\n    return y",
            "Each power is wanted",
        ),
        Valid(
            "def f(rows, n):\n    for _ in range(n):\n        rows *= 2\n    return rows", "It may be a list"
        ),
        Valid(
            "def f(n):\n    y = 1\n    for _ in range(n):\n        y *= y + 1\n    return y",
            "Another factor in each turn",
        ),
    )
    INVALID = (
        Invalid(
            """
            def grown(size, rate, years):
                factor = 1.0
                for _ in range(years):
                    factor *= rate
                return size * factor
            """,
            ("4:9-4:23 factor is multiplied by rate in each turn: use rate ** years",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        source, only = loop.iter, loop.body[0]
        counts = isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "range")
        if not counts or len(loop.body) > 1 or loop.orelse or is_short(loop) or len(source.args) > 1:  # type: ignore[attr-defined]
            return
        name, factor, modulus = _multiplied(only)
        if not name or factor is None or not self._is_number(loop, name):
            return
        parts = [factor] if modulus is None else [factor, modulus]
        names = set().union(*map(self.facts.names_in, parts))
        loops = self.facts.derived(Loops)
        if not names & loops.bound(loop) and all(loops.is_fixed(part, loop) for part in parts):
            base, exponent = ast.unparse(factor), ast.unparse(source.args[0])  # type: ignore[attr-defined]
            power = f"{base} ** {exponent}"
            if modulus is not None:
                power = f"pow({base}, {exponent}, {ast.unparse(modulus)})"
            self.report(only, f"{name} is multiplied by {base} in each turn: use {power}")

    def _is_number(self, loop: ast.For, name: str) -> bool:
        """Tells whether a name begins as a number that is written down."""
        values = self.facts.values(loop, name)
        return any(
            isinstance(value, ast.Constant) and isinstance(value.value, int | float) for value in values
        )


def _multiplied(statement: ast.stmt) -> tuple[str, ast.expr | None, ast.expr | None]:
    """The name that a statement multiplies, by what, and of what the remainder is kept."""
    if isinstance(statement, ast.AugAssign):
        multiplies = isinstance(statement.op, ast.Mult) and isinstance(statement.target, ast.Name)
        return (statement.target.id, statement.value, None) if multiplies else ("", None, None)  # type: ignore[union-attr]
    for name, value in given(statement):
        modulus = value.right if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mod) else None
        product = value.left if modulus is not None else value  # type: ignore[attr-defined]
        if isinstance(product, ast.BinOp) and isinstance(product.op, ast.Mult):
            sides = [product.left, product.right]
            own = [side for side in sides if isinstance(side, ast.Name) and side.id == name]
            if len(own) == 1:
                sides.remove(own[0])
                return name, sides[0], modulus
    return "", None, None
