"""The rule stub-body."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Valid
from quality_rules.structure._promises import Promises, emptiness

if TYPE_CHECKING:
    from quality.model import FunctionNode


class StubBody(AstRule):
    """A function promises something and does nothing.

    ## What it does
    Reports functions whose body, the docstring aside, is nothing but `pass`, `...`, a bare `return` or
    `raise NotImplementedError`.

    Abstract methods, protocols, overloads, overriding methods, hooks that the class itself or a subclass
    in the same file uses, functions that a decorator registers, and functions that are handed on as values
    (an empty callback) are fine.

    ## Why is this bad
    A stub looks like work that is done: callers get nothing, or an error, and every measure of complexity
    calls it perfect. What is not written yet should not pass for code.

    ## Example
    ```python
    def median(values):
        raise NotImplementedError
    ```

    ## Use instead
    ```python
    def median(values):
        ordered = sorted(values)
        return ordered[len(ordered) // 2]
    ```

    ## References
    - [Python documentation: abc](https://docs.python.org/3/library/abc.html)
    """

    dimension = "structure"
    severity = Severity.ERROR
    effort = 30

    VALID = (
        Valid(
            """
            from abc import ABC, abstractmethod

            class Shape(ABC):
                @abstractmethod
                def area(self):
                    ...
            """,
            "An abstract method",
        ),
        Valid(
            """
            class Visitor:
                def run(self, node):
                    self.enter(node)

                def enter(self, node):
                    pass
            """,
            "A hook that the class calls",
        ),
        Valid(
            """
            from logging import Handler

            class Quiet(Handler):
                def emit(self, record):
                    pass
            """,
            "An overriding method",
        ),
        Valid(
            """
            def ignore(event):
                pass

            button.on_click(ignore)
            """,
            "An empty callback",
        ),
    )
    INVALID = (
        Invalid(
            """
            def solve(board):
                pass
            """,
            ("1:1-1:18 solve() has an empty body: write it or remove it",),
        ),
        Invalid(
            """
            class Stack:
                def __init__(self):
                    self.items = []

                def pop(self):
                    raise NotImplementedError("later")
            """,
            ("5:5-5:19 pop() only raises NotImplementedError: write it or remove it",),
        ),
    )

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        kind = emptiness(function)
        if kind and self._promises.holds(function):
            method = self.facts.class_of(function) is not None
            self.report(
                function,
                f"{function.name}() {kind}: write it or remove it",
                confidence=Confidence.MEDIUM if method else Confidence.HIGH,
            )

    @cached_property
    def _promises(self) -> Promises:
        return Promises(self.facts)
