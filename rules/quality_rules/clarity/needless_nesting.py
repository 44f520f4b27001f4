"""The rule needless-nesting."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import LOOPS, TERMINAL, AstRule, Invalid, Setting, Valid, body_of, shorten
from quality_rules._branches import size_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.model import FunctionNode

#: How many times longer the else must be than the branch before it.
_GUARD_SHARE = 3


class NeedlessNesting(AstRule):
    """A guard clause would take a level of nesting off.

    ## What it does
    Reports an `if` without `else` that holds most of a function or of a loop's body, to its end, and a long
    `else` behind a short branch that always leaves, when the code inside is long and nested itself.

    Short or balanced branches, chains of `elif`, and flat code inside are fine: there, it is a matter of
    taste.

    ## Why is this bad
    The reader carries the condition through the whole block, to find that nothing else happens when it does
    not hold. Leaving first says so at once.

    ## Example
    ```python
    def send(order):
        if order.paid:
            for item in order.items:
                if item.stock > 0:
                    item.stock -= 1
                    parcel.add(item)
            parcel.seal()
            parcel.address = order.address
            parcel.ship()
    ```

    ## Use instead
    ```python
    def send(order):
        if not order.paid:
            return
        for item in order.items:
            if item.stock > 0:
                item.stock -= 1
                parcel.add(item)
        parcel.seal()
        parcel.address = order.address
        parcel.ship()
    ```

    ## References
    - [Refactoring: replace nested conditional with guard clauses](https://refactoring.com/catalog/replaceNestedConditionalWithGuardClauses.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    equivalents = (
        "pylint:no-else-return",
        "pylint:no-else-raise",
        "pylint:no-else-continue",
        "pylint:no-else-break",
    )
    needs = frozenset({ast.If})

    minimum_statements = Setting(6, "Fewest statements that the block must hold.", minimum=1)

    VALID = (
        Valid("def f(x):\n    if x:\n        print(x)", "Short"),
        Valid(
            """
            def f(x):
                if x > 0:
                    return 1
                elif x < 0:
                    return -1
                else:
                    return 0
            """,
            "A chain",
        ),
        Valid(
            """
            def f(request):
                if request.method == "POST":
                    path = request.body
                    if not is_inside(path):
                        return None
                    if not path.exists():
                        return None
                    with path.open() as file:
                        return file.read()
            """,
            "Checks and three lines of work",
        ),
    )
    INVALID = (
        Invalid(
            """
            def f(rows):
                total = 0
                for row in rows:
                    if row.valid:
                        for cell in row:
                            if cell.number:
                                total += cell.number
                                row.mark()
                        row.close()
                        print(row)
                return total
            """,
            ("4:9-4:21 the rest of the loop is inside this if: invert row.valid and continue",),
            fixed="""
            def f(rows):
                total = 0
                for row in rows:
                    if not row.valid:
                        continue
                    for cell in row:
                        if cell.number:
                            total += cell.number
                            row.mark()
                    row.close()
                    print(row)
                return total
            """,
        ),
        Invalid(
            """
            def f(rows):
                if not rows:
                    return 0
                else:
                    total = 0
                    for row in rows:
                        for cell in row:
                            total += cell
                    print(total)
                    log(rows)
                    return total
            """,
            (
                "2:5-2:16 the branch of not rows always leaves, so its else only adds a level: take the else off",
            ),
            fixed="""
            def f(rows):
                if not rows:
                    return 0
                total = 0
                for row in rows:
                    for cell in row:
                        total += cell
                print(total)
                log(rows)
                return total
            """,
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        self._check_rest(body_of(function), "the rest of the function", "return")

    def visit_For(self, loop: ast.For | ast.AsyncFor | ast.While) -> None:
        self._check_rest(loop.body, "the rest of the loop", "continue")

    def visit_While(self, loop: ast.While) -> None:
        self.visit_For(loop)

    def visit_If(self, node: ast.If) -> None:
        last = node.body[-1]
        chained = len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
        if (
            not isinstance(last, TERMINAL)
            or chained
            or self._is_elif(node)
            or not self._is_heavy(node.orelse)
        ):
            return
        if _GUARD_SHARE * size_of(node.body) <= size_of(node.orelse):
            shown = shorten(ast.unparse(node.test))
            self._report(
                node, f"the branch of {shown} always leaves, so its else only adds a level: take the else off"
            )

    def _check_rest(self, block: Sequence[ast.stmt], what: str, leave: str) -> None:
        last = block[-1] if block else None
        if not isinstance(last, ast.If) or last.orelse:
            return
        if self._is_heavy(last.body) and size_of(last.body) > size_of(block[:-1]):
            shown = shorten(ast.unparse(last.test))
            self._report(last, f"{what} is inside this if: invert {shown} and {leave}")

    def _is_heavy(self, block: Sequence[ast.stmt]) -> bool:
        """Tells whether a block is long, and nested itself: checks that leave are neither."""
        work = [statement for statement in block if not _only_leaves(statement)]
        nested = any(isinstance(s, (*LOOPS, ast.If, ast.Try, ast.With, ast.Match)) for s in work)
        return nested and size_of(work) >= self.minimum_statements

    def _is_elif(self, node: ast.If) -> bool:
        above = self.facts.parent(node)
        return isinstance(above, ast.If) and len(above.orelse) == 1 and above.orelse[0] is node

    def _report(self, node: ast.If, message: str) -> None:
        start, end = self.source.location_of(node), self.source.location_of(node.test)
        self.report(self.source.location(start.line, start.column, end.end_line, end.end_column), message)


def _only_leaves(statement: ast.stmt) -> bool:
    """Tells whether a statement is a check that does nothing but leave."""
    return isinstance(statement, ast.If) and not statement.orelse and isinstance(statement.body[0], TERMINAL)
