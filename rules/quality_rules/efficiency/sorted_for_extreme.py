"""The rule sorted-for-extreme."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten


class SortedForExtreme(AstRule):
    """Everything is sorted to find one element.

    ## What it does
    Reports `sorted(rows)[0]` and `sorted(rows)[-1]`, also when the sorted list has a name that is used for
    nothing else.

    Other places of the order, and lists that are used again, are fine.

    ## Why is this bad
    Sorting compares each element with many others and copies all of them; the smallest or largest is found
    in one pass. `min` and `max` also say what is looked for.

    ## Example
    ```python
    def cheapest(offers):
        return sorted(offers, key=price)[0]
    ```

    ## Use instead
    ```python
    def cheapest(offers):
        return min(offers, key=price)
    ```

    ## References
    - [Python documentation: min](https://docs.python.org/3/library/functions.html#min)
    """

    dimension = "efficiency"
    severity = Severity.NOTE
    needs = frozenset({"sorted"})

    VALID = (
        Valid("middle = sorted(rows)[len(rows) // 2]", "Another place"),
        Valid("def f(rows):\n    rows = sorted(rows)\n    return rows[0], rows[1:]", "It is used again"),
        Valid("best = sorted(rows)[:3]", "Several"),
    )
    INVALID = (
        Invalid(
            "last = sorted(names, key=str.lower)[-1]",
            ("1:8-1:40 sorted(…)[-1] sorts everything to find one element: use max()",),
            fixed="last = max(names, key=str.lower)",
        ),
        Invalid(
            "largest = sorted(sizes, reverse=True)[0]",
            ("1:11-1:41 sorted(…)[0] sorts everything to find one element: use max()",),
            fixed="largest = max(sizes)",
        ),
        Invalid(
            """
            def first(words):
                ordered = sorted(words)
                return ordered[0]
            """,
            ("3:12-3:22 ordered[0] sorts everything to find one element: use min()",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        place = _place(node.slice)
        if place is None or not isinstance(node.ctx, ast.Load):
            return
        value = node.value
        call = self._only_value(value) if isinstance(value, ast.Name) else value
        if not isinstance(call, ast.Call) or not self.facts.is_builtin(call.func, "sorted"):
            return
        reverse = next((k.value for k in call.keywords if k.arg == "reverse"), ast.Constant(value=False))
        if isinstance(reverse, ast.Constant):
            what = f"{value.id}[{place}]" if isinstance(value, ast.Name) else f"sorted(…)[{place}]"
            use = "min" if (place == 0) != bool(reverse.value) else "max"
            self.report(node, f"{shorten(what)} sorts everything to find one element: use {use}()")

    def _only_value(self, name: ast.Name) -> ast.expr | None:
        """What a local name is bound to, when it is bound once and read once."""
        function = self.facts.function(name)
        once = function is not None and self.facts.names(function).loads.get(name.id) == [name]
        return self.facts.only_value(name) if once else None


def _place(node: ast.AST) -> int | None:
    """0 or -1 where that is written."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = node.operand
        return -1 if isinstance(operand, ast.Constant) and operand.value == 1 else None
    return 0 if isinstance(node, ast.Constant) and node.value == 0 and type(node.value) is int else None
