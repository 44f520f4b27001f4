"""The rule type-by-text."""

from __future__ import annotations

import ast
import re

from quality.model import BUILTINS, Confidence
from quality.rules import AstRule, Invalid, Valid

#: The name of a class as it is, or in the text of the class.
_CLASS = re.compile(r"(?:<class ')?(\w+)(?:'>)?")


class TypeByText(AstRule):
    """The type of a value is asked for by its text.

    ## What it does
    Reports comparisons of `str(type(x))` or `type(x).__name__` with the name of a builtin type, and searches for one in it.

    Names of other classes are fine: the module that has them may not be there.

    ## Why is this bad
    The text is for readers: it has a module in front of it for one class and none for another, and a class of the same name, or
    one that derives from the class, has another answer than is meant. `isinstance` asks for the type itself.

    ## Example
    ```python
    def is_list(value):
        return str(type(value)) == "<class 'list'>"
    ```

    ## Use instead
    ```python
    def is_list(value):
        return isinstance(value, list)
    ```

    ## References
    - [Python documentation: isinstance](https://docs.python.org/3/library/functions.html#isinstance)
    """

    dimension = "reliability"
    confidence = Confidence.MEDIUM
    effort = 2
    needs = frozenset({"type"})
    equivalents = ("pylint:unidiomatic-typecheck",)

    VALID = (
        Valid("found = isinstance(value, list)"),
        Valid("found = type(value).__name__ == 'Tensor'", "Its module may not be there"),
        Valid("found = 'sparse.COO' in str(type(value))", "Its module may not be there"),
        Valid("text = str(type(value))", "It is shown"),
        Valid("found = str(value) == 'a'"),
        Valid("assert type(value).__name__ == 'list'", role="test"),
    )
    INVALID = (
        Invalid(
            "found = str(type(value)) == \"<class 'list'>\"",
            ("1:9-1:45 the type of value is asked for by its text: use isinstance()",),
        ),
        Invalid(
            "found = 'int' in repr(type(value))",
            ("1:9-1:35 the type of value is asked for by its text: use isinstance()",),
        ),
        Invalid(
            "def f(value):\n    return type(value).__name__ in ('list', 'tuple')",
            ("2:12-2:53 the type of value is asked for by its text: use isinstance()",),
        ),
    )

    def visit_Compare(self, node: ast.Compare) -> None:
        if self.source.role == "test":
            return
        sides = [node.left, *node.comparators]
        for side in sides:
            match side:
                case ast.Call(func=show, args=[asked]) if self.facts.is_builtin(show, "str", "repr"):
                    pass
                case ast.Attribute(value=asked, attr="__name__" | "__qualname__"):
                    pass
                case _:
                    continue
            named = any(_names_builtins(other) for other in sides if other is not side)
            if (
                named
                and isinstance(asked, ast.Call)
                and self.facts.is_builtin(asked.func, "type")
                and asked.args
            ):
                of = ast.unparse(asked.args[0])
                self.report(node, f"the type of {of} is asked for by its text: use isinstance()")
                return


def _names_builtins(node: ast.expr) -> bool:
    """Tells whether a text, or each of several, is the name of a builtin type."""
    entries = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    texts = [entry.value for entry in entries if isinstance(entry, ast.Constant)]
    return bool(texts) and all(isinstance(text, str) and _is_builtin(text) for text in texts)


def _is_builtin(text: str) -> bool:
    match = _CLASS.fullmatch(text)
    return match is not None and match[1] in BUILTINS
