"""The rule half-used-pairs."""

from __future__ import annotations

import ast

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules._kinds import Kind, Kinds
from quality_rules._reads import reads_of

#: A pair has two.
_BOTH = 2
_VALUES = "values()"


class HalfUsedPairs(AstRule):
    """A loop takes pairs and throws one half away.

    ## What it does
    Reports loops and comprehensions over `items()` or `enumerate(…)` that give one half of each pair a name that
    nobody reads, or that starts with `_`. Where only the values are used and nothing shows that it is a dictionary, the confidence is low:
    the columns of a table have `items()`, too, and no `values()`.

    ## Why is this bad
    What is asked for is not what is needed: the reader looks for the half that is missing.

    ## Example
    ```python
    for _, price in prices.items():
        total += price
    ```

    ## Use instead
    ```python
    for price in prices.values():
        total += price
    ```
    """

    dimension = "clarity"
    severity = Severity.NOTE
    effort = 1
    weight = 0.5
    needs = frozenset({ast.Tuple})

    VALID = (
        Valid("for name, price in prices.items():\n    print(name, price)"),
        Valid("for _, price in pairs:\n    print(price)", "Pairs are all that there is"),
        Valid("for place, row in enumerate(rows):\n    print(row)\nprint(place)", "How many there were"),
        Valid("for _ in prices.items():\n    print()"),
        Valid("for index, _ in enumerate(rows):\n    print(index)", "range(len(rows)) is no better"),
        Valid("for _name, price in prices.items():\n    print(_name, price)"),
    )
    INVALID = (
        Invalid(
            "for _, price in prices.items():\n    print(price)",
            ("1:5-1:31 half of each pair is not used: take values()",),
        ),
        Invalid(
            "x = [name for name, _price in prices.items()]",
            ("1:15-1:45 half of each pair is not used: take the keys",),
        ),
        Invalid(
            "def f(rows):\n    for place, row in enumerate(rows):\n        print(row)\n    return {row for place, row in enumerate(rows)}",
            (
                "2:9-2:38 half of each pair is not used: take the elements",
                "4:21-4:50 half of each pair is not used: take the elements",
            ),
        ),
        Invalid(
            "for _, row in enumerate(rows):\n    print(row)",
            ("1:5-1:30 half of each pair is not used: take the elements",),
        ),
    )

    def visit_For(self, loop: ast.For) -> None:
        self._check(loop.target, loop.iter, loop)

    def visit_comprehension(self, part: ast.comprehension) -> None:
        self._check(part.target, part.iter, self.facts.parent(part))

    def _check(self, target: ast.expr, source: ast.expr, used_in: ast.AST | None) -> None:
        if not isinstance(target, ast.Tuple) or len(target.elts) != _BOTH or not isinstance(source, ast.Call):
            return
        if not self._gives_pairs(source):
            return
        first, second = (
            isinstance(half, ast.Name) and self._is_unread(half, used_in) for half in target.elts
        )
        if first == second:
            return
        instead = self._instead(source, drops_first=first)
        if instead:
            sure = instead != _VALUES or self._is_dictionary(source)
            self.report(
                target,
                f"half of each pair is not used: take {instead}",
                until=source,
                confidence=Confidence.HIGH if sure else Confidence.LOW,
            )

    def _gives_pairs(self, source: ast.Call) -> bool:
        items = isinstance(source.func, ast.Attribute) and source.func.attr == "items"
        return items or self.facts.is_builtin(source.func, "enumerate")

    def _instead(self, source: ast.Call, *, drops_first: bool) -> str:
        """What to loop over, or the empty string where pairs are all that there is."""
        called = source.func
        if isinstance(called, ast.Attribute) and called.attr == "items" and not source.args:
            return _VALUES if drops_first else "the keys"
        enumerates = drops_first and len(source.args) == 1 and self.facts.is_builtin(called, "enumerate")
        return "the elements" if enumerates else ""

    def _is_dictionary(self, source: ast.Call) -> bool:
        called = source.func
        return isinstance(called, ast.Attribute) and self.facts.derived(Kinds).of(called.value) is Kind.DICT

    def _is_unread(self, half: ast.Name, inside: ast.AST | None) -> bool:
        """Tells whether a half is not read by a comprehension, or by the function or module of a loop."""
        if isinstance(inside, ast.For | ast.AsyncFor) and not half.id.startswith("_"):
            function = self.facts.function(inside)
            reads = self.facts.derived(reads_of) if function is None else self.facts.names(function).loads
            return half.id not in reads and (
                function is None or half.id not in self.facts.names(function).shared
            )
        nodes = self.facts.within(inside) if inside is not None else ()
        return not any(
            isinstance(n, ast.Name) and n.id == half.id and isinstance(n.ctx, ast.Load) for n in nodes
        )
