"""The rule repeated-branch-code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Setting, Valid, same_code, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRIVIAL = (ast.Pass, ast.Continue, ast.Break)
#: Most syntax nodes of a guard's condition that can be joined with others.
_LARGEST_GUARD = 8


class RepeatedBranchCode(AstRule):
    """Branches repeat what they all, or two of them, do.

    ## What it does
    Reports an `if` with `else` whose branches are all the same or end with the same statement, neighbouring branches of a chain with
    the same code, and several `if` in a row that leave the same way.

    Two guards in a row are fine, guards with calls or long conditions too, and so is an end that is nothing but `pass`, `break` or a bare `return`.

    ## Why is this bad
    The reader has to compare the branches to find out that they don't differ there, and a change must be made in
    each of them.

    ## Example
    ```python
    def price(order, special):
        if special:
            total = order.amount * 0.95
            send(order)
        else:
            total = order.amount * 0.98
            send(order)
        return total
    ```

    ## Use instead
    ```python
    def price(order, special):
        total = order.amount * (0.95 if special else 0.98)
        send(order)
        return total
    ```

    ## References
    - [Refactoring: consolidate duplicate conditional fragments](https://refactoring.com/catalog/slideStatements.html)
    """

    dimension = "clarity"

    fewest_guards = Setting(3, "Fewest ifs in a row that leave the same way.", minimum=2)

    VALID = (
        Valid("if a:\n    f()\n    g(1)\nelse:\n    g(2)"),
        Valid("if a:\n    f()\n    g()\nelif b:\n    g()", "No else: not every way ends so"),
        Valid("if not a:\n    return None\nif not b:\n    return None\nf()", "Two guards"),
    )
    INVALID = (
        Invalid(
            "if a:\n    f()\n    g()\nelse:\n    h()\n    g()",
            ("3:5-3:8 every branch ends with g(): move it behind the if",),
        ),
        Invalid(
            "if a:\n    x = 1\nelse:\n    x = 1",
            ("1:4-1:5 every branch does the same: drop the condition a",),
        ),
        Invalid(
            "if a:\n    f()\nelif b:\n    f()\nelse:\n    g()",
            ("3:6-3:7 the branch of b does the same as the one before: join them with or",),
        ),
        Invalid(
            "def f(a, b, c):\n    if a:\n        return 0\n    if b:\n        return 0\n    if c:\n        return 0\n    return 1",
            ("2:8-2:9 3 ifs in a row leave the same way: join their conditions with or",),
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        above = self.facts.parent(node)
        if isinstance(above, ast.If) and len(above.orelse) == 1 and above.orelse[0] is node:
            return
        tests, branches, complete = _chain(node)
        if complete and all(same_code(branches[0], branch) for branch in branches[1:]):
            shown = shorten(ast.unparse(node.test))
            self.report(node.test, f"every branch does the same: drop the condition {shown}")
            return
        if complete:
            self._check_ends(branches)
        for number in range(1, len(tests)):
            if same_code(branches[number - 1], branches[number]):
                shown = shorten(ast.unparse(tests[number]))
                what = f"the branch of {shown} does the same as the one before: join them with or"
                # Each of them may have a reason of its own.
                self.report(tests[number], what, confidence=Confidence.MEDIUM)
                break
        if not node.orelse:
            self._check_guards(node)

    def _check_ends(self, branches: Sequence[list[ast.stmt]]) -> None:
        first, *others = branches
        last = first[-1]
        bare = isinstance(last, _TRIVIAL) or (isinstance(last, ast.Return) and last.value is None)
        if bare or all(len(branch) == 1 for branch in branches):
            return
        if all(same_code(last, branch[-1]) for branch in others):
            shown = shorten(ast.unparse(last))
            self.report(last, f"every branch ends with {shown}: move it behind the if")

    def _is_plain(self, test: ast.expr) -> bool:
        inside = self.facts.within(test)
        return len(inside) <= _LARGEST_GUARD and not any(isinstance(n, ast.Call) for n in inside)

    def _check_guards(self, node: ast.If) -> None:
        before = self.facts.previous(node)
        if not isinstance(node.body[-1], ast.Return | ast.Raise) or len(node.body) > 1:
            return
        if isinstance(before, ast.If) and not before.orelse and same_code(before.body, node.body):
            return
        run, plain = 1, self._is_plain(node.test)
        for following in self.facts.rest(node):
            if (
                not isinstance(following, ast.If)
                or following.orelse
                or not same_code(following.body, node.body)
            ):
                break
            plain = plain and self._is_plain(following.test)
            run += 1
        if run >= self.fewest_guards and plain:
            self.report(node.test, f"{run} ifs in a row leave the same way: join their conditions with or")


def _chain(node: ast.If) -> tuple[list[ast.expr], list[list[ast.stmt]], bool]:
    """Tests and branches of an if and its elifs, and whether there is an else."""
    tests, branches = [node.test], [node.body]
    while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        node = node.orelse[0]
        tests.append(node.test)
        branches.append(node.body)
    if node.orelse:
        branches.append(node.orelse)
    return tests, branches, bool(node.orelse)
