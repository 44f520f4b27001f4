"""The rule joined-numbers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, is_text, shorten, with_defaults
from quality_rules._kinds import Kind, Kinds

if TYPE_CHECKING:
    from quality.model import FunctionNode

_COLLECTIONS = frozenset(
    {"list", "List", "tuple", "Tuple", "set", "Set", "Sequence", "Iterable", "Collection"}
)
_NUMBERS = ("int", "float", "bool", "complex")


class JoinedNumbers(AstRule):
    """Numbers are joined as if they were texts.

    ## What it does
    Reports `", ".join(...)` of a parameter that its annotation makes a collection of numbers, of a `range`, and of a comprehension
    of numbers.

    Collections that are bound anew, and numbers that are made texts, are fine.

    ## Why is this bad
    `join` takes texts alone: reaching the line raises TypeError.

    ## Example
    ```python
    def shown(numbers: list[int]) -> str:
        return ", ".join(numbers)
    ```

    ## Use instead
    ```python
    def shown(numbers: list[int]) -> str:
        return ", ".join(map(str, numbers))
    ```

    ## References
    - [Python documentation: str.join](https://docs.python.org/3/library/stdtypes.html#str.join)
    """

    dimension = "reliability"
    severity = Severity.ERROR
    effort = 2
    needs = frozenset({"join"})

    VALID = (
        Valid("def f(xs: list[int], ys: list[str], zs: list):\n    return ' '.join(ys), ' '.join(zs), ' '.join(map(str, xs))"),
        Valid("def f(xs: list[int]):\n    xs = [str(x) for x in xs]\n    return ' '.join(xs)", "They are texts now"),
        Valid("def f(xs: list[int | str], ys: tuple[int, str]):\n    return ' '.join(xs), ' '.join(ys)"),
        Valid("def f(path, xs: list[int]):\n    return path.join(xs)", "Something else"),
        Valid("def f(rows):\n    return ' '.join([str(len(row)) for row in rows])"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "from typing import List\n\ndef f(xs: List[float], rows):\n    a = ''.join(xs)\n    b = ' '.join(len(row) for row in rows)\n    return a + b + '-'.join(range(3))",
            (
                "4:9-4:20 xs holds numbers, and join() takes texts: make them texts",
                "5:9-5:43 (len(row) for row in rows) holds numbers, and join() takes texts: make them texts",
                "6:20-6:38 range(3) holds numbers, and join() takes texts: make them texts",
            ),
        ),
    )

    def visit_Call(self, call: ast.Call) -> None:
        match call:
            case ast.Call(func=ast.Attribute(value=text, attr="join"), args=[given], keywords=[]) if is_text(
                text
            ):
                if self._holds_numbers(given):
                    shown = shorten(ast.unparse(given))
                    self.report(call, f"{shown} holds numbers, and join() takes texts: make them texts")

    def _holds_numbers(self, given: ast.expr) -> bool:
        if isinstance(given, ast.ListComp | ast.GeneratorExp | ast.SetComp):
            return isinstance(given.elt, ast.Call | ast.Constant) and self._is_number(given.elt)
        if isinstance(given, ast.Call):
            return self.facts.is_builtin(given.func, "range")
        function = self.facts.function(given)
        return isinstance(given, ast.Name) and function is not None and self._is_said(given.id, function)

    def _is_number(self, node: ast.expr) -> bool:
        return self.facts.derived(Kinds).of(node) in {Kind.NUMBER, Kind.FLOAT}

    def _is_said(self, name: str, function: FunctionNode) -> bool:
        """Tells whether an annotation makes a parameter a collection of numbers, and nothing else is bound to it."""
        names = self.facts.names(function)
        if name in names.stores or name in names.shared:
            return False
        for place, _ in with_defaults(function.args):
            match place.annotation:
                case ast.Subscript(value=ast.Name(id=outer), slice=held) if place.arg == name:
                    return outer in _COLLECTIONS and self.facts.is_builtin(held, *_NUMBERS)
        return False
