"""The rule magic-number."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from quality.model import Confidence, Severity
from quality.rules import AstRule, Invalid, Setting, Valid, dotted_name, is_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quality.model import FunctionNode
    from quality.rules import Facts

#: Numbers that say what they are.
_KNOWN = frozenset([0.5, 60, 24, 90, 180, 360, 10, 100, 1000, 10000, 1_000_000, 12, 0.25, 0.75, 365, 366])
#: Integers below are counted on one's fingers.
_SMALL = 10
#: Ends of names that say that a number is one out of a list that is known.
_CODES = ("status", "code", "errno", "port", "srid")
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv)


class MagicNumber(AstRule):
    """A number has no name.

    ## What it does
    Reports numbers that a function calculates or compares with, or the code outside of functions compares with, unless they are
    small, round, or known to all (60, 360, powers of two and ten).

    Numbers in hexadecimal, in calls and what is calculated for a named argument, slices, tables, bit operations and default values are fine, and so are a number that
    a status or a code is compared with (`status_code == 404`), the bound of a check that says in its error what is wrong, the
    answer that an assertion expects, and functions full of
    numbers, such as an approximation from a book.

    ## Why is this bad
    Nobody knows where 0.0825 comes from, whether the other 0.0825 is the same, and which of them to change.

    ## Example
    ```python
    def total(price):
        return price + price * 0.0825
    ```

    ## Use instead
    ```python
    SALES_TAX = 0.0825

    def total(price):
        return price + price * SALES_TAX
    ```

    ## References
    - [Refactoring: replace magic literal](https://refactoring.com/catalog/replaceMagicLiteral.html)
    """

    dimension = "clarity"
    severity = Severity.NOTE
    confidence = Confidence.MEDIUM
    equivalents = ("pylint:magic-value-comparison",)

    most = Setting(6, "Most different numbers of a function that is reported.", minimum=1)

    VALID = (
        Valid("LIMIT = 37\n\ndef f(x):\n    return x > LIMIT"),
        Valid("def f(x):\n    return x / 100 + 2 * x[17] + round(x, 3)"),
        Valid("def f(n):\n    return retry(delay=45 * 2**n)", "The argument's name says what it is"),
        Valid("def f(answer):\n    return answer.status_code == 404", "The other side says what it is"),
        Valid(
            "def f(x):\n    if x > 37:\n        raise ValueError('too warm')\n    return x",
            "The error says it",
        ),
        Valid("def test_f():\n    assert f(2) == 37", "It is the answer that is expected"),
        Valid("AREA = 37 * 1.15\nassert AREA == 42.55", "It gets a name, and is expected"),
        Valid("if version >= (3, 37):\n    work()", "A version"),
        Valid("def f(x, y=37):\n    limit = 37\n    return g(x, 37)", "It gets a name, or is an argument"),
    )
    INVALID = (
        Invalid(
            "def f(x):\n    if x > 37:\n        raise ValueError\n    return x",
            ("2:12-2:14 37 has no name: make it a constant",),
        ),
        Invalid(
            "def f(x):\n    if x > 37:\n        return x * 1.15\n    return x + 37",
            ("2:12-2:14 37, 1.15 have no names: make them constants",),
        ),
        Invalid("if x > 37:\n    work(x)", ("1:8-1:10 37 has no name: make it a constant",)),
        Invalid("def f(x):\n    return x * 9.81", ("2:16-2:20 9.81 has no name: make it a constant",)),
    )

    @classmethod
    def concerns(cls, facts: Facts) -> bool:
        return any(_is_unknown(node.value) for node in facts.of(ast.Constant))

    def visit_FunctionDef(self, function: FunctionNode) -> None:
        if self.facts.function(function) is None:
            self._check(self.facts.inside(function, ast.Constant))

    def visit_Module(self, module: ast.Module) -> None:
        """What is calculated outside of functions gets a name there; what is compared with does not."""
        del module
        compared = (side for test in self.facts.of(ast.Compare) for side in (test.left, *test.comparators))
        numbers = (side.operand if isinstance(side, ast.UnaryOp) else side for side in compared)
        self._check(
            node for node in numbers if type(node) is ast.Constant and self.facts.function(node) is None
        )

    def _check(self, numbers: Iterable[ast.Constant]) -> None:
        """Reports those of a unit's numbers that have no name."""
        found: dict[str, ast.Constant] = {}
        for node in numbers:
            if self._is_magic(node):
                found.setdefault(repr(node.value), node)
        if found and len(found) <= self.most:
            shown = ", ".join(found)
            what = (
                "have no names: make them constants" if len(found) > 1 else "has no name: make it a constant"
            )
            self.report(next(iter(found.values())), f"{shown} {what}")

    def _is_magic(self, node: ast.Constant) -> bool:
        if not _is_unknown(node.value) or self._is_code(node):
            return False
        above = self.facts.parent(node)
        if isinstance(above, ast.UnaryOp):
            above = self.facts.parent(above)
        if isinstance(above, ast.BinOp):
            whole: ast.AST | None = above
            while isinstance(whole, ast.BinOp):
                whole = self.facts.parent(whole)
            if isinstance(whole, ast.keyword):
                return False  # it is named where it goes
            known = isinstance(above.left, ast.Constant) and isinstance(above.right, ast.Constant)
            return isinstance(above.op, _ARITHMETIC) and not known
        if isinstance(above, ast.AugAssign):
            return isinstance(above.op, _ARITHMETIC)
        return (
            isinstance(above, ast.Compare)
            and not _is_code_of(above)
            and not self._is_expected(above)
            and not self._is_explained(above)
        )

    def _is_explained(self, test: ast.AST) -> bool:
        """Tells whether a comparison decides whether an error is raised, whose text says what the bound is of."""
        below = test
        for above in self.facts.ancestors(test):
            if isinstance(above, ast.If):
                raised = above.body[0] if len(above.body) == 1 and below is above.test else None
                told = raised.exc if isinstance(raised, ast.Raise) else None
                return any(is_text(node) for node in self.facts.within(told)) if told is not None else False
            if not isinstance(above, ast.BoolOp | ast.UnaryOp):
                return False
            below = above
        return False

    def _is_expected(self, test: ast.Compare) -> bool:
        """Tells whether an assertion says what a number has to be."""
        return isinstance(test.ops[0], ast.Eq) and isinstance(self.facts.parent(test), ast.Assert)

    def _is_code(self, node: ast.Constant) -> bool:
        """Tells whether a number is written as 0x, 0o or 0b: that is a code point, a mode or a mask."""
        column = self.source.column(node.lineno, node.col_offset)
        written = self.source.lines[node.lineno - 1][column - 1 : column + 1]
        return written.lower() in {"0x", "0o", "0b"}


def _is_unknown(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value in _KNOWN:
        return False
    if isinstance(value, float):
        return not value.is_integer() or value >= _SMALL
    if value < _SMALL:  # as mostly
        return False
    near = (value & (value - 1), value & (value + 1))  # 0 for a power of two, and for one less
    return 0 not in near and str(value).strip("0") != "1"


def _is_code_of(test: ast.Compare) -> bool:
    """Tells whether a comparison's other side is a code that others have given their meaning to."""
    names = (dotted_name(side).rpartition(".")[2].lower() for side in (test.left, *test.comparators))
    return any(name.endswith(_CODES) for name in names)
