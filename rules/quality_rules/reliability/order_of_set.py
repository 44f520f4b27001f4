"""The rule order-of-set."""

from __future__ import annotations

import ast

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Valid, shorten

_ROWS = ("list", "tuple")
_SETS = ("set", "frozenset")


class OrderOfSet(AstRule):
    """The first few of a set are taken, and which they are is chance.

    ## What it does
    Reports a slice of a list that was made of a set: `list(set(names))[:10]`.

    A list that is sorted before is fine, and so is a copy of all of it.

    ## Why is this bad
    A set has no order: of texts it is another one in each run, so each run keeps others. Where the list had an order, such as the best
    first, that is lost.

    ## Example
    ```python
    def top_tags(posts):
        tags = [tag for post in posts for tag in post.tags]
        return list(set(tags))[:10]
    ```

    ## Use instead
    ```python
    def top_tags(posts):
        tags = [tag for post in posts for tag in post.tags]
        return list(dict.fromkeys(tags))[:10]
    ```

    ## References
    - [Python documentation: PYTHONHASHSEED](https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({*_SETS, ast.SetComp, ast.Set})

    VALID = (
        Valid("def f(x):\n    return sorted(set(x))[:3]"),
        Valid("def f(x):\n    names = list(set(x))\n    names.sort()\n    return names[:3]"),
        Valid("def f(x):\n    return list(set(x))[:]", "All of it"),
        Valid("def f(x):\n    return list(dict.fromkeys(x))[:3]"),
        Valid("def f(x, list):\n    return list(set(x))[:3]", "Another list"),
        Valid("def f(x):\n    names = list(set(x))\n    shuffle(names)\n    return names[:3]", "It is put in some order"),
    )  # fmt: skip
    INVALID = (
        Invalid(
            "def f(x):\n    return list(set(x))[:3]",
            ("2:12-2:28 list(set(x)) has no order: which part this takes is chance",),
        ),
        Invalid(
            "def f(x):\n    names = {each.name for each in x}\n    found = tuple(names)\n    return found[1:]",
            ("4:12-4:21 tuple(names) has no order: which part this takes is chance",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        part = node.slice
        if not isinstance(part, ast.Slice) or (part.lower is None and part.upper is None):
            return
        row = self.facts.only_value(node.value)
        if not isinstance(row, ast.Call) or not self.facts.is_builtin(row.func, *_ROWS) or len(row.args) != 1:
            return
        if self._is_set(self.facts.only_value(row.args[0])) and not self._is_handed_on(node.value):
            shown = shorten(ast.unparse(row))
            self.report(node, f"{shown} has no order: which part this takes is chance")

    def _is_set(self, made: ast.expr) -> bool:
        of_call = isinstance(made, ast.Call) and self.facts.is_builtin(made.func, *_SETS)
        return isinstance(made, ast.SetComp | ast.Set) or of_call

    def _is_handed_on(self, row: ast.expr) -> bool:
        """Tells whether a named list is given to something, or asked to do something, that may put it in order."""
        function = self.facts.function(row)
        if not isinstance(row, ast.Name) or function is None:
            return isinstance(row, ast.Name)
        loads = self.facts.names(function).loads.get(row.id, ())
        return any(isinstance(self.facts.parent(load), ast.Call | ast.Attribute) for load in loads)
