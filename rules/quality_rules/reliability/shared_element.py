"""The rule shared-element."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, shorten, targets_of

_MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)


class SharedElement(AstRule):
    """All elements are one and the same list.

    ## What it does
    Reports lists, dictionaries and sets that are put into a collection several times over without being made
    anew: `[[]] * n`, `[[0] * width] * height` and `dict.fromkeys(keys, [])`; and an empty one that two local names, or two
    attributes of an object, are given at once: `names = sizes = []`.

    Numbers, texts and `None`, which nobody can change, are fine. So are elements that the function only puts
    others in place of, and records that a call is given several times over (`save([{"name": "a"}] * 3)`).

    ## Why is this bad
    There is one inner list, and all places show it: what is written into one row appears in all rows.

    ## Example
    ```python
    grid = [[0] * 8] * 8
    ```

    ## Use instead
    ```python
    grid = [[0] * 8 for _ in range(8)]
    ```

    ## References
    - [Python documentation: how to create a multidimensional list](https://docs.python.org/3/faq/programming.html#how-do-i-create-a-multidimensional-list)
    """

    dimension = "reliability"
    severity = Severity.WARNING
    confidence = Confidence.LOW
    needs = frozenset({ast.List, ast.Assign, "fromkeys"})

    VALID = (
        Valid("row = [0] * 8\nnames = [None, ''] * 2", "Nobody can change a number"),
        Valid("counts = dict.fromkeys(names, 0)"),
        Valid("def f(self):\n    names = self.names = []\n    size = count = 0", "Another name for it"),
        Valid("first, second = [[]] * 1, [()] * 2", "One list"),
        Valid("ask([{'role': 'user'}] * 3, passed=[[True]] * 3)", "What is asked is read"),
        Valid("def f(n):\n    found = [[]] * n\n    found[0] = [1]\n    return found", "It is replaced"),
    )
    INVALID = (
        Invalid(
            "def f(self):\n    names = sizes = []\n    self.a = self.b = found = dict()",
            (
                "2:5-2:23 names and sizes are the same object: make one for each",
                "3:5-3:37 self.a and self.b are the same object: make one for each",
            ),
        ),
        Invalid(
            "table = height * [['.'] * width]",
            ("1:9-1:33 each element is the same list ['.'] * width: make them in a comprehension",),
            fixed="table = [['.'] * width for _ in range(height)]",
        ),
        Invalid(
            "rows = list([[0, 0]] * 2)",
            ("1:13-1:25 each element is the same list [0, 0]: make them in a comprehension",),
            fixed="rows = list([[0, 0] for _ in range(2)])",
        ),
        Invalid(
            "groups = dict.fromkeys(keys, set())",
            ("1:10-1:36 each key has the same set(): make the values in a comprehension",),
        ),
    )

    def visit_Assign(self, statement: ast.Assign) -> None:
        if len(statement.targets) == 1 or not self._is_empty(statement.value):
            return
        # A short name beside an attribute is another name for the same on purpose.
        for kind in (ast.Name, ast.Attribute):
            alike = [ast.unparse(target) for target in statement.targets if isinstance(target, kind)]
            if len(alike) > 1:
                told = f"{' and '.join(alike)} are the same object: make one for each"
                self.report(statement, told, confidence=Confidence.HIGH)

    def _is_empty(self, value: ast.expr) -> bool:
        """Tells whether an empty collection is made."""
        match value:
            case ast.List(elts=[]) | ast.Dict(keys=[]):
                return True
            case ast.Call(func=made, args=[], keywords=[]):
                return self.facts.is_builtin(made, "list", "dict", "set")
        return False

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if not isinstance(node.op, ast.Mult):
            return
        for display, times in ((node.left, node.right), (node.right, node.left)):
            if not isinstance(display, ast.List) or (
                isinstance(times, ast.Constant) and times.value in {0, 1}
            ):
                continue
            inner = next((entry for entry in display.elts if self._is_mutable(entry)), None)
            if inner is not None and not self._is_record(node, inner) and not self._is_replaced(node):
                shown = shorten(ast.unparse(inner))
                self.report(
                    node,
                    f"each element is the same {_word(inner)} {shown}: make them in a comprehension",
                )

    def visit_Call(self, call: ast.Call) -> None:
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr != "fromkeys" or len(call.args) < 2:  # noqa: PLR2004
            return
        shared = self.facts.is_builtin(function.value, "dict") and self._is_mutable(call.args[1])
        if shared and not self._is_replaced(call):
            shown = shorten(ast.unparse(call.args[1]))
            self.report(call, f"each key has the same {shown}: make the values in a comprehension")

    def _is_record(self, value: ast.expr, element: ast.expr) -> bool:
        """Tells whether a call is given elements that are written with what they hold: it has no reason to change them."""
        above = self.facts.parent(value)
        if isinstance(above, ast.keyword):
            above = self.facts.parent(above)
        if not isinstance(above, ast.Call) or self.facts.is_builtin(above.func, "list", "tuple", "iter"):
            return False
        return bool(element.keys if isinstance(element, ast.Dict) else getattr(element, "elts", ()))

    def _is_replaced(self, value: ast.expr) -> bool:
        """Tells whether a local name gets the value, and its elements are only put in place of the first ones."""
        statement, function = self.facts.parent(value), self.facts.function(value)
        target = next(iter(targets_of(statement)), None)
        if function is None or not isinstance(target, ast.Name):
            return False
        names = self.facts.names(function)
        if len(names.stores.get(target.id, ())) != 1:
            return False
        indexed = [
            above
            for use in names.loads.get(target.id, ())
            if isinstance(above := self.facts.parent(use), ast.Subscript) and above.value is use
        ]
        return bool(indexed) and all(isinstance(index.ctx, ast.Store) for index in indexed)

    def _is_mutable(self, node: ast.AST) -> bool:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            return isinstance(node.left, ast.List) or isinstance(node.right, ast.List)
        if isinstance(node, ast.Call):
            return self.facts.is_builtin(node.func, "list", "dict", "set", "bytearray")
        return isinstance(node, _MUTABLE)


def _word(node: ast.AST) -> str:
    if isinstance(node, ast.Dict | ast.DictComp):
        return "dictionary"
    if isinstance(node, ast.Set | ast.SetComp):
        return "set"
    return "value of" if isinstance(node, ast.Call) else "list"
