"""The rule unused-type-import."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from quality.model import Severity
from quality.rules import AstRule, Invalid, Valid, is_type_checking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.rules import Facts

_WORD = re.compile(r"[^\W\d]\w*")


class UnusedTypeImport(AstRule):
    """An import for type checkers is used nowhere.

    ## What it does
    Reports imports below `if TYPE_CHECKING:` of names that nothing in the file mentions: no annotation, no text and no
    comment.

    Files that define nothing, which may hand on what they import, those that look names up on demand
    (`__getattr__`), imports that are marked as handed on (`from shop import Order as Order`), and names that the `else`
    defines for run time are fine.

    ## Why is this bad
    It suggests a dependency that is not there.

    ## Example
    ```python
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from decimal import Decimal
        from fractions import Fraction

    def half(price: Decimal) -> Decimal:
        return price / 2
    ```

    ## Use instead
    ```python
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from decimal import Decimal

    def half(price: Decimal) -> Decimal:
        return price / 2
    ```

    ## References
    - [Python documentation: TYPE_CHECKING](https://docs.python.org/3/library/typing.html#typing.TYPE_CHECKING)
    """

    dimension = "structure"
    severity = Severity.NOTE
    effort = 1
    equivalents = ("pylint:unused-import",)

    VALID = (
        Valid(
            "if TYPE_CHECKING:\n    from shop import Order\n\ndef f(order: 'list[Order]'):\n    return order.price",
            "A text names it",
        ),
        Valid(
            "if TYPE_CHECKING:\n    from shop import Order\n\ndef f(order):\n    # type: (Order) -> int\n    return order.price",
            "A comment names it",
        ),
        Valid(
            "if TYPE_CHECKING:\n    import shop.orders\n\ndef f(order: shop.orders.Order):\n    return order.price"
        ),
        Valid("if TYPE_CHECKING:\n    from shop import Order", "It may be handed on"),
        Valid(
            "if TYPE_CHECKING:\n    from shop import Order\n\ndef __getattr__(name):\n    return load(name)",
            "It is looked up on demand",
        ),
        Valid(
            "if TYPE_CHECKING:\n    from shop import Order as Order\n\ndef f(order):\n    return order.price",
            "It is handed on",
        ),
        Valid(
            "from typing import cast\n\nif TYPE_CHECKING:\n    from shop import Item, Order\n\n"
            "def f(order):\n    return cast('Order[Item]', order).price",
            "A cast names it",
        ),
        Valid(
            "if TYPE_CHECKING:\n    from compat import override\nelse:\n    def override(method):\n        return method",
            "Other files get one or the other",
        ),
    )
    INVALID = (
        Invalid(
            "if TYPE_CHECKING:\n    import os, sys\n    from shop import Order\n\ndef f(order: Order):\n    return order.price",
            (
                "2:5-2:19 os is imported for nothing: remove it",
                "2:5-2:19 sys is imported for nothing: remove it",
            ),
        ),
        Invalid(
            "from typing import cast\n\nif TYPE_CHECKING:\n    from shop import Item, Order\nelse:\n    from shop import Basket\n\n"
            "def f(order):\n    return cast('Order', order).price",
            ("4:5-4:33 Item is imported for nothing: remove it",),
        ),
        Invalid(
            "if TYPE_CHECKING:  # no __getattr__\n    from shop import Order\n\nLOGGER = get_logger('__getattr__')",
            ("2:5-2:27 Order is imported for nothing: remove it",),
        ),
        Invalid(
            "if TYPE_CHECKING:\n    from shop import Order\n\nLOGGER = get_logger(__name__)",
            ("2:5-2:27 Order is imported for nothing: remove it",),
        ),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        own = facts.functions or facts.of(ast.ClassDef) or facts.assignments
        return "TYPE_CHECKING" in facts.words and bool(own)

    def visit_If(self, node: ast.If) -> None:
        test, checked, run = node.test, node.body, node.orelse
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, checked, run = test.operand, run, checked
        if not is_type_checking(test) or self._hands_out_later:
            return
        otherwise = {name for statement in run for name in _defined(statement)}
        for statement in checked:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                for name in _bound(statement):
                    if name not in self._mentioned and name not in otherwise:
                        self.report(statement, f"{name} is imported for nothing: remove it")

    @property
    def _hands_out_later(self) -> bool:
        """Tells whether the module gives its names when somebody asks for them."""
        given = any(each.name == "__getattr__" for each in self.facts.functions)
        return given or "__getattr__" in self.facts.mentioned

    @property
    def _mentioned(self) -> frozenset[str]:
        return self.facts.derived(_mentioned)


def _bound(statement: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """The names that an import binds, those aside that it marks as handed on."""
    for alias in statement.names:
        if alias.name not in {"*", alias.asname}:
            yield alias.asname or alias.name.partition(".")[0]


def _defined(statement: ast.stmt) -> Iterator[str]:
    """The names that an import or a definition binds."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        yield from _bound(statement)
    elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name


def _mentioned(facts: Facts) -> frozenset[str]:
    """All words of the text but those of its imports."""
    texts = [node.value for node in facts.of(ast.Constant) if isinstance(node.value, str)]
    texts += [comment.text for comment in facts.comments]
    found = {word for text in texts for word in _WORD.findall(text)}
    return facts.mentioned | found
