"""The rule exponential-recursion."""

from __future__ import annotations

import ast
from itertools import combinations
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, decorators
from quality_rules.efficiency._cases import exponential_recursion as cases
from quality_rules.efficiency._recursion import (
    has_recursion,
    is_computed_with,
    keeps,
    own_calls,
    run_together,
    turns_around,
)
from quality_rules.efficiency._steps import Steps

if TYPE_CHECKING:
    from quality.model import FunctionNode


class ExponentialRecursion(AstRule):
    """A function computes the same again and again by calling itself twice.

    ## What it does
    Reports functions that call themselves twice in one run with the same arguments made smaller by different steps
    (`f(n - 1) + f(n - 2)`, `f(i + 1, left)` and `f(i + 1, left - sizes[i])`), or once for each of the same
    choices, less what is chosen (`min(f(coins, left - coin) for coin in coins)`, `f(text[end:])` for every `end`), or by the
    same step in one expression (`f(n // 2) * f(n // 2)`), and neither are cached nor store anything.

    Functions decorated with `cache` or `lru_cache`, functions that store results or mark where they were, calls of which
    only one runs, calls on two halves or on the children of a node, and answers that are collected, are fine.

    ## Why is this bad
    The number of calls doubles or nearly doubles with each step: `fibonacci(40)` makes 331 million calls for
    41 different answers.

    ## Example
    ```python
    def ways(steps):
        if steps < 2:
            return 1
        return ways(steps - 1) + ways(steps - 2)
    ```

    ## Use instead
    ```python
    @functools.cache
    def ways(steps):
        if steps < 2:
            return 1
        return ways(steps - 1) + ways(steps - 2)
    ```

    ## References
    - [Python documentation: functools.cache](https://docs.python.org/3/library/functools.html#functools.cache)
    """

    dimension = "efficiency"
    severity = Severity.ERROR
    effort = 10
    confidence = Confidence.MEDIUM

    asks = (has_recursion,)

    VALID, INVALID = cases.VALID, cases.INVALID

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        calls = own_calls(self.facts, function)
        if not calls or self._is_cached(function):
            return
        calls = [call for call in calls if is_computed_with(self.facts, call)]
        steps = Steps(self.facts, function)
        found = self._twice(calls, steps) or self._chosen(calls, steps)
        if found is not None and not keeps(self.facts, function):
            first, confidence = found
            self.report(
                first,
                f"{function.name}() calls itself twice for answers that it has computed already: "
                "decorate it with functools.cache",
                confidence=confidence,
            )

    def _is_cached(self, function: FunctionNode) -> bool:
        """Tells whether a decorator or a wrapper keeps the answers."""
        if any("cache" in name.lower() or "memo" in name.lower() for name in decorators(function)):
            return True
        targets = (target for _, targets, _ in self.facts.assignments for target in targets)
        return any(isinstance(target, ast.Name) and target.id == function.name for target in targets)

    def _twice(self, calls: list[ast.Call], steps: Steps) -> tuple[ast.AST, Confidence] | None:
        """The first calls that take different steps from the same arguments, one after the other: in which order is the same."""
        taken = [(call, known) for call in calls if (known := steps.of(call)) is not None]
        for (first, one), (second, other) in combinations(taken, 2):
            top = self._expression(first)
            whole = self.facts.contains(top, second)
            if (one != other or whole) and run_together(self.facts, first, second):
                sure = whole and steps.are_constant(first) and steps.are_constant(second)
                lazy = isinstance(top, ast.BoolOp)
                return top if whole else second, Confidence.HIGH if sure and not lazy else Confidence.MEDIUM
        return None

    def _chosen(self, calls: list[ast.Call], steps: Steps) -> tuple[ast.AST, Confidence] | None:
        """The first call that is made for each of the same choices."""
        for call in calls:
            if any(steps.chosen(call, *turn) for turn in turns_around(self.facts, call)):
                return call, Confidence.MEDIUM
        return None

    def _expression(self, call: ast.Call) -> ast.AST:
        """The whole expression that a call is an operand of."""
        top: ast.AST = call
        for above in self.facts.ancestors(call):
            if not isinstance(above, ast.BinOp | ast.Call | ast.BoolOp | ast.List | ast.Tuple | ast.Await):
                break
            top = above
        return top
