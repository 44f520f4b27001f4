"""The rule slicing-recursion."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import AstRule, Invalid, Valid, last_word

if TYPE_CHECKING:
    from quality.model import FunctionNode


class SlicingRecursion(AstRule):
    """A function goes through a list by calling itself on the rest of it.

    ## What it does
    Reports functions that call themselves with a parameter without its first or last few elements
    (`total(rows[1:])`).

    Calls on halves, as in a merge sort, and on other slices, are fine.

    ## Why is this bad
    Each call copies the rest of the list, so the time grows with the square of its length, and Python gives
    up after about a thousand calls. A loop, or an index that is handed on, has neither trouble.

    ## Example
    ```python
    def total(numbers):
        if not numbers:
            return 0
        return numbers[0] + total(numbers[1:])
    ```

    ## Use instead
    ```python
    def total(numbers):
        result = 0
        for number in numbers:
            result += number
        return result
    ```

    ## References
    - [Python documentation: sys.setrecursionlimit](https://docs.python.org/3/library/sys.html#sys.setrecursionlimit)
    """

    dimension = "efficiency"
    effort = 10
    confidence = Confidence.LOW
    needs = frozenset({ast.Slice})

    VALID = (
        Valid("def f(xs):\n    m = len(xs) // 2\n    return f(xs[:m]) + f(xs[m:])", "Halves"),
        Valid("def f(xs):\n    return g(xs[1:])", "Another function"),
    )
    INVALID = (
        Invalid(
            """
            class Text:
                def backwards(self, text):
                    return text and text[-1] + self.backwards(text[:-1])
            """,
            (
                "3:36-3:61 backwards() calls itself on a copy of the rest of text: use a loop, or hand on an index",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        name = last_word(call.func)
        cut = next((argument for argument in call.args if _is_rest(argument)), None)
        if cut is None or not name:
            return
        function = self.facts.function(call)
        if function is None or function.name != name or not self._is_itself(function, call.func):
            return
        owner: str = cut.value.id  # type: ignore[attr-defined]
        names = self.facts.names(function)
        if owner in names.parameters and owner not in names.stores and function not in self._reported:
            self._reported.add(function)
            self.report(
                call,
                f"{name}() calls itself on a copy of the rest of {owner}: use a loop, or hand on an index",
            )

    @cached_property
    def _reported(self) -> set[ast.AST]:
        """Functions that are reported, one finding each."""
        return set()

    def _is_itself(self, function: FunctionNode, called: ast.AST) -> bool:
        own = self.facts.class_of(function)
        if isinstance(called, ast.Attribute):
            first = self.facts.names(function).parameters[:1]
            return own is not None and isinstance(called.value, ast.Name) and called.value.id in first
        return own is None


def _is_rest(node: ast.AST) -> bool:
    """Tells whether a node is a name without its first or last element."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name):
        return False
    cut = node.slice
    if not isinstance(cut, ast.Slice) or cut.step is not None:
        return False
    if cut.upper is None:
        return isinstance(cut.lower, ast.Constant) and cut.lower.value in {1, 2}
    return (
        cut.lower is None
        and isinstance(cut.upper, ast.UnaryOp)
        and isinstance(cut.upper.operand, ast.Constant)
    )
