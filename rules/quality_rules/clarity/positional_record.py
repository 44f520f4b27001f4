"""The rule positional-record."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class PositionalRecord(AstRule):
    """The fields of a record are numbers.

    ## What it does
    Reports a name that a function uses only through several constant positions: `row[0]`, `row[1]`, `row[2]`.

    Names that are also used whole or sliced, and `match` and `argv`, are fine.

    ## Why is this bad
    Nobody knows that `row[3]` is the price, and a new field in the middle makes every number wrong. Unpacking, or a
    dataclass, gives each field its name.

    ## Example
    ```python
    def label(row):
        return f"{row[0]} {row[1]}: {row[2] * row[3]}"
    ```

    ## Use instead
    ```python
    def label(row):
        first_name, last_name, amount, price = row
        return f"{first_name} {last_name}: {amount * price}"
    ```

    ## References
    - [Refactoring: replace record with data class](https://refactoring.com/catalog/replacePrimitiveWithObject.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM

    fewest_fields = Setting(3, "Fewest different positions.", minimum=2)

    needs = frozenset({ast.Subscript})

    VALID = (
        Valid("def f(p):\n    return p[0] + p[1]"),
        Valid("def f(p):\n    g(p)\n    return p[0] + p[1] + p[2]", "It is used whole"),
        Valid("def f(p):\n    return p['a'] + p['b'] + p['c']", "Named fields"),
    )
    INVALID = (
        Invalid(
            "def f(p):\n    return p[0] * p[1] + p[2]",
            ("2:12-2:16 p is used by the positions 0, 1, 2: unpack it, or give the fields names",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        """Whether something is read by more than one position."""
        return sum(isinstance(each.slice, ast.Constant) for each in facts.of(ast.Subscript)) > 1

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if self.facts.function(function) is not None or not self.facts.of(ast.Subscript):
            return
        for name, uses in self.facts.names(function).loads.items():
            if len(uses) < self.fewest_fields or name in {"m", "match", "argv"}:
                continue
            entries = [self.facts.parent(use) for use in uses]
            positions = [_position(entry, use) for entry, use in zip(entries, uses, strict=True)]
            known = sorted({position for position in positions if position is not None})
            if len(known) >= self.fewest_fields and None not in positions:
                first = entries[0]
                shown = ", ".join(map(str, known))
                self.report(
                    first if first is not None else uses[0],
                    f"{name} is used by the positions {shown}: unpack it, or give the fields names",
                )


def _position(entry: ast.AST | None, use: ast.Name) -> int | None:
    """The constant position at which a name is read."""
    if not isinstance(entry, ast.Subscript) or entry.value is not use or not isinstance(entry.ctx, ast.Load):
        return None
    index = entry.slice.value if isinstance(entry.slice, ast.Constant) else None
    return index if isinstance(index, int) and not isinstance(index, bool) else None
