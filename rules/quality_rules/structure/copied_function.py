"""The rule copied-function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quality.model import Finding, body_digest
from quality.rules import AstRule, Invalid, Setting, Valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quality.model import FunctionNode, Rule, Trace


class CopiedFunction(AstRule):
    """A function stands in several files.

    ## What it does
    Reports a function with the same parameters and the same body, word for word, as one of another file. Its own name
    and docstring don't count. Needs all files in one call of `quality check`.

    Short functions, and functions of tests, are fine.

    ## Why is this bad
    A correction in one file is forgotten in the other, and soon nobody knows which of the two is right.

    ## Example
    ```python
    # file: shop/order.py
    def total(rows):
        result = 0
        for row in rows:
            if row.open:
                result += row.price * row.amount
        return result
    # file: shop/invoice.py
    def total_of(rows):
        result = 0
        for row in rows:
            if row.open:
                result += row.price * row.amount
        return result
    ```

    ## Use instead
    ```python
    # file: shop/order.py
    def total(rows):
        result = 0
        for row in rows:
            if row.open:
                result += row.price * row.amount
        return result
    # file: shop/invoice.py
    from shop.order import total
    ```

    ## References
    - [Refactoring: duplicated code](https://refactoring.com/catalog/extractFunction.html)
    """

    dimension = "structure"
    effort = 20
    equivalents = ("pylint:duplicate-code", "quality:near-duplicate")

    minimum_statements = Setting(5, "Fewest statements of a function that is compared.", minimum=2)

    VALID = (
        Valid("# file: a.py\ndef f(x):\n    return x.y\n# file: b.py\ndef f(x):\n    return x.y", "Short"),
    )
    INVALID = (
        Invalid(
            "# file: a.py\ndef f(x):\n    y = x.a()\n    y.b(1)\n    y.c(2)\n    y.d(3)\n    return y\n"
            "# file: b.py\ndef g(x):\n    'The same.'\n    y = x.a()\n    y.b(1)\n    y.c(2)\n    y.d(3)\n    return y",
            ("1:1-1:10 g() is the same as f() in a.py: keep one and import it",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if self.source.role == "test" or self.facts.size(function) < self.minimum_statements:
            return
        if self.facts.function(function) is None:
            self.note(function, body_digest(function), function.name)

    @classmethod
    def across(cls, entry: Rule, traces: Sequence[Trace]) -> Iterable[Finding]:
        first: dict[str, Trace] = {}
        for trace in traces:
            other = first.setdefault(trace.key, trace)
            if other.location.path != trace.location.path:
                message = f"{trace.name}() is the same as {other.name}() in {other.location.path}"
                yield Finding.of(entry, f"{message}: keep one and import it", trace.location)
