"""The rule rounded-up-by-one."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid, last_word, shorten, targets_of

#: Names of numbers of parts into which something is divided.
_PARTS = re.compile(
    r"(?:^|_)(?:(?:num(?:ber)?|n|total|max|last)_?(?:of_)?)?(?:pages?|batch(?:es)?|chunks?|slices?)(?:_?(?:count|num(?:ber)?|total))?$"
    r"|^count_(?:pages|batches|chunks)$",
    re.IGNORECASE,
)


class RoundedUpByOne(AstRule):
    """There is one page too many where all are full.

    ## What it does
    Reports `rows // size + 1` where its name, or that of the function that returns it, says that it is a number of pages,
    batches or chunks, in functions that do not look at the remainder.

    ## Why is this bad
    Where `size` divides `rows`, the last page is full and one more is counted: 20 rows are two pages of 10, and not three.

    ## Example
    ```python
    def page_count(rows, size):
        return rows // size + 1
    ```

    ## Use instead
    ```python
    import math

    def page_count(rows, size):
        return math.ceil(rows / size)
    ```

    ## References
    - [Off-by-one error](https://en.wikipedia.org/wiki/Off-by-one_error)
    - [CWE-193: off-by-one error](https://cwe.mitre.org/data/definitions/193.html)
    """

    dimension = "reliability"
    needs = frozenset({ast.BinOp})
    cwe = 193
    confidence = Confidence.MEDIUM

    VALID = (
        Valid("def page_count(rows, size):\n    return (rows - 1) // size + 1", "Rounded up"),
        Valid(
            "def f(rows, size):\n    pages = rows // size\n    if rows % size:\n        pages += 1\n    return pages"
        ),
        Valid(
            "def f(rows, size):\n    return rows // size + 1 if rows % size else rows // size",
            "The remainder",
        ),
        Valid("def f(low, high):\n    middle = (low + high) // 2 + 1\n    return middle"),
        Valid(
            "def page_of(offset, size):\n    page_index = offset // size + 1\n    return page_index",
            "Which one",
        ),
    )
    INVALID = (
        Invalid(
            "def page_count(rows, size):\n    return len(rows) // size + 1",
            ("2:12-2:33 len(rows) // size + 1 is one too many where nothing is left over: round up",),
        ),
        Invalid(
            "def f(total, per_page):\n    num_pages = 1 + total // per_page\n    return num_pages",
            ("2:17-2:38 1 + total // per_page is one too many where nothing is left over: round up",),
        ),
    )

    def visit_BinOp(self, node: ast.BinOp) -> None:
        match node:
            case ast.BinOp(
                left=ast.BinOp(op=ast.FloorDiv()) as divided, op=ast.Add(), right=ast.Constant(value=1)
            ):
                pass
            case ast.BinOp(
                left=ast.Constant(value=1), op=ast.Add(), right=ast.BinOp(op=ast.FloorDiv()) as divided
            ):
                pass
            case _:
                return
        if isinstance(divided.left, ast.BinOp) or not self._counts_parts(node):
            return
        around = self.facts.function(node) or self.source.tree
        if not any(map(_is_remainder, self.facts.within(around))):
            self.report(
                node, f"{shorten(ast.unparse(node))} is one too many where nothing is left over: round up"
            )

    def _counts_parts(self, node: ast.BinOp) -> bool:
        above = self.facts.parent(node)
        if isinstance(above, ast.Return):
            function = self.facts.function(node)
            return function is not None and _PARTS.search(function.name) is not None
        names = [last_word(target) for target in targets_of(above)] if isinstance(above, ASSIGNMENTS) else []
        return any(map(_PARTS.search, names))


def _is_remainder(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp | ast.AugAssign):
        return isinstance(node.op, ast.Mod)
    return isinstance(node, ast.Name) and node.id == "divmod"
