"""The rule affixes-one-by-one."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, same_code, shorten

_METHODS = frozenset({"startswith", "endswith"})


class AffixesOneByOne(AstRule):
    """The same text is asked for one beginning or end after the other.

    ## What it does
    Reports `name.endswith(".jpg") or name.endswith(".png")`, and `not name.startswith("a") and not name.startswith("b")`.

    ## Why is this bad
    Both methods take a tuple: one condition that says what is looked for, and one place for the next ending.

    ## Example
    ```python
    pictures = [name for name in names if name.endswith(".jpg") or name.endswith(".png")]
    ```

    ## Use instead
    ```python
    pictures = [name for name in names if name.endswith((".jpg", ".png"))]
    ```

    ## References
    - [Python documentation: str.endswith](https://docs.python.org/3/library/stdtypes.html#str.endswith)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    needs = _METHODS
    effort = 1

    VALID = (
        Valid("name.endswith(('a', 'b'))"),
        Valid("name.startswith('a') or name.endswith('b')", "Not the same end"),
        Valid("name.startswith('a') or other.startswith('a')", "Not the same text"),
        Valid("name.startswith('a') and name.startswith(prefix)", "Both are asked for"),
        Valid("name.startswith('a', 1) or name.startswith('b')", "Not the same place"),
    )
    INVALID = (
        Invalid(
            "x = name.endswith('a') or size > 1 or name.endswith('b')",
            ("1:5-1:57 name.endswith() is asked for one text after the other: give it a tuple of them",),
        ),
        Invalid(
            "if not row[0].startswith('a') and not row[0].startswith(b):\n    f()",
            ("1:4-1:59 row[0].startswith() is asked for one text after the other: give it a tuple of them",),
        ),
    )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        either = isinstance(node.op, ast.Or)
        asked = [called for part in node.values if (called := _asked(part, negated=not either)) is not None]
        for place, first in enumerate(asked):
            if any(same_code(first, other) for other in asked[place + 1 :]):
                self.report(
                    node,
                    f"{shorten(ast.unparse(first))}() is asked for one text after the other: give it a tuple of them",
                )
                return


def _asked(node: ast.expr, *, negated: bool) -> ast.Attribute | None:
    """``name.endswith`` of ``name.endswith(text)``, or of ``not name.endswith(text)``; None for anything else."""
    if negated:
        if not isinstance(node, ast.UnaryOp) or not isinstance(node.op, ast.Not):
            return None
        node = node.operand
    if not isinstance(node, ast.Call) or len(node.args) != 1 or node.keywords:
        return None
    function = node.func
    return function if isinstance(function, ast.Attribute) and function.attr in _METHODS else None
