"""The rule near-duplicate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quality.model import Confidence
from quality.rules import AstRule, Invalid, Setting, Valid
from quality_rules._asked import has_several_functions
from quality_rules.structure._alike import ALONE, steps_of, words_of, words_of_short

if TYPE_CHECKING:
    import ast

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Consecutive nodes that make one feature.
_SHINGLE = 4
#: Functions that one feature may point to: keeps the search linear where hundreds are alike.
_POSTINGS = 8


class NearDuplicate(AstRule):
    """Two functions are nearly the same.

    ## What it does
    Reports a function that has nearly the same syntax as an earlier one of the same source. Names of locals
    and the values of constants don't count; names of attributes and of what is called do. Nor does the order of
    statements and operands count, where all of them are the same.

    Short functions count when they differ in nothing but these. Very short ones, functions with a few lines in common, and the asynchronous form of a function are fine.

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

    minimum_statements = Setting(ALONE, "Fewest statements of a function that is compared.", minimum=2)
    similarity = Setting(0.8, "Share of the syntax that must agree.", minimum=0.5, maximum=1.0)

    asks = (has_several_functions,)

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
                count = 0
                for order in orders:
                    if order.state == "paid":
                        total += order.amount * order.price
                        count += 1
                return total / count

            def unpaid(rows):
                number = 0
                result = 0
                for row in rows:
                    if "open" == row.state:
                        number += 1
                        result += row.price * row.amount
                return result / number
            """,
            ("10:1-10:18 unpaid() is nearly the same as paid(): make them one",),
            {"minimum-statements": 4},
        ),
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
        Invalid(
            """
            def age(rows):
                found = [row["age"] for row in rows if row.get("age") is not None]
                if not found:
                    return 0.0
                return sum(found) / len(found)

            def height(people):
                known = [row["height"] for row in people if row.get("height") is not None]
                if not known:
                    return 0.0
                return sum(known) / len(known)
            """,
            ("7:1-7:20 height() differs from age() in names and constants alone: make them one",),
        ),
    )

    def visit_Module(self, module: ast.Module) -> None:
        del module
        index: dict[tuple[str, ...], list[int]] = {}
        known: list[_Shape] = []
        moved: dict[frozenset[tuple[str, int]], FunctionNode] = {}
        functions = [f for f in self.facts.functions if self.facts.size(f) >= self.minimum_statements]
        for function in functions if len(functions) > 1 else ():
            shape = _shape(self.facts, function)
            twin = self._twin(shape, known, index) or moved.get(shape.steps)
            if twin is not None and _is_given(function, twin):
                twin = None
            if twin is not None:
                first, second = self._name(function), self._name(twin)
                self.report(function, f"{first}() is nearly the same as {second}(): make them one")
            for shingle in shape.shingles:
                places = index.setdefault(shingle, [])
                if len(places) < _POSTINGS:
                    places.append(len(known))
            known.append(shape)
            moved.setdefault(shape.steps, function)
        self._check_short()

    def _check_short(self) -> None:
        """Reports short functions that differ from an earlier one in nothing but local names and constants."""
        first: dict[tuple[str, ...], FunctionNode] = {}
        for function in self.facts.functions:
            words = words_of_short(self.facts, function)
            twin = first.setdefault(words, function) if words else function
            if twin is not function and self.facts.size(function) < self.minimum_statements:
                one, other = self._name(function), self._name(twin)
                told = f"{one}() differs from {other}() in names and constants alone: make them one"
                self.report(function, told, confidence=Confidence.MEDIUM)

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
    """A function's syntax without the names of its locals and the values of its constants.

    Attributes:
        function: The function.
        shingles: Words that follow one another, with how often they do.
        size: How many shingles there are.
        steps: Its statements in no order, with how often each is there.
    """

    function: FunctionNode
    shingles: Counter[tuple[str, ...]]
    size: int
    steps: frozenset[tuple[str, int]]


def _shape(facts: Facts, function: FunctionNode) -> _Shape:
    words = words_of(facts, function)
    grams = zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
    shingles = Counter(grams)
    steps = Counter(steps_of(facts, function))
    return _Shape(function, shingles, shingles.total(), frozenset(steps.items()))


def _likeness(first: _Shape, second: _Shape) -> float:
    """Shared shingles over all of both (Jaccard index of the two bags)."""
    shared = (first.shingles & second.shingles).total()
    return shared / (first.size + second.size - shared or 1)


def _is_given(later: FunctionNode, earlier: FunctionNode) -> bool:
    """Tells whether one is inside of the other, or its asynchronous form: those are alike and cannot be one."""
    inside = earlier.lineno <= later.lineno <= (earlier.end_lineno or earlier.lineno)
    return inside or type(later) is not type(earlier)
