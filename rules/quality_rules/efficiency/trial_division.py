"""The rule trial-division."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, sides_of
from quality_rules._given import given


class TrialDivision(AstRule):
    """Divisors are sought up to the number itself.

    ## What it does
    Reports loops over `range(2, n)` or `range(2, n // 2)` that stop at the first divisor of `n`, only note
    that there is one, also as `any` or `all`, or divide `n` by each as often as that goes; loops that try which numbers
    divide both of two; and, as a note, loops that collect, count or add up all divisors.

    Loops up to the square root, and loops that do something else with each divisor, are fine.

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
        Valid(
            "def f(n):\n    return [n // i for i in range(2, n) if n % i == 0]", "Something else is collected"
        ),
        Valid(
            "def f(n, m):\n    return [i for i in range(2, m) if n % i == 0]", "Those below something else"
        ),
        Valid(
            "def f(n):\n    for i in range(2, int(n ** 0.5) + 1):\n        if n % i == 0:\n            return i"
        ),
    )
    INVALID = (
        Invalid(
            "def f(n):\n    return [i for i in range(1, n + 1) if n % i == 0]",
            (
                (
                    "2:24-2:39 divisors of n are sought far behind its square root: "
                    "end at math.isqrt(n) + 1, and take n divided by each as well"
                ),
            ),
        ),
        Invalid(
            "def f(n):\n    total = 0\n    for i in range(1, n):\n        if n % i == 0:\n            total += i\n"
            "    return total == n",
            (
                (
                    "3:14-3:25 divisors of n are sought far behind its square root: "
                    "end at math.isqrt(n) + 1, and take n divided by each as well"
                ),
            ),
        ),
        Invalid(
            "def f(n):\n    found = []\n    for i in range(2, n + 1):\n        while n % i == 0:\n"
            "            found.append(i)\n            n //= i\n    return found",
            ("3:14-3:29 a divisor of n is sought far behind its square root: end at math.isqrt(n) + 1",),
        ),
        Invalid(
            "def f(a, b):\n    for i in range(min(a, b), 0, -1):\n        if a % i == 0 and b % i == 0:\n            return i",
            ("2:14-2:37 a divisor of both is sought one by one: use math.gcd(a, b)",),
        ),
        Invalid(
            "def is_prime(n):\n    flag = 0\n    for k in range(2, n):\n        if n % k == 0:\n            flag = 1\n    return flag == 0",
            ("3:14-3:25 a divisor of n is sought far behind its square root: end at math.isqrt(n) + 1",),
        ),
        Invalid(
            "def is_prime(n):\n    return n > 1 and all(n % k for k in range(2, n // 2 + 1))",
            ("2:41-2:61 a divisor of n is sought far behind its square root: end at math.isqrt(n) + 1",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        only = loop.body[0]
        if len(loop.body) != 1 or not isinstance(loop.target, ast.Name):
            return
        if isinstance(only, ast.While):
            number = _divided(only.test, loop.target.id, zero=True)
            if self._divides(only, number, loop.target.id):
                self._check(loop.iter, number)
        elif isinstance(only, ast.If):
            self._check_asked(loop, loop.target.id, only)

    def _check_asked(self, loop: ast.For, divisor: str, only: ast.If) -> None:
        """A loop of one question: whether there is a divisor, which ones there are, or which two numbers share."""
        stops = any(isinstance(statement, ast.Return | ast.Break) for statement in only.body)
        shared = _shared(only.test, divisor)
        if shared and (stops or all(map(_only_given, only.body))):
            self._tell_shared(loop.iter, shared)
            return
        number = _divided(only.test, divisor, zero=True)
        if stops or all(map(_only_notes, only.body)):
            self._check(loop.iter, number)
        elif len(only.body) == 1 and _collects(only.body[0], divisor):
            self._check(loop.iter, number, collected=True)

    def _divides(self, loop: ast.While, number: str, divisor: str) -> bool:
        """Tells whether a loop divides a number by a divisor as often as that goes."""
        ways = {f"{number} //= {divisor}", f"{number} = {number} // {divisor}"}
        return bool(number) and any(ast.unparse(statement) in ways for statement in loop.body)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        call, generator = self.facts.parent(node), node.generators[0]
        if not isinstance(call, ast.Call) or not isinstance(generator.target, ast.Name):
            return
        if generator.ifs:
            self._check_collected(node)
        elif len(node.generators) == 1 and self.facts.is_builtin(call.func, "any", "all"):
            zero = self.facts.is_builtin(call.func, "any")
            self._check(generator.iter, _divided(node.elt, generator.target.id, zero=zero))

    def _check_collected(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> None:
        generator = node.generators[0]
        name = generator.target.id if isinstance(generator.target, ast.Name) else ""
        if name and len(node.generators) == len(generator.ifs) == 1:
            whole = isinstance(node.elt, ast.Constant) or ast.unparse(node.elt) == name
            number = _divided(generator.ifs[0], name, zero=True) if whole else ""
            self._check(generator.iter, number, collected=True)

    visit_ListComp = visit_SetComp = _check_collected

    def _tell_shared(self, source: ast.expr, shared: tuple[str, str]) -> None:
        if isinstance(source, ast.Call) and self.facts.is_builtin(source.func, "range"):
            both = ", ".join(shared)
            self.report(source, f"a divisor of both is sought one by one: use math.gcd({both})")

    def _check(self, source: ast.expr, number: str, *, collected: bool = False) -> None:
        if not number or not isinstance(source, ast.Call) or not self.facts.is_builtin(source.func, "range"):
            return
        if len(source.args) != 2 or not _is_constant(source.args[0], *((1, 2) if collected else (2,))):  # noqa: PLR2004 - both bounds
            return
        if number != _last(source.args[1]):
            return
        if collected:
            self.report(
                source,
                f"divisors of {number} are sought far behind its square root: "
                f"end at math.isqrt({number}) + 1, and take {number} divided by each as well",
                severity=Severity.NOTE,
                confidence=Confidence.MEDIUM,
            )
        else:
            self.report(
                source,
                f"a divisor of {number} is sought far behind its square root: end at math.isqrt({number}) + 1",
            )


def _last(stop: ast.expr) -> str:
    """The name that a loop counts up to, or half-way to."""
    if isinstance(stop, ast.BinOp) and isinstance(stop.op, ast.Add | ast.Sub):
        stop = stop.left if isinstance(stop.right, ast.Constant) else stop
    if isinstance(stop, ast.Call) and isinstance(stop.func, ast.Name) and stop.func.id == "int" and stop.args:
        stop = stop.args[0]
    if isinstance(stop, ast.BinOp) and isinstance(stop.op, ast.FloorDiv | ast.Div):
        stop = stop.left if isinstance(stop.right, ast.Constant) else stop
    return stop.id if isinstance(stop, ast.Name) else ""


def _shared(test: ast.expr, by: str) -> tuple[str, str] | None:
    """The two names of which a test asks whether both can be divided."""
    if not isinstance(test, ast.BoolOp) or not isinstance(test.op, ast.And) or len(test.values) != 2:  # noqa: PLR2004
        return None
    first, second = (_divided(part, by, zero=True) for part in test.values)
    return (first, second) if first and second and first != second else None


def _only_given(statement: ast.stmt) -> bool:
    """Tells whether a statement only gives a name a value: that of the last turn counts."""
    return bool(list(given(statement)))


def _collects(statement: ast.stmt, divisor: str) -> bool:
    """Tells whether a statement adds a divisor to a list, to a sum or to a number of them."""
    added = _added(statement)
    if added is not None:
        return isinstance(added, ast.Constant) or ast.unparse(added) == divisor
    call = statement.value if isinstance(statement, ast.Expr) else None
    adds = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) == 1
    return adds and call.func.attr in {"append", "add"} and ast.unparse(call.args[0]) == divisor  # type: ignore[union-attr]


def _added(statement: ast.stmt) -> ast.expr | None:
    """What a statement adds to a name."""
    if isinstance(statement, ast.AugAssign):
        return statement.value if isinstance(statement.op, ast.Add) else None
    for name, value in given(statement):
        if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add) and ast.unparse(value.left) == name:
            return value.right
    return None


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


def _is_constant(node: ast.AST, *values: int) -> bool:
    return isinstance(node, ast.Constant) and node.value in values and type(node.value) is int
