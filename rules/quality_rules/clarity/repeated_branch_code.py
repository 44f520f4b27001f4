"""The rule repeated-branch-code."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Setting, Valid, same_code, shorten
from quality_rules._branches import branches_of, continues

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRIVIAL = (ast.Pass, ast.Continue, ast.Break)
#: Most syntax nodes of a guard's condition that can be joined with others.
_LARGEST_GUARD = 8


class RepeatedBranchCode(AstRule):
    """Branches repeat what they all, or two of them, do.

    ## What it does
    Reports an `if` with `else` whose branches end with the same statement, neighbouring branches of a chain with
    the same code, neighbouring handlers of a `try` with the same code, and several `if` in a row that leave the same way. Where all branches are the same, the condition
    decides nothing, which is another rule's finding.

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
        Valid("if a:\n    x = 1\nelse:\n    x = 1", "The condition decides nothing"),
        Valid("try:\n    f()\nexcept A:\n    g()\nexcept B as b:\n    g(b)"),
        Valid("if not a:\n    return None\nif not b:\n    return None\nf()", "Two guards"),
    )
    INVALID = (
        Invalid(
            "if a:\n    f()\n    g()\nelse:\n    h()\n    g()",
            ("3:5-3:8 every branch ends with g(): move it behind the if",),
        ),
        Invalid(
            "if a:\n    f()\nelif b:\n    f()\nelse:\n    g()",
            ("3:6-3:7 the branch of b does the same as the one before: join them with or",),
        ),
        Invalid(
            "try:\n    f()\nexcept A:\n    g()\nexcept B:\n    g()",
            ("5:1-5:9 the handlers of A and B do the same: name both in one",),
        ),
        Invalid(
            "def f(a, b, c):\n    if a:\n        return 0\n    if b:\n        return 0\n    if c:\n        return 0\n    return 1",
            ("2:8-2:9 3 ifs in a row leave the same way: join their conditions with or",),
        ),
    )

    def visit_If(self, node: ast.If) -> None:
        if continues(self.facts, node):
            return
        if not node.orelse:
            self._check_guards(node)
            return
        branches = branches_of(node)
        if branches.are_same:
            return
        if branches.complete:
            self._check_ends(branches.blocks)
        for number, (before, block) in enumerate(pairwise(branches.blocks[: len(branches.tests)]), start=1):
            if same_code(before, block):
                shown = shorten(ast.unparse(branches.tests[number]))
                what = f"the branch of {shown} does the same as the one before: join them with or"
                # Each of them may have a reason of its own.
                self.report(branches.tests[number], what, confidence=Confidence.MEDIUM)
                break

    def visit_Try(self, node: ast.Try) -> None:
        for before, handler in pairwise(node.handlers):
            named = isinstance(before.type, ast.expr) and isinstance(handler.type, ast.expr)
            if named and before.name == handler.name and same_code(before.body, handler.body):
                one, other = (shorten(ast.unparse(each.type)) for each in (before, handler) if each.type)
                what = f"the handlers of {one} and {other} do the same: name both in one"
                self.report(handler, what, until=handler.type, confidence=Confidence.MEDIUM)

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
        tests = [node.test]
        for following in self.facts.rest(node):
            if (
                not isinstance(following, ast.If)
                or following.orelse
                or not same_code(following.body, node.body)
            ):
                break
            tests.append(following.test)
        if len(tests) >= self.fewest_guards and all(map(self._is_plain, tests)):
            self.report(
                node.test, f"{len(tests)} ifs in a row leave the same way: join their conditions with or"
            )
