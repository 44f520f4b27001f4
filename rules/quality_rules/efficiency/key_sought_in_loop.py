"""The rule key-sought-in-loop."""

from __future__ import annotations

import ast

from quality.rules import AstRule, Invalid, Valid, shorten


class KeySoughtInLoop(AstRule):
    """A loop goes through a mapping to find one of its keys.

    ## What it does
    Reports loops over `table.items()`, or over its keys, that do nothing but ask whether the key is one that is known.

    Keys that are compared in another form (`name.lower()`), and in any other way than by `==`, are fine.

    ## Why is this bad
    The mapping finds a key at once, however many there are. The loop looks at half of them.

    ## Example
    ```python
    def price_of(prices, wanted):
        for name, price in prices.items():
            if name == wanted:
                return price
        return None
    ```

    ## Use instead
    ```python
    def price_of(prices, wanted):
        return prices.get(wanted)
    ```

    ## References
    - [Python wiki: time complexity](https://wiki.python.org/moin/TimeComplexity)
    """

    dimension = "efficiency"
    effort = 2
    needs = frozenset({"items", "keys"})

    VALID = (
        Valid(
            "def f(prices, wanted):\n    for name, price in prices.items():\n        if name.lower() == wanted:\n            return price"
        ),
        Valid(
            "def f(prices, wanted):\n    for name, price in prices.items():\n        if price == wanted:\n            return name",
            "By its value",
        ),
        Valid(
            "def f(rows):\n    for name, row in rows.items():\n        if name == row.name:\n            return row"
        ),
    )
    INVALID = (
        Invalid(
            "def f(prices, wanted):\n    for name, price in prices.items():\n        if name == wanted:\n            return price",
            ("2:24-2:38 the loop looks for the key wanted: ask prices for it",),
        ),
        Invalid(
            "def f(prices, row):\n    for name in prices.keys():\n        if row.name == name:\n            print(prices[name])",
            ("2:17-2:30 the loop looks for the key row.name: ask prices for it",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        match loop:
            case ast.For(
                iter=ast.Call(
                    func=ast.Attribute(value=table, attr="items" | "keys" as method), args=[], keywords=[]
                ),
                body=[ast.If(test=ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]), orelse=[])],
            ):
                pass
            case _:
                return
        pair = isinstance(loop.target, ast.Tuple | ast.List)
        key = loop.target.elts[0] if isinstance(loop.target, ast.Tuple | ast.List) else loop.target
        if pair is not (method == "items") or not isinstance(key, ast.Name):
            return
        bound = {node.id for node in self.facts.inside(loop.target, ast.Name)}
        for own, wanted in ((left, right), (right, left)):
            if isinstance(own, ast.Name) and own.id == key.id and not self.facts.names_in(wanted) & bound:
                shown = shorten(ast.unparse(wanted))
                self.report(loop.iter, f"the loop looks for the key {shown}: ask {ast.unparse(table)} for it")
                return
