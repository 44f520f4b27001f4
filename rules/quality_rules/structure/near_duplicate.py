"""The rule near-duplicate."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.rules import AstRule, Invalid, Setting, Valid, body_of

if TYPE_CHECKING:
    from quality.model import FunctionNode
    from quality.rules import Facts

#: Fewest statements of a function that is compared.
MINIMUM_STATEMENTS = 8
#: Consecutive nodes that make one feature.
_SHINGLE = 4
#: Functions that one feature may point to: keeps the search linear where hundreds are alike.
_POSTINGS = 8


class NearDuplicate(AstRule):
    """Two functions are nearly the same.

    ## What it does
    Reports a function that has nearly the same syntax as an earlier one of the same source. Names of locals
    and the values of constants don't count; names of attributes and of what is called do.

    Short functions, functions with a few lines in common, and the asynchronous form of a function are fine.

    ## Why is this bad
    A mistake must be found and corrected twice, and sooner or later one of the two is forgotten. The reader
    has to compare them to see what differs.

    ## Example
    ```python
    def paid(orders):
        total = 0
        for order in orders:
            if order.state == "paid":
                total += order.amount
        return total

    def open_(orders):
        result = 0
        for order in orders:
            if order.state == "open":
                result += order.amount
        return result
    ```

    ## Use instead
    ```python
    def total(orders, state):
        return sum(order.amount for order in orders if order.state == state)
    ```

    ## References
    - [Refactoring: parameterize function](https://refactoring.com/catalog/parameterizeFunction.html)
    """

    dimension = "structure"
    effort = 20
    equivalents = ("pylint:duplicate-code",)

    minimum_statements = Setting(
        MINIMUM_STATEMENTS, "Fewest statements of a function that is compared.", minimum=2
    )
    similarity = Setting(0.8, "Share of the syntax that must agree.", minimum=0.5, maximum=1.0)

    VALID = (
        Valid("def f(a):\n    return a.b\n\ndef g(a):\n    return a.b", "Short"),
        Valid(
            """
            def load(path):
                with open(path) as file:
                    text = file.read()
                rows = text.split()
                rows.sort()
                return rows

            def save(path, rows):
                text = " ".join(rows)
                check(text)
                with open(path, "w") as file:
                    file.write(text)
                return len(text)
            """,
            "The same names, another task",
            {"minimum-statements": 4},
        ),
        Valid(
            """
            def paid(orders):
                total = 0
                for order in orders.all():
                    if order.state == "paid":
                        total += order.amount
                return total

            async def paid_later(orders):
                total = 0
                for order in await orders.all():
                    if order.state == "paid":
                        total += order.amount
                return total
            """,
            "What is awaited needs a function of its own",
            {"minimum-statements": 4},
        ),
    )
    INVALID = (
        Invalid(
            """
            def paid(orders):
                total = 0
                for order in orders:
                    if order.state == "paid":
                        total += order.amount
                return total

            def unpaid(rows):
                count = 0
                for row in rows:
                    if row.state == "open":
                        count += row.amount
                return count
            """,
            ("8:1-8:18 unpaid() is nearly the same as paid(): make them one",),
            {"minimum-statements": 4},
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return len(facts.functions) > 1

    def visit_Module(self, module: ast.Module) -> None:
        del module
        index: dict[tuple[str, ...], list[int]] = {}
        known: list[_Shape] = []
        functions = [f for f in self.facts.functions if self.facts.size(f) >= self.minimum_statements]
        for function in functions if len(functions) > 1 else ():
            shape = _shape(self.facts, function)
            twin = self._twin(shape, known, index)
            if twin is not None:
                first, second = self._name(function), self._name(twin)
                self.report(function, f"{first}() is nearly the same as {second}(): make them one")
            for shingle in shape.shingles:
                places = index.setdefault(shingle, [])
                if len(places) < _POSTINGS:
                    places.append(len(known))
            known.append(shape)

    def _name(self, function: FunctionNode) -> str:
        owner = self.facts.class_of(function)
        return f"{owner.name}.{function.name}" if owner else function.name

    def _twin(
        self, shape: _Shape, known: list[_Shape], index: dict[tuple[str, ...], list[int]]
    ) -> FunctionNode | None:
        """The earlier function that is most alike, if any is alike enough."""
        shared = Counter(number for shingle in shape.shingles for number in index.get(shingle, ()))
        best, twin = self.similarity, None
        for number in sorted(shared):
            other = known[number]
            alike = _likeness(shape, other) if 2 * shared[number] > len(shape.shingles) else 0.0
            if alike >= best and not _is_given(shape.function, other.function):
                best, twin = alike + 1e-9, other.function
        return twin


@dataclass(frozen=True, slots=True)
class _Shape:
    """A function's syntax without the names of its locals and the values of its constants."""

    function: FunctionNode
    shingles: Counter[tuple[str, ...]]
    size: int


def words_of(facts: Facts, function: FunctionNode) -> tuple[str, ...]:
    """A function's parameters and body as words that functions share which differ in nothing else."""
    local: dict[str, str] = {}
    names = facts.names(function)
    own = {*names.parameters, *names.stores}
    parts = [function.args, *body_of(function)]
    return tuple(_word(node, own, local) for part in parts for node in facts.within(part))


def _shape(facts: Facts, function: FunctionNode) -> _Shape:
    words = words_of(facts, function)
    grams = zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
    shingles = Counter(grams)
    return _Shape(function, shingles, shingles.total())


def _word(node: ast.AST, own: set[str], local: dict[str, str]) -> str:
    kind = type(node).__name__
    if isinstance(node, ast.Name | ast.arg):
        name = node.id if isinstance(node, ast.Name) else node.arg
        return f"{kind} {local.setdefault(name, str(len(local))) if name in own else f'.{name}'}"
    if isinstance(node, ast.Attribute):
        return f"{kind} .{node.attr}"
    if isinstance(node, ast.Constant):
        return f"{kind} {type(node.value).__name__}"
    if isinstance(node, ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.AugAssign):
        return f"{kind} {type(node.op).__name__}"
    if isinstance(node, ast.Compare):
        return f"{kind} {' '.join(type(entry).__name__ for entry in node.ops)}"
    return f"{kind} {node.arg}" if isinstance(node, ast.keyword) else kind


def _likeness(first: _Shape, second: _Shape) -> float:
    """Shared shingles over all of both (Jaccard index of the two bags)."""
    shared = (first.shingles & second.shingles).total()
    return shared / (first.size + second.size - shared or 1)


def _is_given(later: FunctionNode, earlier: FunctionNode) -> bool:
    """Tells whether one is inside of the other, or its asynchronous form: those are alike and cannot be one."""
    inside = earlier.lineno <= later.lineno <= (earlier.end_lineno or earlier.lineno)
    return inside or type(later) is not type(earlier)
