"""The rule sliced-affix."""

from __future__ import annotations

import ast

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._constants import whole_number


class SlicedAffix(AstRule):
    """A slice is compared with a text of its length.

    ## What it does
    Reports `name[:4] == "test"` and `name[-3:] != ".py"`, where the text is as long as the slice.

    Slices of another length or place, single characters, and comparisons with what is not written there are fine.

    ## Why is this bad
    The reader counts letters to see that it is the beginning or the end, and whoever changes the text has to change the
    number too.

    ## Example
    ```python
    def is_private(name):
        return name[:2] == "__"
    ```

    ## Use instead
    ```python
    def is_private(name):
        return name.startswith("__")
    ```

    ## References
    - [PEP 8: programming recommendations](https://peps.python.org/pep-0008/#programming-recommendations)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    weight = 0.7

    needs = frozenset({ast.Slice})

    VALID = (
        Valid("x = name[1:3] == 'ab' or name[:n] == 'ab' or name[:1] == 'a'"),
        Valid("x = name[:3] == other[:3]"),
        Valid("x = name[:2] == [1, 2]", "No text"),
    )
    INVALID = (
        Invalid(
            "x = name[0:4] == 'test'",
            ("1:5-1:24 name[0:4] == 'test' asks for the beginning: use startswith()",),
        ),
        Invalid(
            "x = '.py' != name.text[-3:]",
            ("1:5-1:28 '.py' != name.text[-3:] asks for the end: use endswith()",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if len(node.ops) > 1 or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            return
        slices = [each for each in (node.left, node.comparators[0]) if isinstance(each, ast.Subscript)]
        texts = [each.value for each in (node.left, node.comparators[0]) if isinstance(each, ast.Constant)]
        if len(slices) != 1 or len(texts) != 1 or not isinstance(texts[0], str | bytes):
            return
        where = _place(slices[0].slice, len(texts[0]))
        if where:
            method = "startswith()" if where == "beginning" else "endswith()"
            self.report(node, f"{shorten(ast.unparse(node))} asks for the {where}: use {method}")


def _place(part: ast.expr, length: int) -> str:
    """Where in a text a slice of a length is; empty for anything else."""
    if not isinstance(part, ast.Slice) or part.step is not None or length < 2:  # noqa: PLR2004 - one is an index
        return ""
    lower, upper = whole_number(part.lower), whole_number(part.upper)
    if lower in {None, 0} and upper == length:
        return "beginning"
    return "end" if upper is None and part.upper is None and lower == -length else ""
