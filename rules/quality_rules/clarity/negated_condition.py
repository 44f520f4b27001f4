"""The rule negated-condition."""

from __future__ import annotations

import ast
import re

from quality.model import Confidence, Severity
from quality.rules import TERMINAL, AstRule, Invalid, Valid, last_word, shorten

#: Comparison → its opposite.
_OPPOSITES: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
#: Names that are negations: ``is_not_ready``, ``isNotReady``, ``cannot_open``.
_SAYS_NOT = re.compile(
    r"_*(is|are|was|has|have|does|did|can)(_?not|n?t)_[a-z]\w*|_*(is|has|does|can)(not[a-z]|Not[A-Z])\w*|_*cannot[_A-Z]\w*"
)


class NegatedCondition(AstRule):
    """A condition is negated although there is an else.

    ## What it does
    Reports `if not x:` with an `else`, the same for `!=`, and `a if not x else b`; and a `not` in front of another
    `not`, of a comparison that has an opposite, as `not a == b`, or of a name that says not itself, as `not user.is_not_ready`.

    Chains, branches that leave (a guard), and a short branch before a long one are fine.

    ## Why is this bad
    The else of a negation is a double negation. Swapping the branches says the same without it. So does the opposite
    comparison.

    ## Example
    ```python
    if not order.paid:
        remind(order)
    else:
        ship(order)
    ```

    ## Use instead
    ```python
    if order.paid:
        ship(order)
    else:
        remind(order)
    ```

    ## References
    - [Refactoring: catalogue](https://refactoring.com/catalog/)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    effort = 1
    weight = 0.4
    equivalents = ("pylint:unnecessary-negation",)

    VALID = (
        Valid("if not x:\n    f()"),
        Valid(
            "if not notified and not x.is_note and not allow_not_null and not e.is_Not:\n    f()",
            "Other words",
        ),
        Valid("if x.is_not_ready:\n    f()"),
        Valid("if not x:\n    f()\nelif y:\n    g()\nelse:\n    h()", "A chain"),
        Valid("y = not a < b", "Numbers that are none are neither less nor more"),
        Valid("y = not a == b == c"),
        Valid("class A:\n    def __ne__(self, other):\n        return not self == other"),
        Valid("if not x:\n    return\nelse:\n    g()", "A guard"),
        Valid("if not x:\n    f()\nelse:\n    g()\n    h()\n    i()\n    j()", "The short case comes first"),
    )
    INVALID = (
        Invalid(
            "if not x:\n    f()\nelse:\n    g()",
            ("1:4-1:9 not x is negated and has an else: swap the branches",),
            fixed="if x:\n    g()\nelse:\n    f()",
        ),
        Invalid(
            "y = 1 if a != b else 2",
            ("1:10-1:16 a != b is negated and has an else: swap the branches",),
            fixed="y = 2 if a == b else 1",
        ),
        Invalid("y = not a in b", ("1:5-1:15 a in b is negated: use not in",)),
        Invalid("y = not a == b", ("1:5-1:15 a == b is negated: use !=",)),
        Invalid(
            "y = not x.is_not_ready", ("1:5-1:23 x.is_not_ready says not already: name what it is instead",)
        ),
        Invalid(
            "if not isnotflagged():\n    f()",
            ("1:4-1:22 isnotflagged says not already: name what it is instead",),
        ),
        Invalid("y = not not x", ("1:5-1:14 x is negated twice: use bool(x)",), fixed="y = bool(x)"),
    )

    def visit_If(self, node: ast.If) -> None:
        above = self.facts.parent(node)
        chained = isinstance(node.orelse[0], ast.If) if len(node.orelse) == 1 else False
        within = isinstance(above, ast.If) and len(above.orelse) == 1 and above.orelse[0] is node
        if not node.orelse or chained or within or isinstance(node.body[-1], TERMINAL):
            return
        short = 2 * len(node.body) < len(node.orelse)
        if _is_negated(node.test) and not short:
            self._report(node.test)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        nested = isinstance(node.orelse, ast.IfExp)
        if _is_negated(node.test) and not nested:
            self._report(node.test)

    def _report(self, test: ast.expr) -> None:
        self.report(test, f"{shorten(ast.unparse(test))} is negated and has an else: swap the branches")

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if not isinstance(node.op, ast.Not):
            return
        match node.operand:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                shown = shorten(ast.unparse(inner))
                self.report(node, f"{shown} is negated twice: use bool({shown})")
            case ast.Compare(ops=[operator]) as inner if type(operator) in _OPPOSITES:
                if not self._is_meant(node):
                    shown = shorten(ast.unparse(inner))
                    self.report(node, f"{shown} is negated: use {_OPPOSITES[type(operator)]}")
            case ast.Name() | ast.Attribute() | ast.Call() as inner if _says_not(inner):
                named = inner.func if isinstance(inner, ast.Call) else inner
                self.report(node, f"{shorten(ast.unparse(named))} says not already: name what it is instead")

    def _is_meant(self, test: ast.expr) -> bool:
        """Tells whether a negation defines an operator, or is of a condition whose branches may be swapped."""
        above, function = self.facts.parent(test), self.facts.function(test)
        if function is not None and function.name in {"__ne__", "__eq__"}:
            return True
        return isinstance(above, ast.IfExp) or (isinstance(above, ast.If) and bool(above.orelse))


def _says_not(node: ast.expr) -> bool:
    """Tells whether a name is a negation: ``is_not_ready``, ``cannotOpen``."""
    word = last_word(node.func if isinstance(node, ast.Call) else node)
    return _SAYS_NOT.fullmatch(word) is not None


def _is_negated(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare):
        return len(test.ops) == 1 and isinstance(test.ops[0], ast.NotEq)
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
