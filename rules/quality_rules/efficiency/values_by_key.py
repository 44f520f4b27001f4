"""The rule values-by-key."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid, dotted_name, parameters
from quality_rules._loops import COMPREHENSIONS

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts


class ValuesByKey(AstRule):
    """A loop goes through keys and looks up each value.

    ## What it does
    Reports loops and comprehensions over a parameter of a function that take its entry under the loop's variable:
    `for name in prices: print(name, prices[name])`.

    Loops that give the entry another value or delete it, methods that go through their own object, and tables of pandas and
    graphs, which have no `items()` of this kind, are fine.

    ## Why is this bad
    Each turn hashes the key once more, to find what `items()` gives with it; and the value has no name that says what it
    is.

    ## Example
    ```python
    def total(prices, counts):
        return sum(prices[name] * counts[name] for name in prices)
    ```

    ## Use instead
    ```python
    def total(prices, counts):
        return sum(price * counts[name] for name, price in prices.items())
    ```

    ## References
    - [pylint: consider-using-dict-items](https://pylint.readthedocs.io/en/stable/user_guide/messages/convention/consider-using-dict-items.html)
    """

    dimension = "efficiency"
    severity = Severity.NOTE
    # What is asked may be something else that is asked by what it goes through.
    confidence = Confidence.LOW
    effort = 2
    needs = frozenset({ast.Subscript})
    equivalents = ("pylint:consider-using-dict-items",)

    VALID = (
        Valid("def f(prices):\n    for name, price in prices.items():\n        print(name, price)"),
        Valid("def f(prices):\n    for name in prices:\n        prices[name] = 0", "It gets another value"),
        Valid("def f(prices, counts):\n    return [counts[name] for name in prices]", "Of another mapping"),
        Valid("class A:\n    def f(self):\n        return [self[name] for name in self]", "Its own object"),
        Valid("def f(G):\n    return [len(G[node]) for node in G]", "A graph"),
        Valid("def f(df):\n    return [df[name].sum() for name in df]", "A table"),
        Valid(
            "def f(order):\n    for place in order:\n        order.swap(place)\n        print(order[place])",
            "It may change",
        ),
    )
    INVALID = (
        Invalid(
            "def f(prices):\n    for name in prices:\n        print(name, prices[name])",
            ("3:21-3:33 prices is asked for each of its keys: go through prices.items()",),
        ),
        Invalid(
            "def f(prices):\n    return {prices[name]: name for name in prices.keys()}",
            ("2:13-2:25 prices is asked for each of its keys: go through prices.items()",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return {"pandas", "df"}.isdisjoint(facts.words)

    def visit_For(self, loop: ast.For) -> None:
        self._check(loop.target, loop.iter, loop)

    def visit_comprehension(self, generator: ast.comprehension) -> None:
        whole = self.facts.parent(generator)
        if isinstance(whole, COMPREHENSIONS):
            self._check(generator.target, generator.iter, whole)

    def _check(self, target: ast.expr, source: ast.expr, whole: ast.AST) -> None:
        match source:
            case (
                ast.Name(id=mapping)
                | ast.Call(func=ast.Attribute(value=ast.Name(id=mapping), attr="keys"), args=[], keywords=[])
            ):
                pass
            case _:
                return
        function = self.facts.function(whole)
        if (
            not isinstance(target, ast.Name)
            or function is None
            or mapping not in parameters(function)[self._skip(function) :]
        ):
            return
        if mapping.isupper() or "graph" in mapping.lower():
            return
        inside = self.facts.within(whole)
        uses = [node for node in inside if isinstance(node, ast.Name) and node.id == mapping]
        lookups = [each for use in uses if (each := self._entry(use, target.id)) is not None]
        changed = any(
            isinstance(node, ast.Name) and node.id == target.id and not isinstance(node.ctx, ast.Load)
            for node in inside
            if node is not target
        )
        # All that is done with the mapping, besides going through it, is to look a value up.
        if lookups and len(lookups) == len(uses) - 1 and not changed:
            self.report(lookups[0], f"{mapping} is asked for each of its keys: go through {mapping}.items()")

    def _skip(self, function: FunctionNode) -> int:
        """How many parameters are no argument: a class says itself how to go through it."""
        return int(self.facts.class_of(function) is not None or parameters(function)[:1] == ("self",))

    def _entry(self, use: ast.Name, key: str) -> ast.Subscript | None:
        """``mapping[key]``, where it is read."""
        above = self.facts.parent(use)
        if isinstance(above, ast.Subscript) and above.value is use and dotted_name(above.slice) == key:
            return above if isinstance(above.ctx, ast.Load) else None
        return None
