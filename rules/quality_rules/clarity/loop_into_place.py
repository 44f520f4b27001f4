"""The rule loop-into-place."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid


class LoopIntoPlace(AstRule):
    """A loop keeps its turn in an item or attribute.

    ## What it does
    Reports `for row["name"] in names` and `for self.name in names`, in comprehensions, too.

    ## Why is this bad
    It looks like a loop over names, and changes an object at each turn. Behind the loop the object holds the last value, which
    nobody put there on purpose.

    ## Example
    ```python
    for row["name"] in names:
        write(row)
    ```

    ## Use instead
    ```python
    for name in names:
        write({**row, "name": name})
    ```

    ## References
    - [Python documentation: the for statement](https://docs.python.org/3/reference/compound_stmts.html#the-for-statement)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 5

    VALID = (
        Valid("for a in b:\n    c['x'] = a"),
        Valid("for a, (b, c) in d:\n    f(a, b, c)"),
        Valid("with f() as self.x:\n    g()", "No loop"),
    )
    INVALID = (
        Invalid(
            "for a['x'] in b:\n    f(a)", ("1:5-1:11 each turn changes a: give the turn a name of its own",)
        ),
        Invalid(
            "for i, self.x in enumerate(b):\n    f(i)",
            ("1:8-1:14 each turn changes self: give the turn a name of its own",),
        ),
        Invalid(
            "c = [a.x for a.x in b]", ("1:14-1:17 each turn changes a: give the turn a name of its own",)
        ),
    )

    def visit_For(self, node: ast.For | ast.AsyncFor | ast.comprehension) -> None:
        pending = [node.target]
        while pending:
            target = pending.pop()
            if isinstance(target, ast.Tuple | ast.List):
                pending += target.elts
            elif isinstance(target, ast.Attribute | ast.Subscript):
                changed = ast.unparse(target.value)
                self.report(target, f"each turn changes {changed}: give the turn a name of its own")

    visit_comprehension = visit_For
