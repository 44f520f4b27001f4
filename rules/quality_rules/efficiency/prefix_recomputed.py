"""The rule prefix-recomputed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, same_code, shorten, sides_of
from quality_rules._loops import Loops, turns_of

if TYPE_CHECKING:
    from quality.model import Source

_TOTALS = ("sum", "max", "min", "all", "any", "set", "sorted")
#: Functions of modules that go through all of their argument as well.
_OTHERS = frozenset({"collections.Counter", "math.prod", "math.fsum", "statistics.mean", "statistics.fmean"})
#: Most arguments of a range without a step.
_BOUNDS = 2
#: What to do instead of going through each window.
_OF_WINDOWS = {
    "sum": "add what enters it and take off what leaves it",
    "max": "keep its candidates in a deque",
    "min": "keep its candidates in a deque",
}


def _is_backwards(node: ast.expr) -> bool:
    """Tells whether a node is something read backwards: ``text[::-1]``."""
    cut = node.slice if isinstance(node, ast.Subscript) else None
    return isinstance(cut, ast.Slice) and cut.lower is None and cut.upper is None and _is_minus_one(cut.step)


def _is_minus_one(node: ast.expr | None) -> bool:
    return (
        isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant) and node.operand.value == 1
    )


class PrefixRecomputed(AstRule):
    """A total is computed anew for each beginning, end or piece of a list.

    ## What it does
    Reports `sum(sizes[:i])`, `max(sizes[i:])` and the like in a loop that counts `i`, and `sum(sizes[i:j])` in loops that
    count both, also where the piece has a name; `text[i:j] == text[i:j][::-1]` likewise.

    As a note, also the sum, the largest or the smallest of a window that each turn moves by one place, of a width that is not
    written down (`max(sizes[i:i + width])`).

    Windows of a written width (`sizes[i:i + 3]`), and pieces that do not overlap, are fine.

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
    confidence = Confidence.MEDIUM
    needs = frozenset({ast.Slice})

    VALID = (
        Valid("def f(xs):\n    return [sum(xs[i:i + 3]) for i in range(len(xs))]", "A window"),
        Valid("def f(xs, i):\n    return sum(xs[:i])", "Once"),
        Valid(
            "def f(xs, widths):\n    return [sum(xs[i:i + w]) for w in widths for i in range(0, len(xs), w)]",
            "Windows",
        ),
        Valid("def f(xs, cuts):\n    return [sum(xs[i:j]) for i, j in pairwise(cuts)]", "Parts of it"),
        Valid(
            "def f(text, words):\n    n = len(text)\n"
            "    return [text[i:j] for i in range(n) for j in range(i, n) if text[i:j] in words]",
            "Each piece is looked up",
        ),
        Valid(
            "def f(text):\n    return [text[i:i + 3] == text[i:i + 3][::-1] for i in range(len(text))]",
            "A window",
        ),
        Valid(
            "def f(xs, w):\n    return [sum(xs[i:i + w]) for i in range(0, len(xs), w)]",
            "They do not overlap",
        ),
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
            def longest(text):
                best = ""
                for start in range(len(text)):
                    for end in range(start + 1, len(text) + 1):
                        piece = text[start:end]
                        if piece == piece[::-1] and len(piece) > len(best):
                            best = piece
                return best
            """,
            (
                "6:16-6:36 piece == piece[::-1] is computed anew in each turn: grow it from its middle, both ways",
            ),
        ),
        Invalid(
            """
            from collections import Counter

            def shortest(text, wanted):
                for size in range(len(text)):
                    for start in range(len(text) - size):
                        piece = text[start : start + size]
                        if Counter(piece) >= wanted:
                            return piece
            """,
            (
                (
                    "7:16-7:30 Counter(piece) is computed anew in each turn: "
                    "carry it along, or use itertools.accumulate()"
                ),
            ),
        ),
        Invalid(
            "def peaks(xs, w):\n    return [max(xs[i:i + w]) for i in range(len(xs) - w + 1)]",
            (
                "2:13-2:29 max(xs[i:i + w]) goes through a whole window in each turn: keep its candidates in a deque",
            ),
        ),
        Invalid(
            "import math\n\ndef products(xs):\n    return [math.prod(xs[:i]) for i, _ in enumerate(xs)]",
            (
                (
                    "4:13-4:30 math.prod(xs[:i]) is computed anew in each turn: "
                    "carry it along, or use itertools.accumulate()"
                ),
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

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("for ")

    def visit_Call(self, call: ast.Call) -> None:
        total = self.facts.is_builtin(call.func, *_TOTALS) or self.facts.origin(call.func) in _OTHERS
        if len(call.args) == 1 and total:
            self._check(call, call.args[0], "carry it along, or use itertools.accumulate()")

    def visit_Compare(self, node: ast.Compare) -> None:
        """Each piece is read backwards to tell whether it is the same: a longer one is only if the shorter one inside is."""
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq):
            return
        sides = sides_of(node)
        for piece, other in (sides, sides[::-1]):
            if _is_backwards(other) and same_code(other.value, piece):  # type: ignore[attr-defined]
                self._check(node, piece, "grow it from its middle, both ways", pieces_only=True)
                return

    def _check(self, node: ast.expr, part: ast.expr, remedy: str, *, pieces_only: bool = False) -> None:
        part = self._piece(part, node)
        if not isinstance(part, ast.Subscript) or not isinstance(part.slice, ast.Slice):
            return
        cut = part.slice
        lower, upper = self._names_in(cut.lower), self._names_in(cut.upper)
        both = cut.lower is not None and cut.upper is not None
        if cut.step is not None or (pieces_only and not both):
            return
        loops = self.facts.derived(Loops)
        counted: set[str] = set()
        for loop in loops.around(node):
            if not loops.is_fixed(part.value, loop):
                break
            counted |= self._counted(loop)
            # A window is as wide in each turn; a piece whose end is counted for itself is not.
            if (lower & counted and (upper - lower) & counted) if both else (lower | upper) & counted:
                self.report(node, f"{shorten(ast.unparse(node))} is computed anew in each turn: {remedy}")
                return
        if both and not pieces_only:
            self._check_window(node, lower, upper)

    def _check_window(self, node: ast.expr, lower: set[str], upper: set[str]) -> None:
        """A window of a width that is not written down, which each turn moves by one place."""
        function = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        loop = next(self.facts.derived(Loops).around(node), None)
        moved = self._counted(loop, by_one=True) if loop is not None else set()
        width = (lower ^ upper) - moved
        if function in _OF_WINDOWS and lower & upper & moved and len(width) == 1 and width.isdisjoint(moved):
            self.report(
                node,
                f"{shorten(ast.unparse(node))} goes through a whole window in each turn: {_OF_WINDOWS[function]}",
                severity=Severity.NOTE,
            )

    def _piece(self, part: ast.expr, node: ast.expr) -> ast.expr:
        """What a name stands for that is given to it in the loop around."""
        value = self.facts.only_value(part)
        loop = next(self.facts.derived(Loops).around(node), None)
        return value if loop is not None and self.facts.contains(loop, value) else part

    def _names_in(self, bound: ast.expr | None) -> set[str]:
        return set() if bound is None else self.facts.names_in(bound)

    def _counted(self, loop: ast.AST, *, by_one: bool = False) -> set[str]:
        """Names that a loop counts up or down, by any step or by one."""
        found: set[str] = set()
        for target, source in turns_of(loop):
            if not isinstance(source, ast.Call):
                continue
            if self.facts.is_builtin(source.func, "range") and isinstance(target, ast.Name):
                stepped = len(source.args) > _BOUNDS
                found.update(() if by_one and stepped else {target.id})
            elif self.facts.is_builtin(source.func, "enumerate") and isinstance(target, ast.Tuple):
                first = target.elts[0]
                found.update({first.id} if isinstance(first, ast.Name) else ())
        return found
