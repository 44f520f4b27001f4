"""The rule overwritten-value."""

from __future__ import annotations

import ast
from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

from quality.model import Severity, cached_property
from quality.rules import TERMINAL, AstRule, Invalid, Valid, is_literal, same_code, shorten, targets_of
from quality_rules._loops import PURE_BUILTINS, PURE_METHODS

if TYPE_CHECKING:
    from quality.model import FunctionNode

#: Builtins that see all locals of a function.
_SEE_LOCALS = frozenset({"locals", "vars", "eval", "exec", "dir"})


class OverwrittenValue(AstRule):
    """A value is computed and overwritten before anybody reads it.

    ## What it does
    Reports an assignment to a local name where a later statement of the same block assigns to it again and nothing in
    between reads it, and two assignments to the same place of a container, one right behind the other.

    Constants, which say what a name starts with, are fine, and so are calls that may do something beside answering, unless
    the later statement asks another function about the same arguments.

    ## Why is this bad
    The first value was computed for nothing. Most often the second line was meant to use it, or to go to another name.

    ## Example
    ```python
    def area(shapes):
        total = sum(shape.area for shape in shapes)
        total = round(shapes[0].area, 2)
        return total
    ```

    ## Use instead
    ```python
    def area(shapes):
        total = sum(shape.area for shape in shapes)
        return round(total, 2)
    ```

    ## References
    - [CWE-563: assignment without use](https://cwe.mitre.org/data/definitions/563.html)
    """

    dimension = "reliability"
    severity = Severity.WARNING
    effort = 10
    cwe = 563

    VALID = (
        Valid("def f(x):\n    y = None\n    y = g(x)\n    return y", "What it starts with"),
        Valid("def f(x):\n    y = set()\n    y = g(x)\n    return y", "What it starts with"),
        Valid("def f(x):\n    y = len(x)\n    y = h(y)\n    return y", "It is read"),
        Valid("def f(x):\n    y = len(x)\n    if x:\n        y = h(x)\n    return y", "Only sometimes"),
        Valid("def f(x):\n    y = add(x)\n    y = add(2)\n    return y", "It may do something"),
        Valid("def f(x):\n    y = next(x)\n    y = next(x)\n    return y", "It goes on"),
        Valid("def f(x):\n    _ = x.a\n    _ = x.b"),
        Valid("def f(x):\n    y = len(x)\n    print(y)\n    y = h(x)\n    return y"),
        Valid(
            "def f(x):\n    y = len(x)\n    def show():\n        print(y)\n    run(show)\n    y = h(x)",
            "A function reads it",
        ),
        Valid("def f(d, k):\n    d[k] = g(k)\n    d[k] = h(d)", "It is read"),
        Valid("def f(d, k):\n    d[next(k)] = 1\n    d[next(k)] = 1", "Another place"),
        Valid(
            "def f(x):\n    try:\n        y = len(x)\n        y = h(x)\n    except E:\n        print(y)",
            "If the second fails",
        ),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    y = len(x)\n    print(x)\n    y = h(x)\n    return y",
            (
                "2:5-2:15 y is overwritten in line 4 before anybody reads it: use it, or name the other otherwise",
            ),
        ),
        Invalid(
            "def f(old):\n    new = SCRIPTS.sub('', old)\n    new = IMPORTS.sub('', old)\n    return new",
            (
                "2:5-2:31 new is overwritten in line 3 before anybody reads it: use it, or name the other otherwise",
            ),
        ),
        Invalid(
            "def swap(row, a, b):\n    kept = row[a]\n    row[a] = row[b]\n    row[a] = kept",
            (
                "3:5-3:20 row[a] is overwritten in line 4 before anybody reads it: use it, or name the other otherwise",
            ),
        ),
    )

    def visit_Assign(self, statement: ast.Assign | ast.AnnAssign) -> None:
        (target, *others), value = targets_of(statement), statement.value
        if others or value is None or is_literal(value) or _is_made_empty(value):
            return
        again = self._overwriting(target, statement)
        if again is not None and (self._only_answers(value) or self._is_left_out(value, again)):
            self.report(
                statement,
                f"{shorten(ast.unparse(target))} is overwritten in line {again.lineno} before anybody reads it: "
                "use it, or name the other otherwise",
            )

    visit_AnnAssign = visit_Assign

    def _overwriting(self, target: ast.expr, statement: ast.stmt) -> ast.stmt | None:
        """The later statement of the block that binds the same place before anything reads it."""
        if isinstance(target, ast.Subscript):
            rest = self.facts.rest(statement)
            return rest[0] if rest and self._is_written_again(target, rest[0]) else None
        again = self._bound_again.get(statement)
        if again is None or not isinstance(target, ast.Name) or not self._is_private(target):
            return None
        return again if self._is_unread(target, statement, again) else None

    @cached_property
    def _bound_again(self) -> dict[ast.stmt, ast.stmt]:
        """Statement that binds one name → the next one of its block that binds the same."""
        found: dict[ast.stmt, ast.stmt] = {}
        for block in self.facts.blocks:
            later: dict[str, ast.stmt] = {}
            for statement in reversed(block):
                if name := _only_name(statement):
                    if name in later:
                        found[statement] = later[name]
                    later[name] = statement
        return found

    def _only_answers(self, value: ast.expr) -> bool:
        """Tells whether nothing happens but that the value is computed."""
        for part in self.facts.within(value):
            if isinstance(part, ast.Call):
                method = isinstance(part.func, ast.Attribute) and part.func.attr in PURE_METHODS
                if not method and not self.facts.is_builtin(part.func, *PURE_BUILTINS):
                    return False
            elif isinstance(part, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
                return False
        return True

    def _is_left_out(self, value: ast.expr, again: ast.stmt) -> bool:
        """Tells whether a later line asks something else about the same, as if the first were not there.

        Whatever the two do beside answering, a chain like this takes on what it has: ``text = links.sub("", text)``.
        """
        later = getattr(again, "value", None)
        if not (isinstance(value, ast.Call) and isinstance(later, ast.Call)):
            return False
        named = any(isinstance(argument, ast.Name) for argument in value.args)
        return (
            named and not same_code(value.func, later.func) and same_code(*map(self._given, (value, later)))
        )

    def _given(self, call: ast.Call) -> list[ast.AST]:
        return [*map(self.facts.only_value, call.args), *call.keywords]

    def _is_written_again(self, place: ast.Subscript, following: ast.stmt) -> bool:
        """Tells whether the next statement binds the same place, and asks nobody in between."""
        if not isinstance(following, ast.Assign | ast.AnnAssign) or not same_code(
            targets_of(following), [place]
        ):
            return False
        steady = not any(isinstance(part, ast.Call | ast.Await) for part in self.facts.within(place))
        return steady and isinstance(following.value, ast.Name | ast.Constant | ast.List | ast.Tuple)

    def _is_private(self, name: ast.Name) -> bool:
        """Tells whether only the function around a name reads it, and nothing does when the function fails."""
        function = self.facts.function(name)
        if function is None or name.id.startswith("_") or self.facts.function(function) is not None:
            return False
        inside = takewhile(lambda above: above is not function, self.facts.ancestors(name))
        guarded = any(isinstance(above, ast.Try | ast.With) for above in inside)
        return not guarded and name.id in self._uses(function)

    def _uses(self, function: FunctionNode) -> dict[str, list[int]]:
        """Name that only the function itself reads → its places in the order of the text; asked once of each function."""
        if function not in self._known:
            names = self.facts.names(function)
            own = names.stores.keys() - names.shared if names.loads.keys().isdisjoint(_SEE_LOCALS) else ()
            found = self._known[function] = {}
            for name in own:
                read = names.loads.get(name, ())
                if all(self.facts.function(place) is function for place in read):
                    found[name] = sorted(self.facts.span(place)[0] for place in (*names.stores[name], *read))
        return self._known[function]

    @cached_property
    def _known(self) -> dict[FunctionNode, dict[str, list[int]]]:
        """What was asked of functions."""
        return {}

    def _is_unread(self, name: ast.Name, statement: ast.stmt, again: ast.stmt) -> bool:
        """Tells whether nothing between two statements reads a name, or leaves."""
        function = self.facts.function(name)
        uses = self._uses(function)[name.id] if function is not None else []
        start, end = self.facts.span(statement)[1], self.facts.span(again)[1]
        return _count(uses, start, end) == 1 and _count(self._leaving, start, end) == 0

    @cached_property
    def _leaving(self) -> list[int]:
        """Where something leaves a block or a function, in the order of the text."""
        return sorted(self.facts.span(node)[0] for node in self.facts.of(*TERMINAL, ast.Yield, ast.YieldFrom))


def _only_name(statement: ast.stmt) -> str:
    """The name that an assignment binds to a value, if that is all."""
    targets = targets_of(statement) if getattr(statement, "value", None) is not None else ()
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""


def _is_made_empty(value: ast.expr) -> bool:
    """Tells whether a value is what a name may start with: ``set()``."""
    return isinstance(value, ast.Call) and not value.args and isinstance(value.func, ast.Name)


def _count(places: list[int], start: int, end: int) -> int:
    """How many of some sorted places are in a range."""
    return bisect_left(places, end) - bisect_left(places, start)
