"""The rule temporal-coupling."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, is_function
from quality.rules import AstRule, Invalid, Setting, Valid, is_placeholder
from quality_rules._called import is_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.model import FunctionNode


class TemporalCoupling(AstRule):
    """The methods of a class only work in one order.

    ## What it does
    Reports classes with several methods that each begin by refusing to work until another method was called, which
    they see by an attribute that still is None.

    One such attribute, a connection that may be open or not, is fine.

    ## Why is this bad
    Nothing but an error at run time tells which method comes first. An object that is made complete, or a function
    that takes what the one before it gave, cannot be called in the wrong order.

    ## Example
    ```python
    class Report:
        def __init__(self):
            self.data = None
            self.rows = None

        def load(self, source):
            self.data = source.read()

        def process(self):
            if self.data is None:
                raise RuntimeError("call load first")
            self.rows = self.data.splitlines()

        def render(self):
            if self.rows is None:
                raise RuntimeError("call process first")
            return "; ".join(self.rows)
    ```

    ## Use instead
    ```python
    class Report:
        def __init__(self, source):
            self.rows = source.read().splitlines()

        def render(self):
            return "; ".join(self.rows)
    ```

    ## References
    - [Mark Seemann: temporal coupling](https://blog.ploeh.dk/2011/05/24/DesignSmellTemporalCoupling/)
    """

    dimension = "structure"
    confidence = Confidence.LOW
    effort = 30

    fewest_attributes = Setting(2, "Fewest attributes that are waited for.", minimum=1)

    VALID = (
        Valid(
            """
            class Client:
                def __init__(self):
                    self.socket = None

                def open(self):
                    self.socket = connect()

                def send(self, data):
                    if self.socket is None:
                        raise RuntimeError("not open")
                    self.socket.send(data)

                def read(self):
                    if self.socket is None:
                        raise RuntimeError("not open")
                    return self.socket.read()
            """,
            "It is open or not",
        ),
        Valid(
            """
            class A:
                def __init__(self, a=None, b=None):
                    self.a = a
                    self.b = b

                def f(self):
                    if self.a is None:
                        raise ValueError("no a")

                def g(self):
                    if self.b is None:
                        raise ValueError("no b")
            """,
            "They are given or not",
        ),
    )
    INVALID = (
        Invalid(
            """
            class Report:
                def __init__(self):
                    self.data = None
                    self.rows = None

                def load(self, source):
                    self.data = source.read()

                def process(self):
                    if self.data is None:
                        raise RuntimeError("call load first")
                    self.rows = self.data.splitlines()

                def render(self):
                    if not self.rows:
                        raise RuntimeError("call process first")
                    return "; ".join(self.rows)
            """,
            ("1:1-1:14 Report works in one order only (data, rows): make it complete, or pass results on",),
        ),
    )

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        methods = [each for each in node.body if is_function(each)]
        first = next((each for each in methods if each.name == "__init__"), None)
        if first is None:
            return
        empty = {name for name, value in self._set_in(first) if is_none(value)}
        waited = {name for each in methods for name in _waits_for(each)} & empty
        given = {name for each in methods if each is not first for name, _ in self._set_in(each)}
        if len(waited & given) >= self.fewest_attributes:
            shown = ", ".join(sorted(waited & given))
            self.report(
                node, f"{node.name} works in one order only ({shown}): make it complete, or pass results on"
            )

    def _set_in(self, function: FunctionNode) -> Iterator[tuple[str, ast.expr | None]]:
        """The attributes of self that a method sets, with their values."""
        for node in self.facts.within(function):
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                yield from ((name, node.value) for target in targets if (name := _own(target)))


def _waits_for(function: FunctionNode) -> Iterator[str]:
    """The attributes without which a method raises at once."""
    for statement in function.body:
        if is_placeholder(statement):
            continue
        if not isinstance(statement, ast.If) or not isinstance(statement.body[0], ast.Raise):
            return
        test = statement.test
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yield _own(test.operand)
        elif (
            isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is) and is_none(test.comparators[0])
        ):
            yield _own(test.left)


def _own(node: ast.expr) -> str:
    """``name`` of ``self.name``; empty for anything else."""
    own = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    return node.attr if own and isinstance(node, ast.Attribute) else ""
