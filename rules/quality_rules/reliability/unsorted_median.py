"""The rule unsorted-median."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, last_word, name_words

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Names that say that something is in order, or what puts it in order.
_ORDER = frozenset(
    {"sorted", "ordered", "ranked", "sort", "insort", "heap", "heappush", "partition", "argsort"}
)


class UnsortedMedian(AstRule):
    """A median is taken from the middle of a list that nobody sorted.

    ## What it does
    Reports functions with `median` in their name that take the entry in the middle of a parameter, where nothing is sorted.

    Parameters and functions whose names say that the list is sorted are fine.

    ## Why is this bad
    What stands in the middle is the median only in order. With other lists the answer is any of the numbers, and with the sorted lists of a
    first try it is right.

    ## Example
    ```python
    def median(values):
        return values[len(values) // 2]
    ```

    ## Use instead
    ```python
    def median(values):
        ordered = sorted(values)
        return ordered[len(ordered) // 2]
    ```

    ## References
    - [Python documentation: statistics.median](https://docs.python.org/3/library/statistics.html#statistics.median)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({"len"})

    VALID = (
        Valid("def median(values):\n    values = sorted(values)\n    return values[len(values) // 2]"),
        Valid("def median(values):\n    values.sort()\n    return values[len(values) // 2]"),
        Valid("def median(sorted_values):\n    return sorted_values[len(sorted_values) // 2]"),
        Valid("def median_of_sorted(values):\n    return values[len(values) // 2]"),
        Valid("def middle(values):\n    return values[len(values) // 2]", "The entry in the middle is meant"),
        Valid("def median(values):\n    return values[0]"),
    )
    INVALID = (
        Invalid(
            "def median(values):\n    return values[len(values) // 2]",
            ("2:12-2:36 values is not sorted: its middle is no median",),
        ),
        Invalid(
            """
            def get_median(values):
                n = len(values)
                mid = n // 2
                if n % 2:
                    return values[mid]
                return (values[mid - 1] + values[mid]) / 2
            """,
            ("5:16-5:27 values is not sorted: its middle is no median",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        words = set(name_words(function.name))
        if "median" not in words or words & _ORDER or self._sorts(function):
            return
        names = self.facts.names(function)
        for node in self.facts.within(function):
            if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name):
                continue
            name = node.value.id
            given = name in names.parameters and name not in names.stores
            if given and not _ORDER & set(name_words(name)) and self._is_middle(node.slice, name):
                self.report(node, f"{name} is not sorted: its middle is no median")
                return

    visit_AsyncFunctionDef = visit_FunctionDef

    def _sorts(self, function: FunctionNode) -> bool:
        """Tells whether a function puts something in order, or says that it is."""
        called = (last_word(call.func) for call in self.facts.inside(function, ast.Call))
        return any(_ORDER & set(name_words(word)) for word in called)

    def _is_middle(self, place: ast.expr, name: str) -> bool:
        """Tells whether a place is half the length of what has a name."""
        place = self.facts.only_value(place)
        if not isinstance(place, ast.BinOp) or not isinstance(place.op, ast.FloorDiv):
            return False
        half = isinstance(place.right, ast.Constant) and place.right.value == 2  # noqa: PLR2004 - a half
        match self.facts.only_value(place.left):
            case ast.Call(func=function, args=[ast.Name(id=measured)]):
                return half and measured == name and self.facts.is_builtin(function, "len")
        return False
