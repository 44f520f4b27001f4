"""The rule list-for-first."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, shorten
from quality_rules._branches import is_condition

#: What has a few elements that are written there.
_WRITTEN = (ast.List, ast.Tuple, ast.Set, ast.Constant)


class ListForFirst(AstRule):
    """All is collected to take the first of it.

    ## What it does
    Reports `[row for row in rows if row.ready][0]` and `list(filter(is_ready, rows))[0]`, also when the list has a name
    that is only asked whether there is anything in it; and `[load(row) for row in rows][0]` and `list(rows)[0]`.

    Choices among a few written elements, other places, and lists that are used again, are fine.

    ## Why is this bad
    All elements are looked at and those that fit are kept, where the first that fits would end the search. `next` also says what
    is to be when there is none.

    ## Example
    ```python
    def first_ready(rows):
        ready = [row for row in rows if row.ready]
        return ready[0] if ready else None
    ```

    ## Use instead
    ```python
    def first_ready(rows):
        return next((row for row in rows if row.ready), None)
    ```

    ## References
    - [Python documentation: next](https://docs.python.org/3/library/functions.html#next)
    """

    dimension = "efficiency"
    severity = Severity.NOTE
    needs = frozenset({ast.ListComp, "list"})

    VALID = (
        Valid("first = [x.name for x in (a, b)][0]\nword = list('ab')[0]", "A few"),
        Valid("async def f(rows):\n    return [await load(row) for row in rows][0]", "next() does not wait"),
        Valid("first = [key for key in ('a', 'b') if key in row][0]", "A few"),
        Valid("last = [row for row in rows if row.ready][-1]", "Another place"),
        Valid(
            "def f(rows):\n    ready = [row for row in rows if row.ready]\n    return ready[0], len(ready)",
            "It is used again",
        ),
        Valid(
            "def f(rows):\n    (only,) = [row for row in rows if row.ready]\n    return only",
            "That it is the only one is asked",
        ),
    )
    INVALID = (
        Invalid(
            "first = [load(row) for row in rows][0]\nany_of_them = list(names)[0]",
            (
                "1:9-1:39 […][0] makes every element to take the first: use next()",
                "2:15-2:29 […][0] makes every element to take the first: use next()",
            ),
        ),
        Invalid(
            "first = [row for row in rows if row.ready][0]",
            ("1:9-1:46 […][0] collects all that fit to take the first: use next()",),
        ),
        Invalid(
            """
            def following(values, value):
                if not values:
                    return None
                larger = list(filter(lambda each: each > value, values))
                if not larger:
                    return None
                return larger[0]
            """,
            ("7:12-7:21 larger[0] collects all that fit to take the first: use next()",),
        ),
        Invalid(
            "def f(rows):\n    due = [row for row in rows if row.due]\n    if rows and due:\n        pay(due[0])",
            ("4:13-4:19 due[0] collects all that fit to take the first: use next()",),
        ),
    )

    def visit_Subscript(self, node: ast.Subscript) -> None:
        place = node.slice
        first = isinstance(place, ast.Constant) and place.value == 0 and not isinstance(place.value, bool)
        if not first or not isinstance(node.ctx, ast.Load):
            return
        if self._chooses(node.value):
            self._tell(node, "[…]")
        elif self._collects(node.value):
            # There may be only one, and then it is a way to say so.
            sure = Confidence.HIGH if isinstance(node.value, ast.ListComp) else Confidence.LOW
            self.report(node, "[…][0] makes every element to take the first: use next()", confidence=sure)
        elif isinstance(node.value, ast.Name) and self._is_only_asked(node.value):
            self._tell(node, node.value.id)

    def _tell(self, node: ast.Subscript, what: str) -> None:
        self.report(node, f"{shorten(what)}[0] collects all that fit to take the first: use next()")

    def _chooses(self, made: ast.expr) -> bool:
        """Tells whether an expression makes a list of what fits."""
        if isinstance(made, ast.ListComp):
            (first, *more) = made.generators
            return not more and bool(first.ifs) and not isinstance(first.iter, _WRITTEN)
        if not isinstance(made, ast.Call) or not self.facts.is_builtin(made.func, "list") or not made.args:
            return False
        inner = self.facts.only_value(made.args[0])
        return isinstance(inner, ast.Call) and self.facts.is_builtin(inner.func, "filter")

    def _collects(self, made: ast.expr) -> bool:
        """Tells whether an expression makes a list of all that there is somewhere else."""
        if isinstance(made, ast.ListComp):
            (first, *more) = made.generators
            waits = bool(self.facts.inside(made, ast.Await)) or first.is_async
            return not more and not waits and not isinstance(first.iter, _WRITTEN)
        listed = isinstance(made, ast.Call) and self.facts.is_builtin(made.func, "list")
        return listed and len(made.args) == 1 and not isinstance(made.args[0], _WRITTEN)  # type: ignore[attr-defined]

    def _is_only_asked(self, name: ast.Name) -> bool:
        """Tells whether all else that is done with a list of what fits is to ask whether it is empty."""
        function = self.facts.function(name)
        if function is None or not self._chooses(self.facts.only_value(name)):
            return False
        others = [use for use in self.facts.names(function).loads[name.id] if use is not name]
        return len(others) <= 1 and all(is_condition(self.facts, use) for use in others)
