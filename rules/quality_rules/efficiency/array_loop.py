"""The rule array-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, cached_property
from quality.rules import ASSIGNMENTS, AstRule, Invalid, Valid
from quality_rules._loops import Loops

if TYPE_CHECKING:
    from quality.model import FunctionNode, Source

_ARITHMETIC = (ast.BinOp, ast.UnaryOp, ast.Subscript, ast.Name, ast.Constant, ast.Call, ast.Attribute)


class ArrayLoop(AstRule):
    """An array is computed element by element.

    ## What it does
    Reports loops over `range` that only do arithmetic with the elements of NumPy arrays at the loop's index,
    when the function made the arrays itself.

    Loops with decisions, loops whose step needs the one before, and loops over lists, are fine.

    ## Why is this bad
    Each element is taken out of the array, turned into an object and put back. The same on whole arrays runs
    in compiled code and is some hundred times as fast.

    ## Example
    ```python
    import numpy as np

    def scaled(values, factor):
        array = np.asarray(values)
        result = np.zeros(len(array))
        for i in range(len(array)):
            result[i] = array[i] * factor
        return result
    ```

    ## Use instead
    ```python
    import numpy as np

    def scaled(values, factor):
        return np.asarray(values) * factor
    ```

    ## References
    - [NumPy documentation: what is vectorization](https://numpy.org/doc/stable/user/whatisnumpy.html#why-is-numpy-fast)
    """

    dimension = "efficiency"
    effort = 10
    confidence = Confidence.MEDIUM

    VALID = (
        Valid(
            """
            import numpy as np

            def walk(n):
                place = np.zeros(n)
                for i in range(1, n):
                    place[i] = place[i - 1] + step()
                return place
            """,
            "A step needs the one before",
        ),
        Valid(
            "def f(xs):\n    out = [0] * len(xs)\n    for i in range(len(xs)):\n        out[i] = xs[i] * 2"
        ),
    )
    INVALID = (
        Invalid(
            """
            import numpy as np

            def distance(a, b):
                a, b = np.array(a), np.array(b)
                total = 0
                for i in range(len(a)):
                    total += (a[i] - b[i]) ** 2
                return total
            """,
            ("6:5-7:36 the arrays a, b are computed element by element: work on whole arrays",),
        ),
    )

    @classmethod
    def applies(cls, source: Source) -> bool:
        return source.mentions("numpy", "np.") and source.mentions("range(")

    def visit_For(self, loop: ast.For) -> None:
        function = self.facts.function(loop)
        source = loop.iter
        if function is None or not isinstance(loop.target, ast.Name) or not isinstance(source, ast.Call):
            return
        if not self.facts.is_builtin(source.func, "range") or not all(map(self._computes, loop.body)):
            return
        index = loop.target.id
        used: set[str] = set()
        for statement in loop.body:
            for node in self.facts.within(statement):
                if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name):
                    continue
                if not isinstance(node.slice, ast.Name) or node.slice.id != index:
                    return
                used.add(node.value.id)
        arrays = sorted(name for name in used if self._is_array(function, name))
        if arrays and not self.facts.derived(Loops).inside(loop):
            what = "arrays" if len(arrays) > 1 else "array"
            verb = "are" if len(arrays) > 1 else "is"
            self.report(
                loop,
                f"the {what} {', '.join(arrays)} {verb} computed element by element: work on whole arrays",
            )

    def _computes(self, statement: ast.stmt) -> bool:
        """Tells whether a statement only stores or adds what arithmetic makes of elements."""
        if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign) or statement.value is None:
            return False
        for node in self.facts.within(statement.value):
            if not isinstance(node, _ARITHMETIC):
                return False
            if isinstance(node, ast.Call) and not self._is_ufunc(node.func):
                return False
        return True

    def _is_ufunc(self, function: ast.expr) -> bool:
        return self.facts.origin(function).partition(".")[0] in {"numpy", "math"} or self.facts.is_builtin(
            function, "abs", "float", "int"
        )

    def _is_array(self, function: FunctionNode, name: str) -> bool:
        known = self._known.get((function, name))
        if known is None:
            places = self.facts.names(function).stores.get(name, ())
            known = bool(places) and all(self._made(place) for place in places)
            self._known[function, name] = known
        return known

    @cached_property
    def _known(self) -> dict[tuple[ast.AST, str], bool]:
        """Function and name → whether it is bound to arrays alone."""
        return {}

    def _made(self, place: ast.Name) -> bool:
        """Tells whether a name is bound to what a function of NumPy returns."""
        above = self.facts.parent(place)
        value = above.value if isinstance(above, ASSIGNMENTS) else None
        if isinstance(above, ast.Tuple):
            statement = self.facts.parent(above)
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
                pairs = dict(zip(above.elts, statement.value.elts, strict=False))
                value = pairs.get(place)
        return isinstance(value, ast.Call) and self.facts.origin(value.func).startswith("numpy.")
