"""The rule prefix-recomputed."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._loops import COMPREHENSIONS, Loops

_TOTALS = ("sum", "max", "min", "all", "any", "set", "sorted")


class PrefixRecomputed(AstRule):
    """A total is computed anew for each beginning, end or piece of a list.

    ## What it does
    Reports `sum(sizes[:i])`, `max(sizes[i:])` and the like in a loop that counts `i`, and `sum(sizes[i:j])` in loops that
    count both.

    Windows of a width of their own (`sizes[i:i + 3]`) are fine.

    ## Why is this bad
    Each turn goes through nearly all that the turn before went through, so the time grows with the square of
    the length. A running total needs one step a turn.

    ## Example
    ```python
    def levels(flows):
        return [sum(flows[:i + 1]) for i in range(len(flows))]
    ```

    ## Use instead
    ```python
    def levels(flows):
        return list(itertools.accumulate(flows))
    ```

    ## References
    - [Python documentation: itertools.accumulate](https://docs.python.org/3/library/itertools.html#itertools.accumulate)
    """

    dimension = "efficiency"
    needs = frozenset(_TOTALS)
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("def f(xs):\n    return [sum(xs[i:i + 3]) for i in range(len(xs))]", "A window"),
        Valid("def f(xs, i):\n    return sum(xs[:i])", "Once"),
        Valid(
            "def f(xs, widths):\n    return [sum(xs[i:i + w]) for w in widths for i in range(0, len(xs), w)]",
            "Windows",
        ),
        Valid("def f(xs, cuts):\n    return [sum(xs[i:j]) for i, j in pairwise(cuts)]", "Parts of it"),
        Valid("def f(lines):\n    return [max(line[1:]) for line in lines]", "Another list in each turn"),
    )
    INVALID = (
        Invalid(
            "def best(xs):\n    n = len(xs)\n    return max(sum(xs[i:j]) for i in range(n) for j in range(i + 1, n + 1))",
            (
                "3:16-3:28 sum(xs[i:j]) is computed anew in each turn: carry it along, or use itertools.accumulate()",
            ),
        ),
        Invalid(
            "def best(xs):\n    top = 0\n    for i in range(len(xs)):\n        for size in range(len(xs) - i):\n"
            "            top = max(top, sum(xs[i:i + size]))\n    return top",
            (
                "5:28-5:47 sum(xs[i:i + size]) is computed anew in each turn: carry it along, or use itertools.accumulate()",
            ),
        ),
        Invalid(
            """
            def peaks(heights):
                found = []
                for i in range(len(heights)):
                    found.append(max(heights[: i + 1]))
                return found
            """,
            (
                (
                    "4:22-4:43 max(heights[:i + 1]) is computed anew in each turn: "
                    "carry it along, or use itertools.accumulate()"
                ),
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        if len(call.args) != 1 or not self.facts.is_builtin(call.func, *_TOTALS):
            return
        part = call.args[0]
        if not isinstance(part, ast.Subscript) or not isinstance(part.slice, ast.Slice):
            return
        cut = part.slice
        lower, upper = self._names_in(cut.lower), self._names_in(cut.upper)
        if cut.step is not None:
            return
        loops = self.facts.derived(Loops)
        counted: set[str] = set()
        for loop in loops.around(call):
            if not loops.is_fixed(part.value, loop):
                break
            counted |= self._counted(loop)
            both = cut.lower is not None and cut.upper is not None
            # A window is as wide in each turn; a piece whose end is counted for itself is not.
            if (lower & counted and (upper - lower) & counted) if both else (lower | upper) & counted:
                self.report(
                    call,
                    f"{shorten(ast.unparse(call))} is computed anew in each turn: "
                    "carry it along, or use itertools.accumulate()",
                )
                return

    def _names_in(self, bound: ast.expr | None) -> set[str]:
        inside = () if bound is None else self.facts.within(bound)
        return {node.id for node in inside if isinstance(node, ast.Name)}

    def _counted(self, loop: ast.AST) -> set[str]:
        """Names that a loop counts up or down."""
        found: set[str] = set()
        pairs: list[tuple[ast.AST, ast.AST]] = []
        if isinstance(loop, ast.For):
            pairs = [(loop.target, loop.iter)]
        elif isinstance(loop, COMPREHENSIONS):
            pairs = [(generator.target, generator.iter) for generator in loop.generators]
        for target, source in pairs:
            if not isinstance(source, ast.Call):
                continue
            if self.facts.is_builtin(source.func, "range") and isinstance(target, ast.Name):
                found.add(target.id)
            elif self.facts.is_builtin(source.func, "enumerate") and isinstance(target, ast.Tuple):
                first = target.elts[0]
                found.update({first.id} if isinstance(first, ast.Name) else ())
        return found
