"""The rule constant-answer."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, parameters
from quality_rules.structure._promises import Promises

if TYPE_CHECKING:
    from quality.model import FunctionNode


class ConstantAnswer(AstRule):
    """A function ignores its parameters and answers a constant.

    ## What it does
    Reports functions that take parameters, read none of them, and can return nothing but one literal.

    Methods, decorated functions, functions that are handed on as values or defined twice, and functions
    that do something besides returning are fine.

    ## Why is this bad
    The signature says that the answer depends on the arguments. It does not: either the work is not done,
    or the parameters are not needed.

    ## Example
    ```python
    def is_prime(number):
        return True
    ```

    ## Use instead
    ```python
    def is_prime(number):
        return number > 1 and all(number % factor for factor in range(2, int(number**0.5) + 1))
    ```
    """

    dimension = "structure"
    severity = Severity.ERROR
    effort = 30

    VALID = (
        Valid("def version():\n    return '1.0'", "There is no parameter to ignore"),
        Valid(
            """
            class Circle:
                def is_round(self, tolerance):
                    return True

                def area(self):
                    return pi * self.radius**2
            """,
            "A method of a class that works may answer for it",
        ),
        Valid(
            """
            def everything(item):
                return True

            def select(items, wanted=everything):
                return [item for item in items if wanted(item)]
            """,
            "A callback that is handed on",
        ),
        Valid("def close(path):\n    log('closed')\n    return 0", "It does something besides"),
    )
    INVALID = (
        Invalid(
            """
            def median(values):
                middle = 15.0
                return middle
            """,
            ("1:1-1:20 median() ignores its parameters and always answers the same: compute the answer",),
        ),
        Invalid(
            """
            def count_words(text):
                counts = {}
                for position in range(3):
                    counts[position] = 1
                return len(counts)
            """,
            (
                "1:1-1:23 count_words() ignores its parameters and always answers the same: compute the answer",
            ),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if _answers(function) and self._promises.is_constant(function) and self._is_meant(function):
            self.report(
                function,
                f"{function.name}() ignores its parameters and always answers the same: compute the answer",
            )

    def _is_meant(self, function: FunctionNode) -> bool:
        method = self.facts.class_of(function) is not None
        return self._promises.holds(function) and not (method and self._promises.working)

    @cached_property
    def _promises(self) -> Promises:
        return Promises(self.facts)


def _answers(function: FunctionNode) -> bool:
    """Tells whether a function has parameters of its own and returns something but None."""
    arguments = function.args
    if not (set(parameters(function)) - {"self", "cls"}) or arguments.vararg or arguments.kwarg:
        return False
    last = function.body[-1]
    return isinstance(last, ast.Return) and not (
        last.value is None or (isinstance(last.value, ast.Constant) and last.value.value in (None, ...))
    )
