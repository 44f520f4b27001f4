"""The rule trial-division."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Valid, sides_of
from quality_rules._given import given

if TYPE_CHECKING:
    from quality.model import Source


class TrialDivision(AstRule):
    """Divisors are sought up to the number itself.

    ## What it does
    Reports loops over `range(2, n)` or `range(2, n // 2)` that stop at the first divisor of `n`, or only note
    that there is one, also as `any` or `all`.

    Loops up to the square root, and loops that collect all divisors, are fine.

    ## Why is this bad
    If there is a divisor, there is one up to the square root. For a prime near a million the loop takes a
    million turns instead of a thousand.

    ## Example
    ```python
    def is_prime(n):
        for i in range(2, n):
            if n % i == 0:
                return False
        return n > 1
    ```

    ## Use instead
    ```python
    def is_prime(n):
        for i in range(2, math.isqrt(n) + 1):
            if n % i == 0:
                return False
        return n > 1
    ```

    ## References
    - [Trial division](https://en.wikipedia.org/wiki/Trial_division)
    """

    dimension = "efficiency"

    VALID = (
        Valid(
            "def f(n):\n    last = 1\n    for i in range(2, n):\n        if n % i == 0:\n            last = i\n    return last",
            "The largest divisor",
        ),
        Valid("def f(n):\n    return [i for i in range(2, n) if n % i == 0]", "All divisors"),
        Valid(
            "def f(n):\n    for i in range(2, int(n ** 0.5) + 1):\n        if n % i == 0:\n            return i"
        ),
    )
    INVALID = (
        Invalid(
            "def is_prime(n):\n    flag = 0\n    for k in range(2, n):\n        if n % k == 0:\n            flag = 1\n    return flag == 0",
            ("3:14-3:25 a divisor of n is sought far behind its square root: end at math.isqrt(n) + 1",),
        ),
        Invalid(
            "def is_prime(n):\n    return n > 1 and all(n % k for k in range(2, n // 2 + 1))",
            ("2:41-2:61 a divisor of n is sought far behind its square root: end at math.isqrt(n) + 1",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return "%" in source.text and "range(2" in source.text.replace(" ", "")

    def visit_For(self, loop: ast.For) -> None:
        only = loop.body[0]
        if len(loop.body) != 1 or not isinstance(only, ast.If) or not isinstance(loop.target, ast.Name):
            return
        stops = any(isinstance(statement, ast.Return | ast.Break) for statement in only.body)
        if stops or all(map(_only_notes, only.body)):
            self._check(loop.iter, _divided(only.test, loop.target.id, zero=True))

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        call, generator = self.facts.parent(node), node.generators[0]
        if not isinstance(call, ast.Call) or not isinstance(generator.target, ast.Name) or generator.ifs:
            return
        if len(node.generators) == 1 and self.facts.is_builtin(call.func, "any", "all"):
            zero = self.facts.is_builtin(call.func, "any")
            self._check(generator.iter, _divided(node.elt, generator.target.id, zero=zero))

    def _check(self, source: ast.expr, number: str) -> None:
        if not number or not isinstance(source, ast.Call) or not self.facts.is_builtin(source.func, "range"):
            return
        if len(source.args) != 2 or not _is_constant(source.args[0], 2):  # noqa: PLR2004 - both bounds
            return
        stop = source.args[1]
        if isinstance(stop, ast.BinOp) and isinstance(stop.op, ast.Add | ast.Sub):
            stop = stop.left if isinstance(stop.right, ast.Constant) else stop
        if (
            isinstance(stop, ast.Call)
            and isinstance(stop.func, ast.Name)
            and stop.func.id == "int"
            and stop.args
        ):
            stop = stop.args[0]
        if isinstance(stop, ast.BinOp) and isinstance(stop.op, ast.FloorDiv | ast.Div):
            stop = stop.left if isinstance(stop.right, ast.Constant) else stop
        if isinstance(stop, ast.Name) and stop.id == number:
            self.report(
                source,
                f"a divisor of {number} is sought far behind its square root: end at math.isqrt({number}) + 1",
            )


def _only_notes(statement: ast.stmt) -> bool:
    """Tells whether a statement gives names a constant, and does nothing else: later turns add nothing."""
    values = [value for _, value in given(statement)]
    return bool(values) and all(isinstance(value, ast.Constant) for value in values)


def _divided(test: ast.expr, by: str, *, zero: bool) -> str:
    """The name whose remainder a test compares with zero; empty for other tests."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        divided, other = sides_of(test)
        if not _is_constant(other, 0) or not isinstance(test.ops[0], ast.Eq if zero else ast.NotEq | ast.Gt):
            return ""
        test = divided
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and zero:
        test = test.operand
    elif zero:
        return ""
    if (
        not isinstance(test, ast.BinOp)
        or not isinstance(test.op, ast.Mod)
        or not isinstance(test.left, ast.Name)
    ):
        return ""
    return test.left.id if isinstance(test.right, ast.Name) and test.right.id == by else ""


def _is_constant(node: ast.AST, value: int) -> bool:
    return isinstance(node, ast.Constant) and node.value == value and type(node.value) is int
