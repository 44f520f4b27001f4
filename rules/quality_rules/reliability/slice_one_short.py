"""The rule slice-one-short."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, last_word, same_code, shorten


class SliceOneShort(AstRule):
    """A slice leaves out the last of what it is to take.

    ## What it does
    Reports `rows[start:start + size - 1]`, where `size` is a name: the end of a slice is not part of it. The length of something
    (`seplen`) is fine: it may be meant without its last.

    ## Why is this bad
    It takes one less than `size` says. Of a page of 20 rows 19 are shown, and one is on no page at all.

    ## Example
    ```python
    def page(rows, start, size):
        return rows[start : start + size - 1]
    ```

    ## Use instead
    ```python
    def page(rows, start, size):
        return rows[start : start + size]
    ```

    ## References
    - [Python documentation: common sequence operations](https://docs.python.org/3/library/stdtypes.html#common-sequence-operations)
    - [CWE-193: off-by-one error](https://cwe.mitre.org/data/definitions/193.html)
    """

    dimension = "reliability"
    cwe = 193
    confidence = Confidence.MEDIUM
    effort = 1
    needs = frozenset({ast.Slice})

    VALID = (
        Valid("part = rows[start:start + size]"),
        Valid("part = rows[start:end - 1]"),
        Valid("part = rows[1:len(rows) - 1]", "Without the ends"),
        Valid("part = rows[i:i + len(mark) - 1]", "Without the last of it"),
    )
    INVALID = (
        Invalid(
            "part = rows[start:start + size - 1]",
            ("1:8-1:36 rows[start:start + size - 1] has one less than size: the end of a slice is left out",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        match node.slice:
            case ast.Slice(
                lower=ast.expr() as lower,
                upper=ast.BinOp(
                    left=ast.BinOp(left=start, op=ast.Add(), right=ast.Name() | ast.Attribute() as size),
                    op=ast.Sub(),
                    right=ast.Constant(value=1),
                ),
                step=None,
            ) if same_code(lower, start) and "len" not in last_word(size):
                told = f"{shorten(ast.unparse(node), 50)} has one less than {ast.unparse(size)}"
                self.report(node, f"{told}: the end of a slice is left out")
