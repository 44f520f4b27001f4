"""The rule index-from-length."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, same_code

_DICTIONARIES = (ast.Dict, ast.DictComp)


class IndexFromLength(AstRule):
    """A place is counted from the end by way of the length.

    ## What it does
    Reports `names[len(names) - 1]`, and the same where a slice begins or ends.

    Containers that are dictionaries here are fine.

    ## Why is this bad
    An index below zero counts from the end. Written out, the container stands there twice, and the reader compares the
    two.

    ## Example
    ```python
    def last(names):
        return names[len(names) - 1]
    ```

    ## Use instead
    ```python
    def last(names):
        return names[-1]
    ```

    ## References
    - [Python documentation: sequence types](https://docs.python.org/3/library/stdtypes.html#common-sequence-operations)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 1
    needs = frozenset({"len"})

    VALID = (
        Valid("x = a[-1]"),
        Valid("x = a[len(b) - 1]", "Another's length"),
        Valid("x = a[len(a) - n]", "It may be zero"),
        Valid("x = a[len(a) // 2]"),
        Valid("a = {0: 'x'}\ny = a[len(a) - 1]", "A key"),
        Valid("x = f()[len(f()) - 1]", "Two calls"),
        Valid("a[len(a) - 1] = {}\nx = a[:len(a)]"),
    )
    INVALID = (
        Invalid("x = a[len(a) - 1]", ("1:7-1:17 an index below zero counts from the end: write a[-1]",)),
        Invalid(
            "def f(self):\n    return self.a[:len(self.a) - 2]",
            ("2:20-2:35 an index below zero counts from the end: write self.a[:-2]",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        place = node.slice
        if isinstance(place, ast.Slice):
            if place.step is None:
                self._check(node, place.lower, "{}[-{}:]" if place.upper is None else "")
                self._check(node, place.upper, "{}[:-{}]" if place.lower is None else "")
        elif isinstance(node.ctx, ast.Load):
            self._check(node, place, "{}[-{}]")

    def _check(self, node: ast.Subscript, place: ast.expr | None, form: str) -> None:
        match place:
            case ast.BinOp(
                left=ast.Call(func=function, args=[measured], keywords=[]),
                op=ast.Sub(),
                right=ast.Constant(value=int(number)),
            ) if form and number > 0 and self.facts.is_builtin(function, "len"):
                plain = not any(isinstance(part, ast.Call) for part in self.facts.within(node.value))
                known = self.facts.only_value(node.value)
                if plain and same_code(measured, node.value) and not isinstance(known, _DICTIONARIES):
                    better = form.format(ast.unparse(node.value), number)
                    self.report(place, f"an index below zero counts from the end: write {better}")
