"""The rule nan-passes-check."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import Invalid, Valid, targets_of
from quality_rules._flow import FlowRule, Harm, Level
from quality_rules._words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality_rules._flow import Hit

_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
#: What looks whether a number is one.
_LOOKS = words("isnan isfinite isinf is_finite is_nan")


class NanPassesCheck(FlowRule):
    """A limit for a client's number lets through what is no number.

    ## What it does
    Reports `float()` of what a request brings, where the same function then refuses what is too small or too large, and asks
    nowhere whether it is a number at all.

    Checks that say what is accepted (`if not 0 < size < 10`), whole numbers and `math.isfinite` are fine.

    ## Why is this bad
    `float("nan")` is read without an error, and every comparison with it is false: it is neither below nor above the limit, so
    it is not refused.

    ## Example
    ```python
    def buy(request, price):
        paid = float(request.POST["paid"])
        if paid < price:
            raise ValueError(paid)
        deliver()
    ```

    ## Use instead
    ```python
    def buy(request, price):
        paid = float(request.POST["paid"])
        if not paid >= price:
            raise ValueError(paid)
        deliver()
    ```

    ## References
    - [CWE-1287: improper validation of specified type of input](https://cwe.mitre.org/data/definitions/1287.html)
    """

    cwe = 1287
    effort = 5
    harm = Harm.NAN
    message = 'may be "nan", which no limit refuses: say what is accepted, or ask math.isfinite'
    least = Level.REMOTE
    mildest = Severity.WARNING

    VALID = (
        Valid(
            """
            import math

            def f(request, limit):
                size = float(request.GET["size"])
                if not math.isfinite(size) or size > limit:
                    raise ValueError(size)
                return size
            """,
            "It was asked",
        ),
        Valid(
            """
            def f(request, limit):
                size = int(request.GET["size"])
                if size > limit:
                    raise ValueError(size)
                return size
            """,
            "A whole number",
        ),
        Valid(
            """
            def f(request):
                size = float(request.GET["size"])
                return "large" if size > 10 else "small"
            """,
            "It refuses nothing",
        ),
        Valid(
            """
            def f(request):
                size = float(request.GET["size"])
                if 0 < size < 10:
                    grow(size)
            """,
            "It says what is accepted",
        ),
        Valid(
            """
            def f(size, limit):
                size = float(size)
                if size > limit:
                    raise ValueError(size)
            """,
            "The caller's number",
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(request, limit):
                if float(request.GET["size"]) > limit:
                    raise ValueError
                return grow()
            """,
            (
                '2:8-2:34 request.GET may be "nan", which no limit refuses: say what is accepted, or ask math.isfinite',
            ),
        ),
        Invalid(
            """
            from flask import abort, request

            def f(account):
                amount = float(request.form["amount"])
                if amount <= 0 or amount > account.balance:
                    abort(400)
                account.balance -= amount
            """,
            (
                (
                    '4:14-4:43 request.form may be "nan", which no limit refuses: say what is accepted, or ask'
                    " math.isfinite"
                ),
            ),
        ),
    )

    def counts(self, hit: Hit) -> bool:
        """Tells whether the number is refused by a limit alone."""
        function = self.facts.function(hit.node)
        if function is None or self._looks(function):
            return False
        return any(self._refuses(number) for number in self._uses(hit.node))

    def _looks(self, function: ast.AST) -> bool:
        """Tells whether anything in a function asks whether a number is one."""
        inside = self.facts.within(function)
        return any(getattr(node, "attr", getattr(node, "id", "")) in _LOOKS for node in inside) or any(
            isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lower() == "nan"
            for node in inside
        )

    def _uses(self, number: ast.expr) -> Iterator[ast.AST]:
        """Where a number is read: there, and where a name of it is."""
        yield number
        above = self.facts.parent(number)
        function = self.facts.function(number)
        if function is not None:
            for target in targets_of(above):
                if isinstance(target, ast.Name):
                    yield from self.facts.names(function).loads.get(target.id, ())

    def _refuses(self, number: ast.AST) -> bool:
        """Tells whether a number stands in a comparison that refuses it when it holds."""
        compared = self.facts.parent(number)
        if not isinstance(compared, ast.Compare) or not all(
            isinstance(order, _ORDERS) for order in compared.ops
        ):
            return False
        for above in self.facts.ancestors(compared):
            if isinstance(above, ast.If):
                return _leaves(above)
            if not isinstance(above, ast.BoolOp):
                return False
        return False


def _leaves(branch: ast.If) -> bool:
    """Tells whether a branch says no: it raises, answers, or calls what ends the request."""
    last = branch.body[-1]
    if isinstance(last, ast.Raise | ast.Return):
        return True
    ends = isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)
    return ends and getattr(last.value.func, "id", "") == "abort"  # type: ignore[attr-defined]
