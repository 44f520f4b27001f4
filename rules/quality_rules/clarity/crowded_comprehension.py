"""The rule crowded-comprehension."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class CrowdedComprehension(AstRule):
    """A comprehension or lambda does too much at once.

    ## What it does
    Reports comprehensions, those inside of its element and conditions included, with many loops, conditions and conditional expressions,
    and lambdas that hold a comprehension or conditional expression besides other work. A loop over values that are
    written out in it does not count, and the fewest parts that do are a note.

    ## Why is this bad
    It must be read inside out, no line of it can be watched in a debugger, and nothing in it has a name.

    ## Example
    ```python
    cells = [c.text if c.text else "-" for t in tables if t.ok for r in t.rows for c in r if c.shown]
    ```

    ## Use instead
    ```python
    def shown(table):
        return (cell for row in table.rows for cell in row if cell.shown)

    cells = [cell.text or "-" for table in tables for cell in shown(table)]
    ```

    ## References
    - [Google Python style guide: comprehensions](https://google.github.io/styleguide/pyguide.html#27-comprehensions--generator-expressions)
    """

    dimension = "clarity"
    confidence = Confidence.MEDIUM
    effort = 10

    fewest_parts = Setting(
        4, "Fewest loops, conditions and conditional expressions of a comprehension.", minimum=2
    )
    largest_lambda = Setting(25, "Most syntax nodes of a lambda's body.", minimum=3)

    VALID = (
        Valid("x = [a for b in c for a in b if a]"),
        Valid("x = sorted(xs, key=lambda row: (row.size, row.name))"),
        Valid(
            'x = [suit + rank for suit in "CDHS" for rank in ("J", "Q", "K") for pack in packs if pack.full if rank in pack]',
            "Tables",
        ),
    )
    INVALID = (
        Invalid(
            "x = [a if a else 0 for b in c if b for a in b if a > 1]",
            ("1:5-1:56 this comprehension has 5 loops and conditions: write a loop or a function",),
        ),
        Invalid(
            "x = [a for a, _ in top([(b, sum(c for c in b if c)) for b in d if b])]",
            ("1:24-1:69 this comprehension has 4 loops and conditions: write a loop or a function",),
        ),
        Invalid(
            "f = sorted(xs, key=lambda r: sum(len(c) * w for c, w in zip(r, t) if c) + (r.a if r.b else r.c * 2))",
            ("1:20-1:100 this lambda is a function of its own: write a def",),
        ),
    )

    def visit_ListComp(self, node: _Comprehension) -> None:
        if self._is_part(node):
            return
        count = 0
        supplier = set(self.facts.within(node.generators[0].iter))
        for inside in self.facts.within(node):
            if inside in supplier:
                continue
            if isinstance(inside, ast.comprehension):
                count += len(inside.ifs) + (not _is_table(inside.iter))
            count += isinstance(inside, ast.IfExp)
        if count >= self.fewest_parts:
            self.report(
                node,
                f"this comprehension has {count} loops and conditions: write a loop or a function",
                severity=Severity.NOTE if count == self.fewest_parts else None,
            )

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self.visit_ListComp(node)

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self.visit_ListComp(node)

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self.visit_ListComp(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        inside = self.facts.within(node.body)
        branching = any(isinstance(n, (*_COMPREHENSIONS, ast.IfExp, ast.Lambda)) for n in inside)
        if branching and len(inside) > self.largest_lambda:
            self.report(node, "this lambda is a function of its own: write a def")

    def _is_part(self, node: _Comprehension) -> bool:
        """Tells whether a comprehension counts with another, in whose element or conditions it is; what one goes through is no part of it."""
        below: ast.AST = node
        for above in self.facts.ancestors(node):
            if isinstance(above, ast.stmt):
                break
            if isinstance(above, _COMPREHENSIONS) and below is not above.generators[0]:
                return True
            if isinstance(above, ast.comprehension) and below is not above.iter:
                return True
            below = above
        return False


def _is_table(node: ast.expr) -> bool:
    """Tells whether a loop goes over what is written out there: that says how often, and leaves nothing to think about."""
    if not isinstance(node, ast.Tuple | ast.List | ast.Set):
        return isinstance(node, ast.Constant)
    rows = [row.elts if isinstance(row, ast.Tuple | ast.List) else [row] for row in node.elts]
    cells = (cell.operand if isinstance(cell, ast.UnaryOp) else cell for row in rows for cell in row)
    return all(isinstance(cell, ast.Constant) for cell in cells)
